"""How a quotation differs from the recorded one: pieces that stayed, went and came, for any display."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from bot.checking.alignment import Step
from bot.checking.verdict import Finding
from bot.english.compared_words import Word, composed
from bot.presentation.word_diff import GAP, Piece

_BETWEEN = Piece(" / ", "same")
_BEHIND = re.compile(r"[^\w%€£]+$")


def differences(finding: Finding) -> tuple[Piece, ...]:
    """Return the recorded words, as far as they are quoted, with what the quotation lacks ("gone") and what it puts in ("new").

    Case, marks and spelling are the record's; words that a mark of omission stands for are left out. Without a record there is
    nothing to return. The two parts of a quotation that joins two quotes follow each other.
    """
    if finding.joined:
        first, second = map(differences, finding.joined)
        return (*first, _BETWEEN, *second)
    if finding.record is None:
        return ()
    steps = [step for step in finding.steps if step.kind != "outside"]
    return tuple(_joined(_pieces(steps, composed(finding.record.fact.text), composed(finding.quoted))))


def surrounding_sentences(finding: Finding) -> str:
    """Return the recorded sentences that were quoted only in part; "" where they are all that is recorded."""
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
    for index, step in enumerate(steps):
        written = _with_rest(step.recorded, steps[index + 1 :], recorded) if step.recorded else ""
        put_in = f"{quoted[step.quoted.start : step.quoted.end]} " if step.quoted else ""
        if step.kind == "skipped":
            yield Piece(GAP, "same")
        elif step.kind in ("same", "typo"):
            yield Piece(written, "same")
        elif step.kind == "bracket" and put_in:
            yield Piece(f"[{put_in.strip('[] ')}] ", "same")
        else:
            yield from (Piece(written, "gone"), Piece(put_in, "new"))


def _with_rest(word: Word, after: Sequence[Step], recorded: str) -> str:
    """Return a recorded word with the marks and blanks up to the next word that is shown."""
    following = next((step.recorded.start for step in after if step.recorded), None)
    if following is not None:
        return recorded[word.start : following]
    end = word.end
    while end < len(recorded) and not recorded[end].isspace() and not recorded[end].isalnum():
        end += 1
    return recorded[word.start : end]


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join neighbouring pieces that stayed, and what went, in a row, before what came in its place.

    Marks and blanks after a change count as having stayed, since they are shown with what follows.
    """
    for stayed, run in groupby(pieces, lambda piece: piece.state == "same"):
        if stayed:
            text = ""
            for piece in run:
                text = (text.removesuffix(GAP).rstrip() if piece.text == GAP else text) + piece.text
            yield Piece(text, "same")
            continue
        texts = {"gone": "", "new": ""}
        for piece in run:
            texts[piece.state] += piece.text
        behind = _BEHIND.search(texts["gone"] or texts["new"])
        gone, new = (_BEHIND.sub("", text) for text in texts.values())
        changed = (Piece(gone, "gone"), Piece(new, "new"), Piece(behind.group() if behind else "", "same"))
        yield from (piece for piece in changed if piece.text)
