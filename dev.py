"""Everything one does with a checkout, from nothing but Python 3.11: run, test, score, lock.

    python3 dev.py run [ARGS]     the agent on this desktop; where there is none, a demonstration
    python3 dev.py test           every check and every test
    python3 dev.py test ARGS      pytest alone, with these arguments
    python3 dev.py test --soak    agent days at speed until 100 prompts were shown: does anything leak?
    python3 dev.py test --storm   desktops that die under an agent that is late for everything: does it go on?
    python3 dev.py test --wine    those of it that are about Windows, on its own Python, under Wine
    python3 dev.py test --wine ARGS    pytest alone there, with these arguments
    python3 dev.py test --packaging    make every package that can be made here, and try them all
    python3 dev.py test --packaging ARGS    pytest alone, over what was made before
    python3 dev.py test --bench    what it costs, beside its peers; half an hour, with --short some minutes
    python3 dev.py score [ARGS]   how well the estimate does on the labelled days
    python3 dev.py lock           choose versions anew and write requirements/*.txt

Each first sets up what it needs: `.venv` with the locked packages (what freezes and packs has a venv
of its own in `build`), and on Debian and its kin the system packages.  What is in place already is left
alone, so the second time takes no time.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):
    sys.exit(f"Tray Agent needs Python 3.11 or newer; this is {sys.version.split()[0]}.")

import hashlib
import importlib.util
import os
import shutil
import subprocess
import time
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if sys.platform == "win32" else "bin")
PYTHON = BIN / ("python.exe" if sys.platform == "win32" else "python")
REQUIREMENTS = ROOT / "requirements"
BUILD = ROOT / "build"
BUILD_VENV = BUILD / "venv-build"

# The virtual desktop, then what Qt's X11 plugin loads and its wheel does not bring.
DESKTOP_PACKAGES = [
    "dbus",
    "dunst",
    "fonts-dejavu-core",
    "libglib2.0-bin",
    "libnotify-bin",
    "openbox",
    "x11-xserver-utils",
    "xfce4-panel",
    "xvfb",
    "libegl1",
    "libgl1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
]
# Panels, compositors, notification and sound services and session parts that only the tests meet.
NEIGHBOUR_PACKAGES = [
    "at-spi2-core",
    "dconf-gsettings-backend",
    "dconf-service",
    "desktop-file-utils",
    "dex",
    "fish",
    "gnome-session-bin",
    "grim",
    "gsettings-desktop-schemas",
    "gstreamer1.0-pipewire",
    "gstreamer1.0-plugins-base",
    "gstreamer1.0-tools",
    "i3lock",
    "jq",
    "kwin-wayland",
    "libxss1",
    "mako-notifier",
    "mate-notification-daemon",
    "mate-screensaver",
    "mate-session-manager",
    "mpv",
    "mpv-mpris",
    "mutter",
    "notification-daemon",
    "notify-osd",
    "pipewire",
    "pipewire-bin",
    "pipewire-pulse",
    "playerctl",
    "pulseaudio",
    "pulseaudio-utils",
    "python3-dbusmock",
    "sway",
    "sway-notification-center",
    "swayidle",
    "swaylock",
    "systemd",
    "tint2",
    "trayer",
    "waybar",
    "wireplumber",
    "workrave",
    "wtype",
    "xdotool",
    "xfce4-notifyd",
    "xfce4-power-manager",
    "xfconf",
    "xterm",
    "zsh",
]
DESKTOP_PROGRAMS = ["Xvfb", "dbus-daemon", "dunst", "openbox", "xfce4-panel"]

WINE_PACKAGES = ["openbox", "pulseaudio", "pulseaudio-utils", "wine", "wine64", "xvfb"]
WINE_PROGRAMS = ["Xvfb", "openbox", "pactl", "pulseaudio", "wine", "wineserver"]

# What reads, checks and tries packages: of Debian, Red Hat, Windows and Python; and a compiler, which
# the wheel cannot do without.
PACKAGING_PACKAGES = [
    "appstream",
    "createrepo-c",
    "debootstrap",
    "desktop-file-utils",
    "dnf",
    "faketime",
    "fish",
    "gcc",
    "libc6-dev",
    "lintian",
    "man-db",
    "msitools",
    "osslsigncode",
    "pipx",
    "python3-dev",
    "rpm",
    "shellcheck",
    "wixl",
    "zsh",
    "zstd",
]
PACKAGING_PROGRAMS = [
    "appstreamcli",
    "createrepo_c",
    "debootstrap",
    "dnf",
    "dpkg",
    "lintian",
    "pipx",
    "rpm",
    "unshare",
]
PACKAGING_TESTS = ["tests/packaging"]

# Beside the desktop: a logind, a sound server and a panel of the old kind.  The peers are named with
# how they are started, in tests/benchmarks/programs.toml.
BENCH_PACKAGES = [
    "pipewire",
    "pipewire-bin",
    "pipewire-pulse",
    "pulseaudio-utils",
    "python3-dbusmock",
    "strace",
    "trayer",
    "wireplumber",
    "xdotool",
    "xterm",
]
BENCH_PROGRAMS = ["pactl", "pipewire", "pw-cli", "strace", "trayer", "wireplumber", "xdotool", "xterm"]

# On Windows' Python these compute, those wait for its windows, and what is left is the shell.
WINE_CORE_TESTS = ["tests/core", "tests/properties", "tests/simulation", "tests/figure"]
WINE_ADAPTER_TESTS = ["tests/contract", "tests/platforms"]
WINE_LIVE_TESTS = ["tests/e2e_wine"]
WINE_WINDOW_TESTS = ["tests/wine/qt_windows.py"]

CORE_TESTS = ["tests/core", "tests/properties", "tests/simulation"]
SCORE_TESTS = [f"tests/simulation/test_{name}.py" for name in ("generator", "labelled", "measures", "score")]
LIVE_TESTS = ["tests/e2e"]
BENCHMARK_TESTS = ["tests/benchmarks"]
# Of these, what runs beside the rest once the core's tests are through; about half of the time.
SECOND_LIVE_TESTS = [
    f"tests/e2e/test_{name}.py"
    for name in ("agent_break", "agent_context", "agent_wayland", "agent_windows", "break_accessible")
]


def main(args: Sequence[str]) -> int:
    """Do one command; its exit code."""
    commands: dict[str, Callable[[list[str]], int]] = {"run": run, "test": test, "score": score, "lock": lock}
    if not args or args[0] not in commands:
        print(__doc__, file=sys.stdout if args and args[0] in {"-h", "--help"} else sys.stderr)
        return 0 if args and args[0] in {"-h", "--help"} else 2
    return commands[args[0]](list(args[1:]))


def run(args: list[str]) -> int:
    """The agent on this desktop, or the demonstration on a virtual one."""
    needs_own_desktop = sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    if needs_own_desktop:
        set_up_system(DESKTOP_PACKAGES, DESKTOP_PROGRAMS)
    set_up_venv("run")
    command = ["tests.support.demo"] if needs_own_desktop else ["tray_agent", "run"]
    return become([str(PYTHON), "-m", *command, *args])


def score(args: list[str]) -> int:
    """The score of the estimate beside plain idle rules."""
    set_up_venv("run", "dev")
    return become([str(PYTHON), "-m", "tests.simulation.score", *args])


def lock(args: list[str]) -> int:
    """Choose the newest versions that fit pyproject.toml and write their hashes down."""
    set_up_venv()
    return become([str(PYTHON), str(REQUIREMENTS / "lock.py"), *args])


def test(args: list[str]) -> int:
    """Every check and every test; with arguments, pytest alone."""
    if args[:1] == ["--wine"]:
        return test_under_wine(args[1:])
    if args[:1] == ["--packaging"]:
        return test_packages(args[1:])
    if args[:1] == ["--bench"]:
        return benchmark(args[1:])
    if sys.platform == "linux":
        packages = [*DESKTOP_PACKAGES, *NEIGHBOUR_PACKAGES, *WINE_PACKAGES]
        set_up_system(list(dict.fromkeys(packages)), [*DESKTOP_PROGRAMS, *WINE_PROGRAMS])
    set_up_venv("run", "dev")
    os.chdir(ROOT)
    if args[:1] in (["--soak"], ["--storm"]):
        return become([str(PYTHON), "-m", f"tests.{args[0].removeprefix('--')}", *args[1:]])
    if args:
        return become([str(PYTHON), "-m", "pytest", *args])
    whole = Round()
    # One after the other: what waits for real programs must not wait for neighbours that compute.
    return whole.play(whole.here, *([whole.under_wine] if sys.platform == "linux" else []))


def test_under_wine(args: list[str]) -> int:
    """All that is tested under Wine, or pytest with these arguments; Windows itself has no need of it."""
    if sys.platform != "linux":
        give_up("The tests under Wine run on Linux; on Windows run `python dev.py test tests`.")
    set_up_system(WINE_PACKAGES, WINE_PROGRAMS)
    set_up_venv("run", "dev")
    os.chdir(ROOT)
    if args:
        return become([str(PYTHON), "-m", "tests.wine", *args])
    part = Round()
    return part.play(part.under_wine)


def test_packages(args: list[str]) -> int:
    """Make every package that can be made on this system and try them; or pytest over what was made."""
    if sys.platform == "linux":
        packages = [*DESKTOP_PACKAGES, *WINE_PACKAGES, *PACKAGING_PACKAGES]
        programs = [*DESKTOP_PROGRAMS, *WINE_PROGRAMS, *PACKAGING_PROGRAMS]
        set_up_system(list(dict.fromkeys(packages)), list(dict.fromkeys(programs)))
    set_up_venv("run", "dev")
    set_up_venv("run", "build", venv=BUILD_VENV)
    os.chdir(ROOT)
    if args:
        return become([str(PYTHON), "-m", "pytest", *args])
    part = Round()
    return part.play(part.packages)


def benchmark(args: list[str]) -> int:
    """Measure the agent beside the peers that Debian has."""
    if sys.platform != "linux":
        give_up("The benchmarks run on Linux.")
    set_up_system([*DESKTOP_PACKAGES, *BENCH_PACKAGES, *peers()], [*DESKTOP_PROGRAMS, *BENCH_PROGRAMS])
    set_up_venv("run", "dev")
    os.chdir(ROOT)
    return become([str(PYTHON), "-m", "tests.benchmarks", *args])


def peers() -> list[str]:
    """The packages of the programs the agent is measured beside."""
    listed = tomllib.loads((ROOT / "tests" / "benchmarks" / "programs.toml").read_text("utf-8"))
    return [package for program in listed["peers"].values() for package in program["packages"]]


def become(command: list[str]) -> int:
    """Turn into this command; where the system has no such thing, run it and pass on its exit code."""
    sys.stdout.flush()
    if sys.platform != "win32":
        os.execv(command[0], command)
    return subprocess.run(command, check=False).returncode


class Round:
    """One whole round of checks and tests; says what it does, and how long each step took."""

    def __init__(self) -> None:
        self.failed: list[str] = []
        self.passed_tests = self.failed_tests = 0

    def play(self, *acts: Callable[[], None]) -> int:
        """Each of these, whatever fails; the last line tells the count."""
        started = time.monotonic()
        BUILD.mkdir(exist_ok=True)
        for act in acts:
            act()
        print(f"{time.monotonic() - started:.0f} s in all")
        if self.failed:
            print("failed:", ", ".join(self.failed))
        print(f"{self.passed_tests} passed, {max(self.failed_tests, len(self.failed))} failed")
        return 1 if self.failed else 0

    def here(self) -> None:
        """The checks, and the tests on this system."""
        # Three lanes: one that computes at first, two that mostly wait for real programs to show something.
        elsewhere = [*CORE_TESTS, *LIVE_TESTS, *WINE_LIVE_TESTS, *BENCHMARK_TESTS]
        with ThreadPoolExecutor(2) as lanes:
            others = [
                lanes.submit(self.compute),
                lanes.submit(self.live, "live tests", [*LIVE_TESTS, *_without(SECOND_LIVE_TESTS)]),
                lanes.submit(self.live, "benchmark tests", BENCHMARK_TESTS),
            ]
            self.pytest("other tests", [], _without(elsewhere))
            for lane in others:
                lane.result()

    def under_wine(self) -> None:
        """The tests on Windows' Python, then an agent that lives on a Windows desktop."""
        if not self.step(
            "set up windows", [str(PYTHON), "-m", "tests.wine", "--set-up"], capture_output=False
        ):
            return
        elsewhere = [*WINE_CORE_TESTS, *WINE_ADAPTER_TESTS, *WINE_LIVE_TESTS]
        parts = {
            "adapter": WINE_ADAPTER_TESTS,
            "shell": ["tests", *_without(elsewhere)],
            "core": WINE_CORE_TESTS,
        }
        # What mostly waits comes first; whichever of two lanes is free takes the next.
        with ThreadPoolExecutor(2) as lanes:
            steps = [
                lanes.submit(self.live, "windows live tests", WINE_LIVE_TESTS),
                lanes.submit(self.live, "windows window tests", WINE_WINDOW_TESTS),
            ]
            steps += [lanes.submit(self.wine, f"windows {name} tests", parts[name]) for name in parts]
            for step in steps:
                step.result()

    def wine(self, name: str, args: list[str]) -> None:
        """Some tests on Windows' Python; each run has a prefix of its own."""
        self.pytest(name, [], args, runner="tests.wine", capture_output=True)

    def packages(self) -> None:
        """Everything that is handed to people, made once and then tried as they would."""
        builder = str(python_of(BUILD_VENV))
        for name, command in PACKAGES.items():
            if not self.step(name, [builder, *command]):
                return
        self.pytest("packaging tests", [], PACKAGING_TESTS)

    def compute(self) -> None:
        """The checks, then the core's tests with the coverage they must reach, then some of the live ones."""
        for name, command in CHECKS.items():
            self.step(name, command)
        # The score needs no coverage, and under it takes thrice as long.
        counted = [*CORE_TESTS, *_without(SCORE_TESTS)]
        self.pytest("core tests", ["coverage", "run", "-m"], counted, capture_output=True)
        self.step("core coverage", [str(PYTHON), "-m", "coverage", "report"])
        self.pytest("score", [], SCORE_TESTS, capture_output=True)
        self.live("more live tests", SECOND_LIVE_TESTS)

    def live(self, name: str, args: list[str]) -> None:
        """Tests of a living agent."""
        self.pytest(name, [], args, capture_output=True)

    def pytest(
        self,
        name: str,
        under: list[str],
        args: list[str],
        *,
        runner: str = "pytest",
        capture_output: bool = False,
    ) -> None:
        """Run some tests and count them; a run that has left no count did not get to its end."""
        counts = BUILD / f"{name.replace(' ', '-')}.xml"
        counts.unlink(missing_ok=True)
        command = [str(PYTHON), "-m", *under, runner, "-q", f"--junitxml={counts}", *args]
        well = self.step(name, command, capture_output=capture_output)
        if not counts.exists():
            if well:
                self.failed.append(name)
                print(f"FAILED {name}: it ended before its end", flush=True)
        else:
            suite = next(ET.parse(counts).getroot().iter("testsuite"))
            tests, skipped, *bad = (int(suite.get(k, 0)) for k in ("tests", "skipped", "failures", "errors"))
            self.failed_tests += sum(bad)
            self.passed_tests += tests - skipped - sum(bad)

    def step(self, name: str, command: list[str], *, capture_output: bool = True) -> bool:
        """Run one command and say how it went; what it printed is shown only if it failed."""
        started = time.monotonic()
        done = subprocess.run(
            command, capture_output=capture_output, encoding="utf-8", errors="replace", check=False
        )
        word = "FAILED" if done.returncode else "ok"
        print(f"{word:6} {name}, {time.monotonic() - started:.1f} s", flush=True)
        if done.returncode:
            self.failed.append(name)
            print(done.stdout or "", done.stderr or "", flush=True)
        return not done.returncode


