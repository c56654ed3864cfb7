"""Small changes that turn a quotation round: signs, currencies, letters alike, brackets, lost frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from weakref import ref

import pytest

from bot.cache_budget import BUDGET
from bot.cancellation import processor_limit
from bot.checking import checker
from bot.checking.alignment import align
from bot.checking.brackets import words_describing
from bot.checking.checker import TOO_DEAR, CheckRequest, TextChecker
from bot.checking.verdict import Finding, Verdict
from bot.checking.vocabulary import Vocabulary
from bot.english.compared_words import words_of
from bot.english.lexicon import Lexicon
from bot.errors import CutShortError, SeveralMeantError, UsageError
from bot.facts.base import FactBase
from bot.facts.models import Actor
from bot.presentation.verdicts import describe
from bot.resources import stories_folder
from bot.stories.load import load_story, read_story
from tests.checking.stories import text_checker
from tests.support.memory import bytes_of

CheckOne = Callable[[str], Finding]
STORY = """
story: {id: weir, title: The old weir}
sources:
  post: {type: article-newspaper, title: The weir gives way, publisher: Evening Post, published: 2021-03-06}
actors:
  harrow: {name: Jane Harrow, kind: person, role: Mayor}
  mills: {name: Peter Mills, kind: person, role: Engineer}
