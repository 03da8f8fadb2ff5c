"""From what was measured to the tables of docs/performance.md and README.md, between their markers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.benchmarks.installed import NAME
from tests.support.places import ROOT

PAGE = ROOT / "docs" / "performance.md"
README = ROOT / "README.md"
KEPT = ROOT / "docs" / "performance.json"
"""The figures the page's tables were made of."""
NEVER = 0.0005
"""What is less than this is printed as nothing, and divides nothing."""

Row = Mapping[str, Any]
Column = tuple[str, str, str]
"""Its heading, where its figure is in a row (`storm_125.cpu_s_min`), and its format."""

TOGETHER: list[Column] = [
    ("PSS, MiB", "pss_mib", ".1f"),
    ("USS, MiB", "uss_mib", ".1f"),
    ("CPU s/min", "cpu_s_min", ".3f"),
    ("runs/s", "runs_s", ".2f"),
    ("125 Hz: CPU s/min", "storm_125.cpu_s_min", ".3f"),
    ("125 Hz: runs/s", "storm_125.runs_s", ".2f"),
    ("1000 Hz: CPU s/min", "storm_1000.cpu_s_min", ".3f"),
    ("1000 Hz: runs/s", "storm_1000.runs_s", ".2f"),
    ("icon after, s", "tray_s", ".2f"),
    ("own size, MiB", "own_mib", ".1f"),
    ("with all it needs, MiB", "whole_mib", ".0f"),
]
AT_REST = TOGETHER[:4]
BRIEFLY: list[Column] = [
    ("memory, MiB", "pss_mib", ".1f"),
    ("at rest: CPU s/min", "cpu_s_min", ".3f"),
    ("runs/s", "runs_s", ".1f"),
    ("storm: CPU s/min", "storm_1000.cpu_s_min", ".3f"),
    ("runs/s", "storm_1000.runs_s", ".1f"),
    ("icon after, s", "tray_s", ".2f"),
]
STATES: list[Column] = [
    *AT_REST,
    ("processes", "processes", ".0f"),
    ("opens in, s", "open_s", ".2f"),
    ("gone after, s", "gone_s", ".2f"),
]
WAYS: list[Column] = [
    *AT_REST,
    ("1000 Hz: CPU s/min", "storm_1000.cpu_s_min", ".3f"),
    ("1000 Hz: runs/s", "storm_1000.runs_s", ".2f"),
    ("icon after, s", "tray_s", ".2f"),
]


def tables(measured: Row) -> dict[str, str]:
    """The tables that can be made of what was measured, by the name of their marker."""
    made = {"machine": machine(measured)}
    parts: dict[str, Callable[[Row], str]] = {
        "together": lambda rows: table("program", rows, TOGETHER),
        "ratios": lambda rows: ratios(rows, TOGETHER),
        "counter": lambda rows: ratios(rows, AT_REST),
        "states": lambda rows: table("state", rows, STATES),
        "ways": lambda rows: table("tray, source", rows, WAYS),
    }
    for name, make in parts.items():
        if rows := measured.get("together" if name == "ratios" else name):
            made[name] = make(rows)
    return made


def machine(measured: Row) -> str:
    """One sentence on when, where and how carefully it was measured."""
    how = "samples of {sample_s:g} s".format(**measured["pace"])
    return "Measured {date}, {how}, on {machine}.".format(how=how, **measured)


def table(corner: str, rows: Row, columns: list[Column]) -> str:
    """A row for each of these, a column for each of those."""
    lines = [[corner, *(heading for heading, _path, _format in columns)]]
    for name, row in rows.items():
        called = f"{name} {row.get('version', '')}".strip()
        lines.append([called, *(shown(row, path, kind) for _heading, path, kind in columns)])
    return _markdown(lines)


def ratios(rows: Row, columns: list[Column]) -> str:
    """The agent's figure as a part of each peer's; a row for each figure."""
    ours = next(row for name, row in rows.items() if name.startswith(NAME))
    peers = {name: row for name, row in rows.items() if row is not ours}
    lines = [["the agent's, of that of", *peers]]
    for heading, path, _kind in columns:
        parts = [(figure(ours, path), figure(row, path)) for row in peers.values()]
        lines.append([heading, *(_ratio(mine, other) for mine, other in parts)])
    return _markdown(lines)


def figure(row: Row, path: str) -> float | None:
    """What stands at the end of a dotted path; None when it was not measured."""
    found: Any = row
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return None if found is None else float(found)


def shown(row: Row, path: str, kind: str) -> str:
    """A figure as it stands in a table."""
    found = figure(row, path)
    return "" if found is None else format(found, kind)


def fill(page: str, tables: Mapping[str, str]) -> str:
    """The page with each of these tables between its markers; a page without them raises `ValueError`."""
    for name, text in tables.items():
        before, begin, rest = page.partition(f"<!-- begin {name} -->\n")
        _old, end, after = rest.partition(f"<!-- end {name} -->\n")
        if not begin or not end:
            raise ValueError(f"the page has no place for {name}")
        page = f"{before}{begin}{text}\n{end}{after}"
    return page


def pages(measured: Row) -> dict[Path, str]:
    """Each page that shows some of what was measured, as it then reads."""
    shown = {PAGE: tables(measured), README: {"costs": table("program", measured["together"], BRIEFLY)}}
    return {path: fill(path.read_text("utf-8"), made) for path, made in shown.items()}


def write(measured: Row) -> None:
    """Keep the figures, and put their tables into the pages."""
    KEPT.write_text(json.dumps(measured, indent=1) + "\n", "utf-8")
    for path, text in pages(measured).items():
        path.write_text(text, "utf-8")


def _ratio(ours: float | None, other: float | None) -> str:
    if ours is None or other is None or other < NEVER:
        return ""
    return f"{ours / other:.2f}" if ours >= other / 100 or ours < NEVER else f"{ours / other:.4f}"


def _markdown(lines: list[list[str]]) -> str:
    head, *rest = ([cell or " " for cell in line] for line in lines)
    rule = ["---", *("--:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, rule, *rest))
