"""What a phrase that names a speaker says of them: body, office, name. Reads the phrase alone; ``origins`` says whose word it is."""

import re
from dataclasses import dataclass

from spacy.tokens import Span, Token

from services.classifier.domain.reading.cues import FAMILY_ROLE, NOBODY, PERSONAL_ROLE, ROLE, TITLES, UNNAMED

BODY_NOUNS = frozenset(
    """
        army police ministry government court council union hospital school company firm club exchange bank board institute
        university observatory group movement party force coalition clan guild society agency inspectorate office authority
        committee commission association federation league team museum airline airport church monastery inquiry observatory
        brigade service department administration parliament senate assembly congress cabinet presidency military navy command
        headquarters operator network charity foundation laboratory lab institute orchestra opera theatre theater festival gallery
        library zoo brewery mill mine yard shipyard port harbour harbor railway line refinery plant factory maker manufacturer
        supplier regulator watchdog supervisor ombudsman prosecution prosecutors registry registrar station broadcaster paper
        newspaper magazine publisher label studio bureau embassy consulate mission mediators junta rebels front alliance bloc
        cooperative co-operative collective chamber trust fund holding house dealer retailer chain grocer wholesaler carrier line
        tribunal jury academy faculty college syndicate legion militia organisers organizers organiser organizer municipality
        county town city district province region state kingdom republic archive clinic centre center coastguard firefighters
        rescuers investigators auditors archdiocese diocese vatican synod lender insurer brokerage exchange platform start-up
        startup developer utility waterworks authority authorities cooperative kremlin pentagon detectives trackers opposition
        intelligence secretariat bishopric watch service brewers growers
    """.split()
)
_PLURAL_BODIES = frozenset(
    "prosecutors organisers organizers firefighters rescuers investigators auditors authorities police mediators".split()
)
_ORG_WORDS = BODY_NOUNS | frozenset(
    "fc united rovers city inc ltd plc corp corporation gmbh ag partners analytics systems holdings "
    "media press news times post society works".split()
)
_OUTSIDERS = frozenset(
    "critic critics rival rivals opponent opponents enemy enemies customer customers victim victims supporter "
    "supporters fan fans neighbour neighbours friend friends colleague colleagues competitor competitors saver "
    "savers successor predecessor".split()
)
_LINKS = frozenset("of for the and & de la du von van al bin ibn - ' del der den at".split())
_TEXTS = frozenset(
    "voice statement text recording message video letter communique post item document obituary tape bulletin "
    "notice tweet memo circular email newsletter press_release website page account spokesman spokeswoman "
    "spokesperson".split()
)


@dataclass(frozen=True)
class Description:
    """A phrase that names a speaker.

    Attributes:
        text: The phrase as the article has it.
        bodies: Organisations that it names, nearest to the office first, as written.
        person: Name of a person; empty if none.
        role: Office or trade, lemma; empty if none.
        head: Lemma of the noun that the phrase is built on.
        definite: Opens with "the", "its", "his" or the like.
        possessive: Refers back ("its director", "the group's leader").
        pronoun: Is a pronoun.
        outsider: Is told by what it is not: a rival or a customer of the body that it names.
        former: Held the office once.
    """

    text: str
    bodies: tuple[str, ...] = ()
    person: str = ""
    role: str = ""
    head: str = ""
    definite: bool = False
    possessive: bool = False
    pronoun: str = ""
    outsider: bool = False
    former: bool = False

    @property
    def unnamed(self) -> bool:
        """Could be anybody."""
        return not (self.person or self.bodies or self.pronoun or self.possessive) and (
            self.head in UNNAMED or self.text.lower().split()[-1] in UNNAMED
        )

    @property
    def nobody(self) -> bool:
        """Not even an outlet's source: social media, rumours."""
        return not self.person and (
            (self.head in NOBODY and not any(body.lower().split()[-1] == self.head and body != body.lower() for body in self.bodies))
            or bool(
                re.search(
                    r"\b(social media|rumou?rs?|online|internet|the web|unsigned|anonymous|unverified|look-?alike|fake|parody|impostor)\b",
                    self.text.lower(),
                )
            )
        )

    @property
    def is_text(self) -> bool:
        """A text or a voice that speaks for whoever stands behind it."""
        return self.head in _TEXTS


