"""Which windows are kept out of pictures; what the systems do about it is beside this file."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QVBoxLayout, QWidget

from tray_agent.ui import unseen, win32_window


@pytest.fixture
def hidden(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> list[QWidget]:
    windows: list[QWidget] = []
    monkeypatch.setattr(unseen, "SYSTEMS", (sys.platform,))
    monkeypatch.setattr(unseen, "hide", windows.append)
    return windows


def test_each_window_is_hidden_as_it_appears_and_what_is_in_it_needs_nothing(
    app: QApplication, hidden: list[QWidget]
) -> None:
    keeping = unseen.Unseen(app)
    window = QWidget()
    QVBoxLayout(window).addWidget(QLabel("sitting"))
    dialog = QDialog(window)
    hidden.clear()  # other tests may have left some behind
    window.show()
    assert hidden == [window]
    dialog.show()
    assert hidden == [window, dialog]
    dialog.close()
    window.close()
    app.removeEventFilter(keeping)


def test_those_that_are_there_already_are_hidden_too(app: QApplication, hidden: list[QWidget]) -> None:
    there, closed = QWidget(), QWidget()
    there.show()
    keeping = unseen.Unseen(app)
    assert there in hidden
    assert closed not in hidden
    there.close()
    app.removeEventFilter(keeping)


def test_where_no_system_takes_part_nothing_is_watched(
    app: QApplication, hidden: list[QWidget], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unseen, "SYSTEMS", ())
    unseen.Unseen(app)
    window = QWidget()
    window.show()
    assert hidden == []
    window.close()


def test_linux_has_no_word_for_it(app: QApplication) -> None:
    assert not unseen.hide(QWidget())


def test_windows_is_asked_with_the_window_s_own_handle(
    app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = QWidget()
    ours = int(window.winId())
    monkeypatch.setattr(unseen, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(win32_window, "hide_from_pictures", lambda handle: handle == ours)
    assert unseen.hide(window)
