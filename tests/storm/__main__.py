"""Desktops whose parts die and come back at random under an agent that is late for everything.

`python -m tests.storm [--minutes 10] [--seed N]`: each round is a desktop and an agent of its own.  An
agent that ends without being asked to, reports a fault, or no longer answers or leaves is told with the
round's seed and what was done to it, and the exit code is 1.  `--seed` plays one round again.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.support.desktop import ROOT
from tests.support.live_agent import ALWAYS, LiveAgent, at_work
from tests.support.mortal_desktop import MortalDesktop
from tests.support.sound_servers import PulseAudio
from tests.support.waiting import wait_until
from tray_agent.shell.messages import CommandError

INSIDE = Path(__file__).parent / "inside"
EVIDENCE = ROOT / "build" / "failures" / "storm"
PARTS = ("openbox", "panel", "dunst")
SPEEDS = ("1", "60", "300")
VERBS = ("status", "doctor", "pause", "standing", "today")
PAUSES_S = (0.0, 0.05, 0.5, 1.5)
RESTS_S = (0.3, 2.0, 6.0)
"""Long enough for what is tried again after a second, and after five."""


class Round:
    """One desktop, one agent, and what is done to them; `done` tells it afterwards."""

    def __init__(self, seed: int) -> None:
        self.seed, self.chance = seed, random.Random(seed)
        self.done: list[str] = []
        self.has_bus = True

    def play(self) -> str | None:
        """What went wrong; None when nothing did."""
        missing = self.chance.sample(PARTS, self.chance.randrange(len(PARTS)))
        self.done.append(f"without {', '.join(missing)}" if missing else "with everything")
        with MortalDesktop(without=missing) as desk, PulseAudio() as sound:
            desk.env |= {
                "PULSE_SERVER": f"unix:{sound.door}",
                "PYTHONPATH": f"{INSIDE}{os.pathsep}{desk.env['PYTHONPATH']}",
                "STORM_SEED": f"{self.seed}",
            }
            agent = LiveAgent(desk, settings=ALWAYS)
            desk.env["TRAY_AGENT_HOME"] = f"{agent.home}"
            agent.process = desk.start_agent("--speed", self.chance.choice(SPEEDS))
            part = self.chance.choice([part for part in PARTS if part not in missing])
            deeds: list[Callable[[], object]] = [
                lambda: self._dies(desk, "display"),
                lambda: self._dies(desk, part),
                lambda: self._loses_its_bus(desk),
                lambda: self._is_restarted(sound),
                lambda: self._is_stopped(agent),
                lambda: self._is_asked(desk),
                lambda: self._works(desk),
            ]
            try:
                for deed in self.chance.sample(deeds, self.chance.choice((1, 2, 3))):
                    self._waits(self.chance.uniform(0, self.chance.choice((0.5, 2.0))))
                    deed()
                self._waits(self.chance.choice(RESTS_S))
                wrong = self._wrong(agent)
                if wrong:
                    desk.keep_evidence(EVIDENCE)
                return wrong
            finally:
                agent.kill()

    def _wrong(self, agent: LiveAgent) -> str | None:
        assert agent.process is not None
        log, code = agent.desktop.log("agent"), agent.process.poll()
        if "Traceback" in log or code:
            return f"it ended with {code}: {log}"
        if code == 0:
            return None  # its display did not come back
        try:
            wait_until(lambda: _answers(agent), "an answer", 10)
        except TimeoutError as silence:
            return f"{silence}: {log}"
        left = agent.end()
        return f"asked to leave it ended with {left}: {agent.desktop.log('agent')}" if left else None

    def _waits(self, seconds: float) -> None:
        self.done.append(f"{seconds:.3f} s")
        time.sleep(seconds)

    def _dies(self, desk: MortalDesktop, part: str) -> None:
        self.done.append(f"{part} dies")
        desk.kill(part)
        self._waits(self.chance.choice(PAUSES_S))
        if part == "display" or self.has_bus:
            desk.start(part)
            self.done.append("and is back")

    def _loses_its_bus(self, desk: MortalDesktop) -> None:
        self.done.append("the bus dies")
        self.has_bus = False
        desk.kill("bus")

    def _is_restarted(self, sound: PulseAudio) -> None:
        self.done.append("the sound server dies")
        sound.kill()
        self._waits(self.chance.choice(PAUSES_S))
        sound.start()

    def _is_stopped(self, agent: LiveAgent) -> None:
        assert agent.process is not None
        self.done.append("it is stopped")
        agent.process.send_signal(signal.SIGSTOP)
        self._waits(self.chance.choice(PAUSES_S))
        agent.process.send_signal(signal.SIGCONT)

    def _is_asked(self, desk: MortalDesktop) -> None:
        self.done.append(verb := self.chance.choice(VERBS))
        desk.tray_agent(verb)

    def _works(self, desk: MortalDesktop) -> None:
        self.done.append("somebody works")
        with at_work(desk.display):
            self._waits(self.chance.choice(PAUSES_S))


def _answers(agent: LiveAgent) -> bool:
    try:
        return bool(agent.status())
    except CommandError:
        return False


def main(arguments: Sequence[str]) -> int:
    """Storm; the exit code."""
    parser = argparse.ArgumentParser(prog="storm", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="real minutes (default 10)")
    parser.add_argument("--seed", type=int, help="play the round of this seed and no other")
    options = parser.parse_args(arguments)
    ends, rounds, failed = time.monotonic() + 60 * options.minutes, 0, 0
    while rounds == 0 or (options.seed is None and time.monotonic() < ends):
        one = Round(random.randrange(1 << 32) if options.seed is None else options.seed)
        wrong = one.play()
        rounds += 1
        if wrong:
            failed += 1
            print(f"seed {one.seed}: {'; '.join(one.done)}: {wrong}", flush=True)
    print(f"{rounds} rounds, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
