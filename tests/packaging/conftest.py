"""What was made, and other releases of it; `python3 dev.py test --packaging` makes it first."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.places import ROOT
from tests.support.system_root import bare

BUILD = ROOT / "build"
BUILDER = BUILD / "venv-build" / "bin" / "python"
SOURCES = ["config", "docs", "icons", "installers", "requirements", "tests", "tray_agent"]
NEXT = "99.0.0"


def made(pattern: str) -> Path:
    """The one file in `build` of this name."""
    found = sorted(BUILD.glob(pattern))
    assert len(found) == 1, f"build/{pattern}: {found}; python3 dev.py test --packaging makes it"
    return found[0]


@pytest.fixture(scope="session")
def frozen() -> Path:
    """The folder of the frozen program."""
    return made("dist/tray-agent")


@pytest.fixture(scope="session")
def deb() -> Path:
    return made("packages/*.deb")


@pytest.fixture(scope="session")
def rpm() -> Path:
    return made("packages/*.rpm")


@pytest.fixture(scope="session")
def wheel() -> Path:
    return made("python/*.whl")


@pytest.fixture(scope="session")
def bare_system() -> Path:
    return bare()


def checkout(folder: Path) -> Path:
    """A copy of all that packages are made of."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in SOURCES:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ROOT.iterdir():
        if file.is_file():
            shutil.copy2(file, folder)
    return folder


def make(folder: Path, module: str) -> None:
    """Run one of the scripts that make something, in that copy."""
    done = subprocess.run(
        [BUILDER, "-m", module],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same checkout in another place."""
    return checkout(tmp_path_factory.mktemp("again") / "checkout")


@pytest.fixture(scope="session")
def again(elsewhere: Path) -> Path:
    """`build` with the same program and packages, made a second time."""
    for module in ("installers.freeze", "installers.linux.package"):
        make(elsewhere, module)
    return elsewhere / "build"


@pytest.fixture(scope="session")
def python_again(elsewhere: Path) -> Path:
    """The folder with the same wheel and source distribution, made a second time."""
    make(elsewhere, "installers.wheel")
    return elsewhere / "build" / "python"


@pytest.fixture(scope="session")
def next_checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A later release."""
    folder = checkout(tmp_path_factory.mktemp("next") / "checkout")
    version = folder / "tray_agent" / "__init__.py"
    docstring = version.read_text("utf-8").partition("\n")[0]
    version.write_text(f'{docstring}\n\n__version__ = "{NEXT}"\n', "utf-8")
    return folder


@pytest.fixture(scope="session")
def next_packages(next_checkout: Path) -> Path:
    """Its packages, different in every module's place within the program."""
    for module in ("installers.freeze", "installers.linux.package"):
        make(next_checkout, module)
    return next_checkout / "build" / "packages"


@pytest.fixture(scope="session")
def next_deb(next_packages: Path) -> Path:
    return next(next_packages.glob("*.deb"))


@pytest.fixture(scope="session")
def next_rpm(next_packages: Path) -> Path:
    return next(next_packages.glob("*.rpm"))


@pytest.fixture(scope="session")
def next_wheel(next_checkout: Path) -> Path:
    make(next_checkout, "installers.wheel")
    return next((next_checkout / "build" / "python").glob("*.whl"))
