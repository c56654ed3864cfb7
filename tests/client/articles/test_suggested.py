"""Articles that members suggest: sent to the moderators, read or declined by them, and told of."""

from __future__ import annotations

import pytest
from simcord import InteractionResult

from bot.client.articles import words
from bot.client.articles.views import NEW_STORY
from bot.client.contributions import suggesting
from bot.client.contributions.views import DECLINE, READ
from bot.client.logbook.notices import ARTICLE_TAKEN
from bot.editing.typed_fact import TypedFact
from tests.client.forms import in_session, second_moderator, send
from tests.client.suggestions import proposals, reread_in_review, review_channel, sent_to
from tests.client.world import World, answer, buttons, change_settings, options, press, text
from tests.support.web_site import own_site, page, serve, site

__all__ = ["own_site", "site"]

CRANE = (
    "Crane falls at Fish Quay\nBy Ann Toft\nCoast Wire, 2021-05-06\n\n"
    "A crane fell onto the quay of Harbour on Wednesday. Harbour master Ingrid Sallow said that nobody had been hurt.\n"
)
STORY = "crane-falls-at-fish-quay"


async def suggest(world: World, content: str = CRANE, **chosen: str) -> InteractionResult:
    return await world.alice.slash(world.channel, "suggest", kind="article", file=("crane.txt", content.encode()), **chosen)


async def count(world: World) -> int:
    total: int = await in_session(world, lambda session: session.count_facts(STORY))
    return total


async def test_an_article_is_sent_shown_to_the_moderators_and_read(world: World) -> None:
    channel = await review_channel(world)
    sent = await suggest(world)
    assert sent.ephemeral
    assert "### Sent, thank you\n**Crane falls at Fish Quay**\n-# Coast Wire · Ann Toft · 6 May 2021" in text(answer(sent))
    message = channel.last_message
    assert message is not None
    shown = text(message)
    assert "### Suggestion 1: an article to read" in shown
    assert "> A crane fell onto the quay of Harbour on Wednesday." in shown
    assert buttons(message) == [READ, DECLINE]
    await world.restart()
    asked = await press(world.moderator, message, READ)
    assert asked.ephemeral
    await world.moderator.select(answer(asked), values=[NEW_STORY])
    assert "Taken into the new story **Crane falls at Fish Quay**." in text(answer(asked))
    decided = text(reread_in_review(world, message))
    assert "**Approved** by" in decided
    assert "A crane fell" not in decided
    assert buttons(reread_in_review(world, message)) == []
    assert await count(world) == 2
    assert ARTICLE_TAKEN.format(server="**The newsroom**") in sent_to(world.alice)
    assert await proposals(world) == ()


async def test_of_a_decided_suggestion_the_text_is_kept_no_more(world: World) -> None:
    channel = await review_channel(world)
    for label, content in ((READ, CRANE), (DECLINE, f"{CRANE}\nThe quay of Harbour is to open again in June.\n")):
        await suggest(world, content)
        message = channel.last_message
        assert message is not None
        shown = await press(world.moderator, message, label)
        if label == READ:
            await world.moderator.select(answer(shown), values=[NEW_STORY])
        else:
            await send(world.moderator, shown, reason="We have it already.")
    kept = await in_session(world, lambda session: session.proposals.by_author(f"discord:{world.alice.id}"))
    assert [proposal.status for proposal in kept] == ["rejected", "approved"]
    assert [TypedFact.decode(proposal.content).article for proposal in kept] == ["", ""]
    assert "We have it already." in sent_to(world.alice)


async def test_an_article_that_was_read_is_described_and_taken_back_like_any_other(world: World) -> None:
    await suggest(world, CRANE.replace("Coast Wire, 2021-05-06\n", ""))
    listed = await world.moderator.slash(world.channel, "review")
    assert [option["label"] for option in options(answer(listed))] == ["1 · Article: Crane falls at Fish Quay"]
    opened = await world.moderator.select(answer(listed), values=["1"])
    asked = await press(world.moderator, answer(opened), READ)
    await world.moderator.select(answer(asked), values=[NEW_STORY])
    form = await press(world.moderator, answer(asked), words.ADD["published"])
    mended = await send(world.moderator, form, published="6 May 2021", publisher="Coast Wire")
    assert "Coast Wire · Ann Toft · 6 May 2021" in text(answer(mended))
    undone = await world.moderator.slash(world.channel, "fact undo")
    await world.moderator.click(answer(undone), label=buttons(answer(undone))[0])
    assert "2021-05-05" not in str(await in_session(world, lambda session: session.base.story(STORY).facts))


async def test_a_link_is_suggested_as_well(world: World, site: str) -> None:
    serve("/crane", page(), Content_Type="text/html")
    sent = await world.alice.slash(world.channel, "suggest", kind="article", link=f"{site}/crane")
    assert f"**[Crane falls at Fish Quay]({site}/crane)**" in text(answer(sent))
    (proposal,) = await proposals(world)
    assert TypedFact.decode(proposal.content).cite == f"{site}/crane"


