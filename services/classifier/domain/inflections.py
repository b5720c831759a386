"""The forms of an English word that count as the same word: inflections by rule and by list, and families such as die, dead, death.

Forms are made once, when a claim is compiled; texts are compared as they are. So a form too many costs nothing unless it is
another word, and the rules err on the side of too many. Names ("Baghdadi") only take a plural.
"""

from functools import cache

from services.classifier.domain.proclitics import with_particles

_IRREGULAR_VERBS = """
arise arose arisen|awake awoke awoken|bear bore borne|beat beaten|become became|begin began begun|bend bent|bet|bind bound
bite bit bitten|bleed bled|blow blew blown|break broke broken|breed bred|bring brought|build built|burn burnt|burst|buy bought
cast|catch caught|choose chose chosen|cling clung|come came|cost|creep crept|cut|deal dealt|dig dug|do does doing did done
draw drew drawn|dream dreamt|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought
find found|flee fled|fling flung|fly flew flown flight|forbid forbade forbidden|forget forgot forgotten|forgive forgave forgiven
freeze froze frozen|get got gotten|give gave given|go goes going went gone|grow grew grown|hang hung|hear heard|hide hid hidden|hit
hold held|hurt|keep kept|kneel knelt|know knew known|lay laid|lead led|lean leant|leap leapt|learn learnt|leave left|lend lent|let
light lit|lose lost loss losses|make made|mean meant|meet met|pay paid|put|quit|read|ride rode ridden|ring rang rung
rise rose risen|run ran|say said|see saw seen|seek sought|sell sold|send sent|set|shake shook shaken|shed|shine shone
shoot shot shooting|show shown|shrink shrank shrunk|shut|sing sang sung|sink sank sunk|sit sat|slay slew slain|sleep slept
slide slid|speak spoke spoken|spend spent|spill spilt|spin spun|split|spread|spring sprang sprung|stand stood|steal stole stolen
stick stuck|sting stung|strike struck stricken|swear swore sworn|sweep swept|swim swam swum|swing swung|take took taken
teach taught|tear tore torn|tell told|think thought|throw threw thrown|understand understood|undergo undergoes underwent undergone
wake woke woken|wear wore worn|weep wept|win won|wind wound|withdraw withdrew withdrawn withdrawal withdrawals|withhold withheld
write wrote written|overthrow overthrew overthrown|overtake overtook overtaken|overrun overran|undertake undertook undertaken
uphold upheld|retake retook retaken|resell resold|rebuild rebuilt|repay repaid|override overrode overridden|shoot shot
foresee foresaw foreseen|mislead misled|lie lay lain lying|be is are am was were been being|have has had
"""

# Verb, then what is formed from it and means the same event.
_FAMILIES = """
die dead death deaths dying|resign resignation resignations|detain detention|arrest|assassinate assassination
explode explosion explosions|elect election elections|merge merger mergers|acquire acquisition acquisitions|fail failure failures
sign signature|depart departure|marry marriage|approve approval|dismiss dismissal|appoint appointment|invade invasion
deploy deployment|announce announcement|close closure closures|convict conviction|extradite extradition|expel expulsion
erupt eruption eruptions|evacuate evacuation|kidnap kidnapping|abduct abduction|retire retirement|cancel cancellation
suspend suspension|impeach impeachment|indict indictment|leak leakage|infect infection infections|discover discovery
destroy destruction|injure injury injuries injured|defeat|devalue devaluation|agree agreement agreements|ratify ratification
deport deportation|liberate liberation|abdicate abdication|launch|collapse|disappear disappearance|nationalise nationalisation
nationalize nationalization|privatise privatisation|privatize privatization|legalise legalisation|legalize legalization
hospitalise hospitalisation|hospitalize hospitalization|authorise authorisation|authorize authorization
execute execution executions|mobilise mobilisation|mobilize mobilization|intercept interception|detonate detonation
contaminate contamination|inaugurate inauguration|nominate nomination|secede secession|annex annexation|sanction
prohibit prohibition|abolish abolition|restrict restriction restrictions|reduce reduction reductions|expand expansion
eliminate elimination|transmit transmission|confirm confirmation|refute refutation|deny denial denials
accuse accusation accusations|investigate investigation investigations|allege allegation allegations|bankrupt bankruptcy
liquidate liquidation|restore restoration|surrender|negotiate negotiation negotiations|violate violation violations
intervene intervention|pregnant pregnancy|ill illness|survive survival|divorce|separate separation|engage engagement|born birth
poison poisoning|radiation radiate radiated|compromise|starve starvation|drown|occupy occupation|blockade|besiege siege|flood
derail derailment|capsize|corrupt corruption|resume resumption|move movement|pollute pollution|attack|bomb bombing bombings
shell shelling|crash|ban|recall|hijack hijacking|rescue|release|capture|kill killing killings|murder|escape|split|amend amendment
settle settlement|replace replacement|achieve achievement|pay payment payments|commit commitment|impose imposition
oppose opposition|adopt adoption|arrive arrival arrivals|remove removal|refuse refusal|propose proposal proposals
withdraw withdrawal|renew renewal|betray betrayal|bury burial|try trial|explore exploration|cooperate cooperation
demonstrate demonstration demonstrations|register registration|ratify ratification|vaccinate vaccination vaccinations
"""

