"""Turning the agent's loop by hand until something is true."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.support.waiting import LEAST_LOOKS
from tray_agent.shell.loop import SelectorLoop


def turn_until(
    loop: SelectorLoop, condition: Callable[[], object], what: str, timeout_s: float = 30.0
) -> None:
    """Turn the loop until the condition holds; raises `TimeoutError` naming `what` when it never does."""
    give_up, looks = time.monotonic() + timeout_s, 0
    while not condition():
        looks += 1
        if looks >= LEAST_LOOKS and time.monotonic() >= give_up:
            raise TimeoutError(f"turned the loop for {timeout_s:g} s in vain for {what}")
        loop.step(0.02)


def turn_for(loop: SelectorLoop, seconds: float) -> None:
    """Turn the loop for so long: for things that must *not* happen."""
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        loop.step(0.02)
