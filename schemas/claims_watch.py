"""``claims.watch.v1``: the watched claims. Written by the alerter's API and operators; every classifier reads all of them."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from schemas.record import Record, Slug
from schemas.topic import Topic

MAX_KEYWORD_WORDS = 2_000
"""Words in all keywords of a claim: as many as a query may cost look-ups."""


class ClaimKind(StrEnum):
    """An event happens once; a state holds or does not hold now."""

    EVENT = "event"
    STATE = "state"


def _named(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names that are any: a blank line of a form would name everything."""
    return tuple(name for name in names if name.strip())


class Party(Record):
    """A speaker, by name and by the other names it goes by."""

    name: str = Field(min_length=1)
    """Name it is known by, e.g. "US Department of Defense"."""
    aliases: tuple[str, ...] = ()
    """Other names, offices and office holders, e.g. "the Pentagon"."""

    _aliases_are_names = field_validator("aliases")(_named)


class Subject(Record):
    """Who or what the claim is about: the right person, and not another of that name."""

    model_config = ConfigDict(populate_by_name=True)

    name: str = Field(min_length=1)
    """Name it is known by."""
    aliases: tuple[str, ...] = ()
    """Other spellings, titles and descriptions that mean the same."""
    not_: tuple[str, ...] = Field((), alias="not", serialization_alias="not")
    """Namesakes: a mention of one of these is no mention of the subject."""

    _aliases_are_names = field_validator("aliases", "not_")(_named)


class Policy(Record):
    """How much it takes to move the status."""

    min_origins: int = Field(2, ge=1, le=20)
    """Independent origins that confirm, or refute, without an authority."""
    hold_s: int = Field(0, ge=0)
    """Seconds that a status must stand before it is announced."""
    stale_after_days: int = Field(30, ge=1)
    """Days of silence after which ``likely`` falls back to ``unverified``."""


class Roles(Record):
    """Who does what to whom in the claim; optional, makes reading easier."""

    actor: str = ""
    """Who does it."""
    patient: str = ""
    """Whom it is done to."""
    object: str = ""
    """What it is done with or about."""
    place: str = ""
    """Where."""


class Window(Record):
    """When the event may have happened; optional."""

    model_config = ConfigDict(populate_by_name=True)

    from_: date | None = Field(None, alias="from", serialization_alias="from")
    """First day; None: open."""
    to: date | None = None
    """Last day, included; None: open."""


class WatchedClaim(Record):
    """A claim that somebody watches. A record without value (tombstone) ends the watch."""

    claim_id: Slug
    """Key of the record."""
    statement: str = Field(min_length=3)
    """The claim as a plain sentence, e.g. "IS leader Abu Bakr al-Baghdadi was killed"."""
    keywords: tuple[str, ...] = ()
    """Any of these matches: all words of one, in any inflection and order, within one sentence."""
    query: str = ""
    """Expert form instead of keywords: AND OR NOT ( ) "phrase" prefix* NEAR/n title: lang:"""
    subject: Subject
    """Who or what it is about."""
    authorities: tuple[Party, ...] = ()
    """Speakers whose own plain word settles it."""
    interested: tuple[Party, ...] = ()
    """Speakers with a stake in being believed."""
    policy: Policy = Policy()
    """How much it takes to move the status of this claim; the defaults suit most."""
    subjects: tuple[str, ...] = ()
    """IPTC Media Topics codes; if any, articles about nothing of these are left out."""
    kind: ClaimKind | None = None
    """Event or state; None: told from the statement."""
    opposites: tuple[str, ...] = ()
    """Words that deny it, e.g. "alive"."""
    roles: Roles | None = None
    """Who does what to whom; None: told from the statement."""
    window: Window | None = None
    """When the event may have happened; None: any time."""

    @field_validator("authorities", "interested", mode="before", json_schema_input_type=tuple[str | Party, ...])
    @classmethod
    def _names_are_parties(cls, value: object) -> object:
        if isinstance(value, list | tuple):
            return tuple({"name": item} if isinstance(item, str) else item for item in value)
        return value

    @field_validator("keywords")
    @classmethod
    def _keywords_have_words(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for keyword in value:
            if not any(character.isalnum() for character in keyword):
                raise ValueError(f"keyword {keyword!r} has no word in it")
        if (words := sum(len(keyword.split()) for keyword in value)) > MAX_KEYWORD_WORDS:
            raise ValueError(f"{words:,} words in all keywords, more than the limit of {MAX_KEYWORD_WORDS:,}; split it into several claims")
        return value

    @field_validator("query")
    @classmethod
    def _query_is_sound(cls, value: str) -> str:
        if value:
            from schemas.claim_query import parse_query

            parse_query(value)
        return value

    @model_validator(mode="after")
    def _one_way_to_match(self) -> "WatchedClaim":
        if bool(self.keywords) == bool(self.query):
            raise ValueError("give either keywords or a query: one of them, not both")
        return self

    @model_validator(mode="after")
    def _nobody_is_judge_and_party(self) -> "WatchedClaim":
        def names(parties: tuple[Party, ...]) -> set[str]:
            return {name.casefold() for party in parties for name in (party.name, *party.aliases)}

        both = names(self.authorities) & names(self.interested)
        if both:
            raise ValueError(f"authority and interested at once: {', '.join(sorted(both))}")
        return self


class ClaimFile(BaseModel):
    """A YAML file of claims: ``claims:`` and a list of them."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    claims: list[WatchedClaim]
    """The claims to watch; a name alone will do for an authority or an interested party."""


TOPIC = Topic(
    name="claims.watch.v1",
    key="claim id",
    clean_up="compact",
    value=WatchedClaim,
    event_type="claimwatch.claim.watched",
    writers=("alerter", "operator"),
    readers=("classifier", "downstream"),
)
