"""Articles that are read again from their pages: what changed is said in the log channel, and which facts cite what is gone."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from discord import ui

from bot.client.bot import FootnoteBot
from bot.client.fact_text import summary
from bot.client.feeds import words
from bot.client.interactions import RouteButton
from bot.client.logbook.aftermath import follow_change
from bot.client.logbook.lines import UNDO, more
from bot.client.panels import AMBER, BLUE, panel
from bot.client.posting import post_in_channel
from bot.client.text import first_lines, inline, link
from bot.drafting.comparison import StaleCitation
from bot.drafting.intake import Taken
from bot.errors import BusyError, FactBaseError, FootnoteError
from bot.facts.models import FactRecord, Source
from bot.facts.state.watched_pages import WatchedPage
from bot.languages import say, say_number
from bot.phrases import listed
from bot.presentation.wording import published
from bot.service.rereading import ReadAgain
from bot.service.session import Session
from bot.service.web_reading import read_link

BUSY_MINUTES = 10
"""Minutes after which a page is tried again that could not be read because no turn came."""

_MAX_SENTENCES, _MAX_STALE = 5, 5
_TITLE, _OUTLET, _SENTENCE = 200, 80, 140

log = logging.getLogger(__name__)


async def read_page_again(bot: FootnoteBot, server: int, page: WatchedPage) -> None:
    """Read a page again, whatever it holds by now, and say in the log channel what changed; raise only errors of the base."""
    service = bot.service
    try:
        article = await read_link(page.url, bot.upload_reading.for_server(server))
        async with service.background_access(server):
            again = await service.write(server, lambda session: session.watched.read_again(page, article))
            channel = (await service.read(server, Session.settings)).log_channel
            view = await service.read(server, lambda _: _message(again))
    except BusyError:
        async with service.background_access(server):
            await service.write(server, lambda session: session.watched_pages.put_off(page.number, BUSY_MINUTES))
        return
    except FactBaseError:
        raise
    except Exception as error:
        if not isinstance(error, FootnoteError):
            log.exception("A page could not be read again in server %s", server)
        async with service.background_access(server):
            await service.write(server, lambda session: session.watched_pages.note_look(page.number, failed=True))
        return
    if view is not None and channel is not None:
        await post_in_channel(bot, server, channel, view)
    if again.taken is not None:
        follow_change(bot, server, again.taken.applied)


def _message(again: ReadAgain) -> ui.LayoutView | None:
    """Return the message about a page that was read again; None if nothing changed."""
    source = again.source
    if again.outcome == "other" and source is not None:
        return panel(say(words.OTHER, title=f"**{link(source.title, source.url, _TITLE)}**"), colour=AMBER)
    if again.outcome != "changed" or again.taken is None or source is None:
        return None
    return changed_panel(source, again.taken, again.stale)


def changed_panel(source: Source, taken: Taken, stale: tuple[tuple[FactRecord, StaleCitation], ...]) -> ui.LayoutView:
    """Return the panel of an article that changed, sentence by sentence, with the facts that cite what is gone."""
    compared = taken.comparison
    about = " · ".join([f"**{link(source.title, source.url, _TITLE)}**", *(inline(part, _OUTLET) for part in published(source))])
    counts = words.sentences_changed(len(compared.added), len(compared.changed), len(compared.gone))
    head = f"{say(words.CHANGED)}\n{about}"
    sentences = list(_sentences(taken))
    lines = first_lines(sentences, _MAX_SENTENCES, str, _more_sentences)
    changes = "\n".join(filter(None, (f"{listed(counts)}." if counts else "", *lines)))
    cited = [say(words.STALE), *first_lines(stale, _MAX_STALE, _stale_line, more)] if stale else []
    return panel([head, changes, "\n".join(cited)], [RouteButton("log-undo", taken.applied.change or 0, say(UNDO))], colour=BLUE)


def _sentences(taken: Taken) -> Iterator[str]:
    """Yield a line for each sentence that is different, new or gone."""
    for before, after in taken.comparison.changed:
        yield f"- ~~{inline(before.text, _SENTENCE)}~~ → {inline(after.text, _SENTENCE)}"
    for fact in taken.comparison.added:
        yield f"- **+** {inline(fact.text, _SENTENCE)}"
    for fact in taken.comparison.gone:
        yield f"- ~~{inline(fact.text, _SENTENCE)}~~"


def _more_sentences(number: int) -> str:
    return say_number(number, "-# and {number} more sentence", "-# and {number} more sentences")


def _stale_line(cited: tuple[FactRecord, StaleCitation]) -> str:
    record, stale = cited
    where = say(words.MOVED if stale.now else words.GONE, paragraph=inline(stale.paragraph, 40), now=inline(stale.now, 40))
    return f"- {record.ref} {summary(record, _SENTENCE, also_retracted=True)} ({where})"
