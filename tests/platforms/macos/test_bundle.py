"""Whether the process is our app."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.macos import corefoundation
from tray_agent.platforms.macos.bundle import in_bundle


@pytest.fixture(autouse=True)
def played() -> Iterator[None]:
    corefoundation.played.begin()
    yield
    corefoundation.played.begin()


def test_our_app_is_known_by_its_identifier() -> None:
    corefoundation.played.is_app("org.trayagent.TrayAgent")
    assert in_bundle()


@pytest.mark.parametrize("identifier", ["org.python.python", "com.apple.Terminal", None])
def test_python_of_a_terminal_is_not_our_app(identifier: str | None) -> None:
    corefoundation.played.is_app(identifier)
    assert not in_bundle()


def test_a_program_without_any_bundle_is_not_our_app() -> None:
    corefoundation.played.bundle = None
    assert not in_bundle()
