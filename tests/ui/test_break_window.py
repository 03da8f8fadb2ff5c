"""The real window in its own process, on a real X server with a window manager, keyboard in hand."""

from __future__ import annotations

import signal
import time
from contextlib import closing
from typing import Any

from Xlib import XK, X
from Xlib.display import Display

from tests.support.briefs import LEFT, LIFTS, RIGHT, brief
from tests.support.desktop import Desktop
from tests.support.person import Person
from tests.support.waiting import wait_until
from tests.support.window_process import WindowProcess, focused

ARMED_S = 0.7


class Window(WindowProcess):
    """A break window's process."""

    def __init__(self, desktop: Desktop, told: dict[str, Any], **env: str) -> None:
        super().__init__(desktop, "break", told, **env)

    def stops_after(self, steps_done: int, timeout_s: float = 15.0) -> None:
        self.ends(timeout_s, routine=7, steps_done=steps_done)


def awaits_keys(desktop: Desktop, window: Window) -> None:
    """The window has painted, has the focus, and its keys are armed."""
    painted = window.is_ready()
    wait_until(lambda: focused(desktop.display) == "Hip-flexor stretch", "the focus")
    wait_until(lambda: time.monotonic() - painted > ARMED_S + 0.2, "the keys to be armed")


def test_plays_to_the_end_by_itself_at_the_agents_speed(desktop: Desktop) -> None:
    with Window(desktop, brief(LEFT, RIGHT, speed=60.0)) as window:
        began = window.is_ready()
        assert window.says() == {"event": "ended", "routine": 7, "steps_done": 2}
        assert 0.8 <= time.monotonic() - began <= 4.0  # 60 agent seconds at 60 to a real one
        assert window.process.wait(10) == 0


def test_enter_ends_each_step_and_with_the_last_one_the_routine(desktop: Desktop, person: Person) -> None:
    with Window(desktop, brief(LEFT, RIGHT)) as window:
        awaits_keys(desktop, window)
        person.press(XK.XK_Return)
        time_for_new_step = time.monotonic() + ARMED_S + 0.3
        wait_until(lambda: time.monotonic() > time_for_new_step, "Done to be armed again")
        person.press(XK.XK_Return)
        window.stops_after(steps_done=2)


def test_two_quick_presses_end_one_step_only(desktop: Desktop, person: Person) -> None:
    with Window(desktop, brief(LEFT, RIGHT)) as window:
        awaits_keys(desktop, window)
        person.press(XK.XK_Return)
        person.press(XK.XK_Return)
        person.press(XK.XK_Escape)
        window.stops_after(steps_done=1)


def test_escape_stops_without_asking(desktop: Desktop, person: Person) -> None:
    with Window(desktop, brief(LIFTS)) as window:
        awaits_keys(desktop, window)
        person.press(XK.XK_Escape)
        window.stops_after(steps_done=0)


def test_space_pauses_and_goes_on(desktop: Desktop, person: Person) -> None:
    with Window(desktop, brief({**LEFT, "seconds": 2.5})) as window:
        awaits_keys(desktop, window)
        person.press(XK.XK_space)
        assert window.keeps_silent(2.2)
        person.press(XK.XK_space)
        window.stops_after(steps_done=1)


def test_tab_reaches_every_button(desktop: Desktop, person: Person) -> None:
    with Window(desktop, brief(LEFT, RIGHT)) as window:
        awaits_keys(desktop, window)
        for _done_pause_stop in range(3):
            person.press(XK.XK_Tab)
        person.press(XK.XK_Return)  # on Stop it stops; it must not mean Done there
        window.stops_after(steps_done=0)


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
        window.stops_after(steps_done=0)


def test_it_leaves_when_the_agent_has_gone(desktop: Desktop) -> None:
    with Window(desktop, brief(LEFT)) as window:
        window.is_ready()
        window.hang_up()
        window.stops_after(steps_done=0)


def test_ctrl_c_in_the_terminal_is_the_agents_affair(desktop: Desktop) -> None:
    with Window(desktop, brief({**LEFT, "seconds": 1.5})) as window:
        window.is_ready()
        window.process.send_signal(signal.SIGINT)
        window.stops_after(steps_done=1)


def test_the_window_managers_cross_stops(desktop: Desktop) -> None:
    with Window(desktop, brief(LEFT)) as window:
        window.is_ready()
        wait_until(lambda: focused(desktop.display) == "Hip-flexor stretch", "the focus")
        with Person(desktop.display) as person:
            person.hold(XK.XK_Alt_L)
            person.press(XK.XK_F4)
            person.release(XK.XK_Alt_L)
        window.stops_after(steps_done=0)


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


def _shown(window: Any) -> bool:
    return bool(window.get_attributes().map_state == X.IsViewable)
