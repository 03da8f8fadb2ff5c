"""What each choice in the menu does to a living agent, and what the person is told when it cannot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.shell.test_agent import MONDAY_9, Life
from tests.support.fake_loop import FakeLoop
from tests.support.fake_world import FakeMachine
from tray_agent.core import events as ev
from tray_agent.core.model import Posture
from tray_agent.ports import Policy, Startup
from tray_agent.shell.controls import Controls
from tray_agent.shell.folders import Folders
from tray_agent.shell.managed import Managed
from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.settings import SettingsFile


class FakeAutostart:
    """Starts with the session when told so, unless the disk refuses."""

    def __init__(self) -> None:
        self.startup = Startup(on=False, mechanism=None)
        self.full = False

    def status(self) -> Startup:
        return self.startup

    def set(self, *, on: bool) -> Startup:
        if self.full:
            raise OSError(28, "No space left on device")
        self.startup = Startup(on=on, mechanism="xdg" if on else None)
        return self.startup


class Menu:
    """A living agent with the controls of its menu."""

    def __init__(self, folder: Path) -> None:
        loop = FakeLoop()
        self.life = Life(folder, loop, FakeMachine(loop, MONDAY_9))
        self.autostart = FakeAutostart()
        self.places = Folders(folder, folder, folder, folder / "settings.toml")
        self.opened: list[Path] = []
        self.quits = 0
        self.cannot_open: str | None = None
        self.hint = "Add a tray."
        self.settings = SettingsFile(self.places.settings)
        self.controls = Controls(
            self.life.agent,
            self.settings,
            self.places,
            self.autostart,
            self.life.windows,
            apply=lambda: self.life.agent.settings_changed(self.settings.settings),
            open_file=self._open,
            hint=lambda: self.hint,
            whereabouts=lambda: "It is by the clock.",
            quit_agent=self._quit,
        )

    def _open(self, path: Path, failed: Callable[[str], object]) -> None:
        self.opened.append(path)
        if self.cannot_open:
            failed(self.cannot_open)

    def _quit(self) -> None:
        self.quits += 1

    def told(self) -> tuple[str, str]:
        """Title and body of the note on the screen."""
        note = self.life.notifier.shown
        assert note is not None
        return note.title, note.body


@pytest.fixture
def menu(tmp_path: Path) -> Menu:
    return Menu(tmp_path)


def test_a_pause_until_a_time_lasts_until_then_and_one_in_the_past_is_none(menu: Menu) -> None:
    menu.controls.pause_until(MONDAY_9 - 1)
    assert not menu.life.agent.view().paused
    menu.controls.pause_until(MONDAY_9 + 1800)
    menu.life.loop.advance(1799)
    assert menu.life.agent.view().paused
    menu.life.loop.advance(2)
    assert not menu.life.agent.view().paused


def test_a_correction_makes_a_break_of_what_was_taken_for_sitting(menu: Menu) -> None:
    menu.life.loop.advance(20 * 60)
    began = menu.life.agent.clock.now() - 15 * 60
    menu.life.loop.advance(60)
    menu.controls.correct(began, began + 300, Posture.AWAY)
    view = menu.life.agent.view()
    assert view.today.breaks == 1
    assert view.estimate.sitting_s == 11 * 60


def test_a_changed_setting_is_written_and_in_force(menu: Menu) -> None:
    menu.controls.change({"intensity": "gentle"})
    assert menu.places.settings.read_text() == 'intensity = "gentle"\n'
    assert menu.life.agent.engine.rules.interval_s == 3600
    assert SettingsFile(menu.places.settings).reload()[0].intensity == "gentle"


def test_a_setting_that_cannot_be_changed_stays_and_the_person_is_told(menu: Menu) -> None:
    menu.places.settings.write_text("intensity = [\n")
    menu.controls.change({"intensity": "gentle"})
    title, body = menu.told()
    assert title == "The setting is as it was"
    assert "not TOML" in body
    assert menu.life.agent.engine.rules.interval_s == 2700


def test_starting_with_the_session_is_switched_or_the_reason_told(menu: Menu) -> None:
    menu.controls.start_with_session(on=True)
    assert menu.autostart.startup.on
    menu.autostart.full = True
    menu.controls.start_with_session(on=False)
    assert menu.told()[1] == "[Errno 28] No space left on device"
    assert menu.autostart.startup.on


def test_why_and_about_open_a_page_and_fall_back_to_a_note(menu: Menu) -> None:
    windows = menu.life.windows
    menu.controls.explain()
    assert windows.open_now["text"]["title"] == "Why?"
    assert menu.life.notifier.shown is None
    windows.say({"event": "gone", "reason": "no Qt"})
    title, body = menu.told()
    assert title == "Why?"
    assert body.startswith("You seem to be sitting")
    menu.controls.tell_about()
    assert windows.open_now["text"]["title"] == "About Tray Agent"


def test_the_menu_can_pop_up_and_its_choice_is_carried_out(menu: Menu) -> None:
    menu.controls.pop_up(1900, 10)
    brief = menu.life.windows.open_now["menu"]
    assert (brief["x"], brief["y"]) == (1900, 10)
    quit_entry = next(item for item in brief["items"] if item.get("label") == "Quit")
    menu.life.windows.say({"event": "chosen", "id": quit_entry["id"]})
    assert menu.quits == 1


def test_without_windows_the_person_is_told_why_no_menu_comes(menu: Menu) -> None:
    menu.controls.pop_up(0, 0)
    menu.life.windows.say({"event": "gone", "reason": "PySide6 is not installed"})
    assert menu.told() == ("No window can be shown", "PySide6 is not installed")


def test_the_home_page_shows_how_things_are_and_follows_them(menu: Menu) -> None:
    menu.controls.come_forward()
    brief = menu.life.windows.open_now["home"]
    assert brief["headline"].startswith("Sitting")
    assert brief["lines"][0].startswith("Today: 0 breaks")
    assert brief["hint"] == "Add a tray."
    menu.life.agent.tell(ev.Pause())
    menu.controls.refresh()
    assert menu.life.windows.told[-1]["headline"] == "Paused"


def test_whoever_starts_it_again_learns_where_the_icon_is(menu: Menu) -> None:
    menu.hint = ""
    menu.controls.come_forward()
    assert menu.life.windows.open_now["home"]["hint"] == "It is by the clock."


def test_without_windows_the_settings_are_changed_in_their_file(menu: Menu) -> None:
    menu.controls.open_settings("hours")
    assert menu.life.windows.open_now["settings"]["page"] == "hours"
    menu.life.windows.say({"event": "gone", "reason": "no Qt"})
    assert menu.opened == [menu.places.settings]


def test_when_to_get_help_is_told_even_without_windows(menu: Menu) -> None:
    menu.controls.show_help()
    assert menu.life.windows.open_now["text"]["title"] == "When to get help"
    menu.life.windows.say({"event": "gone", "reason": "no Qt"})
    assert "both legs" in menu.told()[1]


def test_the_settings_file_is_made_before_it_is_opened(menu: Menu) -> None:
    menu.controls.edit_settings()
    assert menu.opened == [menu.places.settings]
    assert "intensity" in menu.places.settings.read_text()


def test_a_settings_file_that_nothing_opens_is_named(menu: Menu) -> None:
    menu.cannot_open = "no program was found for it"
    menu.controls.edit_settings()
    title, body = menu.told()
    assert title == "Please open this file yourself"
    assert body == f"{menu.places.settings}\nno program was found for it"


def test_quit_quits(menu: Menu) -> None:
    menu.controls.quit()
    assert menu.quits == 1


def decided(menu: Menu, **policies: object) -> None:
    """The organisation decides; as after the next look at its policies."""
    given = [
        Policy(f"organisation.{name}", value, mandatory=True, machine=True, source="a file")
        for name, value in policies.items()
    ]
    menu.settings.managed = Managed(lambda: given)
    menu.settings.reload()
    menu.controls.obey()


def test_an_organisation_may_want_it_to_stay(menu: Menu) -> None:
    decided(menu, quit=False, name="Example Works")
    with pytest.raises(CommandError, match="Example Works wants it to stay") as refused:
        menu.controls.quit()
    assert refused.value.code is Exit.REFUSED
    assert menu.quits == 0


@pytest.mark.parametrize(("wanted", "on"), [("always", True), ("never", False), ("person", True)])
def test_an_organisation_may_decide_about_the_start(menu: Menu, wanted: str, on: bool) -> None:
    menu.autostart.set(on=wanted != "always")
    decided(menu, autostart=wanted)
    assert menu.autostart.startup.on is on


def test_a_start_that_cannot_be_decided_harms_nothing(menu: Menu) -> None:
    menu.autostart.full = True
    decided(menu, autostart="always")
    assert not menu.autostart.startup.on
