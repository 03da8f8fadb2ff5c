"""The notification center of macOS, as the main thread has it: asked, shown to, cleared.

It exists for the main program of an app alone; asking elsewhere ends the process.  Its answers come on
threads of its own, and so may the person's, where an exception would end the process as well: they are
handed on as they are, and read by `permission` and `fault` at home.
Apple developer documentation: "UNUserNotificationCenter", "UNUserNotificationCenterDelegate",
"Declaring your actionable notification types", "UNNotificationAttachment", which says that the system moves
the file it is given.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from Foundation import NSURL, NSObject
from UserNotifications import (
    UNAlertStyleNone,
    UNAuthorizationOptionAlert,
    UNAuthorizationStatusAuthorized,
    UNAuthorizationStatusDenied,
    UNAuthorizationStatusNotDetermined,
    UNMutableNotificationContent,
    UNNotificationAction,
    UNNotificationActionOptionNone,
    UNNotificationAttachment,
    UNNotificationCategory,
    UNNotificationCategoryOptionCustomDismissAction,
    UNNotificationDefaultActionIdentifier,
    UNNotificationDismissActionIdentifier,
    UNNotificationInterruptionLevelActive,
    UNNotificationPresentationOptionBanner,
    UNNotificationPresentationOptionList,
    UNNotificationRequest,
    UNNotificationSettingEnabled,
    UNUserNotificationCenter,
)

from tray_agent.ports import Note

REQUEST = "note"
"""Of every note: a new one takes the place of the one before it."""
PROMPT = "prompt"

Actions = tuple[tuple[str, str], ...]
Answered = Callable[[int, str], object]


class Permission(NamedTuple):
    """What the person allows: `asked` whether they have decided, `shown` whether notes come on the screen."""

    asked: bool
    allowed: bool
    shown: bool


class TrayAgentNotificationDelegate(NSObject):  # type: ignore[misc]
    """What the center tells, on whatever thread; `heard(prompt, key)` is set by who makes one."""

    heard: Answered

    def userNotificationCenter_willPresentNotification_withCompletionHandler_(  # noqa: N802
        self, center: Any, notification: Any, present: Callable[[int], None]
    ) -> None:
        """Show it although a window of ours is in front, where it would else be kept back."""
        present(UNNotificationPresentationOptionBanner | UNNotificationPresentationOptionList)

    def userNotificationCenter_didReceiveNotificationResponse_withCompletionHandler_(  # noqa: N802
        self, center: Any, response: Any, done: Callable[[], None]
    ) -> None:
        """Hand over the answer of the person."""
        prompt = response.notification().request().content().userInfo().get(PROMPT)
        if isinstance(prompt, int):
            self.heard(int(prompt), _key(response.actionIdentifier()))
        done()


class NotificationCenter:
    """Every call of it on the main thread; `heard(prompt, key)` has the port's keys."""

    def __init__(self, heard: Answered) -> None:
        self._center = UNUserNotificationCenter.currentNotificationCenter()
        self._delegate = TrayAgentNotificationDelegate.alloc().init()  # the center does not hold it
        self._delegate.heard = heard
        self._center.setDelegate_(self._delegate)
        self._categories: dict[Actions, Any] = {}

    def ask(self, answered: Callable[[Any], object]) -> None:
        """Ask the person once whether notes may be shown; `answered(error)` when that is decided.

        The system asks by a note of its own, and only the first time.
        """
        self._center.requestAuthorizationWithOptions_completionHandler_(
            UNAuthorizationOptionAlert, lambda _granted, error: answered(error)
        )

    def look(self, told: Callable[[Any], object]) -> None:
        """Find out what is allowed now: `told(settings)`."""
        self._center.getNotificationSettingsWithCompletionHandler_(told)

    def offer(self, actions: Actions, ready: Callable[[], object]) -> None:
        """Make the buttons known, which must come before their note."""
        if actions in self._categories:
            ready()
            return
        self._categories[actions] = _category(f"actions-{len(self._categories)}", actions)
        self._center.setNotificationCategories_(set(self._categories.values()))
        # It is set when the center has answered the next question.
        self._center.getNotificationCategoriesWithCompletionHandler_(lambda _categories: ready())

    def add(self, note: Note, done: Callable[[Any], object]) -> None:
        """Show the note in place of the one before it; `done(error)` follows."""
        content = UNMutableNotificationContent.alloc().init()
        content.setTitle_(note.title)
        content.setBody_(note.body)
        content.setCategoryIdentifier_(self._categories[note.actions].identifier())
        # Nothing but Python's own kinds here: a subclass does not get through to the system's service.
        content.setUserInfo_({PROMPT: note.prompt})
        content.setInterruptionLevel_(UNNotificationInterruptionLevelActive)
        if picture := _attached(note.picture):
            content.setAttachments_([picture])
        request = UNNotificationRequest.requestWithIdentifier_content_trigger_(REQUEST, content, None)
        self._center.addNotificationRequest_withCompletionHandler_(request, done)

    def clear(self) -> None:
        """Take away our note, shown or about to be, also one that an agent before this one left."""
        self._center.removePendingNotificationRequestsWithIdentifiers_([REQUEST])
        self._center.removeDeliveredNotificationsWithIdentifiers_([REQUEST])

    def close(self) -> None:
        """Take the note away and hear nothing more."""
        self.clear()
        self._center.setDelegate_(None)


def _key(action: str) -> str:
    if action == UNNotificationDefaultActionIdentifier:
        return "default"
    return "dismiss" if action == UNNotificationDismissActionIdentifier else str(action)


def fault(error: Any) -> str | None:
    """What macOS says of an error; None where there is none."""
    return None if error is None else str(error.localizedDescription())


def permission(settings: Any) -> Permission:
    """What the settings allow."""
    status = settings.authorizationStatus()
    on_screen = (
        settings.alertSetting() == UNNotificationSettingEnabled and settings.alertStyle() != UNAlertStyleNone
    )
    return Permission(
        asked=status != UNAuthorizationStatusNotDetermined,
        allowed=status not in (UNAuthorizationStatusNotDetermined, UNAuthorizationStatusDenied),
        shown=status == UNAuthorizationStatusAuthorized and on_screen,
    )


def _category(name: str, actions: Actions) -> Any:
    """A set of buttons; that the person closed the note is told as well."""
    buttons = [
        UNNotificationAction.actionWithIdentifier_title_options_(key, label, UNNotificationActionOptionNone)
        for key, label in actions
    ]
    return UNNotificationCategory.categoryWithIdentifier_actions_intentIdentifiers_options_(
        name, buttons, [], UNNotificationCategoryOptionCustomDismissAction
    )


def _attached(picture: Path | None) -> Any | None:
    """The picture, as a copy that the system takes away; None where there is none or it will not do."""
    if picture is None:
        return None
    try:
        handle, name = tempfile.mkstemp(prefix="tray-agent-", suffix=picture.suffix)
        os.close(handle)
        shutil.copyfile(picture, name)
    except OSError:
        return None
    attached, _error = UNNotificationAttachment.attachmentWithIdentifier_URL_options_error_(
        "picture", NSURL.fileURLWithPath_(name), None, None
    )
    if attached is None:
        Path(name).unlink(missing_ok=True)
    return attached
