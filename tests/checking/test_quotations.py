"""Whose words a quotation is: by its sentence, where nobody is known beforehand or the names in it are given, and in reports."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.finding.mentions import NameTable
from bot.checking.quotations import TextName, attribute, quotations_in
from bot.english.quotation_marks import quoted_spans
from tests.drafting.gold_reports import REPORTS, Gold
from tests.support.paths import TESTS

NOBODY = NameTable({})
DRAFTING = TESTS / "drafting"
WRONG, SILENT = 0.1, 0.2
"""Shares of a report's quotations that may be taken for somebody else's, and for nobody's."""


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Maria Lee said, “It is not safe.”", ["Maria Lee"]),
        ("“It is not safe,” said Maria Lee.", ["Maria Lee"]),
        ("“It is not safe,” Lee said on Monday.", ["Lee"]),
        ("“It is not safe,” Maria Lee, the mayor of Harbour, said.", ["Maria Lee"]),
        ("Maria Lee, a spokeswoman for the Harbour Council, called it “a bridge too far”.", ["Maria Lee"]),
        ("Maria Lee, who has fought the Council and the Gazette for years, said: “It is not safe.”", ["Maria Lee"]),
        ("Lee: “It is not safe.”", ["Lee"]),
        ("“It is not safe.” — Maria Lee", ["Maria Lee"]),
        ("“It is not safe.”\n- Maria Lee, 4 March 2021", ["Maria Lee"]),
        ("“It is not safe” (Maria Lee, Gazette)", ["Maria Lee"]),
        ("According to Maria Lee, the bridge “is not safe”.", ["Maria Lee"]),
        ("“It is not safe,” Lee said, “and it never was safe.”", ["Lee", "Lee"]),
        ("Lee called it “not safe at all” and said that it “never was safe”.", ["Lee", "Lee"]),
        ("Twitter claimed that “it was not easy to do,\" insisting, \"we did not do it lightly.\"", ["Twitter", "Twitter"]),
        ("Ann Lee spoke first. In a tweet, she accused Twitter of pushing the town to \"spend very big\".", ["Ann Lee"]),
        ("“It is not safe at all,” said Lee. “It never was.”", ["Lee", "Lee"]),
        ("“It is not safe at all,” said Lee. Roth said: “Of course it is safe.”", ["Lee", "Roth"]),
        ("“It is not safe at all,” said Lee. “Of course it is,” Roth answered.", ["Lee", "Roth"]),
        ("“It is not safe at all,” Lee said. She added: “I will not cross it.”", ["Lee", "Lee"]),
        ("Senator Ann Lee and Senator Bo Roth, who wrote the law, said ,\"it shows the need,\" according to the Gazette.",
         ["Senator Ann Lee and Senator Bo Roth"]),
        ("In response to Twitter's charges, deputy editor Karl Voss stated that it \"has never done so\".", ["Karl Voss"]),
        ("Google and Facebook have not said whether they would follow Twitter, but claim that \"agents of theirs\" bought ads.",
         ["Google and Facebook"]),
        ("Sputnik told news agency AFP it \"has never done so.”", ["Sputnik"]),
        ("“The first part of it.\n\n“The second part of it,” said Lee.", ["", "Lee"]),
        ("There were signs with “no way at all” on them.", [""]),
        ("“Is it safe now?” Lee asked.", ["Lee"]),
        ("Mr. J. Roth said: “It is safe.”", ["J. Roth"]),
        ("Asked on Friday, she said: “It is not safe.”", [""]),
        ("However Maria Lee said: “It is not safe.”", ["Maria Lee"]),
        ("Everybody said: “It is not safe.”", [""]),
        ("“It is not safe,” Coast Guard Capt. Lydia Marsh said.", ["Coast Guard Capt. Lydia Marsh"]),
        ("“It is not safe,” said Harbour Transit spokeswoman Petra Halm.", ["Petra Halm"]),
        ("Ann Lee, 34, an engineer who was told of it, said: “It is not safe.”", ["Ann Lee"]),
        ("The Harbour Company was asked by Ann Lee, who said “it is not safe.”", ["Ann Lee"]),
        ("Ms Lee was told by Tom Reed that “it is not safe”.", ["Tom Reed"]),
        ("Tom Reed and Ann Lee wrote to the paper. They said that it was “not safe at all”.", ["Tom Reed and Ann Lee"]),
        ("“It is not safe.” “It never was safe,” said Ann Lee.", ["Ann Lee", "Ann Lee"]),
        ("“You lied, Ms. Lee,” said Roth. “You knew, Ms. Lee,” Reed said.", ["Roth", "Reed"]),
        ("The Committee for Open Seas called it “not safe at all”.", ["Committee for Open Seas"]),
        ("Ann Lee heard somebody shouting “it is not safe”.", [""]),
        ("Lee “It is not safe”", ["Lee"]),
        ("RT @lee_4: “It is not safe.”", ["@lee_4"]),
        ("Words that were left out: “it is not safe”.", [""]),
    ],
)  # fmt: skip
def test_a_quotation_has_the_speaker_that_its_sentence_names(text: str, speakers: list[str]) -> None:
    assert [quotation.name for quotation in quotations_in(text, NOBODY)] == speakers


