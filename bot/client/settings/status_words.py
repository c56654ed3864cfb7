"""What Footnote says in `/status`."""

from __future__ import annotations

import math

from bot.facts.usage import Usage
from bot.presentation.languages import say, say_number

TITLE = "### How things stand"


def questions(week: Usage, month: Usage) -> str:
    """Say how much was asked in the last 7 and 30 days, and how much of it was answered."""
    return f"**{say('Questions')}**\n{_asked(7, week)}\n{_asked(30, month)}"


def times(month: Usage) -> str:
    """Say how fast answers were in the last 30 days; "" where nothing was asked."""
    if month.median is None or month.p99 is None:
        return ""
    told = say("half within {median} ms, 99 of 100 within {most} ms").format(median=month.median, most=month.p99)
    return f"**{say('Time to an answer')}**\n{told}"


def facts(number: int) -> str:
    """Say how many facts there are."""
    return f"**{say('Facts')}**\n{number}"


def change(what: str, when: str, who: str) -> str:
    """Say what was changed, when and by whom."""
    return say("{what}, {when} by {who}").format(what=what, when=when, who=who)


def last_change(told: str | None) -> str:
    """Say what was changed last."""
    return f"**{say('Last change')}**\n{told or say('Nothing was changed yet.')}"


def last_backup(when: str | None) -> str:
    """Say when the facts were last backed up."""
    return f"**{say('Last backup')}**\n{when or say('No backup was made yet. My operator makes them with `footnote backup`.')}"


def replica(lag: float | None) -> str:
    """Say how many seconds the replica is behind; None where nobody knows."""
    if lag is None:
        told = say("Nobody says how far it is behind. My operator looks whether `footnote replicate` is running.")
    else:
        told = say("At most {seconds} s behind").format(seconds=math.ceil(lag))
    return f"**{say('Copy elsewhere')}**\n{told}"


def _asked(days: int, usage: Usage) -> str:
    number = say_number(usage.asked, "{number} question", "{number} questions")
    told = say("Last {days} days: {questions}").format(days=days, questions=number)
    if not usage.asked:
        return told
    return f"{told}, {say('{share}% of them answered').format(share=100 * usage.answered // usage.asked)}"
