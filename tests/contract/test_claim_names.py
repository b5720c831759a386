"""Names of a watched claim's subject and parties."""

import pytest

from schemas.claims_watch import Party, Subject


@pytest.mark.parametrize(("given", "kept"), [(("", " ", "Otter"), ("Otter",)), (("the Pentagon",), ("the Pentagon",)), ((), ())])
def test_a_blank_name_is_no_name(given: tuple[str, ...], kept: tuple[str, ...]) -> None:
    subject = Subject.model_validate({"name": "Sea Otter", "aliases": given, "not": given})

    assert (subject.aliases, subject.not_, Party(name="Coast Guard", aliases=given).aliases) == (kept, kept, kept)
