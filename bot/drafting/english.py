"""Words of English by which a text tells who speaks, who is who and what kind of thing a name names."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PERSON_TITLES = _words(
    """mr mrs ms miss mx dr prof professor sir dame lord lady baroness baron president senator sen rep representative
    congressman congresswoman governor gov mayor minister secretary chancellor judge justice captain capt sergeant sgt
    officer detective chief general gen colonel col lieutenant lt major admiral commissioner councillor councilman
    councilwoman councilmember alderman ambassador pope bishop archbishop cardinal father sister brother rabbi imam
    reverend rev queen king prince princess chairman chairwoman chair coach director inspector superintendent constable
    sheriff attorney premier speaker mp"""
)
"""Words that stand before a person's name with a capital letter."""

AFTER_NAMES = _words("qc kc mp mep msp obe cbe mbe kbe dbe jp phd md jr sr jnr snr esq")
"""Letters that stand behind a person's name, in lower case without full stops."""

PLURAL_TITLES = {
    f"{word}s": word
    for word in _words(
        "senator sen rep representative governor mayor minister judge justice professor councillor officer general"
    )
}
"""Titles before the names of several, with what each of them is."""

TITLE_PARTS = PERSON_TITLES | _words(
    "deputy prime foreign vice interior defence defense finance health state executive lead acting"
)
"""These and words that stand with them: prime, foreign."""

WOMEN = _words(
    "mrs ms miss dame lady baroness queen princess sister congresswoman councilwoman chairwoman spokeswoman businesswoman"
    " policewoman actress mother daughter wife widow girl woman grandmother aunt niece"
)
MEN = _words(
    "mr sir lord baron king prince father brother pope congressman councilman chairman spokesman businessman policeman actor"
    " son husband widower boy man grandfather uncle nephew"
)

ROLES = _words(
    """spokesman spokeswoman spokesperson editor editor-in-chief chief director president chairman chairwoman chair
    minister secretary officer manager founder co-founder cofounder owner lawyer attorney solicitor barrister engineer
    analyst professor lecturer researcher scientist activist campaigner resident mayor governor leader captain coach
    commissioner inspector judge councillor senator congressman congresswoman representative delegate lawmaker
    legislator ambassador diplomat adviser advisor aide official executive head boss chef doctor nurse physician surgeon
    teacher principal headteacher student pupil farmer fisherman driver pilot worker employee shopkeeper trader broker
    economist historian author writer journalist reporter correspondent columnist critic artist singer actor actress
    musician composer player striker goalkeeper defender midfielder detective constable sergeant superintendent sheriff
    prosecutor investigator coroner auditor architect surveyor contractor consultant expert specialist biologist chemist
    physicist geologist meteorologist epidemiologist veterinarian witness survivor victim neighbour neighbor mother
    father brother sister daughter son wife husband widow widower partner friend colleague customer passenger tenant
    landlord volunteer organiser organizer coordinator steward treasurer trustee deputy vice-president ombudsman
    regulator bishop priest pastor rabbi imam king queen prince princess chancellor premier whistleblower veteran
    detainee prisoner inmate suspect hostage refugee migrant immigrant patient pensioner teenager schoolboy
    schoolgirl classmate roommate flatmate commuter hiker swimmer diver rescuer firefighter medic blogger influencer
    podcaster streamer celebrity billionaire millionaire philanthropist lobbyist strategist insider novelist playwright
    agent bookkeeper accountant physiotherapist therapist machinist miner builder carpenter plasterer cook waiter waitress
    cleaner cyclist pedestrian motorist climber skipper sailor soldier paramedic midwife referee umpire fan supporter
    bystander onlooker plaintiff defendant claimant juror sculptor photographer gardener dentist pharmacist
    developer programmer designer planner clerk librarian curator keeper technician mechanic electrician plumber
    shareholder investor banker businessman businesswoman entrepreneur democrat republican conservative liberal
    lieutenant"""
)
"""Nouns for what a person is, in lower case."""

ROLE_ENDINGS = ("man", "woman", "person", "ologist", "ographer", "secretary", "president", "chief")

PEOPLE = _words(
    """officials people residents critics supporters opponents experts scientists researchers lawyers prosecutors police
    officers investigators witnesses journalists reporters workers employees unions students parents teachers farmers
    lawmakers senators ministers members leaders activists campaigners protesters neighbours neighbors families
    relatives doctors nurses analysts economists engineers executives sources observers historians outlets companies
    authorities shareholders investors customers passengers tenants volunteers organisers organizers firefighters
    rescuers divers fishermen captains councillors commissioners regulators authors editors publishers users players
    fans owners managers spokespeople inspectors detectives"""
)
"""Nouns for several people or bodies that say something together."""

