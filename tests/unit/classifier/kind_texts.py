"""Invented articles with their kind: headline, text, anything else the page says, and the kind.

``FIRST`` was written before the rules of today, ``SECOND`` after them and before it was tried.
"""

from typing import Any

from schemas.words import ArticleKind

NEWS, OPINION, SATIRE, QUESTION = ArticleKind.NEWS, ArticleKind.OPINION, ArticleKind.SATIRE, ArticleKind.QUESTION
RETROSPECTIVE, FACT_CHECK, LIVE, RELEASE = ArticleKind.RETROSPECTIVE, ArticleKind.FACT_CHECK, ArticleKind.LIVE, ArticleKind.PRESS_RELEASE

Case = tuple[str, str, dict[str, Any], ArticleKind]

SITE = "https://albiontimes.example"

FIRST: tuple[Case, ...] = (
    # opinion
    (
        "Our leaders have failed the delta",
        "The dam will break. No one in the ministry cares.",
        {"url": f"{SITE}/opinion/our-leaders-have-failed"},
        OPINION,
    ),
    ("The Albion Times view on the dam: mend it now", "The ministry has waited too long. It must act.", {}, OPINION),
    ("Editorial: mend the dam", "The ministry has waited too long.", {}, OPINION),
    ("Letters: the dam and other leaks", "Sir, your report on the dam is wrong.", {}, OPINION),
    (
        "Why I am leaving the party",
        "I joined at nineteen. My friends laughed at me. I have had enough, and I think that many others have.",
        {},
        OPINION,
    ),
    ("The dam is a parable", "Dear reader, I confess that I never liked dams. My father built two. I loved neither of them.", {}, OPINION),
    ("Mend the dam, minister", "The dam is rotten.\n\nOdile Brandt is a columnist for the Albion Times.", {}, OPINION),
    (
        "What the dam tells us",
        "The dam is rotten.\n\nThe views expressed in this article are the author's own and do not reflect those of the paper.",
        {},
        OPINION,
    ),
    ("Guest essay: a dam in the mind", "It leaks.", {}, OPINION),
    (
        "Maud Perrin | The dam will outlive us",
        "It is rotten and will stay so.",
        {"url": f"{SITE}/commentisfree/2017/jun/22/the-dam"},
        OPINION,
    ),
    ("A review of the dam musical", "It leaks.", {"marked_as": ("ReviewNewsArticle",)}, OPINION),
    ("Op-Ed: the dam", "It leaks.", {}, OPINION),
    # looks like opinion, is news
    ("Minister's opinion of dam changes", "The minister said on Monday that the dam was unsafe.", {}, NEWS),
    ("Columnist arrested in Mallin", "The columnist Odile Brandt was arrested on Friday, police said.", {}, NEWS),
    (
        "Survivor: 'I thought I would die'",
        '"I held on to my son. I think he saved me. I never let go of my bag," the survivor told reporters.',
        {},
        NEWS,
    ),
    (
        "Opinion poll: party ahead",
        "The party leads by four points, a poll published on Monday showed.",
        {"url": f"{SITE}/politics/opinion-poll-party-ahead"},
        NEWS,
    ),
    ("Editor of the Courier resigns over editorial", "The editor resigned on Monday, the Courier said.", {}, NEWS),
    ("Letter bomb wounds clerk", "A letter bomb wounded a clerk on Monday, police said.", {}, NEWS),
    (
        "I was held for ten days, freed reporter says",
        "The reporter, freed on Monday, said that she had been held for ten days. The army confirmed it.",
        {},
        NEWS,
    ),
    ("Analysis: what the leader's death means", "The leader was killed on Monday, the army said. His successor is not known.", {}, NEWS),
    # satire
    ("Leader dies of embarrassment", "He saw his own photograph.", {"marked_as": ("NewsArticle", "SatiricalArticle")}, SATIRE),
    ("Leader dies of embarrassment", "He saw his own photograph.", {"url": f"{SITE}/satire/leader-dies"}, SATIRE),
    ("Leader dies of embarrassment", "He saw his own photograph.\n\nThis article is satire.", {}, SATIRE),
    ("Satirist jailed over sketch", "The satirist was jailed on Monday for a satirical sketch, the court said.", {}, NEWS),
    # question
    ("Is the leader dead?", "Nobody knows. Has he been seen? Where is he?", {}, QUESTION),
    (
        "Was the leader killed? What we know",
        "There are many rumours. Where was he? Who was with him? It is too early to tell.",
        {},
        QUESTION,
    ),
    (
        "Was the leader killed? What we know",
        "The leader was killed on Monday in an air strike, the army said. Two guards died with him.",
        {},
        NEWS,
    ),
    ("Could the dam break?", "Could it? We asked three engineers. Write to us what you think.", {}, QUESTION),
    ("Quiz: how well do you know the leader?", "Where was he born? When did he die? Ten questions.", {}, QUESTION),
    ("Who killed the leader?", "The leader was killed by his own guards, the interior ministry said on Monday.", {}, NEWS),
    ("How did the dam break? Ministry blames rain", "Heavy rain broke the dam, the ministry said.", {}, NEWS),
    ("Will the leader resign?", "", {}, QUESTION),
    # retrospective
    ("On this day: dam breaks", "It broke in 1961.", {}, RETROSPECTIVE),
    ("From the archive: dam breaks", "The dam broke at noon. First published on 3 June 1961.", {}, RETROSPECTIVE),
    (
        "Dam breaks at Mallin",
        "This article was first published in the Albion Times on 3 June 1961.\n\nThe dam broke at noon.",
        {},
        RETROSPECTIVE,
    ),
    ("In pictures: the flood of 1998", "The dam broke and the valley was lost.", {}, RETROSPECTIVE),
    ("Timeline: the life of the leader", "1961: born in Mallin. 1998: takes power. 2009: wounded.", {}, RETROSPECTIVE),
    (
        "Twenty years on, Mallin remembers its dead",
        "Bells rang and wreaths were laid for those who died when the dam broke in 1997.",
        {},
        RETROSPECTIVE,
    ),
    ("Looking back at the flood", "It was the spring of 1961 when the dam broke.", {}, RETROSPECTIVE),
    (
        "Mallin marks 50th anniversary of dam disaster",
        "Mourners gathered on Sunday to mark the anniversary of the flood of 1967, in which 300 died.",
        {},
        RETROSPECTIVE,
    ),
    ("This week in history: the leader falls", "He fell in 1961.", {}, RETROSPECTIVE),
    ("The flood", "A century ago this week the dam broke and drowned the valley.", {}, RETROSPECTIVE),
    # looks like retrospective, is news
    (
        "Bomb kills nine on anniversary of uprising",
        "A bomb killed nine people on Monday, police said, on the anniversary of the uprising.",
        {},
        NEWS,
    ),
    ("Man guilty of murder 30 years after killing", "A jury found a man guilty on Friday of a murder in 1987, the court said.", {}, NEWS),
    ("Ten years after crash, wreck is found", "Divers have found the wreck of the ferry, the coastguard said on Tuesday.", {}, NEWS),
    ("Leader killed two years after taking power", "The leader was killed on Monday, the army said.", {}, NEWS),
    ("Archive burns down", "The state archive burnt down on Monday, police said.", {}, NEWS),
    (
        "Leader, in power for forty years, dies at 81",
        "The leader has died, state television said on Monday. He took power in 1977.",
        {},
        NEWS,
    ),
    # fact checks
    ("Fact-check: the leader is alive", "Posts say he died. They are wrong.", {}, FACT_CHECK),
    ("No, the leader did not die in Mallin", "Our verdict: false. The video is from 2011.", {}, FACT_CHECK),
    ("The leader in the video", "The video is from 2011.", {"url": f"{SITE}/factcheck/leader-video"}, FACT_CHECK),
    ("The leader in the video", "Claim: the leader died on Monday.\n\nRating: False\n\nThe video is from 2011.", {}, FACT_CHECK),
    (
        "The leader in the video",
        "The video is from 2011.",
        {"claim_reviews": ({"claim": "The leader died", "verdict": "False"},)},
        FACT_CHECK,
    ),
    ("Army calls reports of death false", "The army called reports of the leader's death false on Monday.", {}, NEWS),
    ("Facebook ends fact-checking", "The company ends its fact-checking programme, it said on Monday.", {}, NEWS),
    # live
    ("Siege of Mallin – live", "15:47 Shots are heard.\n\n15:02 Police arrive.", {}, LIVE),
    (
        "Siege of Mallin: latest updates",
        "15:47 GMT\nShots are heard.\n\n15:02 GMT\nPolice arrive.\n\n14:40 GMT\nA man enters the bank.",
        {},
        LIVE,
    ),
    (
        "Siege of Mallin",
        "Posted at 15:47\nShots are heard.\n\nPosted at 15:02\nPolice arrive.\n\nPosted at 14:40\nA man enters the bank.",
        {},
        LIVE,
    ),
    ("Siege of Mallin", "It began at noon.", {"marked_as": ("LiveBlogPosting",)}, LIVE),
    ("Siege of Mallin", "The siege goes on.", {"url": f"{SITE}/news/live/2017/jun/22/siege"}, LIVE),
    ("Where to live in Mallin", "Two suburbs are cheap, agents said on Monday.", {}, NEWS),
    ("Bus timetable changes", "The bus will leave later from Monday, the council said.\n\n15:02 Mallin\n\n15:47 Velden", {}, NEWS),
    # press releases
    (
        "Corvin to buy Halden",
        "MALLIN, June 22, 2017 /PRNewswire/ -- Corvin AG today announced that it will buy Halden Ltd.\n\nSOURCE Corvin AG",
        {},
        RELEASE,
    ),
    ("Corvin to buy Halden", "MALLIN--(BUSINESS WIRE)--Corvin AG will buy Halden Ltd.", {}, RELEASE),
    ("Corvin to buy Halden", "FOR IMMEDIATE RELEASE\n\nCorvin AG will buy Halden Ltd.", {}, RELEASE),
    (
        "Corvin to buy Halden",
        "Corvin AG today announced that it will buy Halden Ltd.\n\nAbout Corvin\nCorvin AG makes shoes.\n\nMedia contact: Ada Perrin, press@corvin.example",
        {},
        RELEASE,
    ),
    ("Press release: Corvin to buy Halden", "Corvin AG will buy Halden Ltd.", {}, RELEASE),
    ("Corvin to buy Halden", "Corvin AG will buy Halden Ltd.", {"url": "https://corvin.example/newsroom/press-releases/halden"}, RELEASE),
    ("Corvin to buy Halden", "Corvin AG will buy Halden Ltd.", {"credit": "GlobeNewswire"}, RELEASE),
    ("Corvin to buy Halden", "Corvin will buy Halden, it said in a press release on Monday. Analysts were surprised.", {}, NEWS),
    ("What we know about Corvin", "Corvin makes shoes.\n\nAbout Corvin, analysts said on Monday, little is known.", {}, NEWS),
    ("Wire thieves caught", "Thieves stole business wire worth 9,000 crowns, police said on Monday.", {}, NEWS),
)

