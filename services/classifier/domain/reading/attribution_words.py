"""Words that an attribution is told by, in the wide sense: speech, judgement, belief, wish and plan. Data only; lemmas in lower case.

``cues`` has the narrower lists that stance is read by; these tell only that something is somebody's word, view or will.
"""

from services.classifier.domain.reading.cues import CONFIRM, DENY, DOUBT, SAY

SPEAKS = (
    SAY
    | DENY
    | DOUBT
    | CONFIRM
    | frozenset(
        """
        proclaim profess pronounce voice utter state restate recite relay recount narrate describe depict portray characterize characterise
        label brand dub term call nickname refer cite quote paraphrase mention discuss address outline detail summarize summarise clarify
        elaborate emphasize emphasise stress underline underscore highlight reiterate repeat echo observe remark comment opine muse ponder
        joke quip jest crack boast brag gloat lament bemoan complain grumble gripe whine protest object retort counter respond reply rejoin
        answer interject interrupt shout yell scream cry exclaim whisper murmur mutter mumble snap growl thunder roar vent rant rail preach
        lecture chide scold rebuke reprimand admonish berate chastise taunt mock ridicule tease deride belittle disparage insult
        criticize criticise condemn denounce decry deplore blast slam attack assail lambast lambaste excoriate castigate pan bash
        accuse blame charge fault impugn allege assert claim contend maintain insist argue reason posit theorize theorise speculate
        hypothesize hypothesise predict forecast foresee project warn caution alert threaten vow pledge promise swear guarantee
        commit assure reassure promise offer propose recommend advise suggest urge implore exhort encourage entreat
        beg plead appeal petition
        lobby demand insist call request ask inquire enquire query question wonder press grill quiz interview challenge
        order instruct direct command rule decree praise laud applaud hail commend compliment tout extol trumpet celebrate thank
        congratulate salute apologize apologise admit confess concede acknowledge grant allow own disclose reveal divulge leak expose
        report announce declare publish post tweet retweet blog write pen author text email e-mail message phone telephone wire broadcast
        testify attest depose certify swear vouch confirm corroborate verify deny rebut refute dispute reject dismiss disavow repudiate
        renounce recant retract backtrack concur agree disagree differ dissent negotiate debate insinuate imply hint signal intimate
        endorse advocate champion espouse preach defend justify explain rationalize rationalise attribute ascribe credit inform notify brief
        advise apprise tell remind recall recollect reminisce conclude note point pitch tease liken compare sum continue add
        lie mislead mischaracterize conjecture reckon reaffirm affirm downplay exaggerate joke forewarn foretell prophesy spell spout
        """.split()
    )
)
"""Whose subject, or whose agent in the passive, says something, whatever stands behind the verb."""

HOLDS = frozenset(
    """
    believe think feel hope fear worry doubt suspect assume presume suppose imagine reckon guess deem regard consider view
    perceive expect anticipate await want wish desire prefer intend plan aim seek vow aspire dream favor favour support oppose back
    resent regret hate love loathe despise dislike like admire respect distrust trust mistrust embrace welcome fret agonize
    care know understand realize realise recognize recognise appreciate remember forget dread envision envisage contemplate mull
    decide resolve determine choose refuse decline agree disagree approve disapprove accept tolerate sympathize empathize
    disbelieve underestimate overestimate interpret construe treat hesitate mind bet
    """.split()
)
"""Whose subject holds a view or a will; of a person only, or where a clause or an object depends on it."""

SHOWS = frozenset(
    """
    show find see indicate demonstrate prove reveal suggest read hear learn discover conclude establish calculate estimate
    observe notice witness sense gather figure assess evaluate judge determine detect confirm mean illustrate put rank rate list
    measure poll survey count document record cover
    """.split()
)
"""Whose subject, often a survey or a paper, gives something to know where a clause depends on the verb."""

SEEMS = frozenset("appear seem look".split())
"""What is held by whoever looks on, where a clause depends on the verb."""

NEEDS_A_CLAUSE = frozenset(
    "add continue call write figure gather bet mean put mind know remember forget see hear read learn feel like sense".split()
)
"""Verbs that mean something else as often, so that only a clause behind them makes them tell of a word or view."""

