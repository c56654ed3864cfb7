"""Where a line of text may end: behind a word, and in Japanese and Chinese between any two characters, but for some signs.

No line begins with a closing sign or a small kana, and none ends with an opening sign (JIS X 4051, "kinsoku").
"""

from __future__ import annotations

import re

_CJK = "\u2e80-\u2fff\u3000-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff9f"
_NOT_FIRST = (
    r"\s、。，．・：；？！ー）］｝〉》」』】〕〗’”…‥々〻ゝゞヽヾ゛゜\u3099\u309a\ufe00-\ufe0f.,:;!?%)\]}»"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿ｡｣､･ｧ-ｯﾞﾟ"
)
_NOT_LAST = r"\s（［｛〈《「『【〔〖‘“(\[{«｢"
_BREAK = re.compile(rf"(?<=\s)|(?<![{_NOT_LAST}])(?![{_NOT_FIRST}])(?:(?<=[{_CJK}])|(?=[{_CJK}]))")


def pieces(text: str) -> list[str]:
    """Return a text, whose words are parted by single blanks, in pieces behind each of which a line may end."""
    return [piece for piece in _BREAK.split(text) if piece]
