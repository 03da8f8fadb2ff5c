"""Notes as toasts with buttons, by the Windows Runtime.

A thread of its own talks to Windows, which may take its time, and loads what it needs with the first note.
Events come on threads of Windows' and do nothing but `loop.call_soon`; they come only while the toast is
held on to, also when it is answered in the notification centre after its time on the screen.
Microsoft Learn: "ToastNotification Class", "ToastDismissalReason Enum", "App User Model IDs".
"""

from __future__ import annotations

import sys
import winreg
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from msgspec import Struct

from tray_agent.platforms.windows.message_window import APP
from tray_agent.platforms.windows.runtime_class import failing_as_os_error, wanted
from tray_agent.platforms.windows.toast_text import DEFAULT, answer, document
from tray_agent.platforms.windows.tray import APP_NAME
from tray_agent.platforms.windows.worker import Worker
from tray_agent.ports import Health, Loop, Note, State

assert sys.platform == "win32"

SOURCE = "toasts"
CLASS = "Windows.UI.Notifications.ToastNotificationManager"
TAG, GROUP = "note", "notes"
"""One name for all, so that each takes the place of the one before it."""
LASTS = timedelta(hours=1)
"""Then it leaves the notification centre too, also when nobody is left to take it away."""
PATIENCE_S = 3.0
GOODBYE_S = 0.8
"""For the toast to go when the agent does."""


class _Ears(Struct, frozen=True):
    """Who hears, on a thread of Windows', of an answer as the toast writes it and of why it is not shown."""

    answered: Callable[[str], object]
    failed: Callable[[str], object]


class ToastNotifier:
    """Keeps `ports.Notifier`; `refused(note)` gets a note that Windows did not show.

    Raises `Unavailable` where there are no toasts.  With `memory`, a file, the note of an agent that was
    killed is taken away.
    """

    def __init__(
        self,
        loop: Loop,
        answered: Callable[[int, str], object],
        icon: Path,
        refused: Callable[[Note], object] = lambda _note: None,
        memory: Path | None = None,
    ) -> None:
        wanted(CLASS)
        self._loop = loop
        self._answered = answered
        self._refused = refused
        self._memory = memory
        self._worker = Worker(loop)
        self._screen = _Screen(icon)
        self._shown: Note | None = None
        self._number = 0
        self._hangs = self._asked = self._closed = False
        self._state = State.OK
        self._reason: str | None = None
        if memory is not None and memory.exists():
            self._forget()
            self._ask(self._screen.clear)

    def show(self, note: Note) -> None:
        """Show the note in place of the one before it."""
        self._number += 1
        number, self._shown = self._number, note
        if self._hangs:
            self._loop.call_soon(partial(self._refuse, number, "Windows has not answered for long"))
            return
        ears = _Ears(
            lambda argument: self._loop.call_soon(lambda: self._answer(number, argument)),
            lambda reason: self._loop.call_soon(lambda: self._refuse(number, reason)),
        )
        overdue = self._loop.call_later(PATIENCE_S, partial(self._overdue, number))
        self._remember()

        def told(outcome: bool | OSError) -> None:
            overdue.cancel()
            self._told(number, outcome)

        self._ask(partial(self._screen.show, note, ears), told)

    def withdraw(self) -> None:
        """Take the note away without an answer; harmless when none is shown."""
        if self._shown is not None:
            self._over()
            self._ask(self._screen.clear)

    def health(self) -> Health:
        """Whether Windows shows toasts of ours, as far as it has been asked to."""
        return Health("notifier", self._state, SOURCE, self._reason)

    def close(self) -> None:
        """Withdraw and let go; safe to call twice.  A toast that nobody hears any more must not stay."""
        if self._closed or not self._asked:
            self._closed = True
            return
        self._closed, shown, gone = True, self._shown is not None, Event()
        self.withdraw()
        # What was made on the worker's thread has to be let go of there.
        self._ask(partial(self._screen.leave, gone))
        self._worker.close()
        if shown and not self._hangs:
            gone.wait(GOODBYE_S)

    def _ask(
        self, question: Callable[[], bool], told: Callable[[bool | OSError], object] = lambda _outcome: None
    ) -> None:
        self._asked = True
        self._worker.ask(failing_as_os_error(question), told)

    def _told(self, number: int, outcome: bool | OSError) -> None:
        self._hangs = False
        if number != self._number or self._shown is None:
            if outcome is True and self._shown is None and not self._closed:
                self._ask(self._screen.clear)  # too late: somebody else shows it, or nobody wants it any more
        elif isinstance(outcome, OSError):
            self._refuse(number, f"Windows showed no toast: {outcome}".rstrip())
        elif outcome:
            self._state, self._reason = State.OK, None
        else:
            # Windows would swallow a balloon as well.
            self._state, self._reason = State.DENIED, "notifications are switched off in Windows' settings"

    def _overdue(self, number: int) -> None:
        self._hangs = True
        self._refuse(number, f"no answer from Windows in {PATIENCE_S:g} s")

    def _refuse(self, number: int, reason: str) -> None:
        if number == self._number and self._shown is not None and not self._closed:
            self._state, self._reason = State.LOST, reason
            note = self._shown
            self._over()
            self._refused(note)

    def _answer(self, number: int, argument: str) -> None:
        note, found = self._shown, answer(argument)
        late = number != self._number or note is None or self._closed
        if not late and found is not None and note is not None and found[0] == note.prompt:
            self._over()
            self._answered(*found)

    def _over(self) -> None:
        self._shown = None
        self._forget()

    def _remember(self) -> None:
        if self._memory is not None:
            with suppress(OSError):
                self._memory.touch()

    def _forget(self) -> None:
        if self._memory is not None:
            with suppress(OSError):
                self._memory.unlink(missing_ok=True)


