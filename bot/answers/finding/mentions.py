"""Which actors a text names: by name, alias, surname or role, longest first; an ambiguous name keeps all its candidates.

In: the actors of a story, and words. Out: a `ActorMention` for each name, with the keys of the actors that it may be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.answers.finding.foreign_names import ForeignNames
from bot.english.search_words import STOP_WORDS, stem, tokens
from bot.facts.models import Actor

_LEADING = frozenset({"the", "a", "an"})
_ROLE_REACH = 4  # words that may stand between the words of a role
_CACHED = 2_048  # names whose words are held in memory: the same actors come up in question after question


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An actor named in a question: the span of its words, and the keys of the actors it may be.

    ``by_name``: it is a name ("Maria Lee", "FARA") and no description ("the mayor"), so that it is not what is asked for.
    ``written``: what of these words is the name, where it is in another script or form.
    """

    start: int
    end: int
    actors: frozenset[str]
    by_name: bool = True
    written: str | None = None


class NameTable:
    """The names of a story's actors, for look-up by words; ``people`` are the keys of those that are persons.

    ``spellings`` are all names and aliases as they are written, ``persons`` the names of persons, and ``initials`` the first
    letters of these in lower case, by key.
    """

    def __init__(self, actors: Mapping[str, Actor]) -> None:
        self.people = frozenset(key for key, actor in actors.items() if actor.kind == "person")
        self._phrases: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._roles: list[tuple[frozenset[str], str]] = []
        self._described: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self.words: set[str] = set()
        self.spellings = frozenset(name for actor in actors.values() for name in (actor.name, *actor.aliases))
        self.initials = {key: actors[key].name[:1].lower() for key in self.people}
        self.persons = frozenset(actor.name for actor in actors.values() if actor.kind == "person")
        for key, actor in actors.items():
            for name in (actor.name, *actor.aliases):
                words, _, describes = _read_name(name)
                if not words:
                    continue
                self._phrases[words].add(key)
                if describes:
                    self._described[words].add(key)
                self.words.update(word for word in words if word not in STOP_WORDS)
            words = _read_name(actor.name)[0]
            if actor.kind == "person" and len(words) > 1:
                self._phrases[words[-1:]].add(key)
                if words[0] not in STOP_WORDS:
                    self._phrases[words[:1]].add(key)
            for part in (*(actor.role or "").split(","), *actor.aliases):
                stems = _read_name(part)[1]
                if len(stems) > 1:
                    self._roles.append((stems, key))
        self._longest = max((len(phrase) for phrase in self._phrases), default=0)

    def mentions(self, words: Sequence[str]) -> tuple[ActorMention, ...]:
        """Return the actors named, in the order of their words; no word is used twice."""
        mentions: list[ActorMention] = []
        start = 0
        while start < len(words):
            for end in range(min(len(words), start + self._longest), start, -1):
                phrase = tuple(words[start:end])
                if actors := self._phrases.get(phrase):
                    by_name = not actors <= self._described.get(phrase, set())
                    mentions.append(ActorMention(start, end, frozenset(actors), by_name))
                    start = end
                    break
            else:
                start += 1
        mentions.extend(self._by_role(words, mentions))
        return tuple(sorted(mentions, key=lambda mention: mention.start))

    def foreign_mentions(self, text: str, language: str | None, taken: Sequence[ActorMention]) -> tuple[ActorMention, ...]:
        """Return the actors named in another script, or in a form of another language, beside those that are ``taken`` already.

        ``text`` is as `tokens` cuts it; of ``language`` None only words in other scripts are read.
        """
        read, mentions = tokens(text), []
        for match in self._foreign.find(text, language):
            indexes = [index for index, token in enumerate(read) if token.start < match.end and match.start < token.end]
            actors = frozenset(actor for name in match.names for actor in self._phrases[name])
            if indexes and not any(mention.start <= indexes[-1] and indexes[0] < mention.end for mention in taken):
                mention = ActorMention(indexes[0], indexes[-1] + 1, actors, written=text[match.start : match.end])
                mentions.append(mention)
        return tuple(mentions)

    @cached_property
    def _foreign(self) -> ForeignNames:
        return ForeignNames(self._phrases.keys() - self._described.keys())

    def _by_role(self, words: Sequence[str], taken: Sequence[ActorMention]) -> list[ActorMention]:
        stems = [stem(word) for word in words]
        present = set(stems)
        matches: list[tuple[int, int, int, str]] = []  # length of the role, first and last word, actor
        for role, actor in self._roles:
            if not role <= present:
                continue
            indexes = sorted(stems.index(role_stem) for role_stem in role)
            if indexes[-1] - indexes[0] <= len(role) + _ROLE_REACH:
                matches.append((len(role), indexes[0], indexes[-1] + 1, actor))
        if not matches:
            return []
        most = max(size for size, *_ in matches)
        actors = frozenset(actor for size, _, _, actor in matches if size == most)
        start, end = next((start, end) for size, start, end, _ in matches if size == most)
        within = any(mention.by_name and mention.start <= start and end <= mention.end for mention in taken)
        if within or any(actors <= mention.actors for mention in taken):
            return []
        return [ActorMention(start, end, actors, by_name=False)]


@lru_cache(maxsize=_CACHED)
def _read_name(name: str) -> tuple[tuple[str, ...], frozenset[str], bool]:
    """Return the words of a name without a leading article, the stems of those that tell, and whether it is a description.

    A description has a common noun: "the head of NASA" is one, "NASA" is none. A script without capitals shows none.
    """
    read = tokens(name)
    words = [token.word for token in read]
    while len(words) > 1 and words[0] in _LEADING:
        words.pop(0)
    telling = [token for token in read if token.word not in STOP_WORDS]
    describes = any(not token.capital and token.word[0] != token.word[0].upper() for token in telling)
    return tuple(words), frozenset(stem(token.word) for token in telling), describes
