"""Finding an actor or a story by what somebody typed: an id, name, alias or role, misspelt or half typed; a title in a question.

In: the actors of a base. Out: the one that was meant, or those to choose from, quick among a hundred thousand names. What several
are called alike, such as a surname, is nobody's: whoever typed it is asked which of them is meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain, islice

from rapidfuzz import fuzz, process, utils

from bot.answers.finding.mentions import NameTable
from bot.answers.finding.sounding import script_of
from bot.english.search_words import content_words, normalise
from bot.errors import NotKnownError, SeveralMeantError
from bot.facts.models import ActorRecord, StoryInfo
from bot.messages import Message

_SUBTITLE = re.compile(r"[,:;(–—]| - ")  # what follows in a title is rarely repeated by whoever names a story
_NEAR = 80  # likeness from which a misspelt name is taken for the one that was meant
_STORY = 55  # likeness of a part of a story's title or id from which it is offered
_SHORTEST = 3  # letters from which what was typed tells who was meant
_OFFERED = 45  # likeness, over all words typed, from which a misspelt name is offered
_NEAR_BEST = 12  # likeness by which it may fall short of the best
_LAST = "\U0010ffff"  # sorts after every letter, to find the end of the words with a beginning
_LIKE = 70  # likeness from which a word may be a misspelling of another
_LIKEST = 20  # words that a misspelt one may stand for
_NAMED = 5  # of those that are called alike, whom an error names
_MAX_SOUNDED = 10_000  # actors, those spoken of most, whose names are looked for in other scripts
_LOOKED_UP = 10_000  # owners of a word up to which they are gathered; of more, one is met soon by going through all


class ActorDirectory:
    """The actors of a fact base, to be found by what people type."""

    def __init__(self, actors: Iterable[ActorRecord]) -> None:
        self._actors = tuple(sorted(actors, key=lambda record: (-record.mentioned, record.actor.name)))
        self._ids: dict[str, list[ActorRecord]] = defaultdict(list)
        self._called: dict[str, list[int]] = defaultdict(list)
        self._surnames: dict[str, list[int]] = defaultdict(list)
        self._names: list[tuple[str, ...]] = []
        self._roles: list[str] = []
        self._stories: dict[str, ActorDirectory] = {}
        for index, record in enumerate(self._actors):
            self._ids[record.actor.id].append(record)
            names = tuple(dict.fromkeys(map(utils.default_process, (record.actor.name, *record.actor.aliases))))
            self._names.append(names)
            self._roles.append(utils.default_process(record.actor.role or ""))
            for name in names:
                self._called[_without_article(name)].append(index)
            if record.actor.kind == "person" and " " in names[0]:
                self._surnames[names[0].rpartition(" ")[2]].append(index)

    def prepare(self) -> None:
        """Make what is needed to complete a word, which is else made when the first is typed."""
        _ = self._words

    def find(self, typed: str, *, story: str | None = None) -> ActorRecord:
        """Return the actor that was meant: ``story/id`` and whole names first, exactly, then ids, aliases, surnames and roles.

        A name in another script is found by its sound. Raises NotKnownError with the nearest names, SeveralMeantError with those
        who are called alike.
        """
        if story is not None:
            return self._in_story(story).find(typed)
        exact = next(filter(None, self._exactly(typed.strip())), None)
        exact = exact or [self._actors[index] for index in self._in_other_script(typed)]
        if exact:
            return _only(typed, exact)
        asked = _without_article(utils.default_process(typed))
        scores = self._words.near(asked.split())
        near = _nearest(scores)
        if near and len(asked) >= _SHORTEST and max(scores.values()) >= _NEAR:
            return _only(typed, self._nearest_by_name(asked, [index for index in near if scores[index] == scores[near[0]]]))
        names = dict.fromkeys(self._actors[index].actor.name for index in near[:3])
        asked_for = _short(typed)
        if names:
            raise NotKnownError(
                Message("I know nobody called “{name}”. Did you mean {names}?", name=asked_for, names=", ".join(names))
            )
        raise NotKnownError(
            Message("I know nobody called “{name}”. Start typing a name to choose from those I know.", name=asked_for)
        )

    def complete(
        self, typed: str, *, speakers: bool = False, story: str | None = None, limit: int = 25
    ) -> tuple[ActorRecord, ...]:
        """Return the actors that what was typed may mean, best first; nothing typed: those spoken of most.

        They are those with words that begin as typed; where there is none, those whose words are nearest to it.
        """
        if story is not None:
            return self._in_story(story).complete(typed, speakers=speakers, limit=limit)
        asked = _without_article(utils.default_process(typed))

        def fits(index: int) -> bool:
            return not speakers or self._actors[index].spoken > 0

        if not asked:
            return tuple(self._actors[index] for index in islice(filter(fits, range(len(self._actors))), limit))
        called = dict.fromkeys(self._called.get(asked, ()))
        begun = filter(fits, chain(called, self._words.beginning(asked.split())))
        indexes = list(dict.fromkeys(islice(begun, 4 * limit)))
        of_name = {index for index in indexes for name in self._names[index] if _without_article(name).startswith(asked)}
        indexes.sort(key=lambda index: (index not in called, index not in of_name, index))
        if not indexes:
            indexes = [index for index in self._in_other_script(typed) if fits(index)]
        if not indexes:
            indexes = _nearest({index: score for index, score in self._words.near(asked.split()).items() if fits(index)})
        return tuple(self._actors[index] for index in indexes[:limit])

    def _in_story(self, story: str) -> ActorDirectory:
        """Return a directory of the actors of one story, made when it is first needed."""
        known = self._stories.get(story)
        if known is None:
            known = ActorDirectory(record for record in self._actors if record.story.id == story)
            if known._actors:  # what is typed as a story may be none, and must not fill the memory
                self._stories[story] = known
        return known

    def _in_other_script(self, typed: str) -> list[int]:
        """Return those who may be meant by a name in another script than their own."""
        text = normalise(typed)
        mentions = self._sounded.foreign_mentions(text, None, ()) if script_of(text) is not None else ()
        return [int(key) for mention in mentions if mention.written == text for key in sorted(mention.actors, key=int)]

    @cached_property
    def _sounded(self) -> NameTable:
        return NameTable({str(index): record.actor for index, record in enumerate(self._actors[:_MAX_SOUNDED])})

    @cached_property
    def _words(self) -> NameWords:
        return NameWords(
            [word for text in (*names, role) for word in text.split()]
            for names, role in zip(self._names, self._roles, strict=True)
        )

    def _exactly(self, typed: str) -> Iterator[list[ActorRecord]]:
        """Yield those who are called exactly so in one way and another, the surest way first."""
        story, _, own = typed.partition("/")
        yield [record for record in self._ids.get(own, ()) if record.story.id == story]
        asked = _without_article(utils.default_process(typed))
        called = self._called.get(asked, []) if asked else []
        yield [self._actors[index] for index in called if _without_article(self._names[index][0]) == asked]
        indexes = dict.fromkeys([*called, *self._surnames.get(asked, ())])
        yield [*self._ids.get(typed, ()), *(self._actors[index] for index in indexes if self._actors[index].actor.id != typed)]
        yield [record for record, role in zip(self._actors, self._roles, strict=True) if asked and role == asked]

    def _nearest_by_name(self, asked: str, indexes: Sequence[int]) -> list[ActorRecord]:
        """Return those, of some that are equally near, whose names rather than their roles are nearest to what was typed."""
        scores = {}
        for index in indexes:
            own = {word for name in self._names[index] for word in name.split()}
            scores[index] = sum(max((_likeness(word, part) for part in own), default=0.0) for word in asked.split())
        best = max(scores.values())
        return [self._actors[index] for index in indexes if scores[index] == best]


def _nearest(scores: Mapping[int, float]) -> list[int]:
    """Return those that are near the best, best first."""
    least = max(_OFFERED, max(scores.values(), default=0.0) - _NEAR_BEST)
    return sorted((index for index, score in scores.items() if score >= least), key=lambda index: (-scores[index], index))


def _likeness(word: str, name: str) -> float:
    """Return how like a word is to one of a name: up to 100 where it is the same, little less where that begins so."""
    ratio: float = fuzz.ratio(word, name)
    return max(ratio, 99.0) if name.startswith(word) and name != word else ratio


def _only(typed: str, called: Sequence[ActorRecord]) -> ActorRecord:
    """Return the one of those who are called alike; one who is in several stories, as the one spoken of most there.

    Raises SeveralMeantError where there are others.
    """
    first, *rest = called
    others = [record for record in rest if record.actor.name != first.actor.name or record.story.id == first.story.id]
    if not others:
        return first
    alike = Counter((record.story.id, record.actor.name) for record in called)
    names = []
    for record in called:
        by_role = record.actor.role and alike[record.story.id, record.actor.name] > 1
        names.append(f"{record.actor.name} ({record.actor.role})" if by_role else record.actor.name)
    named = list(dict.fromkeys(names))
    shown = ", ".join([*named[:_NAMED], *(["…"] if len(named) > _NAMED else [])])
    raise SeveralMeantError(Message("“{name}” may be {names}. Write which one in full.", name=_short(typed), names=shown))


def find_stories(stories: Sequence[StoryInfo], typed: str, limit: int) -> tuple[StoryInfo, ...]:
    """Return the stories that what was typed may mean, best first; nothing typed: all of them."""
    asked = utils.default_process(typed)
    if not asked:
        return tuple(stories[:limit])
    names = [utils.default_process(f"{info.title} {info.id}") for info in stories]
    matches = process.extract(asked, names, scorer=fuzz.partial_ratio, score_cutoff=_STORY, limit=limit)
    return tuple(stories[index] for _, _, index in matches)


class TitleTable:
    """The titles of the stories of a base, for look-up by the words of a question."""

    def __init__(self, stories: Iterable[StoryInfo]) -> None:
        parts = {(part, story.id) for story in stories for part in (story.title, _SUBTITLE.split(story.title)[0])}
        self._words = [(frozenset(content_words(part)), story) for part, story in parts]

    def named(self, text: str) -> str | None:
        """Return the story of whose title, or of what stands before its subtitle, a text has every word but the function words.

        Of several it is that with most words; None where two have as many.
        """
        asked = frozenset(content_words(text))
        matches = [(len(words), story) for words, story in self._words if words and words <= asked]
        most = max(matches, default=(0, ""))[0]
        stories = {story for size, story in matches if size == most}
        return stories.pop() if len(stories) == 1 else None


def _without_article(name: str) -> str:
    return name.removeprefix("the ")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


class NameWords:
    """Words and whose they are. An owner is its place in the order of preference, best first."""

    def __init__(self, words: Iterable[Sequence[str]]) -> None:
        self._of = [tuple(dict.fromkeys(own)) for own in words]
        owners: dict[str, list[int]] = defaultdict(list)
        for owner, own in enumerate(self._of):
            for word in own:
                owners[word].append(owner)
        self._words = sorted(owners)
        self._owners = [owners[word] for word in self._words]
        self._upto = [0, *accumulate(map(len, self._owners))]

    def beginning(self, asked: Sequence[str]) -> Iterator[int]:
        """Yield, best first, the owners that have for each asked word one that begins with it."""
        rarest, *others = sorted(dict.fromkeys(asked), key=lambda word: self._count(self._span(word)))
        if not others and self._count(self._span(rarest)) > _LOOKED_UP:
            return (owner for owner in range(len(self._of)) if self._begins(owner, rarest))
        owners = self._having(rarest)
        for word in others[:1]:
            owners &= self._having(word) if owners else set()
        return (owner for owner in sorted(owners) if all(self._begins(owner, word) for word in others[1:]))

    def near(self, asked: Sequence[str]) -> dict[int, float]:
        """Return the owners of words that are like the asked ones, with their likeness up to 100 over all asked words."""
        scores: dict[int, float] = defaultdict(float)
        for word in asked:
            for owner, score in self._near(word).items():
                scores[owner] += score / len(asked)
        return scores

    def _near(self, word: str) -> dict[int, float]:
        """Score the owners of what a word may be: its beginning if any is that, else what it may be a misspelling of."""
        if count := self._count(self._span(word)):
            return dict.fromkeys(self._having(word), 100.0) if count <= _LOOKED_UP else {}
        # Most misspelt words begin right, or with their first two letters swapped: only where none does are all compared.
        likely = [like for letter in sorted(set(word[:2])) for like in self._words[slice(*self._span(letter))]]
        scored: list[tuple[str, float, int]] = []
        for words in (likely, self._words):
            scored = scored or process.extract(word, words, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=_LIKEST)
        best: dict[int, float] = {}
        for like, score, _ in scored:
            for owner in self._owners[bisect_left(self._words, like)]:
                best[owner] = max(score, best.get(owner, 0.0))
        return best

    def _having(self, start: str) -> set[int]:
        first, last = self._span(start)
        return set(chain.from_iterable(self._owners[first:last]))

    def _begins(self, owner: int, asked: str) -> bool:
        return any(word.startswith(asked) for word in self._of[owner])

    def _span(self, start: str) -> tuple[int, int]:
        return bisect_left(self._words, start), bisect_left(self._words, start + _LAST)

    def _count(self, span: tuple[int, int]) -> int:
        return self._upto[span[1]] - self._upto[span[0]]
