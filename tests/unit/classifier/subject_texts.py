"""Short invented articles, three for each top level of Media Topics: code, headline, text. Written before they were tried:
``TEXTS`` before the word lists, ``LATER`` (one a topic) after them."""

TEXTS: tuple[tuple[str, str, str], ...] = (
    # arts, culture, entertainment and media
    (
        "01",
        "Lantern House wins top honour at Velden",
        "The slow family saga Lantern House was named best picture at the Velden festival on Sunday. Its director, Ines Marrow, thanked the "
        "cast and the composer of the score. The jury also praised the young actress in the leading role.",
    ),
    (
        "01",
        "Gallery hangs forgotten portraits",
        "Forty canvases by the painter Odile Brandt, long kept in an attic, go on show at the Harrow gallery this week. The curator said the "
        "brushwork of the late portraits rivals anything in the national collection.",
    ),
    (
        "01",
        "The Pale Drummers announce reunion tour",
        "Fans queued overnight for tickets as the band said it would play twelve concerts in the spring. The singer and the guitarist had not "
        "shared a stage since their second album topped the charts.",
    ),
    # crime, law and justice
    (
        "02",
        "Two held after jewellery shop raid",
        "Detectives arrested two men on Friday over an armed robbery at a jewellery shop in Mallin. The suspects are due before magistrates "
        "on Monday, charged with theft and possession of a weapon.",
    ),
    (
        "02",
        "Appeal judges quash conviction of nurse",
        "Three judges overturned the verdict against Carla Dent, who had served six years of a life sentence for murder. Her lawyers said the "
        "jury had never heard key forensic evidence.",
    ),
    (
        "02",
        "Treasurer admits stealing from club",
        "A former treasurer pleaded guilty in court to defrauding the rowing club of his village of 80,000 crowns. The prosecutor asked for a "
        "prison term of two years; sentencing will follow next week.",
    ),
    # disaster, accident and emergency incident
    (
        "03",
        "Strong quake topples houses in Harvan valley",
        "Rescuers dug through rubble on Tuesday after an earthquake of magnitude 6.4 flattened two villages. At least 31 people died and "
        "hundreds were injured; aftershocks kept survivors out in the open.",
    ),
    (
        "03",
        "Ferry capsizes off Lisk with 90 aboard",
        "Coastguard boats pulled 61 passengers from the sea after a ferry overturned in the strait. Divers are searching the wreck for the "
        "missing. The vessel sank within minutes, survivors said.",
    ),
    (
        "03",
        "Blaze guts block of flats",
        "Firefighters needed six hours to put out a fire that tore through a tower of flats before dawn. Four residents died of smoke and "
        "dozens were evacuated. An explosion of gas is thought to be the cause.",
    ),
    # economy, business and finance
    (
        "04",
        "Corvin lifts forecast as profits climb",
        "Shares in the shoe maker Corvin rose 7 per cent after it reported quarterly earnings above what analysts expected. Revenue grew in "
        "all markets and the board will raise the dividend.",
    ),
    (
        "04",
        "Central bank leaves rates unchanged",
        "Policymakers kept the benchmark interest rate at 3 per cent, saying inflation was slowing while growth stayed weak. The crown fell "
        "against the dollar and government bonds rallied.",
    ),
    (
        "04",
        "Brewers agree on merger",
        "Two of the country's largest brewers plan to merge in a deal worth 2.3bn. Investors welcomed the takeover, which would cut costs; "
        "the combined firm would sell a third of all beer in the market.",
    ),
    # education
    (
        "05",
        "Pupils sit new exams",
        "Ten thousand pupils took the new mathematics exam on Monday. Head teachers had warned that classrooms were not ready for the "
        "curriculum, but the schools reported few problems.",
    ),
    (
        "05",
        "University to close language department",
        "Students and lecturers protested against the closing of the department of languages at the University of Orrin. Undergraduates who "
        "have begun a degree may finish it, the vice-chancellor said.",
    ),
    (
        "05",
        "Nursery places for all three-year-olds",
        "Every child of three will have a place in a nursery school from autumn. Primary schools will get two hundred more teachers, and "
        "homework clubs will open in every district.",
    ),
    # environment
    (
        "06",
        "Emissions fall for third year",
        "Greenhouse gas emissions fell by two per cent last year as wind farms replaced coal. Campaigners said that the carbon target for "
        "2030 was still out of reach and that global warming would not wait.",
    ),
    (
        "06",
        "Otters return to the Sarn",
        "Otters are breeding again in the river Sarn after fifty years, conservationists say. The water is cleaner, and the wetlands on its "
        "banks are a protected habitat for rare species.",
    ),
    (
        "06",
        "Plastic waste chokes lagoon",
        "Tons of plastic waste wash into the lagoon each month, killing turtles and seabirds, a study of pollution found. Ecologists want the "
        "dumping of rubbish upstream stopped and the mangrove forest restored.",
    ),
    # health
    (
        "07",
        "Measles spreads in three towns",
        "Doctors have counted 140 cases of measles since January, most of them in children who had not been vaccinated. Two patients are in "
        "hospital. The outbreak may last into summer, an epidemiologist said.",
    ),
    (
        "07",
        "New pill eases migraine",
        "A drug that blocks a protein in the brain halved the number of migraine attacks in a trial with 900 patients. Side effects were "
        "mild; physicians hope that it will be approved for treatment next year.",
    ),
    (
        "07",
        "Wards full as surgeons wait",
        "Hospitals have put off two thousand operations because wards are full, with nurses off sick and elderly patients waiting for a bed. "
        "Cancer surgery goes on, the clinic's medical director said.",
    ),
    # human interest
    (
        "08",
        "Twins celebrate 100th birthday together",
        "Twin sisters Ada and Maud Perrin blew out two hundred candles at a birthday party on Saturday. The centenarians put their long life "
        "down to porridge and to laughing at each other.",
    ),
    (
        "08",
        "Crown princess gives birth to a girl",
        "The royal palace said that the princess and her newborn daughter were well. Crowds cheered the prince outside the palace, and "
        "bells will ring for the royal baby on Sunday.",
    ),
    (
        "08",
        "Lost ring found inside a carrot",
        "A widow who lost her wedding ring in the garden fifteen years ago has found it, grown around a carrot. 'I laughed until I cried,' "
        "said the grandmother, who keeps the odd vegetable in a jar.",
    ),
    # labour
    (
        "09",
        "Dockers walk out over pay",
        "Dockers began a strike on Monday after talks on wages broke down. The union said two thousand members had joined the picket lines "
        "and that the walkout would last until employers improve their offer.",
    ),
    (
        "09",
        "Plant to shed 900 jobs",
        "The tyre plant will lay off 900 workers by Christmas. Shop stewards called the redundancies a betrayal of the workforce and demand "
        "severance pay and retraining for every employee.",
    ),
    (
        "09",
        "Unemployment at ten-year low",
        "The number of people out of work fell to the lowest in a decade, the labour office said. The jobless rate was 4.1 per cent; "
        "employers complain that vacancies stay unfilled and wages must rise.",
    ),
    # lifestyle and leisure
    (
        "10",
        "Five walks for a long weekend",
        "Pack a picnic: these hiking trails start near a railway station and end at a good pub. Campers will find a site by the lake, and "
        "families can hire bicycles for a gentle ride through the vineyards.",
    ),
    (
        "10",
        "How to bake a plum tart",
        "This recipe needs little time: rub the butter into the flour, lay on the plums and bake for forty minutes. Serve the tart warm with "
        "cream. Home cooks can make the dough the day before.",
    ),
    (
        "10",
        "Tourists rediscover the Lesk islands",
        "Hotels on the Lesk islands are booked out for the summer holidays. Travellers come for quiet beaches and small restaurants, and the "
        "guesthouses offer sailing trips and yoga.",
    ),
    # politics
    (
        "11",
        "Conservatives win snap election",
        "The Conservatives won a narrow majority in Sunday's election, and their leader will try to form a coalition. Turnout was 71 per "
        "cent. The outgoing prime minister conceded defeat and congratulated his rival.",
    ),
    (
        "11",
        "Parliament passes budget by one vote",
        "MPs passed the budget by a single vote after the finance minister promised the opposition changes to the tax bill. Two deputies of "
        "the governing party had threatened to abstain.",
    ),
    (
        "11",
        "Foreign ministers meet over border treaty",
        "The foreign ministers of Ardenia and Lusk met on Thursday to revive talks about a border treaty. Diplomats said the ambassadors, "
        "recalled in March, would return and the sanctions be reviewed.",
    ),
    # religion
    (
        "12",
        "Pope names new archbishop",
        "The Pope has named a parish priest as archbishop of Velden. The Vatican said the bishop-elect would be consecrated in the cathedral "
        "at Easter. Catholics in the diocese welcomed the choice.",
    ),
    (
        "12",
        "Worshippers return to old mosque",
        "Hundreds of Muslims prayed in the restored mosque for the first time in forty years. The imam recited verses of the Koran and "
        "called for peace between the faiths at the end of Ramadan.",
    ),
    (
        "12",
        "Synod debates women priests",
        "The synod of the Lutheran church will vote on the ordination of women as priests. Some clergy say that scripture forbids it; "
        "several congregations have threatened to leave the church.",
    ),
    # science and technology
    (
        "13",
        "Probe lands on comet",
        "A spacecraft the size of a fridge has landed on a comet after a journey of nine years. Scientists at mission control cheered as the "
        "first images came in; its instruments will drill for traces of ice.",
    ),
    (
        "13",
        "Flaw in browser lets hackers in",
        "Security researchers have found a flaw in a popular web browser that lets hackers run code on a computer. Users should install the "
        "software update at once; the maker said it had no sign of attacks.",
    ),
    (
        "13",
        "Ancient jaw rewrites family tree",
        "Palaeontologists have dated a fossil jaw to 2.8 million years ago, the oldest find of its genus. The researchers compared its teeth "
        "with DNA and published their results in a journal on Thursday.",
    ),
    # society
    (
        "14",
        "More families live in poverty",
        "One child in five grows up poor, according to a charity that runs food banks. Single mothers and the elderly are hit hardest by "
        "poverty, and homeless families wait two years for social housing.",
    ),
    (
        "14",
        "Census counts more immigrants than ever",
        "Immigrants and their children make up a quarter of the population, the census shows. Birth rates keep falling and one household in "
        "three is a single person; minorities live mostly in cities.",
    ),
    (
        "14",
        "Gay couples may adopt",
        "Same-sex couples may adopt children from next year. Equality groups called it the end of discrimination; for adoptive parents, they "
        "said, marriage and gender should make no difference.",
    ),
    # sport
    (
        "15",
        "Late header sends Rovers through",
        "A header in stoppage time put Rovers into the semi-finals of the cup. Their manager praised the goalkeeper, who saved a penalty in "
        "the first half; United must now lift themselves for the league.",
    ),
    (
        "15",
        "Ortega beats champion in five sets",
        "Unseeded Pia Ortega saved two match points to beat the defending champion in straight tie-breaks and reach her first "
        "quarter-final on grass. She next meets the world number four.",
    ),
    (
        "15",
        "Moretti takes third stage in the mountains",
        "The Italian climber attacked twice on the last ascent and won the stage alone. He now leads the race by a minute, with his team-mate "
        "second; two sprinters finished outside the time limit.",
    ),
    # conflict, war and peace
    (
        "16",
        "Shelling resumes as truce collapses",
        "Artillery fire hit the outskirts of Karsk on Saturday, hours after the truce collapsed. The army said rebels had attacked its "
        "positions; commanders on both sides reported dead soldiers.",
    ),
    (
        "16",
        "Car bomb kills twelve at checkpoint",
        "A suicide bomber blew up a car at a military checkpoint, killing twelve people. An insurgent group said that its fighters were "
        "behind the attack; troops sealed off the town.",
    ),
    (
        "16",
        "Peace talks open after ten years of civil war",
        "Delegates of the government and the guerrillas met for peace talks in Orrin. A ceasefire has held for a month, and both sides have "
        "exchanged prisoners of war. The rebels must lay down arms by June.",
    ),
    # weather
    (
        "17",
        "Snow and gales to sweep in from the west",
        "Forecasters expect up to 30 cm of snow on high ground and gusts of 110 km/h on the coast. Temperatures will drop below freezing on "
        "Thursday night before milder air brings rain.",
    ),
    (
        "17",
        "Hottest June day on record",
        "The thermometer reached 39.4 degrees at Mallin on Sunday, the hottest June day since records began. The heatwave will ease on "
        "Tuesday with thunderstorms, the meteorological office said.",
    ),
    (
        "17",
        "Dry and sunny weekend ahead",
        "High pressure brings sunshine to most parts at the weekend, with light winds and patches of morning fog. Showers are likely in the "
        "north on Sunday; it will stay cold for the season.",
    ),
)

