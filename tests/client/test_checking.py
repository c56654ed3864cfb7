"""Checking quotations on Discord: the command, the menu of a message, pages, and showing others."""

from __future__ import annotations

import discord
import pytest
from simcord import ResponseMessage

from bot.checking.checker import TOO_OLD
from bot.checking.verdict import Verdict
from bot.client import words
from bot.client.checking import NOTHING_TO_CHECK, SHOW_ALL
from bot.presentation import verdicts
from bot.presentation.verdicts import IN_SENTENCE
from bot.service.session import Session
from bot.stories.load import read_story
from tests.client.forms import in_session
from tests.client.world import World, answer, buttons, go_on_for_a_year, parts, text

EXACT = "we did not come to this decision lightly"
LOST = "We did come to this decision lightly."
MANY = "\n\n".join(
    f"{speaker} said: “{quote}”"
    for speaker, quote in [
        ("Twitter", "we did not come to this decision lightly."),
        ("Zakharova", "Naturally, a response will not follow"),
        ("Warner", "I appreciate the effort, RT and Sputnik have been known entities for some time"),
        ("Klobuchar", "spend big"),
        ("Sputnik", "has never used advertising on Twitter."),
        ("Simonyan", "highly regrettable"),
        ("McCain", "Twitter is finished in Russia"),
    ]
)

THREE_SENTENCES = """
story: {id: masts, title: The masts}
sources: {log: {type: webpage, title: Log}}
actors: {frost: {name: Ida Frost, kind: person}}
quotes:
  gates:
    by: frost
    text: It snowed all week. On Monday the gates were rusted shut and nobody had a key. We broke one.
    cite: log
"""


def size(message: ResponseMessage | discord.Message) -> int:
    return sum(len(part.get("content", "")) for part in parts(message))


async def test_an_exact_quote_is_said_to_be_exact_with_its_speaker_and_source(world: World) -> None:
    result = await world.alice.slash(world.channel, "check", text=EXACT, speaker="Twitter")
    assert not result.ephemeral
    shown = text(answer(result))
    assert shown.startswith(
        f"### ✅ {verdicts.VERDICTS[Verdict.EXACT]}\n> “we did not come to this decision lightly.”\n> — **Twitter**"
    )
    assert "[1] [Twitter bans RT and Sputnik from advertising]" in shown
    assert buttons(answer(result)) == [words.DELETE]


async def test_a_lost_not_is_said_loudly_and_shown_word_by_word(world: World) -> None:
    shown = text(answer(await world.alice.slash(world.channel, "check", text=LOST, speaker="Zakharova")))
    assert shown.startswith(f"### ❌ {verdicts.MISLEADS}\n")
    assert "❗ **“not” is missing, which reverses the meaning.**" in shown
    assert "❗ **It is recorded as said by Twitter, not by Maria Zakharova.**" in shown
    assert "we did ~~not~~ come to this decision lightly." in shown


async def test_two_quotes_run_together_are_both_shown(world: World) -> None:
    shown = text(answer(await world.alice.slash(world.channel, "check", text=f"{EXACT}. Naturally, a response will follow.")))
    assert shown.startswith(f"### ⚠️ {verdicts.JOINED}\n")
    assert "> “we did not come to this decision lightly.”\n> — **Twitter**" in shown
    assert "> “Naturally, a response will follow”\n> — **Maria Zakharova**" in shown


async def test_a_piece_is_shown_with_the_rest_and_the_context_of_what_was_said(world: World) -> None:
    shown = text(answer(await world.alice.slash(world.channel, "check", text="RT and Sputnik have been known entities")))
    assert shown.startswith(f"### 🔎 {verdicts.VERDICTS[Verdict.CUT_OUT]}\n")
    assert "\nIt stood after “I appreciate the effort, although”, which was left out.\n" in shown
    assert "> “I appreciate the effort, although RT and Sputnik have been known entities for some time" in shown
    assert "reaction to Twitter's ban" in shown


async def test_a_piece_that_lost_its_not_is_said_loudly_to_be_cut_out(world: World) -> None:
    shown = text(answer(await world.alice.slash(world.channel, "check", text="come to this decision lightly", speaker="Twitter")))
    assert shown.startswith(f"### ❌ {verdicts.UNSAID}\n")
    assert "❗ **It stood after “we did not”, which was left out.**" in shown


async def test_a_piece_of_several_sentences_is_shown_in_the_sentences_it_is_from(world: World) -> None:
    story = read_story(THREE_SENTENCES, "x.yaml")
    await world.service.write(world.guild.id, lambda session: session.base.apply(story, by="test"))
    piece = "the gates were rusted shut"
    shown = text(answer(await world.alice.slash(world.channel, "check", text=f"“{piece}”", speaker="Ida Frost")))
    assert shown.startswith(f"### ✅ {verdicts.PIECE}\n")
    assert IN_SENTENCE.format(sentence="On Monday the gates were rusted shut and nobody had a key.") in shown


