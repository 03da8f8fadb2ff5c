import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tray_agent.shell import resources

ROOT = Path(__file__).parents[2]


def test_found_in_the_tree() -> None:
    assert resources.config("settings.toml") == ROOT / "config" / "settings.toml"
    assert resources.config("exercises").is_dir()


def test_missing_file_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"icons/no\.svg is missing"):
        resources.icon("no.svg")


def test_found_inside_an_installed_package(tmp_path: Path) -> None:
    package = tmp_path / "tray_agent"
    shutil.copytree(
        ROOT / "tray_agent", package, ignore=shutil.ignore_patterns("__pycache__", "platforms", "ui")
    )
    carried = package / "_data" / "icons" / "x.svg"
    carried.parent.mkdir(parents=True)
    carried.write_text("<svg/>")
    program = "from tray_agent.shell import resources; print(resources.icon('x.svg'))"
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env={}, check=True, capture_output=True, text=True
    ).stdout
    assert Path(told.strip()) == carried
