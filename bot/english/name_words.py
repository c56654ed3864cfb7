"""Words by which a text tells who is who and what kind of thing a name names."""

from __future__ import annotations

from bot.english.calendar import MONTH_ABBREVIATIONS, MONTHS, WEEKDAYS
from bot.english.numbers import UP_TO_TEN
from bot.english.word_classes import word_set

PERSON_TITLES = word_set(
    """mr mrs ms miss mx dr prof professor sir dame lord lady baroness baron president senator sen rep representative
    congressman congresswoman governor gov mayor minister secretary chancellor judge justice captain capt sergeant sgt
    officer detective chief general gen colonel col lieutenant lt major admiral commissioner councillor councilman
    councilwoman councilmember alderman ambassador pope bishop archbishop cardinal father sister brother rabbi imam
    reverend rev queen king prince princess chairman chairwoman chair coach director inspector superintendent constable
    sheriff attorney premier speaker mp"""
)
"""Words that stand before a person's name with a capital letter."""

COURTESY_TITLES = word_set("mr mrs ms miss mx sir dame lord lady")
"""Titles that say nothing of what a person does."""

AFTER_NAMES = word_set("qc kc mp mep msp obe cbe mbe kbe dbe jp phd md jr sr jnr snr esq")
"""Letters that stand behind a person's name, in lower case without full stops."""

PLURAL_TITLES = {
    f"{word}s": word
    for word in word_set(
        "senator sen rep representative governor mayor minister judge justice professor councillor officer general"
    )
}
"""Titles before the names of several, with what each of them is."""

TITLE_PARTS = PERSON_TITLES | word_set(
    "deputy prime foreign vice interior defence defense finance health state executive lead acting"
)
"""These and words that stand with them: prime, foreign."""

WOMEN = word_set(
    "mrs ms miss dame lady baroness queen princess sister congresswoman councilwoman chairwoman spokeswoman businesswoman"
    " policewoman actress mother daughter wife widow girl woman grandmother aunt niece"
)
"""Titles and nouns that tell that a person is a woman."""

MEN = word_set(
    "mr sir lord baron king prince father brother pope congressman councilman chairman spokesman businessman policeman actor"
    " son husband widower boy man grandfather uncle nephew"
)
"""Titles and nouns that tell that a person is a man."""

ANYBODY = word_set("man woman boy girl")
"""Nouns for somebody of whom nothing more is known."""

ROLES = word_set(
    """ceo cfo coo cto cio spokesman spokeswoman spokesperson editor editor-in-chief chief director president chairman
    chairwoman chair minister secretary officer manager founder co-founder cofounder owner lawyer attorney
    solicitor barrister engineer analyst professor lecturer researcher scientist activist campaigner resident
    mayor governor leader captain coach commissioner inspector judge councillor senator congressman congresswoman
    representative delegate lawmaker legislator ambassador diplomat adviser advisor aide official executive head
    boss chef doctor nurse physician surgeon teacher principal headteacher student pupil farmer fisherman driver
    pilot worker employee shopkeeper trader broker economist historian author writer journalist reporter
    correspondent columnist critic artist singer actor actress musician composer player striker goalkeeper
    defender midfielder detective constable sergeant superintendent sheriff prosecutor investigator coroner
    auditor architect surveyor contractor consultant expert specialist biologist chemist physicist geologist
    meteorologist epidemiologist veterinarian witness survivor victim neighbour neighbor mother father brother
    sister daughter son wife husband widow widower partner friend colleague customer passenger tenant landlord
    volunteer organiser organizer coordinator steward treasurer trustee deputy vice-president ombudsman regulator
    bishop priest pastor rabbi imam king queen prince princess chancellor premier whistleblower veteran detainee
    prisoner inmate suspect hostage refugee migrant immigrant patient pensioner teenager schoolboy schoolgirl
    classmate roommate flatmate commuter hiker swimmer diver rescuer firefighter medic blogger influencer
    podcaster streamer celebrity billionaire millionaire philanthropist lobbyist strategist insider novelist
    playwright guard warden ranger caretaker bailiff dealer baker butcher barber porter postman agent bookkeeper
    accountant physiotherapist therapist machinist miner builder carpenter plasterer cook waiter waitress cleaner
    cyclist pedestrian motorist climber skipper sailor soldier paramedic midwife referee umpire fan supporter
    bystander onlooker plaintiff defendant claimant juror sculptor photographer gardener dentist pharmacist
    developer programmer designer planner clerk librarian curator keeper technician mechanic electrician plumber
    shareholder investor banker businessman businesswoman entrepreneur democrat republican conservative liberal
    lieutenant counsel commander arbiter dean magistrate moderator shepherd"""
)
"""Nouns for what a person is, in lower case."""

