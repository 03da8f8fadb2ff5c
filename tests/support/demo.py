"""A day at the desk, played by a person of real X events on a virtual desktop; its timeline in the terminal.

`python -m tests.support.demo [--speed N]`: the agent runs as anybody would start it, with settings and
folders of its own.  What is printed is what the agent itself says of the person, asked as any
command asks it.  The demonstration ends by itself within three minutes.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from tests.support.desktop import ROOT, Desktop
from tests.support.person import Person
from tests.support.waiting import wait_until
from tray_agent.shell.messages import CommandError
from tray_agent.shell.words import about, duration

PICTURES = ROOT / "build" / "demo"
AT_MOST_S = 170.0
MIN = 60.0
LOOK_EVERY_S = 0.2
_KINDS = {"stand_up": "stand up", "hip_flexor": "a hip-flexor stretch", "glutes": "a glute set"}


class TooLong(Exception):
    """The day would take longer than the demonstration may."""


class Demonstration:
    """One person, one agent, one desktop; minutes are the agent's, `speed` of them in a real one."""

    def __init__(self, desktop: Desktop, person: Person, speed: float) -> None:
        self._desktop = desktop
        self._person = person
        self._speed = speed
        self._began = time.monotonic()
        self._pictures = 0
        self._before: dict[str, Any] = {}

    def play(self) -> None:
        """The day."""
        self.happens("a person sits down and works")
        self.until(lambda now: now["prompt"], "a prompt", 60)
        self.picture("prompt")
        self.press("snooze", "the person asks for ten minutes more")
        self.until(lambda now: now["prompt"], "the prompt to come back", 20)
        self.press("start", "the person starts the break")
        self.leaves(1.2)
        self.picture("break")
        self.leaves(3.3)
        self.happens("the person is back and works")
        self.works(22)
        self.happens("the person reads, a hand on the mouse now and then")
        self.works(8, every_s=100)
        self.happens("the person goes to lunch")
        self.leaves(20)
        self.happens("the person is back from lunch")
        self.works(6)
        self.says("standing")
        self.happens("the person works on, standing")
        self.works(5)
        self.picture("standing")
        self.says("sitting")
        self.works(3)

    def works(self, minutes: float, every_s: float = 12.0) -> None:
        """Move and type every so many of the agent's seconds."""
        for _ in self._moments(minutes, every_s):
            self._person.move()
            self._person.type()

    def leaves(self, minutes: float) -> None:
        """Touch nothing."""
        for _ in self._moments(minutes, LOOK_EVERY_S * self._speed):
            pass

    def until(self, true: Callable[[dict[str, Any]], object], what: str, at_most_min: float) -> None:
        """Work until the agent's status shows it."""
        for _ in self._moments(at_most_min, 12.0):
            self._person.move()
            self._person.type()
            if true(self.look()):
                return
        raise AssertionError(f"waited {at_most_min} min for {what}")

    def press(self, key: str, words: str) -> None:
        """Press a button of the notification on the screen."""
        wait_until(lambda: self._desktop.notes_shown() > 0, "the note to be on the screen")
        self.happens(words)
        self._desktop.press(key)
        wait_until(lambda: self.look()["prompt"] is None, "the answer to arrive")

    def says(self, verb: str) -> None:
        """Use the command line, as a script would."""
        self._desktop.tray_agent(verb)
        self.look()

    def picture(self, name: str) -> None:
        """Save what is on the screen."""
        self._pictures += 1
        path = self._desktop.screenshot(PICTURES / f"{self._pictures}-{name}.png")
        self.happens(f"picture saved: {path.relative_to(ROOT)}")

    def happens(self, words: str) -> None:
        """Print one line of the timeline."""
        minutes = int((time.monotonic() - self._began) * self._speed / MIN)
        print(f"{minutes // 60}:{minutes % 60:02}  {words}", flush=True)

    def look(self) -> dict[str, Any]:
        """Ask the agent, and print what has changed since the last look."""
        now = ask(self._desktop, "status")
        for words in _news(self._before, now):
            self.happens(words)
        self._before = now
        return now

    def _moments(self, minutes: float, every_s: float) -> Iterator[None]:
        """Times to act during so many minutes; the agent is looked at all the while."""
        ends = time.monotonic() + minutes * MIN / self._speed
        act_at = time.monotonic()
        while (now := time.monotonic()) < ends:
            if now - self._began > AT_MOST_S:
                raise TooLong
            self.look()
            if now >= act_at:
                act_at += every_s / self._speed
                yield
            time.sleep(max(0.0, min(act_at, now + LOOK_EVERY_S) - time.monotonic()))


