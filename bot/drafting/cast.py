"""Who a text speaks of: its names put together into people, organisations and places, with their aliases and roles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.drafting import roles
from bot.drafting.article import Article, Paragraph
from bot.drafting.runs import Run, is_abbreviation, plain, runs_in
from bot.english.names import (
    BUSINESSES,
    CLUBS,
    COUNTRY_ABBREVIATIONS,
    GOVERNMENT,
    MEN,
    NAME_JOINERS,
    ORGANISATION_HEADS,
    OUTLETS,
    PERSON_TITLES,
    PLACES,
    SURNAME_PARTICLES,
    WOMEN,
)
from bot.english.speech import SAYING
from bot.english.tokens import TextToken, sentences, tokens_of
from bot.facts.sourcing import AGENCIES

# Joiners that no name of a person has: of, for, and.
_NOT_OF_PERSONS = NAME_JOINERS - {"de", "van", "von", "al", "bin", "da", "di", "la", "den", "der", "el", "ibn"}
_PLACE_WORDS = frozenset("in at near from across outside inside around".split())


@dataclass(slots=True, eq=False)
class Member:
    """Somebody or something that the text names; ``paragraphs`` are those that do, in order."""

    name: str
    kind: str
    aliases: list[str] = field(default_factory=list)
    role: str | None = None
    role_paragraph: int | None = None
    woman: bool | None = None
    paragraphs: list[int] = field(default_factory=list)
    described: bool = False  # by a noun alone, such as "a witness": no name is known

    def call(self, alias: str) -> None:
        """Note another name."""
        if alias != self.name and alias not in self.aliases:
            self.aliases.append(alias)


@dataclass(frozen=True, slots=True)
class Sight:
    """A run where it stands."""

    run: Run
    sentence: tuple[TextToken, ...]
    paragraph: Paragraph


class Cast:
    """The members of a text, and who is meant by a name in it."""

    def __init__(self, article: Article) -> None:
        self.members: list[Member] = []
        self._by_name: dict[str, Member] = {}
        self._surnames: dict[str, list[Member]] = defaultdict(list)
        sights = list(_sights(article))
        self._certain = _certain_names(sights)
        sights = [sight for sight in sights if self._is_name(sight)]
        self._alone = Counter(sight.run.words[0] for sight in sights if len(sight.run.words) == 1)
        for sight in sorted(sights, key=_longest_first):
            self._take(sight)
        self._merge_abbreviations(sights)
        self._note_roles(sights)
        for sight in sights:
            self._note(sight)
        self._call_by_role(article)

    def of(self, run: Run) -> Member | None:
        """Return who a run means."""
        found = self._by_name.get(_key(run.text))
        if found is not None and not run.titles:
            return found
        same = self._surnames.get(run.words[-1], []) or (self._by_first_name(run) if run.titles else [])
        if len(same) > 1 and run.titles:
            fitting = [each for each in same if each.role and plain(run.titles[-1]) in each.role.lower()]
            same = fitting or same
        return same[0] if same else found

    def add(self, member: Member) -> Member:
        """Add somebody whom no name names."""
        for each in self.members:
            if each.described and each.name.casefold() == member.name.casefold():
                return each
        self.members.append(member)
        return member

    def _is_name(self, sight: Sight) -> bool:
        """Return whether a word that begins a sentence is a name: it is one elsewhere, or what follows is what names do."""
        run = sight.run
        if not run.first or len(run.words) > 1 or run.titles or is_abbreviation(run.words[0]):
            return True
        if run.text in self._certain:
            return True
        following = sight.sentence[run.end] if run.end < len(sight.sentence) else None
        return following is not None and (following.lower in SAYING or following.text in ("'s", "’s"))

    def _take(self, sight: Sight) -> None:
        run = sight.run
        if _key(run.text) in self._by_name:
            return
        person = _is_person(sight, self._alone)
        if len(run.words) == 1 and (self._surnames.get(run.words[0]) or (run.titles and self._by_first_name(run))):
            return
        known_by = self._surnames.get(run.words[-1], []) if plain(run.words[0]) in SURNAME_PARTICLES else []
        if known_by:
            known_by[0].call(run.text)  # Mr van Dalen, called Ruud van Dalen before
            return
        first_name = self._by_first_name(run)
        if len(first_name) == 1 and not _is_at_place(sight):
            first_name[0].call(run.text)
            self._by_name[_key(run.text)] = first_name[0]
            return
        name = run.text if not person or len(run.words) > 1 else " ".join([run.titles[-1], run.text] if run.titles else run.words)
        kind = "person" if person else _kind(sight)
        known = self._same_body(run) if not person else None
        if known is not None:
            known.call(run.text)
            self._by_name[_key(run.text)] = known
            return
        member = Member(name, kind)
        self.members.append(member)
        self._by_name[_key(run.text)] = member
        if person:
            self._surnames[run.words[-1]].append(member)
            if len(run.words) > 1:
                member.call(run.words[-1])

    def _by_first_name(self, run: Run) -> list[Member]:
        """Return who is called by the first name: Sir Alastair, Moussa."""
        if len(run.words) > 1:
            return []
        named = (each for each in self.members if each.kind == "person" and len(each.name.split()) > 1)
        return [each for each in named if each.name.split()[0] == run.words[0]]

    def _same_body(self, run: Run) -> Member | None:
        """Return a body that is called this with its words turned, shorter, or in capital letters alone."""
        words = {plain(word) for word in run.words} - NAME_JOINERS
        for member in self.members:
            if member.kind in ("person", "place"):
                continue
            own = [plain(word) for word in member.name.split() if plain(word) not in NAME_JOINERS]
            paper = len(run.words) == 1 and member.kind == "outlet" and len(own) > 1 and plain(run.text) == own[-1]
            turned = len(words) > 1 and words == set(own) and words & ORGANISATION_HEADS
            shorter = len(run.words) == 1 and len(own) > 1 and plain(run.text) == own[0] and own[-1] in BUSINESSES
            club = len(run.words) == 1 and len(own) > 1 and plain(run.text) == own[-1] and own[-1] in CLUBS
            if turned or shorter or paper or club:
                return member
        return None

    def _merge_abbreviations(self, sights: Sequence[Sight]) -> None:
        """Make an abbreviation in brackets behind a name, or one of a name's first letters, an alias of it."""
        for sight in sights:
            behind = in_brackets(sight.sentence, sight.run.end)
            member = self.of(sight.run)
            agency = behind is not None and behind.lower() in AGENCIES and not _stands_for(behind, sight.run.text)
            if behind is not None and member is not None and not agency:
                self._merge(member, behind)
        for member in list(self.members):
            if is_abbreviation(member.name):
                full = COUNTRY_ABBREVIATIONS.get(member.name.lower())
                found = next((each for each in self.members if each is not member and _stands_for(member.name, each.name)), None)
                if full is not None and found is None:
                    member.call(full)
                elif found is not None:
                    self._merge(found, member.name)

    def _merge(self, member: Member, alias: str) -> None:
        other = self._by_name.get(_key(alias))
        member.call(alias)
        self._by_name[_key(alias)] = member
        if other is None or other is member:
            return
        for name in (other.name, *other.aliases):
            member.call(name)
            self._by_name[_key(name)] = member
        if is_abbreviation(member.name) and not is_abbreviation(other.name):
            member.name, member.aliases = other.name, [member.name, *(each for each in member.aliases if each != other.name)]
        self.members = [each for each in self.members if each is not other]

    def _note_roles(self, sights: Sequence[Sight]) -> None:
        for sight in sights:
            member = self.of(sight.run)
            if member is None or member.kind != "person":
                continue
            role = roles.role_of(sight.run, sight.sentence, sight.paragraph.text)
            if role and len(role) > len(member.role or ""):
                member.role, member.role_paragraph = role, sight.paragraph.number

    def _note(self, sight: Sight) -> None:
        member = self.of(sight.run)
        if member is None:
            return
        member.paragraphs.append(sight.paragraph.number)
        titles = {plain(word) for word in (*sight.run.titles, roles.head(member.role or "") or "")}
        if titles & WOMEN:
            member.woman = True
        elif titles & MEN:
            member.woman = False
        if sight.run.titles and plain(sight.run.titles[-1]) in PERSON_TITLES:
            member.call(" ".join([sight.run.titles[-1], sight.run.words[-1]]))
        elif member.kind != "person":
            member.call(sight.run.text)

    def _call_by_role(self, article: Article) -> None:
        """Call somebody by the role alone where the text does and nobody else has it: the mayor."""
        text = " ".join(paragraph.text for paragraph in article.paragraphs).lower()
        heads = Counter(roles.head(member.role) for member in self.members if member.role)
        for member in self.members:
            noun = roles.head(member.role) if member.role else None
            if noun and heads[noun] == 1 and f"the {noun} " in text:
                member.call(f"the {noun}")


