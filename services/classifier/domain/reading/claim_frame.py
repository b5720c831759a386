"""A watched claim made ready for reading: whom it is about, which words say that it is so, and which that it is not."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from schemas.claims_watch import ClaimKind, WatchedClaim
from services.classifier.domain.inflections import forms
from services.classifier.domain.reading.cues import ROLE, TITLES
from services.classifier.domain.reading.families import FAMILIES, Family
from services.classifier.domain.reading.numbers import Threshold, threshold_in

Parse = Callable[[str], Doc]
_PERSONAL = frozenset({"death", "arrest", "departure", "dismissal", "appointment", "marriage", "split", "birth", "injury", "kidnap", "conviction", "acquittal", "charge", "release", "extradition", "doping"})
_SMALL = frozenset("the a an of in at on to and or for by with from is was are were has have had been be not no its his her their than more".split())
_GENERAL_OPPOSITES = frozenset({"untrue"})


@dataclass(frozen=True)
class ClaimFrame:
    """What a claim says, in parts.

    Attributes:
        names: Finds the subject's names in plain text.
        others: Finds namesakes; None if the claim names none.
        descriptors: Common nouns that may stand for the subject ("the banker").
        themes: Nouns that the subject's name only belongs to ("the Amber line contract").
        befalls: True: the subject is whom it befalls; False: it is who does it, to ``objects``.
        done, does, states, nouns, opposites: Lemmas and phrases, as in ``Family``.
        objects: Finds what it is done to, where the claim names it; None if it names nothing.
        object_nouns: Lemmas of that.
    """

    claim: WatchedClaim
    names: re.Pattern[str]
    others: re.Pattern[str] | None
    known_tokens: frozenset[str]
    descriptors: frozenset[str]
    themes: frozenset[str]
    by_place: bool
    """The name only tells where or whose ("a train derailed at Coldwater")."""
    befalls: bool
    family: str
    done: frozenset[str]
    does: frozenset[str]
    states: frozenset[str]
    nouns: frozenset[str]
    opposites: frozenset[str]
    objects: re.Pattern[str] | None
    object_nouns: frozenset[str]
    object_modifiers: frozenset[str]
    threshold: Threshold | None
    is_state: bool
    is_future: bool
    is_present: bool
    is_denial: bool
    is_person: bool
    is_existential: bool
    """"There is cholera in Port Selim": the subject is the place."""
    past_forms: frozenset[str]
    """Past forms of the supporting verbs, for where the tagger takes one for a noun."""
    first_name: str
    own_words: frozenset[str]
    """Lemmas of the statement's own predicate."""


def _pattern(names: list[str]) -> re.Pattern[str] | None:
    parts = sorted({re.escape(name).replace(r"\ ", r"[\s-]+").replace("\\-", "[\\s-]?") for name in names if name.strip()}, key=len, reverse=True)
    if not parts:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)", re.IGNORECASE)


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", name.replace("’", "'"), flags=re.IGNORECASE).strip()


def _name_forms(claim: WatchedClaim) -> list[str]:
    """Return the subject's names; of a person's name the last word as well."""
    forms = [_bare(name) for name in (claim.subject.name, *claim.subject.aliases)]
    for name in list(forms):
        words = name.split()
        while words and words[0].lower() in TITLES | ROLE and len(words) > 1:
            words = words[1:]
            if len(words) == 1 and words[0][0].isupper():
                forms.append(words[0])
        if 2 <= len(words) <= 4 and all(word[0].isupper() or word.startswith("al-") or word.lower() in ("de", "van", "von", "bin", "al", "da") for word in words):
            if words[-1].lower() not in _NOT_SURNAMES and name == _bare(claim.subject.name) and _looks_personal(claim):
                forms.append(words[-1])
    return forms


_NOT_SURNAMES = frozenset("line bridge bank group company council city united fc ministry party river lake island dam airport station court house exchange hospital university union".split())


def _looks_personal(claim: WatchedClaim) -> bool:
    surname = claim.subject.name.split()[-1].lower()
    return any(surname in keyword.lower().split() and claim.subject.name.split()[0].lower() not in keyword.lower().split() for keyword in claim.keywords) or bool(
        re.search(rf"\b{re.escape(surname)}\b", claim.query.lower())
    )


