"""Particles that Arabic and Hebrew write as one with the word behind them: article, "and", "in", "to", "as".

A word counts as itself with and without them, as light stemmers take it (Larkey and others, *Light stemming for Arabic information
retrieval*, 2007): only the article and what precedes it is taken off, as a single letter may belong to the word.
"""

_ARABIC_ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
_ARABIC = ("", *_ARABIC_ARTICLES, "و")
_HEBREW = ("", "ה", "ו", "ב", "ל", "מ", "ש", "כ", "וה", "שה")
MIN_LETTERS = 3
"""Letters of a word that particles are taken off or put before: what is shorter is likelier another word."""


def _is_all(word: str, first: str, last: str) -> bool:
    return all(first <= letter <= last for letter in word)


def with_particles(word: str) -> frozenset[str]:
    """Return the folded word with and without particles; of other scripts, and very short, only itself."""
    if len(word) >= MIN_LETTERS and _is_all(word, "\u0621", "\u064a"):
        bare = next((word.removeprefix(article) for article in _ARABIC_ARTICLES if word.startswith(article)), word)
        bare = bare if len(bare) >= MIN_LETTERS else word
        return frozenset({word, *(f"{particle}{bare}" for particle in _ARABIC)})
    if len(word) >= MIN_LETTERS and _is_all(word, "\u05d0", "\u05ea"):
        return frozenset(f"{particle}{word}" for particle in _HEBREW)
    return frozenset({word})
