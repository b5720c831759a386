"""How the state of a claim is written to its changelog: JSON, deflated, as quotes and sketches repeat themselves."""

import zlib
from typing import Any

from faust.serializers import codecs

from services.classifier.domain.judging.state import ClaimState

NAME = "claim-state"
LEVEL = 1


class ClaimStateCodec(codecs.Codec):
    """Faust codec between a ``ClaimState`` and bytes. The table itself holds the object, so that reading it costs nothing."""

    def _dumps(self, obj: Any) -> bytes:
        return zlib.compress(obj.model_dump_json(by_alias=True).encode(), LEVEL)

    def _loads(self, s: bytes) -> ClaimState:
        return ClaimState.model_validate_json(zlib.decompress(s))


codecs.register(NAME, ClaimStateCodec())
