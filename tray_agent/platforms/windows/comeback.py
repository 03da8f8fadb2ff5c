"""Back after an upgrade: the Restart Manager, once it has closed this program for one, starts it again.

It does so in the session of whoever installs, for a program that has run for a minute; `sessions` is for
all others.  Nothing is asked for after a crash, which has a report of its own, nor after the machine has
started anew: then the session starts what the person wants.
Microsoft Learn: "RegisterApplicationRestart function".
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
from collections.abc import Callable, Sequence
from ctypes import wintypes

assert sys.platform == "win32"

AFTER_UPGRADES_ONLY = 0x01 | 0x02 | 0x08
"""Not after a crash, a hang, or a restart of the machine."""

_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_kernel32.RegisterApplicationRestart.argtypes = (wintypes.LPCWSTR, wintypes.DWORD)
_kernel32.RegisterApplicationRestart.restype = ctypes.c_long


def ask_for_it(
    arguments: Sequence[str], register: Callable[[str, int], object] = _kernel32.RegisterApplicationRestart
) -> None:
    """Have this program started with these arguments again.

    Only an installed one: of another it is Python that Windows would start.  Where it refuses, the agent is
    back at the next logon.
    """
    if getattr(sys, "frozen", False):
        register(subprocess.list2cmdline(arguments), AFTER_UPGRADES_ONLY)
