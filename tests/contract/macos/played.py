"""A Mac, played: every maker begins one, with nothing in it of what the one before has left."""

from __future__ import annotations

import time

import pytest

from tests.contract.worlds import World
from tests.support.macos.installed import install

install()

from tests.support.macos import corefoundation, quartz, servicemanagement, usernotifications  # noqa: E402
from tests.support.macos.c_library import provide  # noqa: E402
from tests.support.macos.played_main import main  # noqa: E402


def mac(world: World) -> pytest.MonkeyPatch:
    """Its main thread is a thread of its own until the stack of the world is done; more may be patched."""
    patch = world.stack.enter_context(pytest.MonkeyPatch.context())
    patch.setattr(time, "CLOCK_UPTIME_RAW", time.CLOCK_MONOTONIC, raising=False)
    provide(patch)
    for begin in (
        quartz.begin,
        corefoundation.played.begin,
        usernotifications.played.begin,
        servicemanagement.SMAppService.begin,
    ):
        begin()
    world.stack.callback(usernotifications.played.end)
    main.begin()
    world.stack.callback(_end)
    return patch


def _end() -> None:
    main.end()
    assert not main.errors
