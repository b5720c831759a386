"""Numbers in claims and texts: "more than 100", "at least fifty", "118", "a dozen"."""

import re
from dataclasses import dataclass

_UNITS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {word: 10 * number for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12, "billion": 1_000_000_000}
_WORD = "|".join(
    sorted(
        [*_UNITS, *_TENS, *_SCALES, "a dozen", "a hundred", "a thousand", "hundreds", "dozens", "thousands", "scores"],
        key=len,
        reverse=True,
    )
)
_NUMBER = re.compile(
    rf"(?<![\w.,:])(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)(?:\s+(?P<scale>hundred|thousand|million|billion))?|(?P<words>(?:{_WORD})(?:[\s-]+(?:and[\s-]+)?(?:{_WORD}))*))(?![\w]|[.,:]\d|st\b|th\b|nd\b)",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"(?:more than|over|above|at least|no fewer than|upwards of|exceeds?|exceeded|passes|passed|tops|topped"
    r"|surpass\w*|beyond|up to|as many as|fewer than|less than|under|nearly|almost|about|around|some)\s*$",
    re.IGNORECASE,
)
_MORE = ("more than", "over", "above", "upwards of", "exceed", "pass", "top", "surpass", "beyond")
_LEAST = ("at least", "no fewer than")


@dataclass(frozen=True)
class Threshold:
    """What number a claim asks for: ``value``, and whether it must be passed or reached, or met exactly."""

    value: float
    kind: str
    """``more``, ``least`` or ``exact``."""

    def met_by(self, value: float, bound: str) -> bool:
        """Tell whether a number in a text, with the words before it, makes the claim true."""
        low = bound.startswith(_MORE)
        if bound.startswith(("up to", "as many", "fewer", "less", "under")):
            return False
        if self.kind == "more":
            return value > self.value or (low and value >= self.value)
        if self.kind == "least":
            return value >= self.value
        return value == self.value


def _value(match: re.Match[str]) -> float:
    if match["digits"]:
        return float(match["digits"].replace(",", "")) * _SCALES.get((match["scale"] or "").lower(), 1)
    total, current = 0.0, 0.0
    for word in re.split(r"[\s-]+", match["words"].lower()):
        if word in _UNITS or word in _TENS:
            current += _UNITS.get(word, _TENS.get(word, 0))
        elif word.rstrip("s") in _SCALES:
            current = max(current, 1) * _SCALES[word.rstrip("s")]
            if word.startswith(("thousand", "million", "billion")):
                total, current = total + current, 0
        elif word == "scores":
            current += 40
    return total + current


def numbers_in(text: str) -> list[tuple[float, str, int]]:
    """Return each number with the bounding words before it, in lower case, and its offset. Years and hours are left out."""
    found: list[tuple[float, str, int]] = []
    for match in _NUMBER.finditer(text):
        value = _value(match)
        if (
            match["digits"]
            and re.fullmatch(r"(?:19|20)\d\d", match["digits"])
            and re.search(r"\b(?:in|since|of|by|until)\s*$", text[: match.start()])
        ):
            continue
        bound = _BOUND.search(text[: match.start()])
        found.append((value, bound.group().strip().lower() if bound else "", match.start()))
    return found


_UNIT = re.compile(
    r"^[\w,.-]+(?:[\s-](?:hundred|thousand|million|billion))?[\s-]*(?:square |cubic )?(?:met(?:er|re)s?|km"
    r"|kilomet\w+|miles?|feet|foot|yards?|tons?|tonnes?|kilos?|kg|litres?|degrees?|hours?|minutes?|seconds?|days?"
    r"|weeks?|months?|years?|dollars?|euros?|pounds?|per ?cent|percent|%|o'clock|a\.m|p\.m|mph|knots)(?!\w)",
    re.IGNORECASE,
)


def is_measure(text: str, place: int) -> bool:
    """Tell whether the number at the place counts metres, hours or money."""
    return _UNIT.match(text[place : place + 60]) is not None or text[max(0, place - 1) : place] in ("$", "€", "£")


def threshold_in(statement: str) -> Threshold | None:
    """Return the number that a statement asks for; None if it is about no number of people or things."""
    for value, bound, _ in numbers_in(statement):
        if bound.startswith(_MORE):
            return Threshold(value, "more")
        if bound.startswith(_LEAST):
            return Threshold(value, "least")
    return None
