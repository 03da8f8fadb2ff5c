from __future__ import annotations

from typing import Any

import msgspec
import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel

from tests.support.menus import ITEMS, SEPARATOR
from tray_agent.ui.board import Board, Tile
from tray_agent.ui.items import Item


@pytest.fixture
def chosen() -> list[int]:
    return []


@pytest.fixture
def board(app: QApplication, chosen: list[int]) -> Board:
    made = Board(chosen.append)
    show(made, ITEMS)
    made.show()
    made.activateWindow()
    return made


def show(board: Board, items: list[dict[str, Any]]) -> None:
    board.show_items(msgspec.convert(items, tuple[Item, ...]))


def tile(board: Board, label: str) -> Tile:
    return next(each for each in board.tiles() if each.item.label == label)


def test_every_entry_of_the_first_level_has_its_place(board: Board) -> None:
    labels = [each.item.label for each in board.tiles()]
    assert labels == ["Start now", "Skip", "Pause", "I'm standing", "Intensity", "R&D"]
    assert [label.text() for label in board.findChildren(QLabel)] == ["Sitting for about 40 min"]


def test_a_button_says_what_it_is_to_eyes_and_ears(board: Board) -> None:
    assert (tile(board, "R&D").text(), tile(board, "R&D").accessibleName()) == ("R&&D", "R&D")
    assert tile(board, "I'm standing").text() == "✓ I'm standing"
    assert tile(board, "I'm standing").isChecked()
    assert tile(board, "Pause").text() == "Pause ▾"
    assert tile(board, "Start now").property("role") == "main-tile"


def test_screen_readers_know_what_each_button_does(board: Board) -> None:
    roles = {
        label: QAccessible.queryAccessibleInterface(tile(board, label)).role() for label in ("Skip", "Pause")
    }
    assert roles == {"Skip": QAccessible.Role.Button, "Pause": QAccessible.Role.ButtonMenu}
    standing = QAccessible.queryAccessibleInterface(tile(board, "I'm standing"))
    assert (standing.role(), standing.state().checked) == (QAccessible.Role.CheckBox, 1)


def test_a_click_tells_the_id(board: Board, chosen: list[int]) -> None:
    tile(board, "Skip").click()
    tile(board, "I'm standing").click()
    assert chosen == [2, 6]


def test_a_tick_changes_when_the_agent_says_so(board: Board) -> None:
    tile(board, "I'm standing").click()
    assert tile(board, "I'm standing").isChecked()
    show(board, [{**item, "checked": False} if item["id"] == 6 else item for item in ITEMS])
    assert not tile(board, "I'm standing").isChecked()


def test_what_is_a_submenu_drops_down(board: Board, chosen: list[int]) -> None:
    menu = tile(board, "Pause").menu()
    assert [action.text() for action in menu.actions()] == ["1 hour", "Today"]
    menu.actions()[1].trigger()
    assert chosen == [5]


def test_a_newer_board_of_the_same_kind_keeps_its_buttons(board: Board, chosen: list[int]) -> None:
    skip = tile(board, "Skip")
    skip.setFocus()
    show(board, [{**item, "id": item["id"] + 100} for item in ITEMS])
    assert tile(board, "Skip") is skip
    skip.click()
    assert chosen == [102]


def test_the_focus_stays_with_its_button_when_others_come_and_go(app: QApplication, board: Board) -> None:
    tile(board, "Skip").setFocus()
    show(board, [{"id": 30, "label": "Later"}, *ITEMS[3:]])
    app.processEvents()
    assert board.focusWidget() is tile(board, "Skip")


def test_the_main_button_has_a_row_of_its_own(app: QApplication, board: Board) -> None:
    board.resize(500, 400)
    app.processEvents()
    main, skip = tile(board, "Start now").geometry(), tile(board, "Skip").geometry()
    assert main.width() > 1.8 * skip.width()
    assert main.bottom() < skip.top()


def test_separators_without_entries_leave_no_hole(board: Board) -> None:
    show(board, [SEPARATOR, SEPARATOR, {"id": 1, "label": "Quit"}, SEPARATOR])
    assert [each.item.label for each in board.tiles()] == ["Quit"]
