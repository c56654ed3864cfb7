"""What holds for every recorded quote: no change of its sense is exact, and its dress does not matter."""

from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import assume, given
from hypothesis import strategies as st

from bot.checking.verdict import Verdict
from bot.checking.vocabulary import same_spelt_otherwise
from bot.english.compared_words import words_of
from bot.stories.load import load_story
from tests.checking.stories import STORIES, Check

QUOTES = [fact.text for path in STORIES for fact in load_story(path).facts if fact.kind == "quote"]
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
NEGATION = re.compile(r"\b(?:not|never|no|nobody|nothing|none)\b ?|(?<=[a-z])n['’]t\b", re.IGNORECASE)
OTHER_WORDS = sorted({word.lower() for quote in QUOTES for word in WORD.findall(quote)} | {"war", "peace", "cat", "swim", "blue"})
WITH_FIGURES = [quote for quote in QUOTES if any(word.counts for word in words_of(quote))]
WITH_NEGATION = [quote for quote in QUOTES if NEGATION.search(quote)]
BREAKS = [" ", " ", "\n", "  ", "\u00a0", " \n"]
MARKS = [("“", "”"), ('"', '"'), ("«", "»"), ("„", "“"), ("“", '"'), ('"', "”"), ("", ""), ("> ", ""), ("''", "''")]
quotes = st.sampled_from(QUOTES)


def verdict(check: Check, text: str) -> Verdict:
    """Return what is said of a quotation; of several that a text makes, the first."""
    return check(f"“{text}”").findings[0].verdict


@given(quotes, st.data())
def test_a_word_that_was_changed_is_never_exact(check: Check, quote: str, data: st.DataObject) -> None:
    match = data.draw(st.sampled_from(list(WORD.finditer(quote))))
    other = data.draw(st.sampled_from(OTHER_WORDS))
    old, new = words_of(match.group()), words_of(other)
    assume([word.key for word in old] != [word.key for word in new])
    assume(not same_spelt_otherwise(other.lower(), match.group().lower().replace("’", "'"), lambda _: True))
    assume("[" not in quote[: match.start()])  # what stands in brackets is its editor's
    altered = quote[: match.start()] + other + quote[match.end() :]
    assume(not any(_is_piece(altered, recorded) for recorded in QUOTES))
    assert verdict(check, altered) is not Verdict.EXACT, altered


@given(st.sampled_from(WITH_FIGURES), st.data(), st.integers(2, 999))
def test_a_figure_that_was_changed_is_never_exact(check: Check, quote: str, data: st.DataObject, number: int) -> None:
    figures = [word for word in words_of(quote) if word.key.isdigit() and word.text in quote]
    assume(figures)
    word = data.draw(st.sampled_from(figures))
    assume(int(word.key) != number)
    altered = re.sub(rf"(?<!\w){re.escape(word.text)}(?!\w)", str(number), quote, count=1)
    assume(altered != quote)
    assert verdict(check, altered) is not Verdict.EXACT, altered


@given(quotes, st.data(), st.sampled_from(["not", "never", "no", "hardly"]))
def test_a_negation_that_was_added_is_never_exact(check: Check, quote: str, data: st.DataObject, negation: str) -> None:
    words = quote.split(" ")
    index = data.draw(st.integers(0, len(words)))
    altered = " ".join([*words[:index], negation, *words[index:]])
    assert verdict(check, altered) is not Verdict.EXACT, altered


@given(st.sampled_from(WITH_NEGATION), st.data())
def test_a_negation_that_was_dropped_is_never_exact(check: Check, quote: str, data: st.DataObject) -> None:
    match = data.draw(st.sampled_from(list(NEGATION.finditer(quote))))
    alone = quote[: match.start()].strip()[-1:] in ("", ".", ",") and quote[match.end() :][:1] == ","
    assume(not alone)  # "No, I am no relation": what is left is a piece of it, and says the same
    altered = quote[: match.start()] + quote[match.end() :]
    assert verdict(check, altered) is not Verdict.EXACT, altered


@given(quotes, st.data())
def test_a_word_that_was_dropped_beside_one_in_brackets_is_never_exact(check: Check, quote: str, data: st.DataObject) -> None:
    assume(not any(word.gap or word.added for word in words_of(quote)))
    words = list(WORD.finditer(quote))
    assume(len(words) > 1)
    index = data.draw(st.integers(0, len(words) - 2))
    kept, dropped = words[index], words[index + 1]
    plain = quote[: dropped.start()].rstrip() + quote[dropped.end() :]
    assume(not any(_is_piece(plain, recorded) for recorded in QUOTES))
    altered = f"{plain[: kept.start()]}[{kept.group()}]{plain[kept.end() :]}"
    assert verdict(check, altered) is not Verdict.EXACT, altered


@given(st.sampled_from([quote for quote in QUOTES if quote.endswith(".")]))
def test_a_statement_made_a_question_is_never_exact(check: Check, quote: str) -> None:
    assert verdict(check, f"{quote.rstrip('.')}?") is not Verdict.EXACT


@given(quotes, quotes, st.sampled_from([" ", " … ", ", and ", ". "]))
def test_two_quotes_run_together_are_never_exact(check: Check, first: str, second: str, between: str) -> None:
    assume(first != second)
    assert check(f"> {first.rstrip('.')}{between}{second}").findings[0].verdict is not Verdict.EXACT


@given(quotes, st.sampled_from([str, str.upper, str.lower, str.title, str.swapcase]), st.sampled_from(MARKS), st.data())
def test_case_marks_and_line_breaks_do_not_matter(
    check: Check, quote: str, dress: Callable[[str], str], marks: tuple[str, str], data: st.DataObject
) -> None:
    spaces = quote.count(" ")
    breaks = data.draw(st.lists(st.sampled_from(BREAKS), min_size=spaces, max_size=spaces))
    if marks[0] == "> ":
        breaks = [line_break.replace("\n", "\n> ") for line_break in breaks]
    dressed = "".join(part + space for part, space in zip(quote.split(" "), [*breaks, ""], strict=True))
    dressed = data.draw(st.sampled_from([dressed, dressed.replace("'", "’"), dressed.replace("’", "'")]))
    (finding,) = check(marks[0] + dress(dressed) + marks[1]).findings
    assert finding.verdict is Verdict.EXACT, dressed


@given(st.text(max_size=120))
def test_any_text_gets_findings_or_a_plain_word(check: Check, text: str) -> None:
    if any(map(str.isalnum, text)):
        assert check(text).findings


def _is_piece(altered: str, quote: str) -> bool:
    keys, whole = ([word.key for word in words_of(text)] for text in (altered, quote))
    return f" {' '.join(keys)} " in f" {' '.join(whole)} "