LATER: tuple[tuple[str, str, str], ...] = (
    (
        "01",
        "Crime writer's last book out in May",
        "The final thriller by Berta Holm, who sold nine million paperbacks, will be published in May. Her editor found the typescript in a desk; readers have waited for its detective since 2009.",
    ),
    (
        "02",
        "Forger of banknotes goes to jail",
        "A printer who forged 50-crown notes in his garage was jailed for three years on Monday. Customs officers had seized plates and inks; he had denied any wrongdoing until his accomplice gave evidence.",
    ),
    (
        "03",
        "Tram hits lorry, nine hurt",
        "Nine passengers were hurt, two of them seriously, when a tram ran into a lorry at a crossing. Ambulances took them away; the driver of the lorry had to be cut free from his cab.",
    ),
    (
        "04",
        "Discounter opens 200 shops",
        "The discount grocer Minka will open 200 shops next year, helped by cheap loans and rising demand. Its turnover passed 9bn crowns, and margins held up in spite of dearer wheat.",
    ),
    (
        "05",
        "Fewer boys read at eight",
        "One boy in four cannot read properly at the age of eight, a survey of classrooms found. Teachers blame crowded lessons; the ministry promises reading hours and more school libraries.",
    ),
    (
        "06",
        "Bees vanish from orchard country",
        "Beekeepers in the Harvan valley lost half their hives over winter. Ecologists point at pesticides and the loss of hedges and meadows, and warn that pollinators of rare plants are dying out.",
    ),
    (
        "07",
        "Clinic tries walking against dementia",
        "Patients with early dementia who walked an hour a day scored better in memory tests, doctors at a clinic in Orrin report. Therapists now prescribe exercise along with medication.",
    ),
    (
        "08",
        "Dog walks 90 kilometres home",
        "A terrier sold to a farmer walked 90 kilometres back to the widow who had raised her. 'She scratched at the door as if nothing had happened,' said the overjoyed owner, who will keep the pet.",
    ),
    (
        "09",
        "Couriers win sick pay",
        "Bicycle couriers will get sick pay and a minimum wage after their union and the employers signed an agreement. Stewards called off the walkout planned for Friday.",
    ),
    (
        "10",
        "Where to eat dumplings in Orrin",
        "Six little restaurants serve the best dumplings in town. Book a table by the window, order the plum brandy, and leave room for dessert; the chef of the Anchor gives us her recipe.",
    ),
    (
        "11",
        "Mayor survives recall vote",
        "Voters in Velden kept their mayor in office by 51 to 49 per cent. His opponents on the council had gathered signatures for the recall; the governor congratulated him.",
    ),
    (
        "12",
        "Pilgrims climb holy mountain",
        "Thousands of pilgrims climbed barefoot to the shrine on Mount Sarn on Sunday. Monks blessed them at dawn, and the abbot led prayers in the chapel at the summit.",
    ),
    (
        "13",
        "Battery charges in four minutes",
        "Engineers have built a battery that charges in four minutes. The prototype uses a new electrode of silicon, and chips control the current; laboratories will test it in phones and cars.",
    ),
    (
        "14",
        "Town splits over Roma families",
        "Residents of Mallin quarrel over housing for forty Roma families. Community workers speak of prejudice; children of the minority are bullied, and mothers say landlords turn them away.",
    ),
    (
        "15",
        "Keeper hero as Mallin go top",
        "Two saves in the last minute kept Mallin unbeaten and lifted them to the top of the table. The visitors had a man sent off before the break; their trainer blamed the referee.",
    ),
    (
        "16",
        "Drones strike fuel depot behind front",
        "Drones set fire to a fuel depot forty kilometres behind the front, the general staff said. Enemy gunners fired back at positions near the river; a sergeant and two privates fell.",
    ),
    (
        "17",
        "Fog grounds ferries",
        "Dense fog covered the strait for a second day. It will lift by noon as winds freshen from the south-west, bringing cloud and light showers; highs of 9 degrees.",
    ),
)
