"""Which word of whom counts, and from when (behaviours 2, 3, 9, 10, 11, 32)."""

import pytest

from schemas.claims_watch import Party
from schemas.feeds_source import Outlet
from schemas.words import ArticleKind, OutletKind, Stance
from services.classifier.domain.judging.hearing import hear
from services.classifier.domain.judging.tracks import with_reading
from tests.unit.classifier.judging.builders import claim, evidence, hours, is_copy, reading


def _tracks(*readings):
    tracks = {}
    for piece in readings:
        tracks = with_reading(tracks, piece, is_copy)
    return tracks


def _standing(*readings, watched=None):
    return {(w.origin, str(w.stance), w.said_at) for w in hear(_tracks(*readings), watched or claim()).standing}


def test_the_latest_word_of_an_origin_is_told_by_publication_not_by_arrival():
    late_but_older = reading(evidence("Ministry", "asserts"), page="old", at=5, published=1)
    newer = reading(evidence("Ministry", "denies"), page="new", at=2)

    assert _standing(newer, late_but_older) == {("Ministry", "denies", hours(2))}


def test_a_new_version_replaces_what_its_article_said():
    before = reading(evidence("Gazette", "asserts"), at=0)
    after = reading(evidence("Gazette", "weak"), version="v2", at=2)

    assert _standing(before, after) == {("Gazette", "hedges", hours(2))}


def test_of_a_new_version_only_the_words_that_changed_speak_anew():
    before = reading(evidence("Gazette", "asserts", words="It broke."), evidence("Mayor", "doubts"), at=0)
    after = reading(evidence("Gazette", "asserts", words="It broke."), evidence("Mayor", "asserts"), version="v2", at=2)

    assert _standing(before, after) == {("Gazette", "asserts", hours(0)), ("Mayor", "asserts", hours(2))}


def test_words_that_return_after_a_version_without_them_speak_anew():
    said, silent, again = (
        reading(*e, version=v, at=a)
        for e, v, a in [([evidence("Mayor", "asserts")], "v1", 0), ([], "v2", 1), ([evidence("Mayor", "asserts")], "v3", 2)]
    )

    assert _standing(said, silent, again) == {("Mayor", "asserts", hours(2))}


def test_a_withdrawn_article_says_nothing_and_the_word_before_it_stands_again():
    first = reading(evidence("Mayor", "doubts"), page="p1", at=0)
    second = reading(evidence("Mayor", "asserts"), page="p2", at=1)
    gone = reading(page="p2", version="v2", at=2, withdrawn=True)

    assert _standing(first, second, gone) == {("Mayor", "doubts", hours(0))}


def test_forty_copies_are_one_origin_with_the_time_of_the_first_page():
    agency = reading(evidence("Wire", "asserts", own_voice=True), page="wire", outlet="Wire", text=1, at=0)
    copies = [
        reading(evidence(f"Paper {i}", "asserts", own_voice=True), page=f"c{i}", outlet=f"Paper {i}", text=1, at=i) for i in range(1, 40)
    ]

    assert _standing(agency, *copies) == {("Wire", "asserts", hours(0))}


def test_a_copy_speaks_for_the_outlet_that_it_names_even_if_that_page_never_comes():
    copies = [
        reading(evidence(f"Paper {i}", "asserts", own_voice=True), page=f"c{i}", outlet=f"Paper {i}", credit="Wire", text=1, at=i)
        for i in (1, 2)
    ]

    assert _standing(*copies) == {("Wire", "asserts", hours(1))}


def test_the_page_of_the_named_outlet_is_the_source_whenever_it_arrives():
    copy = reading(evidence("Paper", "asserts", own_voice=True), page="copy", outlet="Paper", credit="Wire", text=1, at=1)
    source = reading(evidence("Wire", "weak", own_voice=True), page="wire", outlet="Wire", text=1, at=3)

    assert _standing(copy, source) == {("Wire", "hedges", hours(3))}


