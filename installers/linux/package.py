"""Packs the frozen program as .deb and .rpm into `build/packages`, the same bytes each time.

    python3 -m installers.freeze && python3 -m installers.linux.package

Needs nfpm, which requirements/build.txt brings.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from installers.freeze import BUILD, EPOCH, PROGRAM, ROOT
from installers.linux import man, metainfo, papers
from tray_agent import __version__
from tray_agent.platforms.linux import desktop_entry, launcher, systemd_unit
from tray_agent.platforms.own_command import AT_LOGIN
from tray_agent.shell.command_line import completion
from tray_agent.shell.command_line.forms import FORMS

PACKAGES = BUILD / "packages"
STAGE = BUILD / "linux"
RELEASED = "2026-01-01"
RELEASE = "1"
HERE = Path(__file__).resolve().parent
LIBRARY = "/usr/lib/tray-agent"
DOC = "/usr/share/doc/tray-agent"
NOTICES = "_internal/THIRD_PARTY_NOTICES"
AUTOSTART = f"/etc/xdg/autostart/{desktop_entry.FILE}"
# What Qt and the tray load from the system, and letters to write with; the rest lies in the program's own
# folder.
DEB_NEEDS = ["fontconfig-config", "libegl1", "libgl1", "libxkbcommon-x11-0"]
RPM_NEEDS = ["fontconfig", *(f"lib{name}()(64bit)" for name in ("EGL.so.1", "GL.so.1", "xkbcommon-x11.so.0"))]

Entry = dict[str, Any]


def main() -> int:
    """Stage everything, then let nfpm pack it; the exit code."""
    shutil.rmtree(STAGE, ignore_errors=True)
    PACKAGES.mkdir(parents=True, exist_ok=True)
    entries = [*_program(), *_texts(), *_papers(), *_icons(), *_policies()]
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
    libc = _libc()
    return {
        "name": "tray-agent",
        "arch": "amd64",
        "platform": "linux",
        "version": __version__,
        "release": RELEASE,
        "section": "utils",
        "priority": "optional",
        "maintainer": papers.MAINTAINER,
        "description": "Asks you, kindly, to stand up when you have been sitting for long\n"
        "It estimates how long you have been sitting from the activity of keyboard\n"
        "and mouse, without seeing what you type, and guides breaks, hip-flexor\n"
        "stretches and glute sets. Nothing leaves the machine.",
        "license": "MIT",
        "mtime": f"{RELEASED}T00:00:00Z",
        # xz would save a sixth of the size and take ten times as long; dpkg of Debian 11 knows no zstd.
        "deb": {"compression": "gzip"},
        "rpm": {"compression": "zstd", "buildhost": "localhost"},
        "scripts": {"preremove": str(HERE / "prerm")},
        "contents": entries,
        "overrides": {
            "deb": {"depends": [f"libc6 (>= {libc})", *DEB_NEEDS]},
            "rpm": {"depends": [f"glibc >= {libc}", *RPM_NEEDS]},
        },
    }


def _libc() -> str:
    """The oldest C library that has every version of a symbol that the program asks for."""
    files = (file for file in PROGRAM.rglob("*") if file.is_file() and not file.is_symlink())
    asked = (minor for file in files for minor in re.findall(rb"\0GLIBC_2\.(\d+)\0", file.read_bytes()))
    return f"2.{max(map(int, asked))}"


def _program() -> Iterator[Entry]:
    yield _folder(LIBRARY)
    for file in sorted(PROGRAM.rglob("*")):
        if file.is_dir() and not file.is_symlink():
            yield _folder(f"{LIBRARY}/{file.relative_to(PROGRAM)}")
        elif not file.is_symlink():
            runs = file.parent == PROGRAM
            yield _file(file, f"{LIBRARY}/{file.relative_to(PROGRAM)}", 0o755 if runs else 0o644)
        else:
            yield {
                "src": str(file.readlink()),
                "dst": f"{LIBRARY}/{file.relative_to(PROGRAM)}",
                "type": "symlink",
            }
    yield {"src": "../lib/tray-agent/tray-agent", "dst": "/usr/bin/tray-agent", "type": "symlink"}


def _texts() -> Iterator[Entry]:
    command = ["/usr/bin/tray-agent"]
    yield _written(
        f"/usr/share/applications/{desktop_entry.FILE}", launcher.text(["tray-agent"], desktop_entry.APP)
    )
    yield {**_written(AUTOSTART, _autostart()), "type": "config|noreplace"}
    yield _written(f"/usr/lib/systemd/user/{systemd_unit.UNIT}", systemd_unit.text([*command, *AT_LOGIN]))
    about = metainfo.text(__version__, RELEASED)
    yield _written(f"/usr/share/metainfo/{desktop_entry.APP}.metainfo.xml", about)
    yield _zipped("/usr/share/man/man1/tray-agent.1.gz", man.page(__version__, RELEASED))
    for shell, place in (
        ("bash", "bash-completion/completions/tray-agent"),
        ("zsh", "zsh/vendor-completions/_tray-agent"),
        ("fish", "fish/vendor_completions.d/tray-agent.fish"),
    ):
        yield _written(f"/usr/share/{place}", completion.script(shell, FORMS))
    for sample in ("managed.json", "recommended.json"):
        yield _file(ROOT / "installers" / "policy" / sample, f"{DOC}/examples/{sample}", 0o644)


def _papers() -> Iterator[Entry]:
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    yield _written(f"{DOC}/copyright", papers.copyright_file((ROOT / "LICENSE").read_text("utf-8")))
    yield _zipped(f"{DOC}/changelog.gz", changes)
    # It lies where the libraries lie, and is looked for here.
    yield {
        "src": f"../../../lib/tray-agent/{NOTICES}",
        "dst": f"{DOC}/THIRD_PARTY_NOTICES",
        "type": "symlink",
    }
    deb = {"packager": "deb"}
    debian = papers.changelog(f"{__version__}-{RELEASE}", RELEASED, changes)
    yield {**_zipped(f"{DOC}/changelog.Debian.gz", debian), **deb}
    yield {**_written("/usr/share/lintian/overrides/tray-agent", papers.overrides()), **deb}


def _autostart() -> str:
    """Starts the agent in every session, and nothing once the program is gone but this file stays."""
    keys = {
        "Type": "Application",
        **desktop_entry.in_every_language("Name", "Tray Agent"),
        "Exec": desktop_entry.command_line(["/usr/bin/tray-agent", *AT_LOGIN]),
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
    # Owned, each of them, so that they go with the package unless an organisation has put something in.
    for folder in ("", "/policies", "/policies/managed", "/policies/recommended"):
        yield _folder(f"/etc/tray-agent{folder}")


def _folder(place: str) -> Entry:
    return {"dst": place, "type": "dir", "file_info": {"mode": 0o755}}


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


if __name__ == "__main__":
    sys.exit(main())
