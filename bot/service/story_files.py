"""Story files and lists of sources for a base: previewing an import, importing once, and exporting stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.editing.people import import_touches
from bot.editing.previews import Trial, Trials
from bot.errors import UsageError
from bot.facts.base import FactBase
from bot.facts.logbook import Signature
from bot.facts.models import Source, Story, StoryChanges
from bot.facts.revisions import Applied
from bot.facts.state.taken_packs import PackSignature
from bot.formats.export import bundle, read_story_to_export
from bot.formats.exported_story import ExportedStory
from bot.formats.source_import import SortedSources, compare_with_story, import_sources
from bot.messages import CountedMessage, Message
from bot.settings import Settings
from bot.storage.deletion import write_export
from bot.stories.merging import Merged, marks_of, merge


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What importing a story would change: ``before`` is the story as it is, None where it is new.

    ``state`` is the version of the stored story, ``people`` how many of the facts that change name a person, ``signed`` who
    signed the story until now. ``kept`` is what stays as it is here though the pack says otherwise, where one is merged: facts by
    id, and the names of ``others``.
    """

    story: Story
    changes: StoryChanges
    trial: Trial
    before: Story | None
    state: int
    people: int = 0
    signed: PackSignature | None = None
    kept: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


class StoryFiles:
    """Imports and exports the stories of one base."""

    def __init__(self, base: FactBase, trials: Trials) -> None:
        self._base, self._trials = base, trials

    def to_export(self, story: str) -> ExportedStory:
        """Read a story for export: only its reviewed facts, since articles are not ours to hand on. Raises NotKnownError."""
        return read_story_to_export(self._base, story)

    def bundle(self, most: int | None = None) -> tuple[tuple[str, bytes], ...]:
        """Return all stories as zip files, by name, of at most ``most`` bytes each. Raises UsageError where one is larger."""
        return bundle(self._base, most)

    def compare_sources(self, story: str, sources: Sequence[Source]) -> SortedSources:
        """Compare the sources of a file with those of a story. Raises NotKnownError."""
        return compare_with_story(self._base, story, sources)

    def import_sources(
        self, story: str, sources: Sequence[Source], signature: Signature, *, key: str | None = None
    ) -> tuple[SortedSources, Applied]:
        """Add to a story the sources of a file that it lacks, once for the same ``key``. Raises NotKnownError."""
        return import_sources(self._base, story, sources, signature, key=key)

    def export(self, settings: Settings, server: int) -> Path:
        """Write all stories into a file that the operator can hand out to a server, and return it. Raises FactBaseError."""
        ((_, stories),) = self.bundle()
        return write_export(settings, server, stories)

    def preview(self, story: Story, *, merge: bool = False, ask: bool = True) -> ImportPreview:
        """Return what importing a story would change, and which of its recorded questions would have another answer.

        With ``merge`` it is a newer pack of a story that is here, as for `import_once`. Without ``ask`` no question is asked.
        """
        # The state is read first: then a change between the two makes the import stale, rather than being overwritten by it.
        state = self._base.revisions.story_version(story.info.id)
        merged = self._merged(story) if merge else Merged(story)
        changes, trial = self._trials.of_import(merged.story) if ask else (self._base.preview(merged.story), Trial())
        before = None if changes.new else self._base.story(story.info.id)
        people = len(import_touches(before, merged.story, changes))
        signed = self._base.taken_packs.of(story.info.id)
        return ImportPreview(merged.story, changes, trial, before, state, people, signed, merged.kept, merged.others)

    def _merged(self, story: Story) -> Merged:
        return merge(self._base.story(story.info.id), story, self._base.taken_packs.marks(story.info.id))

    def import_once(
        self, story: Story, signature: Signature, *, seen: int, key: str, pack: PackSignature | None = None, merge: bool = False
    ) -> Applied:
        """Import a story as it was previewed, once for the same ``key`` and state; ``pack`` is the signature of its pack.

        With ``merge`` what was changed here since the last pack of the story stays as it is.

        Raises StaleError where the story is not at the state ``seen``, UsageError where it changes facts that name people, the
        server asks for two moderators, and this one may not do it alone.
        """
        key = f"import {key} {seen}"
        before = self._base.revisions.result_for_key(key)
        if before is not None:
            return before
        content = self._merged(story).story if merge else story
        if self._base.settings.read().two_moderators and not signature.alone:
            changes = self._base.preview(content)
            stored = None if changes.new else self._base.story(story.info.id)
            people = len(import_touches(stored, content, changes))
            if people:
                raise UsageError(_people(people))
        with self._base.transaction():
            applied = self._base.revisions.import_story(content, signature, seen=seen, key=key)
            if pack is not None:
                keep_pack(self._base, story, pack, signature)
        return applied

    def add_missing(self, story: Story, signature: Signature) -> Applied:
        """Import a story unless its facts are there already, however changed. Raises UsageError as `import_once` does."""
        state = self._base.revisions.story_version(story.info.id)
        if any(info.id == story.info.id and self._base.has_more_than(0, info.id) for info in self._base.stories()):
            return Applied(None)
        return self.import_once(story, signature, seen=state, key="missing")


def keep_pack(base: FactBase, story: Story, pack: PackSignature, signature: Signature) -> None:
    """Record that a story came in a pack, and look for the next one where the pack says. Raises NotKnownError."""
    base.taken_packs.keep(story.info.id, pack, marks_of(story))
    if pack.home:
        base.followed_packs.follow(story.info.id, pack.home, story.info.title, signature)


def _people(number: int) -> Message:
    """Return why a file with this number of facts about people cannot be imported by one moderator alone."""
    return CountedMessage(
        number,
        "This file adds or changes {number} fact that names people, and on this server two moderators must agree on such facts. "
        "Add it with /fact add or /fact edit, or have somebody who may manage the server import the file.",
        "This file adds or changes {number} facts that name people, and on this server two moderators must agree on such facts. "
        "Add them with /fact add and /fact edit, or have somebody who may manage the server import the file.",
    )
