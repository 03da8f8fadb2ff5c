"""Writes run.txt, dev.txt and windows.txt: the newest versions pyproject.toml allows, with all their hashes.

pip itself chooses the versions and knows the hashes; it is asked once for each system and Python
version, because it names only the wheel it would install there.  Nothing is downloaded but metadata.

windows.txt is what the tests under Wine need of the other two, in the same versions.

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
SYSTEMS = [
    [f"manylinux_2_{minor}_x86_64" for minor in (39, 38, 36, 35, 34, 31, 28, 27)],
    ["manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64", "manylinux_2_5_x86_64"],
    [f"manylinux_2_{minor}_aarch64" for minor in (39, 38, 36, 35, 34, 31, 28, 27)],
    ["manylinux_2_28_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64"],
    ["win_amd64"],
    ["macosx_15_0_arm64"],
    ["macosx_15_0_x86_64"],
]
Target = tuple[list[str], str]
"""Tags of a system, and a version of Python."""

EVERYWHERE = list(itertools.product(SYSTEMS, PYTHONS))
# pynput asks for evdev, which has no wheel and which its X11 listeners never load; six is the rest it needs.
WITHOUT_THEIR_NEEDS = {"pynput"}
INSTEAD = ["six"]
# pip judges markers by the system it runs on, so what only another system needs is named here.
ELSEWHERE = {"run": ["tzdata"], "dev": ["colorama"]}
# Under Wine there is Python 3.11 and no Qt; setuptools unpacks that Python (tests/wine).
WINE = [(["win_amd64"], "3.11")]
WINE_TESTS = ["babel", "hypothesis", "pytest"]
WINE_TOOLS = ["setuptools"]
LINUX_ONLY = ["jeepney", "python-xlib"]
MARKER = "; sys_platform == 'win32'"
HEADER = "# Made by `python3 dev.py lock`; installed by dev.py with --require-hashes --no-deps.\n"


def main() -> int:
    """Write all three files."""
    pyproject = tomllib.loads((HERE.parent / "pyproject.toml").read_text("utf-8"))
    project = pyproject["project"]
    run = resolve([*project["dependencies"], *project["optional-dependencies"]["gui"]])
    pins = [f"{name}=={version}" for name, version in run.items()]
    dev = resolve([*pyproject["dependency-groups"]["dev"], *pins])
    windows = under_wine(project["dependencies"], {**run, **dev})
    for name, versions in (("run", run), ("dev", {k: v for k, v in dev.items() if k not in run})):
        elsewhere = resolve(ELSEWHERE[name])
        write(HERE / f"{name}.txt", versions, {k: v for k, v in elsewhere.items() if k not in versions})
    write(HERE / "windows.txt", windows, {}, WINE)
    return 0


def under_wine(dependencies: list[str], chosen: dict[str, str]) -> dict[str, str]:
    """What the agent and its tests need on Windows, in the versions chosen for all."""
    wanted = [normal(re.split(r"[^\w-]", line, maxsplit=1)[0]) for line in dependencies]
    pins = [f"{name}=={chosen[name]}" for name in [*wanted, *WINE_TESTS] if name in chosen]
    found = resolve([*pins, *WINE_TOOLS, *ELSEWHERE["run"], *ELSEWHERE["dev"]])
    return {name: chosen.get(name, found[name]) for name in found if name not in LINUX_ONLY}


def resolve(wanted: list[str]) -> dict[str, str]:
    """Name and version of everything that `wanted` needs, and of itself."""
    alone = [line for line in wanted if any(line.startswith(name) for name in WITHOUT_THEIR_NEEDS)]
    rest = [line for line in wanted if line not in alone] + (INSTEAD if alone else [])
    found = ask(rest) + (ask([*alone, "--no-deps"]) if alone else [])
    named = {normal(item["metadata"]["name"]): item["metadata"]["version"] for item in found}
    return dict(sorted(named.items()))


def normal(name: str) -> str:
    """The name as requirements spell it."""
    return name.lower().replace("_", "-")


def write(
    path: Path, versions: dict[str, str], elsewhere: dict[str, str], targets: Sequence[Target] = EVERYWHERE
) -> None:
    """One entry for each package, its hashes sorted, so that a new lock differs only where it differs."""
    hashes = collect({**versions, **elsewhere}, targets)
    lines = [HEADER]
    for name, version in sorted({**versions, **elsewhere}.items()):
        entry = f"{name}=={version}" + (MARKER if name in elsewhere else "")
        lines.append(" \\\n    --hash=sha256:".join([entry, *sorted(hashes[name])]) + "\n")
    path.write_text("".join(lines), "utf-8")
    print(f"{path.name}: {len(lines) - 1} packages, {sum(map(len, hashes.values()))} hashes")


def collect(versions: dict[str, str], targets: Sequence[Target]) -> dict[str, set[str]]:
    """The hash of every wheel that any of these systems would choose."""
    hashes: dict[str, set[str]] = defaultdict(set)
    pins = {name: f"{name}=={version}" for name, version in versions.items()}
    for system, python in targets:
        target = ["--no-deps", "--python-version", python, *(f"--platform={tag}" for tag in system)]
        for item in ask_in_halves([*pins.values()], target):
            name, file = normal(item["metadata"]["name"]), item["download_info"]
            hashes[name].add(file["archive_info"]["hashes"]["sha256"])
            if file["url"].endswith("-none-any.whl"):
                del pins[name]  # it is the same everywhere
    if missing := versions.keys() - hashes.keys():
        raise SystemExit(f"no system has a wheel of {', '.join(sorted(missing))}")
    return hashes


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