async def test_of_an_article_that_a_story_has_it_is_said_so_and_nothing_is_sent(world: World, site: str) -> None:
    serve("/crane", page(), Content_Type="text/html")
    read = await world.moderator.slash(world.channel, "article", link=f"{site}/crane")
    await world.moderator.select(answer(read), values=[NEW_STORY])
    said = text(answer(await world.alice.slash(world.channel, "suggest", kind="article", link=f"{site}/crane")))
    assert said.startswith(f"### That article is here already\n**[Crane falls at Fish Quay]({site}/crane)**\n-# Coast Wire")
    assert "The story **Crane falls at Fish Quay** has all that it says" in said
    assert await proposals(world) == ()


LONG_CRANE = f"{CRANE}\n“The crane was forty years old,” Sallow told reporters. The quay is to open again in June, she said.\n"


async def test_of_an_agencys_text_the_copy_of_the_story_is_shown(world: World) -> None:
    read = await world.moderator.slash(world.channel, "article", file=("crane.txt", LONG_CRANE.encode()))
    await world.moderator.select(answer(read), values=[NEW_STORY])
    reprint = LONG_CRANE.replace("Coast Wire, 2021-05-06", "Harbour Herald, 2021-05-07").replace("Crane falls", "Crane down")
    said = text(answer(await suggest(world, reprint)))
    assert said.startswith("### The text of that article is here already\n**Crane falls at Fish Quay**\n-# Coast Wire · Ann Toft")
    assert await proposals(world) == ()


async def test_an_article_with_something_new_is_sent(world: World) -> None:
    """Be it the same, changed since, another's with more, or for another story."""
    read = await world.moderator.slash(world.channel, "article", file=("crane.txt", LONG_CRANE.encode()))
    await world.moderator.select(answer(read), values=[NEW_STORY])
    more = f"{LONG_CRANE}\nThe port's engineers found a crack in the ground below the quay on Friday morning.\n"
    reprint = more.replace("Coast Wire, 2021-05-06", "Harbour Herald, 2021-05-07").replace("Crane falls", "Crane down")
    another = f"{reprint}\nFishing boats land their catch at the old pier until then, as they did after the flood.\n"
    for content, chosen in ((more, {}), (another, {}), (LONG_CRANE, {"story": "twitter-rt-sputnik"})):
        assert "### Sent, thank you" in text(answer(await suggest(world, content, **chosen)))
    assert len(await proposals(world)) == 3


async def test_an_article_that_gives_the_day_which_the_storys_copy_lacks_is_sent(world: World) -> None:
    undated = LONG_CRANE.replace("Coast Wire, 2021-05-06\n", "")
    read = await world.moderator.slash(world.channel, "article", file=("crane.txt", undated.encode()))
    await world.moderator.select(answer(read), values=[NEW_STORY])
    assert "### That article is here already" in text(answer(await suggest(world, undated)))
    assert "### Sent, thank you" in text(answer(await suggest(world, LONG_CRANE)))


async def test_who_decides_second_is_told(world: World) -> None:
    channel = await review_channel(world)
    await suggest(world)
    message = channel.last_message
    assert message is not None
    asked = await press(world.moderator, message, READ)
    other = second_moderator(world)
    await send(other, await press(other, message, DECLINE), reason="Not ours.")
    late = await world.moderator.select(answer(asked), values=[NEW_STORY])
    assert "This suggestion has already been rejected." in text(answer(late))
    assert STORY not in [info.id for info in await in_session(world, lambda session: session.stories())]


async def test_an_article_counts_as_a_suggestion_and_is_shown_and_withdrawn_as_one(world: World) -> None:
    await change_settings(world, suggestions_a_day=1)
    await suggest(world)
    assert "You have made 1 suggestion in one day" in text(answer(await suggest(world)))
    shown = await world.alice.slash(world.channel, "privacy")
    assert "Crane falls at Fish Quay" in text(answer(shown))
    sure = await world.alice.click(answer(shown), label=buttons(answer(shown))[0])
    await world.alice.click(answer(sure), label=buttons(answer(sure))[0])
    assert await proposals(world) == ()
    assert "crane" not in str(await in_session(world, lambda session: session.base.proposals.get(1)))
    assert len(world.env.errors) == 1


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"kind": "article"}, words.LINK_OR_FILE),
        ({"kind": "event", "link": "https://example.org"}, suggesting.ONLY_ARTICLES),
        ({"kind": "article", "link": "crane"}, words.NO_LINK.partition(":")[0]),
    ],
)
async def test_what_is_no_suggestion_is_told(world: World, chosen: dict[str, str], says: str) -> None:
    assert says in text(answer(await world.alice.slash(world.channel, "suggest", **chosen)))
    assert len(world.env.errors) == 1
    assert await proposals(world) == ()