_WORKS = re.compile(
    r"\bwho (?:covers|works|heads|runs|leads|directs|chairs|manages|oversees|follows|studies)\b[^,]*? (?:at|for) "
    r"(?:the )?([A-Z][\w&'-]*(?: [A-Z][\w&'-]*)*)"
)


def _is_cap(token: Token, first: bool) -> bool:
    text = token.text
    if not text[0].isupper() and not (text[0].isdigit() and len(text) > 1 and text[-1].isalpha()):
        return False
    if not first:
        return True
    if token.tag_ == "NNS" or token.pos_ in ("DET", "ADP", "PRON", "CCONJ", "SCONJ"):
        return False
    if token.pos_ in ("NOUN", "X", "INTJ") and token.i + 1 < len(token.doc) and token.nbor(1).pos_ in ("AUX", "VERB"):
        return token.lower_ not in ROLE | UNNAMED | PERSONAL_ROLE | BODY_NOUNS
    return (
        token.pos_ == "PROPN" or (token.i + 1 < len(token.doc) and token.nbor(1).pos_ == "PROPN" and token.pos_ not in ("DET", "ADP"))
    ) and token.lower_ not in ROLE | UNNAMED | PERSONAL_ROLE


def _runs(tokens: list[Token]) -> list[list[Token]]:
    """Return the runs of capitalised words; "of", "for" and the like join two of them."""
    runs: list[list[Token]] = []
    current: list[Token] = []
    links: list[Token] = []
    for index, token in enumerate(tokens):
        if _is_cap(token, index == 0):
            current += [*links, token] if current else [token]
            links = []
        elif current and (
            (token.lower_ in _LINKS and len(links) < 2) or (token.text in ("'s", "'") and not links and _plural(current[-1]))
        ):
            links.append(token)
        else:
            if current:
                runs.append(current)
            current, links = [], []
    if current:
        runs.append(current)
    return runs


def _plural(token: Token) -> bool:
    return token.lower_ in ("people", "women", "men", "children", "peoples") or (token.lower_.endswith("s") and len(token.text) > 3)


def _text(run: list[Token]) -> str:
    return "".join(token.text_with_ws for token in run).strip().removesuffix("'s").strip()


def _is_body(run: list[Token], before: Token | None, after: Token | None) -> bool:
    words = [token.lower_ for token in run]
    if any(word in _ORG_WORDS or word.rstrip("s") in _ORG_WORDS for word in words) or "for" in words or "&" in words:
        return True
    if len(run) == 1 and run[0].text.isupper() and len(run[0].text) > 1:
        return True
    if after is not None and (after.text in ("'s", "'") or after.lower_ in ROLE or after.lower_ in BODY_NOUNS):
        return True
    if before is not None and before.lower_ == "the":
        return True
    return before is not None and (before.lower_ in ("of", "for", "at", "from", "with", "by") or before.lower_ in BODY_NOUNS)


def _lower_bodies(tokens: list[Token]) -> list[str]:
    """Return bodies told by a common noun: "the drivers' guild of the Sarim road", "the army"."""
    for index, token in enumerate(tokens):
        is_body = token.lower_ in BODY_NOUNS or (token.lower_ == "body" and index > 0 and tokens[index - 1].lower_ in _GOVERNS)
        if is_body and not (index + 1 < len(tokens) and tokens[index + 1].lower_ in BODY_NOUNS and not tokens[index + 1].text[0].isupper()):
            begin = index
            while (
                begin > 0
                and (tokens[begin - 1].pos_ in ("ADJ", "NOUN", "PROPN", "PART", "ADV") or tokens[begin - 1].lower_ in _GOVERNS)
                and tokens[begin - 1].lower_ not in ROLE
            ):
                begin -= 1
            end = index + 1
            while end < len(tokens) and tokens[end].lower_ in _MEDIA:
                end += 1
            if end < len(tokens) and tokens[end].lower_ in ("of", "for"):
                end += 1
                while end < len(tokens) and tokens[end].pos_ in ("DET", "PROPN", "NOUN", "ADJ", "NUM"):
                    end += 1
            return [_text(tokens[begin:end])]
    return []


