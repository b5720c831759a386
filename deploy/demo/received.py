"""What the demo's receiver has got so far, a line for every event: ``python -m deploy.demo.received``.

An event comes once, in the order of its first arrival, however often it was sent. Exit code 1 if the receiver got anything whose signature
does not hold, or under another id than the one that follows from what it tells.
"""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from deploy.demo.receiver import deliveries_in
from schemas.ids import transition_id


def events_in(deliveries: Iterable[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """Return a line per verified event (claim, episode and sequence, statuses, id), and a line per request that is not in order."""
    lines: dict[str, str] = {}
    wrong: list[str] = []
    for delivery in deliveries:
        given = delivery["webhook_id"]
        if not delivery["valid"]:
            wrong.append(f"{given}: {delivery['problem']}")
            continue
        data = delivery["body"]["data"]
        if given != transition_id(data["claim_id"], data["episode"], data["sequence"]):
            wrong.append(f"{given}: not the id of episode {data['episode']}, change {data['sequence']} of {data['claim_id']}")
        number = f"{data['episode']}.{data['sequence']}"
        lines.setdefault(given, f"{data['claim_id']} {number} {data['from_status']} -> {data['to_status']}  {given}")
    return list(lines.values()), wrong


def main() -> int:
    """Print what is in the demo's folder."""
    lines, wrong = events_in(deliveries_in(Path(os.environ.get("DEMO_FOLDER", ".")) / "deliveries.jsonl"))
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stderr.writelines(f"{line}\n" for line in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
