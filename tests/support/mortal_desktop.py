"""A virtual desktop whose X server may die: its number stays its own until it is started again."""

from __future__ import annotations

import itertools
import os

from tests.support.desktop import Desktop

_NUMBERS = itertools.count(40_000 + os.getpid() % 20_000)


class MortalDesktop(Desktop):
    """The lowest free number, as a killed server leaves it, may soon be another desktop's; this is not."""

    _number: int | None = None

    def _start_display(self) -> None:
        self._number = self._number or next(_NUMBERS)
        command = ["Xvfb", f":{self._number}", "-displayfd", "{fd}", "-screen", "0", "1280x800x24"]
        self.env["DISPLAY"] = ":" + self._spawn_and_hear(
            "display", [*command, "-nolisten", "tcp", "-noreset"]
        )
