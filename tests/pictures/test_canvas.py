from __future__ import annotations

import pytest

from bot.pictures.canvas import THEMES
from tests.pictures.reading import contrast


@pytest.mark.parametrize("name", THEMES)
def test_every_word_and_mark_stands_out_from_its_ground(name: str) -> None:
    theme = THEMES[name]
    for colour in (theme.ink, theme.soft, *theme.kinds.values()):
        assert contrast(colour, theme.ground) >= 4.5, colour


def test_a_picture_has_a_ground_of_its_own_in_both() -> None:
    assert contrast(THEMES["dark"].ground, THEMES["light"].ground) > 10
