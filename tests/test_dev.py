"""dev.py on a checkout of its own: set up once, quick the second time, plain when it cannot."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from tests.support.places import ROOT

LOCKS = {name: (ROOT / "requirements" / f"{name}.txt").read_text("utf-8") for name in ("run", "dev", "build")}


PIN, HASHES = r"[a-z0-9-]+==[\w.!]+", r"(?: \\\n    --hash=sha256:[0-9a-f]{64})+\n"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev_under_test", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A dev.py whose checkout is empty but for locks without packages."""
    module = load()
    requirements = tmp_path / "requirements"
    requirements.mkdir()
    for name in LOCKS:
        (requirements / f"{name}.txt").write_text("# nothing\n")
    bin_folder = tmp_path / ".venv" / "bin"
    places = {
        "ROOT": tmp_path,
        "VENV": tmp_path / ".venv",
        "BIN": bin_folder,
        "PYTHON": bin_folder / "python",
    }
    for name, place in {**places, "REQUIREMENTS": requirements}.items():
        monkeypatch.setattr(module, name, place)
    return module


def dpkg_that_knows(folder: Path, *packages: str) -> str:
    """A PATH on which dpkg has exactly these packages, and apt-get writes down what it is told."""
    (folder / "dpkg-query").write_text("#!/bin/sh\n" + "".join(f"echo installed {p}\n" for p in packages))
    (folder / "apt-get").write_text(f'#!/bin/sh\necho "$@" >> {folder}/said\n')
    for program in folder.iterdir():
        program.chmod(0o755)
    return f"{folder}:/usr/bin:/bin"


