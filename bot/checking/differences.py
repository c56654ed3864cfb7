"""How a quotation differs from the recorded one, as pieces that stayed, went and came, to be shown in any way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.checking.alignment import Step
from bot.checking.verdict import Finding
from bot.english.words import Word, composed
from bot.presentation.word_diff import Piece

OMITTED = " … "
_BETWEEN = Piece(" / ", "same")
_BEHIND = re.compile(r"[^\w%€£]+$")


def differences(finding: Finding) -> tuple[Piece, ...]:
    """Return the recorded words, as far as they are quoted, with what the quotation lacks ("gone") and what it puts in ("new").

    Case, marks and spelling are the record's; words with a mark of omission for them are left out. Nothing without a record.
    The parts of one that joins two quotes stand beside each other.
    """
    if finding.joined:
        first, second = map(differences, finding.joined)
        return (*first, _BETWEEN, *second)
    if finding.record is None:
        return ()
    steps = [step for step in finding.steps if step.kind != "outside"]
    return tuple(_joined(_pieces(steps, composed(finding.record.fact.text), composed(finding.quoted))))


def surrounding_sentences(finding: Finding) -> str:
    """Return the recorded sentences of which something was quoted in part; "" where they are all that is recorded."""
    words = [step.recorded for step in finding.steps if step.recorded]
    quoted = {step.recorded.sentence for step in finding.steps if step.recorded and step.kind not in ("outside", "skipped")}
    outside = {step.recorded.sentence for step in finding.steps if step.recorded and step.kind == "outside"}
    inside = [word for word in words if quoted and min(quoted) <= word.sentence <= max(quoted)]
    if finding.record is None or not outside & quoted or len(inside) == len(words):
        return ""
    text = composed(finding.record.fact.text)
    after = next((word.start for word in words if word.sentence > max(quoted)), len(text))
    return text[inside[0].start : after].rstrip()


def _pieces(steps: Sequence[Step], recorded: str, quoted: str) -> Iterator[Piece]:
    for place, step in enumerate(steps):
        if step.kind == "skipped":
            yield Piece(OMITTED, "same")
        elif step.kind in ("same", "typo", "form"):
            yield from _matched(step, steps[place + 1 :], recorded, quoted)
        elif step.kind == "bracket" and step.quoted:
            yield Piece(f"[{quoted[step.quoted.start : step.quoted.end].strip('[]')}] ", "same")
        else:
            if step.recorded:
                yield Piece(_with_rest(step.recorded, steps[place + 1 :], recorded), "gone")
            if step.quoted:
                yield Piece(quoted[step.quoted.start : step.quoted.end] + " ", "new")


def _matched(step: Step, after: Sequence[Step], recorded: str, quoted: str) -> Iterator[Piece]:
    if step.recorded is None or step.quoted is None:
        return
    written = _with_rest(step.recorded, after, recorded)
    if step.kind != "form":
        yield Piece(written, "same")
        return
    yield Piece(written, "gone")
    yield Piece(quoted[step.quoted.start : step.quoted.end] + " ", "new")


def _with_rest(word: Word, after: Sequence[Step], recorded: str) -> str:
    """Return a recorded word with the marks and blanks up to the next that is shown."""
    following = next((step.recorded.start for step in after if step.recorded), None)
    if following is not None:
        return recorded[word.start : following]
    end = word.end
    while end < len(recorded) and not recorded[end].isspace() and not recorded[end].isalnum():
        end += 1
    return recorded[word.start : end]


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Join runs of pieces in the same state, what went before what came in its place."""
    state, runs = "same", {"same": "", "gone": "", "new": ""}
    for piece in pieces:
        if piece.state == "same" and state != "same":
            yield from _flushed(runs)
        if piece.state != "same" and state == "same":
            yield from _flushed(runs)
        state = piece.state
        if piece.text == OMITTED:
            runs["same"] = runs["same"].removesuffix(OMITTED).rstrip()
        runs[piece.state] += piece.text
    yield from _flushed(runs)


def _flushed(runs: dict[str, str]) -> Iterator[Piece]:
    """Yield the pieces of a run; marks and blanks behind what was changed stay, for they are shown with what follows."""
    same, gone, new = runs["same"], runs["gone"], runs["new"]
    runs.update({"same": "", "gone": "", "new": ""})
    rest = _BEHIND.search(gone or new)
    behind = rest.group() if rest else ""
    pieces = (
        Piece(same, "same"),
        Piece(_BEHIND.sub("", gone), "gone"),
        Piece(_BEHIND.sub("", new), "new"),
        Piece(behind, "same"),
    )
    yield from (piece for piece in pieces if piece.text)
