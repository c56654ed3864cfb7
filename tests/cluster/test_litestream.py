"""The configuration that is shipped, as Litestream reads it and as it is read here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SetupError
from bot.storage.litestream import LitestreamConfig, find_litestream, patterns_excluding
from tests.cluster.homes import LITESTREAM

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no Litestream for Windows")


@pytest.mark.parametrize(("replica", "kind"), [("file:///mnt/replica/footnote", "file"), ("s3://bucket/footnote", "s3")])
def test_litestream_takes_it_as_it_is(replica: str, kind: str, tmp_path: Path) -> None:
    (tmp_path / "servers").mkdir()
    result = subprocess.run(
        [find_litestream(), "databases", "-json", "-config", str(LITESTREAM)],
        env=os.environ | {"FOOTNOTE_HOME": str(tmp_path), "FOOTNOTE_REPLICA": replica, "AWS_REGION": "us-east-1"},
        capture_output=True,
        check=True,
    )
    databases = json.loads(result.stdout)
    assert {database["replica"] for database in databases} == {kind}
    assert str(tmp_path / "library.db") in {database["path"] for database in databases}


@pytest.mark.parametrize(
    ("place", "url"),
    [
        ("{url: 's3://bucket/footnote?endpoint=http://minio:9000'}", "s3://bucket/footnote/7.db?endpoint=http://minio:9000"),
        ("{url: '${PLACE}'}", "s3://from-the-environment/7.db"),
        ("{type: s3, bucket: b, path: /all/}", "s3://b/all/7.db"),
        ("{type: s3, bucket: b}", "s3://b/7.db"),
        ("{path: '/'}", "file:///7.db"),
        ("{type: file, path: /usr/replica}", "file:///usr/replica/7.db"),
        ("{url: 'file:///usr/replica'}", "file:///usr/replica/7.db"),
    ],
)
def test_a_base_of_a_folder_is_where_litestream_puts_it(
    place: str, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLACE", "s3://from-the-environment")
    for form in (f"replica: {place}", f"replicas: [{place}]"):
        config = tmp_path / "litestream.yml"
        config.write_text(f"dbs: [{{dir: '$FOOTNOTE_HOME/servers', pattern: '*.db', {form}}}]", encoding="utf-8")
        assert LitestreamConfig(config, tmp_path).place_of(tmp_path / "servers" / "7.db") == url


def test_variables_that_are_not_set_are_empty_as_for_litestream(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOT_SET", raising=False)
    config = tmp_path / "litestream.yml"
    config.write_text("dbs: [{path: '${FOOTNOTE_HOME}/library.db${NOT_SET}', replica: {path: /usr/lib.db}}]", encoding="utf-8")
    assert LitestreamConfig(config, tmp_path).place_of(tmp_path / "library.db") == "file:///usr/lib.db"


IDS = st.integers(0, 1300) | st.integers(10**16, 10**16 + 300)


@given(st.sets(IDS, min_size=1, max_size=6), st.sets(IDS, max_size=30))
def test_each_name_but_those_that_are_excluded_is_matched_by_one_pattern(excluded: set[int], others: set[int]) -> None:
    patterns = patterns_excluding("*.db", [f"{number}.db" for number in excluded])
    for number in excluded | others:
        matching = [pattern for pattern in patterns if fnmatchcase(f"{number}.db", pattern.replace("[^", "[!"))]
        assert len(matching) == (number not in excluded)
        assert not [pattern for pattern in patterns if fnmatchcase(f"{number}.db-wal", pattern.replace("[^", "[!"))]


@pytest.mark.parametrize(
    ("pattern", "names"), [("[0-9]*.db", ["7"]), ("*", ["7"]), ("*.db", [str(number * 10**18) for number in range(1, 9)])]
)
def test_what_cannot_be_excluded_is_named(pattern: str, names: list[str], tmp_path: Path) -> None:
    config = tmp_path / "litestream.yml"
    config.write_text(f"dbs: [{{dir: {tmp_path}, pattern: '{pattern}', replica: {{path: /usr/lib}}}}]", encoding="utf-8")
    with pytest.raises(SetupError, match=r"cannot be told to leave out .*7[0-9]*\.db"):
        LitestreamConfig(config, tmp_path).without([tmp_path / f"{name}.db" for name in names])