def _without(paths: list[str]) -> list[str]:
    return [f"--ignore={path}" for path in paths]


def mypy(platform: str, *paths: str) -> list[str]:
    """The type check for one system; each has a cache of its own, or they would undo each other's."""
    return [str(BIN / "mypy"), "--platform", platform, "--cache-dir", f".mypy_cache/{platform}", *paths]


# What no other system can run need not make sense there.
NOT_LINUX, NOT_MACOS, NOT_WINDOWS = (["--exclude", f"/{system}/"] for system in ("linux", "macos", "windows"))
CHECKS = {
    "lint": [str(BIN / "ruff"), "check"],
    "format": [str(BIN / "ruff"), "format", "--check"],
    "layers": [str(BIN / "lint-imports")],
    "types on linux": mypy("linux", *NOT_MACOS, *NOT_WINDOWS),
    "types on win32": mypy(
        "win32", "tray_agent", "tests/contract", "tests/platforms/windows", *NOT_LINUX, *NOT_MACOS
    ),
    "types on darwin": mypy(
        "darwin", "tray_agent", "tests/contract", "tests/platforms/macos", *NOT_LINUX, *NOT_WINDOWS
    ),
}


# In this order: what packs needs what was frozen.
PACKAGES = {
    "freeze": ["-m", "installers.freeze"],
    "wheel and sdist": ["-m", "installers.wheel"],
    **({"deb and rpm": ["-m", "installers.linux.package"]} if sys.platform == "linux" else {}),
}


