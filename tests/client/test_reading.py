"""What a message asks, once the marks of Discord are read as words."""

from __future__ import annotations

from tests.client.world import World, answer, text


async def test_names_and_emoji_are_read_as_words_and_the_bot_itself_not_at_all(world: World) -> None:
    message = await world.bob.send(
        world.channel, f"{world.mention} what did {world.alice.mention} say <:wave:123456789012345678>\n\nabout RT?"
    )
    result = await world.bob.context_menu(world.channel, "Answer this", message)
    assert "-# Question: what did alice say wave about RT?" in text(answer(result))


async def test_what_follows_a_mention_of_somebody_else_is_not_for_the_bot(world: World) -> None:
    await world.alice.send(world.channel, f"{world.bob.mention}, ask Footnote")
    assert world.last.author.name == "alice"


async def test_a_mention_may_stand_anywhere(world: World) -> None:
    await world.alice.send(world.channel, f"hey, when did Twitter ban RT and Sputnik from advertising, {world.mention}?")
    assert "### 26 October 2017" in text(world.last)
