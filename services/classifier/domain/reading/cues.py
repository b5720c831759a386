"""Words that speakers, hedges, doubts and denials are told by. Data only; lemmas in lower case."""

SAY = frozenset(
    """say tell announce report write state declare add explain claim insist maintain argue reply answer stress note remark tweet post
    reveal disclose inform testify warn estimate conclude learn repeat reiterate assure affirm assert comment respond publish
    allege suggest mention recount confirm admit acknowledge concede verify deny dispute reject dismiss rebut refute doubt question believe
    think suspect fear contend boast wire email phone message cable rule""".split()
)
"""Verbs whose subject is a speaker."""

PERHAPS_SAY = frozenset(
    """
        find show see know understand judge determine establish prove hint indicate signal recall relate describe mourn regret
        reckon assume expect hear discover observe record measure calculate predict propose joke shout whisper laugh cry growl
        murmur mutter snap quip sigh put count vow promise swear notify brief agree call certify warn hope consider broadcast read
        describe put recognise recognize
    """.split()
)
"""Verbs whose subject is a speaker where a clause or a quotation depends on them."""

NEUTRAL_SAY = frozenset(
    """
        say tell announce report write state declare add explain claim insist maintain argue reply answer stress note recall
        remark tweet post reveal disclose inform testify repeat reiterate assure affirm assert comment respond publish estimate
        allege mention relate recount confirm conclude wire cable broadcast message email phone read shout whisper find learn show
        warn joke laugh cry quip boast admit acknowledge concede contend determine judge establish brief notify lament rule
    """.split()
)
"""Verbs after which, or before which, the words of the speaker stand."""

WEAK_BELIEF = frozenset(
    "believe think suspect assume reckon fear expect guess presume imagine suppose suggest hint indicate signal "
    "estimate allege consider understand hope".split()
)
BELIEF_TERM = {
    "suggest": "likely",
    "hint": "even_chance",
    "indicate": "likely",
    "signal": "likely",
    "allege": "",
    "hope": "even_chance",
    "fear": "even_chance",
    "guess": "even_chance",
}

DENY = frozenset(
    "deny dispute reject dismiss rebut refute contradict debunk disprove scotch quash repudiate disavow disown disclaim".split()
)
DOUBT = frozenset("doubt question distrust mistrust query".split())
DOUBT_ADJ = frozenset(
    "sceptical skeptical doubtful unconvinced dubious unlikely wary improbable questionable implausible incredible".split()
)
CONFIRM = frozenset(
    "confirm verify corroborate acknowledge admit concede prove establish authenticate ascertain substantiate vouch".split()
)
KNOW = frozenset(
    "know learn find discover see hear show observe realise realize notice witness establish determine conclude "
    "reveal disclose watch measure detect remember recall regret mourn lament celebrate welcome deplore condemn "
    "announce report certify record proclaim declare note".split()
)
INVESTIGATE = frozenset(
    "investigate check examine ask wonder consider discuss debate study probe weigh ponder question inquire "
    "enquire speculate look explore review assess mull argue decide ask".split()
)
ATTEMPT = frozenset(
    """try attempt threaten plan want demand call urge vow prepare consider hope expect seek intend aim ask request beg wish order tell
    propose recommend suggest offer mean push press plot mull promise pledge swear warn conspire advise need like prefer dream discuss fear
    risk deserve due set authorise authorize approve back allow permit vote ballot""".split()
)
FAIL = frozenset("fail refuse decline neglect avoid escape prevent stop block omit cease stave avert rule".split())

FALSE_ADJ = frozenset(
    "false untrue wrong fake fabricated invented baseless unfounded incorrect inaccurate bogus mistaken erroneous "
    "groundless misleading fictitious nonsensical untruthful phoney debunked".split()
)
FALSE_NOUN = frozenset(
    "lie hoax fabrication invention nonsense rubbish fake forgery falsehood untruth fiction mistake error rumour "
    "rumor myth fairy tale misinformation disinformation humbug canard misunderstanding fantasy propaganda".split()
)
TRUE_ADJ = frozenset("true correct accurate right certain sure clear definite undeniable undisputed official".split())

REPORT_NOUN = frozenset(
    """report rumour rumor claim news statement announcement story talk suggestion allegation speculation account assertion word message
    denial item article reports information line notion idea belief tale gossip post video tape footage""".split()
)
HEARSAY_NOUN = frozenset("rumour rumor speculation talk gossip suggestion allegation whisper hearsay".split())

HEDGE_ADVERBS = {
    "possibly": "even_chance",
    "perhaps": "even_chance",
    "maybe": "even_chance",
    "probably": "likely",
    "likely": "likely",
    "presumably": "likely",
    "apparently": "likely",
    "seemingly": "likely",
    "evidently": "likely",
    "supposedly": "",
    "purportedly": "",
    "conceivably": "unlikely",
    "arguably": "even_chance",
    "ostensibly": "",
    "plausibly": "even_chance",
    "potentially": "even_chance",
}
HEARSAY_ADVERBS = frozenset("reportedly allegedly rumouredly supposedly purportedly".split())
STRONG_MODIFIER = frozenset("very highly most extremely overwhelmingly exceedingly".split())
ALMOST = frozenset("almost nearly virtually practically near all-but".split())

HEDGE_MODALS = {"may": "even_chance", "might": "even_chance", "could": "even_chance"}
RAISING = frozenset(
    "appear seem look believe think understand fear presume report rumour rumor say know suspect assume expect "
    "allege consider estimate".split()
)

