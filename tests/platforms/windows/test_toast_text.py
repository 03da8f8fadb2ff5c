"""The toast as it is written, read back as XML."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from tray_agent.platforms.windows.toast_text import BUTTONS_MAX, BYTES_MAX, answer, document
from tray_agent.ports import Note

assert sys.platform == "win32"

STAND_UP = Note(7, "Time to <stand> & move", 'About "45" min', (("start", "Start"), ("snooze", "In 5 min")))
TEXTS = st.text(st.characters() | st.characters(categories=["Cs", "Cc"]), max_size=600)
KEYS = st.text("abcdefghij_", min_size=1, max_size=20)
NOTES = st.builds(
    Note,
    st.integers(0, 10**6),
    TEXTS,
    TEXTS,
    st.lists(st.tuples(KEYS, TEXTS), max_size=8).map(tuple),
    st.none() | st.just(Path("C:/" + "Wege & Ziele/" * 250 + "bild.png")),
)


def read(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314  we wrote it


def test_a_note_with_buttons_is_a_reminder_that_says_whose_answer_it_is() -> None:
    toast = read(document(STAND_UP))
    assert toast.attrib == {"launch": "7 default", "scenario": "reminder"}
    assert [text.text for text in toast.iter("text")] == ["Time to <stand> & move", 'About "45" min']
    # One button at least has to do its work without a window, or Windows takes it for no reminder.
    assert [action.attrib for action in toast.iter("action")] == [
        {"activationType": "background", "arguments": "7 start", "content": "Start"},
        {"activationType": "background", "arguments": "7 snooze", "content": "In 5 min"},
    ]


def test_a_note_without_buttons_goes_by_itself() -> None:
    toast = read(document(Note(8, "Well done", "", ())))
    assert "scenario" not in toast.attrib
    assert [text.text for text in toast.iter("text")] == ["Well done"]


def test_the_picture_is_a_file() -> None:
    note = Note(9, "Hips", "", (), Path("C:/Program Files/Tray Agent/hip & knee.png"))
    (image,) = read(document(note)).iter("image")
    assert image.attrib["src"] == "file:///C:/Program%20Files/Tray%20Agent/hip%20%26%20knee.png"


@settings(deadline=None)
@given(NOTES)
def test_whatever_is_said_it_is_a_toast_that_windows_takes(note: Note) -> None:
    text = document(note)
    assert len(text.encode()) <= BYTES_MAX
    toast = read(text)
    buttons = [action.attrib["arguments"] for action in toast.iter("action")]
    assert [answer(argument) for argument in buttons] == [
        (note.prompt, key) for key, _label in note.actions[:BUTTONS_MAX]
    ]
    assert answer(toast.attrib["launch"]) == (note.prompt, "default")


@given(st.text(max_size=20))
def test_what_is_not_ours_is_no_answer(argument: str) -> None:
    found = answer(argument)
    assert found is None or f"{found[0]} {found[1]}".split(" ", 1)[1] == argument.split(" ", 1)[1]
