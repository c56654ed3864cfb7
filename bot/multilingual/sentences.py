"""Where the sentences of a text in another language than English end: by sentencex, and by what it does not know of news.

In doubt two sentences stay one, for half a sentence says something else than the whole.

In: a paragraph, its quotations and its language. Out: places in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.english.quotation_marks import Span

_ABBREVIATIONS = {
    "de": "Abs Art Bd Dipl Dr Fr Frl Hr Hrn Ing Inh Jh Kap Mio Mrd Nr Prof Sr St Str Tel Ziff",
    "es": "Art Av Avda D Dª Dña Dr Dra Excmo Ing Lic Núm Pág Prof Sr Sra Srta St Ud",
    "fr": "Art Av Bd Dr Éd M Me Mgr Mlle MM Mme N° P Pr Prof St Ste",
    "it": "Art Arch Avv Dott Dr Egr Ing Mons Num On Pag Prof S Sen Sig Sigg",
    "nl": "Art Blz Bijv Dhr Dr Drs Enz Ing Ir Mevr Mr Nr Prof St d.w.z o.a",
    "pl": "Al Art Dr Godz Inż Itp Mgr Mln Mld Np Nr Pkt Płk Prof Pl Ppłk Red Rys Str Św Tys Ul",
    "pt": "Art Av D Dr Dra Eng Exmo Nº Núm Pág Prof Profa R Sr Sra Srta",
    "ru": "акад г гг гл д др инж им кв кн корп млн млрд напр обл пер пл пос просп проф р руб рис с св см ст стр тел тыс ул",
    "tr": "Alb Av Bk Bul Cad Doç Dr Gen Hz Mah No Prof Sok Sn S vb vd vs",
    "uk": "акад вул г ім кв млн млрд напр обл пл проф р с св ст стор див тис",
    "ar": "أ د م ص ج ه ق ود",
    "hi": "डॉ प्रो श्री श्रीमती पृ सं कु ई पू",
}
"""Abbreviations behind which a sentence goes on, though a capital or a figure may follow."""

_ORDINALS = ("cs", "da", "de", "fi", "hr", "hu", "no", "pl", "sk", "sl", "tr")
_LAST_WORD = re.compile(r"(?P<word>[^\s(«„“\"‘'’]+)\.$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}$|^[^\W\d_]\.$")
_ORDINAL = re.compile(r"(?<![\d.,])\d{1,2}\.$")
_GOES_ON = re.compile(r"[—–\-,;:)\]]")
_ENDS = ".!?…。！？؟।"
_ELLIPSIS = re.compile(r"(?:…|\.{3})\s+(?=\S)")


def sentence_bounds(text: str, spans: Sequence[Span], language: str) -> tuple[tuple[int, int], ...]:
    """Return where the sentences of a paragraph begin and end, without the blanks between; none ends within a quotation."""
    code = language.partition("-")[0].lower()
    ends = sorted({end for end in _proposed(text, code) if _is_end(text, end, spans, code)} | {len(text)})
    bounds = []
    start = 0
    for end in ends:
        piece = text[start:end]
        first, last = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        if first < last:
            bounds.append((first, last))
        start = end
    return tuple(bounds)


def _proposed(text: str, language: str) -> Iterator[int]:
    """Yield where sentencex ends sentences, and where three dots may."""
    import sentencex  # an extension that takes a while to load, which English has no use for

    for boundary in sentencex.get_sentence_boundaries(language, text):
        yield int(boundary["end_index"])
    yield from (match.end() for match in _ELLIPSIS.finditer(text))


def _is_end(text: str, end: int, spans: Sequence[Span], language: str) -> bool:
    """Return whether a sentence ends where one was proposed, by what stands before and behind."""
    before, behind = text[:end].rstrip(), text[end:].lstrip()
    if not behind or any(span.whole[0] < len(before) < span.whole[1] for span in spans):
        return False
    if behind[0].islower() or _GOES_ON.match(behind):
        return False
    quotation = next((span for span in spans if span.whole[1] == len(before)), None)
    if quotation is not None:
        # What stands behind a quotation may say whose it is; only a capital shows that it does not go on.
        return text[quotation.start : quotation.end].rstrip()[-1:] in _ENDS and behind[0] != behind[0].lower()
    word = _LAST_WORD.search(before)
    return word is None or not _is_abbreviation(word, before, language)


def _is_abbreviation(word: re.Match[str], before: str, language: str) -> bool:
    known = {abbreviation.casefold() for abbreviation in _ABBREVIATIONS.get(language, "").split()}
    short = re.sub(r"^.*['’]", "", word["word"]).casefold()
    initials = _INITIALS.search(word.group()) is not None
    return short in known or initials or (language in _ORDINALS and _ORDINAL.search(before) is not None)
