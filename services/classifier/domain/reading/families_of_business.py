"""Families of event words about money, work, supply and family life. Lemmas and phrases of lemmas."""

from services.classifier.domain.reading.family import Family, family

FAMILIES_OF_BUSINESS: tuple[Family, ...] = (
    family(
        "default",
        does="default, go bankrupt, go bust, declare bankruptcy, go to wall, fold, file for insolvency, "
        "file for creditor protection, collapse, miss payment, fail to pay, call in administrator, "
        "call in receiver, file for bankruptcy, go under, stop pay, "
        "go into administration, enter administration, enter receivership, appoint administrator, call in administrators, "
        "collapse into administration, fall into administration, tumble into administration, cease trading",
        done="appoint administrator, place into administration, put into administration, put in administration",
        states="bankrupt, insolvent, in default, bust, in administration, in receivership",
        nouns="default, bankruptcy, insolvency, collapse, failure",
        opposites="solvent, liquid, pay, sound, able to pay, service debt, trade as usual, trade as normal",
    ),
    family(
        "devaluation",
        done="devalue, cut, depreciate",
        does="devalue, fall, slide",
        nouns="devaluation, depreciation",
        opposites="keep peg, stable, hold",
    ),
    family(
        "layoffs",
        done="lay off, sack, make redundant, dismiss, shed, axe, fire, cut",
        does="cut job, shed job, lay off, sack, axe job, cut, shed, axe, eliminate, slash, scrap, make redundant, let go, "
        "hand notice, give notice, hand redundancy notice",
        about="job, post, worker, employee, staff",
        nouns="layoff, job cut, redundancy, sacking, cut, lay-off",
        opposites="keep, safe, no job cut",
    ),
    family(
        "marriage",
        personal=True,
        does="marry, wed, tie the knot, tie knot, get married, become wife, become husband, exchange vow, say yes",
        done="marry",
        states="married, engaged",
        nouns="wedding, marriage, engagement",
        opposites="single, unmarried",
    ),
    family(
        "split",
        personal=True,
        does="divorce, split up, file for divorce, part, separate, break up, go separate way, end marriage",
        states="divorced, separated",
        nouns="divorce, separation, split, break-up",
        opposites="still marry, together, happily marry",
    ),
    family(
        "birth",
        personal=True,
        does="give birth, bear, have baby, have twin, have son, have daughter, have child, welcome baby, welcome son, "
        "welcome daughter, become mother",
        done="bear, deliver",
        states="mother of",
        nouns="birth",
        opposites="childless",
        about="birth, baby, twin",
    ),
    family("pregnancy", does="expect", states="pregnant, with child", nouns="pregnancy", opposites="childless"),
    family(
        "rate rise",
        about="rate, rates",
        does="raise, increase, lift, put up, hike",
        done="raise, increase, lift, put up, hike",
        nouns="rise, increase, hike",
        opposites="cut, lower, hold, keep, leave unchanged, unchanged",
    ),
    family(
        "rate cut",
        about="rate, rates",
        does="cut, lower, reduce, slash",
        done="cut, lower, reduce, slash",
        nouns="cut, reduction",
        opposites="raise, increase, hold, keep, leave unchanged, unchanged",
    ),
    family(
        "move",
        does="move, relocate, shift, transfer",
        done="move, relocate, shift",
        nouns="move, relocation",
        opposites="stay, remain, stay put, keep",
    ),
    family("payment", does="pay, settle, transfer, compensate", nouns="payment, ransom, settlement", opposites="withhold"),
    family(
        "payout stop",
        done="freeze, seize, confiscate, impound",
        nouns="freeze, seizure, confiscation",
        opposites="unfreeze, return, give back",
    ),
    family(
        "lifting",
        done="lift, end, remove, ease, drop, scrap",
        things="end, expire, lapse, over",
        things_not="in force, remain, remain in force, in place, apply, stay",
        about="sanction, embargo, curfew, blockade, restriction, ban, tariff, lockdown, emergency, siege, quarantine",
        nouns="lifting, end, removal",
        opposites="remain in force, stay in force, in force, extend, in place, keep, remain in place, apply",
    ),
    family(
        "force",
        states="in force, in place, in effect, apply, valid",
        does="apply, take effect, hold, come into force",
        nouns="",
        opposites="lift, expire, end, suspend, lapse",
    ),
    family(
        "return",
        does="return, come back, go back, reappear",
        states="back, home",
        nouns="return, comeback",
        opposites="stay away, abroad, in exile",
    ),
    family(
        "outage",
        does="fail, black out, crash, go down, break down, trip, go out, collapse, give out",
        states="down, offline, out, without power, without electricity, without light, dark, in dark, in darkness",
        nouns="outage, blackout, failure, breakdown, power cut",
        opposites="up, online, run, normal, work, back",
    ),
    family(
        "delivery",
        does="deliver, arrive, ship, hand over, supply",
        done="deliver, ship, hand over, supply",
        nouns="delivery, shipment, handover, arrival",
        opposites="miss, stop, hold back",
    ),
)
