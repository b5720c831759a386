"""States and the parts of their governments, as speakers: "the Russian deputy foreign minister" and "Moscow" are Russia."""

from dataclasses import dataclass

_TABLE = """Russia|russian|moscow,kremlin,the kremlin
United States|american,us,u.s,u.s.,usa,america,united states|washington,pentagon,white house,state department
United Kingdom|british,uk,u.k.,britain,united kingdom|london,downing street,whitehall,foreign office
France|french|paris,elysee
Germany|german|berlin
China|chinese|beijing
Iran|iranian|tehran
Iraq|iraqi|baghdad
Israel|israeli|jerusalem
Ukraine|ukrainian|kyiv,kiev
Turkey|turkish,turkiye|ankara
Syria|syrian|damascus
India|indian|delhi,new delhi
Pakistan|pakistani|islamabad
Japan|japanese|tokyo
South Korea|south korean|seoul
North Korea|north korean|pyongyang
Saudi Arabia|saudi|riyadh
Egypt|egyptian|cairo
Spain|spanish|madrid
Italy|italian|rome
Poland|polish|warsaw
Greece|greek|athens
Netherlands|dutch|the hague
Belgium|belgian|brussels
Sweden|swedish|stockholm
Norway|norwegian|oslo
Denmark|danish|copenhagen
Finland|finnish|helsinki
Switzerland|swiss|bern,berne
Austria|austrian|vienna
Hungary|hungarian|budapest
Czech Republic|czech,czechia|prague
Portugal|portuguese|lisbon
Ireland|irish|dublin
Canada|canadian|ottawa
Mexico|mexican|mexico city
Brazil|brazilian|brasilia
Argentina|argentine,argentinian|buenos aires
Venezuela|venezuelan|caracas
Cuba|cuban|havana
Australia|australian|canberra
New Zealand|new zealand|wellington
Afghanistan|afghan|kabul
Lebanon|lebanese|beirut
Jordan|jordanian|amman
Yemen|yemeni|sanaa
Libya|libyan|tripoli
Nigeria|nigerian|abuja
Ethiopia|ethiopian|addis ababa
Kenya|kenyan|nairobi
South Africa|south african|pretoria
Belarus|belarusian|minsk
Serbia|serbian,serb|belgrade
Taiwan|taiwanese|taipei
Vietnam|vietnamese|hanoi
Philippines|philippine,filipino|manila
Indonesia|indonesian|jakarta
Thailand|thai|bangkok
Qatar|qatari|doha"""

_NAMES: dict[str, str] = {}
_CAPITALS: dict[str, str] = {}
for _row in _TABLE.split("\n"):
    _country, _adjectives, _seats = _row.split("|")
    for _word in (_country.lower(), *_adjectives.split(",")):
        _NAMES[_word] = _country
    for _word in _seats.split(","):
        _CAPITALS[_word] = _country

_SUFFIXES = ("an", "ian", "ean", "ish", "ese", "i", "ic", "er", "n", "ch", "ene", "ite", "ard", "ans", "ians")

_ORGANS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "defence",
        (
            "army",
            "military",
            "armed forces",
            "defence ministry",
            "defense ministry",
            "ministry of defence",
            "ministry of defense",
            "department of defense",
            "department of defence",
            "defense department",
            "defence minister",
            "defense minister",
            "defense secretary",
            "defence secretary",
            "pentagon",
            "navy",
            "air force",
            "general staff",
            "chief of staff",
            "troops",
            "soldiers",
        ),
    ),
    (
        "foreign",
        (
            "foreign ministry",
            "foreign minister",
            "ministry of foreign",
            "minister of foreign",
            "foreign office",
            "foreign secretary",
            "state department",
            "secretary of state",
            "foreign affairs",
        ),
    ),
    (
        "interior",
        (
            "interior ministry",
            "interior minister",
            "ministry of the interior",
            "ministry of interior",
            "minister of the interior",
            "home office",
            "home secretary",
        ),
    ),
    ("health", ("health ministry", "health minister", "ministry of health", "health secretary", "health department")),
    ("finance", ("finance ministry", "finance minister", "ministry of finance", "treasury", "minister of finance")),
    ("justice", ("justice ministry", "justice minister", "ministry of justice", "justice department")),
    ("presidency", ("presidency", "president's office", "presidential", "kremlin", "white house", "palace", "president")),
    ("government", ("government", "cabinet", "prime minister", "premier", "council of ministers", "downing street")),
    ("ministry", ("ministry", "minister", "ministers", "authorities")),
)
_NOT_THE_STATE = (
    "police",
    "court",
    "prosecutor",
    "regulator",
    "opposition",
    "parliament",
    "university",
    "bank",
    "hospital",
    "union",
    "city",
    "municipal",
    "mayor",
    "provincial",
    "regional",
    "district",
    "former",
    "ex-",
    "salvation",
    "rebel",
    "shadow",
    "company",
    "club",
    "council of",
    "state media",
    "agency",
    "intelligence",
)


@dataclass(frozen=True)
class StateOrgan:
    """A part of a government. ``country`` is empty where the words name none; ``organ`` is empty for the state as such."""

    country: str
    organ: str


def country_of(words: str) -> str:
    """Return the country that the words name, by noun, adjective or seat of government; empty if none is known."""
    lowered = f" {words.lower().replace(chr(39) + 's', ' ').replace(',', ' ')} "
    for table in (_NAMES, _CAPITALS):
        for name, country in table.items():
            if f" {name} " in lowered:
                return country
    return ""


def same_country(one: str, other: str) -> bool:
    """Tell whether two words name one country: "Karsian" and "Karsia" as well as "Russian" and "Moscow"."""
    known, also = country_of(one), country_of(other)
    if known or also:
        return known == also
    shorter, longer = sorted((one.lower(), other.lower()), key=len)
    if shorter == longer:
        return True
    stem = shorter.rstrip("aeiouy") if len(shorter) > 4 else shorter
    return (
        len(stem) >= 3
        and longer.startswith(stem)
        and longer[len(stem) :].lstrip("aeiouy") in {suffix.lstrip("aeiouy") for suffix in _SUFFIXES} | {""}
    )


def organ_of(words: str) -> str:
    """Return which part of a government the words name; empty if none."""
    lowered = words.lower()
    if any(word in lowered for word in _NOT_THE_STATE):
        return ""
    return next((organ for organ, forms in _ORGANS if any(form in lowered for form in forms)), "")
