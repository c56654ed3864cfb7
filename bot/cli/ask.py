"""``footnote ask``: one question, or a file of questions, and the cited answers.

As JSON an answer has the keys that other programs rely on, in their order: one object, or one for each line of a batch.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import click

from bot.answers.models import Answer, ScoredFact
from bot.cli.answering import Ask, open_to_ask
from bot.cli.console import json_option, open_input, to_json
from bot.cli.language_option import language_option
from bot.errors import EmptyQuestionError, FootnoteError, UsageError
from bot.facts.dates import iso_of
from bot.presentation.citation_numbers import CitationNumbers, locator_words
from bot.presentation.wording import counted, worded
from bot.terminal.text import safe

_EXPECTED = 'expected an object such as {"question": "When ...?"}.'
_EXPLAINED = (
    *("slot", "slot_filled", "matched", "met", "missing", "names", "unknown_names", "namesakes", "stories", "corrections"),
    *("confidence", "sources", "nature"),
)


@click.command()
@click.argument("question", nargs=-1)
@click.option("--story", metavar="FILE|ID", help="Ask this story file, without storing it, or this stored or shipped story.")
@json_option()
@click.option(
    "--batch",
    metavar="FILE",
    help='Answer a file with {"question": ...} on each line, one JSON object a line; - is standard input.',
)
@click.option(
    "--rank",
    type=click.IntRange(1, 1_000_000),
    metavar="N",
    help="Add the N nearest facts with their scores, whatever the answer.",
)
@click.option("--explain", is_flag=True, help="Say why the answer is as it is.")
@click.option("--as-of", metavar="DATE", help="Answer from what the sources had reported by then.")
@click.option(
    "--articles",
    type=click.Path(path_type=Path, exists=True),
    metavar="FOLDER",
    help="Answer from the articles in a folder (.txt, .md, .html, .pdf, .docx), without storing them.",
)
@language_option
def ask(
    question: tuple[str, ...],
    story: str | None,
    articles: Path | None,
    as_json: bool,
    batch: str | None,
    rank: int | None,
    explain: bool,
    as_of: str | None,
) -> None:
    """Ask a question and read the answer with its sources.

    The words of the question need no quotation marks, except where the shell would read a sign in them.
    """
    if batch is not None and question:
        raise UsageError("Give a question or --batch, not both.")
    if articles is not None and story is not None:
        raise UsageError("Give --story or --articles, not both.")
    if batch is None and not " ".join(question).strip():
        raise EmptyQuestionError
    with _open(story, articles) as ask:
        day = ask.day(as_of) if as_of is not None else None
        if batch is not None:
            with open_input(batch) as lines:
                answered, faults = answer_lines(ask, lines, as_of=day, rank=rank or 0, explain=explain)
            if faults:
                others = "; all others were" if answered else ""
                raise UsageError(f"{counted(faults, 'line', 'lines')} could not be answered{others}.")
            return
        answer = ask(" ".join(question), rank=rank or 0, as_of=day)
    if as_json:
        click.echo(answer_json(answer, rank=rank or 0, explain=explain))
        return
    # Neither JSON nor a batch has a use for these, which take a while to load.
    from bot.terminal.blocks import show
    from bot.terminal.pages import answer_page

    show(answer_page(answer, explain=explain))


def _open(story: str | None, articles: Path | None) -> AbstractContextManager[Ask]:
    """Open what is asked: a folder of articles where there is one, else a story or the library."""
    if articles is None:
        return open_to_ask(story)
    from bot.cli.article_folder import open_articles  # reading articles takes a while to load

    return open_articles(articles)


def answer_lines(
    ask: Ask, lines: Iterable[bytes], *, as_of: int | None = None, rank: int = 0, explain: bool = False
) -> tuple[int, int]:
    """Answer each line and print the answer at once; return how many were answered and how many could not be.

    ``as_of`` is the day (yyyymmdd) for lines without a day of their own. A line that could not be answered is reported on
    standard error, and an object in its place keeps the order. Empty lines are skipped.
    """
    answered = faults = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        question = None
        try:
            question, day, after = _read_line(line)
            answer = ask(question, rank=rank, as_of=as_of if day is None else ask.day(day), after=after)
            printed = answer_json(answer, rank=rank, explain=explain)
            answered += 1
        except FootnoteError as error:
            faults += 1
            empty: dict[str, Any] = {"question": question, "status": "unknown", "short": None, "facts": [], "suggestions": []}
            printed = to_json({**empty, "error": str(error)})
            click.echo(f"line {number}: {safe(str(error))}", err=True)
        click.echo(printed)
    return answered, faults


def _read_line(line: bytes) -> tuple[str, str | None, tuple[str, ...]]:
    """Read a line of a batch: its question, its ``as_of`` as typed, if any, and its ``after``.

    Raises UsageError where it holds no question.
    """
    try:
        content = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UsageError("this is not UTF-8; save the file as UTF-8.") from None
    except (ValueError, RecursionError):
        raise UsageError(f"this is not JSON; {_EXPECTED}") from None
    if not isinstance(content, dict) or not isinstance(content.get("question"), str):
        raise UsageError(f"there is no question; {_EXPECTED}")
    after, day = content.get("after", []), content.get("as_of")
    if not isinstance(after, list) or not all(isinstance(question, str) for question in after):
        raise UsageError('"after" must be a list of questions, oldest first.')
    if not isinstance(day, str | None):
        raise UsageError('"as_of" must be a day such as "2021-03-04".')
    return content["question"], day, tuple(after)


def answer_json(answer: Answer, *, rank: int = 0, explain: bool = False) -> str:
    """Return an answer on one line of JSON; ``ranking`` and ``explanation`` only if asked for.

    ``as_of`` (a day in EDTF) and ``later`` are there if it was asked as of a day. Without options there are no further keys: the
    note of an answer stands in the explanation.
    """
    answer = worded(answer)
    numbering = CitationNumbers(fact.record for fact in answer.facts)
    content: dict[str, Any] = {
        "question": answer.question,
        "status": answer.status,
        "short": answer.short,
        "facts": [_fact_json(fact, numbering) for fact in answer.facts],
        "suggestions": [fact.record.fact.id for fact in answer.suggestions],
    }
    if answer.as_of is not None:
        content["as_of"] = iso_of(answer.as_of)
        content["later"] = answer.later
    if rank:
        content["ranking"] = [{"id": fact.record.fact.id, "score": fact.score} for fact in answer.ranking]
    if explain:
        explanation = {name: getattr(answer.explanation, name) for name in _EXPLAINED}
        content["explanation"] = {**explanation, "namesakes": dict(answer.explanation.namesakes), "note": answer.note}
        if answer.as_of is not None:
            content["explanation"]["came_later"] = [record.fact.id for record in answer.came_later]
    return to_json(content)


def _fact_json(scored: ScoredFact, numbering: CitationNumbers) -> dict[str, Any]:
    record, fact = scored.record, scored.record.fact
    citations = [
        {
            "n": numbering.number(record, citation),
            "source": citation.source,
            "locator": locator_words(citation),
            "title": source.title,
            "publisher": source.publisher,
            "published": source.published.edtf if source.published else None,
            "url": source.url,
        }
        for citation, source in record.cited
    ]
    return {
        "id": fact.id,
        "kind": fact.kind,
        **({} if fact.reviewed else {"reviewed": False}),
        "text": fact.text,
        "by": list(fact.by),
        "date": fact.date.edtf if fact.date else None,
        "score": scored.score,
        "citations": citations,
    }
