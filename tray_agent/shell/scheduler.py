"""APScheduler as the agent's alarm clock.

Its jobs only post: the engine's next deadline, the day's roll-over, the snapshot every minute, the
daily clean-up.  It runs on the agent's loop without a thread of its own, the way APScheduler's own
schedulers for other loops do.

APScheduler keeps wall time.  A clock set back would leave its jobs in the future, and sleep makes
them late; travel moves the hour of a daily one.  `rearm` puts every job where it belongs again and
must be called after each of these.  A job that comes early, by a clock set forward, waits on.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from apscheduler.executors.debug import DebugExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.date import DateTrigger
from msgspec import Struct

from tray_agent.ports import Loop, Timer
from tray_agent.shell.hours import next_at

_DEFAULTS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
_SAME_S = 0.001
_ON_TIME_S = 0.02
"""An alarm that rings this much early is on time: a tick of Windows' clocks is 15.6 ms."""
_FAR_S = 10 * 365 * 86400.0
_EARLY_S = 1.0
"""A daily alarm that rings this much early, as when clocks are slewed, is not due once more today."""


class _LoopScheduler(BaseScheduler):
    """APScheduler waiting on our loop's timer, its jobs made on the loop itself."""

    def __init__(self, loop: Loop, **options: Any) -> None:
        self._loop = loop
        self._timer: Timer | None = None
        self.looks = 0
        super().__init__(**options)

    def wakeup(self) -> None:
        """Look at the jobs once the present call is over."""
        self._set_timer(0.0)

    def shutdown(self, wait: bool = True) -> None:
        """Stop for good."""
        super().shutdown(wait)
        self._set_timer(None)

    def _look(self) -> None:
        self.looks += 1
        self._set_timer(self._process_jobs())

    def _set_timer(self, wait_s: float | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None if wait_s is None else self._loop.call_later(wait_s, self._look)

    def _create_default_executor(self) -> DebugExecutor:
        return DebugExecutor()


class _Alarm(Struct):
    due: float
    post: Callable[[], object]


class Alarms:
    """Named alarms, due at moments of a clock that counts sleep.

    `continuous` reads that clock in real seconds.
    """

    def __init__(self, loop: Loop, continuous: Callable[[], float]) -> None:
        self._loop = loop
        self._continuous = continuous
        self._alarms: dict[str, _Alarm] = {}
        self._daily: dict[str, Callable[[], object]] = {}
        self._scheduler = _LoopScheduler(loop, timezone=UTC, job_defaults=_DEFAULTS)
        self._scheduler.start()

    @property
    def jobs(self) -> int:
        """How many jobs are armed."""
        return len(self._scheduler.get_jobs())

    @property
    def looks(self) -> int:
        """How often APScheduler has looked at its jobs."""
        return self._scheduler.looks

    def set(self, name: str, in_s: float, post: Callable[[], object]) -> None:
        """Call `post` once in `in_s` real seconds, in place of what that alarm was set to."""
        due = self._continuous() + in_s
        known = self._alarms.get(name)
        self._alarms[name] = _Alarm(due, post)
        if known is None or abs(known.due - due) > _SAME_S:
            self._arm(name)

    def clear(self, name: str) -> None:
        """Take an alarm away; harmless when it is not set."""
        self._daily.pop(name, None)
        if self._alarms.pop(name, None) is not None:
            # Without a job is one that has come due in this very round, and now rings no more.
            with suppress(JobLookupError):
                self._scheduler.remove_job(name)

    def every(self, name: str, seconds: float, post: Callable[[], object]) -> None:
        """Call `post` every so many real seconds until cleared."""

        def ring() -> None:
            self.set(name, seconds, ring)
            post()

        self.set(name, seconds, ring)

    def daily(self, name: str, hour: int, minute: int, post: Callable[[], object]) -> None:
        """Call `post` every day at that time of the system's zone, as it is on that day."""

        def arm() -> None:
            now = datetime.now(UTC).timestamp()
            self.set(name, next_at(now + _EARLY_S, None, 60 * hour + minute) - now, ring)

        def ring() -> None:
            arm()
            post()

        self._daily[name] = arm
        arm()

    def rearm(self) -> None:
        """The wall clock or the zone was set, or the machine slept: put every alarm where it belongs."""
        for name, arm in self._daily.items():
            # One that came due in sleep rings now, or a laptop closed every night would never hear it.
            if self._alarms[name].due > self._continuous():
                arm()
        for name in self._alarms:
            self._arm(name)

    def close(self) -> None:
        """No alarm rings any more."""
        self._scheduler.shutdown(wait=False)

    def _arm(self, name: str) -> None:
        in_s = max(0.0, self._alarms[name].due - self._continuous())
        now = datetime.now(UTC)
        run_at = now + timedelta(seconds=min(in_s, _FAR_S))
        # Posted, since APScheduler removes the job after it ran and would take its successor along.
        post = partial(self._loop.call_soon, partial(self._ring, name))
        self._scheduler.add_job(post, DateTrigger(run_at, timezone=UTC), id=name, replace_existing=True)

    def _ring(self, name: str) -> None:
        alarm = self._alarms.get(name)
        if alarm is None:
            return
        if alarm.due - self._continuous() > _ON_TIME_S:
            # The wall clock went ahead, or the alarm was moved in the very round in which it came due.
            self._arm(name)
            return
        del self._alarms[name]
        alarm.post()
