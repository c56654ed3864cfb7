"""Who works at the command line, as the history and the log of changes name them."""

from __future__ import annotations

import getpass

OPERATOR = "command line"


def operator() -> str:
    """Return the signature of whoever runs the command: ``command line: ann``, by the name that they have on this machine."""
    try:
        name = getpass.getuser().strip()
    except (OSError, KeyError, ImportError):  # a container may run as a user who has no name
        name = ""
    return f"{OPERATOR}: {name}" if name else OPERATOR
