from __future__ import annotations

import pytest

from tests.shell.test_remedies import WRONG
from tray_agent.ports import State
from tray_agent.shell import part_rows, words
from tray_agent.shell.contexts import NAMES


def part(name: str, state: str = "ok", **more: str | None) -> dict[str, str | None]:
    return {"name": name, "state": state, **more}


def test_names_are_a_column_and_what_helps_stands_beneath() -> None:
    told = part_rows.rows(
        [
            part("tray", source="notify_icon"),
            part("notifier", "lost", source="toast", reason="no answer", remedy="Wait."),
        ]
    )
    assert list(told) == [
        "  Icon   works (notify_icon)",
        "  Notes  lost (toast): no answer",
        "         Wait.",
    ]


def test_what_a_sensor_said_last_what_it_needs_and_why_follow_each_other() -> None:
    (told,) = part_rows.rows(
        [part("camera", value="on", permission="Camera: not needed", reason="there are two")]
    )
    assert told == "  Camera in use  works: yes, Camera: not needed, there are two"


def test_starting_with_the_session_is_on_or_off() -> None:
    on, off = part_rows.rows([part("autostart", source="xdg"), part("autostart", "off")])
    assert on.endswith("on (xdg)")
    assert off.endswith("off")


def test_what_helps_is_broken_into_lines_and_what_the_system_said_is_not() -> None:
    reason, remedy = "so " * 60 + "it is", "word " * 40 + "--no-tray."
    line, *beneath = part_rows.rows([part("tray", "lost", reason=reason, remedy=remedy)])
    assert line.endswith(reason)
    assert len(beneath) > 1
    assert max(len(each) for each in beneath) <= part_rows.WIDTH
    assert "--no-tray." in " ".join(beneath).split()


def test_nothing_is_no_row() -> None:
    assert list(part_rows.rows([])) == []


@pytest.mark.parametrize("name", WRONG)
def test_every_part_has_a_name_for_people(name: str) -> None:
    assert part_rows.name(name)[0].isupper()


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_word(state: State) -> None:
    assert part_rows._STATES.keys() == {*State}
    (told,) = part_rows.rows([part("tray", state)])
    assert not told.endswith(f" {state.value}") or state in (State.LOST, State.OFF)


def test_what_nobody_thought_of_is_shown_as_it_is() -> None:
    (told,) = part_rows.rows([part("weather", "foggy", value="grey")])
    assert told == "  weather  foggy: grey"


def test_the_column_holds_where_letters_are_wide() -> None:
    words.speak("ja")
    told = [*part_rows.rows([part(name) for name in NAMES])]
    state = words._("works")
    starts = {part_rows._columns(row[: row.rindex(state)]) for row in told}
    assert len(starts) == 1