async def test_a_long_text_without_quotation_marks_is_said_to_be_checked_as_one(world: World) -> None:
    shown = text(answer(await world.alice.slash(world.channel, "check", text=" ".join(["The masts froze over again."] * 7))))
    assert shown.startswith("-# I found no quotation marks, so I checked all of it as one quotation.\n")


async def test_what_is_not_in_the_facts_is_not_called_false(world: World) -> None:
    shown = text(answer(await world.alice.slash(world.channel, "check", text="Twitter is finished in Russia")))
    assert shown.startswith(f"### ❔ {verdicts.VERDICTS[Verdict.UNKNOWN]}\n")
    assert verdicts.NOT_FALSE in shown


async def test_another_date_is_said_and_one_that_cannot_be_read_is_told_to_the_asker(world: World) -> None:
    shown = text(answer(await world.alice.slash(world.channel, "check", text=EXACT, date="May 2016")))
    assert shown.startswith(f"### 📅 {verdicts.VERDICTS[Verdict.OTHER_PLACE]}\n")
    assert "recorded from 26 October 2017, not from May 2016" in shown
    result = await world.alice.slash(world.channel, "check", text=EXACT, date="soon")
    assert result.ephemeral
    assert "I cannot read" in text(answer(result))
    assert world.env.errors


async def test_the_quotations_of_a_message_are_checked_for_one_person_who_may_show_them_to_all(world: World) -> None:
    message = await world.bob.send(world.channel, f"Zakharova said: “{LOST}” Or is it “fake news”?")
    result = await world.alice.context_menu(world.channel, "Check quotes", message)
    assert result.ephemeral
    first = answer(result)
    assert "“not” is missing" in text(first)
    assert verdicts.passed_over(1) in text(first)
    assert buttons(first) == [SHOW_ALL]
    shared = await world.alice.click(first, label=SHOW_ALL)
    assert not shared.ephemeral
    assert "“not” is missing" in text(answer(shared))
    assert buttons(answer(shared)) == [words.DELETE]


async def test_many_quotations_are_paged_after_a_restart_too_and_others_get_a_copy(world: World) -> None:
    first = answer(await world.alice.slash(world.channel, "check", text=MANY))
    assert text(first).startswith("-# 7 quotations checked · ❌ 1 · ⚠️ 1 · 👥 1 · ❔ 1 · ✅ 3 · Page 1 of ")
    assert size(first) <= 4000
    assert len(list(parts(first))) <= 40
    await world.restart()
    copy = await world.bob.click(first, label=words.NEXT)
    assert copy.ephemeral
    seen = text(first)
    message: ResponseMessage | discord.Message = first
    while words.NEXT in buttons(message):
        await world.alice.click(message, label=words.NEXT)
        message = world.last
        assert size(message) <= 4000
        seen += text(message)
    assert seen.count("### ") == 7
    assert verdicts.VERDICTS[Verdict.UNKNOWN] in text(message)


async def test_a_checked_text_is_kept_no_longer_than_the_buttons_of_its_reply_work(world: World) -> None:
    first = answer(await world.alice.slash(world.channel, "check", text=MANY))
    assert "Twitter is finished in Russia" in await in_session(world, _everything)
    await in_session(world, lambda session: session.base.forget(question_days=30, reply_days=-1))
    assert "Twitter is finished in Russia" not in await in_session(world, _everything)
    pressed = await world.alice.click(first, label=words.NEXT)
    assert TOO_OLD in text(answer(pressed))


def _everything(session: Session) -> str:
    with session.base._connections.reading() as connection:
        return "\n".join(connection.iterdump())


async def test_a_message_without_text_cannot_be_checked(world: World) -> None:
    message = await world.bob.send(world.channel, "?!")
    result = await world.alice.context_menu(world.channel, "Check quotes", message)
    assert result.ephemeral
    assert text(answer(result)) == NOTHING_TO_CHECK


@pytest.mark.parametrize(
    "typed", ["“@everyone [x](https://evil.example) **bold** `code`”", "a" * 3900, "“" * 300 + "not", "\u202eabc def ghi"]
)
async def test_whatever_is_checked_stays_within_limits_and_pings_nobody(world: World, typed: str) -> None:
    shown = answer(await world.alice.slash(world.channel, "check", text=typed))
    assert size(shown) <= 4000
    assert "@everyone" not in text(shown)
    assert "](https://evil.example)" not in text(shown)


async def test_the_date_of_a_check_stays_what_it_was_when_the_story_goes_on(world: World) -> None:
    checked = answer(await world.alice.slash(world.channel, "check", text=MANY, date="25 October"))
    assert "25 October 2017" in text(checked)
    assert "2018" not in text(checked)
    await go_on_for_a_year(world)
    await world.alice.click(checked, label=words.NEXT)
    assert "25 October 2017" in text(world.last)
    assert "2018" not in text(world.last)
