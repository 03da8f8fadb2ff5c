"""A loop, a bus and an X server of one's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.private_bus import PrivateBus
from tests.support.xserver import XServer, xserver
from tray_agent.shell.loop import SelectorLoop


@pytest.fixture
def loop() -> Iterator[SelectorLoop]:
    loop = SelectorLoop()
    yield loop
    loop.close()


@pytest.fixture
def daemon() -> Iterator[PrivateBus]:
    with PrivateBus() as daemon:
        yield daemon


@pytest.fixture(scope="module")
def server() -> Iterator[XServer]:
    with xserver() as server:
        yield server
