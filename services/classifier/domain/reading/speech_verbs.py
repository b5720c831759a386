"""Verbs of speech: which words are one, where its subject stands, and on which side the words spoken are."""

from spacy.tokens import Doc, Token

from services.classifier.domain.reading.cues import PERHAPS_SAY, SAY

_STOPS = frozenset({";", "-", "(", ")"})


RELATIVE = frozenset({"who", "which", "whose", "whom", "where"})


SUBORDINATES = frozenset(
    {
        "if",
        "when",
        "while",
        "although",
        "though",
        "after",
        "before",
        "as",
        "because",
        "since",
        "unless",
        "once",
        "should",
        "whether",
        "until",
    }
)


def quote_spans(text: str) -> list[tuple[int, int]]:
    """Return the character ranges of quotations, quotes included."""
    marks = [index for index, character in enumerate(text) if character == '"']
    if len(marks) % 2:
        marks.append(len(text))
    return list(zip(marks[::2], marks[1::2], strict=True))


def is_quoted(token: Token, quotes: list[tuple[int, int]]) -> bool:
    return any(begin <= token.idx < end for begin, end in quotes)


def is_speech(token: Token, quotes: list[tuple[int, int]]) -> bool:
    lemma = token.lemma_.lower()
    if token.pos_ not in ("VERB", "AUX") or (lemma not in SAY and lemma not in PERHAPS_SAY):
        return False
    if _only_bears_a_name(token) or _goes_to_work(token):
        return False
    if lemma not in SAY and not _has_words(token, quotes):
        return False
    if (
        (token.dep_ == "relcl" and not _breaks_in(token))
        or token.dep_ in ("amod", "xcomp", "csubj")
        or (token.tag_ == "VB" and any(child.lower_ == "to" for child in token.children))
    ):
        return False
    if any(child.dep_ == "auxpass" for child in token.children):
        return False
    if lemma in ("confirm", "deny") and any(child.lower_ in ("neither", "nor") for child in (*token.children, *token.head.children)):
        return False  # "neither confirmed nor denied that ..." says nothing
    if any(child.dep_ == "nsubj" and child.lower_ in ("nothing", "nobody", "none") for child in token.children):
        return False  # "nothing suggests that ...": nobody speaks
    if is_added(token):
        return True
    return not (token.tag_ in ("VBG", "VBN") and not _has_subject(token) and token.lower_ not in ("said", "told", "announced", "denied"))


def _only_bears_a_name(verb: Token) -> bool:
    """ "A group calling itself the Free Army announced": to call itself something says nothing."""
    return verb.lemma_ == "call" and any(child.lower_ in ("itself", "himself", "herself", "themselves") for child in verb.subtree)


def _goes_to_work(verb: Token) -> bool:
    """ "Members would report for duty"."""
    return (
        verb.lemma_ == "report"
        and any(child.dep_ == "prep" and child.lower_ in ("for", "to") for child in verb.children)
        and not any(child.dep_ in ("ccomp", "dobj") for child in verb.children)
    )


def is_added(verb: Token) -> bool:
    """Tell whether a participle adds what the subject of the clause before it says: "X withdrew it, saying that P"."""
    return (
        verb.tag_ == "VBG"
        and verb.dep_ in ("advcl", "xcomp", "conj", "ccomp", "pcomp")
        and verb.i > 0
        and verb.nbor(-1).text == ","
        and any(child.dep_ == "ccomp" for child in verb.children)
    )


def _breaks_in(verb: Token) -> bool:
    """The parser took ", X said" for a relative clause of the word before the comma."""
    for token in reversed(verb.doc[: verb.i]):
        if token.lower_ in RELATIVE or token.lower_ == "that" or (is_finite(token) and token.dep_ != "aux"):
            return False
        if token.text == ",":
            return True
    return False


def _has_words(verb: Token, quotes: list[tuple[int, int]]) -> bool:
    """A clause depends on the verb, or a quotation stands just before its subject."""
    if verb.lemma_ == "call":
        return any(
            (child.dep_ in ("dobj", "nsubj", "ccomp", "oprd") and child.lower_ in ("it", "this", "that", "them"))
            or child.lower_ in ("report", "reports", "claim", "claims", "rumour", "rumours")
            for child in verb.subtree
            if child.i > verb.i
        )
    if any(child.dep_ == "ccomp" for child in verb.children):
        return True
    before = verb.doc[max(0, verb.i - 6) : verb.i]
    return any(token.text == '"' for token in before) and bool(quotes)


