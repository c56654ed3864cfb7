"""The page of the preview: what it is called, where it opens, and that what a visitor caused is in view."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import simcord

from bot.client.start import make_bot
from bot.preview.page import CHANGES
from bot.preview.preview import Pages
from bot.preview.server import SimulatedServer, open_server
from bot.service.service import Service
from bot.settings import Settings
from tests.support.patience import PATIENCE

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WINDOWS = [(390, 844), (1280, 800)]
LONG = "\n".join(f"Line {number}" for number in range(60))

# The conversation, as it is in the window: the messages of which something is seen, and whether the newest is one.
IN_VIEW = """() => {
  const timeline = document.getElementById("channel-timeline");
  const window = timeline.getBoundingClientRect();
  const messages = [...timeline.querySelectorAll("[data-message-id]")];
  const seen = messages.filter((message) => {
    const box = message.getBoundingClientRect();
    return box.bottom > window.top + 20 && box.top < window.bottom - 20;
  });
  return {
    texts: seen.map((message) => message.innerText),
    newest: seen.at(-1) === messages.at(-1),
  };
}"""


@dataclass
class Served:
    """A preview's server, and the address of the page of its channel."""

    server: SimulatedServer
    address: str


@asynccontextmanager
async def served(folder: Path) -> AsyncIterator[Served]:
    bot = make_bot(Service(Settings(folder, answer_deadline=60.0)))
    async with bot.service as service, simcord.run(bot, shard_count=1, check_errors=False) as env:
        await bot.tree.sync()
        server, pages = await open_server(env, service, []), Pages(env)
        try:
            yield Served(server, await pages.open(server.channel, [server.reader, server.moderator], None))
        finally:
            await pages.close()


async def fetched(address: str, path: str) -> tuple[str, str]:
    async with aiohttp.ClientSession() as session, session.get(address.partition("/#")[0] + path) as response:
        assert response.status == 200
        return response.content_type, await response.text()


async def test_the_page_has_the_name_the_script_and_the_style_of_footnote(tmp_path: Path) -> None:
    async with served(tmp_path) as preview:
        _, page = await fetched(preview.address, "/")
        assert "<title>Footnote preview</title>" in page
        assert "simcord" not in page.partition("Managed Python capture")[0].casefold().replace("window.simcordpreview", "")
        for path, kind in (("/footnote.js", "application/javascript"), ("/footnote.css", "text/css")):
            assert f'"{path}"' in page
            assert (await fetched(preview.address, path))[0] == kind


async def test_all_that_is_changed_in_the_files_of_simcord_is_there(tmp_path: Path) -> None:
    async with served(tmp_path) as preview:
        for path, changes in CHANGES.items():
            _, text = await fetched(preview.address, path)
            assert [ours for _, ours in changes if ours not in text] == []


async def test_a_page_opens_with_the_newest_messages_however_many_there_are(tmp_path: Path) -> None:
    async with served(tmp_path) as preview:
        for number in range(60):
            sent = await preview.server.reader.send(preview.server.channel, f"Message {number}")
        address, _, capability = preview.address.partition("/#")
        headers = {"X-Simcord-Capability": capability}
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{address}/api/pages", json={}, headers=headers) as response,
        ):
            snapshot = await response.json()
        assert snapshot["timeline"][-1] == str(sent.id)
        assert not snapshot["history"]["hasAfter"]


@asynccontextmanager
async def browsed(address: str, window: tuple[int, int]) -> AsyncIterator[Any]:
    playwright = pytest.importorskip("playwright.async_api")
    async with playwright.async_playwright() as running:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        browser = await running.chromium.launch(executable_path=BROWSER, args=arguments)
        try:
            page = await browser.new_page(viewport={"width": window[0], "height": window[1]})
            page.set_default_timeout(PATIENCE * 1000)
            await page.goto(address)
            yield page
        finally:
            await browser.close()


async def in_view(page: Any, *texts: str) -> None:
    """Wait until the newest messages are in view that have these texts, in this order."""
    async with asyncio.timeout(PATIENCE):
        while True:
            view = await page.evaluate(IN_VIEW)
            seen = view["texts"][-len(texts) :]
            if view["newest"] and [text for text, message in zip(texts, seen, strict=False) if text in message] == [*texts]:
                return
            await asyncio.sleep(0.05)


