"""The manifest for Kubernetes: by the schemas of Kubernetes, and by what its pods would start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
from ruamel.yaml import YAML

from bot.storage.shards import Shards
from tests.support.paths import ROOT

DOCUMENTS: list[dict[str, Any]] = [
    dict(document)
    for document in YAML(typ="safe", pure=True).load_all((ROOT / "config" / "kubernetes.yaml").read_text(encoding="utf-8"))
]
STATEFUL, SERVICE = DOCUMENTS
POD = STATEFUL["spec"]["template"]["spec"]
LITESTREAM, BOT = POD["initContainers"][0], POD["containers"][0]


@pytest.mark.parametrize("version", ["1.29", "1.32", "1.37"])
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document["kind"])
def test_kubernetes_takes_it(document: dict[str, Any], version: str) -> None:
    kubernetes_validate.validate(document, version, strict=True)


def test_a_fault_would_be_found() -> None:
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate({**STATEFUL, "spec": {**STATEFUL["spec"], "replicas": "four"}}, "1.37", strict=True)


@pytest.mark.skipif(sys.platform == "win32", reason="its pods have a shell")
@pytest.mark.parametrize(("container", "part"), [(LITESTREAM, "replicate"), (BOT, "run")], ids=["litestream", "bot"])
def test_the_pods_have_each_shard_once(container: dict[str, Any], part: str, tmp_path: Path) -> None:
    program = tmp_path / "footnote"
    program.write_text('#!/bin/sh\necho "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    fixed = {variable["name"]: variable["value"] for variable in container["env"] if "value" in variable}
    owned: list[int] = []
    count = 0
    for ordinal in range(STATEFUL["spec"]["replicas"]):
        environment = fixed | {"POD_INDEX": str(ordinal), "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
        said = subprocess.run(
            [*container["command"], *container["args"]], env=environment, capture_output=True, text=True, check=True
        )
        command, *options = said.stdout.split()
        given = dict(zip(options[::2], options[1::2], strict=True))
        shards = Shards.of(given["--shards"], int(given["--shard-count"]))
        assert command == part
        assert shards is not None
        owned += shards.ids
        count = shards.count
    assert owned == list(range(count))


def test_litestream_and_the_bot_share_a_disk_that_one_pod_has() -> None:
    assert LITESTREAM["restartPolicy"] == "Always"
    assert LITESTREAM["volumeMounts"] == BOT["volumeMounts"]
    (claim,) = STATEFUL["spec"]["volumeClaimTemplates"]
    assert claim["spec"]["accessModes"] == ["ReadWriteOncePod"]
    home = {variable["name"]: variable.get("value") for variable in BOT["env"]}["FOOTNOTE_HOME"]
    assert {"name": claim["metadata"]["name"], "mountPath": home} in BOT["volumeMounts"]
    assert SERVICE["metadata"]["name"] == STATEFUL["spec"]["serviceName"]
