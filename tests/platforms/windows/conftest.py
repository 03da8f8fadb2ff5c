"""A hidden window of one's own, and a store of consents."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.support.win32_consents import Consents
from tray_agent.platforms.windows.message_window import MessageWindow
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"


@pytest.fixture
def window(loop: SelectorLoop) -> Iterator[MessageWindow]:
    window = MessageWindow(loop)
    yield window
    window.close()


@pytest.fixture
def consents() -> Iterator[Consents]:
    with Consents() as consents:
        yield consents
