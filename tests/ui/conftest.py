from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.support.desktop import Desktop
from tests.support.person import Person


@pytest.fixture(scope="session")
def app() -> QApplication:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QT_QPA_PLATFORM", "offscreen")
        running = QApplication.instance() or QApplication([])
    assert isinstance(running, QApplication)
    return running


@pytest.fixture(scope="module")
def desktop() -> Iterator[Desktop]:
    """An X server with a window manager, for a file's windows."""
    with Desktop(without={"panel", "dunst"}) as made:
        yield made


@pytest.fixture
def person(desktop: Desktop) -> Iterator[Person]:
    with Person(desktop.display) as somebody:
        yield somebody