def in_brackets(sentence: Sequence[TextToken], place: int) -> str | None:
    """Return the abbreviation that stands in brackets at a place."""
    inside = [token.text for token in sentence[place : place + 3]]
    return inside[1] if len(inside) == 3 and inside[0] == "(" and inside[2] == ")" and is_abbreviation(inside[1]) else None


def _sights(article: Article) -> Iterable[Sight]:
    for paragraph in article.paragraphs:
        for sentence in sentences(paragraph.tokens()):
            for run in runs_in(sentence):
                yield Sight(run, sentence, paragraph)
            for token in sentence:
                if token.kind == "quote":
                    for inner in sentences(tokens_of(token.text)):
                        yield from (Sight(run, inner, paragraph) for run in runs_in(inner))


def _certain_names(sights: Iterable[Sight]) -> frozenset[str]:
    """Return the words that are names where no sentence begins, alone or inside a longer name."""
    return frozenset(
        word for sight in sights for word in (sight.run.text, *sight.run.words) if not sight.run.first or len(sight.run.words) > 1
    )


def _longest_first(sight: Sight) -> tuple[bool, int]:
    return not sight.run.titles and len(sight.run.words) == 1, -len(sight.run.words)


def _is_person(sight: Sight, alone: Counter[str]) -> bool:
    """Return whether a name is a person's: by a title, role, age or ``who`` beside it, or its surname alone elsewhere."""
    run = sight.run
    if run.titles:
        return True
    if run.is_body or not 2 <= len(run.words) <= 5 or any(is_abbreviation(word) for word in run.words):
        return roles.has_role(run, sight.sentence) and len(run.words) == 1 and not is_abbreviation(run.text)
    if any(word in _NOT_OF_PERSONS for word in run.words):
        return False
    if plain(run.words[-1]) in OUTLETS or run.text.lower() in AGENCIES:
        return False
    if roles.has_role(run, sight.sentence):
        return True
    before = sight.sentence[run.start - 1].lower if run.start else ""
    if before in ("the", "a", "an") or (before in _PLACE_WORDS and not alone[run.words[-1]]):
        return False
    if alone[run.words[0]] or alone[run.words[-1]]:  # a person is called by the last name, a body by the first
        return bool(alone[run.words[-1]])
    return roles.speaks(run, sight.sentence)


