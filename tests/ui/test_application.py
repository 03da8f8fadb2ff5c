from __future__ import annotations

import os
import struct
import subprocess
import sys
from types import SimpleNamespace
from typing import Literal

import pytest
from PIL import Image
from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtWidgets import QApplication, QStyle, QWidget

from tests.support import screen
from tests.support.desktop import Desktop
from tests.support.waiting import wait_until
from tests.support.window_process import WindowProcess
from tests.support.x_windows import icons, place_of, titles
from tray_agent.shell import resources
from tray_agent.ui import application, desktop_motion, win32_window
from tray_agent.ui.look import Look, scheme_palette

OPAQUE = 255

START = """
from tray_agent.ui import application, desktop_motion
from tray_agent.ui.incoming import Appearance
app = application.start({title!r}, Appearance(scheme={scheme!r}))
print(app.layoutDirection().name, app.palette().window().color().lightness(), app.desktopFileName())
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stand up", Qt.LayoutDirection.LeftToRight),
        ("1. עמידה", Qt.LayoutDirection.RightToLeft),
        ("استراحة", Qt.LayoutDirection.RightToLeft),
        ("3:00", Qt.LayoutDirection.LeftToRight),
    ],
)
def test_the_first_strong_letter_decides(text: str, expected: Qt.LayoutDirection) -> None:
    assert application.direction(text) is expected


def started(title: str, scheme: str) -> list[str]:
    code = START.format(title=title, scheme=scheme)
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    run = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    return run.stdout.split()


def test_starts_in_the_direction_and_scheme_wished_for() -> None:
    direction, lightness, desktop_file = started("استراحة", "dark")
    assert (direction, desktop_file) == ("RightToLeft", "org.trayagent.TrayAgent")
    assert int(lightness) < 60
    assert int(started("Stand up", "light")[1]) > 200


@pytest.mark.usefixtures("app")
def test_a_quiet_window_stays_on_top_and_takes_no_focus() -> None:
    window = QWidget()
    application.show(window, quietly=True)
    assert window.isVisible()
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    window.close()


class Calm:
    """The style of a desktop whose animations are switched off."""

    def styleHint(self, hint: QStyle.StyleHint) -> int:  # noqa: N802 - Qt's name
        assert hint is QStyle.StyleHint.SH_Widget_Animate
        return 0


@pytest.mark.usefixtures("app")
def test_motion_is_wanted_unless_the_desktop_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desktop_motion, "still", lambda: False)
    assert not application.motion_unwanted()
    with monkeypatch.context() as desktop:
        # Not installed: that would restyle every window other tests have left behind.
        desktop.setattr(QApplication, "style", Calm)
        assert application.motion_unwanted()
    assert not application.motion_unwanted()
    monkeypatch.setattr(desktop_motion, "still", lambda: True)
    assert application.motion_unwanted()


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("unwanted", [True, False])
def test_windows_is_asked_for_the_switch_that_qt_does_not_know(
    monkeypatch: pytest.MonkeyPatch, unwanted: bool
) -> None:
    monkeypatch.setattr(application, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(win32_window, "motion_unwanted", lambda: unwanted)
    assert application.motion_unwanted() is unwanted


ON_A_MAC = """
import os, sys
from types import SimpleNamespace
from unittest.mock import MagicMock
appkit = sys.modules["AppKit"] = MagicMock(NSApplicationActivationPolicyAccessory=1)
sys.modules["objc"] = MagicMock()
from tray_agent.ui import application
from tray_agent.ui.incoming import Appearance
application.sys = SimpleNamespace(platform="darwin")
app = application.start("Stand up", Appearance())
policy = appkit.NSApplication.sharedApplication().setActivationPolicy_
print(os.environ["QT_MAC_DISABLE_FOREGROUND_APPLICATION_TRANSFORM"], *policy.call_args.args)
"""


def test_on_macos_it_has_no_icon_in_the_dock_and_does_not_take_the_keys_as_it_starts() -> None:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    run = subprocess.run(
        [sys.executable, "-c", ON_A_MAC], env=env, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["1", "1"]


def test_the_running_application_is_the_one(app: QApplication) -> None:
    assert application.running() is app


SIZES = """
import sys
from PySide6.QtWidgets import QWidget
from tray_agent.ui import application, desktop_motion
from tray_agent.ui.incoming import Appearance
app = application.start("Scaled", Appearance(scale={scale}))
window = QWidget()
window.setFixedSize(200, 100)
window.setWindowTitle("Scaled")
window.show()
app.exec()
"""


@pytest.mark.parametrize(("scale", "size"), [(100, (200, 100)), (150, (300, 150)), (200, (400, 200))])
def test_the_scale_wished_for_makes_windows_larger(
    desktop: Desktop, scale: int, size: tuple[int, int]
) -> None:
    process = subprocess.Popen([sys.executable, "-c", SIZES.format(scale=scale)], env=desktop.env)
    try:
        left, top, right, bottom = wait_until(
            lambda: place_of(desktop.display, "tray-agent"), "the window on the screen"
        ) or (0, 0, 0, 0)
        assert (right - left, bottom - top) == size
    finally:
        process.kill()
        process.wait(10)


@pytest.mark.parametrize("scheme", ["light", "dark", "high_contrast"])
def test_the_scheme_wished_for_is_what_is_on_the_screen(
    desktop: Desktop, scheme: Literal["light", "dark", "high_contrast"]
) -> None:
    told = {"v": 1, "headline": "Sitting", "lines": ["All is well."], "items": []}
    with WindowProcess(desktop, "home", {**told, "appearance": {"scheme": scheme}}) as window:
        window.is_ready()
        box = wait_until(lambda: place_of(desktop.display, "tray-agent"), "the window on the screen")
        ground = Look.of(scheme_palette(scheme)).ground

        def mostly() -> tuple[int, int, int]:
            seen = screen.colours(screen.picture(desktop.display), box)
            return max(seen, key=lambda colour: seen[colour])

        wait_until(
            lambda: mostly() == (ground.red(), ground.green(), ground.blue()),
            f"the window to be {ground.name()}",
        )


def test_task_bars_and_switchers_show_the_icon_they_are_given(desktop: Desktop) -> None:
    files = {size: resources.icon(f"png/tray-agent-{size}.png") for size in (16, 48)}
    appearance = {"icons": [f"{file}" for file in files.values()]}
    told = {"v": 1, "headline": "Sitting", "lines": ["All is well."], "items": [], "appearance": appearance}
    with WindowProcess(desktop, "home", told) as window:
        window.is_ready()
        wait_until(lambda: "Tray Agent" in titles(desktop.display), "the window to be managed")
        shown = icons(desktop.display, "Tray Agent")
    assert shown.keys() == files.keys()
    for size, file in files.items():
        with Image.open(file) as drawn:
            # The server's numbers are in the machine's order: blue comes first.
            expected = [
                pixel for (pixel,) in struct.iter_unpack("<I", drawn.convert("RGBA").tobytes("raw", "BGRA"))
            ]
        opaque = [n for n, pixel in enumerate(expected) if pixel >> 24 == OPAQUE]
        assert len(opaque) > size
        assert [shown[size][n] for n in opaque] == [expected[n] for n in opaque]


def test_the_binding_gives_back_every_none_it_borrows() -> None:
    # PySide6 6.12.0 on Python 3.11 keeps none of the references it returns: a window then dies after
    # some thousand calls, which is a minute of drawing.
    timer = QElapsedTimer()
    timer.start()
    before = sys.getrefcount(None)
    for _call in range(1000):
        timer.invalidate()
    assert abs(sys.getrefcount(None) - before) < 100


@pytest.mark.parametrize(("spoken", "cancel"), [("de", "Abbrechen"), ("en", "Cancel"), ("tlh", "Cancel")])
def test_qt_s_own_buttons_speak_the_language_of_our_sentences(spoken: str, cancel: str) -> None:
    code = """