def _has_subject(token: Token) -> bool:
    return any(child.dep_ == "nsubj" for child in token.children)


def group_start(verb: Token) -> int:
    """Return the index of the first auxiliary or adverb that belongs to the verb."""
    index = verb.i
    while index > 0 and verb.doc[index - 1].pos_ in ("AUX", "ADV", "PART") and verb.doc[index - 1].text not in ('"', ","):
        index -= 1
    return index


def is_finite(token: Token) -> bool:
    if token.pos_ == "AUX":
        return token.tag_ != "VB"
    return token.pos_ == "VERB" and token.tag_ in ("VBD", "VBZ", "VBP")


def _chunk_start(doc: Doc, end: int, quotes: list[tuple[int, int]]) -> int:
    index = end
    while index > 0:
        previous = doc[index - 1]
        if previous.text in (",", ":", '"') or (previous.text in _STOPS and previous.whitespace_) or is_quoted(previous, quotes):
            break
        index -= 1
    return index


def has_finite(doc: Doc, begin: int, end: int) -> bool:
    relative = False
    for token in doc[begin:end]:
        relative = relative or token.lower_ in RELATIVE or token.lower_ == "that"
        if is_finite(token) and not relative:
            return True
    return False


def _nominal_start(doc: Doc, begin: int, end: int, verb: Token) -> int:
    """Return where in a chunk the subject begins: behind "So", "but", or a prepositional opening ("In Paris a ...")."""
    if doc[begin].pos_ in ("DET", "PROPN", "NOUN", "PRON", "ADJ", "NUM") and not has_finite(doc, begin, end):
        return begin
    subject = next((child for child in verb.children if child.dep_ == "nsubj" and begin <= child.i < end), None)
    if subject is not None:
        return max(begin, min(subject.left_edge.i, subject.i))
    while begin < end - 1 and doc[begin].pos_ in ("CCONJ", "ADV", "SCONJ"):
        begin += 1
    return begin


