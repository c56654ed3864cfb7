"""Loading a story file: the whole story, or every fault of the file at once.

Each id has to be given once, and every id that is used has to be given. A citation is ``gazette``, ``gazette#4``,
``{source: gazette, page: 12}``, or a list of these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from bot.errors import StoryFileError, UsageError, reason_of
from bot.facts.limits import Item, excesses
from bot.facts.models import (
    ACTOR_KINDS,
    WRITTEN_KINDS,
    Actor,
    Citation,
    Fact,
    FactKind,
    RecordedQuestion,
    Source,
    Story,
    StoryInfo,
)
from bot.facts.text import clean, on_one_line
from bot.messages import Message
from bot.stories.csl_terms import LOCATORS, meant_type, split_note
from bot.stories.fields import Fields, Pair, did_you_mean, is_null, items, nearest, not_known, shown
from bot.stories.yaml_tree import MAX_BYTES, GivenUpError, MappingNode, Node, compose, decode

T = TypeVar("T", bound=Item)

_SECTIONS = ("sources", "actors", "events", "quotes", "claims", "questions")
_FACT_KEYS: dict[FactKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "event": (("what", "cite"), ("date", "where", "who", "asked_as")),
    "quote": (("by", "text", "cite"), ("date", "context", "about", "event", "asked_as")),
    "claim": (("text", "cite"), ("by", "date", "about", "event", "asked_as")),
}
_ENTRY = {
    "source": 'the source "{name}"',
    "actor": 'the actor "{name}"',
    "event": 'the event "{name}"',
    "quote": 'the quote "{name}"',
    "claim": 'the claim "{name}"',
}
_KEY_OF = {"authors": "author", "citations": "cite", "details": "note"}  # fields of records that have another name in files
_A_LOCATOR = Message("Write `page`, `paragraph`, `section`, `line`, `timestamp` or another CSL locator.")
_MISSING = {
    "source": 'There is no source "{name}".',
    "actor": 'There is no actor "{name}".',
    "event": 'There is no event "{name}".',
    "fact": 'There is no fact "{name}".',
}
_ADD_UNDER = "Add it under `{key}`, or correct the id."
_ADD_FACT = Message("Add it under `events`, `quotes` or `claims`, or correct the id.")


def load_story(path: Path) -> Story:
    """Read a story file. Raises StoryFileError with all its faults, or UsageError where the file cannot be opened."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UsageError(f"There is no story file {path}. Check the name.") from None
    except IsADirectoryError:
        raise UsageError(f"{path} is a folder. Give the name of a story file in it.") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read: {reason_of(error)}. Check its name and its permissions.") from error
    return read_story(content, str(path))


def read_story(content: str | bytes, name: str) -> Story:
    """Read the content of a story file; ``name`` is the file's name in errors. Raises StoryFileError with all its faults."""
    text, faults = decode(content.encode("utf-8", errors="surrogatepass") if isinstance(content, str) else content)
    if faults:
        raise StoryFileError(name, tuple(faults))
    root, faults = compose(text)
    if root is None:
        raise StoryFileError(name, tuple(faults))
    loader = _Loader()
    try:
        story = loader.story(root)
    except GivenUpError as error:
        story = None
        faults.append(error.fault)
    if faults or loader.faults or story is None:
        raise StoryFileError(name, tuple(sorted({*faults, *loader.faults})))
    return story


