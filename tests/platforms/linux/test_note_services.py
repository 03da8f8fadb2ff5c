"""What each kind of service is told, and what its answers mean."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tray_agent.platforms.linux.note_services import NoteService, last_words
from tray_agent.ports import Note

STAND_UP = Note(
    1, "Time to stand up", "Sitting <about> 45 min & more", (("start", "Start"), ("skip", "Skip"))
)
INFORMS = Note(0, "Fewer prompts today", "They will come less often.", ())


def service(*features: str, name: str = "Slate", vendor: str = "nobody") -> NoteService:
    return NoteService(name, vendor, "2.0", frozenset(features))


def test_a_service_with_buttons_gets_them_and_a_note_that_stays() -> None:
    arguments = service("actions", "body").arguments(STAND_UP, 7, "icon.png")
    assert arguments[:5] == ("Tray Agent", 7, "icon.png", "Time to stand up", "Sitting <about> 45 min & more")
    assert arguments[5] == ["default", "", "start", "Start", "skip", "Skip"]
    assert arguments[7] == 0


def test_a_service_without_buttons_gets_the_way_to_answer_and_a_note_that_goes_by_itself() -> None:
    *_, body, actions, _hints, lifetime_ms = service("body").arguments(STAND_UP, 0, "")
    assert body.startswith("Sitting <about> 45 min & more\n")
    assert "tray-agent snooze" in body
    assert (actions, lifetime_ms) == ([], 120_000)


def test_mako_takes_answers_but_draws_none_so_it_is_told_both() -> None:
    *_, body, actions, _hints, lifetime_ms = service("actions", name="mako").arguments(STAND_UP, 0, "")
    assert "tray-agent snooze" in body
    assert actions[::2] == ["default", "start", "skip"]
    assert lifetime_ms == 0


def test_what_asks_for_nothing_says_nothing_of_answers_and_goes_by_itself() -> None:
    for one in (service("body"), service("actions", "body")):
        *_, body, _actions, _hints, lifetime_ms = one.arguments(INFORMS, 0, "")
        assert (body, lifetime_ms) == (INFORMS.body, 120_000)


def test_a_picture_is_named_where_there_is_one() -> None:
    pictured = replace(STAND_UP, picture=Path("/pictures/stand up.png"))
    hints = [service("actions").arguments(note, 0, "")[6] for note in (STAND_UP, pictured)]
    assert "image-path" not in hints[0]
    assert hints[1]["image-path"] == ("s", "file:///pictures/stand%20up.png")


def test_markup_is_escaped_for_those_who_read_it() -> None:
    arguments = service("actions", "body-markup").arguments(STAND_UP, 0, "")
    assert arguments[4] == "Sitting &lt;about&gt; 45 min &amp; more"


@pytest.mark.parametrize(
    ("name", "vendor", "by_the_person"),
    [
        ("dunst", "knopwob", {2}),
        ("Notification Daemon", "GNOME", {2}),
        ("Notification Daemon", "MATE", {1, 2}),
    ],
)
def test_who_closed_a_note(name: str, vendor: str, by_the_person: set[int]) -> None:
    one = service("actions", name=name, vendor=vendor)
    assert {why for why in (1, 2, 3, 4) if one.dismissed(why)} == by_the_person


def test_only_gnome_s_old_daemon_forgets_to_clear_what_was_closed() -> None:
    assert service(name="Notification Daemon", vendor="GNOME").forgets_to_clear
    assert not service(name="gnome-shell", vendor="GNOME").forgets_to_clear
    assert last_words(7)[1] == 7
    assert last_words(7)[-1] == 1


def test_it_is_called_by_name_and_version() -> None:
    assert f"{service()}" == "Slate 2.0"
