"""A page of a site in Chromium, as wide as a phone; what goes wrong in its scripts is an error."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.site.writing import write_site
from tests.support.patience import PATIENCE

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_SITE = "https://site.test/"


@contextmanager
def browsing(**options: Any) -> Iterator[Any]:
    """Open an empty page."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-background-networking"])
        try:
            page = browser.new_page(viewport={"width": 390, "height": 844}, **options)
            page.set_default_timeout(PATIENCE * 1000)
            errors: list[str] = []
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
            yield page
            assert errors == []
        finally:
            browser.close()


@contextmanager
def opened(
    folder: Path, files: Mapping[str, bytes], name: str = "index.html", *, scripts: bool = True, policy: str | None = None
) -> Iterator[Any]:
    """Open a page of a site: from the disk, or with a content security policy as a web server sends it."""
    write_site(folder / "site", files)
    with browsing(java_script_enabled=scripts) as page:
        if policy is None:
            page.goto((folder / "site" / name).as_uri())
        else:
            headers = {"Content-Security-Policy": policy}
            page.route(
                f"{_SITE}**",
                lambda route: route.fulfill(path=folder / "site" / route.request.url.removeprefix(_SITE), headers=headers),
            )
            page.goto(_SITE + name)
        yield page