SECOND: tuple[Case, ...] = (
    # opinion
    ("We must not look away from Karsk", "The shells fall.", {"url": f"{SITE}/voices/we-must-not-look-away-b12345.html"}, OPINION),
    ("The Courier's view: no more shells", "The government must act now.", {}, OPINION),
    ("No more shells | Editorial", "The government must act now.", {}, OPINION),
    (
        "A colonel's lie",
        "The colonel lied.\n\nThe writer is a former ambassador. Opinions expressed here are the author's own.",
        {},
        OPINION,
    ),
    ("A colonel's lie", "The colonel lied.\n\nAda Perrin is a Courier columnist.", {}, OPINION),
    (
        "What I learnt from the siege",
        "My uncle died at Karsk. I believe that nobody meant it. I have told my children so, and I still pray.",
        {},
        OPINION,
    ),
    ("Letter to the editor: the shells", "Sir, I live in Karsk.", {}, OPINION),
    ("Commentary: after the siege", "It is over, and nothing is learnt.", {}, OPINION),
    # looks like opinion, is news
    (
        "Leader's letter read in parliament",
        "The leader's letter was read on Tuesday. 'I resign,' it said, the speaker told deputies.",
        {},
        NEWS,
    ),
    (
        "In my view he is guilty, says prosecutor",
        "'In my view he is guilty. I have seen my files. I saw blood,' the prosecutor said on Tuesday.",
        {},
        NEWS,
    ),
    (
        "Court asks for opinion on treaty",
        "The court asked for an opinion on the treaty on Tuesday.",
        {"url": f"{SITE}/world/court-asks-for-opinion"},
        NEWS,
    ),
    (
        "Columns of smoke over Karsk",
        "Columns of smoke rose over Karsk on Tuesday, residents said.",
        {"url": f"{SITE}/world/columns-of-smoke"},
        NEWS,
    ),
    ("Minister to comment on raid", "The minister will comment on the raid on Tuesday, her office said.", {}, NEWS),
    ("Town centre plan in view", "The council showed its plan on Tuesday.", {"url": f"{SITE}/local/view-of-the-town"}, NEWS),
    (
        "Shells hit Karsk",
        "Shells hit Karsk on Tuesday, the army said.\n\nThe Courier does not necessarily agree with comments of its readers.",
        {},
        NEWS,
    ),
    (
        "Our reporter under fire in Karsk",
        "I reached Karsk at dawn. The army told me to wait. A shell fell and killed two, a medic said. I counted nine more.",
        {},
        NEWS,
    ),
    # satire
    ("Satire | Colonel promoted to teapot", "He whistles.", {}, SATIRE),
    ("Colonel promoted to teapot (satire)", "He whistles.", {}, SATIRE),
    ("Magazine's satire offends colonel", "The colonel sued the magazine on Tuesday over a satirical drawing, his lawyer said.", {}, NEWS),
    # question
    ("Did the colonel lie?", "Who can tell? Perhaps he did; perhaps he did not. What do you think?", {}, QUESTION),
    (
        "Did the colonel lie? Five questions about Karsk",
        "Where was he on Tuesday? Who gave the order? Why were there no guards?",
        {},
        QUESTION,
    ),
    ("News quiz: colonels and teapots", "Which colonel resigned on Tuesday?", {}, QUESTION),
    ("Why did the colonel resign?", "The colonel resigned on Tuesday. Deputies had found that he lied about Karsk.", {}, NEWS),
    ("Colonel resigns: will others follow?", "The colonel resigned on Tuesday, the ministry said.", {}, NEWS),
    ("Who will lead Karsk now?", "The colonel was killed on Tuesday, officials said. Who will follow him?", {}, NEWS),
    # retrospective
    ("1961: shells fall on Karsk", "It was the worst day of the siege.", {}, RETROSPECTIVE),
    ("The siege of Karsk, 50 years later", "Survivors recall the shells that fell in 1967.", {}, RETROSPECTIVE),
    ("A brief history of sieges", "Karsk was taken in 1467, in 1811 and in 1967.", {}, RETROSPECTIVE),
    (
        "Shells fall on Karsk",
        "From our archive: this report appeared on 3 May 1967.\n\nShells fell on Karsk last night.",
        {},
        RETROSPECTIVE,
    ),
    ("Timeline: Karsk under siege", "3 May: first shells. 9 May: the bridge falls.", {}, RETROSPECTIVE),
    ("Colonel Brandt remembered, a decade on", "Friends laid wreaths for the colonel, who was killed at Karsk in 2007.", {}, RETROSPECTIVE),
    ("Remembering the siege of Karsk", "The shells fell for forty days.", {}, RETROSPECTIVE),
    # looks like retrospective, is news
    ("Shells hit Karsk a year after truce", "Shells hit Karsk on Tuesday, a year after the truce, the army said.", {}, NEWS),
    ("Anniversary parade shelled", "Shells hit a parade in Karsk on Tuesday, killing four, the army said.", {}, NEWS),
    ("Colonel freed after nine years", "The colonel was freed on Tuesday, his lawyer said. He was jailed nine years ago.", {}, NEWS),
    ("Museum opens archive of siege", "The museum opened its archive on Tuesday, its director said.", {}, NEWS),
    (
        "Body of colonel found 20 years later",
        "Police have found the body of the colonel, who vanished in 1997, a spokesman said.",
        {},
        NEWS,
    ),
    ("Look back in anger: colonel sues", "The colonel sued on Tuesday, his lawyer said.", {}, NEWS),
    # fact checks
    ("Viral video of siege is from a film | Fact check", "The video is from a film of 2011.", {}, FACT_CHECK),
    ("AP Fact Check: colonel's claims on shells", "He was wrong on two counts.", {}, FACT_CHECK),
    ("Fact-checking the colonel's speech", "He was wrong on two counts.", {}, FACT_CHECK),
    ("Was Karsk shelled?", "We rate this claim mostly false.", {}, FACT_CHECK),
    ("Fact-checking site is sold", "The site was sold on Tuesday, its owner said.", {}, NEWS),
    ("Fact-checkers quit over colonel", "Four fact-checkers quit on Tuesday, a paper reported.", {}, NEWS),
    # live
    ("Karsk live: shells fall", "14h32 - Shells fall.\n\n14h05 - Sirens are heard.", {}, LIVE),
    ("Karsk under fire", "2.15pm\nShells fall on the bridge.\n\n1.50pm\nSirens are heard in town.\n\n11.05am\nThe army arrives.", {}, LIVE),
    (
        "Karsk under fire",
        "• 22 June, 14:32 BST – Shells fall on the bridge.\n\n• 22 June, 14:05 BST – Sirens are heard.\n\n• 21 June, 23:50 BST – The army arrives.",
        {},
        LIVE,
    ),
    ("Karsk: minute by minute", "1432 GMT: Shells fall.\n\n1405 GMT: Sirens.", {}, LIVE),
    (
        "Karsk under fire",
        "5 mins ago\nShells fall on the bridge.\n\n40 mins ago\nSirens are heard in town.\n\n2 hours ago\nThe army arrives.",
        {},
        LIVE,
    ),
    ("Karsk under fire", "It goes on.", {"url": f"{SITE}/world/karsk-siege-live-updates"}, LIVE),
    ("Election results", "12.50 per cent voted for Perrin.\n\n13.40 per cent voted for Brandt.\n\n14.10 per cent stayed away.", {}, NEWS),
    (
        "What happened in Karsk",
        "The army told how the shells fell on Tuesday.\n\nAt 14.05 sirens were heard.\n\nAt 14.32 shells fell on the bridge.\n\nAt 15.10 it was over.",
        {},
        NEWS,
    ),
    ("Live music returns to Karsk", "Bands played on Tuesday, the council said.", {}, NEWS),
    # press releases
    (
        "Halden names chief executive",
        "VELDEN, June 22, 2017 (GLOBE NEWSWIRE) -- Halden Ltd has named Ada Perrin chief executive.",
        {},
        RELEASE,
    ),
    (
        "Halden names chief executive",
        "Halden Ltd is pleased to announce that Ada Perrin will be its chief executive.\n\nMedia enquiries: press@halden.example",
        {},
        RELEASE,
    ),
    ("Halden names chief executive", "News Release\n\nAda Perrin will be chief executive.\n\n###", {}, RELEASE),
    (
        "Ministry confirms raid",
        "The ministry confirms that a raid took place.",
        {"outlet": {"name": "Ministry of Defence", "kind": "government"}},
        RELEASE,
    ),
    ("Halden names chief executive", "Ada Perrin will be chief executive.", {"outlet": {"name": "Business Wire"}}, RELEASE),
    (
        "Halden names chief executive",
        "Ada Perrin will be chief executive.",
        {"url": "https://halden.example/en/media-centre/ada-perrin"},
        RELEASE,
    ),
    ("Halden names chief executive", "EMBARGOED UNTIL 22 JUNE\n\nAda Perrin will be chief executive.\n\nNotes to editors", {}, RELEASE),
    (
        "Halden names chief executive",
        "Halden Ltd today announced that Ada Perrin would be its chief executive. Analysts had expected her deputy.",
        {},
        NEWS,
    ),
    (
        "Press freedom: release of reporter",
        "The reporter was freed on Tuesday, her paper said. For more information see page four.",
        {},
        NEWS,
    ),
    (
        "Halden explosion",
        "A blast shook the works on Tuesday, police said.\n\nAbout Halden, little is known in the valley.\n\nContact the news desk",
        {},
        NEWS,
    ),
)
