"""Our windows on a Windows Python under Wine, with a Qt that starts there: `pytest tests/wine/qt_windows.py`.

Newer ones do not, so this one lies apart in build/wine/qt, and `tests.wine.older_qt` plays the few names it
lacks.  The tests run on Linux: only there is the screen that Wine draws on, and a person at its keyboard.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from typing import IO, Any, Self, cast

import pytest
from Xlib import XK

from tests.support.person import Person
from tests.support.places import ROOT
from tests.support.screen import Box, changed, picture
from tests.support.waiting import wait_until
from tests.support.window_briefs import BRIEFS
from tests.wine import __main__ as wine
from tray_agent.ui.__main__ import WINDOWS

LOCK = ROOT / "requirements" / "windows_qt.txt"
QT = wine.HOME / "qt"
SHOTS = ROOT / "build" / "shots" / "wine"
PAINTS_WITHIN_S = 60.0
"""Wine on a busy machine; the agent's own patience is another matter."""
ASLEEP_S = 1.1
SETTLED_S = 0.3
COMPARE_WITH_WINDOWS = ("tests/shell/test_safety_dialogue.py", "tests/shell/test_welcome.py")
"""Tests that read our windows' own briefs, and so need Qt and no screen."""
ABOVE_THE_TASKBAR, INSIDE_THE_DESKTOP = (0, 0, 1280, 785), (0, 120, 1280, 740)


def set_up_qt() -> None:
    """Qt and its binding for the interpreter under Wine; anew when they are to be others."""
    stamp = wine.HOME / "qt.stamp"
    wanted = wine.digest(LOCK.read_bytes())
    if stamp.exists() and stamp.read_text() == wanted:
        return
    stamp.unlink(missing_ok=True)
    shutil.rmtree(QT, ignore_errors=True)
    wine.pip([*wine.EXACTLY, *wine.FOR_WINDOWS, "--target", f"{QT}", "--requirement", f"{LOCK}"])
    stamp.write_text(wanted)


