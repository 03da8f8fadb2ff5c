"""An office worker who lives with the agent for days: works, answers in every way, has lunch, sleeps.

All real: X input, clicks on the note, the panel's menu, the command line, windows that open, and now
and then a panel or a notification service that dies.  Nothing is ever asked for but by a prompt.
"""

from __future__ import annotations

import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from Xlib import XK

from tests.support.live_agent import LiveAgent, Status, at_work
from tests.support.panel_menu import PanelMenu
from tests.support.person import Person
from tests.support.waiting import wait_until

MIN = 60.0
ON_THE_NOTE = (1050, 80)
REST_S, LUNCH_S = 4 * MIN, 40 * MIN
LUNCH_EVERY, FAULT_EVERY = 8, 5
"""A lunch and a fault of the desktop come after so many prompts."""
CAPS = {"gentle": 8, "standard": 12, "intensive": 16}


class Worker(ExitStack):
    """The person in front of the agent, whose time runs `speed` times as fast as life."""

    def __init__(self, agent: LiveAgent, speed: float, intensity: str) -> None:
        super().__init__()
        self.agent, self.desktop, self._speed = agent, agent.desktop, speed
        self._cap = CAPS[intensity]
        self._hands = self.enter_context(Person(self.desktop.display))
        self._work = self.enter_context(ExitStack())
        self._faults: Iterator[Callable[[], None]] = itertools.cycle((self._panel_dies, self._notes_die))
        self.did: Counter[str] = Counter()
        self.seen: set[int] = set()
        self.days = 1

    def lives(self) -> Iterator[int]:
        """Live on; tell after each prompt how many there were, with everything at rest."""
        ways = itertools.cycle((
            self._starts,
            self._snoozes,
            self._skips,
            self._closes,
            self._ignores,
            self._starts_by_click,
            self._snoozes_in_the_menu,
            self._gets_up,
            self._skips_by_command,
            self._sees_it_again,
        ))  # fmt: skip
        for number in itertools.count(1):
            self._prompted()
            way = next(ways)
            way()
            self.did[way.__name__.strip("_").replace("_", " ")] += 1
            self.agent.until(lambda now: now["prompt"] is None, "the prompt to be over", 30)
            wait_until(lambda: not self.agent.children(), "the windows to be gone", 30)
            if number % LUNCH_EVERY == 0:
                self._is_away(LUNCH_S)
            if number % FAULT_EVERY == 0:
                next(self._faults)()
            yield number

    def _prompted(self) -> None:
        """Work until the next prompt, through the night where the day has had its share."""
        self._works()
        now = self._waits(lambda now: now["prompt"] or now["today"]["prompts"] >= self._cap, 3 * 60 * MIN)
        if now["prompt"] is None:
            self._rests()
            self._waits(lambda now: now["today"]["prompts"] == 0, 26 * 60 * MIN)
            self.days += 1
            self._works()
            now = self._waits(lambda now: now["prompt"], 3 * 60 * MIN)
        assert now["prompt"]["id"] not in self.seen, f"prompt {now['prompt']['id']} came twice"
        assert now["today"]["prompts"] <= self._cap, f"{now['today']['prompts']} prompts on one day"
        self.seen.add(now["prompt"]["id"])
        self._note_is_up()

    def _starts(self) -> None:
        self._rests()
        self.desktop.press("start")
        if self._window_came():
            wait_until(lambda: not self.agent.children(), "the break to be over", 60)
        self._is_away(REST_S)

    def _starts_by_click(self) -> None:
        self._rests()
        self._hands.click(*ON_THE_NOTE)
        if self._window_came():
            wait_until(self._escaped, "Escape to close the window", 20)
        self._is_away(REST_S)

    def _window_came(self) -> bool:
        """On a busy machine the prompt may be over before it is answered; that is counted too."""
        self.agent.until(lambda now: now["prompt"] is None, "the answer", 30)
        came = bool(self.agent.children())
        self.did["windows" if came else "answers too late"] += 1
        return came

    def _snoozes(self) -> None:
        self.desktop.press("snooze" if "Later" in PanelMenu(self.desktop).open() else "skip")

    def _snoozes_in_the_menu(self) -> None:
        menu = PanelMenu(self.desktop)
        offered = menu.open().keys()
        for entry in ("Later", "Skip"):
            if entry in offered:
                menu.click(entry)
                return
        self.did["answers too late"] += 1

    def _skips(self) -> None:
        self.desktop.press("skip")
        self._is_away(REST_S)

    def _skips_by_command(self) -> None:
        assert self.desktop.tray_agent("skip").returncode in {0, 2}
        self._is_away(REST_S)

    def _closes(self) -> None:
        self._rests()
        self._hands.click(*ON_THE_NOTE, button=2)
        self._works()

    def _ignores(self) -> None:
        self._waits(lambda now: now["prompt"] is None, 5 * MIN)

    def _gets_up(self) -> None:
        self._is_away(REST_S)

    def _sees_it_again(self) -> None:
        """The service dies under the note; the next one shows it again, and the person skips."""
        self._notes_die()
        if self.agent.status()["prompt"] is not None:
            self._note_is_up()
            self.desktop.press("skip")
        self._is_away(REST_S)

    def _escaped(self) -> bool:
        self._hands.press(XK.XK_Escape)
        return not self.agent.children()

    def _panel_dies(self) -> None:
        self.desktop.kill("panel")
        self.desktop.start("panel")
        wait_until(self.desktop.tray_items, "the icon to be back", 20)

    def _notes_die(self) -> None:
        self.desktop.kill("dunst")
        self.desktop.start("dunst")

    def _note_is_up(self) -> None:
        def up_or_over() -> bool:
            return self.desktop.notes_shown() == 1 or self.agent.status()["prompt"] is None

        wait_until(up_or_over, "the note to be on the screen")

    def _works(self) -> None:
        """Hands on: with the short lulls a prompt waits for."""
        self._rests()
        self._work.enter_context(at_work(self.desktop.display, every_s=12 / self._speed))

    def _rests(self) -> None:
        """Hands off."""
        self._work.close()

    def _is_away(self, seconds: float) -> None:
        self._rests()
        came = self.agent.status()["today"]["breaks"]
        self._waits(lambda now: now["posture"] == "away", 10 * MIN)
        time.sleep(seconds / self._speed)
        self._works()
        self._waits(lambda now: now["posture"] == "seated" and now["today"]["breaks"] != came, 10 * MIN)

    def _waits(self, true: Callable[[Status], object], seconds: float) -> Status:
        return self.agent.until(true, "the agent to notice", 2 * seconds / self._speed + 10, every_s=0.05)
