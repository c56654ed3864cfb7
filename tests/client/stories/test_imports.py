"""Story files: faults, the preview of what changes, applying it once and only as it was seen."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from dataclasses import replace

import aiohttp
import pytest
import time_machine
from discord import Attachment, Permissions

from bot.client.facts.words import CANCEL, CANCELLED, UNDO
from bot.client.logbook.cog import TAKE_ALL_BACK
from bot.client.permissions import MODERATORS_ONLY
from bot.client.stories import imports, sent_files
from bot.editing import previews
from bot.errors import NotKnownError
from bot.facts.dates import parse_date
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.facts.models import Story
from bot.stories.dump import dump_story
from bot.stories.packs import write_pack
from bot.stories.signing import make_key
from tests.client.forms import in_session, warns_of_worse
from tests.client.world import World, answer, buttons, demote, parts, text, upload
from tests.support.paths import HARBOUR

STORY = "twitter-rt-sputnik"
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)


def without(story: Story, name: str) -> Story:
    """Return a story without a fact, and without the questions that only it answers."""
    questions = (
        replace(question, expect=tuple(fact for fact in question.expect if fact != name)) for question in story.questions
    )
    kept = {question.ask for question in story.questions if question.expect != (name,)}
    facts = (replace(fact, event=None if fact.event == name else fact.event) for fact in story.facts if fact.id != name)
    return replace(story, facts=tuple(facts), questions=tuple(question for question in questions if question.ask in kept))


async def changed(world: World) -> str:
    """Return the story's file with one fact added, one changed and one taken out."""
    story = await in_session(world, lambda session: session.base.story(STORY))
    story = without(story, story.facts[-1].id)
    first, second, *rest = story.facts
    new = replace(first, id="masts", text="Masts froze in Oslo.", asked_as=())
    mended = replace(second, text=second.text.replace("Twitter", "Twitter, Inc."))
    return dump_story(replace(story, facts=(first, mended, new, *rest)))


async def test_what_a_file_changes_is_shown_and_applied_and_undone(world: World) -> None:
    before = await in_session(world, lambda session: session.base.story(STORY))
    shown = await upload(world, await changed(world))
    said = text(answer(shown))
    assert shown.ephemeral
    assert "**1 fact added**\n- **masts**: Masts froze in Oslo." in said
    assert "**1 fact changed**" in said
    assert "**, Inc.**" in said
    assert "**1 fact retracted**" in said
    assert imports.NOTHING_YET in said
    assert await in_session(world, lambda session: session.base.story(STORY)) == before
    await world.moderator.click(answer(shown), label=buttons(answer(shown))[0])
    assert text(answer(shown)).startswith("### Imported:")
    assert imports.WHICH_CHANNEL not in text(answer(shown))
    after = await in_session(world, lambda session: session.base.story(STORY))
    assert {fact.id for fact in after.facts} ^ {fact.id for fact in before.facts} >= {"masts"}
    entry = (await in_session(world, lambda session: session.base.logbook.entries()))[0]
    assert (entry.action, entry.by, entry.reason) == ("import", f"discord:{world.moderator.id}", "import of story.yaml")
    asked = answer(await world.moderator.click(answer(shown), label=UNDO))
    assert "would be retracted" in text(asked)
    await world.moderator.click(asked, label=TAKE_ALL_BACK.format(number=3))
    undone = await in_session(world, lambda session: session.base.story(STORY))
    assert {fact.id: fact.text for fact in undone.facts} == {fact.id: fact.text for fact in before.facts}


async def test_after_an_import_it_is_chosen_which_channel_speaks_of_a_new_story(world: World) -> None:
    shown = await upload(world, HARBOUR.read_text("utf-8"), "harbour.yaml")
    await world.moderator.click(answer(shown), label=buttons(answer(shown))[0])
    assert text(answer(shown)).startswith("### Imported:")
    assert text(answer(shown)).endswith(imports.WHICH_CHANNEL)
    (of_channels,) = (part["custom_id"] for part in parts(answer(shown)) if part["type"] == 8)
    await world.restart()
    await world.moderator.select(answer(shown), [world.channel], custom_id=of_channels)
    settings = await in_session(world, lambda session: session.settings())
    assert settings.story_of(world.channel.id) == "harbour-bridge"


