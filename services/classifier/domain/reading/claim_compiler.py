"""Compiles a watched claim into the frame that it is read by: subject, event words, objects, numbers."""

import re

from spacy.tokens import Doc, Token

from schemas.claims_watch import ClaimKind, WatchedClaim
from services.classifier.domain.inflections import forms
from services.classifier.domain.reading.claim_frame import ON_PURPOSE, ClaimFrame
from services.classifier.domain.reading.claim_names import NOT_SURNAMES, bare, is_personal_name, may_be_person, name_forms
from services.classifier.domain.reading.cues import ROLE, TITLES
from services.classifier.domain.reading.families import EVENT_NOUNS, kinds_of
from services.classifier.domain.reading.family import Family
from services.classifier.domain.reading.kindred import nouns_of, qualities_of, states_of
from services.classifier.domain.reading.numbers import threshold_in
from services.classifier.domain.reading.roles import agents_of
from services.classifier.domain.reading.statements import (
    SMALL,
    Parse,
    actors_of,
    claim_words,
    common_nouns,
    covers,
    extra_words,
    family_of,
    is_dynamic,
    is_indefinite,
    is_subject_covered,
    lemma_of,
    modifiers_of,
    names_head,
    objects_in,
    past_forms_of,
    predicates_of,
    proper_phrases,
    root_of,
    statement_doc,
    tokens_of,
    with_objects,
)

_GENERAL_OPPOSITES = frozenset({"untrue"})


_BY_CHANCE = frozenset({"accident", "by accident", "accidental", "by chance", "mishap", "an accident"})

CONTROL = frozenset({"hand", "control", "hold", "fall"})
"""Words that tell who has a place."""


_COMPANY_NAME = re.compile(
    r"\b(?:company|firm|group|bank|maker|airline|retailer|chain|supermarket|carmaker|brewer|start-?up|insurer|lender|"
    r"Motors?|Foods?|Airlines?|Airways|Bank|Water|Energy|Mills|Holdings|Inc|Ltd|plc|Corp|Insurance|Pharma\w*|Systems|Labs|"
    r"Industries|Stores|Rail|Railways?|Shipyard|Brewery|Dairies|Health|Media|Oil|Gas|Steel|Telecom|Lines?|merg\w+|tak\w+ over|"
    r"bankrupt|insolvent|lay(?:ing)? off|recall\w*)\b"
)
"""Words of a claim that show its subject to be a firm."""


_PARTS = {
    "evacuation": frozenset("inhabitant resident people population townspeople villager citizen".split()),
    "coup": frozenset("government president regime".split()),
    "silence of arms": frozenset({"gun"}),
    "doping": frozenset("sample blood urine".split()),
    "outage": frozenset("light power electricity".split()),
    "opening": frozenset({"traffic"}),
    "closure": frozenset({"traffic"}),
    "strike": frozenset("train flight bus service ferry tram plane".split()),
}
"""By family: nouns that stand for the subject when they are its own ("the inhabitants of the town")."""


def _pattern(names: list[str]) -> re.Pattern[str] | None:
    parts = sorted(
        {re.escape(name).replace(r"\ ", r"[\s-]+").replace("\\-", "[\\s-]?") for name in names if name.strip()}, key=len, reverse=True
    )
    if not parts:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)", re.IGNORECASE)


