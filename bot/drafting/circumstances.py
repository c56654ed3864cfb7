"""How, where and of whom a quotation was said."""

from __future__ import annotations

import re

from bot.drafting.entities import EntityIndex
from bot.english.attribution import AttributedQuote
from bot.english.name_runs import name_runs
from bot.english.sentences import Entity
from bot.english.tokens import sentences, tokens_of

_OCCASION = re.compile(
    r"\b(?:[Ii]n|[Oo]n|[Aa]t|[Dd]uring|[Tt]hrough) (?:a|an|the|his|her|its|their) (?P<what>(?:[\w-]+ ){0,3}?"
    r"(?:statement|tweet|post|interview|press conference|news conference|conference|letter|speech|email|memo|report|hearing"
    r"|podcast|briefing|message|filing|video|meeting|lecture|sermon|debate|rally|programme|newsletter|blog(?! post))\b"
    r"(?: (?:on|to|with) (?:the )?(?!\w+day\b)[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,3})?)"
)
_REACH = 200  # characters before a quotation within which it is told


def context_of(quote: AttributedQuote) -> str | None:
    """Return where or how it was said, such as ``statement on Facebook`` or ``to AFP``."""
    sentence = quote.sentence
    items, text = sentence.items, sentence.paragraph.text
    start, end = items[quote.place].start, items[quote.place].end
    found = list(_OCCASION.finditer(text[max(items[0].start, start - _REACH) : start]))
    if not found and quote.verb is not None and quote.verb > quote.place:
        found = list(_OCCASION.finditer(text[end : min(items[-1].end, end + _REACH)]))[:1]
    if found:
        return found[-1]["what"]
    if quote.verb is None or sentence.items[quote.verb].lower not in ("told", "tells"):
        return None
    hearer = next((item for item in sentence.items[quote.verb + 1 : quote.verb + 6] if item.kind in ("name", "quote")), None)
    named = hearer is not None and hearer.entity is not None and hearer.entity.kind == "outlet"
    return f"to {hearer.text}" if hearer is not None and named else None


def about_of(quote: AttributedQuote, index: EntityIndex) -> tuple[Entity, ...]:
    """Return of whom a quotation speaks: those named in it, and what it is said to be about right before it."""
    inside = [index.entity_of(run) for tokens in sentences(tokens_of(quote.text)) for run in name_runs(tokens)]
    called = quote.sentence.entities(quote.verb + 1, quote.place) if quote.verb is not None and quote.verb < quote.place else ()
    hearer = quote.sentence.items[quote.verb].lower in ("told", "tells", "asked") if quote.verb is not None else False
    found = [*(each for each in inside if each is not None), *(() if hearer else called)]
    return tuple(dict.fromkeys(found))
