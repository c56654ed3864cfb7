"""How much of what the networks are trained on, in which order and from which seeds: all that a new training is determined by.

The steps are those that the card in README.md names; there they were taken in several sittings, while the corpus grew.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sitting:
    """A training of an encoder and its auxiliary judge, from its warming up to its end.

    Of the steps about hand-made stories the share ``facts`` is taken; a pass reads what the corpus has in other languages
    ``languages`` times; ``rounded`` reads with weights as they ship from the start.
    """

    seed: int
    steps: int
    facts: float = 1.0
    languages: int = 0
    rounded: bool = False


FIRST = Sitting(seed=11, steps=1955)
"""The first network, of questions and facts in English."""
JUDGE = Sitting(seed=5, steps=1992)
"""The judge of the first network, on the vectors of the encoder that ships."""
SECOND = Sitting(seed=11, steps=1687, facts=0.35)
"""The second network, in English."""
LANGUAGES = Sitting(seed=32, steps=1750, facts=0.35, languages=10, rounded=True)
"""The second network once it knows English, and its judge: two steps in three are about other languages."""
ADAPTER_FULL = Sitting(seed=5, steps=2000)
"""The adapter, taught by the first network alone and by which facts are near, in full precision."""
ADAPTER_ROUNDED = Sitting(seed=5, steps=900, rounded=True)
"""The adapter with weights rounded as they ship, taught by the first network's judge as well."""

ROUNDING_SEED = 3
"""Draws the texts for which weights are rounded."""
PIECES_SEED = 5
"""Draws the first weights and the order in the training of the network that judges pieces."""