async def test_a_pack_is_shown_with_its_key_and_one_by_another_key_is_warned_of(world: World) -> None:
    ours, theirs = make_key(), make_key()
    story = HARBOUR.read_bytes()
    shown = await upload(world, write_pack("harbour.yaml", story, ours), "harbour.pack")
    assert imports.SIGNED_FIRST.format(key=ours.public) in text(answer(shown))
    assert buttons(answer(shown))[0] == imports.APPLY
    await world.moderator.click(answer(shown), label=imports.APPLY)
    assert text(answer(shown)).startswith("### Imported:")
    entry = (await in_session(world, lambda session: session.base.logbook.entries()))[0]
    assert entry.reason == f"import of harbour.pack ({ours.public})"

    corrected = story.replace(b"4.2 million", b"5 million")
    again = text(answer(await upload(world, write_pack("harbour.yaml", corrected, ours), "harbour.pack")))
    assert imports.SIGNED_AS_BEFORE.format(key=ours.public) in again
    other = await upload(world, write_pack("harbour.yaml", corrected, theirs), "harbour.pack")
    assert imports.SIGNED_BY_ANOTHER.format(key=theirs.public, known=ours.public) in text(answer(other))
    await world.moderator.click(answer(other), label=imports.APPLY_ANYWAY)
    assert await in_session(world, lambda session: session.base.taken_packs.of("harbour-bridge").key) == str(theirs.public)


async def test_a_pack_that_is_older_than_the_last_one_is_warned_of(world: World) -> None:
    key, story = make_key(), HARBOUR.read_bytes()
    with time_machine.travel("2026-03-01"):
        old = write_pack("harbour.yaml", story, key)
    with time_machine.travel("2026-03-02"):
        new = write_pack("harbour.yaml", story.replace(b"4.2 million", b"5 million"), key)
    await world.moderator.click(answer(await upload(world, new, "harbour.pack")), label=imports.APPLY)
    shown = answer(await upload(world, old, "harbour.pack"))
    assert imports.SIGNED_EARLIER.format(key=key.public) in text(shown)
    assert buttons(shown)[0] == imports.APPLY_ANYWAY


async def test_a_pack_that_was_changed_or_holds_too_much_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    signed, changed_pack = io.BytesIO(write_pack("harbour.yaml", HARBOUR.read_bytes(), make_key())), io.BytesIO()
    with zipfile.ZipFile(signed) as pack, zipfile.ZipFile(changed_pack, "w") as archive:
        for part in pack.namelist():
            archive.writestr(part, pack.read(part).replace(b"4.2 million", b"4.3 million"))
    shown = text(answer(await upload(world, changed_pack.getvalue(), "harbour.pack")))
    assert shown.startswith("This pack was changed after it was signed, so nothing of it is taken in.")
    monkeypatch.setattr(imports, "MAX_UPLOAD_BYTES", 100_000)
    swollen = write_pack("harbour.yaml", HARBOUR.read_bytes() + b"\n" * 100_000, make_key())
    assert text(answer(await upload(world, swollen, "harbour.pack"))).startswith("The file is too large: 0.1 MB.")
    assert len(world.env.errors) == 2
    assert "harbour-bridge" not in [info.id for info in await in_session(world, lambda session: session.stories())]


async def test_what_was_previewed_is_what_is_applied(world: World) -> None:
    shown = await upload(world, await changed(world))
    record = await in_session(world, lambda session: session.base.revisions.show(5))
    edit = Edit(STORY, facts=(replace(record.fact, text="Changed meanwhile."),))
    await in_session(world, lambda session: session.base.revisions.apply(edit, sign("test", None)))
    await world.moderator.click(answer(shown), label=buttons(answer(shown))[0])
    said = text(answer(shown))
    assert imports.LOOK_AGAIN in said
    assert "~~Changed meanwhile.~~" in said
    assert (await in_session(world, lambda session: session.base.revisions.show(5))).fact.text == "Changed meanwhile."
    await world.moderator.click(answer(shown), label=buttons(answer(shown))[0])
    assert text(answer(shown)).startswith("### Imported:")
    assert (await in_session(world, lambda session: session.base.revisions.show(5))).fact.text == record.fact.text


