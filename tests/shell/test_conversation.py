from typing import Any

import pytest

from tests.support.fake_windows import FakeWindows
from tray_agent.shell.conversation import converse


class Opener:
    def __init__(self) -> None:
        self.windows = FakeWindows()
        self.heard: list[dict[str, Any]] = []
        self.failed: list[str] = []
        converse(self.windows, "text", {"title": "Why?"}, self.heard.append, self.failed.append)

    def says(self, event: str, **more: Any) -> None:
        self.windows.says("text", event, **more)


@pytest.fixture
def opener() -> Opener:
    return Opener()


def test_the_brief_carries_its_version(opener: Opener) -> None:
    assert opener.windows.open_now == {"text": {"v": 1, "title": "Why?"}}


def test_messages_are_heard_without_the_first_paint(opener: Opener) -> None:
    opener.says("ready")
    opener.says("chosen", id=3)
    opener.says("ended")
    assert opener.heard == [{"event": "chosen", "id": 3}, {"event": "ended"}]
    assert not opener.failed


def test_one_that_never_painted_has_failed(opener: Opener) -> None:
    opener.says("gone", reason="PySide6 is not installed")
    assert opener.failed == ["PySide6 is not installed"]
    assert not opener.heard


def test_one_that_dies_after_it_painted_is_closed(opener: Opener) -> None:
    opener.says("ready")
    opener.says("gone", reason="killed by SIGKILL")
    assert opener.heard == [{"event": "ended"}]
    assert not opener.failed
