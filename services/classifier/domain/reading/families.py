"""Families of event words: what says that an event happened, and what says the opposite. Data only; lemmas and short phrases of lemmas."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """Words that tell one kind of event.

    Attributes:
        name: For tests and explanations.
        done: Verbs that are done *to* whom the event befalls ("kill": the one killed is the object).
        does: Verbs that whoever the event befalls does ("die"), or that an actor does to an object ("buy").
        states: Adjectives and predicates of whom it befell ("dead", "in custody").
        nouns: The event as a noun ("death", "arrest").
        opposites: Verbs and adjectives that say it is not so ("alive", "survive"); about the same one.
    """

    name: str
    done: frozenset[str]
    does: frozenset[str]
    states: frozenset[str]
    nouns: frozenset[str]
    opposites: frozenset[str]


def _words(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",") if part.strip())


def _family(name: str, *, done: str = "", does: str = "", states: str = "", nouns: str = "", opposites: str = "") -> Family:
    return Family(name, _words(done), _words(does), _words(states), _words(nouns), _words(opposites))


FAMILIES: tuple[Family, ...] = (
    _family(
        "death",
        done="kill, slay, shoot dead, shoot, assassinate, murder, execute, eliminate, behead, gun down, lynch, hang, neutralise, neutralize, liquidate",
        does="die, perish, expire, succumb, pass away, breathe last, fall dead",
        states="dead, deceased, slain, no more",
        nouns="death, killing, murder, assassination, demise, passing, elimination, body, corpse, obituary, eulogy, funeral, burial, execution, toll, fatality, dead",
        opposites="alive, survive, outlive, unhurt, unharmed, unscathed, well, live, healthy, breathe, in good health",
    ),
    _family(
        "arrest",
        done="arrest, detain, capture, seize, apprehend, catch, jail, imprison, hold, nab, lock up, take into custody, take prisoner, intern, take captive",
        states="in custody, under arrest, behind bars, in detention, in prison, in jail, in cell, under house arrest, captive, prisoner",
        nouns="arrest, capture, detention, custody, imprisonment, apprehension",
        opposites="at large, free, at liberty, on the run, escape, elude, evade, go home, uncaptured, at work",
    ),
    _family(
        "release",
        done="free, release, liberate, let go, set free, ransom, rescue, hand over",
        does="go free, walk free, come home, return home",
        states="free, at liberty, in our care, safe and free, out of captivity, at large",
        nouns="release, freeing, liberation, freedom, rescue, homecoming",
        opposites="captive, still hold, remain in captivity, keep, in captivity, with we, hostage still",
    ),
    _family(
        "departure",
        done="",
        does="resign, step down, quit, stand down, leave office, leave post, bow out, abdicate, step aside, vacate",
        states="out of office",
        nouns="resignation, departure, abdication, exit",
        opposites="stay on, remain in office, stay, remain, carry on, stay in office, stay in post",
    ),
    _family(
        "dismissal",
        done="dismiss, sack, fire, remove, axe, oust, relieve of, depose, topple, overthrow, unseat",
        states="out of office, out of a job",
        nouns="dismissal, sacking, removal, ouster, ousting, overthrow, fall, toppling, firing",
        opposites="stay on, remain in office, stay in office, remain in power, in power, in control, stay, remain, keep on",
    ),
    _family(
        "appointment",
        done="appoint, name, hire, nominate, pick, choose, promote, install, swear in, recruit, sign up",
        does="take over, take charge, take office",
        nouns="appointment, nomination, hiring, recruitment, promotion, installation",
        opposites="pass over, turn down, reject",
    ),
    _family(
        "acquisition",
        does="buy, acquire, purchase, take over, snap up, swallow, merge, combine, absorb, merge with, take control",
        nouns="acquisition, purchase, takeover, merger, buyout, combination, tie-up, buy-out",
        opposites="walk away, drop bid, independent, break off, stay independent, remain independent, call off",
    ),
    _family(
        "sale",
        does="sell, sell off, divest, auction, dispose",
        nouns="sale, divestment, disposal, auction",
        opposites="keep, hold on, retain",
    ),
    _family(
        "transfer",
        does="join, sign for, move to, transfer to, switch to, sign with, defect, go to, move",
        done="sign, transfer, unveil, land",
        nouns="transfer, signing, move, switch, defection",
        opposites="stay, remain, stay put, go nowhere",
    ),
    _family(
        "agreement",
        does="sign, ink, seal, conclude, initial, agree, reach, strike, put pen, clinch, finalise, finalize",
        states="in place, in the bag",
        nouns="signing, signature, agreement, accord, pact, deal, treaty, conclusion",
        opposites="unsigned, tear up, reject, fall through, break down, walk out, collapse",
    ),
    _family(
        "truce",
        does="agree, declare, reach, cease fire, stop fighting, lay down arm",
        nouns="truce, ceasefire, cease-fire, armistice, peace",
        states="in force, in place, hold",
        opposites="break, violate, collapse, end, resume, fight on",
    ),
    _family(
        "closure",
        done="close, shut, shut down, close down, shutter, block, suspend, seal, seal off, cut, halt, mothball",
        does="close, shut, shut down, close down, stop, cease, stand still, stop run",
        states="shut, closed, out of service, out of operation, out of action, impassable, offline, down, blocked",
        nouns="closure, closing, shutdown, closedown, shutting, blockade, suspension, stoppage",
        opposites="open, reopen, run, operate, in operation, in service, back in service, passable, resume, up and run, online",
    ),
    _family(
        "opening",
        done="open, reopen, inaugurate, unblock, clear, resume, restart, start up, switch on, restore",
        does="open, reopen, resume, restart, run, operate, start",
        states="open, in operation, in service, online, operational, passable, back",
        nouns="opening, reopening, inauguration, resumption, restart, start",
        opposites="shut, closed, close, blocked, remain shut, stay shut",
    ),
    _family(
        "collapse",
        done="destroy, demolish, wreck, tear down, pull down, wash away, sweep away, bring down, flatten, knock down",
        does="collapse, fall, cave in, crumble, give way, come down, fall down, topple, subside, break apart",
        states="in ruin, in rubble, destroyed",
        nouns="collapse, destruction, demolition, fall, ruin, cave-in",
        opposites="stand, intact, undamaged, hold, sound, unharmed, upright",
    ),
    _family(
        "sinking",
        done="sink, scuttle, torpedo, swamp",
        does="sink, founder, go down, capsize, keel over, go under, list",
        states="sunk, on the seabed, under water, gone",
        nouns="sinking, shipwreck, loss, foundering, wreck, capsizing",
        opposites="afloat, in port, seaworthy, float, at anchor, safe, unscathed, dock",
    ),
    _family(
        "crash",
        done="shoot down, down, bring down",
        does="crash, come down, plunge, ditch, smash, derail, collide, go down, fall, leave the rail",
        states="down, derailed",
        nouns="crash, wreckage, wreck, collision, derailment, plunge",
        opposites="land, land safely, airborne, touch down, safe, arrive",
    ),
    _family(
        "escape",
        does="escape, flee, break out, abscond, get away, slip away",
        states="on the run, at large, escaped",
        nouns="escape, breakout, jailbreak, flight",
        opposites="in cell, in custody, behind bar, recapture, never leave, still in",
    ),
    _family(
        "leak",
        does="leak, spill, seep, ooze, escape, release, discharge, emit, burst, gush",
        nouns="leak, leakage, spill, spillage, seepage, plume, discharge, release, escape, burst",
        states="leaky",
        opposites="tight, sealed, hold tight, leakproof, intact, leak-free, watertight",
    ),
    _family(
        "hack",
        done="hack, breach, compromise, break into, infiltrate, penetrate, raid, empty",
        does="",
        states="hacked, under attack",
        nouns="hack, breach, intrusion, cyberattack, break-in, hacker, hacking, cyber-attack",
        opposites="secure, safe, untouched, uncompromised",
    ),
    _family(
        "theft",
        done="steal, rob, loot, take, snatch, burgle, pinch, lift, make off",
        does="vanish, disappear, go missing",
        states="missing, gone, stolen",
        nouns="theft, robbery, heist, burglary, disappearance, loss, looting",
        opposites="in place, safe, in its case, on its hook, untouched, recover, turn up, still hang",
    ),
    _family(
        "fire",
        done="burn, burn down, destroy, set ablaze, torch, gut",
        does="burn, burn down, catch fire, go up in flame, blaze",
        states="ablaze, on fire, alight, in flame",
        nouns="fire, blaze, inferno, flame",
        opposites="untouched, extinguish, put out",
    ),
    _family(
        "explosion",
        done="blow up, detonate, bomb, blast",
        does="explode, blow up, detonate, go off, burst",
        nouns="explosion, blast, detonation, bombing",
        opposites="intact, defuse, fail to explode",
    ),
    _family(
        "eruption",
        does="erupt, spew, blow, awake",
        nouns="eruption, lava, ash cloud",
        opposites="quiet, dormant, calm, asleep, sleep",
    ),
    _family(
        "flood",
        done="flood, inundate, swamp, breach",
        does="flood, burst, breach, overflow, break, give way, collapse, fail",
        states="under water, breached",
        nouns="flood, flooding, breach, inundation, burst",
        opposites="hold, dry, intact, sound, stand",
    ),
    _family(
        "test",
        done="test, launch, fire, test-fire, detonate, lift",
        does="test, launch, fire, test-fire, detonate, fly, lift off, blast off, take off, send up",
        nouns="test, launch, firing, lift-off, test-firing, detonation, liftoff, shot",
        opposites="scrub, abort",
    ),
    _family(
        "strike",
        does="strike, walk out, down tool, lay down tool, go on strike, stop work",
        states="on strike, out on strike",
        nouns="strike, walkout, stoppage, walk-out",
        opposites="work, at work, return to work, call off, go back, back at work, work as usual",
    ),
    _family(
        "recall",
        done="recall, pull, withdraw, take back, take off shelf, take off the market, pull back, call back",
        does="recall, pull, call back, take back",
        nouns="recall, withdrawal, call-back",
        opposites="on sale, remain on sale, stay on sale, safe",
    ),
    _family(
        "cancellation",
        done="cancel, call off, scrap, abandon, drop, axe, annul, ditch, shelve, abort",
        does="fall through, not take place",
        states="off",
        nouns="cancellation, calling off, scrapping, abandonment",
        opposites="go ahead, take place, proceed, on, as plan, as schedule, go on, hold as plan, run as plan, still on",
    ),
    _family(
        "postponement",
        done="postpone, delay, put off, push back, defer, adjourn, suspend",
        nouns="postponement, delay, deferral, adjournment",
        opposites="go ahead, on time, on schedule, as plan, proceed",
    ),
    _family(
        "victory",
        does="win, triumph, prevail, carry, take, clinch, beat, defeat",
        done="elect, re-elect, crown, declare winner, vote in",
        states="victorious, winner, president-elect, champion",
        nouns="victory, win, triumph, election",
        opposites="lose, concede, defeat",
    ),
    _family(
        "defeat",
        does="lose, go down",
        done="defeat, beat, vote out, oust",
        nouns="defeat, loss",
        opposites="win, triumph",
    ),
    _family(
        "conviction",
        done="convict, find guilty, sentence, condemn",
        states="guilty",
        nouns="conviction, guilty verdict, sentence",
        opposites="acquit, clear, innocent, not guilty, exonerate, walk free, quash, overturn, find not guilty",
    ),
    _family(
        "acquittal",
        done="acquit, clear, exonerate, find not guilty, quash, overturn",
        states="innocent, not guilty",
        nouns="acquittal, exoneration",
        opposites="convict, find guilty, sentence, guilty, uphold",
    ),
    _family(
        "charge",
        done="charge, indict, accuse formally, prosecute, arraign",
        nouns="indictment, charge, prosecution",
        opposites="drop charge, uncharged",
    ),
    _family(
        "overturn",
        done="overturn, quash, strike down, annul, void, reverse, invalidate, set aside, throw out, repeal, revoke, rescind",
        nouns="annulment, reversal, repeal, revocation",
        opposites="uphold, confirm, affirm, stand, in force, valid, remain in force",
    ),
    _family(
        "ban",
        done="ban, outlaw, prohibit, bar, forbid, block, proscribe, suspend, embargo",
        nouns="ban, prohibition, embargo, suspension",
        states="illegal, off limits",
        opposites="allow, permit, lift, legal, legalise, legalize, legal again, authorise, tolerate",
    ),
    _family(
        "approval",
        done="approve, pass, adopt, ratify, back, endorse, authorise, authorize, license, grant, clear, wave through, vote through, green-light, allow, certify",
        does="pass, approve, ratify, adopt",
        states="in force, law",
        nouns="approval, adoption, ratification, passage, authorisation, authorization, licence, license, go-ahead, green light",
        opposites="reject, vote down, veto, block, turn down, refuse, throw out, defeat, deny, fail",
    ),
    _family(
        "rejection",
        done="reject, vote down, veto, turn down, throw out, refuse, block",
        nouns="rejection, veto, refusal",
        opposites="approve, pass, adopt, accept, ratify",
    ),
    _family(
        "infection",
        done="infect, contaminate, poison, confirm case, taint, pollute",
        does="test positive, contract, break out, catch, spread, fall ill, contain",
        states="positive, infected, contaminated, polluted, unsafe, ill, sick",
        nouns="outbreak, infection, virus, case, epidemic, contamination, plague, disease, pollution",
        opposites="test negative, negative, clean, free of, safe, healthy, drinkable, clear",
    ),
    _family(
        "evacuation",
        done="evacuate, clear, empty, move out",
        does="leave, flee",
        nouns="evacuation, clearance",
        opposites="stay, remain, stay put",
    ),
    _family(
        "attack",
        done="attack, invade, bomb, strike, hit, shell, raid, storm, ambush, shoot at, overrun, seize, capture, take, occupy, fall to",
        does="attack, invade, bomb, cross, strike, shell, raid, march into, fall",
        nouns="attack, invasion, bombing, strike, raid, assault, offensive, incursion, shelling, ambush, capture, fall",
        opposites="repel, repulse, hold, hold out, remain in, under our control, unharmed",
    ),
    _family(
        "injury",
        done="injure, wound, hurt, shoot, stab",
        states="in hospital, wounded, injured, in coma",
        nouns="injury, wound, wounding",
        opposites="unhurt, unharmed, uninjured, unscathed",
    ),
    _family(
        "kidnap",
        done="kidnap, abduct, take hostage, seize, snatch, hijack, take captive",
        states="hostage, in the hand of",
        nouns="kidnapping, abduction, hijacking, hostage-taking",
        opposites="free, safe, at home, unharmed",
    ),
    _family(
        "default",
        does="default, go bankrupt, go bust, collapse, file for bankruptcy, go under, stop pay, go into administration, file",
        states="bankrupt, insolvent, in default, bust, in administration, in receivership",
        nouns="default, bankruptcy, insolvency, collapse, failure",
        opposites="solvent, liquid, pay, sound, able to pay",
    ),
    _family(
        "devaluation",
        done="devalue, cut, depreciate",
        does="devalue, fall, slide",
        nouns="devaluation, depreciation",
        opposites="keep peg, stable, hold",
    ),
    _family(
        "layoffs",
        done="lay off, sack, make redundant, dismiss, shed, axe, fire, cut",
        does="cut job, shed job, lay off, sack, axe job, cut",
        nouns="layoff, job cut, redundancy, sacking, cut, lay-off",
        opposites="keep, safe, hire, no job cut",
    ),
    _family("marriage", does="marry, wed, tie the knot, engage", done="marry", states="married, engaged", nouns="wedding, marriage, engagement", opposites="single, unmarried"),
    _family("split", does="divorce, split up, part, separate, break up", states="divorced, separated", nouns="divorce, separation, split, break-up", opposites="still marry, together, happily marry"),
    _family("birth", does="give birth, expect, bear", done="bear", states="pregnant", nouns="birth, pregnancy", opposites="childless"),
    _family(
        "finding",
        done="find, discover, spot, sight, locate, unearth, recover, detect, see, identify, trace",
        does="turn up, surface, reappear, show up",
        nouns="discovery, find, sighting, finding, detection",
        states="found",
        opposites="lose, missing, extinct, hoax",
    ),
    _family(
        "disappearance",
        does="disappear, vanish, go missing",
        done="lose",
        states="missing, unaccounted for, lost",
        nouns="disappearance, vanishing, loss",
        opposites="find, turn up, safe, safe and sound, reappear, home",
    ),
    _family(
        "forgery",
        done="forge, fake, counterfeit, fabricate, doctor, falsify, manipulate, rig",
        states="fake, forged, bogus, counterfeit, phoney, false, doctored, a forgery, a fake",
        nouns="forgery, fake, counterfeit, hoax, fraud, fabrication",
        opposites="genuine, authentic, real, original",
    ),
    _family(
        "authenticity", states="genuine, authentic, real", done="authenticate, certify", nouns="authenticity", opposites="fake, forged, bogus, counterfeit, forgery, a fake"
    ),
    _family("doping", does="dope, test positive, fail test", states="positive", nouns="doping, positive test", opposites="clean, negative, test negative"),
    _family("withdrawal", does="withdraw, pull out, leave, quit, retreat, retire, drop out, walk out, exit", done="withdraw, pull out", nouns="withdrawal, pull-out, pullout, exit, retreat, retirement", opposites="stay, remain, stay put, start, take part, compete"),
    _family("deployment", does="deploy, send, cross, enter, arrive, mass, land", done="deploy, send, station, land", nouns="deployment, arrival, entry, landing", opposites="withdraw, leave, stay home"),
    _family("extradition", done="extradite, deport, expel, hand over, send back, banish", nouns="extradition, deportation, expulsion", opposites="stay, remain"),
    _family("rate rise", does="raise, increase, lift, put up, hike", done="raise, increase, lift, put up, hike", nouns="rise, increase, hike", opposites="cut, lower, hold, keep, leave unchanged, unchanged"),
    _family("rate cut", does="cut, lower, reduce, slash", done="cut, lower, reduce, slash", nouns="cut, reduction", opposites="raise, increase, hold, keep, leave unchanged, unchanged"),
    _family("move", does="move, relocate, shift, transfer", done="move, relocate, shift", nouns="move, relocation", opposites="stay, remain, stay put, keep"),
    _family("payment", does="pay, settle, transfer, compensate", nouns="payment, ransom, settlement", opposites="withhold"),
    _family("payout stop", done="freeze, seize, confiscate, impound", nouns="freeze, seizure, confiscation", opposites="unfreeze, return, give back"),
    _family("lifting", done="lift, end, remove, ease, drop", nouns="lifting, end, removal", opposites="remain in force, stay in force, in force, extend, in place, keep, remain in place, apply"),
    _family("force", states="in force, in place, in effect, apply, valid", does="apply, take effect, hold, come into force", nouns="", opposites="lift, expire, end, suspend, lapse"),
    _family("coup", done="overthrow, oust, topple, depose", does="seize power, take power, stage coup, mutiny", nouns="coup, putsch, takeover, mutiny, overthrow", opposites="in control, in power, in charge, loyal"),
    _family("extinction", states="extinct", does="die out", nouns="extinction", opposites="alive, survive, sight, breed"),
    _family("return", does="return, come back, go back, reappear", states="back, home", nouns="return, comeback", opposites="stay away, abroad, in exile"),
    _family("outage", does="fail, black out, crash, go down, break down, trip", states="down, offline, out, without power, dark", nouns="outage, blackout, failure, breakdown, power cut", opposites="up, online, run, normal, work, back"),
    _family("delivery", does="deliver, arrive, ship, hand over, supply", done="deliver, ship, hand over, supply", nouns="delivery, shipment, handover, arrival", opposites="miss, stop, hold back"),
)
