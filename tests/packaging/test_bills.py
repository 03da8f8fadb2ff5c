"""The bills of what was packed: is anything in the program that they do not tell of?"""

from __future__ import annotations

import json
import subprocess
from importlib.metadata import distribution
from pathlib import Path

import pytest

from installers import sbom, shipped
from tests.packaging.conftest import BUILDER

# What CPython, PyInstaller and we ourselves put there.
OWN = {"tray_agent", "_pyi_rth_utils"}

MODULES = """
import json, sys
from importlib.metadata import packages_distributions
from PyInstaller.archive.readers import CArchiveReader
found = set()
for program in sys.argv[1:]:
    archive = CArchiveReader(program)
    for name in archive.toc:
        if name.endswith(".pyz"):
            found |= {module.partition(".")[0] for module in archive.open_embedded_archive(name).toc}
known = packages_distributions()
foreign = [name for name in found - sys.stdlib_module_names if not name.startswith("_sysconfig")]
print(json.dumps({name: known.get(name, []) for name in foreign}))
"""


@pytest.fixture(scope="module")
def held(frozen: Path) -> shipped.Contents:
    return shipped.read(frozen / "_internal" / "contents.json")


def modules(frozen: Path) -> dict[str, list[str]]:
    """The frozen modules' first names, each with the packages it may be from."""
    programs = [str(frozen / name) for name in ("tray-agent", "tray-agent-windows")]
    command = [str(BUILDER), "-c", MODULES, *programs]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return dict(json.loads(done.stdout))


def test_every_module_is_of_a_package_on_the_bill(frozen: Path, held: shipped.Contents) -> None:
    found = modules(frozen)
    assert {"msgspec", "pystray", "PySide6"} <= found.keys()
    for module, packages in found.items():
        names = {name.lower().replace("_", "-") for name in packages}
        assert module in OWN or names & held.packages.keys(), (module, packages)


def test_every_library_is_of_a_package_on_the_bill(frozen: Path, held: shipped.Contents) -> None:
    of_wheels = {file.name for name in held.packages for file in distribution(name).files or ()}
    files = [file.name for file in (frozen / "_internal").glob("lib*.so*")]
    others = [name for name in files if name not in of_wheels and not name.startswith("libpython3")]
    assert "libX11.so.6" in others
    for name in others:
        command = ["dpkg-query", "--search", f"*/{name}"]
        said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False).stdout
        assert {line.partition(":")[0] for line in said.splitlines()} & held.libraries.keys(), name


def test_the_notices_name_every_package_and_library(frozen: Path, held: shipped.Contents) -> None:
    told = (frozen / "_internal" / "THIRD_PARTY_NOTICES").read_text("utf-8")
    for name, version in {**held.packages, **held.parts, **held.libraries}.items():
        assert f"\n{name} {version}\n" in told
    assert "in the package itself" not in told


def test_each_installer_has_a_bill_of_its_own(
    deb: Path, rpm: Path, wheel: Path, held: shipped.Contents
) -> None:
    bills = [sbom.bill(deb, held), sbom.bill(rpm, held), sbom.bill(wheel, None)]
    assert len({bill["serialNumber"] for bill in bills}) == len(bills)
    for bill in bills[:2]:
        names = {component["name"] for component in bill["components"]}
        assert {"cpython", "pyinstaller-bootloader", "qt", "openssl", "libx11-6", "pystray"} <= names
