import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtWidgets import QWidget

from tray_agent.ui import application

START = """
from tray_agent.ui import application
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


@pytest.mark.usefixtures("app")
def test_motion_is_wanted_unless_the_desktop_says_otherwise() -> None:
    assert not application.motion_unwanted()


def test_the_binding_gives_back_every_none_it_borrows() -> None:
    # PySide6 6.12.0 on Python 3.11 keeps none of the references it returns: a window then dies after
    # some thousand calls, which is a minute of drawing.
    timer = QElapsedTimer()
    timer.start()
    before = sys.getrefcount(None)
    for _call in range(1000):
        timer.invalidate()
    assert abs(sys.getrefcount(None) - before) < 100
