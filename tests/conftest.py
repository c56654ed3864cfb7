"""What holds for all tests: which of them run, how many examples the property tests take, and what each finds in the process.

``pytest`` alone leaves out what is marked ``slow`` and takes few examples, so that people run it; ``pytest --slow`` runs all, as
CI does. Both take the same examples each time, so that a failure is due to the change that is tested.

``pytest --fuzz`` has the property tests look at many new examples. What it finds is written into the test as an ``@example``
together with the mend, for no other run would come upon it again.
"""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from simcord import Env

from bot.answers.reader import encoder, judging
from bot.answers.reader.reader import VectorCache, shipped_reader
from bot.editing import previews
from bot.english.lexicon import Lexicon
from bot.resources import lexicon_file
from tests.support.connections import all_closed
from tests.support.discord_api.recording import record_faults
from tests.support.logs import logging_as_it_was
from tests.support.networks import RememberedSession, StoredOutputs, forget_outputs
from tests.support.patience import PATIENCE, look_quickly, patiently
from tests.support.trials import asked_once

EXAMPLES = {"quick": 10, "slow": 50, "fuzz": 1000}
_WAITING = ("tests/cluster/", "tests/torture/")
_WEIGHT_OF_SLOW = 10  # of a slow test, for the order of the files; that of another is 1
OUTPUTS = Path(".pytest_cache", "outputs.db")
_LEFT_OUT = pytest.StashKey[int]()

for _profile, _count in EXAMPLES.items():
    hypothesis_settings.register_profile(
        _profile,
        max_examples=_count,
        derandomize=_profile != "fuzz",
        # How long an example takes is a matter of the machine. Fixtures that a test shares among its examples are only read.
        deadline=None,
        suppress_health_check=[
            *(HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example),
            HealthCheck.function_scoped_fixture,
        ],
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the two options for runs that take their time."""
    parser.addoption("--slow", action="store_true", help="run the slow tests too, and property tests on more examples")
    parser.addoption("--fuzz", action="store_true", help="run property tests on many new examples")


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Run one process more than there are cores: some tests wait, for another process or a time."""
    return (yield) + 1


def pytest_configure(config: pytest.Config) -> None:
    """Choose the number of examples before the first test module is imported, and let Python store what it compiles.

    The workers and the hundreds of processes that tests start would else compile all modules anew where the shell forbids that.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None):
        # Until all tests are collected: what is made for them stays, and would be passed through again and again. The process
        # that starts the workers collects none.
        gc.disable()
    if config.getoption("slow") and not hasattr(config, "workerinput"):
        forget_outputs(config.rootpath / OUTPUTS)
    hypothesis_settings.load_profile(next((profile for profile in ("fuzz", "slow") if config.getoption(profile)), "quick"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the slow tests unless they are asked for, and have several processes begin with what takes long."""
    slow = [] if config.getoption("slow") else [item for item in items if item.get_closest_marker("slow")]
    config.stash[_LEFT_OUT] = len(slow)
    if slow:
        items[:] = [item for item in items if not item.get_closest_marker("slow")]
        config.hook.pytest_deselected(items=slow)
    if hasattr(config, "workerinput"):
        _order_by_length(items)


def _order_by_length(items: list[pytest.Item]) -> None:
    """Put first the files that wait for other processes, while others use the processors, then those with the most tests."""
    weights: Counter[Path] = Counter()
    for item in items:
        weights[item.path] += _WEIGHT_OF_SLOW if item.get_closest_marker("slow") else 1
    items.sort(key=lambda item: (not item.nodeid.startswith(_WAITING), -weights[item.path]))


def pytest_collection_finish() -> None:
    """Exempt what is loaded by now from garbage collection, as the bot does: every full pass over it would take half a second."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 50)


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Tell the process that started this one how many tests were left out; pytest-xdist does not."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(_LEFT_OUT, 0)
    yield


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Count what was left out once, for each worker leaves out the same tests."""
    left_out: int = getattr(node, "workeroutput", {}).get("left_out", 0)
    reporter = node.config.pluginmanager.get_plugin("terminalreporter")
    node.config.stash[_LEFT_OUT] = left_out
    if reporter is not None:
        reporter.stats["deselected"] = [SimpleNamespace()] * left_out  # the closing line counts them; plugins look into them


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say above the closing line what was left out; the line itself counts it as deselected."""
    if left_out := config.stash.get(_LEFT_OUT, 0):
        terminalreporter.write_line(f"Left out as slow: {left_out}. Run them too with --slow.")


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the simulated Discord wait as long as a busy machine takes, and look often: what a test says is no matter of time."""
    defaults = Env.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "settle_timeout", PATIENCE)
    monkeypatch.setattr(Env, "_settle_internal", patiently(Env._settle_internal))
    look_quickly(monkeypatch)


@pytest.fixture(autouse=True)
def taken_by_discord(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hold every request to the simulated Discord against what the real one takes."""
    faults = record_faults(monkeypatch)
    yield
    assert faults == []


@pytest.fixture(autouse=True, scope="session")
def connections_closed() -> Iterator[None]:
    """Hold it against the tests, and the code that they run, where a connection to a file is left open."""
    with all_closed():
        yield


@pytest.fixture(autouse=True, scope="session")
def encoded_once(pytestconfig: pytest.Config) -> None:
    """Let the facts of stories in memory be encoded once for all processes and runs of the tests."""
    shipped_reader().cache = VectorCache(pytestconfig.rootpath / ".pytest_cache" / "vectors.db")


@pytest.fixture(autouse=True, scope="session")
def tried_once(connections_closed: None, pytestconfig: pytest.Config) -> Iterator[None]:
    """Let previews of edits ask a story each recorded question once, and the networks run once for each input.

    That makes the client's tests quick, of which nearly all the time was the reader's. A process takes what the networks made in
    the others and, unless the run is one with --slow, in earlier runs; where questions race for them they run each time.
    """
    with pytest.MonkeyPatch.context() as patch, closing(StoredOutputs(pytestconfig.rootpath / OUTPUTS)) as stored:
        patch.setattr(previews, "_asked", asked_once(previews._asked))
        for module in (encoder, judging):
            patch.setattr(module, "open_session", partial(RememberedSession, stored=stored))
        yield


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """Put the process's logging back: a command that is run in a test sets it up for the whole process."""
    with logging_as_it_was():
        yield


@pytest.fixture(scope="session")
def lexicon() -> Iterator[Lexicon]:
    """Open the lexicon that ships."""
    lexicon = Lexicon(lexicon_file())
    yield lexicon
    lexicon.close()
