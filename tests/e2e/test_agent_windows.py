"""The large windows on a real desktop: opened, changed in, read in another language; the welcome once."""

from __future__ import annotations

import gettext
import tomllib
from collections.abc import Callable, Iterator

import pytest
from Xlib import XK

from tests.e2e.conftest import NewAgent
from tests.e2e.test_agent_day import Sitting
from tests.support.accessible import READS_ALOUD, Accessibility
from tests.support.desktop import Desktop
from tests.support.live_agent import ALWAYS, LiveAgent, Memory
from tests.support.panel_menu import PanelMenu
from tests.support.past_notes import past_notes
from tests.support.person import Person
from tests.support.spoken_window import SpokenWindow
from tests.support.waiting import wait_until
from tests.support.x_windows import icons, popups, titles
from tray_agent.shell.words import LOCALE

SETTINGS, TODAY, WELCOME = "Settings", "Today", "Welcome to Tray Agent"
UNSEEN = 'hours.mode = "always"\n'
"""The settings of a home that has not been welcomed yet."""


@pytest.fixture(scope="module")
def tree(desk: Desktop) -> Iterator[Accessibility]:
    desk.env |= READS_ALOUD
    with Accessibility(desk) as tree:
        yield tree


@pytest.fixture
def person(desk: Desktop) -> Iterator[Person]:
    with Person(desk.display) as somebody:
        yield somebody


@pytest.fixture
def running(agent: LiveAgent) -> LiveAgent:
    agent.start()
    return agent


@pytest.fixture
def menu(running: LiveAgent) -> PanelMenu:
    running.until(lambda now: now["tray"]["state"] == "ok", "the icon to be in the panel")
    return PanelMenu(running.desktop)


@pytest.mark.parametrize(("verb", "title"), [("settings", SETTINGS), ("today", TODAY)])
def test_a_verb_opens_a_window_with_its_icon_and_opens_it_once(
    desk: Desktop, tree: Accessibility, running: LiveAgent, verb: str, title: str
) -> None:
    for _time in range(2):
        assert desk.tray_agent(verb).returncode == 0
        window = SpokenWindow(tree, title)
    assert titles(desk.display).count(title) == 1
    assert icons(desk.display, title).keys() >= {16, 32, 48, 128}
    window.press("Close")
    wait_until(lambda: title not in titles(desk.display), "the window to close")


def test_the_menu_opens_settings_and_welcome(desk: Desktop, tree: Accessibility, menu: PanelMenu) -> None:
    menu.click("Settings/All settings …")
    SpokenWindow(tree, SETTINGS)
    menu.click("About/Welcome …")
    SpokenWindow(tree, WELCOME)


def test_a_setting_chosen_in_the_window_is_written_and_in_force(
    desk: Desktop, tree: Accessibility, running: LiveAgent, menu: PanelMenu, person: Person
) -> None:
    stand_up = "Settings/Prompts/Breaks from sitting"
    assert menu.open()[stand_up].checked
    desk.tray_agent("settings")
    window = SpokenWindow(tree, SETTINGS)
    wait_until(window.has_the_keys, "the keys to be heard")
    for _page in ("Movement", "Prompts"):
        person.press(XK.XK_Down)
    window.press("Breaks from sitting", "check box")
    wait_until(lambda: not menu.open()[stand_up].checked, "the setting to be in force")
    assert tomllib.loads(running.settings.read_text())["prompts"]["stand_up"] is False
    assert desk.tray_agent("get", "prompts.stand_up").stdout.strip() == "false"
    desk.tray_agent("set", "prompts.stand_up", "true")
    switch = window.part("Breaks from sitting", "check box")
    wait_until(lambda: "checked" in switch.states, "the window to follow")