quotes:
  q1: {by: harrow, text: "The weir costs £3m a year, and at dawn it was 10°C colder than the 2.5 metres of ice.", cite: post}
  q2: {by: mills, text: "It would be a lie to say the wall was sound, and the workers' tools were all stolen.", cite: post}
  q3: {by: harrow, text: "They gave us 5% of the sum on 3 May, and only half of it came on Monday.", cite: post}
  q4: {by: mills, text: "Only the owners of every lock may open the sluices.", cite: post}
  q5: {by: harrow, text: "If the wind drops, the ferry sails at noon. I believe the harbour is open.", cite: post}
  q6: {by: mills, text: "The wall is safe to walk on? No, I would resign before I said that.", cite: post}
  q7: {by: harrow, text: "All but one of the pumps ran for at least two days above the old mark, and few men slept.", cite: post}
  q8: {by: mills, text: "The mayor warned the owners, and he was right.", cite: post}
  q9: {by: harrow, text: "They told US officials to leave the bridge at once.", cite: post}
  q11: {by: harrow, text: "The council tried to pay for the pumps. The council voted to approve my plan.", cite: post}
  q13: {by: harrow, text: "The council failed to pay for the sluices. The wall leaked while the gates rusted.", cite: post}
  q14: {by: harrow, text: "The sluices, the locks and the pumps are ours.", cite: post}
  q15: {by: harrow, text: "The mayor of Rome and the U.S. envoys left at 5 p.m. They were not seen in the U.S.", cite: post}
  q16: {by: harrow, text: "I believe the U.S. envoys will come back.", cite: post}
  q17: {by: mills, text: "We patched the [northern] gates with tar.", cite: post}
  q12: {by: mills, text: "You got it wrong. Nobody from the council came. They will never sell to Harrow.", cite: post}
  q18: {by: mills, text: "We would sell the lock, we would not.", cite: post}
  q10: {by: mills, cite: post, text: "If every gate must close before the flood, at most 40 men should
    be always ready for 12 days."}
"""


@pytest.fixture(scope="module")
def check_one(tmp_path_factory: pytest.TempPathFactory, lexicon: Lexicon) -> Iterator[CheckOne]:
    path: Path = tmp_path_factory.mktemp("weir") / "weir.yaml"
    path.write_text(STORY, encoding="utf-8")
    with FactBase.memory() as base:
        base.apply(load_story(path), by="test")
        text = text_checker(base, lexicon, date(2021, 4, 1))

        def check_one(words: str) -> Finding:
            (finding,) = text.check(CheckRequest(f"“{words}”")).findings
            return finding

        yield check_one


@pytest.mark.parametrize(
    ("words", "recorded", "quoted"),
    [
        ("The weir costs $3m a year", "£3m", "$3m"),
        ("The weir costs 3m a year", "£3m", "3m"),
        ("The weir costs £3bn a year", "£3m", "£3bn"),
        ("The weir costs £3 a year", "£3m", "£3"),
        ("at dawn it was 10°F colder", "10°C", "10°F"),
        ("at dawn it was −10°C colder", "10°C", "−10°C"),
        ("colder than the -2.5 metres of ice", "2.5", "-2.5"),
        ("colder than the ~2.5 metres of ice", "2.5", "~2.5"),
        ("colder than the <2.5 metres of ice", "2.5", "<2.5"),
        ("They gave us 5 of the sum", "5%", "5"),
        ("colder than the 2.5 of ice", "2.5 metres", "2.5"),
    ],
)
def test_a_sign_a_currency_and_a_unit_are_a_part_of_the_number(
    words: str, recorded: str, quoted: str, check_one: CheckOne
) -> None:
    said = describe(check_one(words))
    assert said.verdict == "Not what was said"
    assert f"A number differs: “{recorded}” is recorded, not “{quoted}”." in said.warnings


@pytest.mark.parametrize(
    "words",
    [
        "The weir costs £3 million a year",
        "The weir costs £3,000,000 a year",
        "The weir costs £3m a year, and at dawn it was 10 °C colder than the 2½ metres of ice",
        "They gave us five per cent of the sum on 3 May",
        "They gave us 5% of the sum on 3 May, and only 1/2 of it came on Monday",
        "The we\u00adir costs £3m a ye\u200bar",
    ],
)
def test_the_same_number_written_otherwise_and_signs_that_nobody_sees_are_exact(words: str, check_one: CheckOne) -> None:
    assert describe(check_one(words)).verdict in ("Exact", "Exact, and a part of what was said")


@pytest.mark.parametrize(
    "words",
    [
        "the w\u043erkers' tools were all stolen",
        "the worker's tools were all stolen",
        "They told us officials to leave the bridge",
    ],
)
def test_a_letter_that_looks_alike_and_an_apostrophe_elsewhere_are_changes(words: str, check_one: CheckOne) -> None:
    assert describe(check_one(words)).verdict == "The wording differs"


def test_figures_are_cut_with_what_belongs_to_them() -> None:
    keys = [word.key for word in words_of("14-15, 3/5/2021, $2.5bn, 3k, 3m, US$5, ½")]
    assert keys == ["14", "15", "3", "5", "2021", "$2500000000", "3000", "3m", "us", "$5", "half"]


@pytest.mark.parametrize(
    ("words", "loud"),
    [
        ("[They] may open the sluices", "“[They]” stands where “Only the owners of every lock” is recorded."),
        ("the [farmers]' tools were all stolen", "“[farmers]” stands where “workers'” is recorded."),
        ("the wall was [rotten], and the workers' tools", "“[rotten]” stands where “sound” is recorded."),
        ("The mayor [so] the owners, and he was right", "“[so]” stands where “warned” is recorded."),
        ("They [Harrow] 5% of the sum on 3 May", "“[Harrow]” stands where “gave us” is recorded."),
        (
            "They told US officials to leave the bridge [forever] at once",
            "“[forever]” was added in brackets, and is not recorded.",
        ),
    ],
)
def test_what_brackets_replace_is_said_where_it_is_no_pronoun_and_no_name(words: str, loud: str, check_one: CheckOne) -> None:
    finding = check_one(words)
    assert not describe(finding).verdict.startswith("Exact")
    assert loud in describe(finding).warnings


@pytest.mark.parametrize(
    ("words", "loud"),
    [
        ("[We] told US officials to leave the bridge", "“[We]” is not whom or what “They” stands for."),
        ("The mayor warned the owners, and [she] was right", "“[she]” is not whom or what “he” stands for."),
    ],
)
def test_a_pronoun_in_brackets_means_whom_the_recorded_one_means(words: str, loud: str, check_one: CheckOne) -> None:
    assert describe(check_one(words)).verdict == "Not what was said"
    assert loud in describe(check_one(words)).warnings


@pytest.mark.parametrize(
    ("words", "loud"),
    [
        ("ran for at least two days above [the] mark", "“[the]” stands where “the old” is recorded."),
        ("The [mayor] the owners, and he was right", "“[mayor]” stands where “mayor warned” is recorded."),
        ("They [will] sell to Harrow", "“[will]” stands where “will never” is recorded."),
        ("All [but] of the pumps ran for at least two days", "“[but]” stands where “but one” is recorded."),
        ("ran for at least [two] above the old mark", "“[two]” stands where “two days” is recorded."),
    ],
)
def test_a_recorded_word_in_brackets_hides_no_word_beside_it(words: str, loud: str, check_one: CheckOne) -> None:
    said = describe(check_one(words))
    assert not said.verdict.startswith("Exact")
    assert loud in said.warnings
    assert "A number differs" not in " ".join(said.warnings)


def test_a_recorded_word_in_brackets_is_exact_and_a_small_word_left_out_beside_it_is_named(check_one: CheckOne) -> None:
    pumps = "All but one of the pumps ran for at least two days above [the old] mark"
    assert describe(check_one(pumps)).verdict == "Exact, and a part of what was said"
    assert describe(check_one("We patched [the] gates with tar")).verdict.startswith("Exact")  # an editor's word is not said
    said = describe(check_one("The council tried to pay [for] pumps"))
    assert said.verdict == "Exact, but for what stands in brackets"
    assert said.notes == ("“[for]” in brackets stands for “for the”.",)


@pytest.mark.parametrize(
    "words",
    [
        "They [paid] the sum on 3 May",
        "All but one of the pumps ran for [some time] above the old mark",
        "You got it wrong. [The mayor and the owners] came. They will never sell to Harrow",
        "They will [always want to] sell to Harrow",
    ],
)
def test_a_number_or_a_negation_is_not_lost_in_brackets(words: str, check_one: CheckOne) -> None:
    assert describe(check_one(words)).verdict == "Not what was said"


def test_a_pronoun_in_brackets_may_leave_open_who_is_meant(check_one: CheckOne) -> None:
    said = describe(check_one("The mayor warned the owners, and [they were] right"))
    assert not any("is not whom or what" in warning for warning in said.warnings)


@pytest.mark.parametrize(
    "words",
    [
        "[Mills] warned the owners, and [the engineer] was right.",
        "The mayor warned [them], and he was right.",
        "They [t]old US officials to leave the bridge at once",
    ],
)
def test_a_pronoun_and_a_name_in_brackets_are_the_editors(words: str, check_one: CheckOne) -> None:
    finding = check_one(words)
    wanted = "[Mills]" not in words  # who warned the owners is recorded: another name in its place is no editor's help
    assert describe(finding).verdict.startswith("Exact") is wanted


@pytest.mark.parametrize(
    ("words", "left_out"),
    [
        ("the wall was sound", "It would be a lie to say"),
        ("the ferry sails at noon", "If the wind drops"),
        ("the harbour is open", "I believe"),
    ],
)
def test_a_frame_that_was_cut_off_turns_the_meaning(words: str, left_out: str, check_one: CheckOne) -> None:
    said = describe(check_one(words))
    assert said.verdict == "Real words, but cut out of their sentence"
    assert said.warnings[0] == f"It was not simply said: “{left_out}”, which belongs to it, was left out."


def test_a_not_behind_what_is_quoted_is_said_to_be_left_out(check_one: CheckOne) -> None:
    said = describe(check_one("We would sell the lock, we would"))
    assert said.verdict == "Real words, but cut out of their sentence"
    assert said.warnings == ("It stood before “not”, which was left out.",)


def test_a_no_behind_what_is_quoted_is_said(check_one: CheckOne) -> None:
    assert describe(check_one("The wall is safe to walk on?")).warnings == (
        "It was not simply said: “No”, which belongs to it, was left out.",
    )
    assert describe(check_one("I believe the harbour is open")).verdict.startswith("Exact")


@pytest.mark.parametrize(
    ("words", "loud"),
    [
        ("ran for at most two days above the old mark", "It says “most”, where “least” was said, which changes the meaning."),
        ("ran for at least two days below the old mark", "It says “below”, where “above” was said, which changes the meaning."),
        ("two days above the old mark, and a few men slept", "It says “a few”, where “few” was said, which changes the meaning."),
        ("They gave us 5% of the sum on 3 March", "It says “March”, where “May” was said, which changes the meaning."),
        ("and only half of it came on Tuesday", "It says “Tuesday”, where “Monday” was said, which changes the meaning."),
        ("All of the pumps ran for at least two days", "It says “All”, where “one” was said."),
        ("The owners warned the mayor", "The same words are in another order, which may change who did what."),
    ],
)
def test_what_changes_the_sense_is_said(words: str, loud: str, check_one: CheckOne) -> None:
    assert loud in describe(check_one(words)).warnings


@pytest.mark.parametrize(
    ("words", "loud"),
    [
        ("The council paid for the pumps", "“tried to” was left out, which makes it sound surer or broader than what was said."),
        ("The council voted to reject my plan", "It says “reject”, where “approve” was said, which reverses the meaning."),
        ("You got it right", "It says “right”, where “wrong” was said, which reverses the meaning."),
        ("Nobody from the owners came", "It speaks of “the owners”, where “the council” was said."),
        ("Harrow will never sell to them", "It speaks of “Harrow”, where “They” was said."),
        ("The owners warned the mayor", "It speaks of “owners”, where “mayor” was said."),
        ("The council paid for the sluices", "“failed to” is missing, which reverses the meaning."),
        (
            "The council refused to pay for the pumps",
            "It says “refused”, where “tried” was said, which reverses the meaning.",
        ),
        ("The council declined to vote to approve my plan", "“declined to” was added, which reverses the meaning."),
        ("The gates leaked while the wall rusted", "It speaks of “gates”, where “wall” was said."),
    ],
)
def test_a_dropped_hedge_a_contrary_and_another_subject_are_not_what_was_said(words: str, loud: str, check_one: CheckOne) -> None:
    said = describe(check_one(words))
    assert said.verdict == "Not what was said"
    assert loud in said.warnings


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("The mayor of Rome and the U.S. envoys left at 5 p.m.", "Exact, and a part of what was said"),
        ("The mayor of Rome and the US envoys left at 5 pm", "Exact, and a part of what was said"),
        ("The us envoys left at 5 p.m.", "The wording differs"),
        ("They were not seen in the U.S.", "Exact, and a part of what was said"),
        ("the U.S. envoys will come back", "Real words, but cut out of their sentence"),
    ],
)
def test_letters_with_dots_are_a_word_and_end_no_sentence(words: str, verdict: str, check_one: CheckOne) -> None:
    assert describe(check_one(words)).verdict == verdict


def test_a_yes_in_the_place_of_a_no_is_said_once(check_one: CheckOne) -> None:
    said = describe(check_one("Yes, I would resign before I said that"))
    assert said.verdict == "Not what was said"
    assert said.warnings == ("It says “Yes”, where “No” was said, which reverses the meaning.",)


def test_words_of_a_list_in_another_order_are_another_wording(check_one: CheckOne) -> None:
    assert describe(check_one("The pumps, the locks and the sluices are ours")).verdict == "The wording differs"


def test_another_tense_of_a_verb_is_another_wording(check_one: CheckOne) -> None:
    assert describe(check_one("The council will try to pay for the pumps")).verdict == "The wording differs"
    assert describe(check_one("The council tried to pay for pumps")).verdict == "The wording differs"


def test_a_few_recorded_words_in_a_row_are_a_piece(check_one: CheckOne) -> None:
    said = describe(check_one("I would resign"))
    assert said.verdict == "Real words: read them in their sentence"
    assert said.warnings == ("It stood before “before I said that”, which was left out.",)


def test_a_function_word_in_a_name_describes_nobody() -> None:
    assert words_describing(Actor("ever-after", "Ever After Foundation", "organization")) >= {"foundation"}
    assert not words_describing(Actor("ever-after", "Ever After Foundation", "organization")) & {"ever", "after"}


@pytest.mark.parametrize(
    ("words", "loud"),
    [
        ("They told US officials to leave the bridge at once?", "A statement was turned into a question"),
        ("I believe the harbour is open?", "A statement was turned into a question"),
        ("The wall is safe to walk on", "A question was turned into a statement"),
        ("The wall is safe to walk on.", "A question was turned into a statement"),
        ("The wall is safe.", "A question was turned into a statement"),
    ],
)
def test_a_question_mark_that_changed_turns_the_meaning(words: str, loud: str, check_one: CheckOne) -> None:
    said = describe(check_one(words))
    assert said.verdict == "Not what was said"
    assert any(sentence.startswith(loud) for sentence in said.warnings)


@pytest.mark.parametrize(
    ("recorded", "quoted"),
    [
        ("If", "Unless"),
        ("every", "some"),
        ("must", "may"),
        ("before", "after"),
        ("most", "least"),
        ("should", "will"),
        ("always", "sometimes"),
    ],
)
def test_small_words_that_say_something_else_are_said_loudly(recorded: str, quoted: str, check_one: CheckOne) -> None:
    text = "If every gate must close before the flood, at most 40 men should be always ready for 12 days."
    said = describe(check_one(text.replace(recorded, quoted)))
    assert said.verdict == "Not what was said"
    assert f"It says “{quoted}”, where “{recorded}” was said, which changes the meaning." in said.warnings


@pytest.mark.parametrize(
    ("words", "loud"),
    [
        ("always ready for 12 weeks", "A number differs: “12 days” is recorded, not “12 weeks”."),
        ("than the 2.5 feet of ice", "A number differs: “2.5 metres” is recorded, not “2.5 feet”."),
        ("They gave us 5 percentage points of the sum", "A number differs: “5%” is recorded, not “5 percentage points”."),
        ("ran for at least two hours above the old mark", "A number differs: “two days” is recorded, not “two hours”."),
        ("at most … 50 … should be always ready", "A number differs: “40” is recorded, not “50”."),
        ("at most ... 50 men ... for 12 days", "A number differs: “40” is recorded, not “50”."),
        ("If every gate … at most 40 men … 14 days", "A number differs: “12” is recorded, not “14”."),
    ],
)
def test_units_and_numbers_behind_marks_of_omission_are_compared(words: str, loud: str, check_one: CheckOne) -> None:
    said = describe(check_one(words))
    assert said.verdict == "Not what was said"
    assert loud in said.warnings


def test_in_a_text_with_capitals_us_is_not_the_us(check_one: CheckOne) -> None:
    assert describe(check_one("they told us officials to leave the bridge at once")).verdict == "Exact"
    assert describe(check_one("They told us officials to leave the bridge")).verdict == "The wording differs"


ALIKE = """
story: {id: weir, title: The old weir}
sources:
  post: {type: article-newspaper, title: The weir gives way, publisher: Evening Post, published: 2021-03-06}
  weekly: {type: article-magazine, title: After the flood, publisher: Weekly Post, published: 2021-03/2021-06}
actors:
  harrow: {name: Jane Harrow, kind: person}
  harlow: {name: Jim Harlow, kind: person}
quotes:
  rope: {by: harrow, text: "The weir costs us three miles of rope.", cite: post, context: on the radio}
  loss: {by: harlow, text: "And yet it's what it is.", cite: post}
  gate: {by: harlow, text: "Nobody has the key to the upper gate.", cite: weekly, date: 2021-05-05}
"""
ROPE = "“The weir costs us three miles of rope”"


@pytest.fixture
def alike(lexicon: Lexicon) -> Iterator[TextChecker]:
    with FactBase.memory() as base:
        base.apply(read_story(ALIKE, "weir"), by="test")
        yield text_checker(base, lexicon, date(2021, 4, 1))


def test_a_speaker_chosen_from_the_list_is_named_by_key(alike: TextChecker) -> None:
    (own,) = alike.check(CheckRequest(ROPE, "weir/harrow")).findings
    (other,) = alike.check(CheckRequest(ROPE, "weir/harlow")).findings
    assert own.verdict is Verdict.EXACT
    assert describe(other).warnings == ("It is recorded as said by Jane Harrow, not by Jim Harlow.",)


def test_a_misspelt_speaker_who_may_be_either_of_two_is_asked_for_in_full(alike: TextChecker) -> None:
    with pytest.raises(SeveralMeantError, match="“Harow” may be Jim Harlow, Jane Harrow"):
        alike.check(CheckRequest(ROPE, "Harow"))


def test_words_from_another_source_are_said_to_be_from_theirs_with_its_context(alike: TextChecker) -> None:
    (finding,) = alike.check(CheckRequest(ROPE, source="Weekly Post")).findings
    assert describe(finding).warnings == ("It is recorded from Evening Post (on the radio), not from Weekly Post.",)


def test_what_a_series_of_articles_quotes_may_be_from_any_day_after_it_was_said(alike: TextChecker) -> None:
    gate = "“Nobody has the key to the upper gate”"
    verdicts = {month: alike.check(CheckRequest(gate, date=month)).findings[0].verdict for month in ("March 2021", "June 2021")}
    assert verdicts == {"March 2021": Verdict.OTHER_PLACE, "June 2021": Verdict.EXACT}


def test_the_quotes_of_a_big_base_are_looked_up_by_their_words(alike: TextChecker, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = (ROPE, "“The weir costs us three yards of rope”", "“It’s what it is”", "“A ferry came to the harbour”", "“of the”")

    def verdicts() -> list[tuple[Verdict, str | None]]:
        findings = [alike.check(CheckRequest(text)).findings[0] for text in texts]
        return [(finding.verdict, finding.record.fact.id if finding.record else None) for finding in findings]

    of_small = verdicts()
    assert of_small[2] == (Verdict.EXACT, "loss")
    monkeypatch.setattr(checker, "_HELD", 1)
    alike._snapshots.clear()
    assert verdicts() == of_small


def test_a_text_of_which_nothing_can_be_checked_in_time_is_given_up_in_words(alike: TextChecker) -> None:
    with pytest.raises(UsageError, match=TOO_DEAR):
        alike.check(CheckRequest(ROPE), seconds=-1)
    assert alike.check(CheckRequest(ROPE), seconds=1000).unchecked == 0


def test_what_was_checked_before_time_was_up_is_shown_with_how_much_was_not(
    alike: TextChecker, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = 0

    def look() -> None:
        nonlocal looks
        looks += 1
        if looks > 2:
            raise CutShortError("")

    whole = alike.check(CheckRequest(f"“{ROPE}” " * 5))
    monkeypatch.setattr(checker, "check_cancelled", look)
    checked = alike.check(CheckRequest(f"“{ROPE}” " * 5))
    assert checked.findings == whole.findings[:2]
    assert (checked.unchecked, whole.unchecked) == (3, 0)


def test_a_long_alignment_looks_at_each_word_whether_it_is_to_end(lexicon: Lexicon) -> None:
    """Words that are all alike, against a record as long, are what costs most; it ends at the first look."""
    words = words_of("a " * 1000)
    with processor_limit(-1), pytest.raises(CutShortError):
        align(words, words_of("b " * 600), Vocabulary(lexicon))


def test_what_is_held_of_a_base_is_counted_and_let_go_when_it_changes(lexicon: Lexicon) -> None:
    story = load_story(stories_folder() / "twitter-rt-sputnik.yaml")
    with FactBase.memory() as base:
        base.apply(story, by="test")
        texts = text_checker(base, lexicon, date(2021, 1, 1))
        BUDGET.release_idle(0)
        for fact in story.facts[:20]:
            texts.check(CheckRequest(f"“{fact.text}”"))
        held = texts._snapshot(None)
        assert BUDGET.size == held.size
        assert 0.7 < held.size / bytes_of(held) < 2
        before = ref(held)
        del held
        base.apply(replace(story, info=replace(story.info, id="other")), by="test")
        texts.check(CheckRequest(story.facts[0].text))
        assert before() is None
        BUDGET.release_idle(0)
        assert not texts._snapshots
