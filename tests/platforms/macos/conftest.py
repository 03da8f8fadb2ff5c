"""PyObjC played: every module in tests/support/macos that names a FRAMEWORK stands in for it.

They are there before a test module imports an adapter.  Another thread than the test's plays the main one.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.macos.installed import install

install()

from tests.support.macos.played_main import main  # noqa: E402  the stand-ins come first
from tray_agent.platforms.macos import main_thread  # noqa: E402


@pytest.fixture(autouse=True)
def played_main() -> Iterator[None]:
    """The main thread, for each test anew; what went wrong on it fails the test."""
    main.begin()
    yield
    main.end()
    assert not main.errors


@pytest.fixture(autouse=True)
def own_bugs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test hears of its own."""
    monkeypatch.setattr(main_thread, "_bugs", main_thread._Bugs())