_HEADS = _words(
    """company corporation corp inc ltd plc llc group holdings partners bank union association federation foundation
    institute institution university college school hospital trust society club party alliance coalition league network
    watch centre center committee commission council board agency authority department ministry office bureau service services
    administration organisation organization laboratory lab labs museum library theatre orchestra church industries
    systems technologies airlines airways railways railway energy power water gas oil motors foods pharmaceuticals press
    media studios brigade senate congress parliament assembly court tribunal army navy force forces police government
    cabinet house fund initiative campaign project team united city rovers co sons brothers works port harbour"""
)

BUSINESSES = _words(
    """company corporation corp inc ltd plc llc group holdings partners industries systems technologies airlines airways
    energy oil motors foods pharmaceuticals studios engineering consulting consultants ventures capital ferries shipping
    lines logistics insurance software entertainment pictures records games electronics robotics batteries construction
    builders mining steel"""
)
"""Words that end the name of a business, which is called by the rest of it alone."""

ORGANISATION_HEADS = _HEADS | BUSINESSES
"""Words that end, or begin before ``of``, the name of an organisation."""

PLACES = _words(
    """county road street avenue lane lake river creek bay island islands isle mount mountain mountains valley port hill
    hills park bridge reservoir square airport station beach coast peninsula strait channel sea ocean forest glacier
    canal dam village boulevard highway avenue district province lanka"""
)
"""Words that end, or begin, the name of a place."""

GOVERNMENT = _words(
    """committee commission council agency authority department ministry office bureau administration senate congress
    parliament assembly court tribunal army navy force forces police government cabinet house"""
)
OUTLETS = _words(
    """times post gazette news journal herald tribune guardian telegraph observer chronicle courier echo mail mirror sun
    star independent bulletin dispatch examiner globe inquirer ledger register sentinel standard radio television tv
    press magazine review weekly daily broadcasting media bbc cnn reuters afp ap npr advertiser argus mercury"""
)
BEFORE_OF = ORGANISATION_HEADS | _words("republic kingdom state states isle isles duchy county town village district lord lady")

CLUBS = _words("rovers united city athletic wanderers rangers albion hotspur town")
"""Words that end the name of a club, which is called by them alone."""

ANY_BODY = _words(
    """company firm network platform outlet newspaper paper group agency broadcaster manufacturer operator supplier
    regulator retailer airline carrier developer utility publisher organisation organization charity giant site website
    start-up startup"""
)
"""What a body of any name is called after it was named: the company, the network."""

DEFINITE_BODIES = ANY_BODY | _words(
    """union bank council committee commission department ministry government party club team board court university
    college school hospital authority association federation foundation institute trust society museum laboratory lab
    service force office bureau administration city town brigade coalition alliance league cabinet police station
    opposition inquiry centre center county state church"""
)
"""What a body is called by a word of its name: the ministry."""

# Verbs of speech by their forms: a form that is also a noun is listed apart, for it needs a look at what stands before it.
SAYING = _words(
    """said says saying say told tells telling tell wrote writes writing tweeted tweets tweeting posted posting stated
    stating declared declares declaring declare claimed claims claiming claim added adds adding argued argues arguing
    argue insisted insists insisting insist warned warns warning explained explains explaining explain announced
    announces announcing announce replied replies replying reply responded responds responding respond asked asks asking
    alleged alleges alleging allege maintained maintains maintaining maintain contended contends contending contend
    asserted asserts asserting assert conceded concedes conceding concede admitted admits admitting admit acknowledged
    acknowledges acknowledging acknowledge confirmed confirms confirming confirm denied denies denying deny suggested
    suggests suggesting suggest indicated indicates indicating indicate reported reports reporting testified testifies
    testifying testify recalled recalls recalling recall recounted recounts commented commenting noted notes noting
    remarked remarks remarking observed observes observing complained complains complaining concluded concludes
    concluding estimated estimates estimating predicted predicts predicting promised promises promising vowed vows
    vowing pledged pledges pledging called calls calling described describes describing dismissed dismisses dismissing
    accused accuses accusing accuse condemned condemns condemning denounced denounces denouncing branded labelled
    labeled criticised criticized criticises criticizes blamed blames blaming praised praises praising hailed hails
    welcomed welcomes welcoming urged urges urging demanded demands demanding joked jokes joking quipped answered
    answering continued retorted snapped mused agreed objected protested swore boasted lamented cautioned proclaimed
    disclosed revealed implied advised pleaded begged shouted shouts shouting yelled cried whispered murmured countered
    counters countering rejected rejects rejecting emphasised emphasized stressed stresses stressing reiterated
    reiterates repeated repeating pointed hinted hints quoted applauded applauds backed backs wondered wonders
    apologised apologized clarified clarifies clarifying elaborated exclaimed interjected concurred opined ventured texted
    sighed laughed groaned grumbled fumed screamed sobbed
    thanked characterised characterized defended believes believe thinks think read reads disputed
    disputes accepts accepted"""
)
"""Forms of the verbs that introduce what somebody says."""

