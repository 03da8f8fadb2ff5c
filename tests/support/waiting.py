"""Waiting that ends: until something is true, or with a sentence about what never was."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

LEAST_LOOKS = 50
"""Before anybody gives up: while a whole machine stands still, time passes and nothing can become true."""


def wait_until(condition: Callable[[], T], what: str, timeout_s: float = 30.0) -> T:
    """The first true answer of `condition`; raises `TimeoutError` naming `what` when there is none."""
    give_up, looks = time.monotonic() + timeout_s, 0
    while not (answer := condition()):
        looks += 1
        if looks >= LEAST_LOOKS and time.monotonic() >= give_up:
            raise TimeoutError(f"waited {timeout_s:g} s in vain for {what}")
        time.sleep(0.01)
    return answer
