"""Packs the frozen program of Windows as an MSI into `build/packages`, the same bytes each time.

    python3 -m installers.windows.msi [--release] [--program FOLDER] [--to FOLDER]

The program is what `installers.windows.build` made, signed or not.  Needs wixl, msibuild and faketime, which
Debian has as wixl, msitools and faketime.  With `--release` it ends with exit code 2 for a test build.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import uuid
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from installers.freeze import BUILD, EPOCH, ROOT
from installers.windows import package
from installers.windows.build import PROGRAM
from installers.windows.version_resource import MAKER, is_test
from tray_agent import __version__

PACKAGES = BUILD / "packages"
ICON = ROOT / "icons" / "tray-agent.ico"
LIMIT_S = 300
# The time inside it stands still, and so does the zone.
STILL = ["faketime", "-f", "2026-01-01 00:00:00"]


def main(args: Sequence[str]) -> int:
    """Pack it; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--release", action="store_true", help="refuse a test build")
    parser.add_argument("--program", type=Path, default=PROGRAM, metavar="FOLDER")
    parser.add_argument("--to", type=Path, default=PACKAGES, metavar="FOLDER")
    given = parser.parse_args(args)
    if given.release and (marked := marked_as_test(given.program)):
        print(f"This is no release but a test build: {', '.join(marked)}.", file=sys.stderr)
        return 2
    print(build(given.program, given.to))
    return 0


def marked_as_test(program: Path) -> list[str]:
    """Which programs at the top of the folder say that they are no release.

    Raises `FileNotFoundError` when there is none at all, `ValueError` for one that does not say.
    """
    found = sorted(program.glob("*.exe"), key=lambda each: each.name)
    if not found:
        raise FileNotFoundError(f"{program} holds no program of Windows")
    return [each.name for each in found if is_test(each)]


def build(program: Path, folder: Path, version: str = __version__) -> Path:
    """Pack `program` into that folder, with a name that tells a test build.

    Raises what `marked_as_test` raises, and `CalledProcessError` from the tools.
    """
    test = bool(marked_as_test(program))
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{MAKER}-{version}-x64{'-test' if test else ''}.msi"
    wxs = target.with_suffix(".wxs")
    wxs.write_text(package.source(program, version, test=test), "utf-8")
    for file in program.rglob("*"):
        os.utime(file, (int(EPOCH), int(EPOCH)))
    target.unlink(missing_ok=True)
    # It takes no absolute places.
    places = {"PROGRAM": program, "ICON": ICON}
    told = [("-D", f"{name}={os.path.relpath(place, folder)}") for name, place in places.items()]
    _run("wixl", "-a", "x64", *chain.from_iterable(told), "-o", target.name, wxs.name, cwd=folder)
    _run("msibuild", f"{target}", "-q", *package.statements(program))
    about = ["Tray Agent", MAKER, "x64;1033", f"{{{_package_code(wxs, program)}}}".upper()]
    _run("msibuild", f"{target}", "-s", *about)
    wxs.unlink()
    return target


def _package_code(wxs: Path, program: Path) -> uuid.UUID:
    """One for exactly this content: two different packages must never share theirs."""
    content = hashlib.sha256()
    content.update(wxs.read_bytes())
    for file in sorted(each for each in program.rglob("*") if each.is_file()):
        content.update(file.read_bytes())
    return uuid.uuid5(package.UPGRADE_CODE, content.hexdigest())


def _run(*command: str, cwd: Path | None = None) -> None:
    environment = {**os.environ, "TZ": "UTC", "SOURCE_DATE_EPOCH": EPOCH, "LC_ALL": "C.UTF-8"}
    subprocess.run(
        [*STILL, *command],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        check=True,
        timeout=LIMIT_S,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
