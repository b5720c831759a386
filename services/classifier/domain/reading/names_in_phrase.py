"""Which bodies and which person a phrase names: runs of capitalised words, and the common nouns and offices beside them."""

from spacy.tokens import Token

from services.classifier.domain.reading.cues import PERSONAL_ROLE, ROLE, TITLES, UNNAMED

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
_ORG_WORDS = BODY_NOUNS | frozenset(
    "fc united rovers city inc ltd plc corp corporation gmbh ag partners analytics systems holdings "
    "media press news times post society works".split()
)
_LINKS = frozenset("of for the and & de la du von van al bin ibn - ' del der den at".split())


def names_in(tokens: list[Token]) -> tuple[list[str], str]:
    """Return the bodies that a phrase names, as written, and the person; empty where there is none."""
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


def _of_a_group(tokens: list[Token]) -> str:
    """Return the body that a group within another has of its own: "the airline's creditors' committee" is not the airline."""
    for index, token in enumerate(tokens[2:-1], start=2):
        plural, head = tokens[index - 1], tokens[index + 1]
        if token.text == "'" and plural.tag_ == "NNS" and head.lower_ in BODY_NOUNS and tokens[index - 2].text in ("'s", "'"):
            return _text(tokens[: index + 2])
    return ""


def lower_bodies(tokens: list[Token]) -> list[str]:
    """Return bodies told by a common noun: "the drivers' guild of the Sarim road", "the army"."""
    if theirs := _of_a_group(tokens):
        return [theirs]
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