def _lemma(token: Token) -> str:
    return token.lemma_.lower()


def _phrase_with_particle(token: Token) -> list[str]:
    """Return the verb alone and with its particle: "step", "step down"."""
    lemma = _lemma(token)
    particles = [child.lower_ for child in token.children if child.dep_ in ("prt", "advmod") and child.i > token.i]
    preps = [child.lower_ for child in token.children if child.dep_ == "prep"]
    return [f"{lemma} {particle}" for particle in particles + preps] + [lemma]


def _root(doc: Doc) -> Token:
    return next((token for token in doc if token.dep_ == "ROOT"), doc[0])


def _predicates(doc: Doc) -> list[str]:
    """Return the words that carry the statement's event, the surest first."""
    root = _root(doc)
    words: list[str] = []
    for child in root.children:
        if root.lemma_ in ("be", "become", "remain", "stay", "go", "have", "come") and child.dep_ in ("acomp", "attr", "prep", "oprd", "dobj") and child.i > root.i:
            words.append(" ".join(_lemma(token) for token in child.subtree if token.pos_ != "DET"))
            words.append(_lemma(child))
    if root.lemma_ in _LIGHT and not any(child.dep_ == "prt" for child in root.children):
        nouns = frozenset().union(*(family.nouns for family in FAMILIES))
        words += [_lemma(child) for child in root.children if child.dep_ == "dobj" and _lemma(child) in nouns]
    if root.lemma_ not in ("be",):
        words += [f"{_lemma(root)} {_lemma(child)}" for child in root.children if child.dep_ == "dobj" and child.pos_ == "NOUN"] if root.lemma_ in _LIGHT else []
        words += _phrase_with_particle(root)
        words += [f"{_lemma(root)} {child.lower_}" for child in root.children if child.dep_ in ("acomp", "oprd")]
    words += [phrase for child in root.children if child.dep_ in ("xcomp", "ccomp") for phrase in _phrase_with_particle(child)]
    words += [_lemma(token) for token in doc if token.pos_ == "VERB" and token is not root]
    return [word for word in words if word]


def _claim_words(claim: WatchedClaim, parse: Parse) -> list[tuple[str, str]]:
    """Return lemma and word class of the words of keywords and query."""
    texts = list(claim.keywords) or [" ".join(re.findall(r"[^\W\d_][\w'-]*\*?", re.sub(r"\b(?:AND|OR|NOT|NEAR/?\d*|title:|lang:\w+)\b", " ", claim.query)))]
    return [(_lemma(token), token.pos_) for text in texts for token in parse(text) if token.is_alpha]


def _family_of(claim: WatchedClaim, predicates: list[str], words: set[str], *, passive: bool, has_object: bool) -> Family | None:
    is_verbal = bool(predicates) and any(predicates[0] in family.done | family.does for family in FAMILIES)

    def score(family: Family) -> float:
        support = family.done | family.does | family.states | family.nouns
        strong = family.done | family.does | family.states
        lead = next((index for index, word in enumerate(predicates) if word in strong or word in family.nouns and not is_verbal), None)
        if lead is None:
            return 0.0
        fits = predicates[lead] in (family.done | family.states if passive or has_object else family.does | family.states | family.nouns)
        return 3.0 - 0.5 * lead + (1.0 if fits else 0.0) + sum(word in support for word in words) + 0.7 * sum(word in family.opposites for word in words)

    best = max(FAMILIES, key=score)
    return best if score(best) > 0 else None


def _extra_words(claim_words: list[tuple[str, str]], known: set[str], support: frozenset[str], opposites: frozenset[str]) -> frozenset[str]:
    return frozenset(lemma for lemma, pos in claim_words if pos in ("VERB", "NOUN", "ADJ") and lemma not in known and lemma not in support and lemma not in opposites and lemma not in _SMALL)


def _tokens_of(names: list[str]) -> set[str]:
    return {word.lower() for name in names for word in re.findall(r"[\w']+", name)}


