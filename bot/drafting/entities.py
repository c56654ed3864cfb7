"""The entities of a text: its names put together into people, organisations and places, with their aliases and roles."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bot.drafting.article import Article
from bot.drafting.entity_kinds import Mention, has_local_noun, is_at_place, is_person, kind_of
from bot.english import roles
from bot.english.coreference import EntityLookup
from bot.english.first_names import is_womans
from bot.english.name_runs import NameRun, is_abbreviation, name_runs, plain
from bot.english.name_words import (
    BUSINESSES,
    CLUBS,
    COUNTRY_ABBREVIATIONS,
    MEN,
    NAME_JOINERS,
    ORGANISATION_HEADS,
    PERSON_TITLES,
    SURNAME_PARTICLES,
    WOMEN,
)
from bot.english.sentences import Entity, TextToken, sentences, tokens_of
from bot.english.word_classes import SAYING
from bot.facts.sourcing import AGENCIES


class EntityIndex(EntityLookup):
    """The entities of a text, found by the names in it."""

    def __init__(self, article: Article) -> None:
        super().__init__()
        self.entities: list[Entity] = []
        self._by_name: dict[str, Entity] = {}
        self._surnames: dict[str, list[Entity]] = defaultdict(list)
        self._first_names: dict[str, list[Entity]] = defaultdict(list)  # of people with two names or more
        self._bodies: dict[str | frozenset[str], list[Entity]] = defaultdict(list)  # by first and last word, and by all words
        self._offices: dict[str, list[Entity]] = defaultdict(list)  # people by the words of their roles
        mentions = list(_mentions(article))
        # Words that are names where no sentence begins, alone or inside a longer name.
        self._certain = {
            word
            for mention in mentions
            for word in (mention.run.text, *mention.run.words)
            if not mention.run.first or len(mention.run.words) > 1
        }
        mentions = [mention for mention in mentions if self._is_name(mention)]
        self._alone = Counter(
            mention.run.words[0] for mention in mentions if len(mention.run.words) == 1 and not has_local_noun(mention)
        )
        self._mentions: dict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            self._mentions[_key(mention.run.text)].append(mention)
        # The longest first; those of one word alone may be parts of the others, and come last.
        for mention in sorted(
            mentions, key=lambda mention: (not mention.run.titles and len(mention.run.words) == 1, -len(mention.run.words))
        ):
            self._add_mention(mention)
        self._merged: set[Entity] = set()  # those that turned out to be others under a short name
        self._merge_abbreviations(mentions)
        self.entities = [entity for entity in self.entities if entity not in self._merged]
        self._note_roles(mentions)
        for entity in self.entities:
            self._note_offices(entity)
        for mention in mentions:
            self._note(mention)
        self._add_role_aliases(article)

    def entity_of(self, run: NameRun) -> Entity | None:
        """Return the entity that a run of name tokens means."""
        named = self._by_name.get(_key(run.text))
        if named is not None and not run.titles:
            return named
        alone = run.words[0] if len(run.words) == 1 else ""
        same = self._surnames.get(run.words[-1], []) or (self._first_names.get(alone, []) if run.titles else [])
        if len(same) > 1 and run.titles:
            fitting = [entity for entity in same if entity.role and plain(run.titles[-1]) in entity.role.lower()]
            same = fitting or same
        return same[0] if same else named

    def add(self, entity: Entity) -> Entity:
        """Add somebody whom no name names."""
        is_new = entity.name.casefold() not in self._described
        known = super().add(entity)
        if is_new:
            self.entities.append(entity)
            self._note_offices(entity)
        return known

    def people_called(self, noun: str) -> Sequence[Entity]:
        """Return the people whose role or description has a word, in the order in which they were found."""
        return self._offices[noun]

    def _note_offices(self, entity: Entity) -> None:
        for word in set(re.findall(r"[\w-]+", f"{entity.role or ''} {entity.name}".lower())) if entity.kind == "person" else ():
            self._offices[word].append(entity)

    def _is_name(self, mention: Mention) -> bool:
        """Return whether a word that begins a sentence is a name: it is one elsewhere, or what follows is what names do."""
        run = mention.run
        if not run.first or len(run.words) > 1 or run.titles or is_abbreviation(run.words[0]):
            return True
        if run.text in self._certain:
            return True
        behind = mention.behind
        joined = mention.sentence[run.end : run.end + 2]
        if len(joined) == 2 and joined[0].lower == "and" and joined[1].capital:
            return True  # Google and Facebook
        return behind is not None and (behind.lower in SAYING or behind.text in ("'s", "’s"))

    def _add_mention(self, mention: Mention) -> None:
        """Add the entity that a name means, or the name to the entity that has it already."""
        run = mention.run
        if _key(run.text) in self._by_name:
            return
        person = is_person(mention, self._alone)
        first_name = self._first_names.get(run.words[0], []) if len(run.words) == 1 else []  # Sir Alastair, Moussa
        if len(run.words) == 1 and (self._surnames.get(run.words[0]) or (run.titles and first_name)):
            return
        known_by = self._surnames.get(run.words[-1], []) if plain(run.words[0]) in SURNAME_PARTICLES else []
        if known_by:
            known_by[0].add_alias(run.text)  # Mr van Dalen, called Ruud van Dalen before
            return
        if len(first_name) == 1 and not is_at_place(mention):
            first_name[0].add_alias(run.text)
            self._by_name[_key(run.text)] = first_name[0]
            return
        name = run.text if not person or len(run.words) > 1 else " ".join([run.titles[-1], run.text] if run.titles else run.words)
        kind = "person" if person else kind_of(self._mentions[_key(run.text)])
        known = self._same_body(run) if not person else None
        if known is not None:
            known.add_alias(run.text)
            self._by_name[_key(run.text)] = known
            return
        self._add_entity(Entity(name, kind), run)

    def _add_entity(self, entity: Entity, run: NameRun) -> None:
        """Add an entity to all that it is found by."""
        self.entities.append(entity)
        self._by_name[_key(run.text)] = entity
        words = _own_words(entity)
        if entity.kind == "person":
            first = entity.name.split()
            if len(first) > 1:
                self._first_names[first[0]].append(entity)
            self._surnames[run.words[-1]].append(entity)
            if len(run.words) > 1:
                entity.add_alias(run.words[-1])
        elif entity.kind != "place" and words:
            keys: set[str | frozenset[str]] = {words[0], words[-1], frozenset(words)}
            for key in keys:
                self._bodies[key].append(entity)

    def _same_body(self, run: NameRun) -> Entity | None:
        """Return a body that is called this with its words turned, shorter, or in capital letters alone."""
        words = {plain(word) for word in run.words} - NAME_JOINERS
        for entity in self._bodies[plain(run.text)] if len(run.words) == 1 else self._bodies[frozenset(words)]:
            own = _own_words(entity)
            alone = plain(run.text) if len(run.words) == 1 and len(own) > 1 else None
            by_last = alone == own[-1] and (entity.kind == "outlet" or own[-1] in CLUBS)
            by_first = alone == own[0] and own[-1] in BUSINESSES
            turned = len(words) > 1 and words == set(own) and words & ORGANISATION_HEADS
            if turned or by_first or by_last:
                return entity
        return None

    def _merge_abbreviations(self, mentions: Sequence[Mention]) -> None:
        """Make an abbreviation in brackets behind a name, or one of a name's first letters, an alias of it."""
        for mention in mentions:
            behind = _in_brackets(mention.sentence, mention.run.end)
            entity = self.entity_of(mention.run)
            if behind is None or entity is None:
                continue
            if behind.lower() not in AGENCIES or behind.replace(".", "") in _initials(mention.run.text):
                self._merge(entity, behind)
        spelled: dict[str, Entity] = {}  # by the first letters of their words
        for entity in self.entities:
            for letters in _initials(entity.name):
                spelled.setdefault(letters, entity)
        for entity in self.entities:
            if is_abbreviation(entity.name) and entity not in self._merged:
                full = COUNTRY_ABBREVIATIONS.get(entity.name.lower())
                known = spelled.get(entity.name.replace(".", ""))
                known = self._by_name.get(_key(known.name)) if known is not None else None
                if full is not None and known is None:
                    entity.add_alias(full)
                elif known is not None:
                    self._merge(known, entity.name)

    def _merge(self, entity: Entity, alias: str) -> None:
        """Make a short name an alias of an entity, and whatever had that name a part of it."""
        other = self._by_name.get(_key(alias))
        entity.add_alias(alias)
        self._by_name[_key(alias)] = entity
        if other is None or other is entity:
            return
        for name in (other.name, *other.aliases):
            entity.add_alias(name)
            self._by_name[_key(name)] = entity
        if is_abbreviation(entity.name) and not is_abbreviation(other.name):
            entity.name, entity.aliases = other.name, [entity.name, *(kept for kept in entity.aliases if kept != other.name)]
        self._merged.add(other)

    def _note_roles(self, mentions: Sequence[Mention]) -> None:
        """Give each person the longest role that stands beside one of the names."""
        for mention in mentions:
            entity = self.entity_of(mention.run)
            if entity is None or entity.kind != "person":
                continue
            role = roles.role_of(mention.run, mention.sentence, mention.paragraph.text)
            if role and len(role) > len(entity.role or ""):
                entity.role, entity.role_paragraph = role, mention.paragraph.number

    def _note(self, mention: Mention) -> None:
        """Note where an entity is named, whether it is a woman or a man, and how else it is called."""
        entity = self.entity_of(mention.run)
        if entity is None:
            return
        entity.paragraphs.append(mention.paragraph.number)
        titles = {plain(word) for word in (*mention.run.titles, roles.head(entity.role or "") or "")}
        if titles & WOMEN:
            entity.woman = True
        elif titles & MEN:
            entity.woman = False
        elif entity.woman is None and entity.kind == "person" and len(entity.name.split()) > 1:
            entity.woman = is_womans(entity.name.split()[0])
        if mention.run.titles and plain(mention.run.titles[-1]) in PERSON_TITLES:
            entity.add_alias(" ".join([mention.run.titles[-1], mention.run.words[-1]]))
        elif entity.kind != "person":
            entity.add_alias(mention.run.text)

    def _add_role_aliases(self, article: Article) -> None:
        """Call somebody by the role alone where the text does so and nobody else has it: the mayor."""
        text = " ".join(paragraph.text for paragraph in article.paragraphs).lower()
        heads = {entity: roles.head(entity.role) for entity in self.entities if entity.role}
        counted = Counter(heads.values())
        for entity, noun in heads.items():
            if noun and counted[noun] == 1 and f"the {noun} " in text:
                entity.add_alias(f"the {noun}")


