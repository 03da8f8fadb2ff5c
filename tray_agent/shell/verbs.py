"""What the command line may ask of a running agent: each verb is one method's worth of events or reports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from tray_agent.core import events as ev
from tray_agent.core.model import Do, Kind, Posture
from tray_agent.shell import logs, presenter, spans
from tray_agent.shell.agent import Agent
from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.words import _

Args = dict[str, Any]
Result = dict[str, Any]

WAS = {
    "up": Posture.AWAY,
    "seated": Posture.SEATED,
    "standing": Posture.STANDING,
    "meeting": Posture.SEATED,
}
"""What a person can say to have been, and what that means for the chair."""


class Verbs:
    """Answers requests from the command line.

    `doctor`, `come_forward` (a second start), `settings`, `today`, `safety` and `quit_agent` belong to
    whoever built the agent.
    """

    def __init__(
        self,
        agent: Agent,
        version: str,
        *,
        doctor: Callable[[], Result],
        come_forward: Callable[[], object],
        settings: Callable[[], object],
        today: Callable[[], object],
        safety: Callable[[Args], Result],
        quit_agent: Callable[[], object],
    ) -> None:
        self._agent = agent
        self._version = version
        self._verbs: dict[str, Callable[[Args], Result]] = {
            "status": self._status,
            "why": lambda _args: presenter.why(agent.view(), agent.clock.wall_at),
            "break": self._break,
            "snooze": lambda _args: self._answer(Do.SNOOZE),
            "skip": lambda _args: self._answer(Do.SKIP),
            "pause": self._pause,
            "resume": lambda _args: self._tell(ev.Resume()),
            "standing": lambda _args: self._tell(ev.Said(Posture.STANDING)),
            "sitting": lambda _args: self._tell(ev.Said(Posture.SEATED)),
            "away": lambda _args: self._tell(ev.Said(Posture.AWAY)),
            "was": self._was,
            "erase": self._erase,
            "activate": lambda _args: _done(come_forward()),
            "settings": lambda _args: _done(settings()),
            "today": lambda _args: _done(today()),
            "safety": safety,
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
            sensors=[*out.activity.health(), *out.contexts.health()],
            tray=out.tray.health(),
            notifier=out.notifier.health(),
        )

    def _break(self, args: Args) -> Result:
        kind = args.get("kind")
        if kind is None:
            # One that is open is what was meant; a shortcut of the desktop's can bring it forward.
            return {} if self._agent.outlets.guide.come_forward() else self._tell(ev.BreakRequested())
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

    def _was(self, args: Args) -> Result:
        said = str(args.get("as"))
        if said not in WAS:
            sentence = _("you can have been up, seated, standing or in a meeting, not {said}")
            raise CommandError(Exit.USAGE, sentence.format(said=said))
        named = args.get("from"), args.get("to")
        start, end = self._last_absence() if named == (None, None) else self._named(*named)
        now = self._agent.clock.wall()
        if WAS[said] is Posture.SEATED and end > now - spans.ROUNDED_S:
            end = now  # whoever sat until just now sits still
        self._tell(ev.Correct(now - start, now - end, WAS[said]))
        return {"as": said, "from": presenter.iso(start), "to": presenter.iso(end)}

    def _last_absence(self) -> tuple[float, float]:
        view, wall_at = self._agent.view(), self._agent.clock.wall_at
        absence = view.last_absence
        if absence is None or view.known_since is None:
            raise CommandError(Exit.USAGE, _("you have not been away today; say when, such as 10:00-10:20"))
        return wall_at(absence.start), wall_at(view.now if absence.end is None else absence.end)

    def _named(self, start: object, end: object) -> tuple[float, float]:
        try:
            first, last = spans.past(str(start), str(end), self._agent.clock.wall())
        except ValueError as error:
            raise CommandError(Exit.USAGE, str(error)) from None
        known_since = self._agent.view().known_since
        if known_since is None:
            raise CommandError(Exit.USAGE, _("nobody has sat here today; there is nothing to correct"))
        since = self._agent.clock.wall_at(known_since)
        if last <= since:
            sentence = _("{start}-{end} is not over yet, or was before {since}, when today began for me")
            told = sentence.format(start=start, end=end, since=spans.clock(since))
            raise CommandError(Exit.USAGE, told)
        return first, last

    def _erase(self, _args: Args) -> Result:
        agent = self._agent
        agent.outlets.notifier.withdraw()
        agent.tell(ev.Forget())
        agent.recent.clear()
        logs.forget()
        # What the engine still had to tell came before this, and goes with the rest.
        if not agent.store.erase() or agent.state_file.trouble is not None:
            why = agent.state_file.trouble or agent.store.health().reason or _("the file is in use")
            sentence = _("all is forgotten, but the disk still holds some of it: {why}")
            raise CommandError(Exit.FAULT, sentence.format(why=why))
        return {}

    def _tell(self, event: ev.Event) -> Result:
        self._agent.tell(event)
        return {}


def _done(_nothing: object) -> Result:
    return {}
