from __future__ import annotations

import pytest

from tests.support.fake_windows import FakeWindows
from tray_agent.shell.sheets import Section, Sheets


class Asker:
    def __init__(self) -> None:
        self.windows = FakeWindows()
        self.sheets = Sheets(self.windows)
        self.failed: list[str] = []


@pytest.fixture
def asker() -> Asker:
    return Asker()


def test_something_to_read(asker: Asker) -> None:
    asker.sheets.text("Why?", [Section(("Sitting.",), "Now", points=True)], asker.failed.append)
    brief = asker.windows.open_now["text"]
    assert (brief["v"], brief["title"]) == (1, "Why?")
    (section,) = brief["sections"]
    assert (section["lines"], section["heading"], section["points"]) == (("Sitting.",), "Now", True)
    assert (section["english"], section["source"], section["urgent"]) == ((), "", False)


def test_what_cannot_be_shown_fails(asker: Asker) -> None:
    asker.sheets.text("Why?", [], asker.failed.append)
    asker.windows.says("text", "gone", reason="no display")
    assert asker.failed == ["no display"]


def test_it_can_be_closed(asker: Asker) -> None:
    asker.sheets.text("Why?", [], asker.failed.append)
    asker.sheets.close()
    assert asker.windows.open_now == {}
