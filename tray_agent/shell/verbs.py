"""What the command line may ask of a running agent: each verb is one method's worth of events or reports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from tray_agent.core import events as ev
from tray_agent.core.model import Do, Kind, Posture
from tray_agent.shell import presenter
from tray_agent.shell.agent import Agent
from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.words import _

Args = dict[str, Any]
Result = dict[str, Any]


class Verbs:
    """Answers requests from the command line; `doctor` and `quit` belong to whoever built the agent."""

    def __init__(
        self, agent: Agent, version: str, doctor: Callable[[], Result], quit_agent: Callable[[], object]
    ) -> None:
        self._agent = agent
        self._version = version
        self._verbs: dict[str, Callable[[Args], Result]] = {
            "status": self._status,
            "why": lambda _args: presenter.why(agent.view()),
            "break": self._break,
            "snooze": lambda _args: self._answer(Do.SNOOZE),
            "skip": lambda _args: self._answer(Do.SKIP),
            "pause": self._pause,
            "resume": lambda _args: self._tell(ev.Resume()),
            "standing": lambda _args: self._tell(ev.Said(Posture.STANDING)),
            "sitting": lambda _args: self._tell(ev.Said(Posture.SEATED)),
            "away": lambda _args: self._tell(ev.Said(Posture.AWAY)),
            "activate": lambda _args: {},
            "doctor": lambda _args: doctor(),
            "quit": lambda _args: _done(quit_agent()),
        }

    def handle(self, cmd: str, args: Args) -> Result:
        """Carry out a verb; raises `CommandError` with the exit code and a sentence."""
        verb = self._verbs.get(cmd)
        if verb is None:
            raise CommandError(Exit.USAGE, _("the running agent does not know {cmd}").format(cmd=cmd))
        return verb(args)

    def _status(self, _args: Args) -> Result:
        agent, out = self._agent, self._agent.outlets
        return presenter.status(
            agent.view(),
            agent.clock.wall_at,
            self._version,
            sensors=out.activity.health(),
            tray=out.tray.health(),
            notifier=out.notifier.health(),
        )

    def _break(self, args: Args) -> Result:
        kind = args.get("kind")
        if kind is None:
            return self._tell(ev.BreakRequested())
        if kind not in list(Kind):
            raise CommandError(Exit.USAGE, _("{kind} is no kind of break").format(kind=kind))
        return self._tell(ev.BreakRequested(Kind(kind)))

    def _answer(self, do: Do) -> Result:
        prompt = self._agent.view().prompt
        if prompt is None:
            raise CommandError(Exit.USAGE, _("no prompt is showing"))
        return self._tell(ev.Answer(do, prompt.id))

    def _pause(self, args: Args) -> Result:
        if args.get("today") is True:
            self._tell(ev.Pause(today=True))
        elif args.get("indefinitely") is True:
            self._tell(ev.Pause())
        else:
            length_s = args["length_s"] if "length_s" in args else self._until(args.get("until"))
            if not isinstance(length_s, int | float) or not 0 < length_s < 7 * 86400:
                raise CommandError(Exit.USAGE, _("a pause lasts more than nothing and less than a week"))
            self._tell(ev.Pause(float(length_s)))
        view = self._agent.view()
        wall_at = self._agent.clock.wall_at
        return {"paused_until": presenter.paused_until(view, wall_at)}

    def _until(self, clock: object) -> float:
        now = datetime.fromtimestamp(self._agent.clock.wall()).astimezone()
        try:
            until = datetime.combine(now.date(), time.fromisoformat(str(clock)), now.tzinfo)
        except ValueError:
            sentence = _('"{clock}" is not a time of day such as 14:30')
            raise CommandError(Exit.USAGE, sentence.format(clock=clock)) from None
        if until <= now:
            sentence = _("{clock} is past; a pause can only end later today")
            raise CommandError(Exit.USAGE, sentence.format(clock=clock))
        return (until - now) / timedelta(seconds=1)

    def _tell(self, event: ev.Event) -> Result:
        self._agent.tell(event)
        return {}


def _done(_nothing: object) -> Result:
    return {}
