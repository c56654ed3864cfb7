"""The settings of a server: defaults that work, values that fit, and none lost when two change them at once."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.errors import UsageError
from bot.facts.base import FactBase
from bot.facts.state.server_settings import ServerSettings, logged_settings
from tests.facts.stories import ANN, BOB

CHOSEN: dict[str, Any] = {
    "channels": {"5": "bridge"},
    "listening": (5, 6),
    "review_channel": 7,
    "log_channel": None,
    "moderator_roles": (8,),
    "sureness": "bold",
    "language": "fr",
    "question_days": 90,
    "correction_days": 0,
    "suggestions_a_day": 0,
    "two_moderators": True,
    "only_reviewed": True,
}


def test_a_new_server_has_defaults(base: FactBase) -> None:
    assert base.settings.read() == ServerSettings()
    assert ServerSettings().story_of(5) is None


def test_what_is_chosen_is_kept_and_logged(base: FactBase, tmp_path: Path) -> None:
    assert base.settings.change(ANN, **CHOSEN) == ServerSettings(**CHOSEN)
    with FactBase.open(tmp_path / "edited.db", create=False) as other:
        assert other.settings.read() == ServerSettings(**CHOSEN)
    assert base.settings.read().story_of(5) == "bridge"
    assert base.settings.read().story_of(7, 5) == "bridge"
    entry = base.logbook.entries(limit=1)[0]
    assert (entry.by, entry.action) == ("ann", "settings")
    assert 'sureness = "bold"' in entry.what


def test_what_the_logbook_says_is_read_back(base: FactBase) -> None:
    base.settings.change(ANN, **CHOSEN)
    settings, names = logged_settings(base.logbook.entries(limit=1)[0].what)
    assert settings == ServerSettings(**CHOSEN)
    assert set(names) == set(CHOSEN) - {"log_channel"}
    for other in ("", "sureness", 'sureness = "very"', "colour = 1, sureness = ", "= = ="):
        assert logged_settings(other) == (ServerSettings(), ())


def test_what_is_so_already_is_not_logged(base: FactBase) -> None:
    base.settings.change(ANN, sureness="usual", log_channel=None)
    assert base.logbook.entries(limit=1)[0].action == "import"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("colour", "red"),
        ("sureness", "very"),
        ("language", "EN"),
        ("question_days", 31),
        ("question_days", True),
        ("correction_days", False),
        ("suggestions_a_day", 101),
        ("suggestions_a_day", True),
        ("two_moderators", 1),
        ("only_reviewed", 1),
        ("listening", [1, "2"]),
        ("moderator_roles", 5),
        ("review_channel", "5"),
        ("log_channel", -1),
        ("channels", {"x": "bridge"}),
        ("channels", {"5": None}),
    ],
)
def test_what_does_not_fit_is_refused_with_all_that_comes_with_it(name: str, value: Any, base: FactBase) -> None:
    with pytest.raises(UsageError):
        base.settings.change(ANN, two_moderators=True, **{name: value}) if name != "two_moderators" else base.settings.change(
            ANN, sureness="bold", two_moderators=value
        )
    assert base.settings.read() == ServerSettings()


def test_a_stored_value_that_no_longer_fits_has_its_default(base: FactBase, tmp_path: Path) -> None:
    base.settings.change(ANN, sureness="bold")
    with closing(sqlite3.connect(tmp_path / "edited.db")) as raw, raw:
        raw.execute("INSERT INTO setting VALUES ('language', '\"xx\"'), ('of_old', '1'), ('listening', '\"all\"')")
    assert base.settings.read() == ServerSettings(sureness="bold")


@pytest.mark.parametrize(
    ("roles", "two", "suggestions"), [('"Keepers"', '"yes"', "-1"), ("[8, null]", "1", '"0"'), ("[8", "tru\x00", "")]
)
def test_who_may_do_what_is_not_widened_by_a_value_that_cannot_be_read(
    roles: str, two: str, suggestions: str, base: FactBase, tmp_path: Path
) -> None:
    stored = {"moderator_roles": roles, "two_moderators": two, "suggestions_a_day": suggestions, "sureness": "{"}
    with closing(sqlite3.connect(tmp_path / "edited.db")) as raw, raw:
        raw.execute("PRAGMA ignore_check_constraints = ON")  # so that it may be no JSON, as where a disk has lost a bit
        raw.executemany("INSERT INTO setting VALUES (?, ?)", stored.items())
    settings = base.settings.read()
    assert settings.moderator_roles == (0,), "no member has that role"
    assert settings == ServerSettings(moderator_roles=(0,), two_moderators=True, suggestions_a_day=0, sureness="usual")
    base.settings.change(ANN, moderator_roles=(), two_moderators=False, suggestions_a_day=5)
    assert base.settings.read() == ServerSettings()


def test_two_who_change_the_channels_at_once_lose_nothing(base: FactBase) -> None:
    def add(channel: int) -> None:
        base.settings.update(BOB, lambda now: {"channels": {**now.channels, str(channel): "bridge"}})

    threads = [threading.Thread(target=add, args=(channel,)) for channel in range(1, 17)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(base.settings.read().channels) == 16


def test_a_setting_names_no_more_than_a_server_has(base: FactBase) -> None:
    base.settings.change(ANN, listening=tuple(range(1, 1001)))
    with pytest.raises(UsageError, match=r"listening can name 1,000 at most\. Remove some"):
        base.settings.change(ANN, listening=tuple(range(1, 1002)))
    with pytest.raises(UsageError, match="channels can name 1,000 at most"):
        base.settings.change(ANN, channels={str(channel): "bridge" for channel in range(1, 1002)})
    assert len(base.settings.read().listening) == 1000
