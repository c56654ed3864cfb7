"""Articles about one affair in a real fact base, and what answers from them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from bot.answers.answerer import Answerer
from bot.drafting.article import read_article
from bot.drafting.coverage import read_coverage
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.dates import parse_date
from bot.facts.models import Source, Story, StoryInfo
from bot.stories.load import read_story

WIRE = """\
Bridge closed after inspection
Coast Wire, 2021-03-04

The city closed the Harbour Bridge on Wednesday after divers found cracks in two of its piers. Mayor Maria Lee promised a ferry.

About 300 people had to be brought home by bus in the night, the police said.
"""
LOCAL = """\
No bridge for a year
By Ann Toft
Harbour Gazette, 2021-03-05

The Harbour Bridge is closed since divers found cracks in two of its piers. Shops in the old town were empty.

The trams stop at Market Street now.
"""
LATER = """\
One bridge, two bills
By Jon Beck
Lake Herald, 2021-03-12

Divers had found cracks in two piers of the Harbour Bridge, and the city closed it.

In all 340 people had to be brought home by bus that night, the police said on Friday.
"""
REVIEWED = """\
story: {id: bridge, title: The bridge}
sources:
  report: {type: report, title: Report on the bridge, publisher: City Council, published: 2021-03-20}
events:
  closure:
    date: 2021-03-03
    what: The city closed the Harbour Bridge after divers found cracks in two of its piers.
    cite: report
"""


def coverage(*texts: str) -> Story:
    """Return articles as they are read when somebody gives them to the bot; their ids are the first words of their outlets."""
    read = []
    for text in texts:
        article = read_article(text)
        outlet, published = article.outlet or "", parse_date(article.published) if article.published else None
        name = outlet.split()[0].lower()
        read.append((article, Source(name, "article-newspaper", article.title or "", outlet, published=published)))
    return read_coverage(StoryInfo("bridge", "The bridge"), read)


def with_reviewed(articles: Story, reviewed: str = REVIEWED) -> Story:
    """Return a story file with passages beside its facts."""
    story = read_story(reviewed, "bridge")
    actors = {actor.id: actor for actor in (*articles.actors, *story.actors)}
    return replace(
        story,
        sources=(*story.sources, *articles.sources),
        actors=tuple(actors.values()),
        facts=(*story.facts, *articles.facts),
    )


@contextmanager
def answering(story: Story, lexicon: Lexicon) -> Iterator[Answerer]:
    """Answer from a story in memory, all of whose facts are encoded."""
    with FactBase.memory() as base:
        base.apply(story, by="test")
        answerer = Answerer(base, lexicon)
        answerer.encode()
        yield answerer