def set_up_system(packages: list[str], programs: list[str]) -> None:
    """See that these Debian packages are installed, or these programs where there is no apt."""
    if shutil.which("apt-get") is None:
        if missing := [name for name in programs if shutil.which(name) is None]:
            give_up(f"Install these programs with your package manager first: {' '.join(missing)}")
        return
    query = ["dpkg-query", "--show", "--showformat", "${db:Status-Status} ${Package}\n", *packages]
    known = subprocess.run(query, capture_output=True, text=True, check=False).stdout.splitlines()
    missing = [name for name in packages if f"installed {name}" not in known]
    if missing:
        apt_install(missing)


def apt_install(packages: list[str]) -> None:
    """Install Debian packages as root; anybody else is told the line to type."""
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if os.name != "posix" or os.geteuid() != 0:
        give_up(f"Some system packages are missing; install them with\nsudo {' '.join(command)}")
    print(f"installing system packages: {' '.join(packages)}", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update"], command):
        done = subprocess.run(
            step,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode:
            give_up(f"{done.stdout.decode(errors='replace')}\n{' '.join(step)} failed, see above.")


def give_up(sentence: str) -> None:
    """Say what to do and leave with exit code 2."""
    print(sentence, file=sys.stderr)
    raise SystemExit(2)


def set_up_venv(*locks: str, venv: Path | None = None) -> None:
    """See that `.venv`, or another, exists and holds exactly what each named lock says."""
    venv = venv or VENV
    made = digest(bytes(sys.version_info[:2]), bytes(ROOT))
    if stamp(venv, "made") != made:
        make_venv(venv)
        write_stamp(venv, "made", made)
    for name in locks:
        path = REQUIREMENTS / f"{name}.txt"
        wanted = digest(path.read_bytes())
        if stamp(venv, name) != wanted:
            print(f"installing {path.relative_to(ROOT)} into {venv.relative_to(ROOT)}", flush=True)
            pip = [
                str(python_of(venv)),
                "-m",
                "pip",
                "--disable-pip-version-check",
                "--no-input",
                "install",
                "--quiet",
            ]
            exactly = ["--require-hashes", "--only-binary", ":all:", "--no-deps", "--requirement", str(path)]
            if subprocess.run([*pip, *exactly], stdin=subprocess.DEVNULL, check=False).returncode:
                give_up("The packages could not be installed; pip says why above.")
            write_stamp(venv, name, wanted)


def make_venv(venv: Path) -> None:
    """A fresh environment that finds this checkout and has the `tray-agent` command."""
    if importlib.util.find_spec("ensurepip") is None:
        set_up_system(["python3-venv"], [])
    print(f"making {venv.relative_to(ROOT)}", flush=True)
    shutil.rmtree(venv, ignore_errors=True)
    if subprocess.run([sys.executable, "-m", "venv", str(venv)], check=False).returncode:
        give_up("Python could not make a virtual environment; it says why above.")
    python = python_of(venv)
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    purelib = subprocess.run(
        [str(python), "-c", where], capture_output=True, text=True, check=True
    ).stdout.strip()
    (Path(purelib) / "tray-agent.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    launcher = python.with_name("tray-agent")
    launcher.write_text(f"#!{python}\nimport sys\n\nfrom tray_agent.cli import main\n\nsys.exit(main())\n")
    launcher.chmod(0o755)


def python_of(venv: Path) -> Path:
    """The environment's own Python."""
    return venv / BIN.name / PYTHON.name


def digest(*parts: bytes) -> str:
    """One name for exactly these bytes."""
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def stamp(venv: Path, name: str) -> str | None:
    """What was set up under this name, if anything."""
    path = venv / f"{name}.stamp"
    return path.read_text() if path.exists() and python_of(venv).exists() else None


def write_stamp(venv: Path, name: str, what: str) -> None:
    """Remember what is set up; written last, so that an interrupted set-up starts again."""
    (venv / f"{name}.stamp").write_text(what)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
