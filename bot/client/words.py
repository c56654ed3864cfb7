"""What Footnote says to readers only on Discord; what it also says in a terminal is in `bot.presentation.wording`."""

from __future__ import annotations

from bot.facts.logbook import REASONS
from bot.facts.models import Citation
from bot.languages import say, say_filled, say_number
from bot.presentation.citation_numbers import LOCATORS
from bot.presentation.wording import SOURCES, page_number

PREVIOUS = "Previous"
NEXT = "Next"
WHY = "Why this answer?"
WHY_NOT = "Why no answer?"
DELETE = "Delete"
SHOW = "Show"
READ_ALL = "Read all"
QUESTION = "Question"
ALL = "All"
MORE = "More"
IN_THEIR_WORDS = "In their words"
CLAIMED = "Claimed"
AS_PICTURE = "As a picture"
LIGHT_PICTURE = "For a light screen"
DARK_PICTURE = "For a dark screen"
OVERVIEW = "All on one page"
SIDES = "What each side says"
KEEP = "Keep"
NEXT_CARD = "Next sentence"
SIDES_NOTE = "Each in their own words, with their own source; I do not weigh them against each other."

OR_LOOK_AROUND = "{how_to_ask} Or look around with `/timeline`, `/who` and `/sources`."
RETRACTED = "This fact was withdrawn."
CORRECTED_ANSWER = "**Corrected:** what this reply showed has since been changed."
WITHDRAWN_ANSWER = "**Withdrawn:** this is no longer an answer. Ask again to see what the facts say now."
ACCORDING_TO = "According to {names}:"
TOO_OLD = "This reply is too old for its buttons; ask again for a fresh one."

NO_STORY = "There is no story here yet. Bring one with /story import first."
WHICH_STORY = "### Which story do you mean?"
WHICH_OF_SEVERAL = "There are several stories here. Say which one in the option “story”."
SEVERAL_STORIES = "What you chose belongs to several stories. Choose everything from one story."
NOT_QUOTED = "Not quoted word for word in the facts I have; these are claims."

ONLY_ASKER = "Only the person who asked, or a moderator, can delete this reply."
CANNOT_READ = "I can read a reply only when it pings me: switch the @ on beside your reply, or mention me."
NOTHING_TO_READ = "That message has no text that I can read; pick one that asks a question in words."
COMMAND_CHANGED = (
    "This command has changed since your Discord loaded it; reload Discord (Ctrl+R, or close and reopen the app) and try again."
)
OTHER_VERSION = "This was sent by another version of me, and I can no longer read it. Ask again, or run the command again."
NO_FORM = "I had to open the facts here first, and that took too long for a form. Try again: it will open at once now."
NO_ROOM = "My disk is full, so nothing was changed. You can still ask; try your change again once my operator has made room."
LOCKED = "Another program is writing to the facts here, so nothing was changed. Try again in a moment."
NOT_SET_UP = "A part of me is missing or not set up, and my log says which. Ask again once my operator has fixed that."
UNUSABLE = (
    "The facts here cannot be used as they are. “footnote doctor” tells my operator what is wrong, and “footnote restore” "
    "brings back a backup."
)

NOW = "-# Read again just now, from the facts as they stand."

SHORT_HELP = """Ask me something about the story, for example:
-# {mention} {question}
`/help` shows everything I can do."""

NO_COMMAND = (
    "“{typed}” came to me as a message. To use a command, type / and choose it from the list that Discord shows: what is not "
    "in it is not available here. /help names the commands."
)

HELP = """### Ask me about the story
I answer from facts that people have checked, and cite where each one comes from. When the facts do not answer, I say so.

**Ask** by mentioning {mention}, by a direct message, by replying to one of my answers, or with `/ask`.
-# {mention} {question}

**Look around**
`/quote` what somebody said, word for word
`/check` whether a quotation is right; **Check quotes** in a message's menu
`/who` everything about a person or an organisation
`/timeline` what happened, day by day, also as a picture
`/network` who speaks about whom, and how often
`/sources` what all of this rests on
`/news` what is new since a day; `/follow` to be told of it, `/following` what you follow
**Answer this** in a message's menu (press and hold it, then Apps) answers what somebody else asked.

**Take part**
`/suggest` what you know, with its source, or an article
`/privacy` what I keep about you
**Yes** or **No** under an answer says whether it helped.

**Sources** under an answer shows the full references; under **More** are other facts, what each side says, and how I read it.
**Delete** takes my reply away, if you asked for it or are a moderator."""

