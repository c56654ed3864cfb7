"""What a message asks, once the marks of Discord are read as words."""

from __future__ import annotations

from bot.client import words
from tests.client.world import World, answer, text


async def test_names_are_read_as_words_and_the_bot_and_other_marks_not_at_all(world: World) -> None:
    message = await world.bob.send(
        world.channel,
        f"{world.mention} <@&{world.guild.id}> what did {world.alice.mention} say <:wave:123456789012345678><a:_1:99>\n\n"
        f"in <#{world.channel.id}> <t:1509000000:R> <t:1509000000> </ask the:99> <id:guide> <@!99> about RT <@&99>?",
    )
    result = await world.bob.context_menu(world.channel, "Answer this", message)
    assert text(answer(result)).startswith("-# Question: what did alice say in about RT?\n")


async def test_what_only_looks_like_a_mark_is_left(world: World) -> None:
    message = await world.bob.send(world.channel, "was <t:soon> or <#ads> said, 3 < 4 > 2?")
    result = await world.bob.context_menu(world.channel, "Answer this", message)
    assert "-# Question: was \\<t:soon\\> or \\<#ads\\> said, 3 \\< 4 \\> 2?" in text(answer(result))


async def test_a_mention_beside_marks_alone_asks_nothing(world: World) -> None:
    assert text(await world.ask(f"<@&{world.guild.id}> <:wave:1>")).startswith(words.SHORT_HELP.splitlines()[0])


async def test_what_follows_a_mention_of_somebody_else_is_not_for_the_bot(world: World) -> None:
    await world.alice.send(world.channel, f"{world.bob.mention}, ask Footnote")
    assert world.last.author.name == "alice"


async def test_a_mention_may_stand_anywhere(world: World) -> None:
    await world.alice.send(world.channel, f"hey, when did Twitter ban RT and Sputnik from advertising, {world.mention}?")
    assert "### 26 October 2017" in text(world.last)
