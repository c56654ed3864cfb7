"""``python -m data.guide.fonts FOLDER``: cut the fonts of pictures for scripts that DejaVu lacks out of the whole Noto fonts.

The folder holds ``NotoSansCJK-Regular.ttc`` and ``-Bold.ttc`` (https://github.com/notofonts/noto-cjk), and
``NotoSansDevanagari[wdth,wght].ttf`` (https://github.com/notofonts/devanagari). Needs the extras ``test``, for fonttools, and
``lexicon``, for the commonest words.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import wordfreq
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from bot.resources import fonts_folder

_COMMONEST = 20_000  # Japanese words whose characters are kept; 5,000 have 8 that are not among the commonest of the standard
_WIDTH = 87.5  # per cent of Devanagari's usual width, as DejaVu Sans Condensed is
_WEIGHTS = {"Regular": 400, "Bold": 700}
_JAPANESE = 0  # the first font of the collection; the shapes of characters that several languages share are Japanese ones
_ROWS = {"euc_jp": (range(0xA1, 0xA6), range(0xB0, 0xD0)), "euc_kr": (range(0xB0, 0xC9),)}
"""The lead bytes of what is kept: signs and kana, and the first level of JIS X 0208; the Hangul of KS X 1001."""

_UPRIGHT = ("BASE", "GPOS", "GSUB", "VORG", "vhea", "vmtx")
"""What East Asian fonts have for upright lines, for kerning and for other shapes of characters, and what is a third of them."""

_DEVANAGARI = (*range(0x900, 0x980), *range(0x1CD0, 0x1D00), *range(0xA8E0, 0xA900), 0x200C, 0x200D, 0x25CC)


def _of_standards() -> Iterator[str]:
    """Yield the characters that the standards of Japan and Korea call common."""
    for encoding, leads in _ROWS.items():
        pairs = (bytes((lead, trail)) for rows in leads for lead in rows for trail in range(0xA1, 0xFF))
        yield from (char for pair in pairs for char in pair.decode(encoding, "ignore"))


def _east_asian() -> set[int]:
    written = {char for word in wordfreq.top_n_list("ja", _COMMONEST) for char in word if "\u4e00" <= char <= "\u9fff"}
    return {ord(char) for char in (" ", *_of_standards(), *written)}


def _cut(font: TTFont, kept: Iterable[int], file: Path, *, drop: Iterable[str] = ()) -> None:
    options = subset.Options(hinting=False, notdef_outline=True, layout_features=["*"])
    options.drop_tables += drop
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=kept)
    subsetter.subset(font)
    font.save(file)
    print(f"{file.name}: {len(font.getBestCmap())} characters, {file.stat().st_size:,} bytes")


def main(folder: Path) -> None:
    """Cut each font in both weights."""
    east_asian = _east_asian()
    for name, weight in _WEIGHTS.items():
        cjk = TTFont(folder / f"NotoSansCJK-{name}.ttc", fontNumber=_JAPANESE)
        _cut(cjk, east_asian, fonts_folder() / f"NotoSansCJK-{name}.otf", drop=_UPRIGHT)
        variable = TTFont(folder / "NotoSansDevanagari[wdth,wght].ttf")
        devanagari = instancer.instantiateVariableFont(variable, {"wght": weight, "wdth": _WIDTH})
        _cut(devanagari, (0x20, *_DEVANAGARI), fonts_folder() / f"NotoSansDevanagari-{name}.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