ROLE_ENDINGS = ("man", "woman", "person", "ologist", "ographer", "secretary", "president", "chief")
"""Ends of further nouns for what a person is: yachtswoman, volcanologist."""

PEOPLE = word_set(
    """officials people residents critics supporters opponents experts scientists researchers lawyers prosecutors police
    officers investigators witnesses journalists reporters workers employees unions students parents teachers farmers
    lawmakers senators ministers members leaders activists campaigners protesters neighbours neighbors families
    relatives doctors nurses analysts economists engineers executives sources observers historians outlets companies
    authorities shareholders investors customers passengers tenants volunteers organisers organizers firefighters
    rescuers divers fishermen captains councillors commissioners regulators authors editors publishers users players
    fans owners managers spokespeople inspectors detectives"""
)
"""Nouns for several people or bodies that say something together."""

DOCUMENTS = word_set(
    """statement report post letter lawsuit complaint memo email e-mail tweet document documents filing study survey review
    inquiry note notice message press-release release article indictment transcript affidavit ruling judgment summary"""
)
"""What is written, and says what its author says."""

BUSINESSES = word_set(
    """company corporation corp inc ltd plc llc group holdings partners industries systems technologies airlines airways
    energy oil motors foods pharmaceuticals studios engineering consulting consultants ventures capital ferries shipping
    lines logistics insurance software entertainment pictures records games electronics robotics batteries construction
    builders mining steel"""
)
"""Words that end the name of a business, which is called by the rest of it alone."""

ORGANISATION_HEADS = BUSINESSES | word_set(
    """bank union association federation foundation institute institution university college school hospital trust
    society club party alliance coalition league network watch centre center committee commission council board
    agency authority department ministry office bureau service services administration organisation organization
    laboratory lab labs museum library theatre orchestra church railways railway power water gas press media brigade
    senate congress parliament assembly court tribunal army navy force forces police government cabinet house fund
    initiative campaign project team united city rovers co sons brothers works port harbour"""
)
"""Words that end, or begin before ``of``, the name of an organisation."""

GOVERNMENT = word_set(
    """committee commission council agency authority department ministry office bureau administration senate congress
    parliament assembly court tribunal army navy force forces police government cabinet house"""
)
"""Words in the names of bodies of a state."""

HEADS_BEFORE_OF = ORGANISATION_HEADS | word_set(
    "republic kingdom state states isle isles duchy county town village district lord lady"
)
"""Words behind which ``of`` goes on with the name: the Bank of England, the Isle of Man."""

CLUBS = word_set("rovers united city athletic wanderers rangers albion hotspur town")
"""Words that end the name of a club, which is called by them alone."""

OUTLETS = word_set(
    """times post gazette news journal herald tribune guardian telegraph observer chronicle courier echo mail mirror sun
    star independent bulletin dispatch examiner globe inquirer ledger register sentinel standard radio television tv
    press magazine review weekly daily broadcasting media bbc cnn reuters afp ap npr advertiser argus mercury
    bloomberg tass interfax axios politico"""
)
"""Words that end the name of a newspaper, a broadcaster or an agency."""

