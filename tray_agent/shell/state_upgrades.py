"""Snapshots of older versions, brought up to date so that an update loses nothing of the day.

New fields with defaults and fields that went need nothing here; only what is told in another way does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Saved = dict[str, Any]


def upgrade(saved: Saved, version: int) -> Saved:
    """The snapshot `saved`, of `version`, as the newest version would have written it.

    Raises `KeyError` or `TypeError` when it is not even what that version wrote.
    """
    for number in range(version, VERSION):
        _STEPS[number](saved["state"])
        saved["version"] = number + 1
    return saved


def _standing_in_spans(state: Saved) -> None:
    """Time stood was one sum; how much of it is today's is known, but not when it was."""
    estimator, ledger = state["estimator"], state["ledger"]
    began, standing_since = ledger["began"], estimator["standing_since"]
    stood_s = estimator["stood_s"] - ledger["stood_before"]
    if standing_since is not None:
        stood_s += max(0.0, began - standing_since)
    if stood_s > 0:
        estimator["timeline"]["stood"] = [[began, began + stood_s]]


_STEPS: dict[int, Callable[[Saved], None]] = {1: _standing_in_spans}

VERSION = 1 + len(_STEPS)
"""The newest version of the snapshot."""
