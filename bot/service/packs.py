"""Newer packs of a server's stories: whether one is the editor's next, what it would change, and taking it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import NotKnownError, RefusedPackError
from bot.facts.base import FactBase
from bot.facts.logbook import Signature
from bot.facts.revisions import Applied
from bot.facts.state.feeds import Feed, FeedItem, ItemStatus
from bot.messages import Message
from bot.service.story_files import ImportPreview, StoryFiles, keep_pack
from bot.stories.packs import Pack

if TYPE_CHECKING:  # what fetches takes a while to load, and most commands of the terminal fetch nothing
    from bot.web.fetching import FeedState


class NewerPacks:
    """Takes in what editors publish after the packs of one base; `FollowedPacks` stores where, and what became of it."""

    def __init__(self, base: FactBase, files: StoryFiles) -> None:
        self._base, self._files = base, files

    def followed(self, story: str) -> Feed | None:
        """Return where newer packs of a story are looked for; None where they are not."""
        return self._base.followed_packs.of(story)

    def is_wanted(self, feed: Feed) -> bool:
        """Return whether a story has facts of which there can be corrections: its import may have been undone."""
        return self._base.has_more_than(0, feed.story)

    def check(self, feed: Feed, pack: Pack) -> None:
        """Raise RefusedPackError where a pack is not the next of its story, by the editor of the last one."""
        last = self._base.taken_packs.of(feed.story)
        if pack.story.info.id != feed.story:
            raise RefusedPackError(
                Message(
                    "This pack holds another story, “{story}”, so nothing of it is taken in. Get the right one from its editor.",
                    story=pack.story.info.id[:60],
                )
            )
        if last is not None and last.key != pack.signature.key:
            raise RefusedPackError(
                Message(
                    "This pack is signed with the key {key}, but the story came with the key {known} until now, so nothing of it "
                    "is taken in. If the editor of the story has told you of the new key, import the pack yourself.",
                    key=pack.signature.key,
                    known=last.key,
                )
            )
        if pack.signature.is_older_than(last):
            raise RefusedPackError(
                Message(
                    "This pack was signed before the one that was imported last, and would take back what was corrected since, "
                    "so nothing of it is taken in. Get the newest from the editor of the story."
                )
            )
        if not pack.story.facts:
            raise RefusedPackError(
                Message("This pack has no facts, so nothing of it is taken in. Ask the editor of the story about it.")
            )

    def look(self, feed: Feed, pack: Pack, signature: Signature, *, ask: bool = False) -> ImportPreview | None:
        """Return what a newer pack would change; None for one that changes nothing, which is recorded as taken.

        Its recorded questions are tried only to ``ask``. Raises RefusedPackError.
        """
        self.check(feed, pack)
        last = self._base.taken_packs.of(feed.story)
        if last is not None and last[:3] == pack.signature[:3]:
            return None
        preview = self._files.preview(pack.story, merge=True, ask=ask)
        if preview.changes or preview.kept or preview.others:
            return preview
        with self._base.transaction():
            keep_pack(self._base, pack.story, pack.signature, signature)
        return None

    def note_answer(
        self, feed: Feed, pack: Pack, state: FeedState, signature: Signature
    ) -> tuple[FeedItem, ImportPreview] | None:
        """Take in what an address gave; return a pack that would change something, what became of it before, and the changes.

        Raises RefusedPackError.
        """
        preview = self.look(feed, pack, signature)
        with self._base.transaction():
            item = self._base.followed_packs.note(feed, pack.signature.digest, pack.story.info.title) if preview else None
            self._base.feeds.note_answer(feed.number, (), (), etag=state.etag, modified=state.modified)
        return (item, preview) if item is not None and preview is not None else None

    def open_pack(self, number: int) -> tuple[FeedItem, Feed]:
        """Return a newer pack that nobody has decided yet, and where it came from. Raises DecidedError, NotKnownError."""
        return self._base.followed_packs.open_pack(number)

    def mark(self, feed: Feed, pack: Pack, status: ItemStatus) -> None:
        """Record what became of a newer pack."""
        self._base.followed_packs.mark(feed.number, pack.signature.digest, status)

    def leave_out(self, number: int) -> FeedItem:
        """Record that a newer pack is not to be taken; the next one is offered again. Raises DecidedError, NotKnownError."""
        with self._base.transaction():
            item, feed = self._base.followed_packs.open_pack(number)
            self._base.followed_packs.mark(feed.number, item.item.key, "ignored")
        return item

    def take(self, pack: Pack, signature: Signature, *, seen: int) -> Applied:
        """Take a newer pack, merged with what was changed here, as one change; at the state ``seen`` of the story alone.

        Raises RefusedPackError, StaleError, NotKnownError where it is no longer followed, and UsageError as
        `StoryFiles.import_once` does.
        """
        story, digest = pack.story.info.id, pack.signature.digest
        feed = self._base.followed_packs.of(story)
        if feed is None:
            raise NotKnownError(Message("This feed is no longer followed."))
        self.check(feed, pack)
        with self._base.transaction():
            applied = self._files.import_once(
                pack.story, signature, seen=seen, key=f"pack {digest}", pack=pack.signature, merge=True
            )
            self._base.followed_packs.mark(feed.number, digest, "read")
        return applied
