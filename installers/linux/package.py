"""Packs the frozen program as .deb and .rpm into `build/packages`, the same bytes each time.

    python3 installers/freeze.py && python3 -m installers.linux.package

Needs nfpm, which requirements/build.txt brings.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from installers.freeze import BUILD, EPOCH, PROGRAM, ROOT
from installers.linux import man, metainfo
from tray_agent import __version__
from tray_agent.platforms.linux import desktop_entry, launcher, systemd_unit
from tray_agent.shell.command_line import completion
from tray_agent.shell.command_line.forms import FORMS

PACKAGES = BUILD / "packages"
STAGE = BUILD / "linux"
RELEASED = "2026-01-01"
LIBRARY = "/usr/lib/tray-agent"
AUTOSTART = f"/etc/xdg/autostart/{desktop_entry.FILE}"
# What Qt and the tray load from the system; the rest lies in the program's own folder.
DEB_NEEDS = ["libc6 (>= 2.28)", "libegl1", "libgl1", "libxkbcommon-x11-0"]
RPM_NEEDS = ["glibc >= 2.28", "libglvnd-egl", "libglvnd-glx", "libxkbcommon-x11"]

Entry = dict[str, Any]


def main() -> int:
    """Stage everything, then let nfpm pack it; the exit code."""
    shutil.rmtree(STAGE, ignore_errors=True)
    PACKAGES.mkdir(parents=True, exist_ok=True)
    entries = [*_program(), *_texts(), *_icons(), *_policies()]
    config = STAGE / "nfpm.json"
    config.write_text(json.dumps(_config(entries), indent=2))
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}
    nfpm = Path(sys.executable).with_name("nfpm")
    for kind in ("deb", "rpm"):
        command = [
            str(nfpm),
            "package",
            "--config",
            str(config),
            "--packager",
            kind,
            "--target",
            str(PACKAGES),
        ]
        subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=True)
    return 0


def _config(entries: list[Entry]) -> Entry:
    return {
        "name": "tray-agent",
        "arch": "amd64",
        "platform": "linux",
        "version": __version__,
        "release": "1",
        "section": "utils",
        "priority": "optional",
        "maintainer": "Tray Agent contributors <tray-agent@example.org>",
        "description": "Asks you, kindly, to stand up when you have been sitting for long\n"
        "It estimates how long you have been sitting from keyboard and mouse activity, without seeing\n"
        "what you type, and guides breaks, hip-flexor stretches and glute sets. Nothing leaves the machine.",
        "license": "MIT",
        "mtime": f"{RELEASED}T00:00:00Z",
        "deb": {"compression": "xz"},
        "rpm": {"compression": "xz"},
        "contents": entries,
        "overrides": {"deb": {"depends": DEB_NEEDS}, "rpm": {"depends": RPM_NEEDS}},
    }


def _program() -> Iterator[Entry]:
    for file in sorted(PROGRAM.rglob("*")):
        if file.is_file() and not file.is_symlink():
            runs = file.parent == PROGRAM
            yield _file(file, f"{LIBRARY}/{file.relative_to(PROGRAM)}", 0o755 if runs else 0o644)
        elif file.is_symlink():
            yield {
                "src": str(file.readlink()),
                "dst": f"{LIBRARY}/{file.relative_to(PROGRAM)}",
                "type": "symlink",
            }
    yield {"src": f"{LIBRARY}/tray-agent", "dst": "/usr/bin/tray-agent", "type": "symlink"}


def _texts() -> Iterator[Entry]:
    doc = "/usr/share/doc/tray-agent"
    command = ["/usr/bin/tray-agent"]
    yield _written(
        f"/usr/share/applications/{desktop_entry.FILE}", launcher.text(["tray-agent"], desktop_entry.APP)
    )
    yield {**_written(AUTOSTART, _autostart()), "type": "config|noreplace"}
    yield _written(f"/usr/lib/systemd/user/{systemd_unit.UNIT}", systemd_unit.text([*command, "run"]))
    about = metainfo.text(__version__, RELEASED)
    yield _written(f"/usr/share/metainfo/{desktop_entry.APP}.metainfo.xml", about)
    yield _zipped("/usr/share/man/man1/tray-agent.1.gz", man.page(__version__, RELEASED))
    for shell, place in (
        ("bash", "bash-completion/completions/tray-agent"),
        ("zsh", "zsh/vendor-completions/_tray-agent"),
        ("fish", "fish/vendor_completions.d/tray-agent.fish"),
    ):
        yield _written(f"/usr/share/{place}", completion.script(shell, FORMS))
    yield _written(f"{doc}/copyright", COPYRIGHT + (ROOT / "LICENSE").read_text("utf-8"))
    yield _zipped(f"{doc}/changelog.gz", (ROOT / "CHANGELOG.md").read_text("utf-8"))
    for sample in ("managed.json", "recommended.json"):
        yield _file(ROOT / "installers" / "policy" / sample, f"{doc}/examples/{sample}", 0o644)


def _autostart() -> str:
    """Starts the agent in every session, and nothing once the program is gone but this file stays."""
    keys = {
        "Type": "Application",
        **desktop_entry.in_every_language("Name", "Tray Agent"),
        "Exec": "/usr/bin/tray-agent run",
        "TryExec": "/usr/bin/tray-agent",
        "Icon": desktop_entry.APP,
        "Terminal": "false",
        "StartupNotify": "false",
        "NoDisplay": "true",
    }
    return desktop_entry.text({desktop_entry.MAIN: keys})


def _icons() -> Iterator[Entry]:
    theme = "/usr/share/icons/hicolor"
    yield _file(ROOT / "icons" / "tray-agent.svg", f"{theme}/scalable/apps/{desktop_entry.APP}.svg", 0o644)
    for file in sorted((ROOT / "icons" / "png").glob("tray-agent-*.png")):
        size = file.stem.rpartition("-")[2]
        yield _file(file, f"{theme}/{size}x{size}/apps/{desktop_entry.APP}.png", 0o644)


def _policies() -> Iterator[Entry]:
    for folder in ("managed", "recommended"):
        yield {"dst": f"/etc/tray-agent/policies/{folder}", "type": "dir", "file_info": {"mode": 0o755}}


def _written(place: str, text: str) -> Entry:
    return _staged(place, text.encode())


def _zipped(place: str, text: str) -> Entry:
    return _staged(place, gzip.compress(text.encode(), 9, mtime=int(EPOCH)))


def _staged(place: str, content: bytes) -> Entry:
    file = STAGE / "files" / place.removeprefix("/")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return _file(file, place, 0o644)


def _file(source: Path, place: str, mode: int) -> Entry:
    return {"src": str(source), "dst": place, "file_info": {"mode": mode}}


COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Tray Agent

Files: *
Copyright: Tray Agent contributors
License: Expat

The folder /usr/lib/tray-agent/_internal holds libraries of others, among them Qt, PySide6, pystray and
pynput under the LGPL-3, unchanged and replaceable. THIRD_PARTY_NOTICES there names them all.

"""

if __name__ == "__main__":
    sys.exit(main())
