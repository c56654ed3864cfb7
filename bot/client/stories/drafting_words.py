"""What Footnote says to moderators about drafts of stories and about what a story lacks."""

from __future__ import annotations

from bot.presentation.wording import counted

NOT_STORED = "-# Nothing was stored. Look at every entry of the file, then bring it in with `/story import`."
NO_LINKS = "-# No link was opened: whoever runs the bot can have them checked with `footnote story report --check-links`."
NOTHING_LACKS = "Nothing is lacking."
TOO_LARGE = "The article is too large: {size}. An article can have {most} here. Send its text alone."
PREVIOUS, NEXT = "Previous", "Next"


def draft_title(title: str) -> str:
    """Head a draft."""
    return f"### Draft: {title}"


def found(what: str, guessed: int, set_off: int) -> str:
    """Say what a draft holds, and how much of it is uncertain."""
    lines = [f"I found {what}."]
    if guessed:
        lines.append(f"- {counted(guessed, 'quote has', 'quotes have')} no speaker beside it: look at these first")
    if set_off:
        lines.append(f"- {counted(set_off, 'word', 'words')} in quotation marks left out; they are listed at the top of the file")
    return "\n".join(lines)


def report_title(title: str, facts: int, sources: int) -> str:
    """Head the report on a story."""
    return f"### What is lacking: {title}\n{counted(facts, 'fact', 'facts')}, {counted(sources, 'source', 'sources')}"


def counted_lack(title: str, number: int) -> str:
    """Say how many things lack the same."""
    return f"- {title}: **{number}**"


def section(title: str, number: int, mend: str, common: str, *, again: bool) -> str:
    """Head the things that lack the same; ``common`` is what goes for all, ``again`` where they go on from the page before."""
    return f"**{title}** ({number}{f', all {common}' if common else ''})" + (" …" if again else f"\n{mend}")


def page(number: int, pages: int) -> str:
    """Say which page this is."""
    return f"-# Page {number + 1} of {pages}"
