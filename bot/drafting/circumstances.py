"""How and where something was said, and of whom, as far as its sentence tells."""

from __future__ import annotations

import re

from bot.drafting.cast import Cast, Member
from bot.drafting.runs import runs_in
from bot.drafting.speaking import Said
from bot.english.tokens import sentences, tokens_of

_OCCASION = re.compile(
    r"\b(?:[Ii]n|[Oo]n|[Aa]t|[Dd]uring|[Tt]hrough) (?:a|an|the|his|her|its|their) (?P<what>(?:[\w-]+ ){0,3}?"
    r"(?:statement|tweet|post|interview|press conference|news conference|conference|letter|speech|email|memo|report|hearing"
    r"|podcast|briefing|message|filing|video|meeting|lecture|sermon|debate|rally|programme|newsletter|blog(?! post))\b"
    r"(?: (?:on|to|with) (?:the )?(?!\w+day\b)[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,3})?)"
)
_REACH = 200


def context_of(said: Said) -> str | None:
    """Return where or how it was said, such as ``statement on Facebook`` or ``to AFP``."""
    sentence = said.sentence
    items, text = sentence.items, sentence.paragraph.text
    start, end = items[said.place].start, items[said.place].end
    found = list(_OCCASION.finditer(text[max(items[0].start, start - _REACH) : start]))
    if not found and said.verb is not None and said.verb > said.place:
        found = list(_OCCASION.finditer(text[end : min(items[-1].end, end + _REACH)]))[:1]
    if found:
        return found[-1]["what"]
    if said.verb is None or sentence.items[said.verb].lower not in ("told", "tells"):
        return None
    hearer = next((item for item in sentence.items[said.verb + 1 : said.verb + 6] if item.kind in ("name", "quote")), None)
    named = hearer is not None and hearer.member is not None and hearer.member.kind == "outlet"
    return f"to {hearer.text}" if hearer is not None and named else None


def about_of(said: Said, cast: Cast) -> tuple[Member, ...]:
    """Return of whom a quotation speaks: those named in it, and what it is said to be about right before it."""
    inside = [cast.of(run) for tokens in sentences(tokens_of(said.text)) for run in runs_in(tokens)]
    called = said.sentence.members(said.verb + 1, said.place) if said.verb is not None and said.verb < said.place else ()
    hearer = said.sentence.items[said.verb].lower in ("told", "tells", "asked") if said.verb is not None else False
    found = [*(each for each in inside if each is not None), *(() if hearer else called)]
    return tuple(dict.fromkeys(found))