def find_names(index: EntityIndex, sentence: Sequence[TextToken]) -> Iterator[tuple[int, int, Entity]]:
    """Yield the names of a sentence, each with an abbreviation behind it: from one token to before another, and who is meant."""
    for run in name_runs(sentence):
        entity = index.entity_of(run)
        if entity is not None:
            yield run.start, run.end + (3 if _in_brackets(sentence, run.end) else 0), entity


def _in_brackets(sentence: Sequence[TextToken], position: int) -> str | None:
    """Return the abbreviation that stands in brackets at a place."""
    inside = [token.text for token in sentence[position : position + 3]]
    return inside[1] if len(inside) == 3 and inside[0] == "(" and inside[2] == ")" and is_abbreviation(inside[1]) else None


def _mentions(article: Article) -> Iterable[Mention]:
    """Yield the names of an article, also those inside its quotations."""
    for paragraph in article.paragraphs:
        for sentence in sentences(paragraph.tokens()):
            for run in name_runs(sentence):
                yield Mention(run, sentence, paragraph)
            for token in sentence:
                if token.kind == "quote":
                    for inner in sentences(tokens_of(token.text)):
                        yield from (Mention(run, inner, paragraph) for run in name_runs(inner))


def _own_words(entity: Entity) -> list[str]:
    """Return the words of an entity's name without those that only join them."""
    return [plain(word) for word in entity.name.split() if plain(word) not in NAME_JOINERS]


def _initials(name: str) -> tuple[str, ...]:
    """Return the first letters of a name of several words, little words left out or not."""
    words = name.replace("-", " ").split()
    if len(words) < 2:
        return ()
    return "".join(word[0] for word in words if word.lower() not in NAME_JOINERS), "".join(word[0].upper() for word in words)


def _key(text: str) -> str:
    return text.casefold().replace(".", "").replace("’", "'")
