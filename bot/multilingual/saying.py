"""Words with which twelve languages say whose a quotation is: a few verbs of each, and what beside them speaks against a name."""

from __future__ import annotations

import re

VERBS = {
    "de": "sagte|sagt|erklärte|erklärt|meinte|betonte|schrieb|teilte|kritisierte|warnte|fügte|antwortete",
    "es": "dijo|dice|declaró|afirmó|explicó|señaló|escribió|advirtió|aseguró|añadió|respondió|ha dicho|ha declarado",
    "fr": "a déclaré|a dit|a affirmé|a expliqué|a indiqué|a ajouté|a écrit|a répondu|déclare|affirme|explique|assure|estime|dit",
    "it": "ha detto|ha dichiarato|ha affermato|ha spiegato|ha aggiunto|ha scritto|ha risposto|dice|afferma|spiega|dichiara",
    "pt": "disse|afirmou|declarou|explicou|escreveu|acrescentou|respondeu|diz|afirma",
    "pl": "powiedział|powiedziała|mówi|stwierdził|stwierdziła|oświadczył|oświadczyła|dodał|dodała|napisał|napisała|podkreślił"
    "|podkreśliła",
    "ru": "сказал|сказала|заявил|заявила|отметил|отметила|сообщил|сообщила|добавил|добавила|написал|написала|подчеркнул"
    "|подчеркнула|говорит|утверждает|утверждал|утверждала|пояснил|пояснила|объяснил|объяснила|ответил|ответила|считает",
    "tr": "dedi|diye konuştu|diye yazdı|ifadesini kullandı|şeklinde konuştu",
}
"""Verbs of saying, where a name follows them behind a quotation, or stands before them and a colon."""

NOTHING = r"(?!)"
CLAUSE_OPENERS = {"es": "que", "fr": "que|qu['’]", "it": "che", "pt": "que", "pl": "że", "ru": "что", "de": "dass"}
"""Words that open a clause behind a verb of saying, of which a quotation is a part."""

VERBS_BEHIND = {"tr": re.compile(rf"\s*,?\s*(?:{VERBS['tr']})\s*(?:[.;]|$)")}
"""Verbs that stand behind a quotation whose speaker is named before it."""

ARTICLES = {
    "de": frozenset("die der".split()),
    "es": frozenset("el la".split()),
    "fr": frozenset("le la".split()),
    "it": frozenset("il la lo".split()),
    "pt": frozenset("o a".split()),
}
"""Articles before the role of somebody whose name follows it. In Slavic languages a genitive may follow the role."""

NO_ROLES = {
    "de": frozenset("der des dem den von vom aus für und".split()),
    "es": frozenset("de del al a en por para y e que con".split()),
    "fr": frozenset("de du des d à au aux en par pour et que avec chez".split()),
    "it": frozenset("di del della dei delle degli dello al alla a da dal in per e che con".split()),
    "pt": frozenset("de do da dos das ao à em no na por para e que com".split()),
    **{language: frozenset[str]() for language in ("pl", "ru", "tr")},
}
"""Words that make what follows them somebody else than the one who has the role: the spokesman of Ana Ruiz."""

JOINING = {
    "de": ("und", "sowie", "oder"),
    "es": ("y", "e", "o"),
    "fr": ("et", "ou"),
    "it": ("e", "ed", "o"),
    "pt": ("e", "ou"),
    "pl": ("i", "oraz", "lub"),
    "ru": ("и", "или"),
    "tr": ("ve", "ile", "veya"),
}
"""Words that join the names of several."""

PARTICLES = frozenset("von van zu de del della di da do dos das la le der den du al el ibn bin".split())
COURTESIES = frozenset("Herr Frau Hr Fr Dr Prof M Mme Mlle Sr Sra Srta Don Doña Sig Pan Pani Bay Sayın Dott Ing".split())
ROLES_IN_CAPITALS = ("de", "tr")
"""Languages that write roles with a capital too, so that a first name has to show where a name begins."""

NO_OPENERS = frozenset(
    """An Auf Aus Bei Für Gegen Laut Mit Nach Neben Ohne Seit Über Um Unter Von Vor Zu Zum Zur Auch Dann Dazu Danach
    Según Para Con Por Sobre Contra Ante Desde Después Como Además También Así Luego Entonces
    Selon Pour Avec Par Contre Après Comme Puis Aussi Ensuite Alors Secondo Per Contro Dopo Da Poi Anche
    Segundo Com Após Conforme Depois Também Então Według Zdaniem Dla Od Po Potem Także Sonra Ama""".split()
)
"""Words that open a sentence with a capital and are no part of the name behind them."""

NO_SURNAMES = (
    *("sprecher", "sprecherin", "anwalt", "anwältin", "vater", "mutter", "sohn", "tochter", "bruder", "schwester", "mann"),
    *("büro", "team", "partei", "chef", "chefin", "berater", "beraterin"),
)
"""Ends of German nouns behind a first name in the genitive: Annas Sprecher."""

_AR = "(?:قال|قالت|صرح|صرحت|أكد|أكدت|أضاف|أضافت|أعلن|أعلنت)"
_HI = "(?:कहा|बताया|लिखा)"
_JA = "(?:述べた|述べている|語った|話した|言った|強調した|説明した|述べました|語りました)"
_JA_TITLE = "(?:氏|さん|市長|知事|首相|大統領|社長|会長|大臣|議員|教授|博士|長官)?"
_KO = "(?:말했다|밝혔다|전했다|강조했다|설명했다)"
_KO_TITLE = "(?: ?(?:씨|시장|대통령|대표|장관|의원|총리|교수|회장))?"
_BEGINS = r"(?:^|[。.!?।؟…]\s*)\s*"
CLAUSES = {
    "ar": ((rf"{_AR}\s+NAME\s*:", ""), (rf"{_BEGINS}NAME\s*:", ""), ("", rf"\s*[،,]?\s*{_AR}\s+NAME\s*(?:[.،,؛]|$)")),
    "hi": (
        (rf"{_BEGINS}NAME ने {_HI}(?: है)?(?: कि)?\s*[,:]?", ""),
        (rf"{_BEGINS}NAME\s*:", ""),
        ("", rf"\s*[,]?\s*(?:यह )?NAME ने {_HI}"),
    ),
    "ja": (
        (rf"{_BEGINS}NAME{_JA_TITLE}[はが][、,]?", rf"\s*と{_JA}"),
        ("", rf"\s*と[、,]?NAME{_JA_TITLE}[はが]{_JA}"),
    ),
    "ko": (
        (rf"{_BEGINS}NAME{_KO_TITLE}(?:은|는|이|가)\s*,?", rf"\s*(?:이?라고|고)\s*{_KO}"),
        ("", rf"\s*(?:이?라고|고)\s*NAME{_KO_TITLE}(?:은|는|이|가)\s*{_KO}"),
    ),
}
"""Clauses before and behind a quotation in which NAME is an actor of the story; those that are empty say nothing."""
