"""Fixtures every test may use, and which tests belong to which system."""

from __future__ import annotations

import re
import signal
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.places import ROOT
from tray_agent.shell import words
from tray_agent.shell.loop import SelectorLoop

if TYPE_CHECKING:
    from tests.support.desktop import Desktop

# A test run in the background ignores Ctrl-C, and so would all it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

TESTS = ROOT / "tests"
PACKAGING = TESTS / "packaging"
FAILURES = ROOT / "build" / "failures"
reports = pytest.StashKey[list[pytest.TestReport]]()

# What one system has no use for, with the reason for each, stands in one file.
ON_WINDOWS = sys.platform == "win32"
EXCLUDED = tomllib.loads((TESTS / "windows_excluded.toml").read_text("utf-8")) if ON_WINDOWS else {}
ELSEWHERE = {TESTS / path for path in EXCLUDED.get("files", ())} or {TESTS / "platforms" / "windows"}


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    # Packages have to be made first, so their tests run only where they are named.
    unasked = collection_path == PACKAGING and not any(PACKAGING.name in arg for arg in config.args)
    return True if unasked or collection_path in ELSEWHERE else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out single tests; a name without its parameter stands for all of them."""
    names = {f"tests/{name}" for name in EXCLUDED.get("tests", ())}
    out = [item for item in items if item.nodeid in names or item.nodeid.partition("[")[0] in names]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report: pytest.TestReport = yield  # type: ignore[misc, assignment]
    item.stash.setdefault(reports, []).append(report)
    return report  # type: ignore[return-value]


@pytest.fixture(autouse=True)
def spoken_language() -> Iterator[None]:
    """Whatever language a test spoke, or learnt from an agent, the next one begins with the system's."""
    before = words.language(), words.chosen()
    yield
    if (words.language(), words.chosen()) != before:
        words.speak()


@pytest.fixture
def loop() -> Iterator[SelectorLoop]:
    """A loop that the test turns."""
    with closing(SelectorLoop()) as loop:
        yield loop


@pytest.fixture
def desktop(request: pytest.FixtureRequest) -> Iterator[Desktop]:
    """A virtual desktop for one test; screenshot and logs of a failed one stay in build/failures."""
    from tests.support.desktop import Desktop  # needs what only Linux has

    with Desktop() as desktop:
        yield desktop
        if any(report.failed for report in request.node.stash.get(reports, [])):
            desktop.keep_evidence(FAILURES / re.sub(r"[^\w.-]+", "-", request.node.nodeid))