from PySide6.QtWidgets import QDialogButtonBox
from tray_agent.ui import application
from tray_agent.ui.incoming import Appearance
app = application.start("", Appearance())
box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
print(box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", ""))
"""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LANGUAGE": spoken}
    run = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == cancel


@pytest.mark.parametrize(
    ("spoken", "system", "locale", "month"),
    [
        ("de", "C.UTF-8", "de_DE", "November"),
        ("de", "de_AT.UTF-8", "de_AT", "November"),
        ("fr", "en_GB.UTF-8", "fr_FR", "novembre"),
        ("ar", "C", "ar_EG", "نوفمبر"),
        ("en", "C", "C", "November"),
        ("en", "en_IE.UTF-8", "en_IE", "November"),
    ],
)
def test_dates_are_in_the_language_of_our_sentences(
    spoken: str, system: str, locale: str, month: str
) -> None:
    code = """
from PySide6.QtCore import QDate, QLocale
from tray_agent.ui import application
from tray_agent.ui.incoming import Appearance
application.start("", Appearance())
print(QLocale().name(), QLocale().toString(QDate(2026, 11, 22), "MMMM"))
"""
    env = {"QT_QPA_PLATFORM": "offscreen", "LANGUAGE": spoken, "LC_ALL": system}
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **env, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert run.stdout.split() == [locale, month]
