"""Facts about English words that no source has: irregular forms, opposites."""

from __future__ import annotations

from collections import defaultdict

#: Irregular verbs, nouns and adjectives: the lemma, then its forms. Only forms that mostly are forms of that lemma, so
#: neither "ground" (grind) nor "wound" (wind) nor "lay" (lie).
IRREGULAR = """
be am is are was were been; have has had; do does did done; go goes went gone; say said; get got gotten; make made;
know knew known; think thought; take took taken; see saw seen; come came; give gave given; find found; tell told;
become became; leave left; feel felt; bring brought; begin began begun; keep kept; hold held; write wrote written;
stand stood; hear heard; mean meant; meet met; run ran; pay paid; sit sat; speak spoke spoken; lie lain; lead led;
grow grew grown; lose lost; fall fell fallen; send sent; build built; understand understood; draw drew drawn; break
broke broken; spend spent; rise rose risen; drive drove driven; buy bought; wear wore worn; choose chose chosen; win
won; teach taught; catch caught; eat ate eaten; sell sold; fight fought; throw threw thrown; show shown; fly flew
flown; forget forgot forgotten; shoot shot; hang hung; strike struck stricken; steal stole stolen; seek sought; swear
swore sworn; ride rode ridden; ring rang rung; sing sang sung; sink sank sunk; drink drank drunk; swim swam swum;
shake shook shaken; freeze froze frozen; hide hid hidden; bite bitten; blow blew blown; tear tore torn; wake woke
woken; sleep slept; sweep swept; weep wept; creep crept; deal dealt; dig dug; stick stuck; sting stung; swing swung;
spin spun; cling clung; fling flung; flee fled; feed fed; breed bred; bleed bled; speed sped; light lit; slide slid;
shine shone; lend lent; bend bent; lay laid; burn burnt; learn learnt; dream dreamt; spoil spoilt; spill spilt; leap
leapt; kneel knelt; prove proven; mistake mistook mistaken; forgive forgave forgiven; forbid forbade forbidden;
withdraw withdrew withdrawn; undergo underwent undergone; undertake undertook undertaken; overtake overtook overtaken;
overthrow overthrew overthrown; overcome overcame; oversee oversaw overseen; foresee foresaw foreseen; uphold upheld;
withhold withheld; withstand withstood; rebuild rebuilt; rewrite rewrote rewritten; repay repaid; mislead misled;
misunderstand misunderstood; arise arose arisen; awake awoke; beat beaten; bear bore borne; bind bound; shrink shrank
shrunk; spring sprang sprung; stride strode; strive strove striven; slay slew slain; smite smote smitten; sew sewn;
sow sown; swell swollen; weave wove woven; tread trod trodden; stink stank stunk; retake retook retaken; remake
remade; retell retold; resell resold; redo redid redone; undo undid undone; outdo outdid outdone; sneak snuck; shear
shorn; hew hewn; mow mown; thrive throve; cast casted; bid bade bidden; plead pled; string strung; man men; woman
women; child children; foot feet; tooth teeth; goose geese; mouse mice; person people; life lives; wife wives; knife
knives; wolf wolves; half halves; thief thieves; shelf shelves; loaf loaves; leaf leaves; calf calves; elf elves; self
selves; scarf scarves; hoof hooves; ox oxen; criterion criteria; phenomenon phenomena; bacterium bacteria; analysis
analyses; crisis crises; thesis theses; basis bases; hypothesis hypotheses; diagnosis diagnoses; axis axes; oasis
oases; alumnus alumni; fungus fungi; stimulus stimuli; nucleus nuclei; syllabus syllabi; appendix appendices; index
indices; matrix matrices; vertex vertices; curriculum curricula; memorandum memoranda; referendum referenda; penny
pence; policeman policemen; policewoman policewomen; businessman businessmen; businesswoman businesswomen; congressman
congressmen; spokesman spokesmen; spokeswoman spokeswomen; fireman firemen; grandchild grandchildren; good better
best; bad worse worst; far farther farthest
"""

#: Forms that no lemma is recorded for: they are mostly words of their own, or names.
NOT_INFLECTED = frozenset(
    """
    ads axes bases bayer bore bound calli cann canning centra chis conned conning dang data feld gamer grat holden last
    later latter leaves leet lives loca media micra news nostra programmed quora rainier redd reis skies stang tangier
    tanner tori us
    """.split()
)

#: Opposites that WordNet does not have.
MORE_ANTONYMS = """
leave stay; leave enter; leave join; join quit; quit stay; resign appoint; resign remain; dismiss appoint; dismiss
hire; fire appoint; sack hire; acquire sell; lend borrow; arrest release; arrest free; jail release; jail free;
imprison release; imprison free; approve reject; approve veto; ban allow; ban permit; ban legalize; refuse agree;
refuse willing; deny confirm; deny accept; raise cut; raise reduce; increase reduce; increase cut; increase decline;
rise drop; rise decline; gain lose; retain lose; regain lose; survive die; survive perish; survive kill; kill save;
kill rescue; injure heal; begin finish; start end; start finish; open shut; halt resume; halt continue; stop continue;
stop resume; build demolish; create destroy; build destroy; support oppose; back oppose; endorse oppose; praise
criticize; praise condemn; winner loser; cause prevent; hide reveal; conceal reveal; conceal disclose; expand shrink;
strengthen weaken; arrive depart; healthy sick; healthy ill; safe dangerous; cheap expensive; accept reject; accept
decline; enter exit; send receive; give receive; question answer; teacher student; employer employee; buyer seller;
plaintiff defendant; prosecutor defendant; victory loss; success fail; launch cancel; postpone hasten; hire resign;
elect oust; appoint oust; confirm refute; blame praise; attack defend; repair damage; fix break; lift impose; convict
exonerate; guilty cleared; majority minority; profit loss; surplus deficit; import export
"""


def irregular_forms() -> dict[str, str]:
    """The lemma of each irregular form in :data:`IRREGULAR`."""
    groups = (entry.split() for entry in IRREGULAR.split(";"))
    return {form: lemma for lemma, *forms in groups for form in forms if form not in NOT_INFLECTED}


def more_antonyms() -> dict[str, set[str]]:
    """The pairs of :data:`MORE_ANTONYMS`, in both directions."""
    found: dict[str, set[str]] = defaultdict(set)
    for pair in MORE_ANTONYMS.split(";"):
        one, other = pair.split()
        found[one].add(other)
        found[other].add(one)
    return found
