"""The real window in its own process, on a real X server with a window manager, keyboard in hand."""

from __future__ import annotations

import signal
import time
from contextlib import closing
from typing import Any

import msgspec
from PySide6.QtWidgets import QApplication
from Xlib import XK, X
from Xlib.display import Display

from tests.support.briefs import FIGURE, LEFT, LIFTS, RIGHT, WALK, brief, invitation
from tests.support.desktop import Desktop
from tests.support.eventually import eventually
from tests.support.person import Person
from tests.support.screen import changed, picture
from tests.support.waiting import wait_until
from tests.support.window_process import WindowProcess, focused
from tray_agent.ui.breaks.break_window import BreakWindow
from tray_agent.ui.breaks.brief import Brief
from tray_agent.ui.look import scheme_palette

ARMED_S = 1.0


class Window(WindowProcess):
    """A break window's process."""

    def __init__(self, desktop: Desktop, told: dict[str, Any], **env: str) -> None:
        super().__init__(desktop, "break", told, **env)

    def stops_after(self, *done: int, timeout_s: float = 15.0) -> None:
        self.ends(timeout_s, routine=7, done=list(done))


def awaits_keys(desktop: Desktop, window: Window) -> None:
    """The window has painted, has the focus, is past getting ready, and its keys are armed."""
    painted = window.is_ready()
    wait_until(lambda: focused(desktop.display) == "Hip-flexor stretch", "the focus")
    wait_until(lambda: time.monotonic() - painted > ARMED_S + 0.2, "the keys to be armed")


def test_plays_to_the_end_by_itself_at_the_agents_speed(desktop: Desktop) -> None:
    with Window(desktop, brief(LEFT, RIGHT, speed=60.0)) as window:
        began = window.is_ready()
        assert window.says() == {"event": "ended", "routine": 7, "done": [0, 1]}
        assert 0.8 <= time.monotonic() - began <= 4.0  # 60 agent seconds at 60 to a real one
        assert window.process.wait(10) == 0


def test_enter_ends_each_step_and_with_the_last_one_the_routine(desktop: Desktop, person: Person) -> None:
    with Window(desktop, brief(LEFT, RIGHT)) as window:
        awaits_keys(desktop, window)
        person.press(XK.XK_Return)
        next_step = time.monotonic() + 1.0
        wait_until(lambda: time.monotonic() > next_step, "the other side to begin")
        person.press(XK.XK_Return)
        window.stops_after(0, 1)


def test_two_quick_presses_end_one_step_only(desktop: Desktop, person: Person) -> None:
    with Window(desktop, brief(LEFT, RIGHT)) as window:
        awaits_keys(desktop, window)
        person.press(XK.XK_Return)
        person.press(XK.XK_Return)
        person.press(XK.XK_Escape)
        window.stops_after(0)


def test_escape_stops_without_asking(desktop: Desktop, person: Person) -> None:
    with Window(desktop, brief(LIFTS)) as window:
        awaits_keys(desktop, window)
        person.press(XK.XK_Escape)
        window.stops_after()


def test_space_pauses_and_goes_on(desktop: Desktop, person: Person) -> None:
    with Window(desktop, brief({**LEFT, "seconds": 3.0})) as window:
        awaits_keys(desktop, window)
        person.press(XK.XK_space)
        assert window.keeps_silent(2.0)
        person.press(XK.XK_space)
        window.stops_after(0)


def test_on_a_button_enter_means_the_button(desktop: Desktop, person: Person) -> None:
    with Window(desktop, brief(LEFT, RIGHT)) as window:
        awaits_keys(desktop, window)
        person.press(XK.XK_Tab)
        person.press(XK.XK_Return)  # on Stop, the first one; it must not mean Done there
        window.stops_after()


def test_keys_sleep_while_the_window_is_new(desktop: Desktop, person: Person) -> None:
    with Window(desktop, brief(LEFT)) as window:
        window.is_ready()
        person.press(XK.XK_Escape)
        person.press(XK.XK_Return)
        assert window.keeps_silent(1.5)


def test_a_quiet_window_does_not_take_the_focus(desktop: Desktop, person: Person) -> None:
    with Window(desktop, brief(title="Typing")) as first:
        first.is_ready()
        wait_until(lambda: focused(desktop.display) == "Typing", "the focus")
        with Window(desktop, brief(quietly=True)) as window:
            awake = window.is_ready() + ARMED_S + 0.3
            wait_until(lambda: time.monotonic() > awake, "the keys to be armed")
            assert focused(desktop.display) == "Typing"
            person.press(XK.XK_Escape)
            assert first.says()["event"] == "ended"
            assert window.process.poll() is None


def test_the_agents_word_closes_it(desktop: Desktop) -> None:
    with Window(desktop, brief(LEFT)) as window:
        window.is_ready()
        window.tell({"do": "close"})
        window.stops_after()


def test_it_leaves_when_the_agent_has_gone(desktop: Desktop) -> None:
    with Window(desktop, brief(LEFT)) as window:
        window.is_ready()
        window.hang_up()
        window.stops_after()


def test_ctrl_c_in_the_terminal_is_the_agents_affair(desktop: Desktop) -> None:
    with Window(desktop, brief({**LEFT, "seconds": 1.5})) as window:
        window.is_ready()
        window.process.send_signal(signal.SIGINT)
        window.stops_after(0)


