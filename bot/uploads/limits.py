"""What a process that reads a file may use."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of processor time, bytes of memory, and how far to step back behind other processes (0 to 19)."""

    seconds: int
    memory: int
    niceness: int = 0

    @property
    def deadline(self) -> int:
        """Seconds on the clock after which the process is ended, however little of the processor it got."""
        return 6 * self.seconds

    def apply(self) -> None:
        """Limit this process for good. Where the system knows no such limits, as Windows, the deadline alone holds."""
        if hasattr(os, "nice"):
            os.nice(self.niceness)
        try:
            import resource
        except ImportError:
            return
        # At the soft limit the kernel sends SIGXCPU, which ends the process; at the hard one SIGKILL.
        for kind, soft, hard in (
            (resource.RLIMIT_CORE, 0, 0),
            (resource.RLIMIT_CPU, self.seconds, self.seconds + 1),
            (resource.RLIMIT_AS, self.memory, self.memory),
        ):
            allowed = resource.getrlimit(kind)[1]
            most = hard if allowed == resource.RLIM_INFINITY else min(hard, allowed)
            with suppress(ValueError, OSError):  # macOS refuses to limit memory
                resource.setrlimit(kind, (min(soft, most), most))


ON_DISCORD = Limits(seconds=5, memory=256 * 2**20, niceness=10)
AT_THE_COMMAND_LINE = Limits(seconds=30, memory=2**30)
