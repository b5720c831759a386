"""Words formed from a claim's own predicate: "superconductor" and "superconductivity" of "superconduct"."""

_NOUN_ENDINGS = ("ing", "ion", "ation", "ition", "ment", "al", "ance", "ence", "ure", "age")
_QUALITY_ENDINGS = ("ivity", "ability", "ity", "ness")
_STATE_ENDINGS = ("ing", "ive", "or", "er", "ant", "ent")


def _stems(verb: str) -> set[str]:
    stems = {verb}
    if verb.endswith("e"):
        stems.add(verb[:-1])
    if verb.endswith("y"):
        stems |= {verb[:-1] + "i", verb[:-1]}
    if verb.endswith(("ise", "ize")):
        stems |= {verb[:-3] + "isat", verb[:-3] + "izat"}
    if len(verb) > 2 and verb[-1] not in "aeiouwxy" and verb[-2] in "aeiou" and verb[-3] not in "aeiou":
        stems.add(verb + verb[-1])
    return stems


def nouns_of(verb: str) -> frozenset[str]:
    """Return what the verb's event may be called as a noun; most are no words, and harm nothing."""
    return frozenset(stem + ending for stem in _stems(verb) for ending in _NOUN_ENDINGS) if _is_word(verb) else frozenset()


def qualities_of(word: str) -> frozenset[str]:
    """Return what a quality that a verb or adjective tells of may be called ("conductivity", "hardness")."""
    return frozenset(stem + ending for stem in _stems(word) for ending in _QUALITY_ENDINGS) if _is_word(word) else frozenset()


def states_of(verb: str) -> frozenset[str]:
    """Return what one is who does it always: "a superconductor", "superconducting"."""
    return frozenset(stem + ending for stem in _stems(verb) for ending in _STATE_ENDINGS) if _is_word(verb) else frozenset()


def _is_word(word: str) -> bool:
    return word.isalpha() and len(word) > 3
