"""What the ``facts`` commands print, for people and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from bot.cli.console import of_server
from bot.editing.typed_fact import TypedFact
from bot.facts.logbook import LogEntry
from bot.facts.models import Fact, FactRecord, Revision
from bot.facts.records import record_text
from bot.facts.revisions import Applied
from bot.phrases import listed
from bot.presentation.citation_numbers import CitationNumbers
from bot.presentation.word_diff import word_diff
from bot.presentation.wording import counted, withdrawal
from bot.terminal.blocks import BLANK, Block, diff_text, fact_blocks, fact_summary, phrase, source_blocks
from bot.terminal.text import one_line, safe

if TYPE_CHECKING:
    from bot.editing.previews import Effect, FactPreview, Trial

_DATE = 24  # columns; what is longer pushes the rest of its line to the right
_ID = 28
_MAX_REFS = 12  # facts that one sentence names; an import may change hundreds
_ACTIONS = {"add": "added", "revise": "revised", "retract": "retracted", "restore": "brought back"}
_FIELDS = (
    ("kind", "kind"), ("by", "by"), ("who", "who"), ("date", "date"), ("where", "where"), ("context", "context"),
    ("about", "about"), ("event", "event"), ("citations", "cite"), ("asked_as", "asked as"),
)  # fmt: skip


def preview_page(preview: FactPreview) -> Iterator[Block]:
    """Show a fact as it will look, how a date without its year was read, the facts like it, and which answers it changes."""
    yield from fact_page(preview.record, head="New fact" if preview.record.number == 0 else None)
    if preview.completed and preview.record.fact.date is not None:
        yield Block(phrase(f"“{preview.completed}” is read as {preview.record.fact.date.words()}."))
    if preview.duplicates:
        yield BLANK
        yield Block(Text("Like it:"))
        yield from (
            Block(Text.assemble(f"F{duplicate.number}  ", fact_summary(duplicate)), "  ", "      ")
            for duplicate in preview.duplicates
        )
    yield from trial_page(preview.trial)


def fact_page(record: FactRecord, *, head: str | None = None, last: Revision | None = None) -> Iterator[Block]:
    """Show a fact with its number and its sources; if its ``last`` revision withdrew it, say above them when and why."""
    retracted = ", retracted" if record.retracted else ""
    yield Block(Text(f"{head or record.ref}{retracted} · {one_line(record.fact.id)} · {one_line(record.story.title)}", "bold"))
    if last is not None and (withdrawn := withdrawal(f"F{record.number}@{last.number}", last)):
        yield Block(Text(one_line(withdrawn)))
    numbering = CitationNumbers([record])
    yield from fact_blocks(record, numbering)
    yield from source_blocks(numbering.citations)


def history_page(number: int, steps: Sequence[Revision]) -> Iterator[Block]:
    """Show the revisions of a fact: who made each, when and why, and how its text and fields differ from the one before."""
    before: Revision | None = None
    for step in steps:
        if before is not None:
            yield BLANK
        why = f": {one_line(step.reason)}" if step.reason else ""
        yield Block(Text(f"F{number}@{step.number} · {_time(step.at)} · {one_line(step.by)} · {_ACTIONS[step.action]}{why}"))
        if before is None:
            yield Block(Text(safe(step.fact.text)), "  ", "  ")
        elif before.fact != step.fact:
            if before.fact.text != step.fact.text:
                yield Block(diff_text(word_diff(before.fact.text, step.fact.text)), "  ", "  ")
            old, new = _shown_fields(before.fact), _shown_fields(step.fact)
            for _, name in _FIELDS:
                if old[name] != new[name]:
                    yield Block(Text(f"{name}: {old[name] or '–'} → {new[name] or '–'}"), "  ", "    ")
        before = step


def applied_lines(applied: Applied, records: Sequence[FactRecord], server: int | None = None) -> Iterator[str]:
    """Yield the lines that say what a change of a server's base did, and how to take it back."""
    if applied.change is None:
        yield "Nothing changed; it already said that."
        return
    by_number = {record.number: record for record in records}
    for numbers, what in ((applied.added, "added"), (applied.revised, "revised"), (applied.retracted, "retracted")):
        if numbers:
            refs = [f"{by_number[number].ref} ({one_line(by_number[number].fact.id)})" for number in numbers]
            more = f" and {len(refs) - _MAX_REFS} more" if len(refs) > _MAX_REFS else ""
            yield f"{counted(len(refs), 'fact', 'facts')} {what}: {', '.join(refs[:_MAX_REFS])}{more}"
    yield from applied.left_out
    yield f"This is change {applied.change}; `footnote facts undo --change {applied.change}{of_server(server)}` takes it back."


def fact_line(fact: Fact, number: int | None = None) -> str:
    """Return a fact on one line: its number where it has one, id, kind, date, text."""
    ref = "" if number is None else f"{f'F{number}':<7}"
    date = fact.date.words() if fact.date else ""
    return f"{ref}{one_line(fact.id):<{_ID}}  {fact.kind:<5}  {date:<{_DATE}}  {one_line(fact.text)}"