PARTICLES: dict[str, frozenset[str]] = {
    verb: frozenset(words.split())
    for verb, words in {
        "point": "out to",
        "call": "for on out upon",
        "push": "for back",
        "speak": "of about out against for",
        "talk": "of about up down",
        "refer": "to",
        "allude": "to",
        "go": "after",
        "lash": "out",
        "hit": "back out at",
        "fire": "back",
        "shoot": "back",
        "lay": "out",
        "set": "out forth",
        "weigh": "in",
        "chime": "in",
        "play": "down up",
        "stand": "by behind with",
        "rule": "out",
        "turn": "against",
        "look": "to",
        "bring": "up",
        "brush": "off aside",
        "wave": "away off",
        "shrug": "off",
        "sign": "off",
        "own": "up",
        "open": "up",
        "side": "with",
        "rally": "behind around",
        "come": "out",
        "line": "up",
        "tear": "into",
        "rip": "into",
        "pile": "on",
        "double": "down",
    }.items()
}
"""Verbs that speak only with one of these words behind them."""

BY_NOUN: dict[str, frozenset[str]] = {
    verb: frozenset(words.split())
    for verb, words in {
        "make": "case point claim argument promise pledge remark remarks comment comments statement clear announcement",
        "take": "aim issue exception credit jab shot swipe dig position stance stand",
        "give": "speech interview answer advice warning endorsement support reason account impression",
        "issue": "statement warning call apology denial",
        "release": "statement",
        "express": "concern concerns hope regret doubt doubts support interest confidence outrage fear fears frustration",
        "raise": "concern concerns question questions doubt doubts issue alarm alarms",
        "have": "doubt doubts concern concerns hope hopes view views opinion opinions confidence faith feeling sense",
        "pose": "question questions",
        "draw": "comparison parallel",
        "cast": "doubt",
        "offer": "support praise apology criticism explanation",
        "level": "accusation accusations criticism charge charges",
        "send": "message signal",
        "throw": "support weight",
    }.items()
}
"""Light verbs that speak with such an object."""

SAYING_NOUNS = frozenset(
    """
    claim assertion statement allegation accusation charge contention argument remark comment criticism critique complaint rebuke
    condemnation denunciation attack insult taunt call demand request plea appeal petition promise pledge vow commitment assurance guarantee
    warning threat prediction forecast projection announcement declaration proclamation disclosure revelation admission confession
    acknowledgment acknowledgement denial rebuttal rejection dismissal refusal insistence suggestion proposal recommendation advice
    endorsement praise tribute apology explanation description characterization characterisation portrayal depiction
    question answer response reply reaction retort rant speech testimony interview tweet post quote quotation report rumor rumour
    speculation news message rhetoric narrative theory observation finding conclusion ruling verdict opinion view viewpoint belief
    conviction notion idea thought feeling perception impression understanding expectation hope fear worry concern doubt suspicion
    skepticism scepticism confidence optimism pessimism desire wish intention intent plan aim ambition decision willingness eagerness
    reluctance determination support opposition backing disapproval approval disagreement agreement objection preference assessment
    estimate judgment judgement evaluation interpretation analysis argument distrust outrage anger frustration admiration contempt
    mention reference acceptance advocacy defense defence lie boast joke quip mantra slogan word
    """.split()
)
"""Nouns for what somebody says, thinks or wants."""

HOLDING_ADJECTIVES = frozenset(
    """
    sure certain confident convinced persuaded positive doubtful sceptical skeptical dubious unsure uncertain aware unaware conscious
    worried concerned afraid fearful anxious nervous alarmed hopeful optimistic pessimistic wary leery suspicious critical supportive
    opposed adamant insistent clear candid frank vocal outspoken glad happy pleased proud thrilled delighted grateful thankful
    sorry sad disappointed upset angry furious outraged frustrated appalled shocked surprised stunned amazed unhappy dissatisfied
    satisfied eager keen willing unwilling reluctant ready determined desperate prepared open inclined tempted committed interested
    uninterested dismissive complimentary scathing apologetic defiant mindful tired
    """.split()
)
"""What somebody is who holds a view."""
