"""The menu in windows: popped up where a tray icon has none, and as the home page where there is no tray."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from tray_agent.ports import Entry, Windows
from tray_agent.shell.conversation import Failed, converse
from tray_agent.shell.menu_tree import Tree

MENU, HOME = "menu", "home"
REMEMBERED = 8
"""So many of the home page's menus can still be chosen from: a click may cross a newer one on its way."""

Entries = Callable[[], tuple[Entry, ...]]


class HomeWords(Struct, frozen=True):
    """What the home page says above its buttons; `hint`, if any, tells how to get an icon in the tray."""

    headline: str
    lines: tuple[str, ...] = ()
    hint: str = ""


class MenuWindows:
    """Shows `entries()` as they are when a window opens, and does what is chosen there."""

    def __init__(self, windows: Windows, entries: Entries) -> None:
        self._windows = windows
        self._entries = entries
        self._home: _Home | None = None

    def popup(self, x: int, y: int, failed: Failed) -> None:
        """Open the menu at a point of the screen, in its own pixels.

        `failed(reason)` is called when it cannot be shown.
        """
        tree = Tree(self._entries())

        def heard(message: dict[str, Any]) -> None:
            if message["event"] == "chosen":
                tree.choose(message["id"])

        converse(self._windows, MENU, {"x": x, "y": y, "items": tree.items}, heard, failed)

    def home(self, words: Callable[[], HomeWords], failed: Failed) -> None:
        """Open the home page, or bring it to the front; `words()` is asked again at each `refresh`."""
        if self._home is None:
            self._home = _Home(self._windows, self._entries, words, self._home_closed)
            self._home.open(failed)
        else:
            self._home.refresh()
            self._windows.tell(HOME, {"do": "front"})

    def refresh(self) -> None:
        """Let an open home page show what is true now; cheap when nothing changed or none is open."""
        if self._home is not None:
            self._home.refresh()

    def close(self) -> None:
        """Close what is open."""
        self._home = None
        for name in (MENU, HOME):
            self._windows.close(name)

    def _home_closed(self, home: _Home) -> None:
        if self._home is home:
            self._home = None


class _Home:
    """One home page, from its opening until it is closed."""

    def __init__(
        self,
        windows: Windows,
        entries: Entries,
        words: Callable[[], HomeWords],
        closed: Callable[[_Home], object],
    ) -> None:
        self._windows, self._entries, self._words, self._closed = windows, entries, words, closed
        self._trees = deque([Tree(())], maxlen=REMEMBERED)
        self._said: HomeWords | None = None

    def open(self, failed: Failed) -> None:
        """Show it."""

        def gone(reason: str) -> None:
            self._closed(self)
            failed(reason)

        self._look()
        converse(self._windows, HOME, self._brief(), self._heard, gone)

    def refresh(self) -> None:
        """Tell the window what has changed, if anything has."""
        if self._look():
            self._windows.tell(HOME, self._brief())

    def _look(self) -> bool:
        """Ask for words and entries again; whether they look any different.

        Entries that look the same may do something else by now, such as answer another prompt.
        """
        words, shown = self._words(), self._trees[-1]
        tree = Tree(self._entries(), shown.first)
        same = tree.items == shown.items
        if same:
            self._trees[-1] = tree
        else:
            self._trees.append(Tree(self._entries(), shown.end))
        changed = not same or words != self._said
        self._said = words
        return changed

    def _brief(self) -> dict[str, Any]:
        assert self._said is not None  # it looked
        return {**asdict(self._said), "items": self._trees[-1].items}

    def _heard(self, message: dict[str, Any]) -> None:
        match message["event"]:
            case "chosen":
                self.refresh()
                any(tree.choose(message["id"]) for tree in self._trees)
                self.refresh()
            case _:
                self._closed(self)
