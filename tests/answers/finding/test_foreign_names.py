"""Names of a story's actors in other scripts and forms: which are found, and which near ones must not be."""

from __future__ import annotations

import pytest

from bot.answers.finding.mentions import NameTable
from bot.english.search_words import normalise, tokens
from bot.facts.models import Actor

PEOPLE = {
    "mccain": "John McCain", "taylor": "Robert Taylor", "tillerson": "Rex Tillerson", "amundsen": "Roald Amundsen",
    "scott": "Robert Falcon Scott", "gelashvili": "Otar Gelashvili", "huntford": "Roland Huntford", "bell": "Hannah Bell",
    "reid": "Callum Reid", "lee": "Maria Lee", "wilson": "Edward Wilson", "dvali": "Ketevan Dvali", "ernst": "Joni Ernst",
    "johansen": "Hjalmar Johansen", "nazarova": "Olga Nazarova", "hussein": "Amir Hussein",
    "weiss": "Karl Weiss", "salim": "Omar Salim",
}  # fmt: skip
BODIES = {
    "twitter": ("Twitter",), "facebook": ("Facebook",), "theranos": ("Theranos",), "swan": ("Swan Club",),
    "tepco": ("TEPCO", "東京電力"), "gazette": ("The Gazette", "Вестник"), "rt": ("RT",), "users": ("Users", "ユーザーの会"),
    "start-up": ("the start-up",),
}  # fmt: skip
ACTORS = {key: Actor(key, name, "person") for key, name in PEOPLE.items()} | {
    key: Actor(key, name, "organization", tuple(aliases)) for key, (name, *aliases) in BODIES.items()
}
NAMES = NameTable(ACTORS)

