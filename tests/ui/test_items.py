import msgspec
import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from tests.support.menus import ITEMS
from tray_agent.ui.items import Item, fill

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def chosen() -> list[int]:
    return []


@pytest.fixture
def menu(chosen: list[int]) -> QMenu:
    made = QMenu()
    fill(made, msgspec.convert(ITEMS, tuple[Item, ...]), chosen.append)
    return made


def labelled(menu: QMenu, label: str) -> QAction:
    return next(action for action in menu.actions() if action.text() == label)


def test_the_menu_says_what_it_was_told(menu: QMenu) -> None:
    shown = [action.text() for action in menu.actions()]
    assert shown == [
        "Sitting for about 40 min",
        "",
        "Start now",
        "Skip",
        "",
        "Pause",
        "I'm standing",
        "Intensity",
        "R&&D",
    ]
    assert [action.isSeparator() for action in menu.actions()].count(True) == 2
    assert not labelled(menu, "Sitting for about 40 min").isEnabled()
    assert menu.defaultAction() is labelled(menu, "Start now")


def test_the_id_of_what_was_chosen_is_told(menu: QMenu, chosen: list[int]) -> None:
    labelled(menu, "Skip").trigger()
    pause = labelled(menu, "Pause").menu()
    assert isinstance(pause, QMenu)
    labelled(pause, "Today").trigger()
    assert chosen == [2, 5]


def test_ticks_and_radios(menu: QMenu) -> None:
    assert labelled(menu, "I'm standing").isChecked()
    assert not labelled(menu, "Skip").isCheckable()
    intensity = labelled(menu, "Intensity").menu()
    assert isinstance(intensity, QMenu)
    gentle, standard = intensity.actions()
    assert (gentle.isChecked(), standard.isChecked()) == (False, True)
    gentle.trigger()
    assert (gentle.isChecked(), standard.isChecked()) == (True, False)
