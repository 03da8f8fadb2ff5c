"""Waiting that ends: until something is true, or with a sentence about what never was."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_until(condition: Callable[[], T], what: str, timeout_s: float = 30.0) -> T:
    """The first true answer of `condition`; raises `TimeoutError` naming `what` when there is none."""
    give_up = time.monotonic() + timeout_s
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() >= give_up:
            raise TimeoutError(f"waited {timeout_s:g} s in vain for {what}")
        time.sleep(0.01)
