"""The Ansible role by its files; that it runs is seen with Ansible itself (docs/deployment.md)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.places import ROOT
from tray_agent.shell import setting_values
from tray_agent.shell.schema import MANAGED_ONLY, UNMANAGED

HERE = ROOT / "installers" / "ansible"
ROLE = HERE / "roles" / "tray_agent"
FILES = sorted(HERE.rglob("*.yml"))
TASKS = sorted((ROLE / "tasks").glob("*.yml"))


def tasks(file: Path) -> list[str]:
    """The text of each task."""
    return re.split(r"^- ", file.read_text("utf-8"), flags=re.MULTILINE)[1:]


def policies(name: str) -> dict[str, str]:
    """What the playbook writes into one of the files, as it is typed."""
    (block,) = re.findall(
        rf"^ +{name}:\n((?: {{10}}\S.*\n)+)", (HERE / "playbook.yml").read_text(), re.MULTILINE
    )
    return dict(line.strip().split(": ", 1) for line in block.splitlines())


def test_all_parts_are_there() -> None:
    names = {file.relative_to(HERE).as_posix() for file in FILES}
    assert names == {
        "playbook.yml",
        *(f"roles/tray_agent/{part}" for part in ("defaults/main.yml", "meta/main.yml")),
        *(f"roles/tray_agent/tasks/{part}" for part in ("main.yml", "package.yml")),
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_files_are_laid_out_as_yaml_wants(file: Path) -> None:
    lines = file.read_text("utf-8").splitlines()
    assert "---" in lines
    for line in lines:
        assert "\t" not in line
        assert line == line.rstrip()
        assert line.count('"') % 2 == 0, line
        assert line.count("{{") == line.count("}}"), line


@pytest.mark.parametrize("file", TASKS, ids=lambda file: file.stem)
def test_each_task_has_a_name_and_a_module_that_comes_with_ansible(file: Path) -> None:
    for task in tasks(file):
        assert task.startswith("name: ")
        assert len(re.findall(r"^  ansible\.builtin\.\w+:", task, re.MULTILINE)) == 1, task


@pytest.mark.parametrize("file", TASKS, ids=lambda file: file.stem)
def test_whatever_is_written_belongs_to_root_and_others_only_read_it(file: Path) -> None:
    for task in tasks(file):
        if "ansible.builtin.copy" in task or "state: directory" in task:
            assert "owner: root" in task and "group: root" in task
            (mode,) = re.findall(r'mode: "0(\d+)"', task)
            assert int(mode, 8) & 0o022 == 0


def test_each_variable_has_a_default_and_each_default_a_use() -> None:
    known = set(re.findall(r"^(tray_agent_\w+):", (ROLE / "defaults" / "main.yml").read_text(), re.MULTILINE))
    used = {name for file in TASKS for name in re.findall(r"\btray_agent_\w+", file.read_text())}
    assert used - {"tray_agent_told"} == known


def test_policies_go_where_the_agent_reads_them() -> None:
    text = (ROLE / "tasks" / "main.yml").read_text()
    assert "/etc/tray-agent/policies/{{ item.level }}/ansible.json" in text
    assert {"managed", "recommended"} == set(re.findall(r"level: (\w+)", text))


def test_the_playbook_decides_what_can_be_decided() -> None:
    for key, value in policies("tray_agent_managed").items():
        assert key in setting_values.TYPES and key not in UNMANAGED
        assert setting_values.managed(key, value) == value
    for key, value in policies("tray_agent_recommended").items():
        assert key not in MANAGED_ONLY
        assert setting_values.managed(key, value) == value
