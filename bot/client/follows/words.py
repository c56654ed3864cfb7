"""What Footnote says to those who follow something, and of what is new."""

from __future__ import annotations

from collections.abc import Sequence

from bot.client.follows.hours import EVENING, MORNING
from bot.client.text import inline
from bot.facts.state.follows import Follow
from bot.languages import say
from bot.phrases import in_marks, listed

MAX_A_DAY = 10
"""Direct messages that a member is sent in a day about what they follow in one server; the rest waits for the next."""

_TITLE = 80
_MAX_NAMED = 4

WHAT_IS_NEW = "### What is new: {names}"
NEWS_SINCE = "### New since {day}"
NEW = "**New** · {ref}"
CORRECTED = "**Corrected** · {ref}"
RETRACTED = "**Retracted** · {ref}"
ANSWERED = "Answered now: {question}"
NOT_ANSWERED = "No longer answered: {question}"
SEE_ALL = "-# `/news` in the server lists all of it."

UNFOLLOW = "Unfollow {name}"
YOU_FOLLOW = "### You follow {names}"
AT_ONCE = (
    "I send you a direct message when a fact comes, is corrected or is retracted: {most} a day at most, and none between "
    "{evening}:00 and {morning}:00 ({zone})."
)
DAILY = "I send you a direct message at {morning}:00 ({zone}) about the facts that came, were corrected or were retracted."
ANSWER_AT_ONCE = (
    "I send you a direct message when its answer comes, changes or goes: {most} a day at most, and none between {evening}:00 "
    "and {morning}:00 ({zone})."
)
ANSWER_DAILY = "I send you a direct message at {morning}:00 ({zone}) if its answer came, changed or went."
KEPT = "-# For this I keep your Discord id until you unfollow; `/following` lists what you follow."
CHANNEL_FOLLOWS = "### {channel} follows {names}"
CHANNEL_AT_ONCE = "I write there when a fact comes, is corrected or is retracted."
CHANNEL_DAILY = "I write there at {morning}:00 ({zone}) about the facts that came, were corrected or were retracted."
CHANNEL_ANSWER_AT_ONCE = "I write there when its answer comes, changes or goes."
CHANNEL_ANSWER_DAILY = "I write there at {morning}:00 ({zone}) if its answer came, changed or went."
NOT_ANY_MORE = "### No longer followed: {name}"
ONCE = "at once"
DAY = "once a day"
FOLLOWS_TITLE = "### What you follow"
NO_FOLLOWS = "You follow nothing here. Use `/follow` to be told when facts come or change."
CHANNELS_TITLE = "### What channels follow"
ENDED = (
    "⚠ I no longer tell you of {names}: Discord did not take my direct message. Allow direct messages from this server, then "
    "follow again."
)
REFUSED = (
    "⚠ Discord does not let me write in {channel}, so what is new of {names} waits. Allow me to view the channel and to write "
    "there, or open the thread, and I send it. `/following` shows what channels follow."
)
WAITS = "⚠ I may not write there since {since}; what is new waits"
IN_THE_SERVER = "I cannot do that from here. Use /following in the server."


def named(titles: Sequence[str]) -> str:
    """Name what is followed, safe to show: the first few titles, and how many more there are."""
    shown = [in_marks(inline(title, _TITLE)) for title in titles[:_MAX_NAMED]]
    left = len(titles) - len(shown)
    return listed([*shown, *([say("{number} more", number=left)] if left > 0 else [])])


def followed(follow: Follow, zone: str) -> str:
    """Say what somebody, or a channel, follows from now on, and when they are told."""
    names, is_question = named([follow.title]), follow.target.kind == "question"
    hours = {"morning": MORNING, "evening": EVENING, "zone": zone.replace("_", " "), "most": MAX_A_DAY}
    if follow.channel is not None:
        if is_question:
            when = say(CHANNEL_ANSWER_DAILY if follow.daily else CHANNEL_ANSWER_AT_ONCE, **hours)
        else:
            when = say(CHANNEL_DAILY if follow.daily else CHANNEL_AT_ONCE, **hours)
        return f"{say(CHANNEL_FOLLOWS, channel=f'<#{follow.channel}>', names=names)}\n{when}"
    if is_question:
        when = say(ANSWER_DAILY if follow.daily else ANSWER_AT_ONCE, **hours)
    else:
        when = say(DAILY if follow.daily else AT_ONCE, **hours)
    return "\n".join((say(YOU_FOLLOW, names=names), when, say(KEPT)))
