"""Writes run.txt, dev.txt, build.txt, windows.txt and macos.txt: the newest versions pyproject.toml allows,
with all their hashes.

pip itself chooses the versions and knows the hashes; it is asked once for each system and Python
version, because it names only the wheel it would install there.  Nothing is downloaded but metadata.

build.txt is what freezing and packing needs beside run.txt.  windows.txt is what the tests under Wine need
of the first two, in the same versions; macos.txt has the wheels of macOS whose metadata the tests compare
our code with.

    python3 dev.py lock
"""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
# Every tag of a line is accepted; newer and older builds of one release need a line each.
SYSTEMS = {
    "linux": [
        [f"manylinux_2_{minor}_x86_64" for minor in (39, 38, 36, 35, 34, 31, 28, 27)],
        ["manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64", "manylinux_2_5_x86_64"],
        [f"manylinux_2_{minor}_aarch64" for minor in (39, 38, 36, 35, 34, 31, 28, 27)],
        ["manylinux_2_28_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64"],
    ],
    "win32": [["win_amd64"]],
    "darwin": [["macosx_15_0_arm64"], ["macosx_15_0_x86_64"]],
}
Target = tuple[list[str], str]
"""Tags of a system, and a version of Python."""
Pins = dict[str, str]
"""Versions by name."""

TARGETS: dict[str, list[Target]] = {
    system: list(itertools.product(tags, PYTHONS)) for system, tags in SYSTEMS.items()
}
EVERYWHERE = [target for targets in TARGETS.values() for target in targets]
# pynput asks for evdev, which has no wheel and which its X11 listeners never load; six is the rest it needs.
WITHOUT_THEIR_NEEDS = {"pynput"}
INSTEAD = ["six"]
# pip judges markers by the system it runs on, so another system's lines of pyproject.toml are asked for
# separately, and what only another system's packages need is named here.
MARKER = "; sys_platform == '{}'"
NOT_HERE = ["win32", "darwin"]
THEIR_NEEDS = {
    "run": [],
    "dev": ["colorama; sys_platform == 'win32'"],
    # Of PyInstaller: it reads and signs what the other systems call a program.
    "build": [
        "pefile>=2022.5.30,!=2024.8.26; sys_platform == 'win32'",
        "pywin32-ctypes>=0.2.1; sys_platform == 'win32'",
        "macholib>=1.8; sys_platform == 'darwin'",
    ],
}
# Under Wine there is Python 3.11 and no Qt; setuptools unpacks that Python (tests/wine).
WINE: Target = (["win_amd64"], "3.11")
WINE_TESTS = ["babel", "hypothesis", "pytest"]
WINE_TOOLS = ["setuptools"]
LINUX_ONLY = ["jeepney", "python-xlib"]
# One build of each is enough to read what the frameworks offer.
MAC: Target = (["macosx_15_0_arm64"], "3.11")
HEADER = "# Made by `python3 dev.py lock`; installed by dev.py with --require-hashes --no-deps.\n"


def main() -> int:
    """Write all five files."""
    pyproject = tomllib.loads((HERE.parent / "pyproject.toml").read_text("utf-8"))
    project = pyproject["project"]
    run = resolve([*project["dependencies"], *project["optional-dependencies"]["gui"]])
    pins = [f"{name}=={version}" for name, version in run.items()]
    dev = resolve([*pyproject["dependency-groups"]["dev"], *pins])
    elsewhere = {
        system: only_there(system, [*project["dependencies"], *THEIR_NEEDS["run"]], run)
        for system in NOT_HERE
    }
    write(HERE / "run.txt", run, elsewhere)
    known = {**run, **dev}
    more = {system: only_there(system, THEIR_NEEDS["dev"], known) for system in NOT_HERE}
    write(HERE / "dev.txt", {name: dev[name] for name in dev if name not in run}, more)
    write_build(pyproject["dependency-groups"]["build"], run)
    theirs = {**elsewhere["win32"], **more["win32"]}
    write(HERE / "windows.txt", under_wine(project["dependencies"], known, theirs), {}, [WINE])
    write(HERE / "macos.txt", elsewhere["darwin"], {}, [MAC])
    return 0


def write_build(wanted: list[str], run: Pins) -> None:
    """What freezes and packs, beside the versions chosen to run."""
    found = resolve([*wanted, *(f"{name}=={version}" for name, version in run.items())])
    build = {name: version for name, version in found.items() if name not in run}
    more = {system: only_there(system, THEIR_NEEDS["build"], {**run, **build}) for system in NOT_HERE}
    write(HERE / "build.txt", build, more)


