"""The states of all claims of this process: whole in memory, as rows in a table that Kafka keeps."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, MutableMapping

from services.classifier.domain.judging.rows import MARK, CausesRow, Row, TrackRow, changes, from_rows, is_rearranged, is_whole, taken_apart
from services.classifier.domain.judging.state import ClaimState


class StateStore:
    """States by claim id. What is written is what has changed."""

    def __init__(self, table: MutableMapping[str, Row]) -> None:
        """Prepare to read.

        Args:
            table: Filled from its changelog by the stream engine, at the start and whenever partitions change hands.
        """
        self._table = table
        self._states: dict[str, ClaimState] = {}
        self._heads: dict[str, Row] = {}
        """By claim the row of its own that was written or read last: another one in the table has come from its changelog."""
        self._other_keys: dict[str, set[str]] = defaultdict(set)

    def get(self, claim_id: str) -> ClaimState | None:
        """Return the state of a claim; None if there is none yet."""
        if self._table.get(claim_id) is not self._heads.get(claim_id):
            self.rebuild()
        return self._states.get(claim_id)

    def keep(self, state: ClaimState) -> None:
        """Write what differs from the state that was kept last."""
        claim_id = state.claim_id
        for key, row in self._rows_for(self.get(claim_id), state):
            self._put(claim_id, key, row)
        self._states[claim_id], self._heads[claim_id] = state, self._table[claim_id]

    def _rows_for(self, before: ClaimState | None, state: ClaimState) -> Iterable[tuple[str, Row | None]]:
        if before and is_rearranged(before, state):
            return [(state.claim_id, state)]
        head = self._heads.get(state.claim_id)
        if isinstance(head, ClaimState) and is_whole(head):
            return taken_apart(state, self._other_keys[state.claim_id])
        return changes(before, state)

    def forget(self, claim_id: str) -> bool:
        """Delete all rows of a claim; tell whether there were any. The claim's own goes last: until then the rest can be found."""
        if self.get(claim_id) is None:
            return False
        for key in sorted(self._other_keys[claim_id]):
            self._put(claim_id, key, None)
        self._put(claim_id, claim_id, None)
        del self._states[claim_id], self._heads[claim_id], self._other_keys[claim_id]
        return True

    def items(self) -> Iterator[tuple[str, ClaimState]]:
        """Yield all claims with their states."""
        yield from list(self._states.items())

    def rebuild(self) -> None:
        """Make the states anew from the rows."""
        rows: dict[str, list[TrackRow | CausesRow]] = defaultdict(list)
        heads: dict[str, ClaimState] = {}
        self._other_keys = defaultdict(set)
        for key, row in self._table.items():
            if isinstance(row, TrackRow | CausesRow):
                claim_id = key.partition(MARK)[0]
                rows[claim_id].append(row)
                self._other_keys[claim_id].add(key)
            else:
                heads[key] = row
        self._states = {claim_id: from_rows(head, rows.get(claim_id, ())) for claim_id, head in heads.items()}
        self._heads = dict(heads)

    def _put(self, claim_id: str, key: str, row: Row | None) -> None:
        keys = self._other_keys[claim_id]
        if row is None:
            self._table.pop(key, None)
            keys.discard(key)
        else:
            self._table[key] = row
            if key != claim_id:
                keys.add(key)
