"""Files from strangers, each read in a process of its own that is ended at its limits.

Threads cannot be stopped, and share the interpreter with answers. The process is a fresh interpreter: a program with threads must
not fork. It is started for one call, which takes a tenth of a second, and gets neither the token nor any other secret of the
environment.
"""

from __future__ import annotations

import gc
import io
import logging
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, is_dataclass
from importlib import import_module
from typing import Any, ParamSpec, TypeVar

from bot.errors import BusyError, FootnoteError, UsageError
from bot.messages import Count, Message

T = TypeVar("T")
P = ParamSpec("P")
log = logging.getLogger(__name__)

LATE = Message("Reading the file took too long, so I stopped. Split it into smaller ones.")
TOO_BUSY = Message("The machine was too busy to read this, so I stopped. Try again in a few minutes.")
TOO_MUCH_MEMORY = Message("Reading the file took too much memory, so I stopped. Split it into smaller ones.")
FAILED = Message("The file could not be read to the end, and none of it was stored. Save it again as plain text, or split it.")
NO_PROCESS = Message("The file cannot be read at the moment, because the machine cannot start a process. Try again in a moment.")
OUT_OF_MEMORY = 77  # what the process exits with if it gets no more memory; Python itself never uses this code

_START = "import sys; sys.path[:] = sys.argv[1:]; from bot.uploads import serve_one_call; serve_one_call()"
# All of the environment that a fresh interpreter needs to start; any other variable may hold a secret.
_PASSED_ON = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "TZ")
_PASSED_ON_PREFIXES = ("LC_", "LD_", "DYLD_", "PYTHON")


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of processor time, bytes of memory, and how far to step back behind other processes (0 to 19)."""

    seconds: int
    memory: int
    niceness: int = 0

    @property
    def deadline(self) -> int:
        """Seconds on the clock after which the process is ended, however little of the processor it got."""
        return 6 * self.seconds  # much longer, for the process steps back behind answers

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


def call_limited(limits: Limits, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a module's function in a limited process; return its result, or raise its FootnoteError. All must be picklable.

    Raises UsageError if the process was ended at its limits, or failed; BusyError if none can be started.
    """
    request = pickle.dumps((limits, function, args, kwargs))
    command = [sys.executable, "-c", _START, *sys.path]
    environment = {
        name: value for name, value in os.environ.items() if name.upper() in _PASSED_ON or name.startswith(_PASSED_ON_PREFIXES)
    }
    environment["OPENBLAS_NUM_THREADS"] = "1"  # it needs no more, and each thread would take some of its memory limit
    try:
        ended = subprocess.run(command, input=request, capture_output=True, timeout=limits.deadline, env=environment, check=False)
    except subprocess.TimeoutExpired:  # it got too little of the processor: splitting the file would not help
        raise UsageError(TOO_BUSY) from None
    except OSError as error:
        log.warning("No process can be started to read a file: %s", error)
        raise BusyError(NO_PROCESS) from None
    code = ended.returncode
    if code:
        if code == -getattr(signal, "SIGXCPU", 0):
            raise UsageError(LATE)
        if code in (OUT_OF_MEMORY, -getattr(signal, "SIGKILL", 0)):  # the kernel kills what takes the machine's last memory
            raise UsageError(TOO_MUCH_MEMORY)
        log.error("The process that read a file failed (%s): %s", code, ended.stderr.decode(errors="replace")[-4000:])
        raise UsageError(FAILED)
    result, raised = _Answer(io.BytesIO(ended.stdout)).load()
    if raised is not None:
        raise raised
    return result  # type: ignore[no-any-return]


class _Answer(pickle.Unpickler):
    """Reads what the process answers: records, messages and errors of Footnote, and nothing that could run other code."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class of Footnote. Raises UnpicklingError for anything else."""
        if module.startswith("bot.") and "." not in name:
            kind = getattr(import_module(module), name, None)
            if isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, FootnoteError | Message | Count | tuple)):
                return kind
        raise pickle.UnpicklingError(f"{module}.{name} is no record of Footnote's.")


def serve_one_call() -> None:
    """Carry out the one call that is written to standard input, within its limits, and write what it returns; then end.

    This is all that a process started by `call_limited` does.
    """
    try:
        limits, function, args, kwargs = pickle.load(sys.stdin.buffer)
        limits.apply()
        gc.disable()  # whatever is garbage goes with the process
        answer: tuple[object, FootnoteError | None]
        try:
            answer = (function(*args, **kwargs), None)
        except FootnoteError as error:
            answer = (None, error)
        sys.stdout.buffer.write(pickle.dumps(answer))
        sys.stdout.flush()
    except (MemoryError, SystemError):  # some code in C has nothing left to say it with: "error return without exception set"
        os._exit(OUT_OF_MEMORY)
