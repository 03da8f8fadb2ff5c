"""Waiting for something inside this process's own Qt application."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from tests.support.waiting import wait_until


def eventually(condition: Callable[[], object], what: str, timeout_s: float = 10.0) -> None:
    """Let Qt go on until the condition holds; raises `TimeoutError` naming `what` when it never does."""

    def now() -> object:
        QApplication.processEvents()
        return condition()

    wait_until(now, what, timeout_s)