def unfinished_line(key: str, typed_fact: TypedFact) -> str:
    """Return a form that is not saved on one line: its key, the number of its fact or the kind of a new one, its text."""
    return f"{key:<12}  {typed_fact.kind if typed_fact.fact is None else f'F{typed_fact.fact}':<5}  {one_line(typed_fact.text)}"


def log_line(entry: LogEntry) -> str:
    """Return a line of the logbook."""
    change = str(entry.change) if entry.change is not None else ""
    return f"{change:>5}  {_time(entry.at)}  {_what_was_done(entry)}"


def change_words(entry: LogEntry) -> str:
    """Return a line of the logbook as the end of a sentence: ``3 · 2021-03-04 12:00 · ann edit F7: new figure``."""
    return f"{entry.change} · {_time(entry.at)} · {_what_was_done(entry)}"


def _what_was_done(entry: LogEntry) -> str:
    undoes = f" (change {entry.undoes})" if entry.undoes is not None else ""
    why = f": {entry.reason}" if entry.reason else ""
    return one_line(f"{entry.by} {entry.action}{undoes} {entry.what}{why}")


def record_json(record: FactRecord) -> dict[str, Any]:
    """Return a fact as an object: its number, revision and story beside its fields as a revision has them."""
    return {
        "number": record.number,
        "revision": record.revision,
        "story": record.story.id,
        "retracted": record.retracted,
        **json.loads(record_text(record.fact)),
    }


def revision_json(step: Revision) -> dict[str, Any]:
    """Return a revision as an object."""
    about = {"revision": step.number, "action": step.action, "at": step.at, "by": step.by, "reason": step.reason}
    return {**about, "fact": json.loads(record_text(step.fact))}


def entry_json(entry: LogEntry) -> dict[str, Any]:
    """Return a line of the logbook as an object."""
    names = ("number", "at", "by", "action", "story", "change", "what", "reason", "undoes")
    return {name: getattr(entry, name) for name in names}


def applied_json(applied: Applied, records: Iterable[FactRecord], effects: Iterable[Effect]) -> dict[str, Any]:
    """Return what a change did as an object."""
    numbers = {"added": applied.added, "revised": applied.revised, "retracted": applied.retracted}
    return {
        "change": applied.change,
        **{name: list(changed) for name, changed in numbers.items()},
        "facts": [record_json(record) for record in records],
        "effects": [_effect_json(effect) for effect in effects],
    }


def refused_json(effects: Iterable[Effect], duplicates: Iterable[FactRecord]) -> dict[str, Any]:
    """Return as an object why a change was not saved: its duplicates and effects."""
    like = [record_json(record) for record in duplicates]
    return {"change": None, "duplicates": like, "effects": [_effect_json(effect) for effect in effects]}


def trial_page(trial: Trial) -> Iterator[Block]:
    """Show which recorded questions a change would have answered otherwise or would lose, and why others were not tried."""
    if trial.effects:
        yield BLANK
        yield Block(Text("Recorded questions that it would have answered differently:"))
    for effect in trial.effects:
        worse = " (worse)" if effect.worse else ""
        yield Block(Text.assemble(phrase(effect.ask), worse), "  ", "  ")
        if effect.same_fact:  # then what differs is the short answer
            answers, none = [effect.short_before, effect.short_after], "no short answer"
        else:
            answers, none = [record.fact.id if record else None for record in (effect.before, effect.after)], "no answer"
        before, after = (Text(none) if answer is None else phrase(answer) for answer in answers)
        yield Block(Text.assemble("now ", before, ", then ", after), "    ", "      ")
    if trial.lost:
        yield BLANK
        yield Block(Text("Recorded questions that would be lost:"))
        yield from (Block(phrase(question.ask), "  ", "  ") for question in trial.lost)
    if trial.untried:
        yield BLANK
        yield Block(Text(trial.untried))


def _effect_json(effect: Effect) -> dict[str, Any]:
    before, after = (None if record is None else record.fact.id for record in (effect.before, effect.after))
    short = {"before": effect.short_before, "after": effect.short_after}
    return {"question": effect.ask, "before": before, "after": after, "short": short, "worse": effect.worse}


def _time(at: str) -> str:
    return at[:16].replace("T", " ")


def _shown_fields(fact: Fact) -> dict[str, str]:
    """Return the fields of a fact in words, by the names that they are shown with; "" for those that it lacks."""
    fields = json.loads(record_text(fact))
    fields["citations"] = [
        " ".join(filter(None, (citation["source"], citation.get("label"), citation.get("locator"))))
        for citation in fields.get("citations") or ()
    ]
    values = ((shown, fields.get(name, "")) for name, shown in _FIELDS)
    return {shown: one_line(listed(value) if isinstance(value, list) else str(value)) for shown, value in values}
