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
from tray_agent.shell.dialogues import Dialogues
from tray_agent.shell.folders import Folders
from tray_agent.shell.menu_windows import HomeWords, MenuWindows
from tray_agent.shell.messages import CommandError, Exit
from tray_agent.shell.origins import Origins
from tray_agent.shell.pages import Page
from tray_agent.shell.settings import BadSetting, SettingsFile
from tray_agent.shell.sheets import Sheets
from tray_agent.shell.words import _, reviewed

Open = Callable[[Path, Callable[[str], object]], object]


class Controls:
    """Keeps `menu.Controls` over a running agent.

    `apply()` makes the agent go by changed settings.  `open_file(path, failed)` opens a file in the
    person's own editor; `hint()` is how to get an icon where there is none, `whereabouts()`
    where the system puts it; `quit_agent` ends the agent.
    What cannot be done is told in a note, and everything is as it was.
    """

    def __init__(
        self,
        agent: Agent,
        settings: SettingsFile,
        places: Folders,
        autostart: Autostart,
        windows: Windows,
        *,
        apply: Callable[[], object],
        open_file: Open,
        hint: Callable[[], str],
        whereabouts: Callable[[], str],
        quit_agent: Callable[[], object],
    ) -> None:
        self._agent = agent
        self._settings = settings
        self._places = places
        self._autostart = autostart
        self._menus = MenuWindows(windows, self.entries)
        self._sheets = Sheets(windows)
        self._dialogues = Dialogues(agent, windows, places.snapshot, self)
        self._apply = apply
        self._open_file = open_file
        self.hint = hint
        self.whereabouts = whereabouts
        self._quit = quit_agent

    def entries(self) -> tuple[Entry, ...]:
        """The menu as it is at this moment."""
        agent = self._agent
        settings, startup = self._settings.settings, self._autostart.status()
        now = menu.Shown(agent.view(), settings, startup, agent.clock.wall(), self._settings)
        return menu.entries(now, self)

    def pop_up(self, x: int, y: int) -> None:
        """Open the menu at this point of the screen, for an icon whose panel draws none."""
        self._menus.popup(x, y, self.no_window)

    def come_forward(self) -> None:
        """Open the home page, or bring it to the front."""
        self._menus.home(self._home, self.no_window)

    def refresh(self) -> None:
        """Let an open home page show what is true now."""
        self._menus.refresh()
        self._dialogues.refresh()

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
        trouble = self.kept(values)
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
        self._show(pages.why(self._agent.view(), self._agent.clock.wall_at))

    def tell_about(self) -> None:
        """Show what this program is."""
        managed = self._settings.managed
        page = pages.about(__version__, [self._places.settings, self._places.state], managed)
        self._show(page)

    def begin(self) -> None:
        """Welcome a person who has not been here before."""
        self._dialogues.begin()

    def open_settings(self, page: str = "") -> None:
        """Show the settings, at a page of theirs; their file where no window can be shown."""
        self._dialogues.settings(page)

    def open_today(self) -> None:
        """Show the day and the last weeks."""
        self._dialogues.today()

    def open_welcome(self) -> None:
        """Show the welcome again."""
        self._dialogues.welcome()

    def show_help(self) -> None:
        """Show when to get help."""
        from tray_agent.shell import help_card

        self._show(help_card.card(reviewed=reviewed()))

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
        self._dialogues.safety()

    def answer_safety(self, args: dict[str, Any]) -> dict[str, Any]:
        """The verb `safety`; raises `CommandError`."""
        return self._dialogues.answer_safety(args)

    def limits_changed(self) -> None:
        """Let an open safety check show what is left out by now."""
        self._dialogues.limits_changed()

    def quit(self) -> None:
        """End the agent, unless the organisation wants it to stay; raises `CommandError`."""
        if not self._settings.settings.organisation.quit:
            who = self._settings.managed.name() or _("Your organisation")
            sentence = _("{organisation} wants it to stay; tray-agent pause today gives you quiet")
            raise CommandError(Exit.REFUSED, sentence.format(organisation=who))
        self._quit()

    def obey(self) -> None:
        """Start with the session, or do not, where the organisation has decided so."""
        wanted = self._settings.settings.organisation.autostart
        if wanted != "person" and self._autostart.status().on != (wanted == "always"):
            try:
                self._autostart.set(on=wanted == "always")
            except OSError as error:
                logs.warning(f"starting with the session could not be decided: {error}")

    def close(self) -> None:
        """Close what is open."""
        self._menus.close()
        self._sheets.close()
        self._dialogues.close()

    def kept(self, values: Mapping[str, Any]) -> str | None:
        """Why these settings could not be kept; None when they were, and are in force."""
        return self._tried(lambda: self._settings.change(values))

    def forgotten(self, key: str) -> str | None:
        """Why the person's choice of this setting could not be taken back; None when it was."""
        return self._tried(lambda: self._settings.forget(key))

    @property
    def origins(self) -> Origins:
        """Who decided each setting."""
        return self._settings

    def _tried(self, change: Callable[[], object]) -> str | None:
        try:
            change()
        except (BadSetting, OSError) as error:
            return str(error)
        self._apply()
        return None

    def _home(self) -> HomeWords:
        view = self._agent.view()
        why = sentences.why(presenter.why(view, self._agent.clock.wall_at))
        lines = (sentences.today(report.today(view.today)), *why.splitlines())
        return HomeWords(presenter.status_line(view), lines, self.hint() or self.whereabouts())

    def _show(self, page: Page) -> None:
        self._sheets.text(
            page.title, page.sections, lambda _reason: self._agent.inform(page.title, page.short)
        )

    def no_window(self, reason: str) -> None:
        """Tell that no window can be shown."""
        self._refuse(_("No window can be shown"), reason)

    def _refuse(self, title: str, why: str) -> None:
        logs.warning(why)
        self._agent.inform(title, why)
