"""How rows of claims are written to their changelog: JSON, deflated, as quotes and sketches repeat themselves."""

import zlib
from typing import Any

from faust.serializers import codecs

from services.classifier.domain.judging.rows import Row, TrackRow
from services.classifier.domain.judging.state import ClaimState

NAME = "claim-row"
LEVEL = 1
ARTICLE = b"a"
"""First byte of an article's row. A claim's begins with the deflated data, as all rows did when a claim was one row."""


class ClaimRowCodec(codecs.Codec):
    """Faust codec between a row and bytes. The table itself holds the object, so that reading it costs nothing."""

    def _dumps(self, obj: Any) -> bytes:
        mark = ARTICLE if isinstance(obj, TrackRow) else b""
        return mark + zlib.compress(obj.model_dump_json(by_alias=True).encode(), LEVEL)

    def _loads(self, s: bytes) -> Row:
        if s.startswith(ARTICLE):
            return TrackRow.model_validate_json(zlib.decompress(s[1:]))
        return ClaimState.model_validate_json(zlib.decompress(s))


codecs.register(NAME, ClaimRowCodec())
