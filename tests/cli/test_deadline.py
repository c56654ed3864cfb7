"""A command that would take too long ends with a sentence."""

from __future__ import annotations

import signal

import pytest

from bot.cli import quotes
from bot.cli.deadline import processor_deadline
from bot.errors import UsageError
from tests.cli.conftest import Run

TEXT = "".join(f"“Word {number} was not said by a mayor” said Lee. " for number in range(4000))


def work_on() -> None:
    while True:
        pass


# The first alarm may fall into a callback that ignores errors, and the next one ends the work.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_check_that_takes_too_long_is_ended(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotes, "MOST_SECONDS", 0.05)
    result = run("check", "-", stdin=TEXT)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{quotes.TOO_LONG}\n")


def test_the_timer_is_gone_after_the_work() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with processor_deadline(60, "Too long."):
        assert signal.getitimer(signal.ITIMER_PROF)[0] > 0
    with pytest.raises(UsageError, match=r"^Too long\.$"), processor_deadline(0.01, "Too long."):
        work_on()
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)
    assert signal.getsignal(signal.SIGPROF) == before
