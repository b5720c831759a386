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
        about: Nouns of what such events happen to or are made of: they tell "captured a town" from "captured a thief".
        things: What is said of the object once an actor has done it ("the phone is out").
        things_not: What is said of the object while nobody has ("the phone is not on sale yet").
        by: Nouns of what does it, where nothing else can ("an earthquake shook the town").
        prime: The words that mean this before anything else, the first of each list: "lift" is rather an end than a theft.
        personal: It happens to people.
    """

    name: str
    done: frozenset[str]
    does: frozenset[str]
    states: frozenset[str]
    nouns: frozenset[str]
    opposites: frozenset[str]
    about: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    things_not: frozenset[str] = frozenset()
    by: frozenset[str] = frozenset()
    prime: frozenset[str] = frozenset()
    personal: bool = False


_PRIME = 3


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _words(text: str) -> frozenset[str]:
    return frozenset(_listed(text))


def family(
    name: str,
    *,
    done: str = "",
    does: str = "",
    states: str = "",
    nouns: str = "",
    opposites: str = "",
    about: str = "",
    things: str = "",
    things_not: str = "",
    by: str = "",
    personal: bool = False,
) -> Family:
    event = _words(done), _words(does), _words(states), _words(nouns), _words(opposites)
    prime = frozenset(word for words in (done, does, states, nouns) for word in _listed(words)[:_PRIME])
    return Family(name, *event, _words(about), _words(things), _words(things_not), _words(by), prime, personal)