HEDGE_ADJ = {
    "likely": "likely",
    "possible": "even_chance",
    "probable": "likely",
    "conceivable": "unlikely",
    "plausible": "even_chance",
    "confident": "very_likely",
    "certain": "certain",
    "sure": "certain",
    "convinced": "very_likely",
    "inclined": "likely",
    "believable": "even_chance",
    "thinkable": "unlikely",
    "positive": "certain",
}

BANDS = {
    "certain": (1.0, 1.0),
    "almost_certain": (0.95, 0.99),
    "very_likely": (0.80, 0.95),
    "likely": (0.55, 0.80),
    "even_chance": (0.45, 0.55),
    "unlikely": (0.20, 0.45),
    "very_unlikely": (0.05, 0.20),
    "remote": (0.01, 0.05),
}
"""The ICD 203 scale (US Intelligence Community Directive 203, annex): lower and upper bound of each term."""

UNNAMED = frozenset(
    """
        source sources official officials people person resident residents witness witnesses passenger passengers user users
        insider insiders observer observers expert experts analyst analysts trader traders local locals neighbour neighbours
        neighbor neighbors villager villagers worker workers fan fans man woman fisherman fishermen bystander bystanders account
        accounts post posts some many others everybody everyone somebody someone anyone they fisher shopper shoppers commuter
        commuters diplomat diplomats driver drivers student students customer customers banker bankers broker brokers lawyer
        lawyers employee employees staff farmer farmers pupil pupils parent parents soldier soldiers men women commander
        commanders dealer dealers boy girl pensioner caller callers reader readers motorist motorists hiker hikers adviser
        advisers aide aides website websites media medium commentators commentator bloggers blogger forum forums channel channels
        influencer influencers rumour rumours rumor rumors investors investor critics critic sailors sailor guest guests tourist
        tourists
    """.split()
)
"""Heads of speakers that could be anybody; they speak for nobody."""

NOBODY = frozenset(
    "media social rumour rumours rumor rumors user users account accounts post posts forum forums website "
    "websites some many others everybody everyone gossip channel channels blogger bloggers influencer "
    "influencers chat network networks meme internet".split()
)
"""Of those, the ones that are nobody's own account even when an outlet tells of them."""

ROLE = frozenset(
    """
        spokesman spokeswoman spokesperson spokespeople minister secretary director chief head president chairman chairwoman chair
        chairperson ceo manager governor mayor commander general colonel major captain admiral lieutenant officer founder owner
        boss leader executive commissioner ambassador envoy official representative member deputy vice economist analyst engineer
        lawyer attorney prosecutor coach trainer press inspector superintendent sergeant rector dean principal editor organiser
        organizer treasurer registrar coroner chancellor premier physician surgeon doctor professor scientist researcher geologist
        volcanologist seismologist curator conservator archivist librarian harbourmaster harbormaster controller dispatcher warden
        ranger clerk judge correspondent reporter journalist photographer speaker whip counsel adviser advisor aide nurse matron
        partner co-founder negotiator mediator epidemiologist virologist meteorologist forecaster hydrologist vet veterinarian
        keeper agent mp senator councillor councilor deputy-governor vice-governor undersecretary permanent superior abbot bishop
        archbishop steward custodian technician foreman operator skipper firefighter chieftain elder auditor actuary strategist
        historian specialist expert publicist pollster abbess prioress imam rabbi vicar provost ombudsman paramedic marshal constable
        headmaster headmistress headteacher vice-chancellor co-chair
    """.split()
)
"""Offices: who holds one speaks for the body that it is an office of."""

PERSONAL_ROLE = frozenset(
    """
        teacher pastor priest balloonist nurse witness farmer neighbour neighbor fisherman shepherd widow resident pensioner
        student passenger driver baker butcher photographer hiker tourist climber villager cook waiter shopkeeper trader brother
        sister wife husband son daughter mother father cousin uncle aunt nephew niece friend bystander survivor eyewitness
        collector hobbyist amateur blogger poet novelist singer actor actress beekeeper fisher gardener musician painter sculptor
        veteran
    """.split()
)
"""What somebody is for themselves: such a speaker, with a name, is an origin of their own."""

FAMILY_ROLE = frozenset(
    "brother sister wife husband son daughter mother father cousin uncle aunt nephew niece widow widower family "
    "relative parents brother-in-law sister-in-law partner".split()
)

TITLES = frozenset(
    """
        mr mrs ms miss dr prof professor sir lord lady dame general colonel major captain admiral lieutenant sergeant president
        governor mayor minister king queen prince princess pope bishop archbishop cardinal father sister brother sheikh imam
        ayatollah caliph emir sultan judge justice chief commander senator congressman chancellor premier commissioner inspector
        superintendent officer former ex-president vice-president warlord banker singer actor actress striker coach director
        chairman ceo rebel leader commander reverend rev rabbi haj haji don dona mullah saint st private corporal deputy defender
        midfielder goalkeeper winger forward driver rider boxer jockey skipper sprinter cyclist novelist writer author poet
        painter tycoon oligarch magnate billionaire founder businessman businesswoman politician statesman secretary ambassador
        envoy spokesman spokeswoman activist journalist lawyer physicist chemist biologist conductor composer pianist violinist
        comedian rapper chef mp
    """.split()
)
