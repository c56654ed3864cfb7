"""``footnote evaluate``: how well a story is answered, measured on a file of questions."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("evaluate", short_help="Measure how many questions of a file are answered right.")
@click.argument("story")
@click.argument("questions", type=click.Path(path_type=Path))
@click.option("--misses", "with_misses", is_flag=True, help="List every question that was not answered as expected, and why.")
def command(story: str, questions: Path, with_misses: bool) -> None:
    """Ask a story all questions of a file and print how many are answered right.

    STORY is a story file, or the id of a stored or shipped story. QUESTIONS has on each line an object with "ask", "expect"
    (ids of facts, none: must not be answered) and, where known, "short", "type", "hard", and "after" (the earlier questions of
    that conversation).
    """
    from bot.answers.evaluation import check_cases, evaluate, read_cases
    from bot.cli.opening import ask_story, read_story
    from bot.cli.tables import grouped, measures, misses, reliable
    from bot.presentation.wording import counted

    loaded = read_story(story)
    cases = read_cases(questions)
    check_cases(cases, (fact.id for fact in loaded.facts))
    with ask_story(loaded) as ask:
        outcomes = evaluate(ask, cases)
    unanswerable = sum(not outcome.answerable for outcome in outcomes)
    lines = [
        f"{loaded.info.id}: {counted(len(outcomes), 'question', 'questions')}, {unanswerable} of them must not be answered",
        "",
        *measures(outcomes),
        "",
        *reliable(outcomes),
        "",
        *grouped("by type", outcomes, lambda outcome: outcome.case.type, "not stated"),
        "",
        *grouped("by difficulty", outcomes, lambda outcome: outcome.case.hard, "plain"),
        *(misses(outcomes) if with_misses else ()),
    ]
    click.echo("\n".join(lines))
