"""A fact base in Datasette with the settings that ship: every list answers, and what is private is not shown."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from ruamel.yaml import YAML

from bot.facts.base import FactBase
from bot.stories.load import load_story
from tests.support.paths import HARBOUR, ROOT

SETTINGS = YAML(typ="safe").load((ROOT / "config" / "datasette.yaml").read_text(encoding="utf-8"))
LIBRARY = SETTINGS["databases"]["library"]
PRIVATE = (
    "draft",
    "proposal",
    "approval",
    "gap",
    "asked",
    "follower",
    "follow",
    "ended_follow",
    "refusing_channel",
    "reply",
    "reply_fact",
    "setting",
    "logbook",
    "revision",
    "feed",
    "feed_item",
    "watched_page",
    "read_page",
    "taken_pack",
)


class Pages:
    """Datasette itself, asked for pages as a browser asks."""

    def __init__(self, file: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from datasette.app import Datasette
        self._name = file.stem
        self._app = Datasette([str(file)], metadata=SETTINGS)
        self.tables = asyncio.run(self._tables())

    def get(self, path: str) -> Any:
        return asyncio.run(self._get(path))

    async def _get(self, path: str) -> Any:
        await self._app.invoke_startup()
        return await self._app.client.get(f"/{self._name}{path}")

    async def _tables(self) -> set[str]:
        database = self._app.get_database(self._name)
        return {*await database.table_names(), *await database.view_names()}

    def rows(self, path: str) -> list[dict[str, Any]]:
        content = self.get(f"{path}{'&' if '?' in path else '?'}_shape=objects".replace("?", ".json?", 1)).json()
        return content["rows"]  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    file = tmp_path_factory.mktemp("browse") / "library.db"
    with FactBase.open(file) as base:
        base.apply(load_story(HARBOUR), by="discord:1")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield Pages(file)


def test_the_page_of_the_base_opens(pages: Pages) -> None:
    assert pages.get("").status_code == 200


def test_every_table_is_shown_or_kept_back_knowingly(pages: Pages) -> None:
    assert pages.tables <= set(LIBRARY["tables"])


@pytest.mark.parametrize("table", [name for name, table in LIBRARY["tables"].items() if table.get("allow") is False])
def test_what_is_private_is_not_shown(table: str, pages: Pages) -> None:
    for path in (f"/{table}", f"/{table}.json", f"/{table}.csv", f"/{table}/1"):
        assert pages.get(path).status_code in (403, 404)
    through = quote(f'{{"table":"{table}","column":"by","value":"discord:1"}}')
    assert pages.get(f"/story?_through={through}").status_code in (400, 403)


def test_what_people_leave_is_private() -> None:
    assert all(LIBRARY["tables"][table] == {"hidden": True, "allow": False} for table in PRIVATE)


@pytest.mark.parametrize("path", ["?sql=select+*+from+draft", ".db", "/fact?_where=1%3D1"])
def test_nobody_gets_at_it_another_way(path: str, pages: Pages) -> None:
    assert pages.get(path).status_code == 403


@pytest.mark.parametrize("name", ["11", "Library", "library-1"])
def test_a_base_of_another_name_is_not_shown_at_all(name: str, tmp_path: Path) -> None:
    file = tmp_path / f"{name}.db"
    with FactBase.open(file) as base:
        base.apply(load_story(HARBOUR), by="discord:1")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            other = Pages(file)
            for path in (
                "",
                ".json",
                ".db",
                "?sql=select+1",
                *(f"/{table}{end}" for table in other.tables for end in ("", ".csv")),
            ):
                assert other.get(path).status_code == 403, path


@pytest.mark.parametrize("table", [name for name, table in LIBRARY["tables"].items() if table.get("allow") is not False])
def test_every_list_opens_with_its_facets(table: str, pages: Pages) -> None:
    page = pages.get(f"/{table}")
    assert page.status_code == 200
    facets = LIBRARY["tables"][table].get("facets", ())
    assert list(pages.get(f"/{table}.json?_facet_size=3").json().get("facet_results", {})) == list(facets)


@pytest.mark.parametrize("query", LIBRARY["queries"])
@pytest.mark.parametrize("typed", ["", "bridge", '"NOT (a-b:* OR', "%", "'; DROP TABLE fact; --", "2021", "\\", '"', "  "])
def test_every_query_takes_whatever_is_typed(query: str, typed: str, pages: Pages) -> None:
    fields = LIBRARY["queries"][query].get("params", ())
    page = pages.get(f"/{query}?{'&'.join(f'{field}={quote(typed)}' for field in fields)}")
    assert page.status_code == 200
    assert "message-error" not in page.text
    assert LIBRARY["queries"][query]["description"][:30] in page.text.replace("&#34;", '"')


def test_the_queries_answer(pages: Pages) -> None:
    assert {row["said_by"] for row in pages.rows("/quotes-by-speaker?speaker=lee")} == {"Maria Lee"}
    assert [row["date"] for row in pages.rows("/time-line?since=2021-03&before=2021-03-04")] == ["2021-03-03"]
    assert [row["facts"] for row in pages.rows("/sources-by-use")] == [6, 3]
    assert len(pages.rows("/facts-with-one-source")) == 7
    assert {row["fact"] for row in pages.rows("/search?words=cracking")} == {"F1@1", "F2@1"}
    assert pages.rows("/search?words=") == []
    # Any of the words is enough, and a fact that has all of them comes first.
    texts = [row["text"] for row in pages.rows("/search?words=people+ferries")]
    assert len(texts) > 1
    assert "ferry" in texts[0]
    assert "people" in texts[0]
    assert [row["fact"] for row in pages.rows("/search?words=zeppelin+ferries")] == ["F3@1"]
    assert pages.rows('/search?words="free+bridge"') == []
    assert pages.rows("/revisions-of-a-fact?fact=f2")[0]["action"] == "add"
    assert "discord" not in pages.get("/revisions-of-a-fact?fact=F2").text


@pytest.mark.parametrize("typed", ["26+October+2017", "2021-3-4", "20210304", "soon"])
def test_a_day_that_is_not_understood_finds_nothing_rather_than_everything(typed: str, pages: Pages) -> None:
    assert pages.rows(f"/time-line?since={typed}&before=") == []
    assert pages.rows(f"/time-line?since=&before={typed}") == []
    assert len(pages.rows("/time-line?since=2021&before=2022-01-01")) == 3


def test_the_search_box_finds_facts_by_words_in_any_form(pages: Pages) -> None:
    assert {row["slug"] for row in pages.rows("/fact?_search=ferries")} == {"ferry"}