def subject_before(verb: Token, quotes: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the token range of the phrase before the verb that names who speaks, appositions included; None if there is none."""
    doc, end = verb.doc, group_start(verb)
    while end > 0 and doc[end - 1].is_space:
        end -= 1
    if end > 0 and doc[end - 1].text in (",", "-"):
        return _whole(_apposed_subject(doc, verb, end - 1, quotes), verb)
    begin = _chunk_start(doc, end, quotes)
    while begin < end and doc[begin].is_space:
        begin += 1
    if begin == end:
        return None
    if all(
        token.pos_ in ("CCONJ", "ADV", "SCONJ", "PART", "AUX") or token.lower_ in ("that", "which", "what", "there", "who")
        for token in doc[begin:end]
    ):
        return None
    if has_finite(doc, begin, end):
        inner = _nominal_start(doc, begin, end, verb)
        if inner == begin or has_finite(doc, inner, end):
            return None
        return inner, end
    begin = _nominal_start(doc, begin, end, verb)
    return begin, end


def _whole(span: tuple[int, int] | None, verb: Token) -> tuple[int, int] | None:
    """Return the span from the parser's subject on, if only appositions stand between: "Ruiz, 54, the union's head, said"."""
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if span is None or subject is None or subject.i >= span[0] or has_finite(verb.doc, subject.left_edge.i, span[0]):
        return span
    begin = subject.left_edge.i
    while begin < subject.i and verb.doc[begin].is_punct:
        begin += 1
    return begin, span[1]


def subject_shared(verb: Token) -> Token | None:
    """Return the subject that a verb without one of its own shares with the clause before it; None if there is none."""
    seen = verb
    for _ in range(4):
        if not (seen.dep_ == "conj" or (seen.i == verb.i and is_added(seen))):
            return None
        seen = seen.head
        own = next((child for child in seen.children if child.dep_ in ("nsubj", "nsubjpass")), None)
        if own is not None:
            return own if own.dep_ == "nsubj" and own.i < verb.i and own.lower_ not in RELATIVE | {"that", "it", "there"} else None
    return None


def _apposed_subject(doc: Doc, verb: Token, end: int, quotes: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The subject of "NP, NP, said" and "NP, which ..., said"."""
    inner = _chunk_start(doc, end, quotes)
    if inner == end or inner == 0 or doc[inner - 1].text != doc[end].text:
        return None
    relative = doc[inner].lower_ in RELATIVE or doc[inner].tag_ in ("VBG", "VBN") or doc[inner].pos_ in ("ADP", "NUM", "ADV", "ADJ")
    if not relative and has_finite(doc, inner, end):
        return None
    outer = _chunk_start(doc, inner - 1, quotes)
    if outer == inner - 1:
        return (inner, end) if not relative else None
    if has_finite(doc, outer, inner - 1):
        return None if relative else (inner, end)
    return _nominal_start(doc, outer, inner - 1, verb), end


def subject_after(verb: Token, quotes: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the token range of the subject in ", said the mayor of X, Tor Y"."""
    doc, begin, before = verb.doc, verb.i + 1, verb.i - 1
    while begin < len(doc) and doc[begin].is_space:
        begin += 1
    while before > 0 and doc[before].is_space:
        before -= 1
    if begin >= len(doc) or verb.i == 0 or doc[before].text not in (",", '"', "?", "!"):
        return None
    first = doc[begin]
    if first.pos_ not in ("DET", "PROPN", "NOUN", "PRON", "ADJ", "NUM") or (
        first.lower_ in ("that", "there", "it", "he", "she", "they") and first.tag_ != "PRP"
    ):
        return None
    end = begin
    while (
        end < len(doc)
        and doc[end].text not in (",", ".", ":", '"', ";")
        and not is_finite(doc[end])
        and doc[end].lower_ not in ("that", "after", "when", "as", "before")
    ):
        end += 1
    if end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].pos_ in ("PROPN", "DET", "NOUN"):
        stop = end + 1
        while stop < len(doc) and doc[stop].text not in (",", ".", ":", '"', ";"):
            stop += 1
        if not has_finite(doc, end + 1, stop):
            end = stop
    return (begin, end) if end > begin else None


def content_is_left(verb: Token, subject_start: int, begin_char: int, *, neutral: bool) -> bool:
    """Tell "P, X said" from "X said P"."""
    doc = verb.doc
    if subject_start == 0 or not neutral:
        return False
    before = doc[subject_start - 1]
    if before.is_space and subject_start > 1:
        before = doc[subject_start - 2]
    if before.text == '"':
        return True
    if before.text not in (",", "-", "?", "!"):
        return False
    after = doc[verb.i + 1] if verb.i + 1 < len(doc) else None
    if after is not None and after.lower_ == "that":
        return False
    left = [token for token in doc[:subject_start] if token.idx >= begin_char]
    if not any(is_finite(token) or token.tag_ in ("VBN", "VB") for token in left):
        return False
    clause = next((child for child in verb.children if child.dep_ == "ccomp" and child.i > verb.i), None)
    if clause is None or is_adverbial(clause) or any(token.text == ":" for token in doc[verb.i : clause.i]):
        return True
    return left[0].lower_ not in SUBORDINATES and left[0].pos_ not in ("ADP", "CCONJ") and any(is_finite(token) for token in left)


def is_adverbial(clause: Token) -> bool:
    return any(
        child.dep_ in ("mark", "advmod") and child.lower_ in ("after", "as", "when", "while", "before", "because", "since")
        for child in clause.children
    )


def is_background(verb: Token) -> bool:
    """Told of an earlier saying: pluperfect ("had announced")."""
    return any(child.dep_ == "aux" and child.lower_ in ("had", "'d") for child in verb.children) and verb.tag_ in ("VBN", "VBD")


def goes_on(doc: Doc, begin: int, end: int, behind: int) -> bool:
    """No clause is whole before the verb of speech, and a comma stands behind its subject."""
    left = [token for token in doc if begin <= token.idx < end]
    return not any(is_finite(token) for token in left) and behind < len(doc) and doc[behind].text == ","


def span_end(doc: Doc, end: int) -> int:
    last = doc[end - 1]
    return last.idx + len(last.text)
