"""The workflows: they may do little, trust only what is pinned, and run the scripts that are there.

They are read as text, for which they are kept plain: mappings and lists, of words that are neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.support.places import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())
PINNED = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
QUOTED = re.compile(r'"[^"]*"|\[[^:]*\]|\$\{\{ .* \}\}|\|')
RELEASE = ROOT / ".github" / "workflows" / "release.yml"


def by_name(path: Path) -> str:
    return path.name


def jobs(workflow: Path) -> dict[str, str]:
    """The text of each job."""
    _head, _line, rest = workflow.read_text("utf-8").partition("\njobs:\n")
    parts = re.split(r"(?m)^  ([\w-]+):\n", rest)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def plain(text: str) -> Iterator[tuple[int, str]]:
    """Indentation and words of each line that is no comment and not part of a script."""
    script = None
    for line in text.splitlines():
        depth = len(line) - len(line.lstrip())
        if script is not None and (depth > script or not line):
            continue
        script = depth if line.endswith(": |") else None
        if line and not line.lstrip().startswith("#"):
            yield depth, line.strip()


def needs_no_quotes(value: str) -> bool:
    """Whether nobody takes these words for a mapping, an anchor or anything else but words."""
    return value[0].isalnum() and ": " not in value and not value.endswith(":")


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=by_name)
def test_it_is_well_formed_as_far_as_it_is_plain(workflow: Path) -> None:
    text = workflow.read_text("utf-8")
    assert "\t" not in text and text.endswith("\n")
    before, opens = 0, True
    for depth, line in plain(text):
        assert depth % 2 == 0 and (depth <= before or (depth == before + 2 and opens)), line
        key = re.fullmatch(r"(- )?([\w-]+):(?: (.+))?", line)
        value = line.removeprefix("- ") if key is None else key[3] or ""
        assert key is not None or line.startswith("- "), line
        assert not value or QUOTED.fullmatch(value) or needs_no_quotes(value), line
        before, opens = depth + 2 * line.startswith("- "), key is not None and not key[3]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=by_name)
def test_it_may_read_the_source_and_no_more(workflow: Path) -> None:
    text = workflow.read_text("utf-8")
    assert re.findall(r"(?m)^ *permissions:.*\n((?: +[\w-]+: .*\n)+)", text) == ["  contents: read\n"]
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")
    assert "pull_request_target" not in text


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=by_name)
def test_every_action_is_pinned_by_commit_and_the_same_everywhere(workflow: Path) -> None:
    used = re.findall(r"uses: (.+)", workflow.read_text("utf-8"))
    assert used and all(PINNED.fullmatch(each) for each in used), used
    everywhere = {each for other in WORKFLOWS for each in re.findall(r"uses: (.+)", other.read_text("utf-8"))}
    assert len({each.partition("@")[0] for each in everywhere}) == len(everywhere)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=by_name)
def test_what_it_runs_is_there(workflow: Path) -> None:
    text = workflow.read_text("utf-8")
    for module in re.findall(r"-m (installers[\w.]*)", text):
        assert find_spec(module) is not None, module
    named = re.findall(r"(?<![\w/.-])((?:installers|requirements|tests)/[\w./-]*\w|dev\.py)", text)
    assert "dev.py" in named
    for path in named:
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=by_name)
def test_every_job_has_an_end_and_what_it_waits_for(workflow: Path) -> None:
    found = jobs(workflow)
    assert found
    for name, job in found.items():
        assert "timeout-minutes: " in job, name
        for needed in re.findall(r"(?m)^    needs: (.+)", job):
            assert set(re.findall(r"[\w-]+", needed)) <= found.keys()


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=by_name)
def test_all_three_systems_are_met(workflow: Path) -> None:
    text = workflow.read_text("utf-8")
    assert all(f"{system}-" in text for system in ("ubuntu", "windows", "macos"))


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=by_name)
def test_secrets_reach_scripts_only_through_the_environment(workflow: Path) -> None:
    for line in workflow.read_text("utf-8").splitlines():
        if "secrets." in line:
            assert re.fullmatch(r" +[A-Z_]+: \$\{\{ secrets\.[A-Z_]+( .*)? \}\}", line), line


def test_a_release_is_made_with_locks_and_is_no_test_build() -> None:
    found = jobs(RELEASE)
    text = RELEASE.read_text("utf-8")
    assert "--require-hashes" in text
    for line in text.splitlines():
        assert "pip install" not in line or "pip install $EXACTLY -r requirements/" in line
    assert "installers.windows.build --release" in found["windows"]
    assert "installers.windows.msi --release" in found["msi"]


def test_every_installer_gets_its_bill_and_all_of_them_their_checksums() -> None:
    found = jobs(RELEASE)
    for job, suffixes in {"linux": ("deb", "rpm", "whl"), "msi": ("msi",), "macos": ("pkg",)}.items():
        for suffix in suffixes:
            assert re.search(rf"-m installers\.sbom .*\*\.{suffix}\b", found[job]), (job, suffix)
            assert re.search(rf"build/\w+/\*\.{suffix}\*", found[job]), (job, suffix)
    assert "needs: [linux, msi, macos]" in found["checksums"]
    assert "-m installers.checksums build/release" in found["checksums"]
