"""What people are told to type, to open and to expect, in the papers of the project."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.places import ROOT
from tests.support.schemas import problems
from tray_agent.shell.command_line.arguments import parse
from tray_agent.shell.command_line.forms import FORMS

GUIDES = [
    ROOT / name
    for name in (
        "README.md",
        "PRIVACY.md",
        "CONTRIBUTING.md",
        "docs/deployment.md",
        "docs/it-review.md",
        "docs/support.md",
        "docs/release-checklist.md",
        "installers/windows/README.md",
    )
]
FENCED = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
# What follows behind a quote, a semicolon, a pipe or a # is no part of the command.
TYPED = re.compile(
    r"""(?<![\w/.-])(?:/usr/local/bin/)?tray-agent(?:\.exe)?"? ((?:'[^']*'|(?! #)[^|;'"\n])+)"""
)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)(?:#([^)]+))?\)")


def code(text: str) -> Iterator[str]:
    """Every line of the blocks, of two columns the first, and every piece between backticks."""
    for block in FENCED.findall(text):
        yield from (re.split(r"(?<=\S) {2,}", line)[0] for line in block.splitlines())
    yield from INLINE.findall(FENCED.sub("", text))


def anchors(file: Path) -> set[str]:
    """Its headings, as links name them."""
    headings = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("file", GUIDES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_command_that_is_told_can_be_typed(file: Path) -> None:
    for line in code(file.read_text("utf-8")):
        for typed in TYPED.findall(line):
            verb, *words = shlex.split(typed)
            if not verb.startswith("-") and not verb.isupper():
                assert verb in FORMS, line
                if words:
                    parse(FORMS[verb], words)


def test_a_wrong_command_would_be_found() -> None:
    (typed,) = TYPED.findall('"%ProgramFiles%\\Tray Agent\\tray-agent.exe" erase --now | sort')
    assert typed == "erase --now "


@pytest.mark.parametrize("file", GUIDES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(file: Path) -> None:
    for path, anchor in LINK.findall(file.read_text("utf-8")):
        there = file.parent / path
        assert there.exists(), path
        assert not anchor or anchor in anchors(there), f"{path}#{anchor}"


def test_the_inventory_that_is_shown_keeps_to_its_schema() -> None:
    text = (ROOT / "docs" / "deployment.md").read_text("utf-8")
    (shown,) = [block for block in FENCED.findall(text) if block.startswith("{")]
    assert problems("doctor", json.loads(shown)) == []
