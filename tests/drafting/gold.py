"""Two articles of ours with what is in them: every quotation by its first words, with who says it, and who speaks at all."""

from __future__ import annotations

RESERVOIR: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("We do not gamble", ("Elena Brandt",)),
    ("The water goes", ("Elena Brandt",)),
    ("may not withstand", ("Tollan Engineering",)),
    ("without delay", ("Tollan Engineering",)),
    ("I have been doing this", ("Marcus Ito",)),
    ("and I have never put", ("Marcus Ito",)),
    ("panic dressed up", ("Hollis Creek Anglers Association",)),
    ("They wanted this valley", ("Walter Gunn",)),
    ("Now they have their", ("Walter Gunn",)),
    ("There is no road", ("Lucy Amadi",)),
    ("better things to do", ("Lucy Amadi",)),
    ("the risk of doing nothing", ("Harold Pruitt",)),
    ("this is what it looks like", ("Rosa Delgado", "Bill Crane")),
    ("You get used to the sound", ("Irene Falk",)),
    ("When it stops", ("Irene Falk",)),
    ("I am not waiting", ("Tom Reyes",)),
    ("That is simply untrue", ("Abe Novak",)),
    ("The money was there", ("Abe Novak",)),
    ("A dam does not care", ("Marcus Ito",)),
    ("It breaks my heart", ("Walter Gunn",)),
    ("My father taught me", ("Walter Gunn",)),
    ("Ask me in a year", ("Lucy Amadi",)),
    ("at least three cheaper", ("Hollis Creek Anglers Association",)),
    ("If the judge says stop", ("Elena Brandt",)),
    ("Until then the valves", ("Elena Brandt",)),
)
RESERVOIR_SET_OFF = ("temporary",)
RESERVOIR_SPEAKING = frozenset(
    """Elena Brandt|Tollan Engineering|Marcus Ito|Hollis Creek Anglers Association|Walter Gunn|Lucy Amadi|Harold Pruitt
    |Department of Natural Resources|Rosa Delgado|Bill Crane|Irene Falk|Tom Reyes|Abe Novak""".replace("\n    ", "").split("|")
)

FERRY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("I wrote it down", ("Duncan Rae",)),
    ("The answer was always", ("Duncan Rae",)),
    ("at no time was any", ("Fiona Keld",)),
    ("a disappointed man", ("Fiona Keld",)),
    ("It is a plain question", ("Alastair Munro",)),
    ("I was told that", ("Priya Nair",)),
    ("I should have looked", ("Priya Nair",)),
    ("The captain did", ("Priya Nair",)),
    ("I never said repaired", ("Olav Berg",)),
    ("I said it had been", ("Olav Berg",)),
    ("fantasy", ("Fiona Keld",)),
    ("If Berg will not sail", ("Stuart Lyle",)),
    ("My God", ("A woman",)),
    ("They counted tickets", ("Morag Sinclair",)),
    ("There is one boat", ("Hamish Tulloch",)),
    ("You cannot boycott", ("Hamish Tulloch",)),
    ("appalled by what we", ("Joan Farrell",)),
    ("a disaster with a date", ("A spokesman for the seafarers’ union",)),
    ("They were laughed at", ("A spokesman for the seafarers’ union",)),
    ("Nobody is laughing", ("A spokesman for the seafarers’ union",)),
    ("You cannot inspect", ("Colin Baird",)),
    ("I will not have it", ("Duncan Rae",)),
    ("No,", ("Duncan Rae",)),
    ("I feel sick", ("Duncan Rae",)),
    ("That is a lie", ("Duncan Rae",)),
    ("and you know that", ("Duncan Rae",)),
    ("looks forward to", ("Her solicitor",)),
)
FERRY_SPEAKING = frozenset(
    """Duncan Rae|Northern Isles Ferries|Fiona Keld|Alastair Munro|Priya Nair|Olav Berg|Stuart Lyle|Morag Sinclair|Hamish Tulloch
    |Joan Farrell|Colin Baird|Edwin Marsh|Skerrow Islanders’ Association""".replace("\n    ", "").split("|")
)
