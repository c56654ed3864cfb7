"""Take half of its time from a group of processes: it is stopped for every second slice of 10 milliseconds, until this is ended.

python -m data.benchmarks.halving GROUP
"""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress

SLICE = 0.01


def main() -> None:
    """Stop the group and let it go on, by turns, until it is gone or this is told to end; then it goes on."""
    group, ended = int(sys.argv[1]), []
    signal.signal(signal.SIGTERM, lambda *_: ended.append(True))
    due = time.monotonic()
    with suppress(ProcessLookupError):
        try:
            while not ended:
                for number in (signal.SIGSTOP, signal.SIGCONT):
                    os.killpg(group, number)
                    now = time.monotonic()
                    due = max(due + SLICE, now)
                    time.sleep(due - now)
        finally:
            os.killpg(group, signal.SIGCONT)


if __name__ == "__main__":
    main()
