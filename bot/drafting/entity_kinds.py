"""What kind of thing a name names: a person, a body, a place, by its words and by what stands around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.english import roles
from bot.english.first_names import is_first_name
from bot.english.name_runs import NameRun, is_abbreviation, plain
from bot.english.name_words import (
    BODY_JOINERS,
    COUNTRY_ABBREVIATIONS,
    GOVERNMENT,
    LOCAL_NOUNS,
    ORGANISATION_HEADS,
    OUTLETS,
    PLACES,
)
from bot.english.sentences import Paragraph, TextToken
from bot.english.word_classes import word_set
from bot.facts.sourcing import AGENCIES

# First names that more often are another word of a name: Green Park, North Sea.
_WORDS = word_set(
    """san fort iron king queen general canon prime washington der las fox unity cayo duchess lady dawn pearl savanna lord sir
    st summer marina victoria sierra"""
)
_BROADCASTERS = word_set("radio rádio television tv channel")  # before the name of one
_NO_SURNAMES = PLACES | ORGANISATION_HEADS | OUTLETS
_VESSELS = word_set(
    """ferry ship vessel liner freighter tanker trawler yacht boat tug tugboat barge submarine steamer steamship schooner cutter
    frigate destroyer lifeboat icebreaker brig barque sloop"""
)
_VESSEL_PREFIXES = word_set("mv ms ss hms uss rms hmas")
_TOWNS = word_set("town city village hamlet port pier quay suburb people inhabitants citizens villagers townspeople outskirts")
_PLACE_WORDS = frozenset("in at near from across outside inside around off".split())
_WORKING = 5  # words before "at" within which a role makes what is behind it an employer


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands."""

    run: NameRun
    sentence: tuple[TextToken, ...]
    paragraph: Paragraph

    @property
    def before(self) -> str:
        """The word before the name, in lower case; "" where it begins its sentence."""
        return self.sentence[self.run.start - 1].lower if self.run.start else ""

    @property
    def behind(self) -> TextToken | None:
        """What stands behind the name; None where it ends its sentence."""
        return self.sentence[self.run.end] if self.run.end < len(self.sentence) else None


def is_person(mention: Mention, alone: Counter[str]) -> bool:
    """Return whether a name is a person's: by a title, role, age or ``who`` beside it, or its surname alone elsewhere."""
    run = mention.run
    if run.titles:
        return True
    if run.is_body or not 2 <= len(run.words) <= 5 or any(is_abbreviation(word) for word in run.words):
        return roles.has_role(run, mention.sentence) and len(run.words) == 1 and not is_abbreviation(run.text)
    if BODY_JOINERS.intersection(run.words):
        return False
    if plain(run.words[-1]) in OUTLETS or plain(run.words[0]) in _BROADCASTERS or run.text.lower() in AGENCIES:
        return False
    if plain(run.words[0]) in PLACES:
        return False
    if roles.has_role(run, mention.sentence):
        return True
    body = _NO_SURNAMES.intersection(map(plain, run.words[1:]))
    if mention.before not in ("the", "a", "an") and len(run.words) < 4 and is_given_name(run.words[0]) and not body:
        return True
    if mention.before in ("the", "a", "an") or (is_at_place(mention) and not alone[run.words[-1]]):
        return False
    if alone[run.words[0]] or alone[run.words[-1]]:  # a person is called by the last name, a body by the first
        return bool(alone[run.words[-1]])
    return roles.speaks(run, mention.sentence)


def is_given_name(word: str) -> bool:
    """Return whether a word that begins a name of several makes it a person's."""
    return is_first_name(word) and word.lower() not in _WORDS | _NO_SURNAMES


def is_at_place(mention: Mention) -> bool:
    """Return whether a preposition of place stands before a name."""
    return mention.before in _PLACE_WORDS


def kind_of(mentions: Sequence[Mention]) -> str:
    """Return what kind of thing a name names, by its words and by what stands around it wherever it does."""
    return _kind_by_words(mentions) or _kind_by_context(mentions)


def _kind_by_words(mentions: Sequence[Mention]) -> str | None:
    """Return the kind that the words of a name tell, or a word right before it; None where these do not."""
    run = mentions[0].run
    last, words = plain(run.words[-1]), {plain(word) for word in run.words}
    if last.startswith("@"):
        return "other"
    named = len(run.words) > 1 and (last in OUTLETS or plain(run.words[0]) in _BROADCASTERS)
    if named or run.text.lower() in AGENCIES or words & {"bbc", "cnn", "npr"}:
        return "outlet"
    if words & GOVERNMENT or run.text.lower() in COUNTRY_ABBREVIATIONS or words & {"states", "kingdom", "republic"}:
        return "government"
    if any(map(_is_vessel, mentions)):
        return "other"
    if run.is_body or is_abbreviation(run.text):
        return "organization"
    named_place = len(run.words) > 1 and (last in PLACES or plain(run.words[0]) in PLACES)
    return "place" if named_place or any(map(_has_people, mentions)) else None


def _kind_by_context(mentions: Sequence[Mention]) -> str:
    """Return whether a name is that of a body or a place, by what stands around it."""
    # A name may only belong to what is before it: Joy Akers of Elmhurst said.
    if any(
        roles.speaks(mention.run, mention.sentence) and mention.before not in ("of", "for", "at", "from", "in")
        for mention in mentions
    ):
        return "organization"
    # What is at or from somebody need not be at a place.
    if any(has_local_noun(mention) or (is_at_place(mention) and mention.before not in ("at", "from")) for mention in mentions):
        return "place"
    for mention in mentions:
        at = mention.run.start - 1
        working = any(roles.is_role(token.text) for token in mention.sentence[max(at - _WORKING, 0) : max(at, 0)])
        if not is_at_place(mention) or (working and mention.before in ("at", "from")):  # the head of safety at Aerolift
            return "organization"
    return "place"


def has_local_noun(mention: Mention) -> bool:
    """Return whether a name stands before what a place has: the Harbour mayor."""
    return mention.behind is not None and not mention.behind.capital and mention.behind.lower in LOCAL_NOUNS


def _is_vessel(mention: Mention) -> bool:
    """Return whether a name is that of a ship or the like: the ferry Saint Olaf, the MV Saint Olaf."""
    return mention.before in _VESSELS or plain(mention.run.words[0]) in _VESSEL_PREFIXES


def _has_people(mention: Mention) -> bool:
    """Return whether a name is that of a place by what is there: the residents of Lea, the pier at Lea."""
    before = [token.lower for token in mention.sentence[max(mention.run.start - 2, 0) : mention.run.start]]
    return len(before) == 2 and before[1] in ("of", "at", "in") and before[0] in LOCAL_NOUNS | _TOWNS