class _Loader(Fields):
    """Reads one story. What a fault leaves unreadable is left out, so that the rest can be checked too."""

    def __init__(self) -> None:
        super().__init__()
        self._given: dict[str, dict[str, Pair]] = defaultdict(dict)  # ids by kind; all kinds of facts under "fact" too
        self._used: list[tuple[str, str, Node]] = []  # kind, id and place

    def story(self, root: Node) -> Story | None:
        """Read the whole file."""
        sections = self.mapping(root, Message("a story file"), ("story",), _SECTIONS)
        info = self._info(sections["story"]) if "story" in sections else None
        sources = tuple(map(self._source, self._named(sections, "source")))
        actors = tuple(map(self._actor, self._named(sections, "actor")))
        facts = tuple(self._fact(kind, entry) for kind in WRITTEN_KINDS for entry in self._named(sections, kind))
        questions = tuple(map(self._question, items(sections["questions"]) if "questions" in sections else ()))
        self._check_ids()
        return Story(info, sources, actors, facts, questions) if info and not self.faults else None

    def _named(self, sections: dict[str, Node], kind: str) -> list[Pair]:
        """Read a section whose keys are ids. Events, quotes and claims share one space of ids."""
        entries = self.entries(sections.get(f"{kind}s"), f"{kind}s")
        for entry in entries:
            if not self.is_id(entry, kind):
                continue
            first = self._given["fact"].setdefault(entry.key, entry) if kind in WRITTEN_KINDS else entry
            if first is not entry:
                line = first.node.line
                problem = Message('"{name}" is already the id of another fact, on line {line}.', name=shown(entry.key), line=line)
                self.fault(entry.node, problem, Message("Give each event, quote and claim an id of its own."))
            self._given[kind][entry.key] = entry
        return entries

    def _check_ids(self) -> None:
        """Add a fault for each id that is used but never given."""
        for kind, name, node in self._used:
            known = self._given[kind]
            if name in known:
                continue
            if kind == "event" and name in self._given["fact"]:
                problem = Message('"{name}" is not an event.', name=shown(name))
                self.fault(node, problem, Message("Name an event, or take the line out."))
                continue
            mend = did_you_mean(nearest(name, known)) or (_ADD_FACT if kind == "fact" else Message(_ADD_UNDER, key=f"{kind}s"))
            self.fault(node, Message(_MISSING[kind], name=shown(name)), mend)

    def _info(self, node: Node) -> StoryInfo:
        fields = self.mapping(node, Message("the story"), ("id", "title"), ("summary", "language"))
        return self._within(
            StoryInfo(
                id=self.slug(fields, "id") or "",
                title=self.line(fields, "title") or "",
                summary=self.text(fields, "summary"),
                language=self.language(fields, "language") or "en",
            ),
            fields,
        )

    def _keys(self, entry: Pair, kind: str, required: Sequence[str], optional: Sequence[str]) -> dict[str, Node]:
        return self.mapping(entry.value, Message(_ENTRY[kind], name=shown(entry.key)), required, optional, entry.node)

    def _source(self, entry: Pair) -> Source:
        fields = self._keys(entry, "source", ("type", "title"), ("publisher", "author", "published", "url", "archive", "note"))
        kind = self.text(fields, "type")
        # A type that CSL does not have is taken as written, unless it almost is one of CSL's: "Webpage", "web page", "webpag", or
        # "newspaper", the last word of one.
        mend = did_you_mean(meant_type(kind)) if kind else None
        if kind and mend:
            self.fault(fields["type"], not_known("type", kind), mend)
        note, details = split_note(self.text(fields, "note"))
        return self._within(
            Source(
                id=entry.key,
                type=kind or "",
                title=self.line(fields, "title") or "",
                publisher=self.line(fields, "publisher"),
                authors=tuple(on_one_line(text) for text, _ in self.texts(fields, "author")),
                published=self.date(fields, "published"),
                url=self.url(fields, "url"),
                archive=self.url(fields, "archive"),
                note=note,
                details=details,
            ),
            fields,
        )

    def _actor(self, entry: Pair) -> Actor:
        fields = self._keys(entry, "actor", ("name", "kind"), ("aliases", "role", "wikidata", "cite"))
        return self._within(
            Actor(
                id=entry.key,
                name=self.line(fields, "name") or "",
                kind=self.choice(fields, "kind", ACTOR_KINDS) or "",
                aliases=tuple(on_one_line(text) for text, _ in self.texts(fields, "aliases")),
                role=self.line(fields, "role"),
                citations=self._cite(fields),
                wikidata=self.wikidata(fields, "wikidata"),
            ),
            fields,
        )

    def _fact(self, kind: FactKind, entry: Pair) -> Fact:
        required, optional = _FACT_KEYS[kind]
        fields = self._keys(entry, kind, required, optional)
        text_key = "what" if kind == "event" else "text"
        event = self.text(fields, "event")
        if event:
            self._used.append(("event", event, fields["event"]))
        return self._within(
            Fact(
                id=entry.key,
                kind=kind,
                text=self.text(fields, text_key) or "",
                citations=self._cite(fields, required=True),
                date=self.date(fields, "date"),
                where=self.line(fields, "where"),
                context=self.text(fields, "context"),
                by=self._ids(fields, "by", "actor", required=True),
                who=self._ids(fields, "who", "actor"),
                about=self._ids(fields, "about", "actor"),
                event=event,
                asked_as=tuple(text for text, _ in self.texts(fields, "asked_as")),
            ),
            fields,
        )

    def _question(self, node: Node) -> RecordedQuestion:
        fields = self.mapping(node, Message("a question"), ("ask", "expect"), ("short",))
        return self._within(
            RecordedQuestion(
                ask=self.text(fields, "ask") or "",
                expect=self._ids(fields, "expect", "fact"),
                short=self.text(fields, "short"),
            ),
            fields,
        )

    def _within(self, item: T, fields: dict[str, Node]) -> T:
        """Return what was read, with a fault for each field that holds too much."""
        for excess in excesses(item):
            key = "what" if excess.field == "text" and "what" in fields else _KEY_OF.get(excess.field, excess.field)
            node = fields[key]
            if excess.index is not None:
                node = next(iter(items(node)[excess.index : excess.index + 1]), node)
            self.fault(node, Message("`{key}`: {problem}", key=key, problem=excess.problem), excess.mend)
        return item

    def _ids(self, fields: dict[str, Node], key: str, kind: str, *, required: bool = False) -> tuple[str, ...]:
        """Read the ids under a key; that each is given somewhere is checked at the end."""
        read = self.texts(fields, key)
        if required and key in fields and not items(fields[key]):
            self.fault(fields[key], Message("The list of speakers is empty."), Message("Name one by its id."))
        self._used += [(kind, name, node) for name, node in read]
        return tuple(dict.fromkeys(name for name, _ in read))

    def _cite(self, fields: dict[str, Node], *, required: bool = False) -> tuple[Citation, ...]:
        """Read one citation or a list of them."""
        citations = []
        cited = items(fields["cite"]) if "cite" in fields else []
        for item in cited:
            citation = self._long_citation(item) if isinstance(item, MappingNode) else self._short_citation(item)
            if citation:
                citations.append(citation)
                self._used.append(("source", citation.source, item))
        if required and "cite" in fields and not cited:
            mend = Message("Name at least one source, such as `cite: gazette#4`.")
            self.fault(fields["cite"], Message("The fact has no citation."), mend)
        return tuple(citations)

    def _short_citation(self, node: Node) -> Citation | None:
        text = self.text_at(node, "cite")
        if text is None:
            return None
        source, sign, paragraph = (clean(part) for part in text.partition("#"))
        if not source or (sign and not paragraph):
            mend = Message("Write the source's id, or with a paragraph: `gazette#4`.")
            self.fault(node, Message('The citation "{text}" is not complete.', text=shown(text)), mend)
            return None
        return Citation(source, "paragraph", paragraph) if sign else Citation(source)

    def _long_citation(self, node: Node) -> Citation | None:
        entries = {entry.key: entry for entry in self.entries(node, "cite")}
        source = entries.pop("source", None)
        if source is None or is_null(source.value):
            self.fault(node, Message("The citation has no source."), Message("Write it like `{source: gazette, page: 12}`."))
        for entry in list(entries.values()):
            if entry.key not in LOCATORS:
                mend = did_you_mean(nearest(entry.key, LOCATORS)) or _A_LOCATOR
                self.fault(entry.node, Message('"{name}" is not a place in a source.', name=shown(entry.key)), mend)
                del entries[entry.key]
            elif is_null(entry.value):
                del entries[entry.key]
        if len(entries) > 1:
            mend = Message("Keep one, or write two citations of the same source.")
            self.fault(node, Message("The citation has more than one place."), mend)
        name = self.text_at(source.value, "source") if source and not is_null(source.value) else None
        for label, entry in entries.items():
            locator = self.text_at(entry.value, label)
            return Citation(name, label, locator) if name and locator else None
        return Citation(name) if name else None