def _without_relatives(span: Span) -> list[Token]:
    kept: list[Token] = []
    skipping = False
    for token in span:
        if token.lower_ in ("who", "which", "whose", "whom", "that", "where") or (
            token.tag_ in ("VBG", "VBN") and kept and kept[-1].text == ","
        ):
            skipping = True
        elif token.text == ",":
            skipping = False
        if not skipping:
            kept.append(token)
    return kept


def describe(span: Span) -> Description:
    """Return what the phrase says of its speaker."""
    tokens = _without_relatives(span)
    while tokens and (
        tokens[0].pos_ in ("CCONJ", "ADV", "SCONJ", "PUNCT", "NUM")
        and tokens[0].text[0] not in "\"'"
        and len(tokens) > 1
        and tokens[0].lower_ not in ("both",)
    ):
        tokens = tokens[1:]
    if not tokens:
        return Description(text=span.text)
    first = tokens[0]
    if len(tokens) == 1 and (first.pos_ == "PRON" or first.lower_ in ("i", "we", "she", "he", "they", "it")):
        return Description(text=span.text, pronoun=first.lower_, head=first.lower_)
    role = next(
        (
            token
            for token in tokens
            if token.lower_ in ROLE or token.lower_ in PERSONAL_ROLE or (token.lemma_.lower() in ROLE and token.tag_ == "NNS")
        ),
        None,
    )
    bodies, person = _names(tokens)
    if person and not bodies and (works := _WORKS.search(span.text)):
        bodies = [works[1]]
    if not bodies:
        bodies = _lower_bodies(tokens)
    words = {token.lower_ for token in tokens}
    return Description(
        text=span.text,
        bodies=tuple(bodies),
        person=person,
        role=role.lemma_.lower() if role is not None else "",
        head=_head(tokens, span),
        definite=first.lower_ in ("the", "its", "his", "her", "their", "our"),
        possessive=bool(words & {"its", "their", "his", "her"})
        or bool(re.search(r"\bthe [a-z]+'s?\b", " ".join(token.text_with_ws.strip() for token in tokens).replace(" '", "'"))),
        outsider=bool(words & _OUTSIDERS),
        former=bool(words & {"former", "ex", "retired", "onetime"}) or any(word.startswith("ex-") for word in words),
    )


def _names(tokens: list[Token]) -> tuple[list[str], str]:
    bodies: list[str] = []
    person = ""
    for whole in _runs(tokens):
        behind = next((token for token in tokens if token.i == whole[-1].i + 1), None)
        named, run = _with_office_inside(whole, behind)
        bodies += named
        if not run:
            continue
        if run[0].lower_ in ("st", "saint") and len(run) > 1:
            bodies.append(_text(run))
            continue
        position = tokens.index(run[0])
        before = tokens[position - 1] if position else None
        last = tokens.index(run[-1])
        after = tokens[last + 1] if last + 1 < len(tokens) else None
        while len(run) > 1 and run[0].lower_ in TITLES - {"st", "saint"} and run[0].lower_ not in BODY_NOUNS:
            run, before = run[1:], run[0]
        if after is not None and after.text == "-" and last + 2 < len(tokens) and tokens[last + 2].lower_ in _ALIGNED:
            continue
        stop = _end_of_body(tokens, last + 1)
        if stop > last + 1 or _is_body(run, before, after):
            bodies.append(_text([*run, *tokens[last + 1 : stop]]))
        elif not person and (before is None or before.lower_ in TITLES | ROLE | PERSONAL_ROLE or before.text == "," or len(run) > 1):
            person = _text(run)
        else:
            bodies.append(_text(run))
    return bodies, person


