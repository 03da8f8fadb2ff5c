from __future__ import annotations

import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication

from tests.support.programs import Programs
from tests.support.waiting import wait_until
from tray_agent.ui.breaks import chime as chime_module
from tray_agent.ui.breaks.chime import Chime
from tray_agent.ui.breaks.tones import sound

PLAYS = ('[ "$1" = "-q" ] && shift', 'cp "$1" "$HERE/part"', 'mv "$HERE/part" "$HERE/played"')


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    return Programs(tmp_path, monkeypatch)


def until_played(app: QApplication, programs: Programs) -> bytes:
    played = programs.folder / "played"

    def there() -> bool:
        app.processEvents()
        return played.exists()

    wait_until(there, "the sound to be played")
    return played.read_bytes()


def test_it_plays_a_whole_file_and_leaves_none_behind(app: QApplication, programs: Programs) -> None:
    programs.add("paplay", *PLAYS)
    Chime(on=True).ring("begin")
    assert until_played(app, programs) == sound("begin")


def test_the_first_player_that_works_is_used_from_then_on(app: QApplication, programs: Programs) -> None:
    programs.add("pw-play", 'echo tried >> "$HERE/pipewire"', "exit 1")
    programs.add("aplay", *PLAYS)
    chime = Chime(on=True)
    for kind in ("begin", "done"):
        chime.ring(kind)  # type: ignore[arg-type]
        assert until_played(app, programs) == sound(kind)  # type: ignore[arg-type]
        (programs.folder / "played").unlink()
    assert programs.said("pipewire") == "tried\n"


def test_a_new_sound_does_not_wait_for_one_that_hangs(app: QApplication, programs: Programs) -> None:
    programs.add("paplay", 'read size < "$HERE/hang" && exec sleep 60', *PLAYS)
    (programs.folder / "hang").write_text("yes\n")
    chime = Chime(on=True)
    before = time.monotonic()
    chime.ring("begin")
    (programs.folder / "hang").unlink()
    chime.ring("done")
    assert time.monotonic() - before < 1
    assert until_played(app, programs) == sound("done")


def test_off_is_silent(app: QApplication, programs: Programs) -> None:
    programs.add("paplay", 'echo ran > "$HERE/ran"')
    Chime(on=False).ring("begin")
    for _turn in range(50):
        app.processEvents()
    assert not programs.said("ran")


def test_where_nothing_can_play_nothing_is_wrong(app: QApplication, programs: Programs) -> None:
    Chime(on=True).ring("begin")
    programs.add("paplay", "exit 1")
    deaf = Chime(on=True)
    deaf.ring("begin")

    def given_up() -> bool:
        app.processEvents()
        return not deaf._players

    wait_until(given_up, "the player to be given up")
    deaf.ring("done")


@pytest.mark.parametrize("device", [True, False])
def test_windows_plays_from_memory_on_a_thread_and_never_beeps_instead(
    app: QApplication, monkeypatch: pytest.MonkeyPatch, device: bool
) -> None:
    played: list[tuple[bytes, int]] = []
    trouble: list[object] = []

    def play(content: bytes, flags: int) -> None:
        assert threading.current_thread() is not threading.main_thread()
        played.append((content, flags))
        if not device:
            raise RuntimeError("Failed to play sound")

    winsound = SimpleNamespace(PlaySound=play, SND_MEMORY=0x4, SND_NODEFAULT=0x2)
    monkeypatch.setitem(sys.modules, "winsound", winsound)
    monkeypatch.setattr(chime_module, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(threading, "excepthook", trouble.append)
    before = threading.active_count()
    Chime(on=True).ring("begin")
    wait_until(lambda: played and threading.active_count() == before, "the end of the sound")
    assert (played, trouble) == ([(sound("begin"), 0x6)], [])


def test_macos_plays_a_file_that_is_gone_afterwards(
    app: QApplication, programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs.add("afplay", 'echo "$1" > "$HERE/name"', *PLAYS)
    monkeypatch.setattr(chime_module, "sys", SimpleNamespace(platform="darwin"))
    chime = Chime(on=True)
    chime.ring("begin")
    assert until_played(app, programs) == sound("begin")
    name = Path(programs.said("name").strip())
    assert name.suffix == ".wav"

    def gone() -> bool:
        app.processEvents()
        return not name.exists()

    wait_until(gone, "the file to be removed")
