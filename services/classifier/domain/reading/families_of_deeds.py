"""Families of event words about feats, places and products: records, prizes, captures, storms, quakes, launches."""

from services.classifier.domain.reading.family import Family, family

FAMILIES_OF_DEEDS: tuple[Family, ...] = (
    family(
        "record",
        does="break record, set record, beat record, smash record, shatter record, better record, improve record, own record, "
        "hold record, top record, eclipse record, claim record",
        about="record",
        opposites="miss record, miss out, fall short, wind-assisted, ineligible",
    ),
    family(
        "award",
        does="win, receive, land, scoop, collect, clinch, secure, take home, get, bag, earn, take, share, lift, hoist, retain",
        done="award, give, hand, honour with, present with, grant",
        things="go to, fall to",
        about="prize, award, medal, contract, order, trophy, title, commission, tender, licence, concession, cup",
        opposites="miss out, lose out, lose, come away empty, go empty, unsuccessful",
    ),
    family(
        "conquest",
        done="capture, take, seize, overrun, conquer, occupy, storm, retake, recapture, take control, seize control, fall to, "
        "win back, liberate",
        does="fall, change hand",
        nouns="capture, fall, seizure, conquest, occupation, recapture, loss",
        about="town, city, village, base, airport, airfield, island, province, hill, port, fortress, border, crossing, capital, "
        "district, region, barracks, palace",
        opposites="hold out, repel, repulse",
    ),
    family(
        "landfall",
        does="make landfall, come ashore, reach land, hit land, hit coast, strike coast, reach coast, cross coast, move ashore, "
        "sweep ashore, roar ashore, crash ashore, slam into, barrel into, blow ashore, go ashore, hit shore, reach shore",
        states="ashore, on land, over land",
        nouns="landfall",
        about="hurricane, typhoon, storm, cyclone, landfall",
        opposites="at sea, out at sea, offshore, veer away, turn away, dissipate, over open water, peter out",
    ),
    family(
        "quake",
        done="strike, shake, hit, rattle, jolt, rock, devastate, convulse",
        does="strike, hit, occur, happen, rumble",
        nouns="earthquake, quake, tremor, temblor, seism",
        about="earthquake, quake, tremor, temblor",
        by="earthquake, quake, tremor, temblor, shock, seism",
        opposites="calm, quiet",
    ),
    family(
        "orbit",
        done="put into orbit, place in orbit, launch into orbit, send into orbit, carry into orbit, place into orbit",
        does="reach orbit, enter orbit, go into orbit, put into orbit, place in orbit, launch into orbit, send into orbit, "
        "carry into orbit, circle earth, orbit, achieve orbit, attain orbit, arrive orbit",
        states="in orbit",
        about="orbit",
        opposites="burn up, fall back, fall into sea, miss orbit, lose",
    ),
    family(
        "launch",
        done="release, launch, unveil, bring out, publish, put on sale, roll out, put out, issue, introduce, bring to market",
        does="release, launch, unveil, bring out, publish, put on sale, roll out, put out, issue, introduce, bring to market, start sell",
        nouns="release, launch, publication, debut, roll-out, rollout, premiere",
        about="phone, handset, smartphone, game, film, album, book, novel, console, laptop, tablet, software, update, app, song, "
        "car, model, series, memoir, watch",
        things="out, available, on sale, go on sale, come out, hit shelf, in shop, on shelf, reach shop, hit shop, appear, in stores",
        things_not="unreleased, delay, hold back",
        opposites="hold back, delay, withhold, shelve, scrap",
    ),
    family(
        "sanctions",
        does="impose sanction, slap sanction, put sanction, place sanction, bring sanction, levy sanction, adopt sanction, sanction",
        things="take effect, in force, in place, apply, come into force",
        things_not="lapse, expire",
        about="sanction, tariff, embargo, penalty",
        done="sanction, blacklist, add to list, put on list, put on blacklist",
        opposites="lift, drop, end, remove, scrap, suspend",
    ),
    family(
        "silence of arms",
        does="cease fire, stop fighting, hold, fall silent, stop shoot",
        states="in force, in place, in effect, hold, silent, quiet",
        about="ceasefire, cease-fire, truce, armistice",
        nouns="",
        opposites="break, break down, collapse, violate, end, lapse, in tatter, resume, unravel, fail, dead, over",
    ),
    family(
        "grounding",
        does="run aground, go aground, run onto, ground, strand, beach, hit reef, strike reef, run ashore, hit sandbank",
        states="aground, stuck, stranded, on reef, on sandbank, on rock",
        nouns="grounding, stranding",
        about="aground",
        opposites="afloat, refloat, under way, at anchor",
    ),
    family(
        "failed talks",
        does="collapse, break down, fail, end without, fall apart, founder, break up, unravel, fall through",
        states="dead, over, in tatters",
        nouns="collapse, breakdown, failure",
        about="talk, talks, negotiation, negotiations",
        opposites="continue, go on, resume, succeed, on track, under way, proceed",
    ),
    family(
        "discharge",
        personal=True,
        done="discharge, release from hospital, send home from hospital, let out of hospital",
        does="leave hospital, go home, return home, come home, leave clinic, walk out of hospital, leave ward, check out of hospital",
        states="out of hospital, home from hospital, back home, at home, out of the hospital",
        nouns="discharge",
        about="hospital, clinic, ward",
        opposites="still in hospital, in hospital, remain in hospital, stay in hospital, a patient, still a patient, in clinic, "
        "in intensive care, on ward",
    ),
    family(
        "impact",
        does="hit, strike, slam into, smash into, crash into, plunge into, collide with, plough into, land in, fall on",
        done="hit, strike",
        nouns="impact, strike, collision, crash",
        about="asteroid, meteorite, comet, meteor, debris, satellite, rocket, fireball",
        opposites="miss, burn up, fly past, pass by",
    ),
    family(
        "legalisation",
        done="legalise, legalize, decriminalise, decriminalize, make legal, allow, permit",
        does="legalise, legalize, decriminalise, decriminalize, make legal",
        states="legal, legalised, legalized",
        nouns="legalisation, legalization, decriminalisation, decriminalization",
        opposites="illegal, outlaw, ban, forbid, prohibit, throw out, vote down, reject",
    ),
    family(
        "casting",
        personal=True,
        done="cast, cast as, give role, hand role, choose, pick",
        does="land role, play, get role, win role, take role, bag role, secure role",
        nouns="casting",
        about="role, lead, film, sequel, series",
        opposites="pass over, turn down, miss out",
    ),
)
