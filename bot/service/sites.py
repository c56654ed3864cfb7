"""The sites of a server's stories, in a folder that the operator's web server serves: which there are, and writing them anew."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot.facts.base import FactBase
from bot.facts.models import FactRecord, StoryInfo
from bot.site.addresses import INDEX, fact_page, file_name


class ServerSites:
    """Writes the sites of the stories that moderators put on the web; what was taken off it is removed.

    ``folder`` holds the server's sites, ``address`` is where it is served, ending in a slash; without them there are none.
    """

    def __init__(self, base: FactBase, folder: Path | None = None, address: str = "") -> None:
        self._base, self._folder, self._address = base, folder, address

    def addresses(self) -> tuple[str, ...]:
        """Return the address of each story's site, whether or not it is on the web; () where no sites are written."""
        return tuple(self._address_of(story.id) for story in self._base.stories()) if self._folder is not None else ()

    def published(self) -> tuple[StoryInfo, ...]:
        """Return the stories that are to be on the web."""
        chosen = self._base.settings.read().published_stories if self._folder is not None else ()
        return tuple(story for story in self._base.stories() if story.id in chosen)

    def missing(self) -> tuple[str, ...]:
        """Return the ids of those whose site is not there."""
        return tuple(story.id for story in self.published() if not (self._folder_of(story.id) / INDEX).is_file())

    def page_of(self, record: FactRecord) -> str | None:
        """Return the permanent address of a fact's page; None where there is none, as of what is not on the web."""
        story, page = record.story.id, fact_page(record.fact.id)
        if self._folder is None or story not in self._base.settings.read().published_stories:
            return None
        return f"{self._address_of(story)}{page}" if (self._folder_of(story) / page).is_file() else None

    def on_web(self, records: Iterable[FactRecord]) -> tuple[int, ...]:
        """Return the numbers of those facts that have a page."""
        return tuple(record.number for record in records if self.page_of(record))

    def write(self, story: str) -> None:
        """Write the site of a story anew. Raises NotKnownError for an unknown story, UsageError where it cannot be written."""
        from bot.site.published import read_published
        from bot.site.site import site_files  # late, for its templates: most programs with a session write no site
        from bot.site.writing import write_site

        published = read_published(self._base, story)
        write_site(self._folder_of(story), site_files(published, self._address_of(story)))

    def remove_others(self) -> None:
        """Remove the sites of stories that are not to be on the web. Raises UsageError where that cannot be done."""
        from bot.site.writing import remove_sites

        if self._folder is not None:
            remove_sites(self._folder, {file_name(story.id) for story in self.published()})

    def _address_of(self, story: str) -> str:
        return f"{self._address}{file_name(story)}/"

    def _folder_of(self, story: str) -> Path:
        assert self._folder is not None, "sites are written only where the operator has set a folder"
        return self._folder / file_name(story)
