"""The real call: Windows has at least one language, under Wine that of its locale."""

from __future__ import annotations

import re
import sys

import pytest

from tray_agent.platforms.windows import system, ui_languages

assert sys.platform == "win32"


def test_there_is_a_language_and_it_has_a_name() -> None:
    found = ui_languages.preferred()
    assert found
    assert all(re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", name) for name in found)
    assert system.languages() == found


class Refusing:
    """A Windows that does not tell, at first or once it has said how long the names are."""

    def __init__(self, *answers: bool) -> None:
        self._answers = list(answers)

    def GetUserPreferredUILanguages(self, *_asked: object) -> bool:  # noqa: N802 - Windows' name
        return self._answers.pop(0)


@pytest.mark.parametrize("answers", [(False,), (True, False)])
def test_where_windows_does_not_tell_there_is_none(
    monkeypatch: pytest.MonkeyPatch, answers: tuple[bool, ...]
) -> None:
    monkeypatch.setattr(ui_languages, "_kernel32", Refusing(*answers))
    assert ui_languages.preferred() == ()


def test_each_of_several_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told = "de-DE\0ar\0\0"

    class Telling:
        def GetUserPreferredUILanguages(  # noqa: N802 - Windows' name
            self, _how: int, _count: object, names: object, size: object
        ) -> bool:
            if names is None:
                size._obj.value = len(told)  # type: ignore[attr-defined]
            else:
                names[:] = told  # type: ignore[index]
            return True

    monkeypatch.setattr(ui_languages, "_kernel32", Telling())
    assert ui_languages.preferred() == ("de-DE", "ar")
