"""What the tests on Windows leave out is there to be left out, and says why."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.support.places import ROOT

TESTS = ROOT / "tests"
EXCLUDED = tomllib.loads((TESTS / "windows_excluded.toml").read_text("utf-8"))


@pytest.mark.parametrize("path", EXCLUDED["files"])
def test_whole_files_are_there(path: str) -> None:
    assert (TESTS / path).exists()
    assert EXCLUDED["files"][path]


@pytest.mark.parametrize("name", EXCLUDED["tests"])
def test_single_tests_are_there(name: str) -> None:
    file, _, test = name.partition("::")
    function = re.escape(test.partition("[")[0])
    assert re.search(rf"^def {function}\(", (TESTS / file).read_text("utf-8"), re.MULTILINE)
    assert EXCLUDED["tests"][name]
