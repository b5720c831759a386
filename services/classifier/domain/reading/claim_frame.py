"""A watched claim made ready for reading: whom it is about, which words say that it is so, and which that it is not."""

import re
from dataclasses import dataclass

from schemas.claims_watch import WatchedClaim
from services.classifier.domain.reading.numbers import Threshold

ON_PURPOSE = re.compile(
    r"\bon purpose|\b(?:deliberate|intentional|malicious|wilful|willful|sabotag|arson)|\bset on fire\b|foul play|no accident"
)
"""Words that say of what happened that somebody meant it to."""


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
    synonyms: frozenset[str]
    """Other nouns for the same kind of thing ("vessel" for a ferry); they stand for the subject only near its name."""
    is_company: bool
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
    things: frozenset[str]
    things_not: frozenset[str]
    """What is said of the objects once it is done, and while it is not."""
    by: frozenset[str]
    substances: frozenset[str]
    """What infects or taints: "cholera", "salmonella"."""
    object_is_named: bool
    """The object bears a name of its own ("the Kite 3 phone"), not another's ("the ambassador of Torvia")."""
    actors: frozenset[str]
    """Words for who did it to the subject, lower case; empty where the claim does not say."""
    actor_is_given: bool
    """The claim's roles name who acts: done by somebody of another name, it is another event."""
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
    vocabulary: frozenset[str]
    """Forms of the event words, lower case: a text without any of them says nothing of the claim."""
    on_purpose: bool
    """The claim says that it was done deliberately: what only says that it happened says nothing of it."""
    own_words: frozenset[str]
    """Lemmas of the statement's own predicate."""
