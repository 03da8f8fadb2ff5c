"""Which languages are offered, and by what name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tray_agent.shell import languages


def test_each_language_goes_by_its_own_name_and_the_system_s_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for code in ("de", "ja", "tlh"):
        (tmp_path / code / "LC_MESSAGES").mkdir(parents=True)
        (tmp_path / code / "LC_MESSAGES" / "tray_agent.mo").touch()
    (tmp_path / "fr" / "LC_MESSAGES").mkdir(parents=True)
    monkeypatch.setattr(languages, "LOCALE", tmp_path)
    assert list(languages.known().items()) == [
        ("", "As the system"),
        ("de", "Deutsch"),
        ("en", "English"),
        ("tlh", "tlh"),
        ("ja", "日本語"),
    ]
