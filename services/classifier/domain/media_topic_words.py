"""Words that news uses of each top-level Media Topic and the vocabulary's definitions do not, or not often enough. Our own list."""

TRADE_WORDS: dict[str, str] = {
    "01000000": (
        "film movie actor actress singer album band song concert oscar hollywood festival director star novel author theatre "
        "museum exhibition broadcaster tv show premiere soundtrack comedy drama rapper orchestra celebrity box office audience "
        "screenplay chart"
    ),
    "02000000": (
        "police court judge jury arrested trial charged suspect prison lawyer guilty murder robbery fraud prosecutor detective "
        "sentenced convicted jail crime theft investigation smuggling shooting stabbing custody"
    ),
    "03000000": (
        "earthquake flood hurricane rescue crash explosion wildfire collapse evacuated victims tsunami derailed sank disaster "
        "survivors landslide emergency blaze toll quake"
    ),
    "04000000": (
        "shares profit bank sales market stocks investors economy inflation firm company revenue dollar merger takeover oil "
        "prices trade quarter earnings growth deficit chief executive euro analysts shareholders bid exports budget interest rate "
        "currency debt bankruptcy retailer"
    ),
    "05000000": "school university pupils students teachers exam curriculum college classroom degree graduates campus",
    "06000000": (
        "climate emissions pollution wildlife species conservation carbon environmental forest biodiversity renewable recycling "
        "ecosystem greenhouse"
    ),
    "07000000": (
        "hospital patients virus vaccine disease doctors cancer drug outbreak surgery medical infection epidemic nurses symptoms "
        "obesity medicine clinic"
    ),
    "08000000": "birthday wedding prize royal baby anniversary lottery mourners heroism",
    "09000000": "strike workers union unemployment wages layoffs jobs pensions employees redundancies picket",
    "10000000": "holiday recipe travel hotel fashion cooking garden restaurant tourism gambling hobby",
    "11000000": (
        "minister election party parliament government vote president prime mps senator cabinet policy campaign opposition "
        "coalition labour tory republican democrat chancellor diplomat referendum ambassador congress legislation constituency "
        "sanctions summit leader secretary candidate"
    ),
    "12000000": "church pope bishop mosque muslim christian catholic imam temple priest synagogue islam faith pilgrims vatican",
    "13000000": (
        "software computer internet online digital web users phone mobile broadband microsoft google chip satellite nasa space "
        "scientists research researchers spacecraft robot gadget pc windows linux browser hackers virus spam server email laptop "
        "telescope planet orbit technology wireless network data astronauts gene download video games console security"
    ),
    "14000000": (
        "immigration refugees poverty discrimination census racism gender families welfare migrants homeless charity minorities abortion"
    ),
    "15000000": (
        "match cup league goal coach champion season striker injury club team game win final rugby tennis football cricket "
        "olympic medal race manager squad defeat tournament victory captain innings quarterback touchdown playoffs wimbledon "
        "athletics midfielder semifinal championship baseball basketball nfl grand prix"
    ),
    "16000000": (
        "war troops army rebels militants ceasefire missile soldiers insurgents air strike bombing fighters offensive military "
        "hostages siege invasion militia terrorist gunmen truce"
    ),
    "17000000": "forecast temperature snow storm rain heatwave sunshine winds drizzle frost meteorologists blizzard thunderstorms",
}
