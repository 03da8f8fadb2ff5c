"""A virtual desktop whose X server may die: its number stays its own until it is started again."""

from __future__ import annotations

from tests.support.desktop import Desktop
from tests.support.xserver import free_number


class MortalDesktop(Desktop):
    """The number of its display is no other desktop's meanwhile."""

    _number: int | None = None

    def start(self, name: str) -> None:
        """As every desktop does it; the `display` is a part like the others here."""
        if name == "display":
            self._start_display()
        else:
            super().start(name)

    def _start_display(self) -> None:
        self._number = self._number or free_number()
        command = ["Xvfb", f":{self._number}", "-displayfd", "{fd}", "-screen", "0", "1280x800x24"]
        self.env["DISPLAY"] = ":" + self._spawn_and_hear(
            "display", [*command, "-nolisten", "tcp", "-noreset"]
        )
