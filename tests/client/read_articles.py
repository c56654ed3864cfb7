"""An article that is really read into a server's base, for the tests of what moderators do with its sentences."""

from __future__ import annotations

from bot.drafting.article import read_article
from bot.drafting.intake import Intake, Taken
from bot.facts.base import FactBase
from bot.facts.dates import parse_date
from bot.facts.logbook import sign
from bot.facts.models import FactRecord, Source, StoryInfo
from tests.client.forms import in_session
from tests.client.world import World

STORY = "crane"
CRANE = """\
Crane falls at Fish Quay
By Ann Toft
Coast Wire, 2021-05-06

A crane fell onto the quay of Harbour on Wednesday. Harbour master Ingrid Sallow said that nobody had been hurt.

“The crane was forty years old and rusty,” Sallow told reporters. She expects the quay to open again in June.

Fishing boats land their catch at the old pier.
"""
FALL, HURT, RUSTY, JUNE, BOATS = ("wire-p1-s1", "wire-p1-s2", "wire-p2-s1", "wire-p2-s2", "wire-p3-s1")


def take(base: FactBase, text: str = CRANE, name: str = "wire") -> Taken:
    """Read an article into the story, as the reading of a file does; ``name`` is the id of its source."""
    article = read_article(text)
    day = parse_date(article.published) if article.published else None
    link = f"https://{name}.example/crane"
    source = Source(name, "article-newspaper", article.title or "", article.outlet, article.authors, day, url=link)
    return Intake(base, StoryInfo(STORY, "The crane")).take(article, source, sign("test", None))


async def read_crane(world: World, text: str = CRANE) -> Taken:
    """Read the article into the base of the server, and encode its sentences, so that any of them may answer."""
    taken: Taken = await in_session(world, lambda session: take(session.base, text))
    await in_session(world, lambda session: session.encode())
    return taken


async def sentence(world: World, name: str) -> FactRecord:
    """Return what became of a sentence, retracted ones too."""

    def find(base: FactBase) -> FactRecord:
        query = "SELECT id FROM fact WHERE slug = ?"
        return base.revisions.show(base._connections.rows(query, (name,))[0][0])

    record: FactRecord = await in_session(world, lambda session: find(session.base))
    return record