def _object_of(doc: Doc, names: re.Pattern[str]) -> list[Token]:
    """Return the heads of what is done to or joined, in a statement whose subject acts."""
    root = _root(doc)
    heads = [child for child in root.children if child.dep_ in ("dobj", "attr")]
    heads += [grand for child in root.children if child.dep_ == "prep" and child.lower_ in ("for", "with", "to") for grand in child.children if grand.dep_ == "pobj"]
    heads += [grand for child in root.children if child.dep_ in ("xcomp", "ccomp") for grand in child.children if grand.dep_ in ("dobj", "pobj")]
    return heads


def _is_indefinite(head: Token) -> bool:
    """"A freight train derailed", "Soldiers seized power"."""
    return head.pos_ == "NOUN" and not any(child.dep_ == "poss" or child.lower_ in ("the", "this", "its", "his", "her") for child in head.children)


def _names_head(names: re.Pattern[str], head: Token) -> bool:
    """Tell whether a name covers the head of a noun phrase, or stands right before it."""
    text = head.doc.text
    return any(match.start() <= head.idx < match.end() or match.end() <= head.idx <= match.end() + 14 and head.dep_ != "pobj" and head.i > 0 and any(child.dep_ in ("compound", "nmod") and match.start() <= child.idx < match.end() for child in head.children) for match in names.finditer(text))


_LIGHT = frozenset("call hold stage make take give conduct issue suffer commit declare order carry launch announce impose put reach seize".split())


def _proper_phrases(head: Token, claim: WatchedClaim) -> list[str]:
    """Return the names in an object: whole, and by their first word where a keyword uses that alone."""
    phrases: list[list[Token]] = []
    for token in head.subtree:
        if token.pos_ == "PROPN" and phrases and phrases[-1][-1].i == token.i - 1:
            phrases[-1].append(token)
        elif token.pos_ == "PROPN":
            phrases.append([token])
    names = [" ".join(token.text for token in phrase) for phrase in phrases]
    for phrase in phrases:
        first, rest = phrase[0].lower_, phrase[1].lower_ if len(phrase) > 1 else ""
        if rest and any(first in keyword.lower().split() and rest not in keyword.lower().split() for keyword in claim.keywords):
            names.append(phrase[0].text)
    return names


def _covers(names: re.Pattern[str], token: Token) -> bool:
    text = " ".join(part.text for part in token.subtree)
    return bool(names.search(text.replace(" - ", "-").replace(" '", "'")))


def compile_claim(claim: WatchedClaim, parse: Parse) -> ClaimFrame:
    """Return the frame of a claim. ``parse`` is the pipeline, for the statement and the keywords."""
    forms = _name_forms(claim)
    names = _pattern(forms)
    assert names is not None
    doc = parse(re.sub(r"^IS\b", "Isis", claim.statement.replace("’", "'")))
    root = _root(doc)
    passive = any(token.dep_ in ("nsubjpass", "auxpass") for token in doc) or _lemma(root) == "be"
    predicates = _predicates(doc)
    words = _claim_words(claim, parse)
    known = _tokens_of(forms)
    family = _family_of(claim, predicates, {lemma for lemma, _ in words if lemma not in known}, passive=passive, has_object=any(child.dep_ == "dobj" for child in root.children))
    objects = [] if passive else _object_of(doc, names)
    befalls = passive or not objects or root.lemma_ == "have" or any(_covers(names, head) for head in objects if not _subject_covered(doc, names))
    subjects = [token for token in doc if token.dep_ in ("nsubj", "nsubjpass") and token.head in (root, *root.children)]
    covered = any(_covers(names, head) for head in objects) and not any(_names_head(names, head) for head in subjects)
    belongs = [] if covered else [head for head in subjects if not _names_head(names, head) and _lemma(head) not in {form.split()[-1].lower() for form in forms} or _is_indefinite(head)]
    themes = frozenset(_lemma(head) for head in [*(objects if befalls else []), *belongs] if not names.search(head.text))
    by_place = bool(belongs) and not any(_names_head(names, head) for head in subjects)
    return _frame(claim, doc, forms, names, family, predicates, words, objects if not befalls else [], befalls, themes, by_place, covered)


def _subject_covered(doc: Doc, names: re.Pattern[str]) -> bool:
    return any(token.dep_ in ("nsubj", "nsubjpass") and _covers(names, token) for token in doc)