def test_the_window_managers_cross_stops(desktop: Desktop) -> None:
    with Window(desktop, brief(LEFT)) as window:
        window.is_ready()
        wait_until(lambda: focused(desktop.display) == "Hip-flexor stretch", "the focus")
        with Person(desktop.display) as person:
            person.hold(XK.XK_Alt_L)
            person.press(XK.XK_F4)
            person.release(XK.XK_Alt_L)
        window.stops_after()


def test_it_fits_a_small_screen_at_double_size(desktop: Desktop) -> None:
    with Window(desktop, brief(LIFTS), QT_SCALE_FACTOR="2") as window:
        window.is_ready()
        with closing(Display(desktop.display)) as display:
            root = display.screen().root
            tops = [each for each in root.query_tree().children if _shown(each)]
            sizes = [each.get_geometry() for each in tops]
        assert sizes
        assert all(size.width <= 1280 and size.height <= 800 for size in sizes)


def test_a_bad_brief_is_one_sentence_and_status_2(desktop: Desktop) -> None:
    with Window(desktop, {"v": 1}) as window:
        assert window.process.wait(15) == 2
        said = window.complains()
        assert said.startswith("break window: the brief is not understood:")
        assert said.count("\n") == 1


def test_it_asks_first_and_plays_when_told(desktop: Desktop, person: Person) -> None:
    with Window(desktop, invitation({**LEFT, "figure": FIGURE})) as window:
        awaits_keys(desktop, window)
        person.press(XK.XK_Return)  # none is the default
        assert window.keeps_silent(0.3)
        person.press(XK.XK_s)
        assert window.says() == {"event": "answer", "prompt": 3, "do": "start"}
        window.tell(
            {"do": "play", "routine": 7, "title": "Hip-flexor stretch", "steps": [{**LEFT, "seconds": 0.5}]}
        )
        window.stops_after(0)


def test_an_invitation_that_is_closed_was_dismissed(desktop: Desktop, person: Person) -> None:
    with Window(desktop, invitation()) as window:
        awaits_keys(desktop, window)
        person.press(XK.XK_Escape)
        assert window.says() == {"event": "answer", "prompt": 3, "do": "dismiss"}
        window.tell({"do": "close"})
        window.ends(routine=None, done=[])


def test_an_invitation_that_is_withdrawn_was_not_answered(desktop: Desktop) -> None:
    with Window(desktop, invitation()) as window:
        window.is_ready()
        window.tell({"do": "close"})
        window.ends(routine=None, done=[])


def test_what_hurts_is_told_and_something_else_is_played(desktop: Desktop, person: Person) -> None:
    with Window(desktop, brief(LEFT, WALK)) as window:
        awaits_keys(desktop, window)
        person.press(XK.XK_h)
        assert window.says() == {"event": "hurts", "routine": 7, "step": 0}
        window.tell({"do": "swap", "steps": [{**WALK, "seconds": 0.5}], "at": 0})
        offered = time.monotonic() + ARMED_S + 0.3
        wait_until(lambda: time.monotonic() > offered, "the offer to be armed")
        person.press(XK.XK_g)
        window.stops_after(0)


def test_it_comes_to_the_front_when_called(desktop: Desktop) -> None:
    with Window(desktop, brief(quietly=True)) as window:
        window.is_ready()
        with Window(desktop, brief(title="Typing")) as other:
            other.is_ready()
            wait_until(lambda: focused(desktop.display) == "Typing", "the focus")
            window.tell({"do": "front"})
            wait_until(lambda: focused(desktop.display) == "Hip-flexor stretch", "the window in front")


def test_firm_it_fills_the_screen_until_it_is_released(desktop: Desktop) -> None:
    def widths() -> set[int]:
        with closing(Display(desktop.display)) as display:
            tops = display.screen().root.query_tree().children
            return {each.get_geometry().width for each in tops if _shown(each)}

    with Window(desktop, brief(firm=True)) as window:
        window.is_ready()
        wait_until(lambda: 1280 in widths(), "the screen to be covered")
        window.tell({"do": "release"})
        wait_until(lambda: 1280 not in widths(), "the screen to be free")
        assert window.process.poll() is None


def test_the_figure_moves_on_the_screen(desktop: Desktop) -> None:
    moving = {**LIFTS, "figure": {**FIGURE, "loop": True}}
    with Window(desktop, brief(moving)) as window:
        window.is_ready()
        before = picture(desktop.display)
        left_half = (200, 200, 560, 600)
        wait_until(lambda: changed(before, picture(desktop.display), left_half), "the figure to move")


def test_it_follows_the_desktop_from_light_to_dark(app: QApplication) -> None:
    before = app.palette()
    window = BreakWindow(msgspec.convert(brief(), Brief), lambda _message: None)
    try:
        app.setPalette(scheme_palette("dark"))
        eventually(lambda: window._look.ground == scheme_palette("dark").window().color(), "the dark")
        assert window._look.accent.name() in window.styleSheet()
    finally:
        app.setPalette(before)


def test_what_it_does_not_know_changes_nothing(app: QApplication) -> None:
    said: list[dict[str, Any]] = []
    window = BreakWindow(msgspec.convert(invitation(), Brief), said.append)
    for message in ({"do": "dance"}, {"do": "swap", "steps": [LEFT], "at": 0}, {}):
        window.told(message)
    assert said == []
    window.leave()
    assert said == [{"event": "ended", "routine": None, "done": []}]


def _shown(window: Any) -> bool:
    return bool(window.get_attributes().map_state == X.IsViewable)
