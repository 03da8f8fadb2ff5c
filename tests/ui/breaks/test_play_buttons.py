import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from tray_agent.shell import words
from tray_agent.ui.breaks.break_buttons import letter
from tray_agent.ui.breaks.play_buttons import PlayButtons

pytestmark = pytest.mark.usefixtures("app")

DEEDS = ("stop", "hurts", "too_hard", "back", "pause", "skip", "go_on")


class Recorder:
    """Does nothing but remember."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def __getattr__(self, deed: str) -> object:
        return lambda: self.done.append(deed)


def made(*, mirrored: bool = False) -> tuple[PlayButtons, Recorder]:
    recorder = Recorder()
    buttons = PlayButtons(recorder, mirrored=mirrored)  # type: ignore[arg-type]  # it has every deed
    buttons._wake()
    return buttons, recorder


def test_each_button_does_its_deed() -> None:
    buttons, recorder = made()
    for button in buttons.all:
        button.click()
    assert tuple(recorder.done) == DEEDS


@pytest.mark.parametrize(
    ("key", "text", "deed"),
    [
        (Qt.Key.Key_Escape, "", "stop"),
        (Qt.Key.Key_H, "h", "hurts"),
        (Qt.Key.Key_T, "t", "too_hard"),
        (Qt.Key.Key_Left, "", "back"),
        (Qt.Key.Key_Space, " ", "pause"),
        (Qt.Key.Key_Right, "", "skip"),
        (Qt.Key.Key_Return, "\r", "go_on"),
    ],
)
def test_each_has_its_key(key: Qt.Key, text: str, deed: str) -> None:
    buttons, recorder = made()
    buttons.key(QKeyEvent(QEvent.Type.KeyPress, key.value, Qt.KeyboardModifier.NoModifier, text))
    assert recorder.done == [deed]


def test_back_is_where_one_comes_from() -> None:
    buttons, recorder = made(mirrored=True)
    buttons.key(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right.value, Qt.KeyboardModifier.NoModifier))
    assert recorder.done == ["back"]


@pytest.mark.parametrize("language", ["en", "ar", "de", "es", "fr", "ja", "pt_BR"])
def test_the_letters_are_all_different_in_every_language(language: str) -> None:
    words.speak(language)
    buttons, _recorder = made()
    _letters_differ(buttons)


def _letters_differ(buttons: PlayButtons) -> None:
    for preparing in (True, False):
        for paused in (True, False):
            buttons.show_state(preparing=preparing, paused=paused)
            letters = [letter(button.text()) for button in buttons.all]
            assert len(set(letters) - {""}) == len(letters), letters


def test_labels_say_what_they_mean_now() -> None:
    buttons, _recorder = made()
    buttons.show_state(preparing=False, paused=True)
    assert [button.accessibleName() for button in buttons.all[-1:] + buttons.all[4:5]] == ["Done", "Resume"]
    buttons.show_state(preparing=True, paused=False)
    assert [button.accessibleName() for button in buttons.all[-1:] + buttons.all[4:5]] == ["Go on", "Pause"]
    assert "T too hard" in buttons.legend()
