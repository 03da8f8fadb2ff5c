"""A window as somebody meets it who hears it and presses what is read out: through the accessibility tree."""

from __future__ import annotations

from collections.abc import Collection

from tests.support.accessible import Accessibility, Node
from tests.support.person import Person
from tests.support.screen import centre
from tests.support.waiting import wait_until
from tests.support.x_windows import box_of


class SpokenWindow:
    """The window of this title, from when it is there."""

    def __init__(self, tree: Accessibility, title: str) -> None:
        self.title = title
        self.node = tree.window(title)

    def has_the_keys(self) -> bool:
        """Whether what is typed goes there."""
        return "active" in self.node.states

    def words(self) -> str:
        """All that can be read in it now, a line for each part."""
        parts = [each for each in self.node.walk() if "showing" in each.states]
        return "\n".join(words for each in parts for words in (each.name, each.description) if words)

    def says(self, *words: str) -> None:
        """Wait until all of it can be read."""
        wait_until(lambda: all(each in self.words() for each in words), f"{words} to be read", 15)

    def line_of(self, lines: Collection[str]) -> str:
        """The first of these that stands there as a line of its own; waits until one does."""
        return wait_until(
            lambda: next((line for line in self.words().splitlines() if line in lines), ""),
            f"one of {lines} to be read",
            15,
        )

    def part(self, name: str, role: str = "") -> Node:
        """What is called that, once it is on the screen."""
        found = wait_until(lambda: self.node.find(name, role), f"{name!r} in {self.title!r}", 15)
        assert found is not None
        return found

    def press(self, name: str, role: str = "push button") -> None:
        """Press what is called that, once it can be pressed."""
        part = self.part(name, role)
        wait_until(lambda: "enabled" in part.states, f"{name!r} to be awake")
        part.press()

    def click(self, person: Person, name: str, role: str = "") -> None:
        """Click what is called that, once the window stays where it is."""
        wait_until(lambda: self.node.box == box_of(person.display, self.title), f"{self.title!r} to settle")
        person.click(*centre(self.part(name, role).box))
