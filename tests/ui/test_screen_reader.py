from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtDBus import QDBusConnection
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from tests.support.accessibility_service import accessibility_service
from tests.support.private_bus import PrivateBus
from tests.support.waiting import wait_until
from tray_agent.ui.screen_reader import ScreenReader


@pytest.fixture
def bus() -> Iterator[PrivateBus]:
    with PrivateBus() as bus:
        yield bus


def qt_s_connection(bus: PrivateBus) -> QDBusConnection:
    return QDBusConnection.connectToBus(bus.address, bus.address)


def until(app: QApplication, true: Callable[[], bool], what: str) -> None:
    def now() -> bool:
        app.processEvents()
        return true()

    wait_until(now, what)


def test_it_follows_the_desktop(app: QApplication, bus: PrivateBus) -> None:
    with accessibility_service(bus.address) as service:
        reader = ScreenReader(qt_s_connection(bus))
        assert reader.runs is None, "nobody waits for the answer"
        until(app, lambda: reader.runs is False, "the first answer")
        service.reader(runs=True)
        until(app, lambda: reader.runs is True, "the screen reader")
        service.reader(runs=False)
        until(app, lambda: reader.runs is False, "its end")


def test_where_nobody_answers_qt_decides(
    app: QApplication, bus: PrivateBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = ScreenReader(qt_s_connection(bus))
    until(app, lambda: reader.runs is False, "the refusal")
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    assert ScreenReader(QDBusConnection("nowhere")).runs is True