_OFFICES = frozenset(
    """
    minister secretary president chairman chairwoman chair spokesman spokeswoman spokesperson director governor mayor chief leader
    ambassador commander ceo chancellor premier coach manager secretary-general envoy captain boss founder owner
    """.split()
)
_OF_OFFICES = frozenset(
    """
    foreign prime deputy vice interior defense defence finance health justice transport executive managing press chief assistant first
    interim acting home national security trade energy education labour labor environment culture
    """.split()
)


def _with_office_inside(run: list[Token], behind: Token | None) -> tuple[list[str], list[Token]]:
    """Take apart "French Foreign Minister Luc Brun" and "Jan Pohl of the United Metalworkers": the body, and the name of the person."""
    place = next((index for index, token in enumerate(run) if index and token.lower_ in _OFFICES), None)
    if place is not None and len(run) - place <= 4 and not any(token.lower_ in ("of", "for") for token in run[place:]):
        body = run[:place]
        while body and body[-1].lower_ in _OF_OFFICES:
            body = body[:-1]
        return ([_text(body)] if body else []), run[place + 1 :]
    of = next((index for index, token in enumerate(run) if token.lower_ in ("of", "from")), None)
    if (
        of in (2, 3)
        and _is_persons(run[:of])
        and any(token.lower_ == "the" or token.lower_ in _ORG_WORDS or (token.text.isupper() and len(token.text) > 1) for token in run[of:])
    ):
        return [_text([token for token in run[of + 1 :] if token.lower_ != "the" or token.i > run[of].i + 1])], run[:of]
    if of in (2, 3) and _is_persons(run[:of]) and behind is not None and behind.lower_ in BODY_NOUNS:
        return [f"{_text(run[of + 1 :])} {behind.text}"], run[:of]
    return [], run


def _is_persons(run: list[Token]) -> bool:
    return all(token.text[0].isupper() and token.lower_ not in _ORG_WORDS and not token.text.isupper() for token in run)


_MEDIA = frozenset({"television", "tv", "radio", "media"})
_GOVERNS = frozenset("governing ruling regulatory supervisory professional sanctioning umbrella".split())
_ALIGNED = frozenset("backed based linked aligned funded run controlled allied led friendly sponsored owned born educated".split())
"""Behind a name and a hyphen: whose side, not whose word ("the Kremlin-backed station Velikan")."""


def _end_of_body(tokens: list[Token], begin: int) -> int:
    """Return the index behind the common nouns that end a body's name: "Arlo fire service", "French foreign ministry"."""
    stop = begin
    for place in range(begin, min(begin + 3, len(tokens))):
        token = tokens[place]
        if token.lower_ in BODY_NOUNS or token.lower_ in _MEDIA:
            stop = place + 1
        elif token.pos_ not in ("NOUN", "ADJ") or token.lower_ in ROLE:
            break
    return stop


def _head(tokens: list[Token], span: Span) -> str:
    root = span.root
    if root in tokens and root.pos_ in ("NOUN", "PROPN"):
        return root.lower_
    return next((token.lower_ for token in tokens if token.pos_ in ("NOUN", "PROPN")), tokens[0].lower_)


def is_family(description: Description) -> bool:
    """Tell whether somebody speaks as a relative."""
    return description.role in FAMILY_ROLE or description.head in FAMILY_ROLE


def is_personal(description: Description) -> bool:
    """Tell whether somebody speaks for nobody but themselves."""
    return description.role in PERSONAL_ROLE and description.role not in ROLE


def is_plural_body(description: Description) -> bool:
    """Tell whether a plural stands for a body ("prosecutors")."""
    return description.head in _PLURAL_BODIES