class _Screen:
    """The toast on the screen.  All of it belongs to the worker's thread."""

    def __init__(self, icon: Path) -> None:
        self._icon = icon
        self._notifier: Any = None
        self._toast: Any = None

    def show(self, note: Note, ears: _Ears) -> bool:
        """Show it in place of the one before; false where the person wants none.  Raises `OSError`."""
        from winrt.windows.data.xml.dom import XmlDocument
        from winrt.windows.ui.notifications import ToastNotification, ToastNotificationManager

        if self._notifier is None:
            introduce(self._icon)
            self._notifier = ToastNotificationManager.create_toast_notifier(APP)
        if _switched_off(self._notifier):
            return False
        content = XmlDocument()
        content.load_xml(document(note))
        toast = ToastNotification(content)
        toast.tag, toast.group = TAG, GROUP
        toast.expiration_time = datetime.now(UTC) + LASTS
        _listen(toast, note.prompt, ears)
        self._notifier.show(toast)
        self._toast = toast
        return True

    def clear(self) -> bool:
        """Take it away, also from the notification centre; raises `OSError` where it is gone."""
        from winrt.windows.ui.notifications import ToastNotificationManager

        toast, self._toast = self._toast, None
        if toast is not None:
            with suppress(OSError):
                self._notifier.hide(toast)
        ToastNotificationManager.history.remove(TAG, GROUP, APP)
        return True

    def leave(self, gone: Event) -> bool:
        """Let go of all of it, and say so."""
        self._toast = self._notifier = None
        gone.set()
        return True


def introduce(icon: Path) -> None:
    """Tell Windows what the program calls itself, which it wants to know before the first toast."""
    with winreg.CreateKey(winreg.HKEY_CURRENT_USER, rf"Software\Classes\AppUserModelId\{APP}") as key:
        winreg.SetValueEx(key, "DisplayName", 0, winreg.REG_SZ, APP_NAME)
        winreg.SetValueEx(key, "IconUri", 0, winreg.REG_SZ, f"{icon.absolute()}")


def _switched_off(notifier: Any) -> bool:
    from winrt.windows.ui.notifications import NotificationSetting

    try:
        return bool(notifier.setting != NotificationSetting.ENABLED)
    except OSError:  # of a program that has never shown one, nothing is known
        return False


def _listen(toast: Any, prompt: int, ears: _Ears) -> None:
    """Have Windows tell `ears`.  That the time on the screen is over, or we took it away, is no answer."""
    from winrt.windows.ui.notifications import ToastActivatedEventArgs, ToastDismissalReason

    def activated(_toast: Any, told: Any) -> None:
        argument = told.as_(ToastActivatedEventArgs).arguments if told is not None else ""
        ears.answered(argument or f"{prompt} {DEFAULT}")

    def dismissed(_toast: Any, told: Any) -> None:
        if told.reason == ToastDismissalReason.USER_CANCELED:
            ears.answered(f"{prompt} dismiss")

    def failed(_toast: Any, told: Any) -> None:
        ears.failed(f"Windows showed no toast: {told.error_code & 0xFFFFFFFF:#010x}")

    toast.add_activated(activated)
    toast.add_dismissed(dismissed)
    toast.add_failed(failed)
