"""A bus and an X server of one's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.private_bus import PrivateBus
from tests.support.xserver import XServer, xserver


@pytest.fixture
def daemon() -> Iterator[PrivateBus]:
    with PrivateBus() as daemon:
        yield daemon


@pytest.fixture(scope="module")
def server() -> Iterator[XServer]:
    with xserver() as server:
        yield server
