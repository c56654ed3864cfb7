"""Units of measure: five days are not five weeks, though the number is the same."""

from __future__ import annotations

from collections.abc import Sequence

from bot.checking.alignment import Step

_UNITS = {
    name: unit
    for unit, names in enumerate(
        each.split("/")
        for each in """second/seconds/sec/secs minute/minutes/min/mins hour/hours/hr/hrs day/days week/weeks fortnight/fortnights
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


_ABBREVIATIONS = frozenset("sec secs min mins hr hrs mm cm km ft kg oz lb lbs ml kw mw gw kb mb gb tb".split())


def unit_of(word: str) -> int | None:
    """Return which unit a word names, alike in singular and plural and abbreviated; None for no unit."""
    return _UNITS.get(word.rstrip("'").removesuffix("'s"))


def is_abbreviated(one: str, other: str) -> bool:
    """Tell whether two words are the same unit, one of them abbreviated: km and kilometres."""
    return bool(_ABBREVIATIONS & {one, other}) and unit_of(one) is not None and unit_of(one) == unit_of(other)


def unit_changes(steps: Sequence[Step]) -> tuple[tuple[str, str], ...]:
    """Return units that changed, or that a number lost or gained: as recorded and as quoted, "" for none.

    A number that both have before the unit is told with it.
    """
    found = []
    for place, step in enumerate(steps):
        number = _number_before(steps, place)
        recorded, quoted = step.recorded, step.quoted
        if step.kind == "changed" and recorded and quoted:
            units = unit_of(recorded.key), unit_of(quoted.key)
            if None not in units and units[0] != units[1]:
                found.append((f"{number} {recorded.text}".strip(), f"{number} {quoted.text}".strip()))
        elif step.kind == "cut" and recorded and number and unit_of(recorded.key) is not None:
            found.append((f"{number} {recorded.text}", number))
        elif step.kind == "added" and quoted and number and unit_of(quoted.key) is not None:
            found.append((number, f"{number} {quoted.text}"))
    return tuple(found)


def _number_before(steps: Sequence[Step], place: int) -> str:
    before = steps[place - 1] if place else None
    return before.recorded.text if before and before.kind == "same" and before.recorded and before.recorded.counts else ""
