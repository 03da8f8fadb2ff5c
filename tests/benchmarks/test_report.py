"""The page about performance says what was measured."""

from __future__ import annotations

import json

import pytest

from tests.benchmarks import report
from tests.benchmarks.installed import NAME

ROWS = {
    NAME: {"version": "1.0", "pss_mib": 10.04, "cpu_s_min": 0.001, "storm_125": {"runs_s": 0.5}},
    "Other": {"version": "2.1", "pss_mib": 20.0, "cpu_s_min": 0.5, "storm_125": {"runs_s": 0.0}},
}
COLUMNS = [
    ("PSS", "pss_mib", ".1f"),
    ("CPU", "cpu_s_min", ".3f"),
    ("runs", "storm_125.runs_s", ".2f"),
    ("icon", "tray_s", ".2f"),
]


def test_a_figure_that_was_not_measured_is_left_out() -> None:
    assert report.table("program", ROWS, COLUMNS).splitlines() == [
        "| program | PSS | CPU | runs | icon |",
        "| --- | --: | --: | --: | --: |",
        f"| {NAME} 1.0 | 10.0 | 0.001 | 0.50 |   |",
        "| Other 2.1 | 20.0 | 0.500 | 0.00 |   |",
    ]


def test_ratios_are_ours_to_theirs_and_nothing_is_divided_by_nothing() -> None:
    assert report.ratios(ROWS, COLUMNS).splitlines()[2:] == [
        "| PSS | 0.50 |",
        "| CPU | 0.0020 |",
        "| runs |   |",
        "| icon |   |",
    ]


def test_a_page_keeps_what_is_outside_the_markers() -> None:
    page = "before\n<!-- begin a -->\nold\nolder\n<!-- end a -->\nafter\n"
    filled = report.fill(page, {"a": "new"})
    assert filled == "before\n<!-- begin a -->\nnew\n<!-- end a -->\nafter\n"
    assert report.fill(filled, {"a": "new"}) == filled
    with pytest.raises(ValueError, match="the page has no place for b"):
        report.fill(page, {"b": "new"})


def test_the_pages_show_the_figures_that_are_kept_and_no_others() -> None:
    kept = json.loads(report.KEPT.read_text("utf-8"))
    for path, text in report.pages(kept).items():
        assert path.read_text("utf-8") == text
