"""Every window on a small screen, in a language half as long again as English, and from right to left.

Each is made in the process itself, on an offscreen screen of 683 x 384 logical pixels (1366 x 768 at
200 %), and looked at widget by widget: a button may not be cut off by what it lies in, words may not
be cut off by their own widget, and what does not fit must be where a person can scroll to.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget

from tests.support.desktop import ROOT
from tests.support.fitting import cut_off
from tests.support.window_briefs import ASK, BRIEFS, LEFT
from tray_agent.ui.__main__ import WINDOWS

SCREEN = {"screens": [{"name": "small", "x": 0, "y": 0, "width": 683, "height": 384}]}

CASES: dict[str, tuple[str, dict[str, Any]]] = {
    **{name: (name, brief) for name, brief in BRIEFS.items() if name != "menu"},
    "invitation": ("break", {"v": 1, "title": "Time to move", "ask": ASK, "steps": [LEFT]}),
}
"""Window and brief; a menu is Qt's own business."""


@pytest.mark.parametrize("case", sorted(CASES))
def test_no_window_cuts_its_words_off(case: str, tmp_path: Path) -> None:
    name, brief = CASES[case]
    screens = tmp_path / "screens.json"
    screens.write_text(json.dumps(SCREEN))
    platform = {"QT_QPA_PLATFORM": f"offscreen:configfile={screens}", "PYTHONPATH": f"{ROOT}"}
    run = subprocess.run(
        [sys.executable, "-m", "tests.support.fitting", name],
        input=json.dumps(brief).encode(),
        env={**os.environ, **platform},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    faults = json.loads(run.stdout)
    assert not faults, "\n".join(faults)


def test_every_window_is_fitted() -> None:
    assert {name for name, _brief in CASES.values()} | {"menu"} == set(WINDOWS)


@pytest.fixture
def window(app: QApplication) -> QWidget:
    made = QWidget()
    made.resize(200, 100)
    made.show()
    return made


def placed(widget: QWidget, *place: int) -> None:
    widget.setGeometry(*place)
    widget.show()


def test_words_that_are_cut_off_are_found(window: QWidget) -> None:
    placed(QPushButton("A long way to say no", window), 0, 0, 60, 30)
    placed(QLabel("Nobody reads the end of this", window), 0, 40, 60, 20)
    placed(QPushButton("Ok", window), 150, 80, 100, 40)
    found = list(cut_off(window))
    assert ["lacks" in fault for fault in found] == [True, True, False]
    assert found[2] == "QPushButton 'Ok' lies (50, 20) outside"


def test_words_one_can_scroll_to_are_not_cut_off(window: QWidget) -> None:
    area, content = QScrollArea(window), QWidget()
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    content.resize(150, 400)
    area.setWidget(content)
    placed(area, 0, 0, 200, 100)
    placed(QPushButton("Far down", content), 0, 350, 100, 40)
    assert list(cut_off(window)) == []
    placed(QPushButton("Wide", content), 0, 0, 300, 40)
    content.resize(300, 400)
    (fault,) = cut_off(window)
    assert fault.startswith("QPushButton 'Wide' lies")
