"""The .deb as its people meet it: installed, started, upgraded under a running agent, removed, purged."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.conftest import BUILD
from tests.packaging.tried import Tried
from tests.support.desktop import Desktop
from tests.support.system_root import SystemRoot
from tests.support.waiting import wait_until

AUTOSTART = "etc/xdg/autostart/org.trayagent.TrayAgent.desktop"
POLICY = "etc/tray-agent/policies/managed/ours.json"


def install(system: SystemRoot, deb: Path) -> None:
    """As people do it, with what it needs."""
    shutil.copy(deb, system.path / "srv" / "tray-agent.deb")
    system.run("apt-get", "install", "--yes", "--no-install-recommends", "/srv/tray-agent.deb")


@pytest.fixture(params=["bare", "this"])
def tried(request: pytest.FixtureRequest, bare_system: Path, desktop: Desktop) -> Iterator[Tried[SystemRoot]]:
    with SystemRoot(bare_system if request.param == "bare" else Path("/")) as system:
        yield Tried(request.param, system, desktop)


def test_life_of_an_installation(tried: Tried[SystemRoot], deb: Path, next_deb: Path) -> None:
    install(tried.system, deb)
    nobody_logged_in = tried.system.run("tray-agent", "doctor", "--selftest")
    assert nobody_logged_in.stdout == "All parts are there.\n"
    agent = tried.start()
    wait_until(tried.desktop.tray_items, "the icon in the panel")
    for verb in ("settings", "break"):
        tried.opens(verb)

    tried.upgrade(agent, lambda: install(tried.system, next_deb))
    tried.opens("today")
    tried.ask("quit")
    assert agent.wait(20) == 0
    agent = tried.start()

    tried.system.run("apt-get", "remove", "--yes", "tray-agent")
    assert agent.wait(20) == 0
    for path in ("usr/lib/tray-agent", "usr/bin/tray-agent"):
        assert not (tried.system.path / path).exists(), path
    # Sessions start nothing whose TryExec is not there, so what stays of the configuration is harmless.
    entry = (tried.system.path / AUTOSTART).read_text()
    assert "TryExec=/usr/bin/tray-agent\n" in entry

    tried.system.run("apt-get", "purge", "--yes", "tray-agent")
    for path in (AUTOSTART, "etc/tray-agent"):
        assert not (tried.system.path / path).exists(), path


def test_policy_of_an_organisation_holds_and_outlives_the_package(bare_system: Path, deb: Path) -> None:
    with SystemRoot(bare_system) as system:
        install(system, deb)
        (system.path / POLICY).write_text('{"activity.source": "counter"}')
        rows = system.run("tray-agent", "policy", "--json").stdout
        assert '"activity.source"' in rows
        system.run("apt-get", "purge", "--yes", "tray-agent")
        assert (system.path / POLICY).read_text() == '{"activity.source": "counter"}'


def test_lintian_has_nothing_to_say(deb: Path) -> None:
    done = subprocess.run(
        ["lintian", "--allow-root", "--fail-on", "error,warning", str(deb)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")


@pytest.fixture(scope="module")
def unpacked(deb: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("deb")
    subprocess.run(["dpkg-deb", "--extract", str(deb), str(folder)], check=True)
    return folder


@pytest.mark.parametrize(
    "command",
    [
        ["desktop-file-validate", "usr/share/applications/org.trayagent.TrayAgent.desktop"],
        ["desktop-file-validate", AUTOSTART],
        ["appstreamcli", "validate", "--no-net", "usr/share/metainfo/org.trayagent.TrayAgent.metainfo.xml"],
        ["bash", "-n", "usr/share/bash-completion/completions/tray-agent"],
        ["zsh", "-n", "usr/share/zsh/vendor-completions/_tray-agent"],
        ["fish", "--no-execute", "usr/share/fish/vendor_completions.d/tray-agent.fish"],
    ],
    ids=lambda command: f"{command[0]}-{Path(command[-1]).name}",
)
def test_files_for_others_are_valid(unpacked: Path, command: list[str]) -> None:
    done = subprocess.run(command, cwd=unpacked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_manual_is_set_without_complaint(unpacked: Path) -> None:
    page = unpacked / "usr/share/man/man1/tray-agent.1.gz"
    done = subprocess.run(
        ["man", "--warnings", "--local-file", str(page)],
        env={"PATH": "/usr/bin:/bin", "MANWIDTH": "80", "MANROFFSEQ": "", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert re.search(r"^ +tray-agent +- +asks you, kindly", done.stdout, re.MULTILINE)


def test_scripts_are_sound() -> None:
    scripts = [str(path) for path in (BUILD.parent / "installers" / "linux").glob("prerm")]
    done = subprocess.run(["shellcheck", *scripts], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_what_others_wrote_is_named(unpacked: Path) -> None:
    doc = unpacked / "usr/share/doc/tray-agent"
    notices = doc / "THIRD_PARTY_NOTICES"
    told = notices.read_text("utf-8")
    assert "pynput" in told
    assert "LGPL-3" in (doc / "copyright").read_text("utf-8")


def test_made_again_it_is_the_same(frozen: Path, deb: Path, again: Path) -> None:
    done = subprocess.run(
        [
            "diff",
            "--recursive",
            "--no-dereference",
            "--brief",
            str(frozen),
            str(again / "dist" / "tray-agent"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert deb.read_bytes() == (again / "packages" / deb.name).read_bytes()
