"""What the package for macOS is made of, and the commands that make it; they run on a Mac alone."""

from __future__ import annotations

import os
import plistlib
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from installers.macos import bundle, generate
from tests.support.places import ROOT
from tray_agent import __version__
from tray_agent.platforms.macos import launch_agent
from tray_agent.platforms.macos.launch_agent import LaunchAgent

MACOS = ROOT / "installers" / "macos"
IDENTITIES = {
    "APP_IDENTITY": "Developer ID Application: Example",
    "PKG_IDENTITY": "Developer ID Installer: Example",
}
NESTED = {
    "Contents/Frameworks/libcrypto.3.dylib": "library",
    "Contents/Frameworks/PIL/_imaging.so": "library",
    "Contents/Frameworks/QtCore.framework/Versions/A/QtCore": "framework",
    "Contents/Frameworks/QtCore.framework/Versions/A/Helpers.framework/Versions/A/Helpers": "framework",
    "Contents/MacOS/TrayAgent": "main",
    "Contents/MacOS/tray-agent": "program",
    "Contents/MacOS/tray-agent-windows": "program",
    "Contents/Resources/LICENSE": "data",
}


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """A frozen app, as far as names go."""
    folder = tmp_path / bundle.FOLDER
    for name in NESTED:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    return folder


def build(dist: Path, **variables: str) -> list[list[str]]:
    """The commands of a dry run."""
    done = attempt(dist, **variables)
    assert done.returncode == 0, done.stderr
    return [shlex.split(line) for line in done.stdout.splitlines()]


def attempt(dist: Path, *args: str, **variables: str) -> subprocess.CompletedProcess[str]:
    own = {"APP_IDENTITY", "PKG_IDENTITY", "NOTARY_PROFILE"}
    surroundings = {key: value for key, value in os.environ.items() if key not in own}
    command = ["bash", str(MACOS / "build.sh"), *(args or ("--dry-run",))]
    given = {**surroundings, "PYTHON": sys.executable, "DIST": str(dist), **variables}
    return subprocess.run(command, env=given, capture_output=True, text=True, timeout=60, check=False)


def named(commands: list[list[str]], name: str) -> list[list[str]]:
    return [command for command in commands if command[0] == name]


def after(command: list[str], option: str) -> str:
    return command[command.index(option) + 1]


def test_generating_again_changes_no_byte() -> None:
    for path, content in generate.outputs().items():
        assert path.read_bytes() == content, f"{path} is stale: python3 -m installers.macos.generate"


def test_the_app_is_an_agent_that_may_not_be_put_to_sleep() -> None:
    info = plistlib.loads(plistlib.dumps(bundle.info()))
    assert (info["CFBundleIdentifier"], info["CFBundleExecutable"]) == (launch_agent.LABEL, "TrayAgent")
    assert info["LSUIElement"] and info["NSAppSleepDisabled"] and not info["LSBackgroundOnly"]
    assert info["NSUserNotificationAlertStyle"] == "alert"
    assert info["LSMinimumSystemVersion"] == "13.0"
    assert info["CFBundleVersion"] == info["CFBundleShortVersionString"] == __version__
    assert {"de", "en", "pt-BR"} <= set(info["CFBundleLocalizations"])


def test_it_asks_for_no_use_of_anything_of_the_persons() -> None:
    assert [key for key in bundle.info() if key.endswith("UsageDescription")] == []
    rights = plistlib.loads((MACOS / "entitlements.plist").read_bytes())
    assert rights == {"com.apple.security.cs.allow-unsigned-executable-memory": True}


def test_the_icon_is_one_for_macos(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bundle, "_ICON", tmp_path / "tray-agent.icns")
    with Image.open(bundle.icon()) as picture:
        assert picture.format == "ICNS"
        assert {16, 32, 128, 256, 512} <= {size[0] for size in picture.info["sizes"]}