async def test_applied_twice_it_is_imported_once(world: World) -> None:
    shown = await upload(world, await changed(world))
    stored = world.env.backend.get_message(world.channel.id, answer(shown).id)
    panel = deepcopy(stored.components)
    await world.moderator.click(answer(shown), label=buttons(answer(shown))[0])
    stored.components = panel
    await world.moderator.click(answer(shown), label=buttons(answer(shown))[0])
    assert [entry.action for entry in await in_session(world, lambda session: session.base.logbook.entries())] == [
        "import",
        "import",
    ]


async def test_cancel_forgets_the_file(world: World) -> None:
    shown = await upload(world, await changed(world))
    key = next(part["custom_id"] for part in parts(answer(shown)) if part.get("label") == CANCEL).removeprefix("do:story-cancel:")
    await world.moderator.click(answer(shown), label=CANCEL)
    assert text(answer(shown)) == CANCELLED
    with pytest.raises(NotKnownError):
        await in_session(world, lambda session: session.base.unfinished_forms.get(f"discord:{world.moderator.id}", key))


async def test_a_new_story_comes_in(world: World) -> None:
    shown = await upload(
        world,
        "story: {id: masts, title: '**Masts** @everyone'}\nsources: {g: {type: report, title: G}}\n"
        "events: {e: {what: Masts froze., cite: g}}\n",
    )
    assert "### New story:" in text(answer(shown))
    assert "@everyone" not in text(answer(shown))
    await world.moderator.click(answer(shown), label=imports.APPLY)
    listed = text(answer(await world.moderator.slash(world.channel, "story list")))
    assert "masts · 1 fact" in listed
    assert f"{STORY} · 69 facts" in listed


async def test_a_file_that_changes_nothing_says_so(world: World) -> None:
    shown = await upload(world, dump_story(await in_session(world, lambda session: session.base.story(STORY))))
    assert text(answer(shown)) == imports.NOTHING_NEW


async def test_recorded_questions_that_a_file_lacks_are_named(world: World) -> None:
    story = await in_session(world, lambda session: session.base.story(STORY))
    shown = await upload(world, dump_story(replace(story, questions=story.questions[1:])))
    said = text(answer(shown))
    assert "The file lacks a recorded question" in said
    assert story.questions[0].ask[:60] in said
    assert buttons(answer(shown)) == [imports.APPLY_ANYWAY, CANCEL]


async def test_a_wrong_short_answer_is_warned_of(world: World) -> None:
    story = await in_session(world, lambda session: session.base.story(STORY))
    asked = next(question for question in story.questions if question.short == "26 October 2017" and len(question.expect) == 1)
    moved = tuple(replace(fact, date=parse_date("2017-10-27")) if fact.id == asked.expect[0] else fact for fact in story.facts)
    said = text(answer(await upload(world, dump_story(replace(story, facts=moved)))))
    assert warns_of_worse(said)
    assert "now: “26 October 2017”\n  then: “27 October 2017”" in said


async def test_a_story_too_large_to_try_out_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previews, "MAX_FACTS", 3)
    assert "too large to try out" in text(answer(await upload(world, await changed(world))))


async def test_a_worse_answer_is_warned_of(world: World) -> None:
    story = await in_session(world, lambda session: session.base.story(STORY))
    asked = next(question for question in story.questions if len(question.expect) == 1)
    silent = tuple(
        replace(fact, text="Masts froze.", asked_as=()) if fact.id == asked.expect[0] else fact for fact in story.facts
    )
    shown = await upload(world, dump_story(replace(story, facts=silent)))
    assert warns_of_worse(text(answer(shown)))
    assert buttons(answer(shown)) == [imports.APPLY_ANYWAY, CANCEL]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00binary", "This is not UTF-8 text."),
        (b"\x00\x01\x02", "control character"),
        (b"", "The file is empty."),
        (BOMB.encode(), "far too large"),
        (b"story: {id: x}\nevents: [", "fault"),
        (b"{" * 5000, "nested too deeply"),
        (b"[1, 2, 3]", "fault"),
    ],
)
async def test_what_is_no_story_is_told_in_a_clear_sentence(world: World, content: bytes, said: str) -> None:
    state = await in_session(world, lambda session: session.base.revisions.story_version(STORY))
    shown = await upload(world, content)
    assert said in text(answer(shown))
    assert "Traceback" not in text(answer(shown))
    assert await in_session(world, lambda session: session.base.revisions.story_version(STORY)) == state


