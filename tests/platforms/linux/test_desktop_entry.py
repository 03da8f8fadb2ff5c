import gettext
import json
import struct
import subprocess
import sys
from pathlib import Path

from tests.support.waiting import wait_until
from tray_agent.platforms.linux import desktop_entry as entry
from tray_agent.platforms.linux.programs import words

NASTY = [
    "a b",
    "%f 100%",
    "%%",
    '"quoted"',
    "it's",
    "back\\slash",
    "\\",
    "\\n",
    "$HOME",
    "`id`",
    "a;b&c|d",
    "~",
    "",
    "tab\there",
    "line\nline",
    "#x",
    "*?()<>",
    "grün",
]


def written(folder: Path, command: list[str], **more: str) -> Path:
    file = folder / "test.desktop"
    keys = {"Type": "Application", "Name": "test", "Exec": entry.command_line(command), **more}
    file.write_text(entry.text({entry.MAIN: keys}))
    return file


def test_every_word_arrives_as_it_was(tmp_path: Path) -> None:
    """GLib, which starts entries for most desktops, is asked to start one."""
    heard = tmp_path / "heard"
    program = tmp_path / "we ird's $program"
    program.write_text(
        f"#!{sys.executable}\nimport json, os, sys\n"
        f"with open('{heard}.new', 'w') as file:\n    json.dump(sys.argv, file)\n"
        f"os.rename('{heard}.new', '{heard}')\n"
    )
    program.chmod(0o755)
    command = [str(program), *NASTY]
    file = written(tmp_path, command)
    assert words(entry.read(file)["Exec"]) == command
    subprocess.run(["gio", "launch", str(file)], check=True, timeout=10)
    wait_until(heard.exists, "the program to run")
    assert json.loads(heard.read_text()) == command


def test_plain_words_stay_plain() -> None:
    assert entry.command_line(["/usr/bin/tray-agent", "pause", "1h"]) == "/usr/bin/tray-agent pause 1h"


def test_only_the_main_group_is_read(tmp_path: Path) -> None:
    file = tmp_path / "test.desktop"
    file.write_text(
        "# hello\n[Other]\nName=no\n"
        "[Desktop Entry]\n# Name=no\n Name = a\\sb\\\\n \nnonsense\n"
        "[Desktop Action x]\nName=no\n"
    )
    assert entry.read(file) == {"Name": "a b\\n"}


def test_a_file_of_other_bytes_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"[Desktop Entry]\nExec=/caf\xe9\n")
    assert entry.read(tmp_path / "x") == {"Exec": "/caf\udce9"}


def test_text_has_a_group_for_each() -> None:
    assert entry.text({"A": {"k": "v"}, "B": {"l": "m\nn"}}) == "[A]\nk=v\n\n[B]\nl=m\\nn\n"


def catalogue(sentences: dict[str, str]) -> bytes:
    """The smallest catalogue that says so."""
    texts = {"": "Content-Type: text/plain; charset=UTF-8\n", **sentences}
    pairs = sorted((k.encode(), v.encode()) for k, v in texts.items())
    at, table, strings = 28 + 16 * len(pairs), [b"", b""], b""
    for column in (0, 1):
        for pair in pairs:
            table[column] += struct.pack("<2I", len(pair[column]), at + len(strings))
            strings += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + b"".join(table) + strings


def test_every_language_has_its_key_and_none_stays_in_memory(tmp_path: Path) -> None:
    for language, sentences in {"de": {"Quit": "Beenden"}, "pt_BR": {"Quit": "Sair"}, "en_GB": {}}.items():
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "tray_agent.mo").write_bytes(catalogue(sentences))
    kept = len(vars(gettext)["_translations"])
    assert entry.in_every_language("Name", "Quit", tmp_path) == {
        "Name": "Quit",
        "Name[de]": "Beenden",
        "Name[pt_BR]": "Sair",
    }
    assert len(vars(gettext)["_translations"]) == kept


def test_a_marked_sentence_is_the_same() -> None:
    assert entry.marked("Quit") == "Quit"


def test_lists_end_as_they_like() -> None:
    assert entry.listed("GNOME;KDE;") == entry.listed("GNOME;KDE") == ["GNOME", "KDE"]
