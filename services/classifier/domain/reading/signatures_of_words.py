"""What verbs, nouns and adjectives tell of the event that they govern: data only.

The idea of signatures, one effect where the governing word itself holds and another where it is negated, is that of Nairn, Condoravdi and
Karttunen 2006 (after Karttunen 1971 on implicative verbs and Kiparsky and Kiparsky 1970 on factives); that they are to be composed from the
head of the sentence downwards, and crossed with sources and modality, that of Saurí and Pustejovsky 2009. The lists are our own.

Effects:
    ``+``  as surely as the governing word itself
    ``-``  as surely not
    ``F``  taken for granted, whatever becomes of the governing word
    ``S``  on somebody's word
    ``L``  thought likely
    ``l``  thought not to be so
    ``T``  to come, agreed or decided on
    ``A``  aimed at
    ``W``  wished, asked for, feared
    ``P``  possible
    ``O``  open
    ``N``  not done, though spoken of: refused, avoided
"""


def _table(rows: str) -> dict[str, tuple[str, str]]:
    """Return word -> (effect where it holds, effect where it is negated); a row: both effects, then words."""
    found: dict[str, tuple[str, str]] = {}
    for row in rows.strip().splitlines():
        effects, words = row.strip().split(maxsplit=1)
        found.update(dict.fromkeys(words.split(), (effects[0], effects[1])))
    return found


VERBS_OF_CLAUSES = _table("""
FF know realise realize regret remember forget notice recognise recognize acknowledge admit concede recall mourn lament celebrate resent
FF overlook ignore reveal disclose discover learn understand care mind matter mean thank congratulate applaud deplore
FF stress emphasise emphasize
FF note like love hate enjoy bother
FO confirm show prove demonstrate establish find see hear observe detect witness determine verify ensure guarantee
FO indicate point document
SO say tell report announce state declare add claim explain insist maintain argue reply answer remark tweet post write inform testify warn
SO conclude repeat reiterate assure affirm assert comment respond contend boast cite quote call describe read
SO allege publish mention recount relate broadcast notify brief complain joke hold swear
Ll think believe suppose suspect assume reckon guess presume feel estimate consider understand figure imagine predict forecast suggest
Ll expect anticipate appear seem look bet judge trust hint imply calculate
TO promise pledge vow agree decide vote rule order undertake commit
-O deny refute rebut disprove debunk pretend
lO doubt dispute
OO question wonder ask investigate check examine debate discuss study inquire
WW hope wish fear want demand urge propose recommend request desire pray insist prefer dream threaten worry suggest require call beg plead
""")
"""Verbs with a finite clause."""

VERBS_OF_INFINITIVES = _table("""
+- manage bother dare happen get remember deign condescend see serve begin start continue come go proceed bring turn use force cause lead
+- compel prompt inspire drive oblige induce live grow rush hurry scramble move help let make have prove enable sentence
+- know assign win use
FF find see hear watch
-+ fail forget neglect omit
NO refuse decline avoid escape resist reject
-+ cease stop quit
Ll seem appear believe think say report understand consider presume suppose suspect know assume rumour rumor allege estimate deem
Tl agree schedule decide choose elect slate vow pledge promise opt vote set order direct command instruct appoint undertake
Al plan intend expect aim prepare mean wait arrange design work commit hire assign authorise authorize
Al allow permit encourage invite train require call select
WN try attempt seek struggle strive fight endeavour
Wl want hope wish need like
WO ask urge offer threaten propose demand beg press seek persuade convince tell warn request desire love prefer
WO advise recommend pressure fear push pray volunteer apply bid hesitate consider long yearn hate deserve challenge
O- have
W- tend
-O prevent forbid prohibit ban bar
""")
"""Verbs with an infinitive or a participle ("wants to go", "kept waiting")."""

VERBS_OF_THINGS = _table("""
-O deny lack refute
PO prevent avoid avert stop block foil thwart cancel scrap abandon reject refuse rule prohibit forbid oppose resist dismiss discount
PO withdraw retract revoke rescind annul decline ban bar stave suspend delay postpone withhold defer
WO want seek demand request urge propose need hope desire wish offer pursue encourage invite ask consider discuss mull negotiate threaten
WO fear require recommend advocate favour favor support suggest
AO plan schedule expect prepare organise organize promise pledge order await intend contemplate allow permit authorise authorize anticipate
PO risk face consider
""")
"""Verbs with an event noun as their object or as the subject of their passive: "denied involvement", "talks were cancelled"."""

PARTICLES = _table("""
WO call ask look hope push wait press apply beg argue campaign bid prepare aim vote plan
-O refrain prevent stop keep ban bar prohibit save deter discourage
OO think talk consider dream discuss debate wonder
PO accuse suspect charge warn
""")
"""Verbs with a preposition before an event noun or a gerund: "call for talks", "refrain from smoking"."""

NOUNS = _table("""
Al plan agreement decision commitment promise pledge deal intention order schedule vow
WO attempt effort bid try threat call demand request offer hope wish desire proposal proposition fear concern need campaign push appeal
WO struggle willingness readiness refusal reluctance pressure motion invitation way time reason right duty recommendation aim goal
WO warning urge temptation incentive obligation application suggestion advice drive quest
PO possibility chance risk danger prospect likelihood probability opportunity potential capacity ability power permission threat option
PO brink verge edge eve cusp
PO suspicion speculation rumour rumor allegation accusation charge claim theory hypothesis
OO case condition idea notion
O+ doubt question
SO report statement announcement news assertion word account
F- fact
+O evidence proof sign indication confirmation
-+ failure inability denial impossibility lack absence
""")
"""Nouns with a clause, an infinitive or "of": "plan to kill", "the possibility of war", "denial of involvement"."""

ADJECTIVES = _table("""
Ll likely probable sure certain confident set convinced expected apparent bound poised
TO due ready scheduled prepared
P- able
lO unlikely doubtful sceptical skeptical improbable
NO unable impossible reluctant unwilling hesitant false untrue
PO possible conceivable plausible capable potential imminent near close
WO willing eager keen anxious determined hopeful afraid fearful worried important necessary essential crucial vital desirable
WO hard difficult easy reasonable better best good wise free
OO unclear unknown uncertain unsure unaware
FO clear obvious evident true known
FF glad happy sad sorry proud aware surprised pleased angry lucky grateful ashamed disappointed upset delighted embarrassed odd strange
""")
"""Adjectives with a clause or an infinitive; each as the head of "is able to", "it is likely that"."""