_IRREGULAR_NOUNS = """
man men|woman women|child children|person people persons|foot feet|tooth teeth|mouse mice|life lives|wife wives|knife knives
thief thieves|leaf leaves|half halves|shelf shelves|wolf wolves|analysis analyses|crisis crises|basis bases|medium media
datum data|criterion criteria|phenomenon phenomena|hostage hostages|policeman policemen|gunman gunmen|fireman firemen
spokesman spokesmen|spokeswoman spokeswomen|fisherman fishermen
"""

_FIXED = frozenset(
    "news series species means headquarters politics economics physics athletics always perhaps united bus gas less its his this "
    "was has does is as us thing nothing something anything everything during evening morning king ring wing string spring ceiling "
    "building beijing bed red hundred indeed need speed seed breed feed deed wedding pudding darling sterling sibling process "
    "progress congress access success business witness illness press mass boss loss cross class glass grass gross address princess "
    "address chess dress virus campus bonus census focus status corpus texas paris jesus athens brussels wales".split()
)
_VOWELS = "aeiou"
_BEFORE_MUTE_E = ("at", "it", "et", "ut", "ot", "bl", "pl", "tl", "dl", "gl", "kl", "dg", "ang")


def _groups(table: str) -> dict[str, frozenset[str]]:
    """Return for each word of the table the words of all its rows."""
    rows = [frozenset(row.split()) for row in table.replace("\n", "|").split("|") if row.strip()]
    merged: dict[str, set[str]] = {}
    for row in rows:
        for word in row:
            merged.setdefault(word, set()).update(row)
    return {word: frozenset(group) for word, group in merged.items()}


def _heads(table: str) -> frozenset[str]:
    return frozenset(row.split()[0] for row in table.replace("\n", "|").split("|") if row.strip())


_LISTED = _groups(_IRREGULAR_VERBS + "|" + _FAMILIES)
_NOUNS = _groups(_IRREGULAR_NOUNS)
_VERB_HEADS = _heads(_IRREGULAR_VERBS) | _heads(_FAMILIES)


def _doubles(stem: str) -> bool:
    """Tell whether the last consonant is doubled before -ed: plan, planned; but not in open, opened (unless -l: cancelled)."""
    if len(stem) < 3 or stem[-1] in "aeiouwxy" or stem[-2] not in _VOWELS or stem[-3] in _VOWELS:
        return False
    return sum(letter in _VOWELS for letter in stem) == 1 or stem[-1] in "lrpt"


def _inflected(lemma: str) -> set[str]:
    """Return the regular forms of a verb, noun or adjective."""
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        forms = {lemma, f"{lemma}es", f"{lemma}ed", f"{lemma}ing"}
    elif lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        forms = {lemma, f"{lemma[:-1]}ies", f"{lemma[:-1]}ied", f"{lemma}ing"}
    elif lemma.endswith("ie"):
        forms = {lemma, f"{lemma}s", f"{lemma}d", f"{lemma[:-2]}ying"}
    elif lemma.endswith("e"):
        forms = {lemma, f"{lemma}s", f"{lemma}d", f"{lemma if lemma.endswith('ee') else lemma[:-1]}ing"}
    else:
        forms = {lemma, f"{lemma}s", f"{lemma}ed", f"{lemma}ing"} | ({f"{lemma}es"} if lemma.endswith("o") else set())
    if _doubles(lemma):
        forms |= {f"{lemma}{lemma[-1]}ed", f"{lemma}{lemma[-1]}ing"}
    return forms