def test_the_app_opened_without_a_verb_runs_the_agent() -> None:
    done = subprocess.run(
        [sys.executable, "-c", OPENED, str(MACOS / "TrayAgent.py")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.split() == ["['run']", "['status']"], done.stderr


OPENED = """
import runpy, sys
from tray_agent import cli
cli.main = lambda words: print(words)
for words in ([], ["status"]):
    program = sys.argv[-1] if not words else program
    sys.argv = [program, *words]
    try:
        runpy.run_path(program, run_name="__main__")
    except SystemExit:
        pass
"""


def test_the_job_for_everybody_is_the_one_the_agent_knows(tmp_path: Path) -> None:
    content = (MACOS / generate.AGENT).read_bytes()
    job = plistlib.loads(content)
    program = "/Applications/Tray Agent.app/Contents/MacOS/TrayAgent"
    assert job["ProgramArguments"] == [program, "run", "--unasked"]
    assert job["LimitLoadToSessionType"] == "Aqua" and job["AssociatedBundleIdentifiers"] == [bundle.APP]
    machine = tmp_path / "machine"
    machine.mkdir()
    (machine / generate.AGENT).write_bytes(content.replace(str(bundle.PROGRAM).encode(), b"/bin/sh"))
    status = LaunchAgent(tmp_path / "home", machine).status()
    assert status.on and "for everybody" in str(status.reason)


def test_the_package_goes_where_the_job_looks() -> None:
    (part,) = plistlib.loads((MACOS / "components.plist").read_bytes())
    assert bundle.PROGRAM.is_relative_to(f"/{part['RootRelativeBundlePath']}")
    assert part["BundleIsRelocatable"] is False
    assert str(bundle.PROGRAM.parent / "tray-agent") in (MACOS / "tray-agent").read_text()


def profiles() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for file in sorted((MACOS / "profiles").iterdir()):
        outer = plistlib.loads(file.read_bytes())
        (inner,) = outer["PayloadContent"]
        yield outer, inner


def test_the_profiles_are_ones_that_a_mac_would_take() -> None:
    found = list(profiles())
    ids = [payload[key] for pair in found for payload in pair for key in ("PayloadUUID", "PayloadIdentifier")]
    assert len(ids) == len(set(ids)) == 4 * 2
    for outer, inner in found:
        assert (outer["PayloadType"], outer["PayloadScope"]) == ("Configuration", "System")
        assert outer["PayloadVersion"] == inner["PayloadVersion"] == 1


def test_the_profiles_speak_of_the_app_and_its_job() -> None:
    payloads = {inner["PayloadType"]: inner for _outer, inner in profiles()}
    rules = payloads["com.apple.servicemanagement"]["Rules"]
    assert {(rule["RuleType"], rule["RuleValue"]) for rule in rules} == {
        ("BundleIdentifier", bundle.APP),
        ("Label", launch_agent.LABEL),
    }
    assert all(rule["TeamIdentifier"] == generate.TEAM for rule in rules)
    (notes,) = payloads["com.apple.notificationsettings"]["NotificationSettings"]
    assert notes["BundleIdentifier"] == bundle.APP and notes["NotificationsEnabled"]
    assert (notes["AlertType"], notes["ShowInLockScreen"], notes["CriticalAlertEnabled"]) == (2, False, False)


@pytest.mark.parametrize("architecture", ["arm64", "x86_64"])
def test_the_installer_offers_both_parts_and_only_one_may_be_left_out(architecture: str) -> None:
    root = ET.fromstring(generate.distribution(architecture))  # noqa: S314 - written by us
    options = root.find("options")
    assert options is not None and options.get("hostArchitectures") == architecture
    choices = {choice.get("id"): choice for choice in root.iter("choice")}
    assert [line.get("choice") for line in root.iter("line")] == list(choices) == ["app", "autostart"]
    assert [each.get("enabled") for each in choices.values()] == ["false", None]
    files = {each.get("id"): each.text for each in root.findall("pkg-ref")}
    assert files == {f"{bundle.APP}.{part}": f"{part}.pkg" for part in choices}
    oldest = root.find(".//os-version")
    assert oldest is not None and oldest.get("min") == bundle.OLDEST


def test_whatever_holds_code_is_signed_from_the_inside_out(app: Path) -> None:
    commands = named(build(app.parent, **IDENTITIES), "codesign")
    signing = [command for command in commands if "--sign" in command]
    order = [Path(command[-1]).relative_to(app).as_posix() for command in signing]
    frameworks = "Contents/Frameworks"
    assert order == [
        f"{frameworks}/PIL/_imaging.so",
        f"{frameworks}/libcrypto.3.dylib",
        f"{frameworks}/QtCore.framework/Versions/A/Helpers.framework",
        f"{frameworks}/QtCore.framework",
        "Contents/MacOS/tray-agent",
        "Contents/MacOS/tray-agent-windows",
        ".",
    ]
    assert {after(command, "--sign") for command in signing} == {IDENTITIES["APP_IDENTITY"]}
    assert {after(command, "--options") for command in signing} == {"runtime"}
    assert all("--timestamp" in command and "--deep" not in command for command in signing)
    entitled = [path for path, command in zip(order, signing, strict=True) if "--entitlements" in command]
    assert entitled == ["Contents/MacOS/tray-agent", "Contents/MacOS/tray-agent-windows", "."]
    assert "--verify" in commands[-1]


def test_without_an_identity_it_is_signed_ad_hoc_and_says_so(app: Path) -> None:
    commands = build(app.parent)
    signing = [command for command in named(commands, "codesign") if "--sign" in command]
    assert {after(command, "--sign") for command in signing} == {"-"}
    assert not any("runtime" in command for command in signing)
    (product,) = named(commands, "productbuild")
    assert product[-1].endswith("-unsigned.pkg") and "--sign" not in product
    assert named(commands, "xcrun") == []


def test_both_parts_are_packed_in_one_package_which_apple_notarises(app: Path) -> None:
    commands = build(app.parent, **IDENTITIES, NOTARY_PROFILE="tray-agent")
    app_part, autostart = named(commands, "pkgbuild")
    assert after(app_part, "--identifier") == f"{bundle.APP}.app"
    assert after(autostart, "--identifier") == f"{bundle.APP}.autostart"
    assert after(app_part, "--version") == after(autostart, "--version") == __version__
    for part, folder in ((app_part, "scripts"), (autostart, "autostart")):
        assert (ROOT / after(part, "--scripts") / "postinstall").is_file(), folder
    (product,) = named(commands, "productbuild")
    assert after(product, "--sign") == IDENTITIES["PKG_IDENTITY"]
    file = product[-1]
    assert file.startswith(f"build/packages/tray-agent-{__version__}-macos-")
    steps = [command[1:3] for command in named(commands, "xcrun")]
    assert steps == [["notarytool", "submit"], ["stapler", "staple"], ["stapler", "validate"]]
    (submit, *_others) = named(commands, "xcrun")
    assert file in submit and "--wait" in submit
    words = [command[:2] for command in commands]
    assert words.index(["xcrun", "notarytool"]) > [command[0] for command in commands].index("productbuild")


def test_nothing_unsigned_is_sent_to_apple(app: Path) -> None:
    done = attempt(app.parent, NOTARY_PROFILE="tray-agent", APP_IDENTITY="Developer ID Application: Example")
    assert (done.returncode, done.stdout) == (2, "")
    assert "PKG_IDENTITY" in done.stderr


def test_an_unknown_option_does_nothing(app: Path) -> None:
    done = attempt(app.parent, "--publish")
    assert (done.returncode, done.stdout) == (2, "")
    assert "usage" in done.stderr


def test_removing_it_leaves_what_people_keep() -> None:
    command = ["sh", str(MACOS / "uninstall.sh"), "--dry-run"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    removed = [line for line in done.stdout.splitlines() if line.startswith("rm ")]
    assert removed == [
        f"rm -f /Library/LaunchAgents/{generate.AGENT} /usr/local/bin/tray-agent",
        f"rm -rf {bundle.PLACE}",
    ]
    for part in generate.PARTS:
        assert f"pkgutil --forget {bundle.APP}.{part}" in done.stdout
