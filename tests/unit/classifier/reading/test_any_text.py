"""Whatever a text holds, the reader answers: no exception, and every quote is the text at its offsets."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.news_classified import Mention
from schemas.words import ArticleKind
from services.classifier.adapters.english_parser import load_parser
from services.classifier.domain.classify import Watch
from services.classifier.domain.reading import RulesReader
from tests.unit.classifier.articles import article, claim

READER = RulesReader(load_parser())
OUTLETS = Watch.of(()).outlets
CLAIMS = (
    claim(
        "Baghdadi killed",
        statement="Abu Bakr al-Baghdadi was killed",
        authorities=({"name": "US Department of Defense", "aliases": ("Pentagon",)},),
    ),
    claim(
        "dam failed",
        claim_id="dam",
        statement="The Sena dam failed",
        name="Sena dam",
        aliases=("the dam",),
        interested=({"name": "Russia"},),
    ),
    claim("rates raised", claim_id="rate", statement="The Bank of Olvia will raise its rate", name="Bank of Olvia", aliases=()),
)

_pieces = st.sampled_from(
    """Baghdadi|Abu Bakr al-Baghdadi|the Sena dam|the Bank of Olvia|He|It|The Pentagon|a Pentagon spokesman|Moscow|Reuters|sources|officials|nobody
was killed|has failed|did not fail|will raise its rate|is dead|is not dead|may have been killed|had been killed in May|died|denied|raised
said|says|told reporters|reported|according to|could not confirm|confirmed|denied that|if|unless|that|, who|, which|and|but|after|not|no|never
"|“|”|'|’|(|)|[|«|.|?|!|…|,|;|:|-|—|\n|\n\n|10:30|UPDATE:|CORRECTION:|LONDON (Reuters) -|False.|Verdict: false|on Monday|in Raqqa|2017|3,000|50 %
\u00ad|\u200b|\u202e|\x00|\x1f|\ufeff|e\u0301|ß|北京|البغدادي|🔥|\U0001f9e8\u200d|\u2028|\x85""".replace("\n\n", "\\n\\n").replace("|\n|", "|\\n|").replace("\n", "|").replace("\\n", "\n").split("|")
)  # fmt: skip
_texts = st.lists(_pieces | st.text(max_size=6), max_size=40).map(" ".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    title=_texts,
    body=_texts,
    claimed=st.sampled_from(CLAIMS),
    kind=st.sampled_from([ArticleKind.NEWS, ArticleKind.LIVE, ArticleKind.FACT_CHECK]),
)
def test_any_text_is_read_and_every_quote_stands_where_it_says(title: str, body: str, claimed, kind: ArticleKind) -> None:
    text = article(body, title=f"x{title}", version=f"v{hash((title, body))}")

    evidence = READER.read(text, claimed, Mention(claim_id=claimed.claim_id, matches=()), kind=kind, outlets=OUTLETS)

    for piece in evidence:
        quote = piece.quote
        assert quote.text == getattr(text, quote.field)[quote.start : quote.end]
        assert quote.text.strip()
        assert piece.origin
    assert len({piece.evidence_id for piece in evidence}) == len(evidence)
