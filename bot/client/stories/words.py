"""What Footnote says to moderators about story files, drafts of stories, what a story lacks, and lists of sources."""

from __future__ import annotations

from bot.presentation.languages import with_commands
from bot.presentation.wording import counted

APPLY = "Apply"
APPLY_ANYWAY = "Apply anyway"
TOO_LARGE = (
    "The file is too large: {size}. A story file can have {most} here; a larger one is imported on the machine of the bot."
)
NOT_LOADED = "The file could not be fetched from Discord. Send it again."
BUSY = "Another story file is being read. Try again in a moment."
NO_FACTS = (
    "The story “{title}” has no facts in this file, so there is nothing to answer from. Add an event, a quote or a claim to it. "
    "To take facts away, use /fact retract, or undo the import."
)
NOTHING_NEW = "Nothing would change: the file says what the facts say already."
NOT_STORED = "-# Nothing was stored. Mend the file and send it again."
ALL_FAULTS = "-# All of them are in the attached file."
LOOK_AGAIN = "**The facts were changed since you looked.** This is what the file would change now:"
NOTHING_YET = "-# Nothing is changed yet."
UNDO_HINT = "-# Undo takes all of it back."
WHICH = "There are several stories here. Say which one in the option “story”."
NO_QUESTIONS = "This story has no recorded questions. They come from its file, and from gaps that you answer."
TOO_LARGE_TO_SEND = "This story is too large to be sent on Discord. Whoever runs the bot can write it with footnote story export."
ALSO = "**Also**"
CHANGE_IT = "Change it in any text editor and bring it back with /story import."
MORE_STORIES = "\n-# and more"
OTHER = "- its title, summary, language, order or recorded questions"
WORSE_HINT = "-# Worse means: answered right now, and not any more."


def more(number: int, one: str, many: str) -> str:
    """Say that a list goes on."""
    return f"-# and {counted(number, f'more {one}', f'more {many}')}"


def faults_title(name: str, number: int) -> str:
    """Head the faults of a file."""
    return f"### {name} has {counted(number, 'fault', 'faults')}"


def import_title(title: str, *, new: bool) -> str:
    """Head the preview of an import."""
    return f"### {'New story' if new else 'Change the story'}: {title}"


def imported(title: str) -> str:
    """Say that an import is done."""
    return f"### Imported: {title}"


def exported(title: str, form: str, name: str, undated: int) -> str:
    """Say what a file is that was exported, and what it has no place for."""
    lines = [f"### {title}", with_commands(CHANGE_IT) if form == "story" else f"-# {name}"]
    return "\n".join(
        [*lines, *([f"-# Without a date, and so not in it: {counted(undated, 'fact', 'facts')}."] if undated else [])]
    )


def section(number: int, what: str) -> str:
    """Head the facts that are added, revised or retracted."""
    return f"**{counted(number, 'fact', 'facts')} {what}**"


def lost(number: int) -> str:
    """Head the recorded questions that a story would lose."""
    one = number == 1
    return f"**⚠️ The file lacks {'a recorded question' if one else f'{number} recorded questions'}**, which would be lost"


def others(actors: int, sources: int) -> list[str]:
    """Say how many actors and sources change."""
    parts = ((actors, "actor", "actors"), (sources, "source", "sources"))
    return [f"- {counted(number, one, many)} changed or added" for number, one, many in parts if number]


def story_line(title: str, name: str, facts: int, channels: str) -> str:
    """Say of one story how many facts it has and which channels speak of it."""
    return f"**{title}**\n-# {name} · {counted(facts, 'fact', 'facts')}{f' · {channels}' if channels else ''}"


def checked(right: int, whole: int) -> str:
    """Say how many recorded questions are answered as expected."""
    return f"{right} of {counted(whole, 'recorded question', 'recorded questions')} are answered as expected"


DRAFT_NOT_STORED = "-# Nothing was stored. Look at every entry of the file, then bring it in with `/story import`."
NO_LINKS = "-# No link was opened: whoever runs the bot can have them checked with `footnote story report --check-links`."
NOTHING_LACKS = "Nothing is lacking."
ARTICLE_TOO_LARGE = "The article is too large: {size}. An article can have {most} here. Send its text alone."
PREVIOUS, NEXT = "Previous", "Next"


def draft_title(title: str) -> str:
    """Head a draft."""
    return f"### Draft: {title}"


def draft_found(what: str, guessed: int, set_off: int) -> str:
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


def lack_section(title: str, number: int, mend: str, common: str, *, again: bool) -> str:
    """Head the things that lack the same; ``common`` is what goes for all, ``again`` where they go on from the page before."""
    return f"**{title}** ({number}{f', all {common}' if common else ''})" + (" …" if again else f"\n{mend}")


def report_page(number: int, pages: int) -> str:
    """Say which page this is."""
    return f"-# Page {number + 1} of {pages}"


APPLY_SOURCES = "Apply"
NO_NEW_SOURCES = "Nothing would change: all of these sources are known already."
SOURCES_TOO_LARGE = "The file is too large: {size}. A list of sources can have {most} here; split it."
NO_SOURCES_YET = "-# Nothing is changed yet."
SOURCES_UNDO_HINT = "-# Undo takes all of them back. Cite them in /fact add, or choose one there under “source”."
KNOWN_SOURCES = "**Known already**"
LEFT_OUT = "**Left out, for these cannot be read**"


def sources_title(number: int, story: str) -> str:
    """Head the preview of an import; the story's title is escaped already."""
    return f"### Add {counted(number, 'source', 'sources')} to {story}"


def sources_imported(number: int, story: str) -> str:
    """Say that an import is done."""
    return f"### Added {counted(number, 'source', 'sources')} to {story}"


def known_source(title: str, same_as: str, by: str) -> str:
    """Say of a source which one is the same, and by what that was seen."""
    return f"- {title}: the same {by} as **{same_as}**"