class WineWindow:
    """One of our windows in a process of Windows; use as a context manager."""

    def __init__(self, environment: Mapping[str, str], name: str, **more: Any) -> None:
        self._display = environment["DISPLAY"]
        self._before = picture(self._display)
        self.process = subprocess.Popen(
            ["wine", f"{wine.PYTHON}", "-m", "tests.wine.older_qt", name],
            cwd=ROOT,
            env={**environment, "PYTHONPATH": f"Z:{QT}"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        told = {**BRIEFS[name], **more}
        if told.get("picture"):
            told["picture"] = f"Z:{told['picture']}"
        self.tell(told)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *why: object) -> None:
        if self.process.poll() is None:
            cast("IO[bytes]", self.process.stdin).close()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            cast("IO[bytes]", pipe).close()

    def tell(self, message: dict[str, Any]) -> None:
        pipe = cast("IO[bytes]", self.process.stdin)
        pipe.write(json.dumps(message).encode() + b"\n")
        pipe.flush()

    def says(self, timeout_s: float = 15.0) -> dict[str, Any]:
        pipe = cast("IO[bytes]", self.process.stdout)
        assert select.select([pipe], [], [], timeout_s)[0], f"not a word for {timeout_s} s"
        message: dict[str, Any] = json.loads(pipe.readline() or self.complains())
        return message

    def complains(self) -> bytes:
        """What it printed on standard error."""
        return os.read(cast("IO[bytes]", self.process.stderr).fileno(), 65536)

    def keeps_silent(self, seconds: float) -> bool:
        return not select.select([cast("IO[bytes]", self.process.stdout)], [], [], seconds)[0]

    def is_seen(self, within: Box = ABOVE_THE_TASKBAR) -> Box:
        """Wait for the first paint; where in that part of the screen it is, once it changes no more."""
        assert self.says(PAINTS_WITHIN_S) == {"event": "ready"}
        seen: list[Box | None] = [None]

        def settled() -> Box | None:
            seen.append(changed(self._before, picture(self._display), within))
            time.sleep(SETTLED_S)
            return seen[-1] if seen[-1] == seen[-2] else None

        box = wait_until(settled, "the window")
        assert box is not None
        return box

    def ends(self) -> None:
        assert self.says()["event"] == "ended"
        assert self.process.wait(15) == 0


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    """Wine's desktop."""
    wine.set_up()
    set_up_qt()
    SHOTS.mkdir(parents=True, exist_ok=True)
    with wine.surroundings() as environment:
        nothing = picture(environment["DISPLAY"])
        wine.quietly(["wine", "cmd", "/c", "ver"], environment)
        wait_until(lambda: changed(nothing, picture(environment["DISPLAY"])), "Wine's desktop", 30)
        time.sleep(SETTLED_S)
        yield environment


@pytest.fixture
def person(environment: dict[str, str]) -> Iterator[Person]:
    with Person(environment["DISPLAY"]) as somebody:
        yield somebody


@pytest.mark.parametrize("name", WINDOWS)
def test_each_window_paints_and_leaves_when_told(environment: dict[str, str], name: str) -> None:
    with WineWindow(environment, name) as window:
        left, top, right, bottom = window.is_seen()
        picture(environment["DISPLAY"]).save(SHOTS / f"{name}.png")
        assert right - left > 80
        assert bottom - top > 60
        window.tell({"do": "close"})
        window.ends()


def test_a_note_leaves_the_keys_where_they_are(environment: dict[str, str], person: Person) -> None:
    with WineWindow(environment, "text") as letter:
        letter.is_seen()
        with WineWindow(environment, "banner") as note:
            note.is_seen()
            time.sleep(ASLEEP_S)
            person.press(XK.XK_Escape)
            letter.ends()
            assert note.keeps_silent(SETTLED_S)


def test_a_button_of_a_note_answers(environment: dict[str, str], person: Person) -> None:
    with WineWindow(environment, "banner") as note:
        left, _top, _right, bottom = note.is_seen()
        time.sleep(ASLEEP_S)
        person.click(left + 70, bottom - 34)
        assert note.says() == {"event": "answer", "note": 1, "key": "start"}


@pytest.mark.parametrize(("dots", "width"), [(96, 400), (144, 600), (192, 800)])
def test_windows_are_as_large_as_the_screen_s_dots_want_them(
    environment: dict[str, str], dots: int, width: int
) -> None:
    try:
        set_dots(environment, dots)
        with WineWindow(environment, "banner") as note:
            left, _top, right, _bottom = note.is_seen(INSIDE_THE_DESKTOP)
            picture(environment["DISPLAY"]).save(SHOTS / f"banner-{dots}.png")
            assert right - left == width
    finally:
        set_dots(environment, 96)


def set_dots(environment: Mapping[str, str], dots: int) -> None:
    """So many to the inch, for programs that start from now on."""
    value = ["/v", "LogPixels", "/t", "REG_DWORD", "/d", f"{dots}", "/f"]
    wine.quietly(["wine", "reg", "add", r"HKCU\Control Panel\Desktop", *value], environment)


def test_one_that_nobody_else_shall_see_is_shown_all_the_same(environment: dict[str, str]) -> None:
    with WineWindow(environment, "today", unseen=True) as window:
        window.is_seen()
        window.tell({"do": "close"})
        window.ends()


def test_what_the_agent_tells_windows_is_what_they_understand(environment: dict[str, str]) -> None:
    command = ["wine", f"{wine.PYTHON}", "-m", "pytest", "-q", "--noconftest", "-p", "tests.wine.older_qt"]
    command += ["-o", f"cache_dir={wine.HOME / 'qt_pytest_cache'}", *COMPARE_WITH_WINDOWS]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**environment, "PYTHONPATH": f"Z:{QT}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode()
