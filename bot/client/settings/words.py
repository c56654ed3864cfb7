"""What Footnote says in `/settings`, about deleting all data of a server, and when it has left one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.errors import DateError
from bot.facts.dates import parse_date
from bot.facts.state.server_settings import CORRECTION_DAYS, QUESTION_DAYS, TIMEZONES, ServerSettings
from bot.languages import LANGUAGES, language, say, say_number
from bot.phrases import listed, separated
from bot.storage.deletion_marks import Deletion

TITLE = "### Settings of this server"
BACK = "Back"
SAVED = "-# Saved. It applies from now on."
SAME = "-# Nothing was changed: it was already chosen."

PAGES: Mapping[str, tuple[str, str]] = {
    "stories": ("Stories and channels", "Which channels speak of which story"),
    "listening": ("Listening channels", "Where I answer questions that nobody asked me, if I am sure"),
    "posts": ("Review and log channels", "Where suggestions and changes are shown"),
    "moderators": ("Moderators", "Who keeps the facts; only for managers of the server"),
    "answers": ("Answers", "How sure I must be, what may answer, and the language"),
    "articles": ("Articles and feeds", "What is read automatically, and what is offered first"),
    "limits": ("Times and limits", "How long questions are kept, and more"),
    "web": ("Stories on the web", "Which stories everybody can read on a site, and link to"),
    "data": ("Data of this server", "Delete everything; only for managers of the server"),
}

STORIES_HELP = (
    "A channel with a story answers from that one alone, and so do its threads. In all other channels every story is asked."
)
ONE_STORY = "There is one story here, so every channel speaks of it."
LISTENING_HELP = (
    "In a listening channel I answer a question that nobody asked me, but only when I am surer than usual."
    " Otherwise I say nothing."
)
LISTENING_OFF = (
    "**Listening is switched off on this bot.** Discord shows me messages that are not for me only with the *message content*"
    " intent, and my operator has not asked for it. To switch it on, the operator sets `listening = true` in `footnote.toml`,"
    " turns on *Message Content Intent* in the Developer Portal (Bot, Privileged Gateway Intents) and restarts me. You can "
    "already choose the channels."
)
POSTS_HELP = (
    "Suggestions go to the review channel to be approved. Every change to facts and settings is written to the log channel."
    " Without these channels, /review and /audit show them."
)
CANNOT_WRITE = "⚠ I may not write in {channel}. Give me *View Channel* and *Send Messages* there."
MODERATORS_HELP = (
    "With no role chosen, everybody who may manage messages keeps the facts. With roles, only members who have one of them do, "
    "even after a role was deleted; whoever may manage the server always can."
)
NOT_EVERYONE = (
    "The role that everybody has cannot say who keeps the facts, so nothing was changed. Choose other roles, or none: then "
    "everybody"
    " who may manage messages keeps them."
)
CHOOSE_ROLES = "Roles of the moderators"
ANSWERS_HELP = (
    "*Careful* leaves more questions unanswered and is wrong less often; *bold* answers more and is wrong more often. Sentences"
    " of articles that no moderator has checked answer only where no reviewed fact does, or not at all. The language is that of"
    " my own words; facts stay as they were written."
)
ARTICLES_HELP = (
    "`/feed` follows feeds. An article that was read from a link is read again once a week, for eight weeks: what changed, and"
    " which facts cite what is gone, is said in the log channel."
)
LIMITS_HELP = (
    "Questions without a good answer are kept for `/gaps`, without names."
    " When a fact is corrected, so are my replies that cite it. By the clock of the time zone, nobody is told at night of what "
    "they follow, and what is told once a day is told in the morning."
)

LISTED_SETTINGS: Mapping[str, str] = {
    "sureness": "How sure I must be",
    "language": "Language",
    "question_days": "How long questions are kept",
    "correction_days": "Correcting my replies",
    "suggestions_a_day": "Suggestions",
    "two_moderators": "Facts about people",
    "only_reviewed": "What may answer",
    "read_feeds": "Articles of feeds",
    "reread_articles": "Articles that change",
    "timezone": "Time zone",
}
"""The settings that are chosen from a list, with the text of the list before anything is chosen."""

NAMES: Mapping[str, str] = {
    "channels": "Stories",
    "listening": "Listening",
    "review_channel": "Review channel",
    "log_channel": "Log channel",
    "moderator_roles": "Moderators",
    "two_moderators": "Facts about people",
    "sureness": "How sure",
    "only_reviewed": "What may answer",
    "read_feeds": "Articles of feeds",
    "reread_articles": "Articles that change",
    "language": "Language",
    "question_days": "Questions",
    "correction_days": "Corrections",
    "suggestions_a_day": "Suggestions",
    "timezone": "Time zone",
    "published_stories": "On the web",
}
_MAX_LISTED = 10


def options(name: str) -> tuple[tuple[object, str, str], ...]:
    """Return what can be chosen for a setting: the value, its name, and what it means."""
    if name == "sureness":
        return (
            ("careful", say("Careful"), say("Answers only where the facts fit very well")),
            ("usual", say("Usual"), say("The setting that measured best")),
            ("bold", say("Bold"), say("Answers also where the facts fit less well")),
        )
    if name == "language":
        return tuple((code, called, "") for code, called in LANGUAGES.items())
    if name == "timezone":
        return tuple((zone, zone.replace("_", " "), "") for zone in TIMEZONES)
    if name == "two_moderators":
        return (False, say("One moderator is enough"), ""), (True, say("Two must agree about people"), "")
    if name == "only_reviewed":
        return (
            (False, say("Articles answer, too"), say("Where no reviewed fact answers, sentences of articles do, marked as such")),
            (True, say("Only reviewed facts answer"), say("Nothing that no moderator has checked")),
        )
    if name == "read_feeds":
        return (
            (False, say("Offer them"), say("In the log channel, where a moderator reads or ignores each")),
            (True, say("Read them at once"), say("Each that fits the story; what was read can be taken back")),
        )
    if name == "reread_articles":
        return (
            (True, say("Read again from their links"), say("Once a week, for eight weeks")),
            (False, say("Not read again automatically"), say("No page is fetched unless somebody asks for it")),
        )
    if name == "question_days":
        return tuple(
            (days, say_number(days, "Keep questions for {number} day", "Keep questions for {number} days"), "")
            for days in QUESTION_DAYS
        )
    if name == "correction_days":
        return (
            (0, say("Leave my replies as they are"), say("Nothing is corrected where it stands")),
            *(
                (days, say_number(days, "Correct my replies for {number} day", "Correct my replies for {number} days"), "")
                for days in CORRECTION_DAYS
                if days
            ),
        )
    return (
        (0, say("No suggestions from members"), ""),
        *(
            (number, say_number(number, "{number} suggestion a day per member", "{number} suggestions a day per member"), "")
            for number in (1, 3, 5, 10, 25, 100)
        ),
    )


def line(name: str, settings: ServerSettings, titles: Mapping[str, str], *, listens: bool) -> str:
    """Say how one setting stands; ``titles`` are the titles of stories by id, safe to show."""
    value = getattr(settings, name)
    if name == "channels":
        by_story: dict[str, list[str]] = {}
        for channel, story in settings.channels.items():
            by_story.setdefault(story, []).append(channel)
        spoken = [
            say("{story} in {channels}", story=titles[story], channels=_channels(channels))
            for story, channels in by_story.items()
            if story in titles
        ]
        shown = separated(spoken) or say("all of them in every channel")
    elif name == "listening":
        off = "" if listens or not value else f" {say('(switched off on this bot)')}"
        shown = (_channels(map(str, value)) or say("nowhere")) + off
    elif name == "published_stories":
        shown = listed([titles[story] for story in value if story in titles]) or say("nothing")
    elif name in ("review_channel", "log_channel"):
        shown = f"<#{value}>" if value else say("none")
    elif name == "moderator_roles":
        shown = _some([f"<@&{role}>" for role in value]) or say("who may manage messages")
    else:
        labels = (label for choice, label, _ in options(name) if choice == value and type(choice) is type(value))
        shown = next(labels, str(value))
    return say("**{name}:** {value}", name=say(NAMES[name]), value=shown)


def story_line(title: str, channels: Iterable[str]) -> str:
    """Say which channels speak of a story alone."""
    return say("**{name}:** {value}", name=title, value=_channels(channels) or say("no channel of its own"))


def changed(who: str, when: str, lines: Iterable[str]) -> str:
    """Say in the log channel who changed settings, when, and how they stand."""
    return "\n".join((say("{who} changed the settings · {when}", who=who, when=when), *lines))


def _channels(channels: Iterable[str]) -> str:
    return _some([f"<#{channel}>" for channel in channels])


def _some(names: list[str]) -> str:
    more = len(names) - _MAX_LISTED
    return listed([*names[:_MAX_LISTED], *([say("{number} more", number=more)] if more > 0 else [])])


DELETION_WORD = "DELETE"
"""What is typed to confirm."""

DELETE_EVERYTHING = "Delete everything"
KEEP_EVERYTHING = "Keep everything"
DELETION_FIELD = "Type DELETE to confirm"
DELETION_FIELD_HELP = "You get all stories as files first."
NOT_TYPED = "Nothing was deleted, because you did not type DELETE."
DATA_HELP = (
    "Everything that I keep of this server can be deleted: stories with their facts and history, suggestions, readers' questions"
    " and settings. You get the stories as files first. Until the day comes I work as before, and you can change your mind."
)
DATA_MANAGERS = "-# Only members who may manage the server can delete everything."
STORIES_FILE = "**The stories of this server.** Save this file: `/story import` takes each story in it."
KEPT = "-# Nothing is deleted: everything is kept."
CHANNEL_DELETED = "Everything that I kept of this server was deleted today, as planned. I start over with the default story."

LOGGED_DELETION = (
    "{who} planned to **delete everything** of this server on {day} · {when}\n-# `/settings` takes it back until then."
)
FILES_ATTACHED = "Its stories are attached."
FILES_TOO_LARGE = "Its stories are too large to be sent: ask whoever runs me for them."


def planned_deletion(deletion: Deletion | None) -> str:
    """Say that everything is going to be deleted, and when; "" if that is not planned."""
    if deletion is None:
        return ""
    return say("⚠ **Everything of this server is deleted on {day}.** Until then I work as before.", day=deletion_day(deletion))


def left_server(server: str, deletion: Deletion, *, files: bool) -> str:
    """Tell the owner of a server that the bot was removed from it, and what becomes of its data."""
    named = f"**{server}**" if server else say("your server")
    return "\n".join(
        (
            say("I am no longer in {server}. What I keep of it is deleted on {day}.", server=named, day=deletion_day(deletion)),
            say(FILES_ATTACHED if files else FILES_TOO_LARGE),
            say("Add me again before that day, and everything is as it was."),
        )
    )


def back_in_server(deletion: Deletion) -> str:
    """Say in a server that the bot is back and has kept everything."""
    return say("I am back. Everything is as it was: nothing will be deleted on {day}.", day=deletion_day(deletion))


def deletion_day(deletion: Deletion) -> str:
    """Return the day of a deletion in words."""
    return logged_day(deletion.due.isoformat())


def logged_day(what: str) -> str:
    """Return a day that the logbook has in EDTF, in words; any other text as it is."""
    try:
        return parse_date(what).words(language())
    except DateError:
        return what
