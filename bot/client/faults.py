"""What is said below `bot.client`, where no language is known: faults of forms, and errors, to be said in the language spoken.

A sentence with something filled in is found by its pattern (`say_filled`), so that one that changes there has to change here.
"""

from __future__ import annotations

from bot import uploads
from bot.drafting.draft import NO_TITLE
from bot.editing import editorial, reviews
from bot.editing.draft_reading import HAS_NOT, PLACE_ALONE
from bot.editing.form_fields import RETRACTED, TO_COME
from bot.errors import EditedError, StaleError, TwoNeededError
from bot.facts.lookup import NO_CHANGE
from bot.facts.undoing import WITHOUT_EVENT
from bot.messages import Message
from bot.presentation.languages import say_filled, say_message
from bot.service.changes import ALREADY_UNDONE

FAULTS = (
    "Write what happened.",
    "Write the words.",
    "Write the claim.",
    "That is {length} signs long; {most} are the most. Shorten it, or make two facts of it.",
    "A quote needs who said it. Choose the speaker.",
    "Say where it comes from: choose a source, or paste a link to it.",
    'I cannot read the source "{line}". Write its id or its link, then #4 or page 12.',
    'There is no source "{name}". Choose one that is known, or paste its link (https://…).',
    "This link cannot be read. Paste it as your browser shows it, beginning with https://",
    "This is no link. Paste it as your browser shows it, beginning with https://",
    "This link holds a name or a password before the @. Take them out, for every reader would see them.",
    "This link has a host or a port that there cannot be. Paste it as your browser shows it, beginning with https://",
    "This link has {length} signs, and {most} are the most. Leave out what stands after the ? in it.",
    *(sentence for sentences in HAS_NOT.values() for sentence in sentences.values()),
    'There is no event "{name}". Choose one from the list.',
    'There is no actor "{name}". Choose one from the list, or add it first.',
    '"{link}" is no link. Paste one that begins with https://, or leave it empty.',
    '"{name}" is no type of source. Did you mean {meant}?',
    *reviews.NO_CLAIM.values(),
    reviews.NO_RATING,
    reviews.NO_REVIEWER,
    reviews.NO_ADDRESS,
    reviews.NO_REVIEW,
    reviews.OWN_CLAIM,
    TO_COME,
    PLACE_ALONE,
)
"""What may be wrong with a form of a fact, a source or a review."""

ERRORS = (
    RETRACTED,
    editorial.NO_REASON,
    WITHOUT_EVENT,
    ALREADY_UNDONE,
    NO_TITLE,
    NO_CHANGE,
    uploads.LATE,
    uploads.TOO_MUCH_MEMORY,
    uploads.FAILED,
    uploads.NO_PROCESS,
    "F{number} is retracted already.",
    "F{number} was changed meanwhile: it is F{ref} now. Look at that change, then try again.",
    'The source "{name}" was changed meanwhile. Look at that change, then try again.',
    'The actor "{name}" was changed meanwhile. Look at that change, then try again.',
    str(TwoNeededError()),
    str(StaleError()),
    str(EditedError()),
    'There is no fact "{name}". Look for its number in an answer.',
    "There is no fact F{number}. Look for its number in an answer.",
    'Several stories have a fact "{name}". Name it by its number, such as F12.',
    "F{number} has no revision {revision}. It has 1 to {last}.",
    "F{number} is at revision {revision} already. Name an earlier one.",
    "What this change touched was changed again since. Take the later change back first.",
    "There is no such suggestion any more.",
    "This suggestion was approved already.",
    "This suggestion was rejected already.",
    "This suggestion was withdrawn already.",
    "You have agreed to this already; another moderator has to agree too.",
    "Say why you reject it; the member is shown the reason.",
    "That question is no longer kept.",
    "That form is no longer kept. Start it again with the command.",
    "This question was solved already.",
    "This question was dismissed already.",
    "F{number} belongs to another story than F{other}. Choose facts of one story.",
    "There are several stories here. Say in which one it must stay unanswered, or dismiss it.",
)
"""What may be wrong with what a moderator asks for."""

ASKED = (
    "Ask me something about the story in words: who, when, where, why, how much, or what somebody said.",
    "I know nobody called “{name}”. Start typing a name to choose from those I know.",
    "I know nobody called “{name}”. Did you mean {names}?",
    "“{name}” may be {names}. Write which one in full.",
    "The period from {start} to {end} ends before it starts; swap the two dates.",
    "Give me a quotation to check: some words that somebody is said to have said.",
    'There is no story "{story}". Stories here: {known}.',
    "An answer can be as of a day, a month or a year. Write it like 26 October 2017, October 2017 or 2017.",
    "That reply is too old for its buttons to work; ask again.",
    "Nobody is on record about that any more; ask again for what the facts say now.",
    "That took too long; ask again in a moment, or in fewer words.",
    "This question was solved already. Ask it again.",
    "This question was dismissed already. Ask it again.",
)
"""What may be wrong with what a reader asks for, or presses."""


def say_fault(sentence: str) -> str:
    """Return a fault of a form, or an error, in the language that is spoken; one that is not known here as it is."""
    return say_message(sentence) if isinstance(sentence, Message) else say_filled(sentence, (*FAULTS, *ERRORS, *ASKED))
