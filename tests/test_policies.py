"""SECURITY.md and PRIVACY.md say what is so: their numbers are the program's, and no table is forgotten."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.answers.answerer import EARLIER
from bot.client.answering.cog import MINUTES
from bot.client.stories.sent_files import MAX_UPLOAD_BYTES
from bot.drafting import article
from bot.drafting.feed import MAX_ITEMS
from bot.editing.suggesting import MAX_OPEN
from bot.facts.base import FactBase
from bot.facts.files import connect
from bot.facts.state.feeds import ITEM_DAYS, MAX_OFFERS_A_DAY
from bot.facts.state.server_settings import QUESTION_DAYS, ServerSettings
from bot.facts.state.unfinished_forms import FORM_DAYS, MAX_FORMS_OF_ONE
from bot.facts.state.usage import USAGE_DAYS
from bot.facts.state.watched_pages import MAX_LOOKS
from bot.settings import Settings
from bot.stories.yaml_tree import MAX_BYTES
from bot.uploads import ON_DISCORD
from bot.web import fetching
from tests.support.paths import ROOT

PRIVACY, SECURITY = ((ROOT / name).read_text(encoding="utf-8") for name in ("PRIVACY.md", "SECURITY.md"))
SETTINGS = Settings(ROOT)

# What the rows of each table are, by words of the line in PRIVACY.md that speaks of them; "" for the facts, which are no
# person's who uses the bot, and for what holds no word and no id. Whoever adds a table has to say what it keeps.
TABLES = {
    **dict.fromkeys(("story", "source", "actor", "actor_alias", "actor_citation", "fact", "citation", "fact_actor"), ""),
    **dict.fromkeys(("phrasing", "question", "question_fact"), "a moderator gave the answer"),
    **dict.fromkeys(("story_run", "mark", "done", "ownership", "fact_vector"), ""),
    **dict.fromkeys(("reply", "reply_fact"), "the text to be checked"),
    **dict.fromkeys(("gap", "asked"), "that was not answered, or not well"),
    "follower": "you want to be told",
    **dict.fromkeys(("follow", "ended_follow"), "| what you follow |"),
    "draft": "a form that you filled in",
    "proposal": "| a suggestion;",
    "suggested": "somebody made one",
    "usage": "how many questions there were",
    **dict.fromkeys(("revision", "logbook", "approval"), "what a moderator changed"),
    **dict.fromkeys(("taken_pack", "read_page"), "who signed a pack"),
    **dict.fromkeys(("setting", "refusing_channel"), "channels and roles"),
    **dict.fromkeys(("feed", "feed_item", "watched_page"), "feeds and what they offered"),
}


def line(words: str) -> str:
    """Return the line of the table in PRIVACY.md that has some words."""
    (row,) = [row for row in PRIVACY.splitlines() if words in row and row.startswith("|")]
    return row


def test_every_table_of_a_base_is_accounted_for(tmp_path: Path) -> None:
    path = tmp_path / "base.db"
    FactBase.open(path).close()
    base = connect(path, mode="ro")
    rows = base.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()
    base.close()
    # The search index holds words of the facts alone, in tables of its own.
    assert {name for (name,) in rows if not name.startswith(("search", "fact_search"))} == set(TABLES)
    for words in filter(None, TABLES.values()):
        assert line(words)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("the text to be checked", f"{SETTINGS.reply_days} days (`reply_days`)"),
        ("that was not answered, or not well", f"{ServerSettings().question_days} days"),
        ("a form that you filled in", f"{FORM_DAYS} days, {MAX_FORMS_OF_ONE} of each person"),
        ("how many questions there were", f"{USAGE_DAYS} days"),
        ("feeds and what they offered", f"offers {ITEM_DAYS} days"),
    ],
)
def test_it_is_kept_as_long_as_it_says(words: str, days: str) -> None:
    assert days in line(words)


def test_its_other_numbers_are_those_of_the_program() -> None:
    words_of = {3: "three", 8: "eight", 10: "ten"}
    first, last = ", ".join(map(str, QUESTION_DAYS[:-1])), QUESTION_DAYS[-1]
    assert f"(`/settings`: {first} or {last})" in PRIVACY
    assert f"{SETTINGS.grace_days} days later (`grace_days`)" in PRIVACY
    memory = f"the last {words_of[EARLIER]} questions of each channel of direct messages, for {words_of[MINUTES]} minutes"
    assert memory in " ".join(PRIVACY.split())
    said = " ".join(SECURITY.split())
    assert f"{MAX_UPLOAD_BYTES // 1_000_000} MB at most on Discord ({MAX_BYTES // 1_000_000} MB on the command line)" in said
    page = f"or {article.MAX_PAGE_BYTES // 1_000_000} MB as a web page"
    assert f"an article {article.MAX_TEXT_BYTES // 1000} kB of text, {page}" in said
    assert f"where {MAX_OPEN} of them wait" in said
    fetched = f"{fetching.MAX_BYTES // 1_000_000} MB and {words_of[int(fetching.TIMEOUT)]} seconds at most"
    assert f"{fetched}; of a feed the first {MAX_ITEMS} items count, of which {MAX_OFFERS_A_DAY} a day" in said
    assert f"for {words_of[MAX_LOOKS]} weeks" in " ".join(PRIVACY.split())
    limits = f"after {ON_DISCORD.seconds} seconds of processor time or at {ON_DISCORD.memory // 2**20} MB of memory"
    assert limits in said


def test_copies_of_what_was_deleted_go_as_soon_as_it_says() -> None:
    """What is deleted is in no snapshot a day later, and the last that has it goes with the second after that, or the third."""
    config = YAML(typ="safe").load((ROOT / "config" / "litestream.yml").read_text(encoding="utf-8"))
    hours = {name: int(config["snapshot"][name].removesuffix("h")) for name in ("interval", "retention")}
    assert 2 * hours["interval"] + hours["retention"] == 72
    assert "replica for up to three days" in " ".join(PRIVACY.split())
    # A copy beside the base goes once it is part of a larger one, when Litestream looks next.
    assert [config["levels"], config["l0-retention-check-interval"]] == [[{"interval": "1h"}], "1h"]
    assert "those beside the base for some two hours" in " ".join(PRIVACY.split())


@pytest.mark.parametrize("name", ["SECURITY.md", "PRIVACY.md"])
def test_they_are_found_and_shipped_and_lead_somewhere(name: str) -> None:
    assert f"({name})" in (ROOT / "README.md").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert name in project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    text = (ROOT / name).read_text(encoding="utf-8")
    assert len(text.splitlines()) < 60
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (ROOT / target).is_file()
