"""The words of a site that stand on its pages as they are; what is about something is said where that is shown."""

from __future__ import annotations

from collections.abc import Mapping

from bot.facts.models import FactRecord
from bot.languages import say
from bot.site.published import Act

WORDS = {
    "about": "About",
    "actors": "People and organisations",
    "all_others": "All others",
    "archived": "Archived copy",
    "by_keys": "The arrow keys go from fact to fact; + and − zoom, as Ctrl and the mouse wheel do.",
    "by_kind": "Kinds of facts",
    "cited_for": "What it is cited for",
    "corrections": "Corrections",
    "earlier": "Earlier",
    "event_of": "Part of this event",
    "follow": "Follow this story",
    "frame": "As a frame",
    "history": "History",
    "later": "Later",
    "main": "Skip to the content",
    "menu": "Pages of this site",
    "more": "Sources and history",
    "more_rows": "More rows",
    "near_match": "Nothing has all of these words. With some of them:",
    "no_corrections": "Nothing was corrected so far.",
    "no_match": "Nothing matches. Try fewer or other words.",
    "no_script": "The search needs JavaScript. The time line has all facts.",
    "of_event": "Said of this event",
    "part": "Takes part",
    "put": "Show this on your page",
    "reason": "Reason:",
    "reviewed": "A person has reviewed each of these facts, and each names its sources.",
    "rows": "Rows:",
    "script": "As a script",
    "search": "Search",
    "shown": "Show",
    "sides_note": "Each in their own words, with their own source. None is weighed against another.",
    "sources": "Sources",
    "timeline": "Timeline",
    "type": "Type a word to search for.",
    "whole": "Whole story",
    "withdrawn": "This fact was withdrawn.",
    "zoom_in": "Zoom in",
    "zoom_out": "Zoom out",
}

LANES = {"event": "What happened", "quote": "In their words", "claim": "Claimed"}
"""The lanes of the time line, by the kinds of facts in them."""

KINDS = {"event": "Event", "quote": "Quote", "claim": "Claim", "passage": "Sentence of an article"}

ACTS: Mapping[Act, str] = {
    "added": "Added {when}.",
    "corrected": "Corrected {when}.",
    "withdrawn": "Withdrawn {when}.",
    "returned": "Brought back {when}.",
}

FEED_TITLES: Mapping[Act, str] = {
    "added": "New: {fact}",
    "corrected": "Corrected: {fact}",
    "withdrawn": "Withdrawn: {fact}",
    "returned": "New: {fact}",
}


def spoken() -> dict[str, str]:
    """Return the words by their names, in the language that is spoken."""
    return {name: say(WORDS[name]) for name in WORDS}


def lane_of(record: FactRecord) -> str:
    """Return the lane of a fact; a sentence of an article is in that of what it tells."""
    fact = record.fact
    if fact.kind != "passage":
        return fact.kind
    return "event" if fact.happened else "quote" if fact.quoted else "claim"
