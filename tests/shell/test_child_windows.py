from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.support.briefs import LEFT, brief
from tests.support.children import children
from tests.support.turning import turn_for, turn_until
from tray_agent.ports import State, Unavailable
from tray_agent.shell import child_windows, words
from tray_agent.shell.child_windows import ChildWindows, window_command
from tray_agent.shell.loop import SelectorLoop

LIMIT_S = child_windows.PAINTS_WITHIN_S

READY = 'import sys; sys.stdin.readline(); print(\'{"event":"ready"}\', flush=True); '
LEAVES = READY + "sys.stdin.read()"
SAYS_ENDED = READY + 'print(\'{"event":"ended","routine":7,"done":[0,1]}\', flush=True)'
STAYS = READY + "import time; time.sleep(60)"
NEVER_PAINTS = "import time; time.sleep(60)"
DIES = READY + "import os; os._exit(3)"
REPEATS = READY + "[print(line, end='', flush=True) for line in sys.stdin]"
TALKS_NONSENSE = READY + "print('hello', flush=True); sys.stdin.read()"
ECHOES = READY.replace("sys.stdin.readline()", "line = sys.stdin.readline()") + "print(line, flush=True)"


@pytest.fixture(autouse=True)
def busy_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not about the limit must not fail by it where a Python takes seconds to begin."""
    monkeypatch.setattr(child_windows, "PAINTS_WITHIN_S", 25.0)


def playing(loop: SelectorLoop, *programs: str) -> ChildWindows:
    """Windows whose first is the first program, the second the second; all others are the last."""
    left = list(programs)
    return ChildWindows(loop, lambda _name: [sys.executable, "-c", left.pop(0) if len(left) > 1 else left[0]])


def test_its_messages_are_heard_and_nothing_after_the_last_word(loop: SelectorLoop) -> None:
    heard: list[dict[str, Any]] = []
    playing(loop, SAYS_ENDED).open("break", {}, heard.append)
    turn_until(loop, lambda: not children() and len(heard) == 2, "the last word")
    turn_for(loop, 0.2)
    assert heard == [{"event": "ready"}, {"event": "ended", "routine": 7, "done": [0, 1]}]


def test_the_brief_arrives_as_one_line_however_long(loop: SelectorLoop) -> None:
    heard: list[dict[str, Any]] = []
    told = brief({**LEFT, "text": ["word " * 30] * 2000})
    playing(loop, ECHOES).open("break", told, heard.append)
    turn_until(loop, lambda: len(heard) == 3, "the echo and the end")
    assert heard[1] == {**told, "appearance": {}}


def test_it_is_told_how_to_look_and_speaks_the_agent_s_language(
    loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "language", lambda: "nl")
    tells = (
        ECHOES.replace("line, flush", "line, end='', flush")
        + "; import os, json; print(json.dumps({'event': os.environ['LANGUAGE']}), flush=True)"
    )
    heard: list[dict[str, Any]] = []
    command = [sys.executable, "-c", tells]
    ChildWindows(loop, lambda _name: command, appearance=lambda: {"scheme": "dark"}).open(
        "text", {"event": "echo"}, heard.append
    )
    turn_until(loop, lambda: len(heard) == 4, "its words and its end")
    assert heard[1:3] == [{"event": "echo", "appearance": {"scheme": "dark"}}, {"event": "nl"}]


def test_one_that_opens_while_the_screen_is_shared_is_told_so(loop: SelectorLoop) -> None:
    shared = [True, False]
    heard: list[dict[str, Any]] = []
    command = [sys.executable, "-c", ECHOES]
    windows = ChildWindows(loop, lambda _name: command, shared=lambda: shared.pop(0))
    windows.open("today", {"event": "echo"}, heard.append)
    turn_until(loop, lambda: len(heard) == 3, "the first one's end")
    windows.open("today", {"event": "echo"}, heard.append)
    turn_until(loop, lambda: len(heard) == 6, "the second one's end")
    assert [each.get("unseen", False) for each in heard[1::3]] == [True, False]


def test_those_that_are_open_when_the_screen_is_shared_are_told_once(loop: SelectorLoop) -> None:
    shared = False
    heard: list[dict[str, Any]] = []
    command = [sys.executable, "-c", REPEATS]
    windows = ChildWindows(loop, lambda _name: command, shared=lambda: shared)
    windows.open("today", {}, heard.append)
    windows.keep_unseen()
    shared = True
    for _change in range(2):
        windows.keep_unseen()
    windows.tell("today", {"event": "told"})
    turn_until(loop, lambda: len(heard) == 3, "the echo")
    assert heard[1:] == [{"do": "unseen"}, {"event": "told"}]
    windows.close("today")
    turn_until(loop, lambda: not children(), "the process to be reaped")


TELLS_TOKEN = READY + (
    "import json, os; names = ('XDG_ACTIVATION_TOKEN', 'DESKTOP_STARTUP_ID'); "
    "print(json.dumps({'event': 'has', 'has': [os.environ.get(name) for name in names]}), flush=True); "
    "[print(line, end='', flush=True) for line in sys.stdin]"
)


def test_only_a_window_that_was_asked_for_may_take_the_focus(
    loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "the agent's own, long used")
    monkeypatch.setenv("DESKTOP_STARTUP_ID", "the same for X")
    tokens = ["for-settings"]
    heard: list[dict[str, Any]] = []
    command = [sys.executable, "-c", TELLS_TOKEN]
    windows = ChildWindows(loop, lambda _name: command, take_token=lambda: tokens.pop() if tokens else None)
    windows.open("break", {"quietly": True}, heard.append)
    turn_until(loop, lambda: len(heard) == 2, "the quiet window")
    windows.open("settings", {}, heard.append)
    turn_until(loop, lambda: len(heard) == 4, "the one asked for")
    windows.open("today", {}, heard.append)
    turn_until(loop, lambda: len(heard) == 6, "the next one")
    assert [each["has"] for each in heard if each["event"] == "has"] == [
        [None, None],
        ["for-settings", None],
        [None, None],
    ]
    for name in ("break", "settings", "today"):
        windows.close(name)
    turn_until(loop, lambda: not children(), "the processes to be reaped")


def test_one_called_to_the_front_may_take_the_focus_and_other_words_leave_the_token_alone(
    loop: SelectorLoop,
) -> None:
    tokens = ["for-today"]
    heard: list[dict[str, Any]] = []
    command = [sys.executable, "-c", REPEATS]
    windows = ChildWindows(loop, lambda _name: command, take_token=lambda: tokens.pop() if tokens else None)
    windows.open("break", {"quietly": True}, heard.append)
    for do in ("release", "front", "front"):
        windows.tell("break", {"event": "told", "do": do})
    turn_until(loop, lambda: len(heard) == 4, "the echo")
    assert [each.get("activation") for each in heard[1:]] == [None, "for-today", None]
    windows.close("break")
    turn_until(loop, lambda: not children(), "the process to be reaped")


def test_it_hears_what_it_is_told_later_in_order(loop: SelectorLoop) -> None:
    heard: list[dict[str, Any]] = []
    windows = playing(loop, REPEATS)
    windows.open("home", {}, heard.append)
    for number in range(3):
        windows.tell("home", {"event": "told", "n": number})
    turn_until(loop, lambda: len(heard) == 4, "the echo")
    assert [message.get("n") for message in heard[1:]] == [0, 1, 2]
    windows.close("home")
    turn_until(loop, lambda: not children(), "the process to be reaped")


def test_telling_one_that_does_not_listen_holds_nobody_up(
    loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child_windows, "LEAVES_WITHIN_S", 0.2)
    heard: list[dict[str, Any]] = []
    windows = playing(loop, STAYS)
    windows.open("home", {}, heard.append)
    turn_until(loop, lambda: heard, "the first paint")
    began = time.monotonic()
    for _time in range(30):
        windows.tell("home", {"words": "word " * 10_000})
    assert time.monotonic() - began < 1.0
    windows.close("home")
    turn_until(loop, lambda: not children(), "the process to be reaped")
    turn_until(loop, lambda: not any("window" in t.name for t in threading.enumerate()), "its threads to end")


def test_telling_what_is_not_open_is_harmless(loop: SelectorLoop) -> None:
    playing(loop, LEAVES).tell("home", {})


def test_close_makes_it_leave_without_a_word(loop: SelectorLoop) -> None:
    heard: list[dict[str, Any]] = []
    windows = playing(loop, LEAVES)
    windows.open("break", {}, heard.append)
    turn_until(loop, lambda: heard, "the first paint")
    windows.close("break")
    turn_until(loop, lambda: not children(), "the process to be reaped")
    turn_for(loop, 0.2)
    assert heard == [{"event": "ready"}]


def test_one_that_will_not_leave_is_killed(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_windows, "LEAVES_WITHIN_S", 0.3)
    heard: list[dict[str, Any]] = []
    windows = playing(loop, STAYS)
    windows.open("break", {}, heard.append)
    turn_until(loop, lambda: heard, "the first paint")
    windows.close("break")
    turn_until(loop, lambda: not children(), "the process to be reaped")


def test_one_that_does_not_paint_is_killed_and_gone(
    loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child_windows, "PAINTS_WITHIN_S", 0.4)
    heard: list[dict[str, Any]] = []
    windows = playing(loop, NEVER_PAINTS)
    windows.open("break", {}, heard.append)
    turn_until(loop, lambda: heard, "the end")
    assert heard == [{"event": "gone", "reason": "did not paint"}]
    assert not children()
    assert (windows.health().state, windows.health().reason) == (State.DEGRADED, "did not paint")


def test_one_that_was_killed_is_gone(loop: SelectorLoop) -> None:
    heard: list[dict[str, Any]] = []
    playing(loop, STAYS).open("break", {}, heard.append)
    turn_until(loop, lambda: heard, "the first paint")
    os.kill(children()[0], 9)
    turn_until(loop, lambda: len(heard) == 2, "the end")
    killed = "killed by SIGKILL" if os.name == "posix" else "ended with status 9 and without a word"
    assert heard[1] == {"event": "gone", "reason": killed}
    assert not children()


def test_one_that_fell_over_is_gone(loop: SelectorLoop) -> None:
    heard: list[dict[str, Any]] = []
    playing(loop, DIES).open("break", {}, heard.append)
    turn_until(loop, lambda: len(heard) == 2, "the end")
    assert heard[1] == {"event": "gone", "reason": "ended with status 3 and without a word"}


def test_one_that_talks_nonsense_is_killed_and_gone(loop: SelectorLoop) -> None:
    heard: list[dict[str, Any]] = []
    playing(loop, TALKS_NONSENSE).open("break", {}, heard.append)
    turn_until(loop, lambda: len(heard) == 2, "the end")
    assert heard[1] == {"event": "gone", "reason": "does not speak JSON lines"}


def test_one_that_died_before_its_brief_is_gone(loop: SelectorLoop) -> None:
    heard: list[dict[str, Any]] = []
    told = brief({**LEFT, "text": ["word " * 30] * 2000})
    playing(loop, "import os; os._exit(4)").open("break", told, heard.append)
    turn_until(loop, lambda: heard, "the end")
    assert heard == [{"event": "gone", "reason": "ended with status 4 and without a word"}]


def test_opening_again_replaces_and_the_old_one_is_not_missed(loop: SelectorLoop) -> None:
    first: list[dict[str, Any]] = []
    second: list[dict[str, Any]] = []
    windows = playing(loop, LEAVES, LEAVES)
    windows.open("break", {}, first.append)
    turn_until(loop, lambda: first, "the first window")
    windows.open("break", {}, second.append)
    turn_until(loop, lambda: second and len(children()) == 1, "the second window, alone")
    assert (first, second) == ([{"event": "ready"}], [{"event": "ready"}])
    windows.close("break")
    turn_until(loop, lambda: not children(), "nobody left")


def test_one_replaced_before_it_painted_is_killed_at_once(loop: SelectorLoop) -> None:
    first: list[dict[str, Any]] = []
    windows = playing(loop, NEVER_PAINTS, LEAVES)
    windows.open("break", {}, first.append)
    windows.open("break", {}, lambda _message: None)
    turn_until(loop, lambda: len(children()) == 1, "the first to be reaped")
    windows.close("break")
    turn_until(loop, lambda: not children(), "nobody left")
    assert first == []


def test_a_success_ends_the_trouble(loop: SelectorLoop) -> None:
    heard: list[dict[str, Any]] = []
    windows = playing(loop, DIES, SAYS_ENDED)
    windows.open("break", {}, heard.append)
    turn_until(loop, lambda: len(heard) == 2, "the fall")
    windows.open("break", {}, heard.append)
    turn_until(loop, lambda: windows.health().state is State.OK, "the success to count")
    assert len(heard) == 4


def test_a_program_that_cannot_start_is_gone(loop: SelectorLoop) -> None:
    heard: list[dict[str, Any]] = []
    windows = ChildWindows(loop, lambda _name: ["/nowhere/at/all"])
    windows.open("break", {}, heard.append)
    turn_until(loop, lambda: heard, "the end")
    assert heard[0]["event"] == "gone"
    assert heard[0]["reason"]
    assert windows.health().reason == heard[0]["reason"]


def test_without_pyside_windows_are_absent_and_gone_at_once(
    loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    heard: list[dict[str, Any]] = []
    windows = ChildWindows(loop)
    windows.open("break", brief(), heard.append)
    turn_until(loop, lambda: heard, "the end")
    reason = "PySide6 is not installed; the [gui] extra brings it"
    assert heard == [{"event": "gone", "reason": reason}]
    assert (windows.health().state, windows.health().reason) == (State.ABSENT, reason)


def test_the_frozen_program_carries_its_windows_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", f"{tmp_path}/tray-agent.exe")
    with pytest.raises(Unavailable, match="this installation has no windows"):
        window_command("break")
    windows = tmp_path / "tray-agent-windows.exe"
    windows.touch()
    assert window_command("break") == [f"{windows}", "break"]


def test_the_real_window_paints_in_time(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    heard: list[dict[str, Any]] = []
    windows = ChildWindows(loop)
    began = time.monotonic()
    windows.open("break", brief({**LEFT, "seconds": 1.0}), heard.append)
    turn_until(loop, lambda: len(heard) == 2, "the routine's end", timeout_s=15)
    assert heard == [{"event": "ready"}, {"event": "ended", "routine": 7, "done": [0]}]
    assert time.monotonic() - began < LIMIT_S + 1.5
    turn_until(loop, lambda: not children(), "the process to be reaped")
