"""A bare X server of one's own: no panel, no bus, no window manager."""

from __future__ import annotations

import itertools
import os
import random
import select
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class XServer:
    """A running Xvfb and its display, such as `:5`."""

    process: subprocess.Popen[bytes]
    display: str

    def kill(self) -> None:
        """Let it die at once, as in a crash."""
        self.process.kill()
        self.process.wait(10)


_SOCKETS = Path("/tmp/.X11-unix")
_numbers = itertools.count(random.randrange(10_000, 50_000))


def free_number() -> int:
    """The number of a display that nobody has, nor will soon.

    The lowest free one, as a killed server leaves it, may soon be somebody else's.
    """
    return next(number for number in _numbers if not (_SOCKETS / f"X{number}").exists())


@contextmanager
def xserver(*options: str) -> Iterator[XServer]:
    """An Xvfb that answers, for as long as the `with` lasts.

    `-noreset`: it does not start afresh whenever its last client leaves.
    """
    number = free_number()
    read, write = os.pipe()
    command = ["Xvfb", f":{number}", "-displayfd", f"{write}", "-screen", "0", "800x600x24"]
    command += ["-nolisten", "tcp", "-noreset", *options]
    process = subprocess.Popen(
        command, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(write)
    try:
        if not select.select([read], [], [], 20)[0]:
            raise TimeoutError("Xvfb did not say its display within 20 s")
        if not os.read(read, 16):
            raise RuntimeError(f"{' '.join(command)} ended at once")
        yield XServer(process, f":{number}")
    finally:
        os.close(read)
        process.terminate()
        process.wait(10)
