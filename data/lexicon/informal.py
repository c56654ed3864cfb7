"""Informal English, and news English, beside its plain words: how people ask, and how it is written."""

from __future__ import annotations

from collections import defaultdict

#: Groups: informal words before the colon, the plain words that they may stand for after it. A phrase is joined with ``_``.
INFORMAL = """
cop cops copper bobby fuzz: police officer; cash dough dosh bucks quid: money; guy bloke chap fella fellow dude lad:
man; gal lass chick: woman girl; kid kids youngster: child; mum mom mummy: mother; dad daddy: father; mate buddy pal
bestie: friend; boss bosses: chief head leader manager director executive; bigwig honcho exec suit suits: executive
boss director; gig: job concert; doc docs medic: doctor; prof: professor; sub: substitute submarine; ref: referee;
keeper goalie: goalkeeper; teammate: player; hubby: husband; missus wifey: wife; folks: parents people family; granny
gran nan grandma: grandmother; grandad grandpa: grandfather; bro: brother; sis: sister; nick pinch nab swipe snatch:
steal arrest take; robber crook: thief criminal; lockup slammer clink nick: jail prison; jail: prison custody; lawyer:
attorney solicitor barrister counsel; shrink: psychiatrist psychologist; teacher: educator; journo hack reporter:
journalist; paper papers rag: newspaper; telly tv tube: television; phone ring call buzz: telephone; pic pics snap
photo: picture photograph; vid vids clip footage: video recording; tape: recording; mag: magazine; ad ads advert:
advertisement advertising; site page: website; app: application; info intel lowdown: information; admin:
administration; exam: examination; lab: laboratory; uni varsity: university; gym: gymnasium; fridge: refrigerator;
plane jet chopper: aircraft helicopter; chopper copter: helicopter; car motor wheels: vehicle automobile; truck lorry
van: vehicle; bike: bicycle motorcycle; boat vessel: ship; sub: submarine; cab: taxi; train: railway; flat pad:
apartment home; pad digs: home house; joint: place restaurant; pub boozer: bar; loo bog restroom: toilet; shop: store;
grub nosh chow: food; booze: alcohol drink; ciggy fag smoke: cigarette; dope weed pot: cannabis marijuana drug; meds
pill pills: medicine medication drug; tummy belly gut: stomach; bug: virus illness infection; jab shot: vaccine
injection; sick ill poorly unwell: illness disease; dead: death died killed; croak perish: die; pass_away: die death;
kick_the_bucket: die; bump_off do_in: kill murder; hit whack: attack kill; crash smash pileup: collision accident;
wreck: crash destroy; blow_up go_off: explode explosion; bang boom blast: explosion; blaze inferno: fire; quake:
earthquake; twister: tornado; flood: flooding; bust busted: arrest raid broken; nail: catch convict; bang_up lock_up
put_away send_down: jail imprison prison; let_off get_off: acquit; let_go: release dismiss; sack fire axe boot can:
dismiss dismissal; kick_out chuck_out throw_out boot_out: expel eject remove ban; lay_off: dismiss redundant;
give_the_boot get_the_sack get_the_boot give_the_sack: dismiss; quit pack_in jack_in: resign leave; step_down
stand_down: resign resignation; hand_in_notice: resign resignation; step_aside: resign withdraw; take_over: replace
succeed acquire; hand_over: give transfer deliver; bail bail_out: rescue escape leave; pull_out back_out drop_out:
withdraw withdrawal; call_off scrap axe ditch dump bin: cancel abandon; put_off push_back: postpone delay; hold_up:
delay rob robbery; hold_off: delay; bring_forward: advance; turn_down knock_back: refuse reject decline; say_no:
refuse reject; give_up give_in: concede surrender abandon; throw_in_the_towel: concede surrender; own_up fess_up
come_clean: confess admit; make_up cook_up: invent fabricate; cover_up hush_up: conceal hide; leak: disclose reveal;
let_slip spill: reveal disclose; find_out figure_out work_out: discover determine learn; look_into dig_into check_out:
investigate investigation examine; probe: investigation inquiry investigate; show_up turn_up: arrive appear attend;
head_off set_off take_off: depart leave launch; get_away: escape; run_away run_off leg_it scarper: flee escape;
go_missing: vanish disappear; go_bust go_under go_broke: bankrupt bankruptcy collapse insolvent; broke skint: bankrupt
penniless; rip_off con scam swindle fiddle: fraud cheat deceive; dodgy shady fishy: suspicious dishonest illegal; bent
crooked: corrupt; backhander bung kickback sweetener: bribe; cough_up fork_out shell_out: pay; pay_back: repay;
splash_out blow: spend; chip_in: contribute donate; cost set_back: price; price_tag: price cost; pricey steep dear:
expensive; cheap: inexpensive; rake_in: earn; freebie: gift free; perk: benefit bonus; deal: agreement contract;
sign_up: enrol join register; sign: contract; ink: sign; snap_up: buy acquire; buy_up: acquire purchase; sell_off
offload flog: sell; get: receive obtain; grab: take seize; nab: catch; chuck lob hurl toss: throw; shove: push; yank:
pull; whack wallop thump clobber: hit strike; beat_up rough_up: assault attack; have_a_go: attack criticise; slam
blast bash rip slate: criticise condemn; slag_off: criticise insult; tell_off: reprimand scold; row spat bust-up
barney: argument dispute quarrel; fall_out: quarrel; make_peace: reconcile; brawl scrap punch-up: fight; moan whinge
gripe grumble: complain complaint; kick_off: start begin; set_up: establish found create; start_up: found; shut_down
close_down: close closure; wind_up: end close; wrap_up: finish end complete; break_down conk_out pack_up: fail
failure; go_wrong mess_up screw_up: fail failure mistake error; goof blunder slip-up boo-boo cock-up: mistake error;
glitch: fault failure defect; fix patch_up: repair; mend: repair; do_up: renovate; knock_down pull_down tear_down:
demolish; put_up: build erect; come_up_with think_up: devise invent propose; come_down_with: contract; break_out:
escape erupt; break_in: burglary burgle; break_up split split_up: separate divorce; get_hitched tie_the_knot: marry
wedding; get_together: meet meeting; meet_up: meet; hook_up: connect; pop_up: appear; drop_by pop_in: visit; trip:
journey voyage; ride: journey; shave slash trim: cut reduce; bump_up hike jack_up: raise increase; go_up: rise
increase; go_down come_down: fall decrease sink; shoot_up: soar; plunge plummet: fall drop; speed_up: accelerate;
slow_down: decelerate; hurry rush: haste; go_ahead: proceed; green_light give_the_green_light: approve approval; nod:
approval; okay ok thumbs-up: approve; back: support; stick_up_for stand_up_for: defend support; stand_by: support;
side_with: support; go_against: oppose; go_with: choose; pick: choose select; rule_out: exclude; turn_into: become;
end_up: finish; carry_on keep_on: continue; carry_out: perform conduct; put_out: extinguish publish; bring_out:
publish release; come_out: publish emerge; hand_out give_out dish_out: distribute; give_away: donate reveal;
get_rid_of: remove discard; throw_away chuck_away: discard; get_back: return recover; bring_back: return restore;
send_back: return; go_back: return; send_off: dismiss; call_up: summon; call_in: summon; call_for: demand; ask_for:
request; point_out: mention; speak_up speak_out: speak; shut_up: silence; gonna: going; reckon figure guess: think
believe; beef: complaint dispute; flak: criticism; grill: question interrogate; heat: pressure; scared spooked: afraid
frightened fear; gutted: disappointed upset; chuffed stoked: pleased happy delighted; mad cross livid fuming: angry;
bonkers nuts crazy mental: insane; daft dumb thick: stupid foolish; smart brainy: clever intelligent; cool awesome ace
brill: excellent great; rubbish crap lousy naff: bad poor; tricky: difficult; dead_on spot_on: correct exact; bogus
phoney phony fake: false counterfeit forged; legit kosher: legal legitimate genuine; massive huge ginormous whopping:
large big; tiny teeny wee: small; bit: part piece; loads tons heaps: many; stuff gear kit: equipment things; rubbish
trash garbage junk: waste; mess: disorder; gaffer: boss manager coach; skipper: captain; crew: team; outfit:
organisation company; firm: company business; startup: company; pol pols: politician; veep: vice; mp: member; pm:
prime minister; pres prez: president; ceo chief_executive: chief executive; cfo: finance; chairman chair: chairperson;
higher-up: official; watchdog: regulator authority; feds: federal; spook: spy agent; grunt squaddie: soldier; sarge:
sergeant; brass: officer; vet: veteran veterinarian; newbie rookie: beginner recruit; expert boffin egghead: scientist
specialist; geek nerd: enthusiast; punter: customer; fan: supporter; crowd: audience; neighbour neighbor: resident;
local locals: resident inhabitant; tenant: renter; landlord: owner; owner: proprietor; maker: manufacturer builder;
worker hand staff: employee; temp: temporary; strike walkout: stoppage; raise: increase; pay_packet pay wages: salary;
dole: benefit unemployment; bill tab: invoice; fine: penalty; loan: debt; iou: debt; stash: hide store; loot swag
haul: goods; gun shooter piece: weapon firearm; blade: knife; nuke: nuclear; vote ballot: election; landslide:
victory; win: victory; loss: defeat; lose: defeat; thrash hammer trounce: defeat beat; draw tie: level; final:
championship; cup: trophy; medal gong: award; prize: award; gold: medal; score net: goal; pen spot-kick: penalty;
transfer move switch: signing; squad side: team; ground: stadium; jury: juror; judge beak: magistrate; trial: court;
sue take_to_court: lawsuit; suit: lawsuit; plea: appeal; sentence: punishment; life: lifetime; term: sentence; rap:
charge; testify take_the_stand: testimony witness; proof: evidence; clue: evidence; tip tip-off: information;
press_conference presser: press news conference; interview: conversation; chat natter: conversation talk; speech:
address; note: letter; post tweet: message; email: message; text: message; heads-up: warning; red_flag: warning;
alarm: warning; promise: pledge vow; pact: agreement treaty
"""


def informal_words() -> dict[str, dict[str, float]]:
    """The plain words of each informal one, and the other way about, with weights."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for group in INFORMAL.split(";"):
        informal, _, plain = group.partition(":")
        for one in informal.split():
            for other in plain.split():
                if one != other:
                    found[one][other] = 90.0
                    found[other].setdefault(one, 75.0)
    return found