def _news(before: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    """What a person would call news between two looks."""
    if not before:
        yield f"   agent: {now['posture']}"
        return
    today, was = now["today"], before["today"]
    if today["breaks"] > was["breaks"]:
        yield f"   agent: break taken, the {_nth(today['breaks'])} today"
    if now["posture"] != before["posture"]:
        because = ", ".join(reason["code"] for reason in now["because"])
        yield f"   agent: {now['posture']} (because: {because})"
    if before["sitting_s"] > 0 == now["sitting_s"]:
        yield f"   agent: bout ended; {duration(today['sitting_s'])} of sitting so far today"
    if now["prompt"] and (before["prompt"] or {}).get("id") != now["prompt"]["id"]:
        kind, sitting = _KINDS[now["prompt"]["kind"]], about(now["sitting_s"])
        yield f"   agent: PROMPT for {kind}, because sitting {sitting}"
    if today["dose"] != was["dose"] and today["dose"]["hip_flexor"] != was["dose"]["hip_flexor"]:
        done = today["dose"]["hip_flexor"]
        yield f"   agent: stretched {done['left_s']} s left, {done['right_s']} s right"


def _nth(n: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(n, f"{n}th")


def ask(desktop: Desktop, verb: str) -> dict[str, Any]:
    """Ask the running agent as the command line does."""
    from tray_agent.shell.ipc import ask as ask_agent

    return ask_agent(desktop.folder / "agent/runtime/agent.sock", verb, {})


def main() -> int:
    """Put up the desktop, start the agent, play the day."""
    options = argparse.ArgumentParser(description=__doc__, prog="dev.py run")
    options.add_argument("--speed", type=float, default=60.0, help="agent seconds per real second")
    speed = options.parse_args().speed
    if not 1 <= speed <= 120:
        print(f"dev.py run: --speed is {speed:g}, allowed are 1 to 120", file=sys.stderr)
        return 2
    with Desktop() as desktop, Person(desktop.display) as person:
        agent = _start(desktop, speed)
        print(f"A virtual desktop is up; the agent runs at {speed:g} times life's speed.", flush=True)
        demonstration = Demonstration(desktop, person, speed)
        try:
            demonstration.play()
        except TooLong:
            demonstration.happens("the demonstration ends here; a higher --speed shows the whole day")
        print(desktop.tray_agent("status").stdout, flush=True)
        desktop.tray_agent("quit")
        code = agent.wait(10)
    print(f"The agent ended with exit code {code}.")
    return code


def _start(desktop: Desktop, speed: float) -> subprocess.Popen[bytes]:
    home = desktop.folder / "agent"
    desktop.env["TRAY_AGENT_HOME"] = str(home)
    settings = home / "config" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('hours.mode = "always"\nwelcome = false\n')
    agent = desktop.start_agent("--speed", str(speed))

    def answers() -> bool:
        try:
            return bool(ask(desktop, "status")["tray"]["state"] == "ok")
        except (CommandError, OSError):
            if agent.poll() is not None:
                raise RuntimeError(f"the agent ended: {desktop.log('agent')}") from None
            return False

    wait_until(answers, "the agent's icon to be in the panel")
    return agent


if __name__ == "__main__":
    sys.exit(main())
