"""VoiceOver, as the workspace tells of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.macos.appkit import NSWorkspace
from tests.support.macos.played_main import main
from tray_agent.platforms.macos.screen_reader import VoiceOver


@pytest.fixture
def voice_over(monkeypatch: pytest.MonkeyPatch) -> Iterator[VoiceOver]:
    monkeypatch.setattr(NSWorkspace, "speaks", True)
    voice_over = VoiceOver()
    main.settle()
    yield voice_over
    voice_over.close()
    voice_over.close()
    main.settle()
    assert not NSWorkspace.observers


def test_it_is_known_from_the_beginning(voice_over: VoiceOver) -> None:
    assert voice_over()


def test_a_change_is_known_at_the_next_question(voice_over: VoiceOver) -> None:
    main.ask(lambda: NSWorkspace.sharedWorkspace().speak(False))
    assert not voice_over()
    main.ask(lambda: NSWorkspace.sharedWorkspace().speak(True))
    assert voice_over()


def test_a_change_that_nobody_told_is_known_one_question_later(
    voice_over: VoiceOver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NSWorkspace, "speaks", False)
    assert voice_over()
    main.settle()
    assert not voice_over()
