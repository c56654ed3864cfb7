"""What a question in another language than English asks for, by the words that ask in it.

Only what is sure by a word alone: a language in which nothing fits has no type, and then the reader alone says what is shown.

In: a question as typed and its language. Out: a `QuestionType`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from bot.answers.question.expected_answer import QuestionType

_WHEN, _WHERE, _WHO = QuestionType.WHEN, QuestionType.WHERE, QuestionType.WHO
_HOW_MUCH, _WHY, _SAID, _WHO_SAID = QuestionType.HOW_MUCH, QuestionType.WHY, QuestionType.SAID, QuestionType.WHO_SAID

# Words and beginnings of words ("…"), without accents, as questions are matched; "*" stands for up to three words between. Of
# several that a question has the first counts, and of those that begin together the longest: "um wie viel uhr" asks when.
_ASKING: dict[str, dict[QuestionType, str]] = {
    "de": {
        _WHO_SAID: "wer sagte|wer hat gesagt|wer hat das gesagt|wer meinte|wer behauptet…|von wem stammt|wessen worte",
        _SAID: "was sagte|was sagt|was hat * gesagt|was meint…|was behauptet…|was schrieb|was antwortete",
        _HOW_MUCH: "wie viel…|wieviel…|wie lang…|wie hoch|wie weit|wie gross|wie alt|wie teuer|wie oft|wie schwer|wie schnell",
        _WHEN: "wann|um wieviel uhr|seit wann|bis wann|an welchem tag|welches jahr|in welchem jahr|welcher tag|um wie viel uhr",
        _WHERE: "wo|wohin|woher|in welche… stadt|an welchem ort",
        _WHY: "warum|wieso|weshalb|weswegen|aus welchem grund|wie kam es",
        _WHO: "wer|wem|wen|wessen|von wem|mit wem",
    },
    "es": {
        _WHO_SAID: "quien dijo|quien ha dicho|quien afirm…|quien asegur…|de quien son las palabras|de quien es la frase",
        _SAID: "que dijo|que dice|que ha dicho|que declar…|que afirm…|que respondi…|que opin…|que conto",
        _HOW_MUCH: "cuant…|que edad|que distancia|que porcentaje|a que precio|por que importe",
        _WHEN: "cuando|que dia|que ano|en que ano|en que fecha|que fecha|a que hora|desde cuando|hasta cuando",
        _WHY: "por que|porque|x que|xq|a que se debe|cual fue el motivo|cual fue la razon",
        _WHERE: "donde|adonde|en que ciudad|en que lugar|en que pais",
        _WHO: "quien…",
    },
    "fr": {
        _WHO_SAID: (
            "qui a dit|qui * dit que|qui disait|qui a declar…|qui affirm…|qui a affirm…|de qui sont les mots|"
            "de qui est la phrase"
        ),
        _SAID: (
            "qu a dit|a dit quoi|que dit|que disait|qu est ce qu… * dit|qu a declar…|qu a repondu|il a dit quoi|"
            "elle a dit quoi"
        ),
        _HOW_MUCH: (
            "combien|cb|quel montant|quelle somme|quel age|quelle distance|quel pourcentage|quelle duree|quel prix|"
            "a quel prix"
        ),
        _WHEN: "quand|quel jour|quelle annee|en quelle annee|quelle date|a quelle date|a quelle heure|depuis quand",
        _WHERE: (
            "c est ou|est ou|etait ou|ou est|ou sont|ou a|ou ont|ou etait|ou se|d ou|dans quelle ville|a quel endroit|"
            "dans quel pays"
        ),
        _WHY: "pourquoi|pq|pk|pour quelle raison|a cause de quoi",
        _WHO: "qui|par qui|a qui|avec qui|pour qui",
    },
    "pt": {
        _WHO_SAID: "quem disse|quem * disse|quem afirm…|quem falou|de quem e a frase|de quem sao as palavras",
        _SAID: "o que disse|o q disse|que disse|o que * disse|o que * falou|oq * disse|oq * falou|o que declar…|o que respondeu",
        _HOW_MUCH: "quant…|qts|qto|qnt…|que idade|qual a idade|qual o valor|qual foi o valor|que distancia|qual a porcentagem",
        _WHEN: "quando|qdo|qnd|que dia|em que dia|que ano|em que ano|em que data|que horas|desde quando",
        _WHERE: "onde|aonde|em que cidade|em que lugar|em que pais|de onde",
        _WHY: "por que|porque|pq|por q|por qual motivo|qual o motivo|qual foi o motivo",
        _WHO: "quem|de quem|com quem|por quem",
    },
    "it": {
        _WHO_SAID: "chi ha detto|chi * ha detto|chi diceva|chi sostien…|chi ha dichiarato|di chi e la frase",
        _SAID: "cosa ha detto|che ha detto|cosa dice|che dice|cosa disse|che cosa ha detto|cosa ha dichiarato|cosa ha risposto",
        _HOW_MUCH: "quant…|che eta|che distanza|a che prezzo|quale percentuale|quale cifra",
        _WHEN: "quando|che giorno|in che giorno|che anno|in che anno|in quale anno|in che data|a che ora|da quando",
        _WHERE: "dove|da dove|in che citta|in quale citta|in quale paese|dov e|dov era|dov erano",
        _WHY: "perche|xche|xke|come mai|per quale motivo|per che motivo",
        _WHO: "chi|da chi|con chi|a chi",
    },
    "pl": {
        _WHO_SAID: "kto powiedzial…|kto mowil…|kto stwierdzil…|kto twierdzi…|czyje to slowa",
        _SAID: "co powiedzial…|co mowil…|co * powiedzial…|co mowi|co oswiadczyl…|co odpowiedzial…|co stwierdzil…",
        _HOW_MUCH: "ile|ilu|iloma|jak dlugo|jak wysok…|jak daleko|jak czesto|w jakim wieku|za ile",
        _WHEN: "kiedy|ktorego dnia|w ktorym roku|w jakim roku|o ktorej|od kiedy|do kiedy|jakiego dnia",
        _WHERE: "gdzie|dokad|skad|w jakim miescie|w ktorym miescie|w jakim kraju",
        _WHY: "dlaczego|czemu|z jakiego powodu|po co",
        _WHO: "kto|kogo|komu|kim|przez kogo|czyj…",
    },
    "ru": {
        _WHO_SAID: "кто сказал…|кто говорил…|кто заявил…|кто утвержда…|чьи слова|чьи это слова",
        _SAID: "что сказал…|что говорил…|что * сказал…|что заявил…|что ответил…|что говорит",
        _HOW_MUCH: "сколько|скока|скок|как долго|какова сумма|какая сумма|как далеко|какой возраст|какой процент|насколько",
        _WHEN: "когда|в каком году|какого числа|в какой день|с каких пор|во сколько|какой год",
        _WHERE: "где|куда|откуда|в каком городе|в какой стране|в каком месте",
        _WHY: "почему|зачем|отчего|из за чего|по какой причине|че так",
        _WHO: "кто|кого|кому|кем|с кем|чей|чья|чье",
    },
    "tr": {
        _WHO_SAID: "kim dedi|kim soyledi|kim iddia etti|kimin sozu|kime ait bu soz",
        _SAID: "ne dedi|ne demis|ne soyledi|ne diyor|ne acikladi|neler soyledi",
        _HOW_MUCH: "kac|kaca|kacta kaci|ne kadar|kac para|ne kadarlik|yuzde kac|kac kisi|kac yasinda|kac gun",
        _WHEN: "ne zaman|nezaman|hangi gun|hangi yil|hangi tarihte|kac yilinda|saat kacta|ne zamandan",
        _WHERE: "nerede|nerde|nereye|nereden|hangi sehirde|hangi ulkede",
        _WHY: "neden|niye|nicin|ne yuzden|hangi sebeple|ne sebeple",
        _WHO: "kim|kimi|kime|kimle|kimin|kimden|kimler",
    },
    "ar": {
        _WHO_SAID: "من قال|مين قال|مين اللي قال|من صرح|لمن هذه الكلمات",
        _SAID: "ماذا قال…|شو قال…|ايش قال…|وش قال…|قال ايه|قالت ايه|ماذا صرح…|شنو قال…",
        _HOW_MUCH: "كم|بكم|قديش|اديش|كام|بكام|ما هو المبلغ|كم مبلغ",
        _WHEN: "متى|امتى|ايمتى|وقتيش|في اي يوم|في اي سنة|في اي عام|باي تاريخ|اي سنة",
        _WHERE: "اين|وين|فين|الى اين|من وين|في اي مدينة|من اين",
        _WHY: "لماذا|ليش|ليه|لشو|ما سبب|ما السبب|علاش",
        _WHO: "من الذي|من هو|من هي|مين|من التي",
    },
    "ja": {
        _WHO_SAID: "誰が言った|だれが言った|誰の言葉|誰の発言|誰が言って|誰が話した|誰が述べた",
        _SAID: (
            "何と言|なんと言|なんて言|何て言|何を言|何と話|なんて話|どう言って|何とコメント|なんてコメント|どんなコメント|"
            "何と答え|何と述べ"
        ),
        _HOW_MUCH: (
            "何年かか|何日かか|いくら|何人|何円|何時間|何分|何年間|何日間|何メートル|何キロ|何歳|何枚|何本|何台|何回|何個|何票|"
            "何パーセント|何%|何割|どれくらい|どのくらい|どれぐらい|どのぐらい|いくつ"
        ),
        _WHEN: "いつ|何年|何月|何日|何時|何曜日",
        _WHERE: "どこ|何処|どの町|どの都市|どの国",
        _WHY: "なぜ|何故|なんで|どうして|理由|わけは",
        _WHO: "誰|だれ|どなた",
    },
    "hi": {
        _WHO_SAID: "किसने कहा|किस ने कहा|किसके शब्द|kisne kaha|kisne bola|kis ne kaha",
        _SAID: "क्या कहा|क्या बोला|क्या बोले|क्या बताया|kya kaha|kya bola|kya bole|kya bataya",
        _HOW_MUCH: "कितन…|kitn…",
        _WHEN: "कब|किस दिन|किस साल|किस तारीख|कौन से साल|kab|kis din|kis saal|kis tarikh",
        _WHERE: "कहाँ|कहां|किधर|किस शहर|kahan|kidhar|kis shehar",
        _WHY: "क्यों|क्यूँ|किसलिए|किस वजह|kyon|kyun|kyu|kis wajah",
        _WHO: "कौन|किसने|किसको|किसे|kaun|kon|kisne|kisko|kise",
    },
    "ko": {
        _WHO_SAID: "누가 말했|누가 한 말|누구의 말|누가 그랬",
        _SAID: "뭐라고|뭐라 했|무슨 말|뭐라던|뭐랬",
        _HOW_MUCH: (
            "얼마|몇 명|몇명|몇 년|몇년|몇 시간|몇시간|몇 분|몇분|몇 개|몇개|몇 퍼|몇 프로|몇 km|몇 미터|"
            "몇 번|몇 대|몇 살|몇 톤|몇 표|얼만"
        ),
        _WHEN: "언제|며칠|몇 월|몇월|몇 일|어느 날|어느 해|몇년도|몇 년도",
        _WHERE: "어디|어느 도시|어느 나라|어느 곳",
        _WHY: "왜|어째서|무슨 이유|이유가",
        _WHO: "누가|누구|누굴|누군",
    },
}  # fmt: skip
_LETTER = r"[\w\u0900-\u0963]"  # with the vowel signs of Devanagari, which are no letters to a regular expression
_ACCENTS = re.compile(r"[\u0300-\u036f\u064b-\u0655]")  # those of Arabic with them
_PLAIN = str.maketrans({"ı": "i", "ł": "l", "ى": "ي", "’": " ", "'": " "})
_UNSPACED = frozenset({"ja", "ko"})  # written without spaces, or with what belongs to a word behind it


def asked_type(text: str, language: str) -> QuestionType:
    """Return what a question in another language than English asks for; `QuestionType.WHAT` where its words do not say."""
    plain = _plain(text)
    matches = ((match, kind) for kind, pattern in _patterns(language) if (match := pattern.search(plain)))
    first = min(matches, key=lambda pair: (pair[0].start(), -len(pair[0][0])), default=None)
    return first[1] if first is not None else QuestionType.WHAT


def languages_that_ask(text: str) -> tuple[str, ...]:
    """Return the languages one of whose words that ask a text has, the likeliest first: that with the longest of them."""
    plain = _plain(text)
    lengths = {
        language: max((len(match[0]) for _, pattern in _patterns(language) if (match := pattern.search(plain))), default=0)
        for language in _ASKING
    }
    return tuple(sorted((language for language, length in lengths.items() if length), key=lambda language: -lengths[language]))


@cache
def _patterns(language: str) -> tuple[tuple[QuestionType, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(_pattern(words, language))) for kind, words in _ASKING.get(language, {}).items())


def _pattern(words: str, language: str) -> str:
    forms = "|".join(
        r"\w*".join(re.escape(_plain(part)) for part in form.split("…"))
        .replace(r"\*", r"(?:\S+ ){0,3}?\S*")
        .replace(r"\ ", r"\W+")
        for form in words.split("|")
    )
    return f"(?:{forms})" if language in _UNSPACED else f"(?<!{_LETTER})(?:{forms})(?!{_LETTER})"


def _plain(text: str) -> str:
    """Return a text in lower case and without accents, which people leave out in a chat."""
    letters = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.replace("İ", "i").casefold()))
    return unicodedata.normalize("NFC", letters.translate(_PLAIN))
