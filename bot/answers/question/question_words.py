"""The types of question, and the words that show them: verbs of saying, nouns for places, sums and people."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from bot.english.search_words import stem, words_of


class QuestionType(StrEnum):
    """What a question asks for; the values are shown to readers who ask why an answer is as it is."""

    WHEN = "when"
    WHERE = "where"
    WHO = "who"
    HOW_MUCH = "how much"
    WHY = "why"
    YES_NO = "yes or no"
    SAID = "what somebody said"
    WHO_SAID = "who said it"
    WHAT = "what"
    TERSE = "keywords"


AUXILIARIES = frozenset("did do does was were is are has have had will would can could should may might".split())

# Not the list of `bot.english.speech`: questions have base forms after "did" ("what did she admit"), and verbs of thinking and
# finding ask for somebody's words as well. What the reader was trained on was read with this list, too.
SAY_VERBS = frozenset(
    """accuse accused add added admit admitted advise advised allege alleged announce announced answer answered argue argued ask
    asked believe believed blame blamed boast boasted brag bragged call called calls claim claimed claims comment commented
    complain complained conclude concluded confirm confirmed criticise criticised criticize criticized declare declared demand
    demanded denied deny describe described describes determine determined discover discovered doubt doubted explain explained
    fear feared feel felt find found hope hoped insist insisted joke joked mention mentioned note noted praise praised promise
    promised propose proposed put quote quoted react reacted reckon reckoned recommend recommended replied reply report reported
    respond responded rule ruled said say saying says shout shouted state stated states suggest suggested swear swore tell telling
    tells testified testify think thinks thought told tweet tweeted vow vowed want wanted warn warned wish wished write writes
    wrote yell yelled""".split()
)  # fmt: skip

# Verbs of what is done by speaking: they tell that somebody is quoted, but they are also what the question is about.
SPEECH_ACTS = frozenset(
    """apologise apologised apologize apologized beg begged compare compared condemn condemned dedicate dedicated hint hinted
    liken likened pledge pledged predict predicted refuse refused thank thanked threaten threatened urge urged""".split()
)  # fmt: skip

SPEECH_NOUNS = frozenset(
    """comment comments line message opinion opinions quotation quotations quote quotes reaction reactions remark remarks reply
    response responses statement statements take view views words""".split()
)  # fmt: skip

UTTERANCES = frozenset("answer apology argument complaint excuse promise verdict warning".split())

PLACES = frozenset(
    """airport area bar beach bridge building cafe church city continent countries country county district farm hall harbor
    harbour hospital hotel island jail lake location ocean park place port prison province pub region restaurant river room
    school sea site spot stadium state station street town university venue village""".split()
)  # fmt: skip

SUMS = frozenset(
    """amount bid bill bonus budget cost costs cut deposit distance duration fee fees figure figures fine fines lead length loss
    losses majority margin number offer payout penalty percentage price prices profit record salary score share size speed sum
    temperature toll total turnout wage wages weight""".split()
)  # fmt: skip

PAYING = frozenset(
    """bid bill budget charge charged cost costs donate donated earn earned fee fine fined lose lost made make offer offered owe
    owed paid pay pays price raise raised salary spend spent wage wages worth""".split()
)  # fmt: skip

AGENTS = frozenset(
    """agency bank builder club company firm group guy journalist judge lab lady lawyer maker man manufacturer minister newspaper
    officer official outlet owner paper party people person player politician relative reporter senator team teammate
    woman""".split()
)  # fmt: skip

# Words that say what is asked for rather than what it is about; they count little when a fact is matched.
TYPE_WORDS: dict[QuestionType, frozenset[str]] = {
    QuestionType.WHEN: frozenset("date day dates days year month time when".split()),
    QuestionType.WHERE: frozenset("place spot location where city town country area located".split()),
    QuestionType.WHO: frozenset("who person guy man woman lady people bloke dude name called guys folks".split()),
    QuestionType.HOW_MUCH: frozenset(
        "many much amount number total figure price long far size length sum overall altogether".split()
    ),
    QuestionType.WHY: frozenset("why reason reasons cause caused".split()),
    QuestionType.YES_NO: frozenset("true real really actually even".split()),
    QuestionType.SAID: SAY_VERBS | SPEECH_NOUNS,
    QuestionType.WHO_SAID: SAY_VERBS | SPEECH_NOUNS | frozenset("who person guy man woman lady bloke".split()),
    QuestionType.WHAT: frozenset("called name".split()),
    QuestionType.TERSE: frozenset(),
}

# Words that may stand for anything or anybody: a fact that lacks them may well be meant.
VAGUE = frozenset(
    """bit bloke day dude end everyone folks guy guys kind lady lot man men money one ones part people person place someone
    somebody sort stuff thing things time times total way whole woman women""".split()
)  # fmt: skip

# Words that state the type of whatever question they are in.
ALWAYS_TYPE = frozenset("list name happen happened happens happening answer question detail details info information".split())

ASKING_STEMS = frozenset(map(stem, ("who", "whose", "whom", "when", "where", "why", "how", "what", "which")))


@lru_cache(maxsize=4_096)
def asking_stems(text: str) -> frozenset[str]:
    """Return the stems of the words that ask in a question."""
    return ASKING_STEMS.intersection(map(stem, words_of(text)))
