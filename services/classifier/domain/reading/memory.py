"""What a reading of one run of text holds: whom it has spoken of so far, and which pronouns stand for the claim's subject."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from spacy.tokens import Doc, Span, Token

from services.classifier.domain.reading.claim_frame import ClaimFrame
from services.classifier.domain.reading.clauses import Finder
from services.classifier.domain.reading.origins import Context, Origin, OriginFinder
from services.classifier.domain.reading.parse_text import text_of
from services.classifier.domain.reading.sentences import Sentence, plain
from services.classifier.domain.reading.speakers import Description, describe
from services.classifier.domain.reading.speech import Segment
from services.classifier.domain.reading.words_spoken import Words


class Parsing(Protocol):
    """Parses sentences; None when an article has used up its share."""

    def __call__(self, text: str) -> Doc | None: ...

    def prepare(self, texts: Iterable[str]) -> None: ...


@dataclass(frozen=True)
class Passage:
    """One run of text: a body, or an entry of a live page."""

    label: str
    sentences: tuple[Sentence, ...]
    title: str


class Memory:
    """What has been read of one passage so far."""

    def __init__(self, passage: Passage, frame: ClaimFrame, finder: OriginFinder, parses: Parsing, published: datetime) -> None:
        self.passage, self.frame, self.finder, self.parses, self.published = passage, frame, finder, parses, published
        self.context = Context()
        self.words: list[Words] = []
        self.second: list[Words] = []
        """What a second, lenient look makes of segments in which nothing was found."""
        self.has_hits = False
        self.office: Origin | None = None
        """Who spoke last, if by office alone: the name that speaks next is likely theirs."""
        self.asked: tuple[Doc, dict[tuple[int, int], Origin | None]] | None = None
        """Whose word each phrase of the sentence at hand was found to be."""
        self.nameless: tuple[Description, Origin] | None = None
        """Who spoke in the sentence before without a name, for themselves."""
        self.people: dict[str, Origin] = {}
        """Surnames of those who spoke, and whose word theirs is."""
        self.spoken_of = frame.names.search(plain(passage.title)) is not None
        """The subject was named not long ago."""
        self.event_known = False
        self.is_other = self._starts_with_other()

    def _starts_with_other(self) -> bool:
        """A namesake is who the text is about: bare names in it are theirs."""
        others = self.frame.others
        if others is None:
            return False
        for text in (plain(self.passage.title), *(sentence.text for sentence in self.passage.sentences[:2])):
            other, own = others.search(text), self.frame.names.search(text)
            if other is not None:
                return own is None or other.start() <= own.start() < other.end() or other.start() <= own.start()
            if own is not None and len(own.group().split()) > 1:
                return False
        return False

    def _names_in_full(self, sentence: Sentence) -> bool:
        """In a text about a namesake, the subject by more than a bare name is the subject all the same."""
        others = self.frame.others.search(sentence.text) if self.frame.others is not None else None
        return others is None and any(len(found.group().split()) > 1 for found in self.frame.names.finditer(sentence.text))

    def _finder(self, index: int, sentence: Sentence, segment: Segment) -> Finder:
        return Finder(
            self.frame, self._is_subject(index, sentence, segment), self._is_near(index), self._around(index), self._introduces(index)
        )

    def _introduces(self, index: int) -> bool:
        """A lead may introduce the subject as "a portrait" or "a former minister" and name it in the headline or the next sentence."""
        near = " ".join(sentence.text for sentence in self.passage.sentences[1:6])
        named = self.frame.names.search(f"{plain(self.passage.title)} {near}")
        return index == 0 and named is not None and self.frame.names.search(self.passage.sentences[0].text) is None

    def _is_near(self, index: int) -> bool:
        return self.frame.names.search(self._around(index)) is not None or self.spoken_of

    def _around(self, index: int) -> str:
        return " ".join(sentence.text for sentence in self.passage.sentences[max(0, index - 1) : index + 1])

    def _is_subject(self, index: int, sentence: Sentence, segment: Segment) -> Callable[[Token], bool]:
        def decide(token: Token) -> bool:
            if token.pos_ not in ("PRON",) and token.tag_ not in ("PRP", "PRP$"):
                return self.event_known and any(child.lower_ in ("the", "this", "that") for child in token.children)
            lowered = token.lower_
            if lowered in ("i", "we", "me", "us", "my", "our"):
                return segment.quoted and segment.speaker is not None and self._speaks_for_itself(segment.speaker)
            if lowered in ("you", "who", "which", "that", "this", "there", "what", "nobody", "none", "everything"):
                return False
            if self.frame.is_person and lowered in ("it", "its", "they", "them", "their"):
                return False
            if not self.frame.is_person and lowered in ("he", "him", "his"):
                return False
            if (
                segment.speaker is not None
                and lowered in ("it", "its", "they", "their", "he", "she", "his", "her")
                and token.i > 0
                and self._speaks_for_itself(segment.speaker)
            ):
                return True
            place = segment.offsets[token.idx] if token.idx < len(segment.offsets) else -1
            before = sentence.text[: max(place, 0)]
            if self.frame.names.search(before) is not None or self.frame.names.search(text_of(token.doc)[: token.idx]) is not None:
                return True
            return self.spoken_of and not names_somebody(token.doc[: token.i])

        return decide

    def _speaks_for_itself(self, speaker: Span) -> bool:
        """The speaker is the claim's subject."""
        if speaker.text.lower() in ("he", "she"):
            return self.frame.is_person and self.spoken_of
        return (self.frame.names.search(speaker.text) is not None and not describe(speaker).role) or self.frame.names.fullmatch(
            speaker.text
        ) is not None


def names_somebody(tokens: Doc | Span) -> bool:
    """Tell whether a capitalised name is the subject of a verb: a pronoun behind it is likelier theirs."""
    return any(token.pos_ == "PROPN" and token.dep_ in ("nsubj", "nsubjpass") for token in tokens)
