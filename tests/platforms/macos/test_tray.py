"""The icon in a menu bar that is played; the contract of trays runs over the same."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from tests.support.macos import menu_bar
from tests.support.macos.appkit import NSStatusBar, NSStatusItem
from tests.support.macos.played_main import main
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.macos.tray import PLACE, MacTray
from tray_agent.ports import Entry, Face, State
from tray_agent.shell import faces
from tray_agent.shell.loop import SelectorLoop

SITTING = Face("sitting", 0.5, "Sitting about 20 min")


class Stage:
    def __init__(self, loop: SelectorLoop) -> None:
        self.loop = loop
        self.healths: list[State] = []
        self.did: list[str] = []
        self.tray = MacTray(
            loop,
            lambda: [Entry("Quit", lambda: self.did.append("quit"))],
            faces.draw,
            changed=lambda: self.healths.append(self.tray.health().state),
        )

    def placed(self) -> None:
        turn_until(self.loop, lambda: self.healths, "word of the icon")
        main.settle()


@pytest.fixture
def stage(loop: SelectorLoop) -> Iterator[Stage]:
    stage = Stage(loop)
    yield stage
    stage.tray.close()


def test_it_is_well_once_the_menu_bar_has_the_icon(stage: Stage) -> None:
    health = stage.tray.health()
    assert (health.state, health.reason) == (State.DEGRADED, "the menu bar has not taken the icon yet")
    stage.placed()
    assert stage.healths == [State.OK]
    assert stage.tray.health().source == "status_item"
    assert menu_bar.icons() == 1


def test_the_picture_is_a_template_of_22_points_with_two_pixels_each(stage: Stage) -> None:
    stage.tray.show(SITTING)
    stage.placed()
    image = menu_bar.button().image
    assert image is not None
    assert image.template
    assert image.points == (22.0, 22.0)
    assert Image.open(io.BytesIO(bytes(image.data.bytes()))).size == (44, 44)


def test_the_face_is_said_to_who_points_and_to_who_listens(stage: Stage) -> None:
    stage.tray.show(SITTING)
    stage.placed()
    assert (menu_bar.button().tip, menu_bar.button().spoken) == (SITTING.title, SITTING.title)


def test_another_minute_is_no_other_picture(stage: Stage) -> None:
    stage.tray.show(SITTING)
    stage.placed()
    before = menu_bar.button().image
    stage.tray.show(Face("sitting", 0.5, "Sitting about 21 min"))
    main.settle()
    assert menu_bar.button().image is before
    assert menu_bar.button().tip == "Sitting about 21 min"
    stage.tray.show(Face("prompt", 1.0, "Time to stand up"))
    main.settle()
    assert menu_bar.button().image is not before


def test_the_same_face_again_costs_nothing(stage: Stage) -> None:
    stage.tray.show(SITTING)
    stage.placed()
    stage.tray.show(Face("sitting", 0.5, "Sitting about 20 min"))
    assert main.calls.empty()


def test_the_person_s_place_for_the_icon_is_remembered(stage: Stage) -> None:
    stage.placed()
    assert main.ask(lambda: NSStatusBar.systemStatusBar().items[0].name) == PLACE


def test_a_click_opens_the_menu_and_a_choice_is_done(stage: Stage) -> None:
    stage.placed()
    with ThreadPoolExecutor(1) as person:
        opened = person.submit(menu_bar.opens_menu)
        turn_until(stage.loop, opened.done, "the menu")
    menu_bar.chooses("Quit")
    turn_until(stage.loop, lambda: stage.did, "the choice")


def test_where_there_is_no_menu_bar_it_says_so_and_lives(
    loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NSStatusItem, "button", lambda _item: None)
    stage = Stage(loop)
    stage.tray.show(SITTING)
    stage.placed()
    assert stage.healths == [State.ABSENT]
    assert stage.tray.health().reason == "there is no menu bar for the icon"
    stage.tray.close()


def test_closing_takes_icon_and_open_menu_away_and_nothing_more_is_done(stage: Stage) -> None:
    stage.placed()
    with ThreadPoolExecutor(1) as person:
        opened = person.submit(menu_bar.opens_menu)
        turn_until(stage.loop, opened.done, "the menu")
    menu = main.ask(menu_bar.the_menu)
    menu_bar.chooses("Quit")
    stage.tray.close()
    stage.tray.close()
    turn_for(stage.loop, 0.05)
    assert menu_bar.icons() == 0
    assert not menu.tracking
    assert stage.did == []
    stage.tray.show(SITTING)
    assert main.calls.empty()


def test_the_stand_in_notices_what_would_end_the_program() -> None:
    with pytest.raises(AssertionError, match="off the main thread"):
        NSStatusBar.systemStatusBar()
