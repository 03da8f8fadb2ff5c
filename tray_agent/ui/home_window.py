"""The home page: what an icon in the tray would show and offer, for desktops that have no tray.

Says `{"event": "chosen", "id": ...}` and stays; a new brief as a later message takes the place of
the old one, `{"do": "front"}` brings the window to the front.
"""

from __future__ import annotations

from typing import Any

import msgspec

from tray_agent.ui import application, opening
from tray_agent.ui.board import Board
from tray_agent.ui.incoming import Brief
from tray_agent.ui.items import Item
from tray_agent.ui.opening import Say
from tray_agent.ui.page import Page


class HomeBrief(Brief, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The status in a headline, more in `lines`, the menu, and perhaps how to get an icon."""

    headline: str
    lines: tuple[str, ...]
    items: tuple[Item, ...]
    hint: str = ""

    @property
    def title(self) -> str:
        """What decides the direction."""
        return self.headline


class HomeWindow(Page):
    """Shows the brief, and newer ones as they come."""

    WIDTH = 600

    def __init__(self, brief: HomeBrief, say: Say) -> None:
        super().__init__("Tray Agent", say)
        self._headline = self.heading("")
        self._lines = self.line("")
        self._board = Board(lambda chosen: say({"event": "chosen", "id": chosen}))
        self._hint = self.line("", role="card")
        self.column.insertSpacing(self.column.count() - 1, 6)
        self.column.insertWidget(self.column.count() - 1, self._board)
        self.column.addStretch(1)
        self._close = self.add_close()
        self._show(brief)
        self._focus()

    def told(self, message: dict[str, Any]) -> None:
        """Show the newer brief, or come to the front."""
        if message.get("do") == "front":
            application.show(self, quietly=False)
        else:
            self._show(msgspec.convert({"v": 1, **message}, HomeBrief))

    def _show(self, brief: HomeBrief) -> None:
        self._headline.setText(brief.headline)
        self._lines.setText("\n".join(brief.lines))
        self._lines.setVisible(bool(brief.lines))
        self._hint.setText(brief.hint)
        self._hint.setVisible(bool(brief.hint))
        self.setAccessibleDescription(" ".join([brief.headline, *brief.lines, brief.hint]))
        said = {brief.headline, *brief.lines}
        self._board.show_items(item for item in brief.items if item.separator or item.label not in said)

    def _focus(self) -> None:
        tiles = [tile for tile in self._board.tiles() if tile.isEnabled()]
        main = [tile for tile in tiles if tile.item.default]
        first = [*main, *tiles, self._close][0]
        first.setFocus()


def main() -> int:
    """Show the page until it is closed."""
    return opening.run("home", HomeBrief, HomeWindow)