def test_an_agency_that_goes_by_unknown_initials_is_still_the_source():
    outlet = Outlet(name="Amalgamated Newsdesk", kind=OutletKind.AGENCY)
    agency = reading(evidence("Amalgamated Newsdesk", "asserts", own_voice=True), page="wire", text=1, at=0).model_copy(
        update={"outlet": outlet}
    )
    copy = reading(evidence("Paper", "asserts", own_voice=True), page="copy", outlet="Paper", credit="AMD", text=1, at=1)

    assert _standing(agency, copy) == {("Amalgamated Newsdesk", "asserts", hours(0))}


def test_when_the_source_is_withdrawn_its_copies_fall_silent():
    agency = reading(evidence("Wire", "asserts", own_voice=True), page="wire", outlet="Wire", text=1, at=0)
    copy = reading(evidence("Paper", "asserts", own_voice=True), page="copy", outlet="Paper", credit="Wire", text=1, at=1)
    gone = reading(page="wire", version="v2", outlet="Wire", at=2, withdrawn=True)

    assert _standing(agency, copy, gone) == set()


def test_a_withdrawn_copy_silences_only_itself():
    agency = reading(evidence("Wire", "asserts", own_voice=True), page="wire", outlet="Wire", text=1, at=0)
    copy = reading(evidence("Paper", "asserts", own_voice=True), page="copy", outlet="Paper", credit="Wire", text=1, at=1)
    gone = reading(page="copy", version="v2", outlet="Paper", at=2, withdrawn=True)

    assert _standing(agency, copy, gone) == {("Wire", "asserts", hours(0))}


def test_what_a_copy_adds_of_another_speaker_counts():
    agency = reading(evidence("Wire", "asserts", own_voice=True), page="wire", outlet="Wire", text=1, at=0)
    copy = reading(evidence("Paper", "asserts", own_voice=True), evidence("Mayor", "doubts"), page="copy", outlet="Paper", text=1, at=1)

    assert _standing(agency, copy) == {("Wire", "asserts", hours(0)), ("Mayor", "doubts", hours(1))}


def test_satire_stays_satire_under_any_other_name():
    joke = reading(evidence("Giggle", "asserts", own_voice=True), page="joke", outlet="Giggle", text=1, at=0, kind=ArticleKind.SATIRE)
    reprint = reading(evidence("State Agency", "asserts", own_voice=True), page="serious", outlet="State Agency", text=1, at=1)

    assert _standing(joke, reprint) == set()


def test_on_a_live_page_what_has_dropped_off_still_stands():
    before = reading(evidence("Club", "weak", entry="15.47"), at=0, kind=ArticleKind.LIVE)
    after = reading(evidence("Rover", "asserts", entry="17.02"), version="v2", at=2, kind=ArticleKind.LIVE)

    assert _standing(before, after) == {("Club", "hedges", hours(0)), ("Rover", "asserts", hours(2))}


def test_a_live_entry_that_is_rewritten_replaces_itself():
    before = reading(evidence("Club", "asserts", entry="15.47"), at=0, kind=ArticleKind.LIVE)
    after = reading(evidence("Club", "weak", entry="15.47"), version="v2", at=2, kind=ArticleKind.LIVE)

    assert _standing(before, after) == {("Club", "hedges", hours(2))}


def test_a_party_is_one_origin_under_all_its_names():
    watched = claim(authorities=(Party(name="Defence", aliases=("the Pentagon",)),), interested=())
    readings = [reading(evidence("the Pentagon", "doubts"), page="p1", at=0), reading(evidence("Defence", "asserts"), page="p2", at=1)]

    assert _standing(*readings, watched=watched) == {("Defence", "asserts", hours(1))}


