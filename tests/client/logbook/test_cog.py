"""`/audit` on the real bot: who did what, when and why, found by person, fact and time; and taking a change back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.client.facts import words as fact_words
from bot.client.logbook import cog, lines
from bot.client.logbook.aftermath import follow_change
from bot.client.logbook.cog import AuditFilter
from bot.client.permissions import MODERATORS_ONLY
from bot.client.text import escape
from bot.errors import BusyError
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.facts.revisions import Applied
from bot.service.changes import ALREADY_UNDONE
from bot.service.session import Session
from bot.stories.load import load_story, read_story
from tests.client.forms import count, in_session
from tests.client.world import UNANSWERED, World, answer, bot_of, buttons, demote, finish_background, log_channel, parts, text
from tests.support.paths import HARBOUR


async def edit(world: World, text: str, *, by: str | None = None, reason: str | None = None) -> int:
    """Have the first event changed, and return the number of the change."""
    signature = sign(by or f"discord:{world.moderator.id}", reason)

    def work(session: Session) -> int:
        record = session.base.facts([1])[0]
        return (
            session.base.revisions.apply(Edit(record.story.id, facts=(replace(record.fact, text=text),)), signature).change or 0
        )

    return await world.service.write(world.guild.id, work)


async def text_of(world: World) -> str:
    return await world.service.read(world.guild.id, lambda session: session.base.facts([1])[0].fact.text)


async def test_each_line_says_who_what_when_and_why(world: World) -> None:
    await edit(world, "Another text.", reason="**wrong** @everyone <@1> date")
    result = await world.moderator.slash(world.channel, "audit")
    assert result.ephemeral
    shown = text(answer(result))
    assert "**2** · <t:" in shown
    assert f"<@{world.moderator.id}> changed F1\\@2\nAnother text.\n" in shown
    assert f"-# {escape('**wrong** @everyone <@1> date')}" in shown
    assert "<@1>" not in shown
    facts = await world.service.read(world.guild.id, lambda session: session.count_facts())
    assert f"**Footnote** imported the story “Twitter's advertising ban on RT and Sputnik”: {facts} facts added" in shown
    assert buttons(answer(result)) == ["Take back change 2", "Take back change 1"]


async def test_settings_stand_in_words(world: World) -> None:
    signature = sign(f"discord:{world.moderator.id}", None)

    def choose(session: Session) -> None:
        channels = {str(world.channel.id): "twitter-rt-sputnik"}
        session.base.settings.change(signature, sureness="bold", channels=channels, log_channel=world.channel.id)

    await world.service.write(world.guild.id, choose)
    shown = text(answer(await world.moderator.slash(world.channel, "audit")))
    assert "set **How sure:** Bold; **Stories:** Twitter's advertising ban on RT and Sputnik in <#" in shown
    assert f"**Log channel:** <#{world.channel.id}>" in shown


async def test_a_change_is_taken_back_once_and_that_can_be_taken_back_too(world: World) -> None:
    before = await text_of(world) if await edit(world, "x") and await world.service.write(world.guild.id, _undo_first) else ""
    change = await edit(world, "Another text.")
    opened = answer(await world.moderator.slash(world.channel, "audit"))
    other = answer(await world.moderator.slash(world.channel, "audit"))
    await world.moderator.click(opened, label=f"Take back change {change}")
    assert await text_of(world) == before
    assert f"{cog.CHANGE_TAKEN_BACK}\nF1@5 is as it was before:\n" in text(opened)
    assert f"~~<@{world.moderator.id}> changed F1" in text(opened)
    assert f"took back change {change}: F1\\@5\n{escape(before)[:40]}" in text(opened)
    again = await world.moderator.click(other, label=f"Take back change {change}")
    assert text(answer(again)) == escape(ALREADY_UNDONE)
    await world.moderator.click(opened, label=f"Take back change {change + 1}")
    assert await text_of(world) == "Another text."
    assert world.env.errors == []


async def test_a_dismissed_question_waits_again_where_that_is_taken_back(world: World) -> None:
    await world.ask(UNANSWERED)
    (gap,) = await in_session(world, lambda session: session.base.gaps.open())
    await in_session(world, lambda session: session.gaps.dismiss(gap.number, sign("test", None), record=True))
    opened = answer(await world.moderator.slash(world.channel, "audit"))
    assert UNANSWERED in text(opened)
    change = next(label for label in buttons(opened) if label.startswith("Take back change"))
    await world.moderator.click(opened, label=change)
    assert "is waiting for a decision again, in `/gaps`." in text(opened)
    assert [remaining.question for remaining in await in_session(world, lambda session: session.base.gaps.open())] == [UNANSWERED]


async def test_a_story_that_was_called_otherwise_has_its_title_again(world: World) -> None:
    (info,) = await in_session(world, lambda session: session.stories())
    signature = sign("test", None)
    renamed = Edit(info.id, info=replace(info, title="Another title"))
    await in_session(world, lambda session: session.base.revisions.apply(renamed, signature))
    opened = answer(await world.moderator.slash(world.channel, "audit"))
    await world.moderator.click(opened, label="Take back change 2")
    assert f"“{info.title}” has the title, the summary, the order and the recorded questions that it had before." in text(opened)
    assert await in_session(world, lambda session: session.stories()) == (info,)


async def test_a_question_that_is_forgotten_is_not_named_any_more(world: World) -> None:
    await world.ask(UNANSWERED)
    (gap,) = await in_session(world, lambda session: session.base.gaps.open())
    await in_session(world, lambda session: session.gaps.dismiss(gap.number, sign(f"discord:{world.moderator.id}", None)))
    assert UNANSWERED in text(answer(await world.moderator.slash(world.channel, "audit")))
    await in_session(world, _forget_questions)
    said = text(answer(await world.moderator.slash(world.channel, "audit")))
    assert UNANSWERED not in said
    assert f"<@{world.moderator.id}> dismissed" in said


def _forget_questions(session: Session) -> None:
    with session.base._connections.writing(facts=False) as database:
        database.execute("UPDATE asked SET at = ?", ("2020-01-01T00:00:00+00:00",))
    session.forget()


def _undo_first(session: Session) -> bool:
    return session.base.revisions.undo(2, sign("test", None)).change is not None


async def test_a_change_under_a_later_one_is_told_apart(world: World) -> None:
    first = await edit(world, "One.")
    await edit(world, "Two.")
    opened = answer(await world.moderator.slash(world.channel, "audit"))
    result = await world.moderator.click(opened, label=f"Take back change {first}")
    assert "was changed in the meantime" in text(answer(result))
    assert await text_of(world) == "Two."


async def test_the_log_is_found_by_person_fact_and_time(world: World) -> None:
    await edit(world, "One.")
    await edit(world, "Two.", by=f"discord:{world.bob.id}")
    by_bob = text(answer(await world.moderator.slash(world.channel, "audit", person=world.bob)))
    assert f"<@{world.bob.id}>" in by_bob
    assert f"<@{world.moderator.id}>" not in by_bob
    of_a_fact = text(answer(await world.moderator.slash(world.channel, "audit", fact="F2")))
    assert "F1\\@" not in of_a_fact
    assert "imported" in of_a_fact
    assert text(answer(await world.moderator.slash(world.channel, "audit", to="1999"))).endswith(cog.NOTHING_FITS)
    assert "**3**" in text(answer(await world.moderator.slash(world.channel, "audit", **{"from": "2000"})))


@pytest.mark.parametrize("options", [{"fact": "F9999"}, {"from": "someday"}, {"from": "2021", "to": "2020"}])
async def test_a_search_that_cannot_be_is_told_plainly(options: dict[str, str], world: World) -> None:
    result = await world.moderator.slash(world.channel, "audit", **options)
    assert result.ephemeral
    assert text(answer(result))
    assert world.env.errors


async def test_a_long_log_is_leafed_through_within_the_limits(world: World) -> None:
    for number in range(20):
        await edit(world, f"Text {number}. " + "long " * 300, reason="why " * 500)
    opened = answer(await world.moderator.slash(world.channel, "audit", person=world.moderator))
    seen = []
    while True:
        assert len(text(opened)) <= 4000
        assert len(list(parts(opened))) <= 40
        assert all(len(part.get("custom_id", "")) <= 100 for part in parts(opened))
        seen += [label for label in buttons(opened) if label.startswith("Take back")]
        if cog.OLDER not in buttons(opened):
            break
        await world.moderator.click(opened, label=cog.OLDER)
    assert seen == [f"Take back change {number}" for number in range(21, 1, -1)]
    await world.restart()
    await world.moderator.click(opened, label=cog.NEWEST)
    assert "**21**" in text(opened)


@pytest.mark.usefixtures("offered_to_all")
async def test_only_moderators_see_it_and_one_who_is_demoted_takes_nothing_back(world: World) -> None:
    change = await edit(world, "One.")
    refused = await world.alice.slash(world.channel, "audit")
    assert text(answer(refused)) == escape(MODERATORS_ONLY)
    opened = answer(await world.moderator.slash(world.channel, "audit"))
    demote(world)
    result = await world.moderator.click(opened, label=f"Take back change {change}")
    assert text(answer(result)) == escape(MODERATORS_ONLY)
    assert await text_of(world) == "One."
    assert world.env.errors


def test_a_filter_fits_into_a_custom_id() -> None:
    longest = AuditFilter(2**63, 10**9, 20211231, 20211231, 10**9)
    assert AuditFilter.decode(longest.encode()) == longest
    assert AuditFilter.decode(AuditFilter().encode()) == AuditFilter()
    assert len(f"do:audit-undo:{10**9};{longest.encode()}") <= 100


async def test_a_fact_is_found_by_its_words(world: World) -> None:
    change = await edit(world, "A very unusual sentence about herons.")
    shown = answer(await world.moderator.slash(world.channel, "audit", fact="herons"))
    assert f"**{change}**" in text(shown)


STORY = """
story: {id: ferry, title: The ferry}
sources: {gazette: {type: webpage, title: Ferries sail}}
events:
  sailing: {what: The ferry sailed., cite: gazette}
  landing: {what: The ferry landed., cite: gazette}