def _has_vowel(stem: str) -> bool:
    return any(letter in "aeiouy" for letter in stem)


def _stems(word: str, suffix: str) -> set[str]:
    """Return the lemmas that this ending may have been put on: "releas" gives release, "plann" plan."""
    stem = word.removesuffix(suffix)
    if not word.endswith(suffix) or len(stem) < 2 or not _has_vowel(stem):
        return set()
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeious":
        if stem[-1] not in "lfz":
            return {stem[:-1]}
        return {stem} if len(stem) == 4 else {stem, stem[:-1]}  # killed is of kill, cancelled of cancel
    if stem.endswith("i"):
        return {f"{stem[:-1]}y", f"{stem}e"} if len(stem) == 2 else {f"{stem[:-1]}y"}
    if stem.endswith("e"):
        return {f"{stem}e"}
    ends_in_e = stem[-1] in "cguvz" or (stem[-1] == "s" and stem[-2] != "s") or stem.endswith(_BEFORE_MUTE_E)
    return {stem, f"{stem}e"} if ends_in_e or stem[-1] in "rlnmkpt" else {stem}


def _lemmas(word: str) -> set[str]:
    """Return what the word may be a form of, itself included."""
    if word in _FIXED or len(word) < 3 or not word.isascii() or not word.isalpha():
        return {word}
    found = {word} | _stems(word, "ed") | _stems(word, "ing")
    if word.endswith("ies") and len(word) > 4:
        found.add(f"{word[:-3]}y")
    elif word.endswith(("sses", "xes", "ches", "shes", "zes", "oes")):
        found |= {word[:-2], word[:-1]}
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        found.add(word[:-1])
    return found


def _spellings(word: str) -> set[str]:
    """Return the word as it is spelt in Britain and in America."""
    found = {word}
    for british, american in (("isation", "ization"), ("ise", "ize"), ("ising", "izing"), ("ised", "ized"), ("ises", "izes")):
        if len(word) > len(british) + 2:
            if word.endswith(british):
                found.add(word.removesuffix(british) + american)
            if word.endswith(american):
                found.add(word.removesuffix(american) + british)
    for british, american in (("centre", "center"), ("defence", "defense"), ("harbour", "harbor"), ("labour", "labor")):
        found |= {word.replace(british, american), word.replace(american, british)}
    return found


def _conjugated(word: str, *, is_base: bool) -> set[str]:
    if word in _FIXED or len(word) < 3 or not word.isascii() or not word.isalpha():
        return {word}
    return _inflected(word) if is_base else {word, f"{word}s"}


@cache
def forms(word: str) -> frozenset[str]:
    """Return every form of a folded word that counts as that word, itself included."""
    if not word.isascii():
        return with_particles(word)
    found: set[str] = set()
    lemmas = _lemmas(word)
    for lemma in lemmas:
        if lemma != word and lemma in _FIXED:
            continue
        listed = _LISTED.get(lemma, frozenset())
        found |= listed | _NOUNS.get(lemma, frozenset()) | {f"{member}s" for member in listed if member.endswith(("ion", "ing"))}
        for head in {lemma} | {member for member in listed if member in _VERB_HEADS}:
            found |= _conjugated(head, is_base=head in _VERB_HEADS or ((head != word or len(lemmas) == 1) and not listed))
    return frozenset(spelling for form in found | {word} for spelling in _spellings(form))


@cache
def name_forms(word: str) -> frozenset[str]:
    """Return the forms of a folded name: itself and its plural. (A possessive's s is a word of its own.)"""
    return frozenset({word, f"{word}s"}) if len(word) > 2 and word.isalpha() and not word.endswith("s") else frozenset({word})