def only_there(system: str, lines: list[str], known: Pins) -> Pins:
    """What the lines with this system's marker need beyond what is known."""
    marker = MARKER.format(system)
    wanted = [line.removesuffix(marker) for line in lines if line.endswith(marker)]
    found = resolve(wanted, TARGETS[system][0]) if wanted else {}
    return {name: version for name, version in found.items() if name not in known}


def under_wine(dependencies: list[str], chosen: Pins, theirs: Pins) -> Pins:
    """What the agent and its tests need on Windows, in the versions chosen for all."""
    wanted = [normal(re.split(r"[^\w-]", line, maxsplit=1)[0]) for line in dependencies]
    pins = [f"{name}=={chosen[name]}" for name in [*wanted, *WINE_TESTS] if name in chosen]
    found = resolve([*pins, *WINE_TOOLS])
    here = {name: chosen.get(name, found[name]) for name in found if name not in LINUX_ONLY}
    return {**here, **theirs}


def resolve(wanted: list[str], target: Target | None = None) -> Pins:
    """Name and version of everything that `wanted` needs, and of itself; here, where no target is named."""
    alone = [line for line in wanted if any(line.startswith(name) for name in WITHOUT_THEIR_NEEDS)]
    rest = [line for line in wanted if line not in alone] + (INSTEAD if alone else [])
    there = options(target) if target else []
    found = ask([*rest, *there]) + (ask([*alone, "--no-deps", *there]) if alone else [])
    named = {normal(item["metadata"]["name"]): item["metadata"]["version"] for item in found}
    return dict(sorted(named.items()))


def normal(name: str) -> str:
    """The name as requirements spell it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def write(
    path: Path, versions: Pins, elsewhere: dict[str, Pins], targets: Sequence[Target] = EVERYWHERE
) -> None:
    """One entry for each package, its hashes sorted, so that a new lock differs only where it differs.

    `elsewhere` has what only another system needs, by its marker.
    """
    entries = {name: (f"{name}=={version}", hashes) for name, version, hashes in locked(versions, targets)}
    for system, pins in elsewhere.items():
        for name, version, hashes in locked(pins, TARGETS[system]):
            if name in entries:
                raise SystemExit(f"{name} is needed on two systems; lock it for all of them")
            entries[name] = f"{name}=={version}" + MARKER.format(system), hashes
    packages = [entries[name] for name in sorted(entries)]
    lines = [" \\\n    --hash=sha256:".join([entry, *hashes]) for entry, hashes in packages]
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines), "utf-8")
    print(f"{path.name}: {len(lines)} packages, {sum(len(hashes) for _, hashes in packages)} hashes")


def locked(versions: Pins, targets: Sequence[Target]) -> list[tuple[str, str, list[str]]]:
    """Name, version and hashes of each package."""
    hashes = collect(versions, targets) if versions else {}
    return [(name, version, sorted(hashes[name])) for name, version in versions.items()]


def collect(versions: Pins, targets: Sequence[Target]) -> dict[str, set[str]]:
    """The hash of every wheel that any of these systems would choose."""
    hashes: dict[str, set[str]] = defaultdict(set)
    pins = {name: f"{name}=={version}" for name, version in versions.items()}
    for target in targets:
        for item in ask_in_halves([*pins.values()], ["--no-deps", *options(target)]):
            name, file = normal(item["metadata"]["name"]), item["download_info"]
            hashes[name].add(file["archive_info"]["hashes"]["sha256"])
            if file["url"].endswith("-none-any.whl"):
                del pins[name]  # it is the same everywhere
    if missing := versions.keys() - hashes.keys():
        raise SystemExit(f"no system has a wheel of {', '.join(sorted(missing))}")
    return hashes


def options(target: Target) -> list[str]:
    """How pip is told of another system."""
    system, python = target
    return ["--python-version", python, *(f"--platform={tag}" for tag in system)]


def ask_in_halves(pins: list[str], target: list[str]) -> list[dict[str, Any]]:
    """What pip would install there; a package without a wheel for it is left out."""
    try:
        return ask([*pins, *target])
    except subprocess.CalledProcessError:
        if len(pins) <= 1:
            return []
        half = len(pins) // 2
        return ask_in_halves(pins[:half], target) + ask_in_halves(pins[half:], target)


def ask(args: list[str]) -> list[dict[str, Any]]:
    """The entries of pip's report on an installation that does not take place."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed"]
        where = ["--only-binary", ":all:", "--target", folder, "--report", str(report)]
        subprocess.run([*command, *where, *args], check=True, stderr=subprocess.PIPE)
        return list(json.loads(report.read_text("utf-8"))["install"])


if __name__ == "__main__":
    sys.exit(main())