def _is_at_place(sight: Sight) -> bool:
    return bool(sight.run.start) and sight.sentence[sight.run.start - 1].lower in _PLACE_WORDS


def _kind(sight: Sight) -> str:
    run = sight.run
    last = plain(run.words[-1])
    before = sight.sentence[run.start - 1].lower if run.start else ""
    words = {plain(word) for word in run.words}
    if last.startswith("@"):
        return "other"
    if run.text.lower() in AGENCIES or (last in OUTLETS and len(run.words) > 1) or words & {"bbc", "cnn", "npr"}:
        return "outlet"
    if words & GOVERNMENT or run.text.lower() in COUNTRY_ABBREVIATIONS or words & {"states", "kingdom", "republic"}:
        return "government"
    if run.is_body or is_abbreviation(run.text):
        return "organization"
    if len(run.words) > 1 and (last in PLACES or plain(run.words[0]) in PLACES):
        return "place"
    return "place" if before in _PLACE_WORDS and not roles.speaks(run, sight.sentence) else "organization"


def _stands_for(abbreviation: str, name: str) -> bool:
    """Return whether an abbreviation is made of a name's first letters, little words left out or not."""
    letters = abbreviation.replace(".", "")
    words = name.replace("-", " ").split()
    if len(words) < 2:
        return False
    return letters in (
        "".join(word[0] for word in words if word.lower() not in NAME_JOINERS),
        "".join(word[0].upper() for word in words),
    )


def _key(text: str) -> str:
    return text.casefold().replace(".", "").replace("’", "'")