def compile_claim(claim: WatchedClaim, parse: Parse) -> ClaimFrame:
    """Return the frame of a claim. ``parse`` is the pipeline, for the statement and the keywords."""
    forms = name_forms(claim)
    names = _pattern(forms)
    assert names is not None
    doc = statement_doc(claim.statement, parse)
    root = root_of(doc)
    passive = any(token.dep_ in ("nsubjpass", "auxpass") for token in doc) or lemma_of(root) == "be"
    predicates = predicates_of(doc)
    words = claim_words(claim, parse)
    known = tokens_of(forms)
    family = family_of(
        with_objects(doc) + predicates,
        {lemma for lemma, _ in words if lemma not in known},
        common_nouns(doc),
        passive=passive,
        has_object=any(child.dep_ == "dobj" for child in root.children),
        is_person=is_personal_name(claim),
    )
    objects = [] if passive else objects_in(doc, names)
    whole = (
        family is not None
        and any(phrase in family.done | family.does for phrase in with_objects(doc))
        and (family.personal or lemma_of(root) not in family.done | family.does)
    )
    part_of_event = frozenset(lemma_of(token) for head in objects for token in (head, *head.children)) if whole else frozenset()
    if whole and not any(token.pos_ == "PROPN" for head in objects for token in head.subtree):
        objects = []
    befalls = (
        passive
        or not objects
        or root.lemma_ == "have"
        or any(covers(names, head) for head in objects if not is_subject_covered(doc, names))
    )
    subjects = [token for token in doc if token.dep_ in ("nsubj", "nsubjpass") and token.head in (root, *root.children)]
    covered = any(covers(names, head) for head in objects) and not any(names_head(names, head) for head in subjects)
    belongs = (
        []
        if covered
        else [
            head
            for head in subjects
            if (not names_head(names, head) and lemma_of(head) not in {form.split()[-1].lower() for form in forms}) or is_indefinite(head)
        ]
    )
    themes = kinds_of(frozenset(lemma_of(head) for head in [*(objects if befalls else []), *belongs] if not names.search(head.text)))
    themes |= family.about & common_nouns(doc) if family is not None and family.name == "citizenship" else frozenset()
    themes |= _PARTS.get(family.name if family is not None else "", frozenset())
    by_place = bool(belongs) and not any(names_head(names, head) for head in subjects)
    left = objects if not befalls else []
    return _frame(claim, doc, forms, names, family, predicates, words, left, befalls, themes, by_place, covered, part_of_event)


def _own_family(doc: Doc, predicates: list[str]) -> Family:
    """Return what a predicate of no family is read by: its own words, and what is formed from them."""
    own, root = frozenset(predicates[:2]), root_of(doc)
    verb = lemma_of(root) if root.pos_ == "VERB" else ""
    lasting = root.tag_ in ("VBZ", "VBP")
    nouns = nouns_of(verb) | (qualities_of(verb) if lasting else frozenset())
    return Family("own", own, own, own | (states_of(verb) if lasting else frozenset()), nouns, frozenset())


def _vocabulary(phrases: frozenset[str]) -> frozenset[str]:
    """Return the forms of each word, and of the longest word of each phrase."""
    longest = {max(phrase.split(), key=len) for phrase in phrases if phrase.strip()}
    doubled = {f"{word}{word[-1]}{ending}" for word in longest for ending in ("ed", "ing")}  # acquitted
    return frozenset(form for word in longest for form in forms(word)) | doubled | {"toll"}


def _things_in(doc: Doc) -> set[str]:
    """Return the statement's nouns that take part in the event and are not the event: "bond" in "has defaulted on its bonds"."""
    heads = [token for token in doc if token.pos_ == "NOUN" and token.dep_ in ("pobj", "compound", "nsubj", "nsubjpass", "poss")]
    return {lemma_of(token) for token in heads if not _is_event(token)}


def _is_event(noun: Token) -> bool:
    """Tell whether a noun names what happens: one of a family's, or formed from a verb."""
    lemma = lemma_of(noun)
    return lemma in EVENT_NOUNS or lemma.endswith(("tion", "sion", "ment", "ance", "ence", "ure", "ing"))


