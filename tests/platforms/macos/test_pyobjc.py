"""Every name and selector that the adapters use exists, by PyObjC's wheels and Apple's pages.

No Mac is needed for this, and none of what it reads is imported.  What neither knows is said in a table in
`api/`; PyObjC would notice the rest only when the line is run.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.places import ROOT
from tests.support.pyobjc_check import complaints, stand_in_complaints, stands_in_for
from tests.support.pyobjc_metadata import types_in
from tests.support.pyobjc_wheels import Wheels, tables, unpacked

ADAPTERS = sorted((ROOT / "tray_agent" / "platforms" / "macos").glob("*.py"))
OFFERED = sorted(path for path in (ROOT / "tests" / "support" / "macos").glob("*.py") if stands_in_for(path))


@pytest.fixture(scope="module")
def wheels() -> Wheels:
    return Wheels(unpacked())


@pytest.mark.parametrize("path", ADAPTERS, ids=lambda path: path.name)
def test_an_adapter_uses_only_what_there_is(path: Path, wheels: Wheels) -> None:
    assert complaints(path, wheels) == []


@pytest.mark.parametrize("path", OFFERED, ids=lambda path: path.name)
def test_a_stand_in_offers_only_what_there_is(path: Path, wheels: Wheels) -> None:
    assert stand_in_complaints(path, wheels) == []


def test_the_tables_hold_nothing_that_nobody_uses() -> None:
    text = "".join(path.read_text("utf-8") for path in [*ADAPTERS, *OFFERED])
    parents = {entry.parent for entry in tables().values()}
    for name, entry in tables().items():
        assert name in text or name in parents or entry.selectors, name
        for selector in entry.selectors:
            assert selector in text or selector.replace(":", "_") in text, f"{name} {selector}"


def test_each_class_in_the_tables_says_on_which_page_it_is_described() -> None:
    for name, entry in tables().items():
        framework, _, page = entry.page.partition(", ")
        assert framework and page == name


WRONG = """
import Quartz
from AppKit import NSApplication, NSApplicationRunsFaster
from Foundation import NSObject
from PyObjCTools import AppHelper


class Delegate(NSObject):
    def clicked_(self, sender, more):
        super().init()

    def show(self, face):
        self.later_or_never()

    def menu_neverOpens_(self, menu, item):
        pass


def use(item):
    NSApplication.sharedApplicatoin()
    item.setTitel_("a")
    item.postEvent_atStart_(1)
    item.setAction_("pressed:")
    Quartz.CGEventSourceSecondsSinceLastEventType(1)
    AppHelper.callBefore(use)
    item.addNotificationRequest_withCompletionHandler_(item, lambda: 1)
"""


def test_mistakes_are_seen(tmp_path: Path, wheels: Wheels) -> None:
    path = tmp_path / "wrong.py"
    path.write_text(WRONG)
    assert sorted(complaint.split(": ", 1)[1] for complaint in complaints(path, wheels)) == [
        "AppKit has no NSApplicationRunsFaster",
        "CGEventSourceSecondsSinceLastEventType takes 2 arguments, not 1",
        "NSApplication does not answer to sharedApplicatoin",
        "PyObjCTools.AppHelper has no callBefore",
        "a subclass in Objective-C needs objc.super, not super",
        "clicked: would be called with 1 arguments, it takes 2",
        "nothing answers to 'pressed:'",
        "nothing answers to setTitel:",
        "nothing ever calls menu:neverOpens:",
        "postEvent:atStart: takes as many arguments as it has colons, not 1",
        "show would be called with 0 arguments, it takes 1",
        "the block of addNotificationRequest:withCompletionHandler: gets 1 arguments, it takes 0",
    ]


def test_a_wrong_stand_in_is_seen(tmp_path: Path, wheels: Wheels) -> None:
    path = tmp_path / "appkit.py"
    path.write_text(
        'FRAMEWORK = "AppKit"\n'
        "NSEventTypeMouseWiggled = 99\n"
        "NSEventTypeApplicationDefined = 14\n"
        "def NSMakeRect(x, y): ...\n"
        "class NSApplication:\n"
        "    def run_fast(self): ...\n"
        "    def stop_(self): ...\n"
        "    def sharedAplication(self): ...\n"
        "class NSApplicationRunner: ...\n"
    )
    assert [complaint.split(": ", 1)[1] for complaint in stand_in_complaints(path, wheels)] == [
        "AppKit has no NSEventTypeMouseWiggled",
        "NSEventTypeApplicationDefined is 15, not 14",
        "NSMakeRect takes 4 arguments, not 2",
        "stop: has as many arguments as colons, not 0",
        "NSApplication does not answer to sharedAplication",
        "AppKit has no NSApplicationRunner",
    ]


@pytest.mark.parametrize(
    ("encoding", "types"),
    [
        ("v", ["v"]),
        ("Z^{__CFString=}@", ["Z", "^{__CFString=}", "@"]),
        ("Q^{NSDecimal=b8b4[8S]}^^vQ", ["Q", "^{NSDecimal=b8b4[8S]}", "^^v", "Q"]),
        ("i@?^?q", ["i", "@?", "^?", "q"]),
        ("{CGPoint=dd}(u=id)b12@", ["{CGPoint=dd}", "(u=id)", "b12", "@"]),
    ],
)
def test_signatures_are_taken_apart(encoding: str, types: list[str]) -> None:
    assert list(types_in(encoding)) == types