def test_a_correction_in_the_window_of_the_day_changes_the_day(
    desk: Desktop, tree: Accessibility, agent: LiveAgent, morning: Memory, person: Person
) -> None:
    morning.give(agent)
    agent.start()
    assert agent.status()["today"]["sitting_s"] > 40 * 60
    desk.tray_agent("today")
    window = SpokenWindow(tree, TODAY)
    window.press("As a table")
    wait_until(window.has_the_keys, "the keys to be heard")
    before = popups(desk.display)
    for key in (XK.XK_Tab, XK.XK_Down, XK.XK_Return):  # to the table and its only row
        person.press(key)
    wait_until(lambda: popups(desk.display) > before, "the corrections to choose from")
    for key in (XK.XK_Down, XK.XK_Return):  # past the heading to "I was up"
        person.press(key)
    agent.until(lambda now: now["today"]["sitting_s"] < 60, "the day to be worked out anew")
    window.says("Noted. The day has been worked out anew.", "Away")


def test_the_welcome_is_shown_at_the_first_start_only(
    desk: Desktop, tree: Accessibility, new_agent: NewAgent
) -> None:
    agent = new_agent(UNSEEN)
    agent.start()
    window = SpokenWindow(tree, WELCOME)
    window.press("Skip")
    wait_until(lambda: not agent.children(), "the window to close")
    agent.end()
    agent.start()
    opens_only_the_day(agent, tree)


def test_whoever_wants_no_welcome_gets_none(tree: Accessibility, running: LiveAgent) -> None:
    opens_only_the_day(running, tree)


def opens_only_the_day(agent: LiveAgent, tree: Accessibility) -> None:
    """A window that is asked for now comes after the welcome; there is no other."""
    agent.ask("today")
    SpokenWindow(tree, TODAY)
    assert len(agent.children()) == 1
    assert WELCOME not in titles(agent.desktop.display)


def spoken(code: str) -> Callable[[str], str]:
    """What a sentence is in that language; it has to be another one than in English."""
    with (LOCALE / code / "LC_MESSAGES" / "tray_agent.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)

    def say(sentence: str) -> str:
        said = catalogue.gettext(sentence)
        assert said != sentence, f"{code} has no words for {sentence!r}"
        return said

    return say


def test_everything_speaks_the_language_that_was_chosen_and_another_at_once(
    desk: Desktop, tree: Accessibility, new_agent: NewAgent, morning: Memory
) -> None:
    german, french = spoken("de"), spoken("fr")
    unhurried = 'breaks.time_limits = "x5"\n'
    agent = new_agent(ALWAYS + unhurried + 'language = "de"\n')
    with Sitting(agent, morning) as sitting:
        sitting.prompted()
        asked = desk.tray_agent("status").stdout
        menu = PanelMenu(desk).open()
        sitting.answered("skip")
    assert german("It is time for a break: take it, snooze or skip.") in asked
    assert {german("Start now"), german("Skip")} <= menu.keys()
    wait_until(lambda: desk.notes_shown() == 0, "the note to go")
    note = past_notes(desk)[0]
    assert note.startswith(german("Time to stand up"))
    assert german("With this break: {movement}.").partition("{")[0] in note

    agent.ask("break", kind="hip_flexor")
    window = SpokenWindow(tree, german("Hip-flexor stretch"))
    window.says(german("Split-stance stretch"), german("Get ready"), german("&Too hard").replace("&", ""))
    assert desk.tray_agent("set", "language", "fr").returncode == 0
    wait_until(lambda: french("Pause") in PanelMenu(desk).open(), "the menu in French")
    agent.ask("break", kind="hip_flexor")
    SpokenWindow(tree, french("Hip-flexor stretch")).says(french("Get ready"))


def test_the_first_break_with_a_movement_offers_the_safety_check(desk: Desktop, new_agent: NewAgent) -> None:
    agent = new_agent(ALWAYS)
    agent.start(speed=60)
    agent.ask("break", kind="hip_flexor")
    wait_until(lambda: desk.notes_shown() == 1, "the offer", 20)
    desk.press("safety")
    wait_until(lambda: "Safety check" in titles(desk.display), "the safety check")
