"""The virtual desktop itself is what it claims to be."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from Xlib.display import Display

from tests.support import screen
from tests.support.desktop import NOTES, WATCHER, Desktop
from tests.support.person import Person
from tests.support.waiting import wait_until

NOTE_CORNER = (800, 0, 1280, 200)
NOTIFY = ["gdbus", "call", "--session", "--dest", "org.freedesktop.Notifications"]
NOTIFY += [
    "--object-path",
    "/org/freedesktop/Notifications",
    "--method",
    "org.freedesktop.Notifications.Notify",
]


def idle_ms(display: Display) -> int:
    return int(display.screen().root.screensaver_query_info().idle)


def notify(desktop: Desktop) -> None:
    note = ["Tray Agent", "0", "", "Time to stand up", "", "['start', 'Start']", "{}", "0"]
    subprocess.run([*NOTIFY, *note], env=desktop.env, check=True, capture_output=True)


def test_panel_hosts_a_tray_and_dunst_shows_a_note(desktop: Desktop, tmp_path: Path) -> None:
    assert desktop.selection_owned("_NET_SYSTEM_TRAY_S0")
    assert desktop.name_owned(WATCHER.bus_name)
    assert desktop.tray_items() == []
    assert desktop.notes_shown() == 0
    before = screen.picture(desktop.display)
    notify(desktop)
    wait_until(lambda: desktop.notes_shown() == 1, "the note")
    wait_until(
        lambda: screen.changed(before, screen.picture(desktop.display), NOTE_CORNER), "the note's window"
    )
    assert desktop.screenshot(tmp_path / "shots" / "note.png").stat().st_size > 1000


def test_parts_die_and_come_back(desktop: Desktop) -> None:
    desktop.kill("dunst")
    assert not desktop.name_owned(NOTES.bus_name)
    desktop.start("dunst")
    assert desktop.name_owned(NOTES.bus_name)
    desktop.kill("panel")
    assert not desktop.selection_owned("_NET_SYSTEM_TRAY_S0")
    desktop.start("panel")
    assert desktop.selection_owned("_NET_SYSTEM_TRAY_S0")


def test_the_bus_starts_no_notification_service_by_itself() -> None:
    with Desktop(without={"dunst", "panel"}) as desktop:
        done = subprocess.run(
            [*NOTIFY, "x", "0", "", "x", "", "[]", "{}", "0"],
            env=desktop.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "ServiceUnknown" in done.stderr


def test_extensions_can_be_taken_away() -> None:
    with Desktop(extensions_off=["RECORD"], without={"dunst", "panel", "openbox"}) as desktop:
        display = Display(desktop.display)
        assert "RECORD" not in display.list_extensions()
        display.close()


def test_a_persons_input_is_input_to_the_server(desktop: Desktop) -> None:
    display = Display(desktop.display)
    with Person(desktop.display) as person:
        acts: list[Callable[[], object]] = [
            person.type,
            person.move,
            lambda: person.click(640, 400),
            lambda: person.work(0.1, 0.05),
        ]
        for act in acts:
            wait_until(lambda: idle_ms(display) > 50, "idleness")
            act()
            assert idle_ms(display) < 50
    display.close()


def test_pointer_goes_where_it_is_told(desktop: Desktop) -> None:
    with Person(desktop.display) as person:
        person.click(12, 34)
    display = Display(desktop.display)
    pointer = display.screen().root.query_pointer()
    assert (pointer.root_x, pointer.root_y) == (12, 34)
    display.close()


def test_nothing_is_left_behind() -> None:
    with Desktop() as desktop:
        folder = desktop.folder
        processes = list(desktop._running.values())
        agent = desktop._spawn("stand-in", ["sleep", "1000"])
    assert not folder.exists()
    assert all(process.poll() is not None for process in [*processes, agent])
