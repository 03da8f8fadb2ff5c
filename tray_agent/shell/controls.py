"""What the person can do from the menu, carried out: events told, settings changed, windows opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tray_agent import __version__
from tray_agent.core import events as ev
from tray_agent.core.model import Posture
from tray_agent.ports import Autostart, Entry, Windows
from tray_agent.shell import logs, menu, pages, presenter, report, sentences
from tray_agent.shell.agent import Agent
from tray_agent.shell.folders import Folders
from tray_agent.shell.hours_ranges import parse_holidays, parse_range
from tray_agent.shell.menu_windows import HomeWords, MenuWindows
from tray_agent.shell.pages import Page
from tray_agent.shell.settings import BadSetting, SettingsFile
from tray_agent.shell.sheets import Hours, Sheets
from tray_agent.shell.words import _

Open = Callable[[Path, Callable[[str], object]], object]


class Controls:
    """Keeps `menu.Controls` over a running agent.

    `open_file(path, failed)` opens a file in the person's own editor; `hint()` is how to get an icon
    where there is none; `quit_agent` ends the agent.  What cannot be done is told in a note, and
    everything is as it was.
    """

    def __init__(
        self,
        agent: Agent,
        settings: SettingsFile,
        places: Folders,
        autostart: Autostart,
        windows: Windows,
        *,
        open_file: Open,
        hint: Callable[[], str],
        quit_agent: Callable[[], object],
    ) -> None:
        self._agent = agent
        self._settings = settings
        self._places = places
        self._autostart = autostart
        self._menus = MenuWindows(windows, self.entries)
        self._sheets = Sheets(windows)
        self._open_file = open_file
        self._hint = hint
        self._quit = quit_agent

    def entries(self) -> tuple[Entry, ...]:
        """The menu as it is at this moment."""
        agent = self._agent
        settings, startup = self._settings.settings, self._autostart.status()
        return menu.entries(menu.Shown(agent.view(), settings, startup, agent.clock.wall()), self)

    def pop_up(self, x: int, y: int) -> None:
        """Open the menu at this point of the screen, for an icon whose panel draws none."""
        self._menus.popup(x, y, self._no_window)

    def come_forward(self) -> None:
        """Open the home page, or bring it to the front."""
        self._menus.home(self._home, self._no_window)

    def refresh(self) -> None:
        """Let an open home page show what is true now."""
        self._menus.refresh()

    def tell(self, event: ev.Event) -> None:
        """Tell the agent of an event."""
        self._agent.tell(event)

    def pause_until(self, wall: float) -> None:
        """No prompts until that wall time; a time that has passed meanwhile needs no pause."""
        length_s = wall - self._agent.clock.wall()
        if length_s > 0:
            self._agent.tell(ev.Pause(length_s))

    def correct(self, start: float, end: float, posture: Posture) -> None:
        """Between these times of the axis the person was in `posture`, whatever we thought."""
        now = self._agent.clock.now()
        self._agent.tell(ev.Correct(now - start, now - end, posture))

    def change(self, values: Mapping[str, Any]) -> None:
        """Change settings, all or none."""
        trouble = self._kept(values)
        if trouble is not None:
            self._refuse(_("The setting is as it was"), trouble)

    def start_with_session(self, *, on: bool) -> None:
        """Start when the person logs in, or no longer."""
        try:
            self._autostart.set(on=on)
        except OSError as error:
            self._refuse(_("Starting with the session is as it was"), str(error))

    def explain(self) -> None:
        """Show why the agent thinks what it thinks."""
        self._show(pages.why(self._agent.view()))

    def tell_about(self) -> None:
        """Show what this program is."""
        self._show(pages.about(__version__, [self._places.settings, self._places.state]))

    def edit_hours(self) -> None:
        """Let the person edit the working hours, in the settings file where no window can be shown."""
        now = self._settings.settings.hours
        self._sheets.hours(
            Hours(now.mode, now.ranges, now.holidays),
            parse_range,
            parse_holidays,
            self._keep_hours,
            lambda _reason: self.edit_settings(),
        )

    def edit_settings(self) -> None:
        """Open the settings file, made first where there is none."""
        try:
            self._settings.make()
        except OSError as error:
            self._refuse(_("The settings file cannot be made"), str(error))
            return
        path = self._places.settings
        self._open_file(path, lambda why: self._refuse(_("Please open this file yourself"), f"{path}\n{why}"))

    def check_safety(self) -> None:
        """Ask what floor and loaded exercises need to know."""
        cleared = self._agent.store.safety_cleared()
        self._sheets.safety(self._agent.safety_answered, self._no_window, cleared=cleared)

    def quit(self) -> None:
        """End the agent."""
        self._quit()

    def close(self) -> None:
        """Close what is open."""
        self._menus.close()
        self._sheets.close()

    def _keep_hours(self, hours: Hours) -> str | None:
        values = {"hours.mode": hours.mode, "hours.ranges": hours.ranges, "hours.holidays": hours.holidays}
        return self._kept(values)

    def _kept(self, values: Mapping[str, Any]) -> str | None:
        """Why these settings could not be kept; None when they were, and are in force."""
        try:
            self._settings.change(values)
        except (BadSetting, OSError) as error:
            return str(error)
        self._agent.settings_changed(self._settings.settings)
        return None

    def _home(self) -> HomeWords:
        view = self._agent.view()
        lines = (sentences.today(report.today(view.today)), *sentences.why(presenter.why(view)).splitlines())
        return HomeWords(presenter.status_line(view), lines, self._hint())

    def _show(self, page: Page) -> None:
        self._sheets.text(
            page.title, page.sections, lambda _reason: self._agent.inform(page.title, page.short)
        )

    def _no_window(self, reason: str) -> None:
        self._refuse(_("No window can be shown"), reason)

    def _refuse(self, title: str, why: str) -> None:
        logs.warning(why)
        self._agent.inform(title, why)
