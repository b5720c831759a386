"""How much of one article is taken: what is beyond is left out and told, and no article costs more than its share."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

from schemas.claim_query import parse_query
from schemas.claims_evidence import Evidence, Quote
from schemas.news_article import MAX_BODY_CHARS, Article
from schemas.news_classified import Match, Mention
from schemas.words import ArticleKind, Limit, Stance
from services.classifier.adapters.english_parser import load_parser
from services.classifier.domain import bounds
from services.classifier.domain.article_text import ArticleText
from services.classifier.domain.claim_patterns import from_query
from services.classifier.domain.classify import Classification, Watch, classify
from services.classifier.domain.closeness import MAX_PAIRS
from services.classifier.domain.reading import RulesReader
from services.classifier.domain.reading.parses import KEPT_PARSES, PARSED_CHARS, READ_FOR_ALL_CLAIMS, READ_FOR_ONE_CLAIM, Parses
from services.classifier.domain.reading.rules_reader import MAX_ENTRIES
from tests.unit.classifier.articles import AT, article, claim

PARSER = load_parser()
KILLED = claim("Baghdadi killed", statement="Abu Bakr al-Baghdadi was killed")
QUAKE = claim("quake", claim_id="quake", name="quake", aliases=())


@dataclass
class Asserts:
    """A reader that asserts so many times, and remembers for what; it has had enough after some claims."""

    pieces: int = 1
    enough: int = 1_000
    asked: list[str] = field(default_factory=list)
    name: str = "asserts-1"

    def read(self, article: Article, claim, mention, *, kind, outlets) -> tuple[Evidence, ...]:
        self.asked.append(claim.claim_id)
        return tuple(
            Evidence(evidence_id=f"e{number}", stance=Stance.ASSERTS, origin="x", quote=Quote(text="x")) for number in range(self.pieces)
        )

    def limits(self, article: Article) -> frozenset[Limit]:
        return frozenset({Limit.CLAIMS} if len(self.asked) >= self.enough else ())


def classified(
    text: Article, *, claims: Iterable = (QUAKE,), reader: Asserts | RulesReader | None = None, earlier: Iterable[str] = ()
) -> Classification:
    return classify(text, Watch.of(claims), reader or Asserts(), earlier=list(earlier), classified_at=AT)


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        (Limit.TITLE, article("", title="x " * bounds.TITLE_CHARS + "quake")),
        (Limit.SUMMARY, article("", summary="x " * bounds.SUMMARY_CHARS + "quake")),
        (Limit.BODY, article("x " * bounds.BODY_CHARS + "quake")),
    ],
)
def test_what_stands_behind_the_limit_of_a_field_is_not_read(limit: Limit, text: Article) -> None:
    done = classified(text)

    assert done.article.capped == (limit,)
    assert done.article.mentions == ()


def test_a_credit_at_the_very_end_of_a_long_text_is_read_all_the_same() -> None:
    text = article("Quake. " + "All is quiet. " * (bounds.BODY_CHARS // 10) + "(Reuters)")

    assert classified(text).readings[0].credit_family == "Reuters"


def test_an_ordinary_article_hits_no_limit() -> None:
    assert classified(article("A quake hit Luzara, police said. " * 60)).article.capped == ()


def test_more_places_than_are_listed_are_told() -> None:
    at_most, beyond = (classified(article("A quake. " * count)).article for count in (bounds.MAX_MATCHES, bounds.MAX_MATCHES + 1))

    assert (len(at_most.mentions[0].matches), at_most.capped) == (bounds.MAX_MATCHES, ())
    assert (len(beyond.mentions[0].matches), beyond.capped) == (bounds.MAX_MATCHES, (Limit.MATCHES,))


def test_claims_beyond_the_readers_share_are_mentioned_and_not_read_for_and_keep_what_was_said() -> None:
    """What earlier versions said must not be taken back by a reading that nobody made."""
    claims = [claim(word, claim_id=word, name=word, aliases=()) for word in ("quake", "flood", "storm")]
    reader = Asserts(enough=1)

    done = classified(article("A quake. A flood. A storm."), claims=claims, reader=reader, earlier=["storm", "flood", "gone"])

    assert reader.asked == ["flood"]
    assert [reading.claim_id for reading in done.readings] == ["flood"]
    assert {mention.claim_id for mention in done.article.mentions} == {"quake", "flood", "storm"}
    assert done.article.capped == (Limit.CLAIMS,)


def test_what_is_mentioned_no_more_is_taken_back_however_many_claims_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MAX_CLAIMS_READ", 0)

    done = classified(article("A flood."), claims=[QUAKE, claim("flood", claim_id="flood", name="flood", aliases=())], earlier=["quake"])

    assert [(reading.claim_id, reading.evidence) for reading in done.readings] == [("quake", ())]


def test_an_article_of_five_thousand_claims_is_read_for_a_few_and_its_record_stays_small() -> None:
    names = [f"name{number}x" for number in range(5_100)]
    claims = [claim(name, claim_id=name, name=name, aliases=()) for name in names]
    reader = Asserts()

    done = classified(article(". ".join([*names, *names, *names])), claims=claims, reader=reader)

    assert len(reader.asked) == len(done.readings) == bounds.MAX_CLAIMS_READ
    assert len(done.article.mentions) == bounds.MAX_MENTIONS
    assert {len(mention.matches) for mention in done.article.mentions} == {bounds.MATCHES_WHEN_MANY}
    assert len(done.article.model_dump_json()) < 2_000_000
    assert set(done.article.capped) == {Limit.CLAIMS, Limit.MENTIONS, Limit.MATCHES}


def test_read_first_is_what_was_read_before_then_the_headline_then_what_stands_first() -> None:
    def mention(claim_id: str, *matches: tuple[str, int]) -> Mention:
        found = tuple(Match(words="x", field=name, start=start, end=start + 1) for name, start in matches)
        return Mention(claim_id=claim_id, matches=found)

    mentions = [
        mention("late", ("body", 9)),
        mention("top", ("body", 2), ("title", 7)),
        mention("early", ("body", 1)),
        mention("known", ("body", 99)),
    ]

    assert [one.claim_id for one in bounds.in_order_of_reading(mentions, ["known"])] == ["known", "top", "early", "late"]


@pytest.mark.parametrize("kind", [ArticleKind.NEWS, ArticleKind.LIVE])
def test_evidence_beyond_a_readings_limit_is_left_out_and_of_a_live_page_the_oldest(kind: ArticleKind) -> None:
    pieces = bounds.MAX_EVIDENCE + 1
    evidence = Asserts(pieces=pieces).read(article("x"), QUAKE, None, kind=kind, outlets=None)

    kept = bounds.evidence_kept(evidence, kind)

    assert len(kept) == bounds.MAX_EVIDENCE
    assert kept[0].evidence_id == ("e1" if kind is ArticleKind.LIVE else "e0")
    assert classified(article("A quake."), reader=Asserts(pieces=pieces)).article.capped == (Limit.EVIDENCE,)


class Counting:
    """A pipeline that counts what it parses."""

    def __init__(self) -> None:
        self.count = self.chars = 0

    def __call__(self, text: str):
        self.count, self.chars = self.count + 1, self.chars + len(text)
        return PARSER(text)

    def pipe(self, texts: Iterable[str]):
        return [self(text) for text in texts]


SAID = "Abu Bakr al-Baghdadi was killed in a strike, the army said. "
WORST = {
    "one word": "a" * MAX_BODY_CHARS,
    "no word": " " * MAX_BODY_CHARS,
    "blank lines": SAID + "\n" * (MAX_BODY_CHARS - 100) + "Baghdadi is dead.",
    "NULs": "\x00" * MAX_BODY_CHARS,
    "direction marks": SAID + "\u202e\u200f" * (MAX_BODY_CHARS // 4),
    "combining marks": "Baghdadi e" + "\u0301" * (MAX_BODY_CHARS - 100) + " killed",
    "mentions in one paragraph": SAID * (MAX_BODY_CHARS // len(SAID)),
    "mentions, one a line": "\n".join(f"{SAID}{number}" for number in range(5_000)),
    "the same line": f"{SAID}\n" * (MAX_BODY_CHARS // (len(SAID) + 1)),
    "sentences": "He left. " * (MAX_BODY_CHARS // 9),
    "one sentence": "Baghdadi was killed and " * (MAX_BODY_CHARS // 24),
    "long sentences": "\n".join(f"Baghdadi was killed {number}, and" + " he was dead, they said," * 48 for number in range(300)),
    "quotes in quotes": f'{SAID}"“«' * 5_000,
    "entries": "\n".join(f"{hour:02}:{minute:02} {SAID}{minute}" for _ in range(3) for hour in range(24) for minute in range(60)),
    "brackets": SAID + "(" * 100_000 + "[" * 100_000,
    "numbers": SAID + "1" * 100_000 + " 1,0" * 50_000,
    "no stops": "killed " * (MAX_BODY_CHARS // 7),
    "Chinese": "死" * MAX_BODY_CHARS,
    "emoji": "🧨🏽‍🔥" * 80_000 + SAID,
}


@pytest.mark.parametrize("body", WORST.values(), ids=WORST)
def test_no_text_costs_more_parses_than_an_article_may(body: str) -> None:
    """Behaviour of bad input: bounded work per article, by count of what costs time."""
    parser = Counting()
    claims = [KILLED, claim(query='killed NEAR/100 (killed OR dead) OR "a a"', claim_id="c2", statement=KILLED.statement)]
    reader = RulesReader(parser)
    for one in claims:  # compiling a claim parses its statement, once for all articles
        reader.read(
            article("Quiet.", article_id="a0"),
            one,
            Mention(claim_id=one.claim_id, matches=()),
            kind=ArticleKind.NEWS,
            outlets=Watch.of(()).outlets,
        )
    parser.count = parser.chars = 0

    done = classified(article(body), claims=claims, reader=reader)

    assert parser.count <= KEPT_PARSES
    assert parser.chars <= PARSED_CHARS + KEPT_PARSES
    for reading in done.readings:
        for piece in reading.evidence:
            assert body[piece.quote.start : piece.quote.end] == piece.quote.text
    assert done.failures == ()


def test_a_claim_looks_at_so_many_sentences_and_all_claims_together_at_so_many() -> None:
    parses = Parses(lambda text: text)  # type: ignore[arg-type]
    looks = [parses("same") for _ in range(READ_FOR_ONE_CLAIM + 5)]

    for_one = set(parses.limits)
    while Limit.CLAIMS not in parses.limits:
        parses.begin_claim()
        looks += [parses("same") for _ in range(10)]

    assert looks[: READ_FOR_ONE_CLAIM + 5].count(None) == 5
    assert for_one == {Limit.SENTENCES}
    assert len(looks) - 5 == READ_FOR_ALL_CLAIMS


def test_what_is_too_long_to_be_prose_is_told() -> None:
    reader = RulesReader(PARSER)
    done = classified(article("Baghdadi was killed. " + "Word, " * 300 + "end."), claims=[KILLED], reader=reader)

    assert done.article.capped == (Limit.LONG_SENTENCES,)
    assert len(done.readings[0].evidence) == 1


def test_of_a_live_page_the_newest_entries_are_read() -> None:
    lines = [f"{hour:02}:{minute:02} Nothing new." for hour in range(10) for minute in range(0, 60, 2)]
    body = "\n".join([f"00:00 {SAID}", *lines[1:], f"10:00 {SAID}"])
    done = classified(article(body, title="Live updates: the raid"), claims=[KILLED], reader=RulesReader(PARSER))

    assert len(lines) > MAX_ENTRIES
    assert done.article.capped == (Limit.ENTRIES,)
    assert [piece.entry for piece in done.readings[0].evidence] == ["10:00"]


def test_a_near_of_nears_compares_so_many_places_and_no_more() -> None:
    """A word said over and over is near itself millions of times."""
    pattern = from_query(parse_query("(a NEAR/100 a) NEAR/100 (a NEAR/100 a) NEAR/100 zzz"))

    found = list(pattern.left.found(ArticleText(article("a " * 20_000))))  # type: ignore[attr-defined]

    assert len(found) <= MAX_PAIRS
