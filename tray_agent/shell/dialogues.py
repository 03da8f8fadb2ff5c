"""The large windows: settings, today, welcome, safety check.

Each is built, and its module imported, when it is first wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from tray_agent.core import events as ev
from tray_agent.core.model import Intensity
from tray_agent.ports import Windows
from tray_agent.shell import intensities, resources
from tray_agent.shell.agent import Agent
from tray_agent.shell.firsts import WELCOMED

if TYPE_CHECKING:
    from tray_agent.shell.origins import Origins
    from tray_agent.shell.today_figures import Present

Values = Mapping[str, Any]


class Around(Protocol):
    """What the dialogues need of whoever opens them."""

    @property
    def origins(self) -> Origins:
        """Who decided each setting."""

    def kept(self, values: Values) -> str | None:
        """Keep these settings; why they could not be kept, or None."""

    def forgotten(self, key: str) -> str | None:
        """Take back the person's choice of this setting; why that could not be, or None."""

    def hint(self) -> str:
        """How to get an icon where there is none, else nothing."""

    def whereabouts(self) -> str:
        """Where the system puts the icon; nothing where that is plain to see."""

    def edit_settings(self) -> object:
        """Open the settings file."""

    def show_help(self) -> object:
        """Show when to get help."""

    def no_window(self, reason: str) -> object:
        """Tell that no window can be shown."""


class Dialogues:
    """Opens them over a running agent; a window that is open comes to the front instead."""

    def __init__(self, agent: Agent, windows: Windows, state: Path, around: Around) -> None:
        self._agent = agent
        self._windows = windows
        self._state = state
        self._around = around
        self._known: dict[str, Any] = {}

    def settings(self, page: str = "") -> None:
        """The settings, on a page of theirs; their file where no window can be shown."""
        self._the("settings", self._make_settings).open(lambda _reason: self._around.edit_settings(), page)

    def today(self) -> None:
        """The day and the last weeks."""
        self._the("today", self._make_today).open(self._around.no_window)

    def safety(self) -> None:
        """The safety check."""
        self._the("safety", self._make_safety).open(self._around.no_window)

    def answer_safety(self, args: dict[str, Any]) -> dict[str, Any]:
        """The verb `safety`; raises `CommandError`."""
        answer: dict[str, Any] = self._the("safety", self._make_safety).answer(args)
        return answer

    def welcome(self) -> None:
        """The welcome once more."""
        self._the("welcome", self._make_welcome).open(self._around.no_window)

    def begin(self) -> None:
        """The welcome, on an account that has not seen it."""
        if self._agent.settings.welcome and self._agent.store.note(WELCOMED) is None:
            self._the("welcome", self._make_welcome).begin()

    def refresh(self) -> None:
        """Keep what shows the day and the settings true."""
        self._refresh("settings", "today")

    def limits_changed(self) -> None:
        """Keep the safety check true."""
        self._refresh("safety")

    def close(self) -> None:
        """Close what is open."""
        for dialogue in self._known.values():
            dialogue.close()

    def _refresh(self, *names: str) -> None:
        for name in names:
            if name in self._known:
                self._known[name].refresh()

    def _the(self, name: str, make: Callable[[], Any]) -> Any:
        if name not in self._known:
            self._known[name] = make()
        return self._known[name]

    def _make_settings(self) -> Any:
        from tray_agent.shell import languages
        from tray_agent.shell.settings_dialogue import SettingsDialogue

        agent, around = self._agent, self._around
        return SettingsDialogue(
            self._windows,
            around.origins,
            current=lambda: agent.settings,
            change=around.kept,
            forget=around.forgotten,
            languages=languages.known,
            check_safety=self.safety,
            open_file=around.edit_settings,
        )

    def _make_today(self) -> Any:
        from tray_agent.shell.today_dialogue import TodayDialogue

        agent = self._agent
        return TodayDialogue(
            self._windows,
            present=self._present,
            rows=agent.store.rows,
            aims=lambda: intensities.numbers_of(
                Intensity(agent.settings.intensity), resources.config("intensity.toml")
            ),
            correct=self._correct,
            export=self._export,
        )

    def _make_safety(self) -> Any:
        from tray_agent.shell.safety_dialogue import SafetyDialogue

        agent = self._agent
        return SafetyDialogue(
            self._windows,
            limits=agent.store.limits,
            save=agent.limits_said,
            title_of=lambda exercise: agent.catalogue.text(exercise).title,
            get_help=self._around.show_help,
        )

    def _make_welcome(self) -> Any:
        from tray_agent.shell.welcome import Welcome

        agent, around = self._agent, self._around
        return Welcome(
            self._windows,
            agent.store,
            settings=lambda: agent.settings,
            limits=agent.store.limits,
            fixed=lambda _key: None,
            change=around.kept,
            hint=around.hint,
            whereabouts=around.whereabouts,
            check_safety=self.safety,
            inform=agent.inform,
        )

    def _present(self) -> Present:
        from tray_agent.shell.today_figures import Present

        agent, view = self._agent, self._agent.view()
        course = agent.engine.course(view.now)
        return Present(view, course, agent.story.calls(course.began, view.now), agent.clock.wall_at)

    def _correct(self, start: float, end: float, said: str) -> None:
        from tray_agent.shell.verbs import WAS

        now = self._agent.clock.wall()
        self._agent.tell(ev.Correct(now - start, now - end, WAS[said]))

    def _export(self, path: str) -> str:
        from tray_agent.shell import export

        self._agent.save()
        text = export.document(self._agent.store, self._state, include_health=False)
        return export.write(Path(path).expanduser(), text, include_health=False)