HELP_MODERATORS = """**For moderators**
`/fact` one fact at a time, and taking changes back; **Add as fact** in a message's menu
`/source` `/actor` what is cited, and who is spoken of
`/article` read an article, so that its sentences answer; **Read this article** in a message's menu
`/story` whole stories, in and out; drafts from articles
`/feed` newspapers' feeds, whose articles are offered if they fit
`/review` what members suggest
`/gaps` questions without a good answer
`/keep` what was read in articles, sentence by sentence
`/audit` who changed what
`/status` how much is asked and answered, how fast, and how the facts are kept
`/setup` the first choices, step by step
`/settings` channels, roles, and how sure an answer must be"""

SOURCE_TYPES = {
    "article": "article",
    "article-journal": "journal article",
    "article-magazine": "magazine article",
    "article-newspaper": "newspaper article",
    "bill": "bill",
    "book": "book",
    "broadcast": "broadcast",
    "entry-encyclopedia": "encyclopedia entry",
    "hearing": "hearing",
    "interview": "interview",
    "legal_case": "court case",
    "legislation": "law",
    "personal_communication": "message",
    "post": "social media post",
    "post-weblog": "blog post",
    "press-release": "press release",
    "report": "report",
    "speech": "speech",
    "webpage": "web page",
}

OTHER_SOURCE_TYPES = {
    **{name: name for name in "chapter document manuscript map pamphlet patent performance periodical regulation".split()},
    **{name: name for name in "review software song standard thesis treaty".split()},
    "dataset": "data set",
    "entry-dictionary": "dictionary entry",
    "motion_picture": "film",
    "paper-conference": "conference paper",
    "review-book": "book review",
}
"""Further kinds of sources; a form does not offer them, for a list holds 25 at most."""

DID_IT_ANSWER = "Did this answer your question?"
YES = "Yes"
NO = "No"
TELL_ME = "Tell me when it is answered"

THANKS = "Thank you, that is good to know."
NOTED = "Thank you. The moderators will see the question, but not who asked it."
NOTED_AND_FOLLOW = f"{NOTED} Shall I tell you when there is a better answer?"
WITHOUT_WORDS = "That question has no words that I could note. Ask it again in words."
ENOUGH = "That is enough for now: the moderators need time to keep up. Try again in an hour."
FOLLOWED = (
    "I will send you a direct message when it is answered. Until then I remember who you are, for this alone; `/privacy` shows "
    "that and deletes it."
)

SOLVED = "### Your question is answered now\n-# You asked me to tell you, in {server}. I have forgotten that you did."
SOLVED_IN_CHANNEL = "### A question that was asked here is answered now"

CITE = "Cite"
COPY = "Press and hold the text to copy it, or use the button in its corner."
NO_STYLES = "Citation styles such as APA are not installed here. Choose another format, or ask whoever runs me to add them."
TOO_LONG = "That is too long for a message. Choose another format, or one of its sources."
GONE = "That source is no longer there. Open the sources again."


def unexpected(reference: str) -> str:
    """Say that something failed, with the reference under which the log has it."""
    return say("Something went wrong on my side, and it is in my log as {reference}. Please try again.", reference=reference)


def reason(stored: str) -> str:
    """Return a reason as it was typed; one that nobody typed, in the language that is spoken."""
    return say_filled(stored, REASONS)


def locator(citation: Citation) -> str:
    """Return a locator in a source, such as ``¶4`` or ``p. 12``; "" for the whole source."""
    if not citation.locator:
        return ""
    return say(LOCATORS.get(citation.label or "", f"{citation.label or 'at'} ")) + citation.locator


def source_type(name: str) -> str:
    """Say what kind of source it is."""
    named = SOURCE_TYPES | OTHER_SOURCE_TYPES
    return say(named.get(name, name.replace("-", " ").replace("_", " ")))


def page_foot(page: int, pages: int, *also: str) -> str:
    """Say in small print which page this is, and what ``also`` goes for all pages; "" if there is only one."""
    number = page_number(page, pages)
    return f"-# {', '.join([*number, *also])}" if number else ""


def left_out(number: int) -> str:
    """Say that facts were withdrawn since something was shown, and are left out; "" for none."""
    if not number:
        return ""
    return say_number(
        number,
        "-# {number} fact was withdrawn since, and is left out.",
        "-# {number} facts were withdrawn since, and are left out.",
    )


def more_sources(number: int, *, button: bool = False) -> str:
    """Say that there are more sources than are listed, and which ``button`` shows them."""
    if not button:
        return say_number(number, "-# and {number} more source", "-# and {number} more sources")
    return f"-# {say('and {number} more: press {button}', number=number, button=say(SOURCES))}"


def more_questions(number: int) -> str:
    """Say that there are more questions than are listed."""
    return say_number(number, "-# and {number} more question", "-# and {number} more questions")