def _frame(claim: WatchedClaim, doc: Doc, forms: list[str], names: re.Pattern[str], family: Family | None, predicates: list[str],
           words: list[tuple[str, str]], objects: list[Token], befalls: bool, themes: frozenset[str], by_place: bool, objects_covered: bool) -> ClaimFrame:
    subject_tokens = [token for token in doc if token.dep_ in ("nsubj", "nsubjpass")]
    subject_nouns = {_lemma(token) for head in subject_tokens for token in head.subtree if token.pos_ == "NOUN" and token.dep_ != "pobj"}
    descriptors = subject_nouns | {name.split()[-1].lower() for name in forms if name.split()[-1].islower() and len(name.split()) < 5}
    descriptors |= {word for name in (*forms, claim.statement) for word in name.lower().split() if word in ROLE | TITLES}
    object_names = [name for head in objects for name in _proper_phrases(head, claim)]
    object_nouns = frozenset(_lemma(head) for head in objects)
    known = _tokens_of(forms) | _tokens_of(object_names) | set(object_nouns) | {token.lower_ for token in doc if token.pos_ in ("PROPN",)} | descriptors
    base = family or Family("own", frozenset(predicates[:2]), frozenset(predicates[:2]), frozenset(predicates[:2]), frozenset(), frozenset())
    support = base.done | base.does | base.states | base.nouns
    opposites = base.opposites | {word.lower() for word in claim.opposites} | _GENERAL_OPPOSITES
    extra = _extra_words(words, known, support, opposites)
    if claim.statement.lower().startswith("there "):
        extra |= frozenset(word for word in predicates if " " not in word) | base.nouns
    statement = claim.statement.lower()
    root = _root(doc)
    present = root.tag_ in ("VBZ", "VBP") or any(token.dep_ in ("aux", "auxpass") and token.tag_ in ("VBZ", "VBP") and token.lemma_ == "be" for token in root.children)
    is_person = (base.name in _PERSONAL and claim.subject.name[0].isupper() and claim.subject.name.split()[-1][0].isupper() and claim.subject.name.split()[-1].lower() not in _NOT_SURNAMES) or bool(set(descriptors) & (ROLE | TITLES))
    return ClaimFrame(
        claim=claim, names=names, others=_pattern([_bare(name) for name in claim.subject.not_]), known_tokens=frozenset(known | _tokens_of(forms)),
        descriptors=frozenset(descriptors), themes=(themes | extra) - base.nouns if by_place else themes, by_place=by_place, befalls=befalls, family=base.name, done=(base.done if family else base.done | frozenset(predicates[:2])) | (base.does if befalls and objects_covered else frozenset()),
        does=base.does,
        states=base.states, nouns=base.nouns | (extra if not threshold_in(claim.statement) else frozenset()), opposites=frozenset(opposites) - frozenset(predicates[:1]),
        objects=_pattern(object_names), object_nouns=object_nouns,
        object_modifiers=frozenset(child.lower_ for head in objects for child in head.children if child.dep_ == "amod"),
        threshold=threshold_in(claim.statement), is_state=claim.kind is ClaimKind.STATE or claim.kind is None and present and befalls and not _is_dynamic(root),
        is_future=bool(re.search(r"\b(?:will|is to|are to|going to|plans? to|to be)\b", statement)), is_present=present,
        is_denial=bool(re.search(r"\b(?:not|never|no longer|n't)\b", statement)), is_person=is_person,
        is_existential=statement.startswith(("there is", "there are", "there has", "there was")),
        past_forms=frozenset(form for verb in base.done | base.does for form in _past_forms(verb)),
        own_words=frozenset(predicates[:3]),
        first_name=claim.subject.name.split()[0] if is_person and len(claim.subject.name.split()) == 2 else "",
    )


def _past_forms(verb: str) -> set[str]:
    if " " in verb or verb in ("hold", "be", "take", "fall", "come", "go", "cut", "shed", "run", "list"):
        return set()
    return {form for form in forms(verb) if form != verb and not form.endswith(("s", "ing", "ion", "ment", "al", "er", "ure", "th")) and form not in _NOUN_FORMS}


_NOUN_FORMS = frozenset("death dead loss shot shooting flight sale".split())


def _is_dynamic(root: Token) -> bool:
    return root.pos_ == "VERB" and root.tag_ == "VBZ" and not any(child.dep_ in ("aux", "auxpass") for child in root.children)
