"""Take half of its time from a group of processes: it is stopped for every second slice of 10 milliseconds, until this is ended.

python -m tests.benchmarks.halving GROUP
"""

from __future__ import annotations

import os
import signal
import sys
import time

SLICE = 0.01


def main() -> None:
    """Stop the group and let it go on, by turns, until it is gone or this is told to end; then it goes on."""
    group, ended = int(sys.argv[1]), []
    signal.signal(signal.SIGTERM, lambda *_: ended.append(True))
    due = time.monotonic()
    try:
        while not ended:
            for number in (signal.SIGSTOP, signal.SIGCONT):
                os.killpg(group, number)
                due = max(due + SLICE, time.monotonic())
                time.sleep(due - time.monotonic() if due > time.monotonic() else 0)
        os.killpg(group, signal.SIGCONT)
    except ProcessLookupError:
        pass


if __name__ == "__main__":
    main()
