"""The taskbar of a `WineDesktop` as a person sees and clicks it: icon, tip, balloon and menu."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from tests.support.person import Person
from tests.support.screen import Box, centre, changed, colours
from tests.support.waiting import wait_until
from tests.support.wine_desktop import PATIENCE_S, SIZE, WineDesktop
from tests.support.wine_text import find

HEIGHT = 20
TRAY: Box = (SIZE[0] - 200, SIZE[1] - HEIGHT, *SIZE)
"""The icons' end of the taskbar, which is white where nothing is."""

LEFT, RIGHT = 1, 3
MENU, TIP = "#32768", "tooltips_class32"
WHITE = (255, 255, 255)


class Taskbar:
    """What stands there, and a person's hand on it."""

    def __init__(self, desk: WineDesktop, person: Person) -> None:
        self._desk = desk
        self._person = person
        self._inks: dict[tuple[str, bool], list[str]] = {}

    def icon(self) -> Box | None:
        """Where the icons are; None where there is none."""
        part = self._desk.picture().crop(TRAY)
        ground = Image.new("RGB", part.size, WHITE)
        box = changed(ground, part)
        return box and (box[0] + TRAY[0], box[1] + TRAY[1], box[2] + TRAY[0], box[3] + TRAY[1])

    def near(self, colour: tuple[int, int, int]) -> int:
        """How many of the tray's pixels are about of this colour."""
        return sum(
            count
            for seen, count in colours(self._desk.picture(), TRAY).items()
            if all(abs(a - b) <= 40 for a, b in zip(seen, colour, strict=True))
        )

    def point_at_icon(self) -> None:
        """Rest the pointer on it."""
        self._person.move(*centre(self._awaited(self.icon, "an icon")))

    def click_icon(self, button: int = LEFT) -> None:
        """Click on it."""
        self._person.click(*centre(self._awaited(self.icon, "an icon")), button)

    def open_menu(self) -> None:
        """Right click, and the menu is there."""
        self.click_icon(RIGHT)
        left, top, right, _bottom = wait_until(self.menus, "the menu", PATIENCE_S)[0]
        # Else the icon's tip would cover it before long.
        self._person.move((left + right) // 2, top + 3)

    def menus(self) -> list[Box]:
        """Where menus are open."""
        return self._boxes(MENU)

    def tips(self) -> list[Box]:
        """Where tips and balloons are shown."""
        return self._boxes(TIP)

    def written(self, text: str, *, bold: bool = False) -> Box | None:
        """Where this text stands on the desktop, dark or, as a chosen entry, light."""
        if (text, bold) not in self._inks:
            self._inks[text, bold] = self._desk.helper.ask("ink", text=text, bold=bold)
        ink, seen = self._inks[text, bold], self._desk.picture()
        return find(seen, ink) or find(seen, ink, light=True)

    def finds(self, text: str, *, bold: bool = False) -> Box:
        """The same, once it is there."""
        return self._awaited(lambda: self.written(text, bold=bold), f"“{text}” to be seen")

    def choose(self, *path: str) -> None:
        """Click the entries of the open menu one after the other, the last of them being chosen."""
        for label in path:
            self._person.click(*centre(self.finds(label)))

    def _awaited(self, look: Callable[[], Box | None], what: str) -> Box:
        seen = wait_until(look, what, PATIENCE_S)
        assert seen is not None
        return seen

    def _boxes(self, name: str) -> list[Box]:
        return [
            tuple(each["box"])
            for each in self._desk.helper.ask("windows")
            if each["class"] == name and each["visible"]
        ]