ALSO_NOUNS = _words(
    "claims notes reports remarks comments demands promises hints calls estimates reply call tells reads read counters pledges"
    " vows praises stresses jokes repeats writing warning saying reporting welcomes writes posted"
)
PARTICIPLES = frozenset(word for word in SAYING if word.endswith("ing"))
STATING = _words(
    """said says say stated states claimed claims claim alleged alleges allege argued argues argue insisted insists insist
    warned warns maintained maintains maintain contended contends contend asserted asserts assert conceded concedes
    admitted admits acknowledged acknowledges confirmed confirms confirm denied denies deny suggested suggests suggest
    indicated indicates indicate reported reports told tells added adds announced announces explained explains testified
    estimated estimates predicted predicts promised promises vowed pledged noted observed complained concluded wrote
    believes believe thinks think demanded demands declared saying adding claiming insisting arguing alleging warning
    stating believed disputed"""
)
"""Forms after which an assertion may follow as a clause."""

JUDGING = _words(
    """accused accuses accuse accusing blamed blames condemned condemns denounced denounces criticised criticized
    criticises criticizes praised praises welcomed welcomes rejected rejects dismissed dismisses urged urges called
    calls described describes denied denies deny apologised apologized defended disputed alleged alleges applauded
    backed"""
)
"""Forms with which the assertion is what is done: the verb belongs to it."""

CALLING = _words("called calls call calling described describes describing dismissed dismisses branded labelled labeled hailed")
"""Forms behind which the words themselves are quoted."""

SPOKEN_ONLY = SAYING - _words(
    "announced announces announcing announce confirmed confirms promised pledged vowed demanded reported rejected"
)
"""Forms that only tell that something was said, so that a date beside them is that of the words."""

AUXILIARIES = _words(
    "has have had having is are was were be been being will would shall should can could may might must do does did"
)
PASSIVE = _words("is are was were be been being gets got")
ADVERBS = _words(
    """also later then now not never once again still already just only even simply merely repeatedly reportedly publicly
    earlier today yesterday since first further both all himself herself itself themselves though however meanwhile"""
)
PREPOSITIONS = _words(
    """in on at by for from with without within under over after before since until during through across against among
    amid around as about above behind below beneath beside between beyond despite inside into like near of off onto out
    outside past per to toward towards upon via than according regarding citing"""
)
SUBORDINATORS = _words("while when although though because if unless after before since as whereas where once")
RELATIVES = _words("who which whose whom that where")
DETERMINERS = _words(
    "the a an this that these those his her its their our my your some any no every each both several many most another one two"
    " three four five six seven eight nine ten other such all"
)
PRONOUNS = _words("he she it they we i you who")
NOT_NAMES = _words(
    """i nobody somebody everybody anybody everyone someone anyone nothing something everything the a an he she it they we
    you this that these those his her its their our my your and but or nor so yet in on at by for from with without
    within under over after before since until during through across against among as about when while where why how
    what who which whose whom if unless although though because however meanwhile moreover there here now then today
    yesterday tomorrow not no yes all both each every some any many most more less few several other another such one
    two three four five six seven eight nine ten first last next earlier later early late also only even just still
    again once never always neither either
    according despite instead rather perhaps maybe asked to of out off up is are was were be
    been has have had do does did will would can could may might must should let please dear hello well sure ok okay
    internet god monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec spring summer
    autumn winter christmas easter no. nos"""
)
"""Words that with a capital letter are no name by themselves."""

NEVER_ALONE = _words(
    "act bill war ii iii iv vi presidential congressional parliamentary democrat democrats republican republicans"
)
"""Words that are a part of a name at most."""

COURTESY = _words("mr mrs ms miss mx sir dame lord lady")
DENYING = _words("denied denies deny denying disputed disputes rejected rejects")
"""Forms that turn round what follows them."""

NATION_ENDINGS = ("ian", "ish", "ese", "can", "eek", "ench", "erman", "utch", "wiss", "aeli", "aqi", "ani", "ic", "ssian")
SAME_NAME = {
    "us": "United States", "usa": "United States", "u.s": "United States", "u.s.": "United States", "uk": "United Kingdom",
    "u.k.": "United Kingdom", "eu": "European Union", "un": "United Nations", "u.n.": "United Nations",
}  # fmt: skip
LITTLE = frozenset(
    {
        "of",
        "the",
        "for",
        "and",
        "de",
        "del",
        "della",
        "di",
        "da",
        "van",
        "von",
        "der",
        "den",
        "al",
        "el",
        "bin",
        "ibn",
        "la",
        "le",
        "&",
    }
)
PARTICLES = LITTLE - {"of", "the", "for", "and", "&"}
