"""A family of event words: what says that an event happened, and what says the opposite."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """Words that tell one kind of event.

    Attributes:
        name: For tests and explanations.
        done: Verbs that are done *to* whom the event befalls ("kill": the one killed is the object).
        does: Verbs that whoever the event befalls does ("die"), or that an actor does to an object ("buy").
        states: Adjectives and predicates of whom it befell ("dead", "in custody").
        nouns: The event as a noun ("death", "arrest").
        opposites: Verbs and adjectives that say it is not so ("alive", "survive"); about the same one.
    """

    name: str
    done: frozenset[str]
    does: frozenset[str]
    states: frozenset[str]
    nouns: frozenset[str]
    opposites: frozenset[str]


def _words(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",") if part.strip())


def family(name: str, *, done: str = "", does: str = "", states: str = "", nouns: str = "", opposites: str = "") -> Family:
    return Family(name, _words(done), _words(does), _words(states), _words(nouns), _words(opposites))