def test_venv_finds_the_checkout_and_is_made_once(dev: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    (dev.ROOT / "found_here.py").write_text("print('found')\n")
    dev.set_up_venv("run", "dev")
    assert "making .venv\ninstalling requirements/run.txt" in capfd.readouterr().out
    done = subprocess.run(
        [dev.PYTHON, "-m", "found_here"], cwd="/", capture_output=True, text=True, check=True
    )
    assert done.stdout == "found\n"
    assert os.access(dev.BIN / "tray-agent", os.X_OK)

    dev.set_up_venv("run", "dev")
    assert capfd.readouterr().out == ""

    (dev.REQUIREMENTS / "dev.txt").write_text("# nothing else\n")
    dev.set_up_venv("run", "dev")
    assert capfd.readouterr().out == "installing requirements/dev.txt into .venv\n"


def test_failed_installation_is_tried_again(dev: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    (dev.REQUIREMENTS / "run.txt").write_text("six==1.17.0\n")  # no hash, so pip refuses before it looks
    for _attempt in range(2):
        with pytest.raises(SystemExit) as left:
            dev.set_up_venv("run")
        assert left.value.code == 2
        assert "could not be installed" in capfd.readouterr().err


@pytest.mark.parametrize("user", [0, 1000])
def test_missing_system_packages(
    dev: ModuleType,
    user: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", dpkg_that_knows(programs, "xvfb"))
    monkeypatch.setattr(os, "geteuid", lambda: user)
    dev.set_up_system(["xvfb"], [])
    assert not (programs / "said").exists()
    if user:
        with pytest.raises(SystemExit) as left:
            dev.set_up_system(["xvfb", "dunst"], [])
        assert left.value.code == 2
        line = capsys.readouterr().err.splitlines()[-1]
        assert line == "sudo apt-get install --yes --no-install-recommends dunst"
    else:
        dev.set_up_system(["xvfb", "dunst"], [])
        assert (programs / "said").read_text() == "update\ninstall --yes --no-install-recommends dunst\n"


def test_without_apt_the_programs_are_named(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit):
        dev.set_up_system(["xvfb"], ["Xvfb", "dunst"])
    assert capsys.readouterr().err == "Install these programs with your package manager first: Xvfb dunst\n"


@pytest.mark.parametrize(
    ("display", "expected"),
    [
        ({"DISPLAY": ":7"}, ["tray_agent", "run"]),
        ({"WAYLAND_DISPLAY": "w"}, ["tray_agent", "run"]),
        ({}, None),
    ],
)
def test_run_is_the_agent_or_without_a_display_the_demonstration(
    dev: ModuleType, display: dict[str, str], expected: list[str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in display.items():
        monkeypatch.setenv(variable, value)
    became: list[list[str]] = []
    asked: list[str] = []
    monkeypatch.setattr(dev, "become", became.append)
    monkeypatch.setattr(dev, "set_up_venv", lambda *locks: asked.extend(locks))
    monkeypatch.setattr(dev, "set_up_system", lambda _packages, programs: asked.extend(programs))
    dev.main(["run", "--speed", "60"])
    assert became == [[str(dev.PYTHON), "-m", *(expected or ["tests.support.demo"]), "--speed", "60"]]
    assert ("Xvfb" in asked) == (expected is None)
    assert "dev" not in asked


@pytest.fixture
def checkout(dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One with a few tests, and a Wine that is the Python at hand."""
    for name, text in {
        "test_one.py": "def test_good(): pass\ndef test_bad(): assert 0\n",
        "core/test_two.py": "def test_good(): pass\n",
        "e2e/test_three.py": "def test_good(): pass\n",
        "e2e_wine/test_four.py": "def test_good(): pass\n",
        "contract/test_five.py": "def test_good(): pass\n",
        "wine/qt_windows.py": "def test_good(): pass\n",
        "wine.py": WINE,
    }.items():
        path = tmp_path / "tests" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for folder in ("properties", "simulation", "figure", "platforms"):
        (tmp_path / "tests" / folder).mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(dev, "BUILD", tmp_path / "build")
    monkeypatch.setattr(dev, "CHECKS", {"works": ["true"], "breaks": ["sh", "-c", "echo what broke; false"]})
    return tmp_path


WINE = """
import sys, pytest
from pathlib import Path
if sys.argv[1] == "--set-up":
    sys.exit(Path("wine_cannot_be_made").exists())
if Path("wine_dies").exists():
    sys.exit(0)
sys.exit(pytest.main(sys.argv[1:]))
"""


def test_steps_are_counted_and_a_failure_is_shown(
    dev: ModuleType, checkout: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    whole = dev.Round()
    assert whole.play(whole.here) == 1
    said = capfd.readouterr().out
    assert re.search(r"^ok     works, ", said, re.MULTILINE)
    assert re.search(r"^FAILED breaks, .*\nwhat broke", said, re.MULTILINE)
    assert re.search(r"^ok     core tests, ", said, re.MULTILINE)
    assert re.search(r"^ok     live tests, ", said, re.MULTILINE)
    assert re.search(r"^failed: (?=.*breaks)(?=.*other tests)", said, re.MULTILINE)
    assert re.fullmatch(r"4 passed, \d failed", said.splitlines()[-1])


def test_what_is_tested_under_wine_is_counted_too(
    dev: ModuleType, checkout: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    part = dev.Round()
    assert part.play(part.under_wine) == 1
    said = capfd.readouterr().out
    for name in ("core", "adapter", "live", "window"):
        assert re.search(rf"^ok     windows {name} tests, ", said, re.MULTILINE)
    assert re.search(r"^FAILED windows shell tests, .*\n(.*\n)+.*test_bad", said, re.MULTILINE)
    assert said.splitlines()[-2:] == ["failed: windows shell tests", "6 passed, 1 failed"]


def test_a_run_that_ended_without_a_count_has_failed(
    dev: ModuleType, checkout: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (checkout / "wine_dies").touch()
    part = dev.Round()
    assert part.play(part.under_wine) == 1
    said = capfd.readouterr().out
    assert "FAILED windows adapter tests: it ended before its end" in said
    assert said.splitlines()[-1] == "2 passed, 3 failed"


def test_without_a_windows_nothing_is_tried_on_it(
    dev: ModuleType, checkout: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (checkout / "wine_cannot_be_made").touch()
    part = dev.Round()
    assert part.play(part.under_wine) == 1
    assert capfd.readouterr().out.splitlines()[-2:] == ["failed: set up windows", "0 passed, 1 failed"]


def test_the_whole_is_this_system_and_windows(
    dev: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played: list[str] = []
    packages: list[str] = []
    monkeypatch.setattr(dev, "set_up_system", lambda names, _programs: packages.extend(names))
    monkeypatch.setattr(dev, "set_up_venv", lambda *_locks: None)
    monkeypatch.setattr(dev.Round, "here", lambda _round: played.append("here"))
    monkeypatch.setattr(dev.Round, "under_wine", lambda _round: played.append("wine"))
    assert dev.main(["test"]) == 0
    assert played == ["here", "wine"]
    assert {"wine64", "xvfb", "sway"} <= set(packages)
    assert len(packages) == len(set(packages))
    assert dev.main(["test", "--wine"]) == 0
    assert played == ["here", "wine", "wine"]


def test_benchmarks_have_the_peers_of_their_list(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    became: list[list[str]] = []
    packages: list[str] = []
    listed = tmp_path / "tests" / "benchmarks" / "programs.toml"
    listed.parent.mkdir(parents=True)
    listed.write_text('[peers]\nThis = { packages = ["this", "its-icon"] }\nThat = { packages = ["that"] }\n')
    monkeypatch.setattr(dev, "set_up_system", lambda names, _programs: packages.extend(names))
    monkeypatch.setattr(dev, "set_up_venv", lambda *_locks: None)
    monkeypatch.setattr(dev, "become", became.append)
    monkeypatch.chdir(dev.ROOT)
    dev.main(["test", "--bench", "--short", "states"])
    assert became == [[str(dev.PYTHON), "-m", "tests.benchmarks", "--short", "states"]]
    assert {"this", "its-icon", "that", "xvfb", "wireplumber"} <= set(packages)


def test_the_wine_suite_gets_its_own_arguments(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    became: list[list[str]] = []
    asked: list[str] = []
    monkeypatch.setattr(dev, "set_up_system", lambda packages, _programs: asked.extend(packages))
    monkeypatch.setattr(dev, "set_up_venv", lambda *_locks: None)
    monkeypatch.setattr(dev, "become", became.append)
    monkeypatch.chdir(dev.ROOT)
    dev.main(["test", "--wine", "tests/core", "-k", "snooze"])
    assert became == [[str(dev.PYTHON), "-m", "tests.wine", "tests/core", "-k", "snooze"]]
    assert "wine64" in asked


def test_without_wine_and_apt_the_programs_are_named(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit) as left:
        dev.main(["test", "--wine"])
    assert left.value.code == 2
    missing = " ".join(dev.WINE_PROGRAMS)
    assert f"Install these programs with your package manager first: {missing}" in capsys.readouterr().err


def test_packages_are_made_before_they_are_tried(
    dev: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    packages: list[str] = []
    venvs: list[tuple[str, ...]] = []
    (checkout / "tests" / "packaging").mkdir()
    (checkout / "tests" / "packaging" / "test_six.py").write_text(
        "from pathlib import Path\ndef test_made(): assert Path('made').exists()\n"
    )
    monkeypatch.setattr(dev, "set_up_system", lambda names, _programs: packages.extend(names))
    monkeypatch.setattr(dev, "set_up_venv", lambda *locks, **_where: venvs.append(locks))
    monkeypatch.setattr(dev, "python_of", lambda _venv: sys.executable)
    monkeypatch.setattr(dev, "PACKAGES", {"make": ["-c", "open('made', 'w')"]})
    assert dev.main(["test", "--packaging"]) == 0
    said = capfd.readouterr().out
    assert said.splitlines()[-1] == "1 passed, 0 failed"
    assert {"lintian", "rpm", "xvfb", "wine64"} <= set(packages)
    assert venvs == [("run", "dev"), ("run", "build")]

    monkeypatch.setattr(dev, "PACKAGES", {"make": ["-c", "1/0"], "pack": ["-c", "print('packed')"]})
    assert dev.main(["test", "--packaging"]) == 1
    said = capfd.readouterr().out
    assert "pack," not in said
    assert said.splitlines()[-1] == "0 passed, 1 failed"


def test_another_environment_has_its_own_packages(dev: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    venv = dev.ROOT / "build" / "another"
    dev.set_up_venv("run", venv=venv)
    assert capfd.readouterr().out == (
        "making build/another\ninstalling requirements/run.txt into build/another\n"
    )
    assert dev.python_of(venv).exists()
    assert not dev.VENV.exists()


def test_what_packages_need_is_not_asked_of_the_everyday_suite() -> None:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q"]
    others = [f"--ignore={path}" for path in (ROOT / "tests").iterdir() if path.name != "packaging"]
    for args, expected in ((["tests/packaging/test_linux_deb.py"], True), (["tests", *others], False)):
        said = subprocess.run([*command, *args], cwd=ROOT, capture_output=True, text=True, check=False)
        assert ("test_linux_deb" in said.stdout) == expected, said.stdout


@pytest.mark.parametrize(("args", "code"), [([], 2), (["fly"], 2), (["--help"], 0)])
def test_usage(dev: ModuleType, args: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(args) == code
    out, err = capsys.readouterr()
    assert "python3 dev.py run" in (err if code else out)


def test_older_python_is_told_plainly(tmp_path: Path) -> None:
    source = (ROOT / "dev.py").read_text("utf-8")
    older = tmp_path / "dev.py"
    older.write_text(source.replace("import sys\n", "import sys\nsys.version_info = (3, 10, 1)\n", 1))
    done = subprocess.run([sys.executable, older, "run"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("Tray Agent needs Python 3.11 or newer; this is ")
    assert "Traceback" not in done.stderr


def test_locks_hold_every_dependency_by_hash_and_nothing_else() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project = pyproject["project"]
    wanted = {
        "run": [*project["dependencies"], *project["optional-dependencies"]["gui"]],
        "dev": pyproject["dependency-groups"]["dev"],
        "build": pyproject["dependency-groups"]["build"],
    }
    for name, text in LOCKS.items():
        pinned = set(re.findall(r"^([a-z0-9-]+)==\S+", text, re.MULTILINE))
        needed = {re.split(r"[^\w-]", line.lower(), maxsplit=1)[0] for line in wanted[name]}
        assert needed <= pinned
        entry = rf"{PIN}(; sys_platform == '(win32|darwin)')?{HASHES}"
        assert re.fullmatch(rf"#.*\n({entry})+", text)
    assert "evdev" not in LOCKS["run"]


def test_the_lock_for_wine_has_the_versions_of_the_others_without_markers() -> None:
    def pins(text: str) -> set[str]:
        return set(re.findall(rf"^{PIN}", text, re.MULTILINE))

    text = (ROOT / "requirements" / "windows.txt").read_text("utf-8")
    assert re.fullmatch(rf"#.*\n({PIN}{HASHES})+", text)
    others = pins(LOCKS["run"]) | pins(LOCKS["dev"])
    assert {pin.partition("==")[0] for pin in pins(text) - others} == {"setuptools"}


@pytest.mark.parametrize("name", ["soak", "storm"])
def test_what_takes_long_gets_its_own_arguments(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    became: list[list[str]] = []
    monkeypatch.setattr(dev, "set_up_system", lambda _packages, _programs: None)
    monkeypatch.setattr(dev, "set_up_venv", lambda *_locks: None)
    monkeypatch.setattr(dev, "become", became.append)
    monkeypatch.chdir(dev.ROOT)
    dev.main(["test", f"--{name}", "--minutes", "10"])
    assert became == [[str(dev.PYTHON), "-m", f"tests.{name}", "--minutes", "10"]]
