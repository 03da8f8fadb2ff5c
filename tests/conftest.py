"""Fixtures every test may use."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator

import pytest

from tests.support.desktop import ROOT, Desktop

# A test run in the background ignores Ctrl-C, and so would all it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

FAILURES = ROOT / "build" / "failures"
reports = pytest.StashKey[list[pytest.TestReport]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report: pytest.TestReport = yield  # type: ignore[misc, assignment]
    item.stash.setdefault(reports, []).append(report)
    return report  # type: ignore[return-value]


@pytest.fixture
def desktop(request: pytest.FixtureRequest) -> Iterator[Desktop]:
    """A virtual desktop for one test; screenshot and logs of a failed one stay in build/failures."""
    with Desktop() as desktop:
        yield desktop
        if any(report.failed for report in request.node.stash.get(reports, [])):
            desktop.keep_evidence(FAILURES / re.sub(r"[^\w.-]+", "-", request.node.nodeid))
