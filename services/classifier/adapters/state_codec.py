"""How rows of claims are written to their changelog: JSON, deflated, as quotes and sketches repeat themselves."""

import zlib
from typing import Any

from faust.serializers import codecs

from services.classifier.domain.judging.rows import CausesRow, Row, TrackRow
from services.classifier.domain.judging.state import ClaimState

NAME = "claim-row"
LEVEL = 1
MARKS: dict[bytes, type[TrackRow | CausesRow]] = {b"a": TrackRow, b"c": CausesRow}
"""First byte of a row. A claim's own begins with the deflated data, as all did when a claim was one row."""


class ClaimRowCodec(codecs.Codec):
    """Faust codec between a row and bytes. The table itself holds the object, so that reading it costs nothing."""

    def _dumps(self, obj: Any) -> bytes:
        mark = next((mark for mark, model in MARKS.items() if isinstance(obj, model)), b"")
        return mark + zlib.compress(obj.model_dump_json(by_alias=True).encode(), LEVEL)

    def _loads(self, s: bytes) -> Row:
        if model := MARKS.get(s[:1]):
            return model.model_validate_json(zlib.decompress(s[1:]))
        return ClaimState.model_validate_json(zlib.decompress(s))


codecs.register(NAME, ClaimRowCodec())