NAMED = [
    ("ru", "Когда закрыли Твиттер?", "twitter"),
    ("ru", "реклама Твиттера", "twitter"),
    ("ru", "что сказал Маккейн", "mccain"),
    ("ru", "речь Маккейна", "mccain"),
    ("ru", "кто уволил Тиллерсона", "tillerson"),
    ("ru", "сколько получил Тейлор", "taylor"),
    ("ru", "дневник уилсона", "wilson"),
    ("ru", "телеграмма скотту", "scott"),
    ("ru", "письмо Назаровой", "nazarova"),
    ("ru", "о чем писал Вестник", "gazette"),
    ("ru", "статья Вестника", "gazette"),
    ("uk", "що сказав Амундсен її", "amundsen"),
    ("uk", "скільки заплатили Фейсбуку", "facebook"),
    ("el", "πότε έκλεισε το Τουίτερ;", "twitter"),
    ("el", "τι είπε ο Σκοτ", "scott"),
    ("ja", "ツイッターはいつ禁止された？", "twitter"),
    ("ja", "マケインは何と言った？", "mccain"),
    ("ja", "フェイスブックの広告費", "facebook"),
    ("ja", "なんでスコットは外したの", "scott"),
    ("ja", "アムンゼンの船", "amundsen"),
    ("ja", "ヨハンセンはどこ", "johansen"),
    ("ja", "セラノスの検査", "theranos"),
    ("ja", "東京電力はいつ謝罪した", "tepco"),
    ("ja", "ユーザーの会の人数", "users"),
    ("ko", "트위터는 언제 금지했어", "twitter"),
    ("ko", "매케인이 뭐라고 했어", "mccain"),
    ("ko", "페이스북의 광고", "facebook"),
    ("ko", "드발리 수술", "dvali"),
    ("ko", "스콧은 며칠 차이로", "scott"),
    ("ar", "متى حظر تويتر الإعلانات", "twitter"),
    ("ar", "ماذا قال ماكين", "mccain"),
    ("ar", "إعلانات فيسبوك", "facebook"),
    ("ar", "ماذا قالت إيرنست", "ernst"),
    ("ar", "امتى وصل امندسن", "amundsen"),
    ("hi", "ट्विटर ने कब रोका", "twitter"),
    ("hi", "मैकेन ने क्या कहा", "mccain"),
    ("hi", "फेसबुक का विज्ञापन", "facebook"),
    ("hi", "हंटफोर्ड की किताब", "huntford"),
    ("hi", "स्कॉट की टीम", "scott"),
    ("tr", "Facebook'un reklamları", "facebook"),
    ("tr", "scott’ın günlüğü", "scott"),
    ("tr", "amundsenin gemisi", "amundsen"),
    ("tr", "reid'e ne dediler", "reid"),
    ("pl", "testy Theranosa", "theranos"),
    ("pl", "książka Huntforda", "huntford"),
    ("pl", "ile zarabiał Gelaszwili", "gelashvili"),
    ("pl", "spór z Amundsenem", "amundsen"),
    ("de", "Amundsens Schiff", "amundsen"),
    ("de", "wann sang Gelaschwili", "gelashvili"),
    ("fr", "le navire d'Amundsen", "amundsen"),
    ("it", "il discorso dell'Amundsen", "amundsen"),
    ("sv", "när kom Amundsens skepp", "amundsen"),
    ("en", "what did Маккейн say", "mccain"),
]
NOT_NAMED = [
    ("ru", "она была там"),  # Bell
    ("ru", "он был там"),
    ("ru", "пошли белые"),
    ("ru", "первый ряд"),  # Reid
    ("ru", "я рад"),
    ("ru", "в каком году роды"),
    ("ru", "весь день"),  # Weiss
    ("ru", "вес лодки"),
    ("ru", "имя хозяина"),  # Hussein
    ("ru", "знает ли она"),  # Lee
    ("ru", "полный рот"),  # RT
    ("ru", "что сказал Тиллер"),  # Taylor
    ("ru", "что сказал Тайлер"),
    ("ru", "что сказал Тилль"),
    ("ru", "что сказал Маркин"),  # McCain
    ("ru", "что сказал Макаров"),
    ("ru", "играет в скат"),  # Scott
    ("ru", "что сказал Шмидт"),
    ("ru", "твит президента"),  # Twitter
    ("ru", "кто такой Нельсон"),  # Wilson
    ("ru", "что сказал Назаров"),  # Nazarova is a woman
    ("ja", "マッケンジーは何と言った"),
    ("ja", "キャメロンは誰"),
    ("ja", "ツイートの数"),
    ("ja", "スカートの色"),
    ("ja", "テイスティング"),
    ("ja", "東京の電力"),
    ("ko", "언제야"),
    ("ko", "그 사람 누구"),  # Salim
    ("ko", "별을 봤어"),  # Bell
    ("ko", "케이블 회사"),
    ("ko", "맥도날드 광고"),
    ("ar", "متى كان ذلك"),
    ("ar", "من قال ذلك"),
    ("ar", "كم كان عددهم"),
    ("ar", "سكت الرجل"),  # Scott
    ("hi", "कब और कहाँ"),
    ("hi", "कितने रुपये मिले"),
    ("hi", "सड़क की लंबाई"),
    ("hi", "मकान किसका था"),  # McCain
    ("tr", "bu sene"),
    ("tr", "bella kim"),
    ("pl", "ładna bela materiału"),
    ("pl", "kto ma rację"),
    ("de", "das Bellen der Hunde"),
    ("de", "er spielt Skat"),
    ("de", "die Schotten"),
    ("es", "la escota del barco"),
    ("fr", "le frère de Guillaume"),
    ("it", "la pasta scotta"),
    ("en", "the start-up in Москва"),
    ("en", "what did Шмидт say"),
]


def found(language: str, text: str) -> set[str]:
    """Return the actors whom a text calls by their names."""
    text = normalise(text)
    taken = NAMES.mentions([token.word for token in tokens(text)])
    mentions = taken + NAMES.foreign_mentions(text, None if language == "en" else language, taken)
    return {actor for mention in mentions if mention.by_name for actor in mention.actors}


@pytest.mark.parametrize(("language", "text", "actor"), NAMED)
def test_a_name_in_another_script_or_form_is_found(language: str, text: str, actor: str) -> None:
    assert found(language, text) == {actor}


@pytest.mark.parametrize(("language", "text"), NOT_NAMED)
def test_what_is_only_like_a_name_is_none(language: str, text: str) -> None:
    assert not found(language, text)