async def choose(page: Any, command: str) -> None:
    await page.fill("#channel-composer-input", command)
    await page.locator(".command-entry").first.click()


@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium")
@pytest.mark.parametrize("window", WINDOWS, ids=["phone", "desk"])
async def test_a_question_and_a_command_are_followed_by_their_replies_in_view(tmp_path: Path, window: tuple[int, int]) -> None:
    async with served(tmp_path) as preview:
        await preview.server.reader.send(preview.server.channel, LONG)
        async with browsed(preview.address, window) as page:
            await in_view(page, "Line 59")
            assert await page.title() == "Footnote preview"
            await page.fill("#channel-composer-input", "@Footnote When did Twitter ban RT and Sputnik from advertising?")
            await page.press("#channel-composer-input", "Enter")
            await in_view(page, "When did Twitter ban RT", "26 October 2017")
            await choose(page, "/timeline")
            await page.press(".command-chip", "Enter")
            await in_view(page, "used /timeline")
            assert not await page.is_visible("#view-action-output")
            await page.reload()
            await in_view(page, "used /timeline")
            await page.select_option("#viewer-picker", label="Moderator")
            await choose(page, "/status")  # which readers do not have
            await page.keyboard.press("Enter")
            await in_view(page, "used /status")
            await page.reload()
            await in_view(page, "used /status")
            assert await page.evaluate("document.querySelector('#viewer-picker').selectedOptions[0].label") == "Moderator"


@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium")
async def test_a_list_of_choices_is_full_when_it_opens_and_stands_above_the_field(tmp_path: Path) -> None:
    async with served(tmp_path) as preview, browsed(preview.address, WINDOWS[0]) as page:
        await choose(page, "/timeline")
        await page.click(".command-ghost")
        await page.locator(".command-suggestion", has_text="actor").click()
        await page.locator(".command-suggestion", has_text="Twitter").first.wait_for()
        assert await page.locator(".command-empty").count() == 0
        await page.keyboard.type("a name that makes the field grow over a line")
        await page.locator(".command-empty", has_text="No options match").wait_for()
        choices = await page.locator(".command-popup").bounding_box()
        field = await page.locator("#channel-composer").bounding_box()
        assert choices["y"] >= 0
        assert choices["y"] + choices["height"] <= field["y"]


@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium")
@pytest.mark.parametrize("chosen_by", ["keyboard", "mouse"])
async def test_what_is_chosen_is_shown_by_its_name_and_enter_sends_it(tmp_path: Path, chosen_by: str) -> None:
    async with served(tmp_path) as preview, browsed(preview.address, WINDOWS[0]) as page:
        await choose(page, "/who")
        await page.keyboard.type("simon")
        choice = page.locator(".command-suggestion", has_text="Simonyan").first
        await choice.wait_for()
        await (page.keyboard.press("Enter") if chosen_by == "keyboard" else choice.click())
        await page.wait_for_function("document.querySelector('.command-option-input').value.startsWith('Margarita Simonyan')")
        await page.keyboard.press("Enter")
        await in_view(page, "used /who")


@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium")
async def test_what_an_option_is_for_and_what_it_lacks_can_be_read_on_a_phone(tmp_path: Path) -> None:
    async with served(tmp_path) as preview, browsed(preview.address, WINDOWS[0]) as page:
        await choose(page, "/quote")
        await page.locator(".command-suggestion", has_text="Who said it").wait_for()
        await page.press(".command-chip", "Backspace")
        await choose(page, "/check")  # whose text is described in more words than a phone is wide
        await page.click(".send-message")
        await page.locator(".command-error", has_text="This field is required.").wait_for()
        row = await page.locator(".command-row").bounding_box()
        lacks = await page.locator(".command-error").bounding_box()
        assert lacks["y"] + lacks["height"] <= row["y"] + row["height"]
        for part in (".send-message", ".command-context-close", "#viewer-picker", "#action-status"):
            box = await page.locator(part).bounding_box()
            assert box["x"] + box["width"] <= WINDOWS[0][0]
        conversation = await page.locator("#channel-timeline").bounding_box()
        assert conversation["y"] <= 100
