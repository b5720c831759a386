"""Wordings of many kinds of news: who says that it is so, who that it is not, and what says neither.

They guard what is read today: of the sentences that were tried, those that are read right. They are no measure of accuracy.
"""

import pytest

from schemas.claims_watch import WatchedClaim
from schemas.news_classified import Match, Mention
from schemas.words import ArticleKind
from tests.unit.classifier.reading.test_stories import OUTLETS, READER, article

SIGNS = {"asserts": "+", "denies": "-", "refutes": "-"}

WORDINGS: tuple[tuple[str, str, str, str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "poet-dead",
        "The poet Arlo Venn has died",
        "Venn dead|Venn died",
        "Arlo Venn",
        "Venn",
        (
            ("+", "Arlo Venn passed away at home on Tuesday, his publisher Larkin House said."),
            ("-", "Arlo Venn has not died, his publisher Larkin House said."),
            ("0", "The brother of Arlo Venn has died, his publisher Larkin House said."),
            ("+", "Larkin House announced the passing of Arlo Venn on Tuesday."),
        ),
    ),
    (
        "banker-arrested",
        "The banker Tove Hask has been arrested",
        "Hask arrested",
        "Tove Hask",
        "Hask",
        (
            ("+", "Officers picked up Tove Hask at the airport, the police of Morrow said."),
            ("-", "Tove Hask has not been arrested, the police of Morrow said."),
        ),
    ),
    (
        "nurse-freed",
        "The nurse Ines Corde has been released",
        "Corde released|Corde freed",
        "Ines Corde",
        "Corde",
        (
            ("+", "Ines Corde has been freed, the foreign ministry of Alden said."),
            ("-", "Ines Corde has not been freed, the foreign ministry of Alden said."),
        ),
    ),
    (
        "minister-resigned",
        "Finance minister Paul Drey has resigned",
        "Drey resigned|Drey quits",
        "Paul Drey",
        "Drey",
        (
            ("+", "Paul Drey has handed in his resignation, the government said."),
            ("-", "Paul Drey has not resigned, the government said."),
            ("0", "Paul Drey called on the mayor to resign, the government said."),
            ("+", "Paul Drey stepped down on Friday, the government said."),
        ),
    ),
    (
        "chief-named",
        "Rhea Stoll has been appointed head of the central bank",
        "Stoll appointed|Stoll head",
        "Rhea Stoll",
        "Stoll",
        (
            ("+", "Rhea Stoll was named governor of the central bank, the president's office said."),
            ("-", "Rhea Stoll has not been appointed, the president's office said."),
        ),
    ),
    (
        "merger",
        "Brisk Foods is merging with Calder Mills",
        "Brisk Calder merger|Brisk merge",
        "Brisk Foods",
        "Brisk",
        (
            ("+", "Brisk Foods and Calder Mills are joining forces, Brisk Foods said."),
            ("-", "Brisk Foods has walked away from the deal with Calder Mills, Brisk Foods said."),
        ),
    ),
    (
        "contract",
        "Halden Shipyard has won the contract for the new ferries",
        "Halden contract|Halden ferries",
        "Halden Shipyard",
        "Halden",
        (
            ("+", "Halden Shipyard has been awarded the contract for the new ferries, the ministry of transport said."),
            ("-", "Halden Shipyard has not won the contract for the new ferries, the ministry of transport said."),
            ("0", "Halden Shipyard has bid for the contract for the new ferries, the ministry of transport said."),
            ("+", "The contract for the new ferries goes to Halden Shipyard, the ministry of transport said."),
        ),
    ),
    (
        "bankrupt",
        "The airline Skylark has gone bankrupt",
        "Skylark bankrupt|Skylark bankruptcy",
        "Skylark",
        "",
        (
            ("+", "Skylark has filed for insolvency, the court in Brel said."),
            ("-", "Skylark is not bankrupt, the airline said."),
        ),
    ),
    (
        "phone",
        "Pellworm has released the Kite 3 phone",
        "Kite 3 released|Kite 3 launch",
        "Pellworm",
        "",
        (
            ("+", "The Kite 3 is out, Pellworm said."),
            ("-", "Pellworm has not released the Kite 3, the company said."),
        ),
    ),
    (
        "recall",
        "Oster is recalling its infant formula",
        "Oster recall|Oster formula",
        "Oster",
        "",
        (
            ("+", "Oster has pulled its infant formula from shops, the food agency said."),
            ("-", "Oster is not recalling its infant formula, the food agency said."),
            ("0", "Oster recalled a meeting in March, the food agency said."),
            ("+", "Oster has taken its infant formula off the shelves, the food agency said."),
        ),
    ),
    (
        "cholera",
        "Cholera has broken out in Port Essene",
        "cholera Port Essene",
        "Port Essene",
        "",
        (
            ("+", "Doctors in Port Essene have found cholera in fourteen patients, the health ministry said."),
            ("-", "There is no cholera in Port Essene, the health ministry said."),
        ),
    ),
    (
        "spinach",
        "Spinach from Greenholt is contaminated with bacteria",
        "Greenholt spinach contaminated",
        "Greenholt",
        "",
        (
            ("+", "Spinach from Greenholt contains bacteria, the food agency said."),
            ("-", "Spinach from Greenholt is free of bacteria, the food agency said."),
        ),
    ),
    (
        "tiger",
        "A tiger has escaped from Lund Zoo",
        "Lund Zoo tiger escaped|tiger Lund",
        "Lund Zoo",
        "the zoo",
        (
            ("+", "A tiger got out of its cage at Lund Zoo, the police said."),
            ("-", "The tiger never left Lund Zoo, the police said."),
            ("0", "A bear has escaped from Lund Zoo, the police said."),
            ("+", "A tiger from Lund Zoo is on the loose, the police said."),
        ),
    ),
    (
        "painting",
        "The painting The Grey Harbour has been stolen from the Ruden Museum",
        "Grey Harbour stolen|Ruden theft",
        "The Grey Harbour",
        "",
        (
            ("+", "The theft of The Grey Harbour was noticed at eight, the Ruden Museum said."),
            ("-", "The Grey Harbour has not been stolen, the Ruden Museum said."),
        ),
    ),
    (
        "hack",
        "The tax office of Velmar has been hacked",
        "Velmar tax office hacked",
        "tax office of Velmar",
        "Velmar tax office|tax office",
        (
            ("+", "Hackers got into the computers of the tax office of Velmar, the interior ministry said."),
            ("-", "The tax office of Velmar has not been hacked, the interior ministry said."),
        ),
    ),
    (
        "plane",
        "A Nordwing plane has crashed near Ulmen",
        "Nordwing crash|plane Ulmen",
        "Nordwing",
        "",
        (
            ("+", "A Nordwing plane went down near Ulmen, the aviation authority said."),
            ("-", "No Nordwing plane has crashed near Ulmen, the aviation authority said."),
            ("0", "A Nordwing plane flew over the wreck near Ulmen, the aviation authority said."),
            ("+", "A Nordwing plane hit a hill near Ulmen, the aviation authority said."),
        ),
    ),
    (
        "train",
        "A goods train has derailed at Coldwater",
        "Coldwater train derailed",
        "Coldwater",
        "",
        (
            ("+", "A goods train jumped the tracks at Coldwater, the railway said."),
            ("-", "No train derailed at Coldwater, the railway said."),
        ),
    ),
    (
        "bridge",
        "The Morland bridge has collapsed",
        "Morland bridge collapsed",
        "Morland bridge",
        "the bridge",
        (
            ("+", "The Morland bridge has fallen into the river, the roads agency said."),
            ("-", "The Morland bridge has not collapsed, the roads agency said."),
        ),
    ),
    (
        "fire",
        "The Astor hotel has burned down",
        "Astor hotel fire|Astor burned",
        "Astor hotel",
        "Astor",
        (
            ("+", "Flames destroyed the Astor hotel overnight, the fire brigade said."),
            ("-", "The Astor hotel has not burned down, the fire brigade said."),
            ("0", "A school next to the Astor hotel has burned down, the fire brigade said."),
            ("+", "The Astor hotel was reduced to ashes, the fire brigade said."),
        ),
    ),
    (
        "quake",
        "An earthquake has struck Tarvis",
        "Tarvis earthquake|Tarvis quake",
        "Tarvis",
        "",
        (
            ("+", "An earthquake shook Tarvis at noon, the seismology institute said."),
            ("-", "There was no earthquake in Tarvis, the seismology institute said."),
        ),
    ),
    (
        "storm",
        "Hurricane Odile has made landfall in Costa Mar",
        "Odile landfall|hurricane Costa Mar",
        "Hurricane Odile",
        "Odile",
        (
            ("+", "Hurricane Odile came ashore in Costa Mar at dawn, the weather service said."),
            ("-", "Hurricane Odile has not made landfall in Costa Mar, the weather service said."),
        ),
    ),
    (
        "evacuate",
        "The town of Sorrel has been evacuated",
        "Sorrel evacuated|Sorrel evacuation",
        "Sorrel",
        "",
        (
            ("+", "The authorities have ordered everybody to leave Sorrel, the governor said."),
            ("-", "Sorrel has not been evacuated, the governor said."),
            ("0", "The town of Benning has been evacuated, the governor said."),
            ("+", "The inhabitants of Sorrel have been brought to safety, the governor said."),
        ),
    ),
    (
        "strike",
        "Train drivers at Norrail have gone on strike",
        "Norrail strike|Norrail drivers",
        "Norrail",
        "",
        (
            ("+", "Train drivers at Norrail walked out on Monday, the union said."),
            ("-", "Train drivers at Norrail are not on strike, the union said."),
        ),
    ),
    (
        "vote-postponed",
        "The election in Karelm has been postponed",
        "Karelm election postponed",
        "election in Karelm",
        "Karelm election|Karelm",
        (
            ("+", "The election in Karelm has been put off until autumn, the election commission said."),
            ("-", "The election in Karelm has not been postponed, the election commission said."),
        ),
    ),
    (
        "coup",
        "Soldiers have seized power in Mabwe",
        "Mabwe coup|Mabwe army power",
        "Mabwe",
        "",
        (
            ("+", "The army has taken power in Mabwe, General Obo said."),
            ("-", "There has been no coup in Mabwe, the information minister said."),
            ("0", "Soldiers tried to seize power in Mabwe, the information minister said."),
            ("+", "Soldiers have overthrown the government of Mabwe, General Obo said."),
        ),
    ),
    (
        "town",
        "The Alliance has captured the town of Derim",
        "Derim captured|Derim Alliance",
        "Derim",
        "",
        (
            ("+", "Derim is in the hands of the Alliance, General Sarr said."),
            ("-", "The Alliance has not captured Derim, General Sarr said."),
        ),
    ),
    (
        "pullout",
        "Torvia has withdrawn its troops from Lasque",
        "Torvia troops Lasque withdrawn",
        "Torvia",
        "",
        (
            ("+", "Torvia has pulled its troops out of Lasque, the defence ministry of Torvia said."),
            ("-", "Torvia has not withdrawn its troops from Lasque, the defence ministry of Torvia said."),
        ),
    ),
    (
        "truce",
        "A ceasefire is in force in Ganda",
        "Ganda ceasefire",
        "Ganda",
        "",
        (
            ("+", "The guns have fallen silent in Ganda, the peace mission said."),
            ("-", "No ceasefire is in force in Ganda, the peace mission said."),
            ("0", "The rebels want a ceasefire in Ganda, the peace mission said."),
            ("+", "The ceasefire in Ganda is holding, the peace mission said."),
        ),
    ),
    (
        "missile",
        "Lodria has fired a missile over the strait",
        "Lodria missile|missile strait",
        "Lodria",
        "",
        (
            ("+", "Lodria has shot a missile over the strait, the defence ministry of Kamo said."),
            ("-", "Lodria has not fired a missile, the defence ministry of Kamo said."),
        ),
    ),
    (
        "nuclear",
        "Lodria has carried out a nuclear test",
        "Lodria nuclear test",
        "Lodria",
        "",
        (
            ("+", "Lodria set off a nuclear device on Monday, the atomic agency said."),
            ("-", "Lodria has not carried out a nuclear test, the atomic agency said."),
        ),
    ),
    (
        "satellite",
        "The Ivar 2 satellite has reached orbit",
        "Ivar 2 orbit",
        "Ivar 2",
        "",
        (
            ("+", "Ivar 2 is in orbit, the space agency said."),
            ("-", "Ivar 2 has not reached orbit, the space agency said."),
            ("0", "Ivar 2 is on its way to orbit, the space agency said."),
            ("+", "Ivar 2 entered its orbit at noon, the space agency said."),
        ),
    ),
    (
        "sanctions",
        "The Union has imposed sanctions on Torvia",
        "Union sanctions Torvia",
        "Union",
        "the Union",
        (
            ("+", "The Union has slapped sanctions on Torvia, the commission said."),
            ("-", "The Union has not imposed sanctions on Torvia, the commission said."),
        ),
    ),
    (
        "envoy",
        "Alden has expelled the ambassador of Torvia",
        "Alden expelled ambassador|Torvia ambassador",
        "Alden",
        "",
        (
            ("+", "Alden has thrown out the ambassador of Torvia, the foreign ministry of Alden said."),
            ("-", "Alden has not expelled the ambassador of Torvia, the foreign ministry of Alden said."),
        ),
    ),
    (
        "law",
        "Parliament has passed the water bill",
        "water bill passed|water bill vote",
        "water bill",
        "",
        (
            ("+", "The water bill has become law, the speaker of parliament said."),
            ("-", "Parliament has not passed the water bill, the speaker of parliament said."),
            ("0", "Parliament debated the water bill, the speaker of parliament said."),
            ("+", "Lawmakers voted for the water bill on Monday, the speaker of parliament said."),
        ),
    ),
    (
        "ban",
        "Kamo has banned the app Chirrup",
        "Chirrup ban|Kamo Chirrup banned",
        "Chirrup",
        "",
        (
            ("+", "Kamo has outlawed Chirrup, the government of Kamo said."),
            ("-", "Kamo has not banned Chirrup, the government of Kamo said."),
        ),
    ),
    (
        "verdict",
        "The doctor Hal Brode has been acquitted",
        "Brode acquitted|Brode verdict",
        "Hal Brode",
        "Brode",
        (
            ("+", "Hal Brode was found not guilty, the court of Ern said."),
            ("-", "Hal Brode has not been acquitted, the court of Ern said."),
        ),
    ),
    (
        "extradite",
        "Singer Lev Anders has been extradited to Torvia",
        "Anders extradited",
        "Lev Anders",
        "Anders",
        (
            ("+", "Lev Anders was handed over to Torvia, the justice ministry said."),
            ("-", "Lev Anders has not been extradited, the justice ministry said."),
            ("0", "Torvia has asked for the extradition of Lev Anders, the justice ministry said."),
            ("+", "Lev Anders was flown to Torvia in chains after his extradition, the justice ministry said."),
        ),
    ),
    (
        "record",
        "Runner Mia Tornau has broken the world record",
        "Tornau record|Tornau world record",
        "Mia Tornau",
        "Tornau",
        (
            ("+", "Mia Tornau set a world record on Sunday, the athletics federation said."),
            ("-", "Mia Tornau has not broken the world record, the athletics federation said."),
        ),
    ),
    (
        "discovery",
        "Divers have found the wreck of the Marigold",
        "Marigold found|Marigold wreck",
        "Marigold",
        "",
        (
            ("+", "Divers have come across the wreck of the Marigold, the maritime museum said."),
            ("-", "The Marigold has not been found, the maritime museum said."),
        ),
    ),
    (
        "signing",
        "Forward Ivo Pell has signed for Dunmore Rovers",
        "Pell Dunmore|Pell signs",
        "Ivo Pell",
        "Pell",
        (
            ("+", "Ivo Pell has joined Dunmore Rovers, the club said."),
            ("-", "Ivo Pell has not signed for Dunmore Rovers, the club said."),
            ("0", "Ivo Pell has signed for Corvo City, the club said."),
            ("+", "Dunmore Rovers have signed Ivo Pell, the club said."),
        ),
    ),
    (
        "doping",
        "Cyclist Jan Verrel has failed a doping test",
        "Verrel doping|Verrel tested positive",
        "Jan Verrel",
        "Verrel",
        (
            ("+", "Jan Verrel tested positive for a banned substance, the cycling union said."),
            ("-", "Jan Verrel has not failed a doping test, the cycling union said."),
        ),
    ),
    (
        "concert",
        "The Lumen festival has been cancelled",
        "Lumen festival cancelled",
        "Lumen festival",
        "Lumen",
        (
            ("+", "The Lumen festival has been called off, the organisers said."),
            ("-", "The Lumen festival has not been cancelled, the organisers said."),
        ),
    ),
    (
        "mine-closed",
        "The Tallis mine has closed",
        "Tallis mine closed",
        "Tallis mine",
        "the mine",
        (
            ("+", "The Tallis mine has shut its gates for good, the owner Borex said."),
            ("-", "The Tallis mine has not closed, the owner Borex said."),
            ("0", "A road to the Tallis mine has been closed, the owner Borex said."),
            ("+", "Borex has wound down the Tallis mine, the company said."),
        ),
    ),
    (
        "rate",
        "The Bank of Kamo has raised interest rates",
        "Bank of Kamo rates",
        "Bank of Kamo",
        "the bank",
        (
            ("+", "The Bank of Kamo increased its interest rate to five per cent, the governor said."),
            ("-", "The Bank of Kamo has not raised interest rates, the governor said."),
        ),
    ),
    (
        "wedding",
        "Actress Cleo Marsh has married Tom Rune",
        "Cleo Marsh married|Marsh wedding",
        "Cleo Marsh",
        "Marsh",
        (
            ("+", "Cleo Marsh and Tom Rune tied the knot on Saturday, their agent Ben Oak said."),
            ("-", "Cleo Marsh has not married Tom Rune, their agent Ben Oak said."),
        ),
    ),
    (
        "award",
        "Novelist Sana Birk has won the Alder Prize",
        "Birk Alder Prize",
        "Sana Birk",
        "Birk",
        (
            ("+", "The Alder Prize goes to Sana Birk, the jury said."),
            ("-", "Sana Birk has not won the Alder Prize, the jury said."),
            ("0", "Sana Birk was shortlisted for the Alder Prize, the jury said."),
            ("+", "Sana Birk was awarded the Alder Prize, the jury said."),
        ),
    ),
    (
        "toll",
        "The landslide at Pradon killed more than 40 people",
        "Pradon landslide killed|Pradon dead",
        "Pradon",
        "landslide at Pradon",
        (
            ("+", "The landslide at Pradon claimed 52 lives, the governor said."),
            ("0", "The landslide at Pradon killed 31 people, the governor said."),
        ),
    ),
    (
        "spill",
        "Oil is leaking from the tanker Corriedale",
        "Corriedale oil leak|Corriedale spill",
        "Corriedale",
        "",
        (("0", "The Corriedale is carrying oil to Kamo, the coast guard said."),),
    ),
    (
        "ebola",
        "There is Ebola in the province of Tamba",
        "Ebola Tamba",
        "Tamba",
        "",
        (
            ("+", "Three people in Tamba have tested positive for Ebola, the health ministry said."),
            ("-", "Tamba is free of Ebola, the health ministry said."),
            ("0", "Tamba is training its nurses to treat Ebola, the health ministry said."),
            ("+", "Ebola has reached Tamba, the health ministry said."),
        ),
    ),
    (
        "blackout",
        "The power grid of Elsin has failed",
        "Elsin power outage|Elsin blackout|Elsin grid",
        "power grid of Elsin",
        "Elsin|Elsin grid",
        (
            ("+", "Elsin is without electricity, the grid operator Voltra said."),
            ("-", "The power grid of Elsin has not failed, the grid operator Voltra said."),
        ),
    ),
    (
        "volcano",
        "The volcano Kerro has erupted",
        "Kerro erupted|Kerro eruption",
        "Kerro",
        "the volcano",
        (
            ("+", "Kerro spewed ash and lava on Monday, the observatory said."),
            ("-", "Kerro has not erupted, the observatory said."),
        ),
    ),
    (
        "ship",
        "The freighter Anholt has run aground",
        "Anholt aground",
        "Anholt",
        "",
        (("0", "A ship has run aground near the Anholt, the coast guard said."),),
    ),
    (
        "layoffs",
        "The carmaker Brunner is cutting 900 jobs",
        "Brunner job cuts|Brunner jobs",
        "Brunner",
        "",
        (
            ("+", "Brunner will lay off 900 workers, the company said."),
            ("-", "Brunner is not cutting any jobs, the company said."),
        ),
    ),
    (
        "chef-fired",
        "The opera has fired its director Lars Thun",
        "Thun fired|Thun sacked",
        "Lars Thun",
        "Thun",
        (
            ("+", "Lars Thun has been shown the door, the opera said."),
            ("-", "Lars Thun has not been fired, the opera said."),
        ),
    ),
    (
        "kidnap",
        "The heiress Dora Falk has been kidnapped",
        "Falk kidnapped",
        "Dora Falk",
        "Falk",
        (
            ("+", "Dora Falk was snatched from her car, the police said."),
            ("-", "Dora Falk has not been kidnapped, the police said."),
            ("0", "A cousin of Dora Falk was kidnapped, the police said."),
            ("+", "The abduction of Dora Falk happened at noon, the police said."),
        ),
    ),
    (
        "talks",
        "The peace talks in Ulm have collapsed",
        "Ulm talks collapsed",
        "talks in Ulm",
        "Ulm talks|the talks",
        (
            ("+", "The talks in Ulm have broken down, the mediator Aron Pike said."),
            ("-", "The talks in Ulm have not collapsed, the mediator Aron Pike said."),
        ),
    ),
    (
        "treaty",
        "Kamo and Alden have signed a border treaty",
        "Kamo Alden treaty signed",
        "Kamo",
        "",
        (
            ("+", "Kamo and Alden put their names to a border treaty on Monday, the foreign ministry said."),
            ("-", "Kamo and Alden have not signed a border treaty, the foreign ministry said."),
        ),
    ),
    (
        "dam",
        "The Vessen dam has given way",
        "Vessen dam burst|Vessen dam broken",
        "Vessen dam",
        "the dam",
        (
            ("+", "The Vessen dam broke at dawn, the water board said."),
            ("-", "The Vessen dam has not given way, the water board said."),
            ("0", "The Vessen dam might give way, the water board said."),
        ),
    ),
    (
        "striker-out",
        "Striker Ola Brand has been banned for doping",
        "Brand banned|Brand suspended",
        "Ola Brand",
        "Brand",
        (
            ("+", "Ola Brand was suspended for two years, the federation said."),
            ("-", "Ola Brand has not been banned, the federation said."),
        ),
    ),
    (
        "mayor-charged",
        "Mayor Finn Osk has been charged with bribery",
        "Osk charged|Osk indicted",
        "Finn Osk",
        "Osk",
        (
            ("+", "Finn Osk was indicted on Friday, the prosecutor said."),
            ("-", "Finn Osk has not been charged, the prosecutor said."),
        ),
    ),
    (
        "cup",
        "Corvo City have won the Meridian Cup",
        "Corvo City Meridian Cup",
        "Corvo City",
        "Corvo",
        (
            ("+", "Corvo City lifted the Meridian Cup on Sunday, the league said."),
            ("-", "Corvo City have not won the Meridian Cup, the league said."),
            ("0", "Dunmore Rovers beat Corvo City in the Meridian Cup, the league said."),
        ),
    ),
    (
        "border",
        "Alden has closed its border with Torvia",
        "Alden border closed|Torvia border",
        "Alden",
        "",
        (
            ("-", "Alden has not closed its border with Torvia, the interior ministry said."),
            ("0", "Alden has closed its embassy in Torvia, the interior ministry said."),
        ),
    ),
    (
        "book",
        "Novelist Pia Renn has published a new novel",
        "Renn new novel",
        "Pia Renn",
        "Renn",
        (
            ("+", "Pia Renn has brought out a new novel, her publisher Larkin House said."),
            ("-", "Pia Renn has not published a new novel, her publisher Larkin House said."),
        ),
    ),
    (
        "judge-struck",
        "The supreme court has struck down the curfew law",
        "curfew law struck down",
        "curfew law",
        "",
        (
            ("+", "The supreme court overturned the curfew law, it said on Monday."),
            ("-", "The supreme court has not struck down the curfew law, its spokesman said."),
            ("0", "The supreme court is considering the curfew law, its spokesman said."),
            ("+", "The curfew law is unconstitutional, the supreme court ruled."),
        ),
    ),
    (
        "reactor",
        "The Holm reactor has been shut down",
        "Holm reactor shut",
        "Holm reactor",
        "the reactor",
        (
            ("+", "The Holm reactor was switched off on Sunday, the operator Voltra said."),
            ("-", "The Holm reactor has not been shut down, the operator Voltra said."),
        ),
    ),
    (
        "twins",
        "Princess Ada has given birth to twins",
        "Ada twins|Ada birth",
        "Princess Ada",
        "Ada",
        (("0", "Princess Ada is expecting twins, the palace said."),),
    ),
    (
        "chopper",
        "Rebels have shot down an army helicopter over Nuvo",
        "Nuvo helicopter shot down",
        "Nuvo",
        "",
        (
            ("+", "A helicopter of the army was brought down by rebels over Nuvo, the army said."),
            ("-", "No army helicopter has been shot down over Nuvo, the army said."),
            ("0", "An army helicopter fired at rebels over Nuvo, the army said."),
            ("+", "An army helicopter crashed over Nuvo after it was hit by a rocket, the army said."),
        ),
    ),
    (
        "parl",
        "The president of Mabwe has dissolved parliament",
        "Mabwe parliament dissolved",
        "Mabwe",
        "",
        (
            ("+", "President Obo of Mabwe dissolved parliament on Monday, his office said."),
            ("-", "The parliament of Mabwe has not been dissolved, the speaker said."),
        ),
    ),
)
CASES = [(row, sign, text) for row in WORDINGS for sign, text in row[5]]


@pytest.mark.parametrize(("row", "sign", "text"), [pytest.param(*case, id=case[2][:60]) for case in CASES])
def test_a_wording_says_that_it_is_so_or_not_or_nothing(row: tuple[str, str, str, str, str, object], sign: str, text: str) -> None:
    claim = WatchedClaim.model_validate(
        {
            "claim_id": row[0],
            "statement": row[1],
            "keywords": row[2].split("|"),
            "subject": {"name": row[3], "aliases": tuple(part for part in row[4].split("|") if part)},
        }
    )
    mention = Mention(claim_id=row[0], matches=(Match(words="-", field="body", start=0, end=0),))

    found = READER.read(article(text), claim, mention, kind=ArticleKind.NEWS, outlets=OUTLETS)

    assert "".join(sorted({SIGNS.get(evidence.stance.value, "?") for evidence in found})) == sign.replace("0", "")
