"""Families of event words about people and property: deaths, arrests, offices, deals, losses. Lemmas and phrases of lemmas."""

from services.classifier.domain.reading.family import Family, family

FAMILIES_OF_FORTUNE: tuple[Family, ...] = (
    family(
        "death",
        personal=True,
        done="kill, slay, shoot dead, shoot, assassinate, murder, execute, eliminate, behead, gun down, lynch, hang, neutralise, "
        "neutralize, liquidate",
        does="die, perish, expire, succumb, pass away, breathe last, fall dead, lose life, claim life, take life",
        states="dead, deceased, slain, no more",
        nouns="death, killing, murder, assassination, demise, passing, elimination, body, corpse, obituary, eulogy, funeral, "
        "burial, execution, toll, fatality, dead, killer, murderer, assassin",
        opposites="alive, survive, outlive, unhurt, unharmed, unscathed, well, live, healthy, breathe, in good health",
    ),
    family(
        "arrest",
        personal=True,
        done="arrest, detain, capture, seize, apprehend, catch, jail, imprison, hold, nab, lock up, take into custody, "
        "take prisoner, intern, take captive, pick up, take away, lead away, haul in, round up, handcuff, bust",
        states="in custody, under arrest, behind bars, in detention, in prison, in jail, in cell, under house arrest, captive, "
        "prisoner, in handcuffs, in chains",
        nouns="arrest, capture, detention, custody, imprisonment, apprehension",
        opposites="at large, free, at liberty, on the run, escape, elude, evade, go home, uncaptured, at work",
    ),
    family(
        "release",
        personal=True,
        done="free, release, liberate, let go, let out, set free, ransom, rescue, hand over",
        does="go free, walk free, come home, return home, walk out of prison, leave prison, leave jail, leave custody, walk out of jail",
        states="free, at liberty, out of prison, out of jail, in our care, safe and free, out of captivity, at large",
        nouns="release, freeing, liberation, freedom, rescue, homecoming",
        opposites="captive, still hold, remain in captivity, keep, in captivity, with we, hostage still, in hand of, hold captive",
    ),
    family(
        "departure",
        personal=True,
        done="",
        does="resign, step down, quit, stand down, leave office, leave post, bow out, abdicate, step aside, vacate, give up post, "
        "give up job, hand in resignation, hand in notice, tender resignation, submit resignation, leave job, quit post, "
        "throw in towel",
        states="out of office",
        nouns="resignation, departure, abdication, exit",
        opposites="stay on, remain in office, stay, remain, carry on, stay in office, stay in post, cling to office, in office, in post, "
        "in charge, at the helm, at helm",
    ),
    family(
        "dismissal",
        personal=True,
        does="lose job, lose post",
        done="dismiss, sack, fire, show door, part company, remove, axe, oust, relieve of, depose, topple, overthrow, unseat",
        states="out of office, out of a job",
        nouns="dismissal, sacking, removal, ouster, ousting, overthrow, fall, toppling, firing",
        opposites="stay on, remain in office, stay in office, remain in power, in power, in control, stay, remain, keep on, keep job, "
        "keep post, retain job, in office, in post, in charge",
    ),
    family(
        "appointment",
        personal=True,
        done="appoint, name, hire, nominate, pick, choose, promote, install, swear in, recruit, sign up",
        does="take over, take charge, take office",
        nouns="appointment, nomination, hiring, recruitment, promotion, installation",
        opposites="pass over, turn down, reject",
    ),
    family(
        "acquisition",
        does="buy, acquire, purchase, take over, snap up, swallow, merge, combine, absorb, merge with, take control, join force, "
        "gobble up, team up",
        nouns="acquisition, purchase, takeover, merger, buyout, combination, tie-up, buy-out",
        opposites="walk away, drop bid, independent, break off, stay independent, remain independent, call off, abandon bid",
        things_not="independent, stand alone, in hand of founder",
    ),
    family(
        "sale",
        done="sell, sell off, divest, auction, dispose",
        does="sell, sell off, divest, auction, dispose",
        nouns="sale, divestment, disposal, auction",
        opposites="keep, hold on, retain",
    ),
    family(
        "transfer",
        does="join, put pen, sign for, move to, transfer to, switch to, sign with, defect, go to, move",
        done="sign, transfer, unveil, land, sign up, snap up",
        about="striker, forward, midfielder, defender, goalkeeper, winger, coach, player",
        nouns="transfer, signing, move, switch, defection",
        opposites="stay, remain, stay put, go nowhere",
    ),
    family(
        "agreement",
        about="treaty, agreement, accord, pact, deal, memorandum, contract, convention",
        does="sign, ink, put name, put signature, seal, conclude, agree, reach, strike, put pen, clinch, finalise, finalize",
        states="in place, in the bag",
        nouns="signing, signature, agreement, accord, pact, deal, treaty, conclusion",
        opposites="unsigned, tear up, reject, fall through, break down, walk out, collapse",
    ),
    family(
        "truce",
        does="agree, declare, reach, cease fire, stop fighting, lay down arm",
        nouns="truce, ceasefire, cease-fire, armistice, peace",
        states="in force, in place, hold",
        opposites="break, violate, collapse, end, resume, fight on",
    ),
    family(
        "closure",
        done="close, shut, shut down, close down, shutter, wind down, switch off, turn off, disconnect, power down,  block, "
        "suspend, seal, seal off, cut, halt, mothball",
        does="close, shut, shut down, close down, stop, cease, stand still, stop run, shut gate, close gate, close door, shut door",
        states="shut, closed, off grid, off the grid, switched off, idle, out of service, out of operation, out of action, "
        "impassable, offline, down, blocked",
        nouns="closure, closing, shutdown, closedown, shutting, blockade, suspension, stoppage",
        opposites="open, reopen, run, operate, in operation, in service, back in service, passable, resume, up and run, online, continue, "
        "carry on, stay open, remain open, treat patient, business as usual",
    ),
    family(
        "opening",
        done="open, reopen, inaugurate, unblock, clear, resume, restart, start up, switch on, restore",
        does="open, reopen, resume, restart, run, operate, start",
        states="open, in operation, in service, online, operational, passable, back",
        nouns="opening, reopening, inauguration, resumption, restart, start",
        opposites="shut, closed, close, blocked, remain shut, stay shut",
    ),
    family(
        "collapse",
        done="destroy, demolish, wreck, tear down, pull down, wash away, sweep away, bring down, flatten, knock down",
        does="collapse, fall, cave in, crumble, give way, come down, fall down, topple, subside, break apart, fall apart, come crash down",
        states="in ruin, in rubble, destroyed, no more",
        nouns="collapse, destruction, demolition, fall, ruin, cave-in",
        opposites="stand, intact, undamaged, hold, sound, unharmed, upright, spare, spar",
    ),
    family(
        "sinking",
        done="sink, scuttle, torpedo, swamp",
        does="sink, founder, go down, capsize, keel over, go under, list",
        states="sunk, on the seabed, under water, gone",
        nouns="sinking, shipwreck, loss, foundering, wreck, capsizing",
        opposites="afloat, in port, seaworthy, float, at anchor, safe, unscathed, dock",
    ),
    family(
        "crash",
        done="shoot down, down, bring down",
        does="crash, come down, plunge, ditch, smash, derail, collide, go down, fall, leave the rail, leave rail, leave track, "
        "jump track, jump rail, come off track, come off rail, run off track, slam into, smash into, plough into, hit hill, "
        "hit mountainside, strike mountain, strike ground, slide off track, overturn, hit ground, hit mountain, nosedive",
        states="down, derailed",
        nouns="crash, wreckage, wreck, collision, derailment, plunge",
        opposites="land, land safely, airborne, touch down, safe, arrive",
    ),
    family(
        "escape",
        does="escape, flee, break out, abscond, get away, slip away, get out, get loose, break free, break loose, bolt, run away, slip out",
        states="on the run, at large, escaped, on the loose, loose",
        nouns="escape, breakout, jailbreak, flight",
        about="prison, jail, zoo, custody, cage, enclosure, prisoner, inmate",
        opposites="in cell, in custody, behind bar, recapture, never leave, still in, in cage, in enclosure, under lock",
    ),
    family(
        "leak",
        does="leak, spill, seep, ooze, escape, release, discharge, emit, burst, gush, pour out, pour, stream, lose oil, flow out",
        nouns="leak, leakage, spill, spillage, seepage, plume, discharge, release, escape, burst",
        states="leaky",
        opposites="tight, sealed, hold tight, leakproof, intact, leak-free, watertight",
    ),
    family(
        "hack",
        done="hack, breach, compromise, break into, infiltrate, penetrate, raid, empty, get into, hijack, crack",
        does="",
        states="hacked, under attack, victim of cyberattack",
        about="exchange, computer, network, hacker, data, website, system, server, account",
        nouns="hack, breach, intrusion, cyberattack, break-in, hacker, hacking, cyber-attack",
        opposites="secure, safe, untouched, uncompromised",
    ),
    family(
        "theft",
        about="painting, jewel, jewellery, gold, coin, money, art, statue, diamond, necklace, crown, violin, manuscript, tiara",
        done="steal, rob, loot, take, snatch, burgle, pinch, lift, make off, run off, carry off, swipe",
        does="vanish, disappear, go missing",
        states="missing, gone, stolen",
        nouns="theft, robbery, heist, burglary, disappearance, loss, looting",
        opposites="in place, safe, in its case, on its hook, untouched, recover, turn up, still hang, hang, on wall",
    ),
    family(
        "fire",
        done="burn, burn down, destroy, set ablaze, torch, gut, reduce to ash, incinerate, engulf, ravage, raze",
        does="burn, burn down, catch fire, go up in flame, blaze, go up in smoke, burn to ground",
        states="ablaze, on fire, alight, in flame",
        nouns="fire, blaze, inferno, flame",
        opposites="untouched, extinguish, put out, spare, spar, unscathed, undamaged",
    ),
)
