"""Functions in C, and what is said where there are none."""

from __future__ import annotations

from ctypes import c_int32

import pytest

from tests.support.macos.c_library import Library, of_types, provide
from tray_agent.platforms.macos.frameworks import framework, function
from tray_agent.ports import Unavailable


def test_a_function_is_called_with_the_types_of_c(monkeypatch: pytest.MonkeyPatch) -> None:
    provide(monkeypatch, IOKit=Library(Twice=of_types("i", "i")(lambda n: 2 * n)))
    twice = function("IOKit", "Twice", c_int32, c_int32)
    assert twice(-21) == -42
    assert twice.argtypes == (c_int32,)  # type: ignore[attr-defined]


def test_a_framework_is_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    provide(monkeypatch, IOKit=Library())
    assert framework("IOKit") is framework("IOKit")


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    provide(monkeypatch, IOKit=Library())
    with pytest.raises(Unavailable, match="this macOS has no Twice"):
        function("IOKit", "Twice", c_int32)
    with pytest.raises(Unavailable, match="this macOS has no CoreAudio"):
        framework("CoreAudio")