async def test_a_file_of_50_mb_is_refused_before_a_byte_is_fetched(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "MAX_UPLOAD_BYTES", 1000)
    shown = await upload(world, "x" * 2000)
    assert text(answer(shown)).startswith("The file is too large: 0.0 MB.")
    assert world.env.errors


async def test_a_file_that_discord_does_not_give_is_asked_for_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def gone(*_: object, **__: object) -> bytes:
        raise aiohttp.ClientConnectionError

    monkeypatch.setattr(Attachment, "read", gone)
    shown = await upload(world, "story: {id: quay, title: Quay}")
    assert text(answer(shown)) == "The file could not be fetched from Discord. Send it again."
    assert world.env.errors


async def test_many_faults_come_as_a_file(world: World) -> None:
    lines = "".join(f"  e{number}:\n    what: Number {number}.\n    date: never\n    cite: nowhere\n" for number in range(100))
    shown = await upload(world, f"story: {{id: x, title: X}}\nevents:\n{lines}", "@everyone.yaml")
    assert "has 200 faults" in text(answer(shown))
    assert "@everyone" not in text(answer(shown))
    assert sent_files.ALL_FAULTS in text(answer(shown))
    assert len(text(answer(shown))) <= 4000
    attached = answer(shown).attachments[0]
    assert (await attached.read()).decode().count("\n") == 199


@pytest.mark.slow
async def test_where_two_must_agree_a_file_with_people_is_for_managers(world: World) -> None:
    await in_session(world, lambda session: session.base.settings.change(sign("test", None), two_moderators=True))
    story = await in_session(world, lambda session: session.base.story(STORY))
    person = next(actor.id for actor in story.actors if actor.kind == "person")
    quote = next(fact for fact in story.facts if person in fact.by)
    content = dump_story(
        replace(story, facts=tuple(replace(fact, text="Other words.") if fact is quote else fact for fact in story.facts))
    )
    shown = await upload(world, content)
    await world.moderator.click(answer(shown), label=buttons(answer(shown))[0])
    assert "two moderators must agree" in text(answer(shown))
    role = world.guild.create_role("Boss", permissions=Permissions(manage_guild=True, manage_messages=True))
    boss = world.guild.add_member(world.env.create_user("boss"), roles=[role])
    shown = await boss.slash(world.channel, "story import", file=("story.yaml", content.encode()))
    await boss.click(answer(shown), label=buttons(answer(shown))[0])
    assert text(answer(shown)).startswith("### Imported:")


@pytest.mark.usefixtures("offered_to_all")
async def test_members_and_the_demoted_bring_nothing_in(world: World) -> None:
    refused = await world.alice.slash(world.channel, "story import", file=("story.yaml", b"story: {}"))
    assert text(answer(refused)) == MODERATORS_ONLY
    assert world.env.errors
    for name in ("story export", "story list", "story check"):
        assert text(answer(await world.alice.slash(world.channel, name))) == MODERATORS_ONLY
        assert world.env.errors
    shown = await upload(world, await changed(world))
    state = await in_session(world, lambda session: session.base.revisions.story_version(STORY))
    demote(world)
    refused = await world.moderator.click(answer(shown), label=buttons(answer(shown))[0])
    assert text(answer(refused)) == MODERATORS_ONLY
    assert await in_session(world, lambda session: session.base.revisions.story_version(STORY)) == state


async def test_a_file_without_facts_is_refused_in_a_sentence(world: World) -> None:
    shown = await upload(
        world, "story: {id: ferry, title: The ferry}\nsources: {gazette: {type: webpage, title: Ferries sail}}\n"
    )
    assert text(answer(shown)).startswith("The story “The ferry” has no facts in this file")
    assert [story.id for story in await in_session(world, lambda session: session.stories())] == ["twitter-rt-sputnik"]
    assert world.env.errors
