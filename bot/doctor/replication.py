"""A look at the replica: is it set up as it should be, can it be reached, and does Litestream write to it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.doctor.checks import Check, ok, warning, wrong
from bot.errors import ReplicaError, SetupError
from bot.settings import Settings
from bot.storage.replica import Replica

_LATE = 60.0  # seconds


def check_replica(settings: Settings, paths: Sequence[Path]) -> Iterator[Check]:
    """Look at the replica, whether it is in reach by one of the bases.

    There is nothing to look at where none is set up, or nothing to replicate.
    """
    try:
        replica = Replica.of(settings)
        if replica is None or not paths:
            return
        path = Path(os.path.abspath(paths[0]))
        if not replica.has(path):
            yield warning("replica", f"It has nothing of {path.name}.", "Let footnote replicate run beside the bot.")
            return
        lags = replica.lags()
    except SetupError as error:
        yield wrong("replica", str(error), "See config/litestream.yml.")
    except ReplicaError:
        mend = "Mount its disk, or check its address and the keys; the log of footnote replicate says more."
        yield wrong("replica", "It cannot be reached.", mend)
    else:
        if not lags:
            yield warning("replica", "Litestream does not run.", "Let footnote replicate run beside the bot.")
            return
        # The library is rightly left out where other processes get the direct messages.
        missing = [each.name for each in paths if os.path.abspath(each) not in lags and each != settings.library]
        if missing:
            mend = "Restore what is damaged, then start footnote replicate again."
            yield warning("replica", f"Litestream does not replicate {', '.join(missing)}.", mend)
        lag = max(lags.values())
        if lag > _LATE:
            yield warning("replica", f"It is {lag:.0f} seconds behind.", "Look at the log of footnote replicate.")
        else:
            yield ok("replica", f"It can be reached, and is {lag:.0f} seconds behind.")
