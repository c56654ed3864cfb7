"""``footnote evaluate``: how many questions of a file are answered right."""

from __future__ import annotations

from pathlib import Path

import click

from bot.answers import evaluation
from bot.cli.answering import open_story_to_ask
from bot.cli.opening import read_story
from bot.cli.story_output import calibration_table, group_table, measure_lines, miss_lines
from bot.presentation.wording import counted


@click.command()
@click.argument("story")
@click.argument("questions", type=click.Path(path_type=Path))
@click.option("--misses", "with_misses", is_flag=True, help="List every question that was not answered as expected, and why.")
def evaluate(story: str, questions: Path, with_misses: bool) -> None:
    """Ask a story all questions of a file and print how many are answered right.

    STORY is a story file, or the id of a stored or shipped story. QUESTIONS has on each line an object with "ask", "expect"
    (ids of facts, none: must not be answered) and, where known, "short", "type", "hard", and "after" (the earlier questions of
    that conversation).
    """
    loaded = read_story(story)
    cases = evaluation.read_cases(questions)
    evaluation.check_cases(cases, (fact.id for fact in loaded.facts))
    with open_story_to_ask(loaded) as ask:
        outcomes = evaluation.evaluate(ask, cases)
    unanswerable = sum(not outcome.answerable for outcome in outcomes)
    lines = [
        f"{loaded.info.id}: {counted(len(outcomes), 'question', 'questions')}, {unanswerable} of them must not be answered",
        "",
        *measure_lines(outcomes),
        "",
        *calibration_table(outcomes),
        "",
        *group_table("by type", outcomes, lambda outcome: outcome.case.type, "not stated"),
        "",
        *group_table("by difficulty", outcomes, lambda outcome: outcome.case.hard, "plain"),
        *(miss_lines(outcomes) if with_misses else ()),
    ]
    click.echo("\n".join(lines))