ONE_NAME = [
    ("federation", "World Chess Federation", 1),
    ("institute", "Institute of Oceans of Orlu", 1),
    ("Mandalawi", "Qays Mandalawi", 1),
    ("Dr Layla Haddad", "Layla Haddad", 1),
    ("Coast University", "Yaw Boateng of Coast University", 1),
    ("Wexcombe", "Wexcombe council", 2),
    ("Wexcombe General", "Wexcombe council", 2),
    ("St Hilda's School", "St Hilda's Hospital", 2),
]


@pytest.mark.parametrize(("one", "other", "origins"), ONE_NAME)
def test_a_shorter_name_of_one_who_has_spoken_is_no_second_origin(one, other, origins):
    readings = [reading(evidence(one, "asserts"), page="p1", at=0), reading(evidence(other, "asserts"), page="p2", at=1)]

    assert len(_standing(*readings)) == origins


def test_what_merely_discusses_is_no_word():
    assert hear(_tracks(reading(evidence("Mayor", "discusses"))), claim()).ever_said is False


def test_quiet_counts_from_the_last_new_evidence_and_not_from_caveats_copies_or_hearsay():
    agency = reading(evidence("Wire", "asserts", own_voice=True), page="wire", outlet="Wire", text=1, at=0)
    copy = reading(evidence("Paper", "asserts", own_voice=True), page="copy", outlet="Paper", text=1, at=5)
    caveat = reading(evidence("Ministry", "cannot_confirm"), page="c", at=6)
    rumour = reading(evidence("social media", "asserts", accountable=False), page="r", at=7)

    assert hear(_tracks(agency, copy, caveat, rumour), claim()).quiet_since == hours(0)


def test_an_episode_of_caveats_only_is_quiet_from_its_first_word():
    readings = [reading(evidence("Ministry", str(Stance.CANNOT_CONFIRM)), page=p, at=a) for p, a in [("a", 3), ("b", 6)]]

    assert hear(_tracks(*readings), claim()).quiet_since == hours(3)


def said_by(speaker, origin, what, **fields):
    return evidence(origin, what, **fields).model_copy(update={"speaker": speaker})


@pytest.mark.parametrize(
    ("speaker", "origin", "later", "expected"),
    [
        ("Dr Ada Moss of the Ministry", "Ministry", "Ada Moss", {"Ministry"}),
        ("Ada Moss, who heads the Harbour Board", "Harbour Board", "Ada Moss", {"Harbour Board"}),
        ("Ada Moss", "Ada Moss", "Ada Moss", {"Ada Moss"}),
        ("Ada Moss of the Ministry", "Ministry", "Eva Moss", {"Ministry", "Eva Moss"}),
        ("the Harbour Board", "Harbour Board", "Harbour Board", {"Harbour Board"}),
    ],
)
def test_a_person_whom_another_article_names_with_their_body_speaks_for_it(speaker, origin, later, expected):
    """Behaviour 3: one body, however it is described."""
    first = reading(said_by(speaker, origin, "weak"), page="a", at=1)
    second = reading(said_by(later, later, "asserts"), page="b", at=2)

    standing = hear(_tracks(first, second), claim()).standing

    assert {w.origin for w in standing} == expected


def test_who_speaks_for_an_authority_is_that_authority_in_the_next_article_too():
    first = reading(said_by("Dr Ada Moss of the Ministry", "Ministry", "cannot_confirm"), page="a", at=1)
    second = reading(said_by("Dr Ada Moss", "Ada Moss", "asserts"), page="b", at=2)

    (word,) = hear(_tracks(first, second), claim()).standing

    assert (word.origin, word.authority, str(word.stance)) == ("Ministry", True, "asserts")


def test_a_person_named_with_two_bodies_is_an_origin_of_their_own():
    pages = [reading(said_by(f"Ada Moss of the {body}", body, "weak"), page=body, at=1) for body in ("Harbour Board", "Coast Watch")]
    alone = reading(said_by("Ada Moss", "Ada Moss", "asserts"), page="c", at=2)

    assert {w.origin for w in hear(_tracks(*pages, alone), claim()).standing} == {"Harbour Board", "Coast Watch", "Ada Moss"}