def _frame(
    claim: WatchedClaim,
    doc: Doc,
    forms: list[str],
    names: re.Pattern[str],
    family: Family | None,
    predicates: list[str],
    words: list[tuple[str, str]],
    objects: list[Token],
    befalls: bool,
    themes: frozenset[str],
    by_place: bool,
    objects_covered: bool,
    part_of_event: frozenset[str],
) -> ClaimFrame:
    subject_tokens = [token for token in doc if token.dep_ in ("nsubj", "nsubjpass")]
    subject_nouns = {lemma_of(token) for head in subject_tokens for token in head.subtree if token.pos_ == "NOUN" and token.dep_ != "pobj"}
    descriptors = subject_nouns | {name.split()[-1].lower() for name in forms if name.split()[-1].islower() and len(name.split()) < 5}
    descriptors |= {word.lower() for word in claim.subject.name.split() if word.lower() in NOT_SURNAMES}
    descriptors |= {word for name in (*forms, claim.statement) for word in name.lower().split() if word in ROLE | TITLES}
    object_names = [name for head in objects for name in proper_phrases(head, claim)]
    if claim.roles is not None and not befalls:
        object_names += [
            name for name in (claim.roles.object, claim.roles.patient) if name and name[0].isupper() and not names.search(name)
        ]
    things = [head for head in objects if head.dep_ == "dobj"] or objects
    object_nouns = kinds_of(frozenset(lemma_of(head) for head in things))
    known = (
        tokens_of(forms)
        | tokens_of(object_names)
        | set(object_nouns | part_of_event)
        | {token.lower_ for token in doc if token.pos_ in ("PROPN",)}
        | descriptors
    )
    base = family or _own_family(doc, predicates)
    support = base.done | base.does | base.states | base.nouns
    opposites = (
        base.opposites
        | (base.things_not if objects_covered else frozenset())
        | {word.lower() for word in claim.opposites}
        | (_BY_CHANCE if ON_PURPOSE.search(claim.statement.lower()) else frozenset())
        | _GENERAL_OPPOSITES
    )
    extra = extra_words(words, known, support, opposites, _things_in(doc), predicates) if family is None else frozenset()
    if claim.statement.lower().startswith("there "):
        extra |= frozenset(word for word in predicates if " " not in word) | base.nouns
    statement = claim.statement.lower()
    existential = statement.startswith(("there is", "there are", "there has", "there was"))
    acted_on = objects_covered or bool(agents_of(root_of(doc)))
    control = CONTROL if acted_on and base.name == "conquest" else frozenset()
    root = root_of(doc)
    present = root.tag_ in ("VBZ", "VBP") or any(
        token.dep_ in ("aux", "auxpass") and token.tag_ in ("VBZ", "VBP") and token.lemma_ == "be" for token in root.children
    )
    is_person = (
        is_personal_name(claim)
        or (base.personal and may_be_person(claim.subject.name))
        or (not claim.subject.name[0].isupper() and bool(descriptors & (ROLE | TITLES)))
    )
    return ClaimFrame(
        claim=claim,
        names=names,
        others=_pattern([bare(name) for name in claim.subject.not_]),
        known_tokens=frozenset(known | tokens_of(forms)),
        descriptors=frozenset(descriptors),
        synonyms=kinds_of(frozenset(descriptors)) - descriptors,
        is_company=not is_person and claim.subject.name[0].isupper() and bool(_COMPANY_NAME.search(" ".join((*forms, claim.statement)))),
        themes=(themes | extra) - base.nouns if by_place else themes,
        by_place=by_place,
        befalls=befalls,
        family=base.name,
        done=(base.done if family else base.done | frozenset(predicates[:2])) | (base.does if befalls and objects_covered else frozenset()),
        does=base.does,
        states=base.states | (base.things if objects_covered else frozenset()),
        nouns=base.nouns | (extra - (frozenset() if existential else themes) if not threshold_in(claim.statement) else frozenset()),
        opposites=frozenset(opposites) - frozenset(predicates[:1]),
        objects=_pattern(object_names),
        object_nouns=object_nouns,
        object_modifiers=kinds_of(
            modifiers_of(objects or ([] if objects_covered else [child for child in root.children if child.dep_ == "dobj"]))
        ),
        things=base.things if not befalls else frozenset(),
        things_not=base.things_not if not befalls else frozenset(),
        by=base.by,
        substances=base.about & common_nouns(doc) if base.name == "infection" and befalls else frozenset(),
        object_is_named=not things or any(token.pos_ == "PROPN" for head in things for token in (head, *head.children)),
        actors=(actors_of(doc, names) if acted_on else frozenset())
        | frozenset(tokens_of([claim.roles.actor] if claim.roles else []) - SMALL),
        actor_is_given=bool(befalls and claim.roles and claim.roles.actor),
        threshold=threshold_in(claim.statement),
        is_state=claim.kind is ClaimKind.STATE or (claim.kind is None and present and befalls and not is_dynamic(root)),
        is_future=bool(re.search(r"\b(?:will|is to|are to|going to|plans? to|to be)\b", statement)),
        is_present=present,
        is_denial=bool(re.search(r"\b(?:not|never|no longer|n't)\b", statement)),
        is_person=is_person,
        is_existential=existential,
        past_forms=frozenset(form for verb in base.done | base.does for form in past_forms_of(verb)),
        vocabulary=_vocabulary(support | opposites | extra | themes | frozenset(predicates) | base.things | base.things_not | control),
        on_purpose=ON_PURPOSE.search(statement) is not None,
        own_words=frozenset(predicates[:3]),
        first_name=claim.subject.name.split()[0] if is_person and len(claim.subject.name.split()) == 2 else "",
    )
