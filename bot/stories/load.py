"""Load a story file: the whole story, or every fault of the file at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.errors import StoryFileError, UsageError, reason_of
from bot.facts.models import ACTOR_KINDS, Actor, Citation, Fact, FactKind, RecordedQuestion, Source, Story, StoryInfo
from bot.facts.text import on_one_line
from bot.messages import Message
from bot.stories.csl_terms import meant_type, split_note
from bot.stories.fields import Fields, Pair, PlacedText, did_you_mean, items, not_known, shown
from bot.stories.references import References, citations
from bot.stories.yaml_tree import MAX_BYTES, GivenUpError, Node, compose, decode

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
    """Read the content of a story file; ``name`` is what its error calls it. Raises StoryFileError with all its faults."""
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
        self._references = References(self)

    def story(self, root: Node) -> Story | None:
        """Read the whole file."""
        sections = self.mapping(root, Message("a story file"), ("story",), _SECTIONS)
        info = self._info(sections["story"]) if "story" in sections else None
        sources = tuple(map(self._source, self._named(sections.get("sources"), "source")))
        actors = tuple(map(self._actor, self._named(sections.get("actors"), "actor")))
        facts = (
            *(self._fact("event", entry) for entry in self._named(sections.get("events"), "event")),
            *(self._fact("quote", entry) for entry in self._named(sections.get("quotes"), "quote")),
            *(self._fact("claim", entry) for entry in self._named(sections.get("claims"), "claim")),
        )
        questions = tuple(self._questions(sections.get("questions")))
        self._references.check()
        return Story(info, sources, actors, facts, questions) if info and not self.faults else None

    def _info(self, node: Node) -> StoryInfo:
        fields = self.mapping(node, Message("the story"), ("id", "title"), ("summary", "language"))
        return StoryInfo(
            id=self.slug(fields.get("id"), "id") or "",
            title=self.line(fields.get("title"), "title") or "",
            summary=self.text(fields.get("summary"), "summary"),
            language=self.language(fields.get("language"), "language") or "en",
        )

    def _named(self, node: Node | None, kind: str) -> list[Pair]:
        """Read a section whose keys are ids."""
        entries = self.entries(node, f"{kind}s")
        for entry in entries:
            if self.identity(entry, kind):
                self._references.define(kind, entry)
        return entries

    def _keys(self, entry: Pair, kind: str, required: Sequence[str], optional: Sequence[str]) -> dict[str, Node]:
        return self.mapping(entry.value, Message(_ENTRY[kind], name=shown(entry.key)), required, optional, entry.node)

    def _source(self, entry: Pair) -> Source:
        fields = self._keys(entry, "source", ("type", "title"), ("publisher", "author", "published", "url", "archive", "note"))
        note, details = split_note(self.text(fields.get("note"), "note"))
        return Source(
            id=entry.key,
            type=self._type(fields.get("type")) or "",
            title=self.line(fields.get("title"), "title") or "",
            publisher=self.line(fields.get("publisher"), "publisher"),
            authors=_names(self.texts(fields.get("author"), "author")),
            published=self.date(fields.get("published"), "published"),
            url=self.url(fields.get("url"), "url"),
            archive=self.url(fields.get("archive"), "archive"),
            note=note,
            details=details,
        )

    def _type(self, node: Node | None) -> str | None:
        """Read a source's type. One that CSL does not have is taken as written, unless it is all but one that CSL has.

        All but one are ``Webpage``, ``web page``, ``webpag`` and, as the last word of one, ``newspaper``.
        """
        text = self.text(node, "type")
        mend = did_you_mean(meant_type(text)) if text is not None else None
        if text is None or mend is None or node is None:
            return text
        self.fault(node, not_known("type", text), mend)
        return None

    def _actor(self, entry: Pair) -> Actor:
        fields = self._keys(entry, "actor", ("name", "kind"), ("aliases", "role", "cite"))
        return Actor(
            id=entry.key,
            name=self.line(fields.get("name"), "name") or "",
            kind=self.choice(fields.get("kind"), "kind", ACTOR_KINDS) or "",
            aliases=_names(self.texts(fields.get("aliases"), "aliases")),
            role=self.line(fields.get("role"), "role"),
            citations=self._cite(fields.get("cite")),
        )

    def _fact(self, kind: FactKind, entry: Pair) -> Fact:
        required, optional = _FACT_KEYS[kind]
        fields = self._keys(entry, kind, required, optional)
        text_key = "what" if kind == "event" else "text"
        return Fact(
            id=entry.key,
            kind=kind,
            text=self.text(fields.get(text_key), text_key) or "",
            citations=self._cite(fields.get("cite"), required=True),
            date=self.date(fields.get("date"), "date"),
            where=self.line(fields.get("where"), "where"),
            context=self.text(fields.get("context"), "context"),
            by=self._ids(fields, "by", "actor", required=True),
            who=self._ids(fields, "who", "actor"),
            about=self._ids(fields, "about", "actor"),
            event=self._event(fields.get("event")),
            asked_as=_plain(self.texts(fields.get("asked_as"), "asked_as")),
        )

    def _event(self, node: Node | None) -> str | None:
        name = self.text(node, "event")
        if name and node is not None:
            self._references.use("event", name, node)
        return name

    def _ids(self, fields: dict[str, Node], key: str, kind: str, *, required: bool = False) -> tuple[str, ...]:
        """Read the ids under a key, which must be known in the end."""
        node = fields.get(key)
        if node is None:
            return ()
        read = self.texts(node, key)
        if required and not items(node):
            self.fault(node, Message("The list of speakers is empty."), Message("Name one by its id."))
        for text, place in read:
            self._references.use(kind, text, place)
        return tuple(dict.fromkeys(_plain(read)))

    def _cite(self, node: Node | None, *, required: bool = False) -> tuple[Citation, ...]:
        if node is None:
            return ()
        read = citations(self, node)
        for citation, place in read:
            self._references.use("source", citation.source, place)
        if required and not items(node):
            mend = Message("Name at least one source, such as `cite: gazette#4`.")
            self.fault(node, Message("The fact has no citation."), mend)
        return tuple(citation for citation, _ in read)

    def _questions(self, node: Node | None) -> Iterable[RecordedQuestion]:
        for item in [] if node is None else items(node):
            fields = self.mapping(item, Message("a question"), ("ask", "expect"), ("short",))
            yield RecordedQuestion(
                ask=self.text(fields.get("ask"), "ask") or "",
                expect=self._ids(fields, "expect", "fact"),
                short=self.text(fields.get("short"), "short"),
            )


def _plain(texts: Iterable[PlacedText]) -> tuple[str, ...]:
    return tuple(text.text for text in texts)


def _names(texts: Iterable[PlacedText]) -> tuple[str, ...]:
    return tuple(on_one_line(text.text) for text in texts)