def test_lines_that_are_quoted_are_a_quotation_and_marks_inside_them_are_kept_to() -> None:
    assert [quotation.text for quotation in quotations_in("> It is not safe,\n> and never was.\nHm.", NOBODY)] == [
        "It is not safe,\nand never was."
    ]
    assert [quotation.text for quotation in quotations_in("> Lee said “it is not safe” today.", NOBODY)] == ["it is not safe"]


@pytest.mark.parametrize(
    ("text", "said", "name"),
    [
        ("Lee: It is not safe", "It is not safe", "Lee"),
        ("Maria Lee said it is not safe", "it is not safe", "Maria Lee"),
        ("It is not safe - Maria Lee", "It is not safe", "Maria Lee"),
        ("It is not safe", "It is not safe", ""),
    ],
)
def test_a_text_without_marks_is_one_quotation_without_the_name_beside_it(text: str, said: str, name: str) -> None:
    (quotation,) = quotations_in(text, NOBODY)
    assert (quotation.text, quotation.name, quotation.whole) == (said, name, True)


@given(st.text("Aab said. ,\n'\"“”—:()", max_size=80))
def test_any_text_is_read(text: str) -> None:
    for quotation in quotations_in(text, NOBODY):
        assert 0 <= quotation.start <= quotation.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [" " * 90_000, "\n" * 90_000, " \n" * 45_000, "Ann Lee said “we” and " * 2_000, "'" * 40_000, "“‘" * 20_000],
    ids=["blanks", "lines", "both", "one sentence", "apostrophes", "opening marks"],
)
def test_a_hostile_text_is_read_in_a_time_that_grows_with_its_length(text: str) -> None:
    # Where the time grows with the square of the length, each of these takes minutes.
    assert quotations_in(f"Lee{text}a bridge", NOBODY)


def test_a_name_behind_a_long_text_is_still_its_speaker() -> None:
    (quotation,) = quotations_in(f"{'We never saw the bridge again. ' * 40}\n— Ann Lee", NOBODY)
    assert quotation.name == "Ann Lee"
    assert quotation.text.startswith("We never")
    assert quotation.text.endswith("again.")


def speakers(text: str, *names: str) -> list[tuple[str, ...]]:
    """Return the speakers of each quotation; each name stands once in the text, and is a person's."""
    named = [TextName(text.index(name), text.index(name) + len(name), name, frozenset([name]), person=True) for name in names]
    attributions = attribute(text, quoted_spans(text), sorted(named, key=lambda name: name.start))
    return [tuple(speaker.name for speaker in whose.speakers) for whose in attributions]


@pytest.mark.parametrize("verb", ["stresses", "dismisses it as", "disclosed that it was", "slammed it as"])
def test_a_verb_of_saying_is_known_in_every_form(verb: str) -> None:
    assert speakers(f"Lee, to the surprise of all, {verb} “a great success”.", "Lee") == [("Lee",)]


def test_whoever_reads_words_has_not_said_them() -> None:
    assert speakers("Lee, to the surprise of all, reads “a great success”.", "Lee") == [()]


def test_a_title_with_a_full_stop_ends_no_sentence() -> None:
    text = "She met Capt. Roth and said “no”."
    assert attribute(text, quoted_spans(text), [])[0].context.startswith("She met Capt. Roth")


@pytest.mark.parametrize("gold", REPORTS, ids=[gold.name for gold in REPORTS])
def test_a_report_is_read_as_drafting_reads_it(gold: Gold) -> None:
    text = (DRAFTING / gold.name).read_text(encoding="utf-8")
    names = {" ".join(quotation.text.split()): quotation.name for quotation in quotations_in(text, NameTable({}))}
    wanted = [(next(name for said, name in names.items() if said.startswith(begins)), by) for begins, by in gold.quotes]
    wrong = [(name, by) for name, by in wanted if name and not all(speaker.split()[-1] in name for speaker in by or ("nobody",))]
    silent = [by for name, by in wanted if not name and by and gold.actors.issuperset(by)]
    assert len(wrong) <= WRONG * len(gold.quotes), wrong
    assert len(silent) <= SILENT * len(gold.quotes), silent


def test_whoever_is_only_described_has_no_name() -> None:
    (quotation,) = quotations_in("Ann Lee left. “It is not safe,” a spokesman for the harbour said.", NameTable({}))
    assert quotation.name == ""
