"""Numbers and units, as two texts are compared by them.

Forty-two million, 42 million and 42,000,000 are the same number; five days are not five weeks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

SMALL_NUMBERS = {
    name: number
    for number, name in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
        " nineteen".split()
    )
}
TENS = {name: 10 * number for number, name in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
UP_TO_TEN = frozenset(name for name, number in SMALL_NUMBERS.items() if 1 <= number <= 10)
"""The words from one to ten, as a text puts them before a noun."""

CURRENCIES = "$€£¥₽₹₩₺₴₪¢"
SIGNS = "<>≤≥~≈±+−–-"
"""What may stand before a figure and is a part of it; both dashes are read as a minus."""
_FIGURE = re.compile(rf"(?P<sign>[{SIGNS}]*[{CURRENCIES}]?)(?P<digits>\d+(?:\.\d+)?)")
_WRITTEN = re.compile(
    rf"(?P<sign>[{SIGNS}]?)(?P<before>[{CURRENCIES}]?)(?P<digits>\d*(?P<part>[¼½¾⅓⅔⅛⅜⅝⅞])|\d+(?:[.,:/]\d+)*)"
    rf"(?P<scale>mn|bn|tn|m|k)?(?P<behind>[{CURRENCIES}]?)(?P<rest>.*)"
)
_SUFFIXES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_FRACTIONS = {
    "1/2": "half", "0.5": "half", "½": "half", "1/4": "quarter", "¼": "quarter", "1/3": "third", "⅓": "third",
    "⅔": "2/3", "¾": "3/4", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8",
}  # fmt: skip
_PARTS = {"thirds": 3, "quarters": 4, "fifths": 5, "sixths": 6, "eighths": 8, "tenths": 10}
CURRENCY_SIGNS = {
    word: sign
    for words, sign in (("euro euros", "€"), ("dollar dollars", "$"), ("pound pounds", "£"), ("yen", "¥"), ("rupee rupees", "₹"))
    for word in words.split()
}
"""The sign of a currency, by the words that name it; some currencies have none."""
_MEASURES = {
    name: unit
    for unit, names in enumerate(
        group.split("/")
        for group in """second/seconds/sec/secs minute/minutes/min/mins hour/hours/hr/hrs day/days week/weeks fortnight/fortnights
        month/months year/years decade/decades century/centuries
        millimetre/millimetres/millimeter/millimeters/mm centimetre/centimetres/centimeter/centimeters/cm
        metre/metres/meter/meters kilometre/kilometres/kilometer/kilometers/km mile/miles yard/yards foot/feet/ft inch/inches
        knot/knots mph kph
        gram/grams/gramme/grammes kilo/kilos/kilogram/kilograms/kg tonne/tonnes ton/tons ounce/ounces/oz stone lb/lbs
        litre/litres/liter/liters millilitre/millilitres/milliliter/milliliters/ml gallon/gallons pint/pints barrel/barrels
        acre/acres hectare/hectares celsius/centigrade fahrenheit kelvin
        watt/watts kilowatt/kilowatts/kw megawatt/megawatts/mw gigawatt/gigawatts/gw
        kilobyte/kilobytes/kb megabyte/megabytes/mb gigabyte/gigabytes/gb terabyte/terabytes/tb
        percent percentage
        dollar/dollars euro/euros pound/pounds crown/crowns rouble/roubles/ruble/rubles yen yuan franc/francs rupee/rupees
        peso/pesos krona/kronor krone/kroner lira real/reais zloty/zlotys hryvnia/hryvnias
        cent/cents penny/pennies/pence""".split()
    )
    for name in names
}
_SHORT_MEASURES = frozenset("sec secs min mins hr hrs mm cm km ft kg oz lb lbs ml kw mw gw kb mb gb tb".split())


def without_commas(figures: str) -> str:
    """Return figures without the commas between thousands."""
    return re.sub(r"(?<=\d),(?=\d{3}(?:\D|$))", "", figures)


def figure(written: str) -> str:
    """Return a figure as it is compared: its sign and its currency before it, £3m as £3000000, ½ as half, 2½ as 2.5.

    An m without a currency may be metres and stays.
    """
    plain = "".join(written.casefold().split())
    match = _WRITTEN.fullmatch(plain)
    if match is None:
        return plain
    digits = without_commas(match["digits"])
    sign = match["sign"].replace("−", "-").replace("–", "-")
    money = match["before"] or match["behind"]
    if not (sign or money or match["scale"] or match["rest"]) and digits in _FRACTIONS:
        return _FRACTIONS[digits]
    if match["part"]:
        whole = Decimal(digits[:-1] or 0) + round(Decimal(unicodedata.numeric(match["part"])), 3)
        digits = f"{whole.normalize():f}"
    scale = match["scale"] or ""
    if scale and (money or scale not in ("m", "mn")) and re.fullmatch(r"\d+(?:\.\d+)?", digits):
        digits, scale = f"{(Decimal(digits) * _SUFFIXES[scale]).normalize():f}", ""
    return f"{sign}{money}{digits}{scale}{match['rest']}"


def number_at(words: Sequence[str], index: int) -> tuple[str, int] | None:
    """Return the number that begins at a word, in figures, and how many words it takes; None where none begins.

    ``words`` are in lower case, figures without signs between thousands. ``hundred`` by itself is 100.
    """
    figures = _FIGURE.fullmatch(words[index])
    if figures:
        value, end = Decimal(figures["digits"]), index + 1
    else:
        small = _below_thousand(words, index)
        if small is None:
            return None
        value, end = Decimal(small[0]), small[1]
    if words[end : end + 2] == ["and", "a"] and words[end + 2 : end + 3] in (["half"], ["quarter"]):
        value, end = value + (Decimal("0.5") if words[end + 2] == "half" else Decimal("0.25")), end + 3
    total = Decimal(0)
    last = 10**15
    while end < len(words) and words[end] in SCALES and SCALES[words[end]] < last:
        last = SCALES[words[end]]
        total, value, end = total + value * last, Decimal(0), end + 1
        following = end + (end + 1 < len(words) and words[end] == "and")
        more = _below_thousand(words, following) if following < len(words) and not figures else None
        if more is None:
            break
        value, end = Decimal(more[0]), more[1]
    sign = figures["sign"] if figures else ""
    return f"{sign}{(total + value).normalize():f}", end - index


def numbers_in(words: Sequence[str]) -> list[tuple[int, str]]:
    """Return the numbers of a text in figures, each with the place of its first word; "one" by itself is hardly a number."""
    plain = [without_commas(word) for word in words]
    numbers, index = [], 0
    while index < len(plain):
        figures, length = number_at(plain, index) or ("", 1)
        if figures and (plain[index], length) != ("one", 1):
            numbers.append((index, figures))
        index += length
    return numbers


def fraction_at(words: Sequence[str], index: int) -> str | None:
    """Return the fraction that begins at a word, in figures: two thirds as 2/3; None where none begins."""
    whole = SMALL_NUMBERS.get(words[index], 0)
    part = _PARTS.get(words[index + 1], 0) if index + 1 < len(words) else 0
    return f"{whole}/{part}" if 1 < whole < part else None


def _below_thousand(words: Sequence[str], index: int) -> tuple[int, int] | None:
    """Return a number in words up to "ninety-nine hundred", and the place behind it."""
    small = _below_hundred(words, index)
    if small is None:
        return (100, index + 1) if words[index] == "hundred" else None
    value, end = small
    if end < len(words) and words[end] == "hundred":
        value, end = value * 100, end + 1
        following = end + (end + 1 < len(words) and words[end] == "and")
        more = _below_hundred(words, following) if following < len(words) else None
        if more is not None:
            value, end = value + more[0], more[1]
    return value, end


def _below_hundred(words: Sequence[str], index: int) -> tuple[int, int] | None:
    word = words[index]
    if word in SMALL_NUMBERS:
        return SMALL_NUMBERS[word], index + 1
    if word not in TENS:
        return None
    following = words[index + 1] if index + 1 < len(words) else ""
    unit = SMALL_NUMBERS.get(following, 0)
    return (TENS[word] + unit, index + 2) if 0 < unit < 10 else (TENS[word], index + 1)


def unit_of(word: str) -> int | None:
    """Return which unit a word names, alike in singular and plural and abbreviated; None for no unit."""
    return _MEASURES.get(word.rstrip("'").removesuffix("'s"))


def same_abbreviated(one: str, other: str) -> bool:
    """Return whether two words are the same unit or number, one of them abbreviated: km and kilometres, 2m and 2000000.

    An m by itself might be metres, so that only the other figure tells that it stands for million.
    """
    if _SHORT_MEASURES & {one, other}:
        return unit_of(one) is not None and unit_of(one) == unit_of(other)
    short, written = (one, other) if one.endswith("m") else (other, one)
    match = re.fullmatch(r"(\d+(?:\.\d+)?)mn?", short)
    return match is not None and f"{(Decimal(match[1]) * SCALES['million']).normalize():f}" == written