"""


async def imported(world: World) -> int:
    """Bring a story of two facts in; return the number of the change."""
    signature = sign(f"discord:{world.moderator.id}", "import of ferry.yaml")

    def work(session: Session) -> int:
        return session.base.revisions.import_story(read_story(STORY, "ferry.yaml"), signature).change or 0

    return int(await in_session(world, work))


async def test_one_press_in_the_audit_takes_no_whole_story_away(world: World) -> None:
    change, before = await imported(world), await count(world)
    opened = answer(await world.moderator.slash(world.channel, "audit"))
    asked = await world.moderator.click(opened, label=cog.TAKE_CHANGE_BACK.format(change=change))
    assert asked.ephemeral
    assert "2 facts would be retracted" in text(answer(asked))
    assert "“The ferry” would have no fact left" in text(answer(asked))
    assert await count(world) == before
    await world.moderator.click(answer(asked), label=cog.LEAVE)
    assert await count(world) == before


async def test_it_is_taken_back_once_after_a_second_press_and_says_that_the_story_is_empty(world: World) -> None:
    log = await log_channel(world)
    change, before = await imported(world), await count(world)
    opened = answer(await world.moderator.slash(world.channel, "audit"))
    asked = answer(await world.moderator.click(opened, label=cog.TAKE_CHANGE_BACK.format(change=change)))
    again = answer(await world.moderator.click(opened, label=cog.TAKE_CHANGE_BACK.format(change=change)))
    await world.moderator.click(asked, label=cog.TAKE_ALL_BACK.format(number=2))
    assert "2 facts are as before it" in text(asked)
    assert text(asked).count("is retracted, and readers are no longer shown it: ~~") == 2
    assert "“The ferry” has no fact left" in text(asked)
    assert await count(world) == before - 2
    late = await world.moderator.click(again, label=cog.TAKE_ALL_BACK.format(number=2))
    assert text(late.followups[-1] if late.followups else answer(late)) == ALREADY_UNDONE
    assert log.last_message is not None
    assert "took back" in text(log.last_message)


async def test_the_line_in_the_log_channel_asks_first_and_tells_then(world: World) -> None:
    log = await log_channel(world)
    change = await imported(world)
    before = await count(world)
    applied = await in_session(world, lambda session: session.base.revisions.result_of(change))
    follow_change(bot_of(world), world.guild.id, applied)
    await finish_background(bot_of(world))
    line = log.last_message
    assert line is not None
    asked = answer(await world.moderator.click(line, label=lines.UNDO))
    assert await count(world) == before
    await world.moderator.click(asked, label=cog.TAKE_ALL_BACK.format(number=2))
    assert await count(world) == before - 2
    line = next(message for message in log.history() if message.id == line.id)
    assert "Taken back by" in text(line)
    assert buttons(line) == []


async def test_who_is_no_moderator_any_more_takes_nothing_back(world: World) -> None:
    change, before = await imported(world), await count(world)
    opened = answer(await world.moderator.slash(world.channel, "audit"))
    asked = answer(await world.moderator.click(opened, label=cog.TAKE_CHANGE_BACK.format(change=change)))
    demote(world)
    refused = await world.moderator.click(asked, label=cog.TAKE_ALL_BACK.format(number=2))
    assert text(refused.followups[-1] if refused.followups else answer(refused)) == MODERATORS_ONLY
    assert await count(world) == before


async def test_ones_own_last_import_is_asked_about_too(world: World) -> None:
    await imported(world)
    before = await count(world)
    shown = answer(await world.moderator.slash(world.channel, "fact undo"))
    asked = answer(await world.moderator.click(shown, label=fact_words.TAKE_BACK))
    assert await count(world) == before
    await world.moderator.click(asked, label=cog.TAKE_ALL_BACK.format(number=2))
    assert await count(world) == before - 2


async def test_ones_own_last_change_of_many_facts_says_what_it_was_and_how_many_there_are(world: World) -> None:
    signature = sign(f"discord:{world.moderator.id}", "import of harbour.yaml")
    await in_session(world, lambda session: session.base.revisions.import_story(load_story(HARBOUR), signature))
    shown = text(answer(await world.moderator.slash(world.channel, "fact undo")))
    assert f"<@{world.moderator.id}> imported the story “The Harbour Bridge closure”: 8 facts added" in shown
    assert shown.count("import of harbour.yaml") == 4
    assert "-# and 4 more facts" in shown


@pytest.mark.parametrize("where", ["audit", "log"])
async def test_what_follows_is_done_though_what_was_taken_back_cannot_be_shown(
    world: World, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    log = await log_channel(world)
    signature, revised = sign("test", None), "It is said otherwise."

    def change(session: Session) -> Applied:
        record = session.base.revisions.show(1)
        return session.base.revisions.apply(
            Edit(record.story.id, facts=(replace(record.fact, text=revised),)), signature, action="edit"
        )

    applied = await in_session(world, change)
    follow_change(bot_of(world), world.guild.id, applied)
    await finish_background(bot_of(world))
    (line,) = log.history()

    def busy(*_: object) -> None:
        raise BusyError("The base is busy.")

    monkeypatch.setattr(cog, "outcome", busy)
    if where == "audit":
        opened = answer(await world.moderator.slash(world.channel, "audit"))
        await world.moderator.click(opened, label=cog.TAKE_CHANGE_BACK.format(change=applied.change))
    else:
        await world.moderator.click(line, label=lines.UNDO)
    await finish_background(bot_of(world))
    assert ["took back" in text(message) for message in log.history()] == [False, True]
