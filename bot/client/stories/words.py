"""What Footnote says to moderators about story files, drafts of stories, what a story lacks, and lists of sources."""

from __future__ import annotations

from bot.drafting.proposal import StoryDraft
from bot.editing.report import Lack
from bot.presentation.languages import say, say_number
from bot.presentation.wording import listed

APPLY = "Apply"
APPLY_ANYWAY = "Apply anyway"
TOO_LARGE = (
    "The file is too large: {size}. A story file can have {most} here; a larger one is imported on the machine of the bot."
)
NOT_LOADED = "The file could not be fetched from Discord. Send it again."
NO_FACTS = (
    "The story “{title}” has no facts in this file, so there is nothing to answer from. Add an event, a quote or a claim to it. "
    "To take facts away, use /fact retract, or undo the import."
)
NOTHING_NEW = "Nothing would change: the file says what the facts say already."
NOT_STORED = "-# Nothing was stored. Mend the file and send it again."
ALL_FAULTS = "-# All of them are in the attached file."
LOOK_AGAIN = "**The facts were changed since you looked.** This is what the file would change now:"
NOTHING_YET = "-# Nothing is changed yet."
NO_QUESTIONS = "This story has no recorded questions. They come from its file, and from gaps that you answer."
TOO_LARGE_TO_SEND = "This story is too large to be sent on Discord. Whoever runs the bot can write it with footnote story export."
ALSO = "**Also**"
CHANGE_IT = "Change it in any text editor and bring it back with /story import."
WORSE_HINT = "-# Worse means: answered right now, and not any more."
MISSED = "- “{ask}”\n  got: {got}\n  expected: {expected}"


def fact_number(number: int) -> str:
    """Say how many facts there are."""
    return say_number(number, "{number} fact", "{number} facts")


DRAFT_NOT_STORED = "-# Nothing was stored. Look at every entry of the file, then bring it in with `/story import`."
NO_LINKS = "-# No link was opened: whoever runs the bot can have them checked with `footnote story report --check-links`."
NOTHING_LACKS = "Nothing is lacking."
ARTICLE_TOO_LARGE = "The article is too large: {size}. An article can have {most} here. Send its text alone."


def draft_found(draft: StoryDraft) -> str:
    """Say what a draft holds, and how much of it is uncertain."""
    quotes, claims, events = (draft.count(kind) for kind in ("quote", "claim", "event"))
    parts = (
        say_number(quotes, "{number} quote", "{number} quotes"),
        say_number(claims, "{number} claim", "{number} claims"),
        say_number(events, "{number} event", "{number} events"),
        say_number(len(draft.story.actors), "{number} actor", "{number} actors"),
        say_number(len(draft.story.questions), "{number} question", "{number} questions"),
    )
    lines = [say("I found {what}.", what=listed(parts))]
    if draft.unsure:
        lines.append(
            say_number(
                draft.unsure,
                "- {number} quote has no speaker beside it: look at it first",
                "- {number} quotes have no speaker beside them: look at these first",
            )
        )
    if draft.set_off:
        lines.append(
            say_number(
                len(draft.set_off),
                "- {number} piece in quotation marks left out; it is listed at the top of the file",
                "- {number} pieces in quotation marks left out; they are listed at the top of the file",
            )
        )
    return "\n".join(lines)


def lack_section(lack: Lack, number: int, common: str, *, again: bool) -> str:
    """Head the things that lack the same; ``common`` is what goes for all, ``again`` where they go on from the page before."""
    count = say("{number}, all {detail}", number=number, detail=common) if common else number
    return f"**{say(lack.value[0])}** ({count})" + (" …" if again else f"\n{say(lack.value[1])}")


NO_NEW_SOURCES = "Nothing would change: all of these sources are known already."
SOURCES_TOO_LARGE = "The file is too large: {size}. A list of sources can have {most} here; split it."
SOURCES_UNDO_HINT = "-# Undo takes all of them back. Cite them in /fact add, or choose one there in the option “source”."
KNOWN_SOURCES = "**Known already**"
LEFT_OUT = "**Left out, for these cannot be read**"
SAME = {
    "DOI": "- {title}: the same DOI as **{known}**",
    "address": "- {title}: the same address as **{known}**",
    "title and publisher": "- {title}: the same title and publisher as **{known}**",
}
