"""A bare X server of one's own: no panel, no bus, no window manager."""

from __future__ import annotations

import os
import select
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class XServer:
    """A running Xvfb and its display, such as `:5`."""

    process: subprocess.Popen[bytes]
    display: str

    def kill(self) -> None:
        """Let it die at once, as in a crash."""
        self.process.kill()
        self.process.wait(10)


@contextmanager
def xserver(*options: str) -> Iterator[XServer]:
    """An Xvfb that has chosen a free display and answers there, for as long as the `with` lasts."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", f"{write}", "-screen", "0", "800x600x24", "-nolisten", "tcp", *options]
    # Without -noreset the server would start afresh whenever its last client leaves.
    process = subprocess.Popen(
        [*command, "-noreset"], pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(write)
    try:
        if not select.select([read], [], [], 20)[0]:
            raise TimeoutError("Xvfb did not say its display within 20 s")
        yield XServer(process, ":" + os.read(read, 16).decode().strip())
    finally:
        os.close(read)
        process.terminate()
        process.wait(10)
