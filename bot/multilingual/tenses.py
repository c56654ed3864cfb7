"""Whether a clause in another language than English tells what has happened, by the forms of its verbs.

Endings say it where a language has them for the past alone, and a few irregular verbs do. Whatever else the clause says of what
is planned or to come leaves it open, as does a clause whose verb is not known. In: a clause and its language. Out: yes, or open.
"""

from __future__ import annotations

import re

UNSPACED = frozenset({"ja", "ko"})
"""Languages whose verb is the last word of the sentence, and whose words may stand without blanks between them."""

_ENDS = r"[,;:—–()\x00…。]"
_JOINS = r"que|qu['’]|che|qui|dass|что|котор\w+|że|któr\w+|dat|अन्यथा|कि"
_CLAUSE = re.compile(rf"{_ENDS}|(?<![^\W_])(?:{_JOINS})(?![^\W_])", re.IGNORECASE)
_KOREAN_PAST = "".join(map(chr, range(0xAC00 + 20, 0xD7A4, 28))).translate(dict.fromkeys(map(ord, "있겠")))
"""The syllables that end in a double s, but for those of "is" and "will"."""
# A word for what is to come, or a modal verb: nothing is certain of the day beside it.
_TO_COME = {
    "de": r"\b(?:wird|werden|werde|will|wollen|wollte\w*|soll|sollen|sollte\w*|kann|können|könnte\w*|muss|müssen|würde\w*|"
    r"geplant\w*|angesetzt\w*|erwartet\w*|vorgesehen\w*|angekündigt\w*|morgen)\b",
    "nl": r"\b(?:zal|zullen|zou|zouden|gaat|gaan|wil|willen|moet|moeten|gepland\w*|verwacht\w*|aangekondigd\w*)\b",
    "es": r"\b(?:va|van|iba|iban) a\b|\w+r(?:á|án|ía|ían)\b|\b(?:previst|programad|anunciad|convocad|fijad|esperad"
    r"|aplazad)[oa]s?\b",
    "fr": r"\b(?:va|vont|doit|doivent|devait|devaient|allait|allaient)\b|\w+r(?:a|ont|ait|aient)\b"
    r"|\b(?:prévu|attendu|annoncé|programmé|fixé|reporté)e?s?\b",
    "it": r"\w+r(?:à|anno|ebbe|ebbero)\b|\b(?:deve|devono|doveva|dovevano)\b"
    r"|\b(?:previst|attes|annunciat|programmat|fissat|rinviat|convocat)[oaie]\b",
    "pt": r"\b(?:vai|vão|ia|iam|deve|devem|devia|deviam)\b|\w+r(?:á|ão|ia|iam)\b"
    r"|\b(?:previst|marcad|anunciad|programad|convocad|adiad)[oa]s?\b",
    "pl": r"\b(?:będzie|będą|ma|mają|miał\w*|odbędzie|odbędą|może|mogą|planuj\w+|zamierza\w*|planowan\w+|zaplanowan\w+"
    r"|zapowiedzian\w+)\b",
    "ru": r"\b(?:будет|будут|намерен\w*|планиру\w+|собира\w+ся|долж[ен]н?\w*|состоится|состоятся|прой[дт]\w+|начн\w+"
    r"|ожида\w+|может|"
    r"могут|запланирован\w*|намечен\w*|назначен\w*)\b",
    "tr": r"\w+[ae]c[ae][kğ]\w*|\b(?:planlanan|beklenen|öngörülen)\b",
    "ar": r"\bس(?:ي|ت|ن|أ)\w{2,}|\b(?:سوف|يعتزم|تعتزم|ينوي|تنوي|المقررة?|المتوقعة?|المرتقبة?)\b",
    "hi": r"(?:गा|गे|गी)(?=[\s।,.!?]|$)|होने वाल|करने वाल|प्रस्तावित|निर्धारित",
    "ja": r"[るうくすつぶむぬぐい]と|予定|見通し|見込み|方針|[るうくすつぶむぐ](?=[\u4e00-\u9fff\u30a1-\u30fa])",
    "ko": rf"(?<![{_KOREAN_PAST}])다고|예정|계획|전망|방침|(?:할|될|릴|질|갈|올|볼|킬|칠|열) ",
}
_GERMAN_PAST = (
    r"(?:bat|bot|brach|fand|fiel|gab|ging|griff|half|hielt|hob|kam|lag|lief|lie[sß]+|nahm|rief|riss|sah|sank|schlug|schloss|"
    r"schnitt|schoss|schrieb|schwieg|sprach|sprang|stand|starb|stieg|stieß|trat|traf|trug|verbot|verlor|verschwand|warf"
    r"|wuchs|zog|"
    r"entschied|begann|blieb|stritt|sang|flog|floh|erfuhr|fuhr|lud|erließ|gewann|bewarf|verließ|unterschrieb|bestritt"
    r"|widersprach)"
)
_NO_RUSSIAN_VERBS = (
    r"дел[оа]|тел[оа]|числ[оа]|начал[оа]|если|или|ли|сил[аы]|зала?|канала?|журнала?|материала?|генерала?|персонала?|капитала?|"
    r"сигнала?|футбола?|школа|скала|стола?|пола?|угол|село|сёла|мало|немало|около|доли|цели|недели|модели|роли|боли|соли|"
    r"отдела?|раздела?|предела?|протокола?|посол|правил[ао]?|вокзала?|квартала?|финала?|филиала?|сериала?|скандала?"
    r"|\w+атели|жители|"
    r"родители|водители|зрители|посетители|представители|покупатели"
)
_NO_POLISH_VERBS = (
    r"szkoła|siła|skała|cał[aye]|mał[aye]|biał[aye]|stał[aye]|dział|wydział|materiał\w?|kanał\w?|sygnał\w?|stół|kościół"
    r"|artykuł\w?|"
    r"tytuł\w?|zespół|dzieło|ciało|koło|około|wokół|generał|udział|podział|kapitał|oddział|przedział|szczegół\w?|czoło"
    r"|jeżeli|czyli|"
    r"jeśli|rano|wiadomo|siano|kolano|ono|był\w* by|mieszkali"
)
_FRENCH_PARTICIPLE = r"\w+(?:é|i|u|is|it|ert|ort|int)(?:e|s|es)?"
_ITALIAN_PARTICIPLE = r"\w+(?:[aiu]t|s|st|tt|rt|nt)[oaie]"
_PAST = {
    "de": rf"\b(?:wurden?|waren?|hatten?)\b|\b(?:hat|haben|ist|sind)\b.*\b\w*(?:ge\w+(?:t|en)|(?:be|er|ver|zer|ent)\w+(?:t"
    rf"|en)|iert)\s*[.!]?$"
    rf"|\b{_GERMAN_PAST}(?:en)?\s+DAY|DAY\s+{_GERMAN_PAST}(?:en)?\b"
    r"|(?<![^\W_])[a-zäöüß]{3,}(?<!heu)ten?\s+DAY|DAY\s+(?!heute|letzte|erste|zweite|dritte)[a-zäöüß]{3,}te(?:n)?\b",
    "nl": r"\b(?:werd|werden|was|waren|had|hadden|zei|zeiden|kwam|kwamen|ging|gingen|viel|vielen|gaf|gaven|nam|namen|stierf"
    r"|stierven)\b"
    r"|\b(?:heeft|hebben|is|zijn)\b.*\b\w*(?:ge|be|ver|ont)\w+(?:d|t|en)\b",
    "es": r"\b\w+(?:aron|ieron|jeron)\b|\b\w{2,}ó\b|\b(?:fue|fueron|hubo|pudo|quiso|dio|vio"
    r"|\w*(?:dijo|hizo|tuvo|puso|trajo|dujo)|(?:inter|con|pre|pro)?vino|era|eran|estaba|estaban)\b"
    r"|\b(?:ha|han|había|habían) \w+(?:ado|ido|to|cho)\b",
    "fr": rf"(?<![^\W_])(?:a|ont|avait|avaient)(?: \w+){{0,2}}? {_FRENCH_PARTICIPLE}\b"
    r"|\b(?:est|sont|était|étaient)(?: \w+)? (?:mort|tombé|allé|venu|arrivé|parti|entré|sorti|né|resté|monté|descendu"
    r"|devenu|revenu|"
    rf"rentré|décédé|intervenu|survenu)e?s?\b|\bs['’]est (?:\w+ )?{_FRENCH_PARTICIPLE}\b"
    rf"|\bse sont (?:\w+ )?{_FRENCH_PARTICIPLE}\b"
    r"|\b(?!fait\b|lait\b|parfait\b)\w+(?:[^r\W]ait|[^r\W]aient)\b",
    "it": rf"\b(?:ha|hanno|aveva|avevano)(?: \w+){{0,2}}? {_ITALIAN_PARTICIPLE}\b|\bsi (?:è"
    rf"|sono) (?:\w+ )?{_ITALIAN_PARTICIPLE}\b"
    r"|\b(?:è|sono|era|erano)(?: \w+)? (?:stat|mort|cadut|andat|venut|arrivat|partit|entrat|uscit|nat|rimast|crollat"
    r"|scoppiat|avvenut|"
    r"accadut|success|intervenut|tornat|fuggit)[oaie]\b|\b(?!però\b|può\b|ciò\b)\w+[^r\W]ò\b|\b\w+(?:arono|irono|erono"
    r"|ettero|sero)\b"
    r"|\b(?:disse|fece|era|erano)\b",
    "pt": r"\b\w+(?:aram|eram|iram)\b|\b(?!estou\b)\w{3,}ou\b|\b(?!europeu\b|museu\b|seu\b|meu\b|teu\b|judeu\b"
    r"|liceu\b)\w{2,}[ei]u\b"
    r"|\b(?:foi|foram|disse|fez|teve|houve|veio|era|eram|estava|estavam|tinha|tinham)\b",
    "pl": rf"\b(?!(?:{_NO_POLISH_VERBS})\b)(?:\w+(?:[aieyęąoó]ł[aoy]?|[aieyęo]li)|\w{{3,}}(?:ano|ono|ęto|yto))\b"
    rf"|\bby[łl][aoiy]?\b",
    "ru": rf"\b(?!(?:{_NO_RUSSIAN_VERBS})\b)\w+[аяиыеёоу]л[аои]?(?:сь|ся)?\b|\bум[её]р(?:л[аио])?\b|\bпогиб(?:л[аио])?\b",
    "tr": r"\b(?!şimdi\b|kendi\b|parti\b|kredi\b|altı\b|artı\b|yedi\b)\w+(?:[dt][ıiuü]|m[ıiuü]şt[ıiuü])(?:l[ae]r)?\s*[.!]?$",
    "ar": r"\b(?:قال|أعلن|أكد|صرح|كان|تم|قتل|أصيب|وقع|توفي|استقال|ذكر|كشف|شهد|أقال|انهار|غرق|اندلع|أصدر|قرر|أوقف|اعتقل|أغلق"
    r"|بدأ|وصل)ت?\b"
    r"|^\W*(?!ال|ت|ي|س[يت])\w{2,}[^ا\W]ت\b",
    "hi": r"(?:था|थी|थे|(?:या|यी|ये|आ|ई|ए|की|दी|ली)(?: है| हैं| था| थी| थे)?)\s*[।.!]?$",
    "ja": r"(?:た|んだ)[。．]?$",
    "ko": rf"[{_KOREAN_PAST}]다\.?$",
}


def is_past(clause: str, day: str, language: str) -> bool:
    """Return whether a clause surely tells what has happened on a ``day`` that it names in those words."""
    code = language.partition("-")[0].lower()
    pattern, to_come = _PAST.get(code), _TO_COME.get(code)
    if pattern is None or (to_come is not None and re.search(to_come, clause, re.IGNORECASE)):
        return False
    flags = 0 if code == "de" else re.IGNORECASE  # nouns have capitals there, and verbs have none
    return re.search(pattern.replace("DAY", re.escape(day)), clause.strip(), flags) is not None


def clause_around(text: str, start: int, end: int, code: str) -> str:
    """Return the clause around a time; that behind it, too, where it stands alone between commas."""
    if code in UNSPACED:  # the verb is the last word of the sentence
        return text[start:]
    begin = max((match.end() for match in _CLAUSE.finditer(text, 0, start)), default=0)
    ends = [match.start() for match in _CLAUSE.finditer(text, end)] + [len(text)]
    alone = len(text[begin:start].split()) + len(text[end : ends[0]].split()) <= 1
    return text[begin : ends[1] if alone and len(ends) > 1 else ends[0]]