GENERIC_BODIES = word_set(
    """company firm network platform outlet newspaper paper group agency broadcaster manufacturer operator supplier
    regulator retailer airline carrier developer utility publisher organisation organization charity giant site website
    start-up startup"""
)
"""What a body of any name is called after it was named: the company, the network."""

BODY_NOUNS = GENERIC_BODIES | word_set(
    """union bank council committee commission department ministry government party club team board court university
    college school hospital authority association federation foundation institute trust society museum laboratory lab
    service force office bureau administration city town brigade coalition alliance league cabinet police station
    opposition inquiry centre center county state church"""
)
"""What a body is called by a word of its name: the ministry."""

PLACES = word_set(
    """cape fort castle county road street avenue lane lake river creek bay island islands isle mount mountain mountains
    valley port hill hills park bridge reservoir square airport station beach coast peninsula strait channel sea
    ocean forest glacier canal dam village boulevard highway district province lanka"""
)
"""Words that end, or begin, the name of a place."""

LOCAL_NOUNS = word_set(
    """mayor governor council councillor school schools hospital police fire court airport station bridge footbridge tunnel
    dam reservoir harbour harbor port church library resident residents sheriff prison jail stadium suburb region coast
    quay marina market mill aquarium zoo theatre"""
)
"""Nouns behind the name of a place that has one: the Harbour mayor, the Harbour dam."""

NATION_ENDINGS = ("ian", "ish", "ese", "can", "eek", "ench", "erman", "utch", "wiss", "aeli", "aqi", "ani", "ic", "ssian")
"""Ends of the adjectives of nations: Russian, Turkish, Greek."""

COUNTRY_ABBREVIATIONS = {
    "us": "United States", "usa": "United States", "u.s": "United States", "u.s.": "United States", "uk": "United Kingdom",
    "u.k.": "United Kingdom", "eu": "European Union", "un": "United Nations", "u.n.": "United Nations",
}  # fmt: skip
"""Abbreviations of states and of unions of states, whose names no text spells out."""

BODY_JOINERS = word_set("of the for and &")
"""Words in lower case that stand inside the name of a body."""

SURNAME_PARTICLES = word_set("de del della di da van von der den al el bin ibn la le")
"""Words in lower case that begin a surname: van Dalen, bin Salman."""

NAME_JOINERS = BODY_JOINERS | SURNAME_PARTICLES
"""Words in lower case that stand inside a name."""

NOT_NAMES = (
    word_set(
        """i nobody somebody everybody anybody everyone someone anyone nothing something everything the a an he she it they we
        you this that these those his her its their our my your and but or nor so yet in on at by for from with without
        within under over after before since until during through across against among as about when while where why how
        what who which whose whom if unless although though because however meanwhile moreover there here now then today
        yesterday tomorrow not no yes all both each every some any many most more less few several other another such first
        last next earlier later early late also only even just still again once never always neither either according
        despite instead rather perhaps maybe asked to of out off up is are was were be been has have had do does did will
        would can could may might must should let please dear hello well sure ok okay internet god spring summer autumn
        winter christmas easter no. nos"""
    )
    | UP_TO_TEN
    | frozenset(name.lower() for name in (*MONTHS, *MONTH_ABBREVIATIONS, *WEEKDAYS))
)
"""Words that with a capital letter are no name by themselves."""

NEVER_ALONE = word_set(
    "act bill war ii iii iv vi presidential congressional parliamentary democrat democrats republican republicans"
)
"""Words that are a part of a name at most."""

NEVER_LAST = (
    *("Mr", "Mrs", "Ms", "Dr", "Prof", "Sen", "Rep", "Gov", "Gen", "Col", "Capt", "Sgt", "Lt", "Rev", "Hon", "St", "Jr", "Sr"),
    *("Inc", "No", "vs"),
)
"""Short forms whose full stop ends no sentence."""

ABBREVIATIONS = (*NEVER_LAST, "Ltd", "Corp", "Co", *MONTH_ABBREVIATIONS)
"""Short forms that are written with a full stop; behind the last of them a sentence may end."""
