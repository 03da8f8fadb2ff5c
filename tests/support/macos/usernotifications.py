"""UserNotifications, as far as the adapters use it; a test plays the person and the system by `played`.

The center answers on a thread of its own, as the real one does, and is strict where that one fails without
a word: outside an app, with values that do not reach its service, with buttons it has not heard of.
"""

# ruff: noqa: N802  the names are Apple's

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Self

from tests.support.macos import corefoundation, objc
from tests.support.macos.objc import NSObject
from tests.support.macos.played_main import main

FRAMEWORK = "UserNotifications"

UNAlertStyleNone = 0
UNAlertStyleBanner = 1
UNAuthorizationOptionAlert = 4
UNAuthorizationStatusNotDetermined = 0
UNAuthorizationStatusDenied = 1
UNAuthorizationStatusAuthorized = 2
UNNotificationActionOptionNone = 0
UNNotificationCategoryOptionCustomDismissAction = 1
UNNotificationInterruptionLevelActive = 1
UNNotificationPresentationOptionList = 8
UNNotificationPresentationOptionBanner = 16
UNNotificationSettingDisabled = 1
UNNotificationSettingEnabled = 2
UNNotificationDefaultActionIdentifier = "com.apple.UNNotificationDefaultActionIdentifier"
UNNotificationDismissActionIdentifier = "com.apple.UNNotificationDismissActionIdentifier"


class _Values(NSObject):
    """Answers to each selector that was given a value."""

    _values: dict[str, Any]

    @classmethod
    def of(cls, **values: Any) -> Self:
        made = cls.alloc()
        made._made, made._values = True, values
        return made

    def __getattr__(self, name: str) -> Callable[[], Any]:
        values = self.__dict__.get("_values", {})
        if name not in values:
            raise AttributeError(f"{type(self).__name__} does not answer to {name}")
        return lambda: values[name]


class Failure(_Values):
    """An NSError."""


class UNNotificationSettings(_Values):
    pass


class UNNotificationAction(_Values):
    @classmethod
    def actionWithIdentifier_title_options_(cls, identifier: str, title: str, options: int) -> Self:
        return cls.of(identifier=identifier, title=title, options=options)


class UNNotificationCategory(_Values):
    @classmethod
    def categoryWithIdentifier_actions_intentIdentifiers_options_(
        cls,
        identifier: str,
        actions: Sequence[UNNotificationAction],
        intents: Sequence[str],
        options: int,
    ) -> Self:
        return cls.of(
            identifier=identifier, actions=list(actions), intentIdentifiers=list(intents), options=options
        )


class UNNotificationAttachment(_Values):
    @classmethod
    def attachmentWithIdentifier_URL_options_error_(
        cls, identifier: str, url: Any, *no_options_nor_error: None
    ) -> tuple[UNNotificationAttachment | None, Failure | None]:
        assert no_options_nor_error == (None, None)
        file = Path(url.path())
        if not file.is_file() or file.suffix not in (".png", ".jpg"):
            return None, Failure.of(code=100, localizedDescription="invalid file")
        return cls.of(identifier=identifier, URL=url), None


class UNMutableNotificationContent(NSObject):
    def init(self) -> Self:
        self._values: dict[str, Any] = {}
        return self

    def setTitle_(self, title: str) -> None:
        self._values["title"] = _encoded(title, str)

    def setBody_(self, body: str) -> None:
        self._values["body"] = _encoded(body, str)

    def setCategoryIdentifier_(self, identifier: str) -> None:
        self._values["categoryIdentifier"] = _encoded(identifier, str)

    def setUserInfo_(self, info: dict[str, Any]) -> None:
        for key, value in _encoded(info, dict).items():
            _encoded(key, str)
            _encoded(value, str, int)
        self._values["userInfo"] = dict(info)

    def setInterruptionLevel_(self, level: int) -> None:
        self._values["interruptionLevel"] = level

    def setAttachments_(self, attachments: list[UNNotificationAttachment]) -> None:
        self._values["attachments"] = _encoded(attachments, list)


class UNNotificationRequest(_Values):
    @classmethod
    def requestWithIdentifier_content_trigger_(
        cls, identifier: str, content: UNMutableNotificationContent, trigger: None
    ) -> Self:
        assert trigger is None  # at once
        copied = UNNotificationContent.of(**{"attachments": [], "sound": None, **content._values})
        return cls.of(identifier=identifier, content=copied, trigger=trigger)


class UNNotificationContent(_Values):
    pass


class UNNotification(_Values):
    pass


class UNNotificationResponse(_Values):
    pass


def _encoded(value: Any, *kinds: type) -> Any:
    assert type(value) in kinds, f"{type(value)} is not encoded for the service"
    return value


@dataclass
class Played:
    """The person and the system."""

    status: int = UNAuthorizationStatusNotDetermined
    alert: int = UNNotificationSettingEnabled
    style: int = UNAlertStyleBanner
    fault: str | None = None
    """Why every note is refused."""
    silent: bool = False
    """It never answers."""
    questions: list[Callable[[bool, Failure | None], None]] = field(default_factory=list)
    shown: dict[str, UNNotificationRequest] = field(default_factory=dict)
    ever_shown: list[str] = field(default_factory=list)
    coming: dict[str, UNNotificationCategory] = field(default_factory=dict)
    """Categories that were set, and are sure to be known only once the center has said which it has."""
    categories: dict[str, UNNotificationCategory] = field(default_factory=dict)
    slow: bool = False
    """A note stays on its way until `delivers`, whatever is removed meanwhile."""
    on_its_way: list[Callable[[], None]] = field(default_factory=list)
    delegate: Any = None
    replies: ThreadPoolExecutor | None = None

    def begin(self) -> None:
        """As at the beginning, the person not asked."""
        self.end()
        self.__init__()  # type: ignore[misc]
        self.replies = ThreadPoolExecutor(1, "notification center")

    def end(self) -> None:
        """No thread is left."""
        if self.replies is not None:
            self.replies.shutdown()

    def reply(self, handler: Callable[..., object], *answer: Any) -> None:
        """Call back on the center's own thread; an exception there fails the test."""

        def call() -> None:
            try:
                handler(*answer)
            except BaseException as error:  # noqa: BLE001  nobody else would see it
                main.errors.append(error)

        if not self.silent and self.replies is not None:
            self.replies.submit(call)

    def decides(self, allowed: bool, fault: str | None = None) -> None:
        """The person answers the system's question."""
        if fault is None:
            self.status = UNAuthorizationStatusAuthorized if allowed else UNAuthorizationStatusDenied
        error = None if fault is None else Failure.of(code=1, localizedDescription=fault)
        self.reply(self.questions.pop(), allowed, error)

    def delivers(self) -> None:
        """What is on its way comes on the screen."""
        while self.on_its_way:
            self.on_its_way.pop(0)()

    def note(self) -> tuple[str, str, list[str]] | None:
        """Title, text and buttons of the one note; None where none is shown."""
        assert len(self.shown) <= 1
        for request in self.shown.values():
            content = request.content()
            category = request.category()
            buttons = [] if category is None else [action.title() for action in category.actions()]
            return content.title(), content.body(), buttons
        return None

    def chooses(self, action: str, prompt: int | None = None) -> list[str]:
        """The person chooses something on the note, or on an older one of `prompt`; was it taken?"""
        request = next(iter(self.shown.values()), None)
        if prompt is not None:
            request = UNNotificationRequest.of(content=UNNotificationContent.of(userInfo={"prompt": prompt}))
        response = UNNotificationResponse.of(
            actionIdentifier=action, notification=UNNotification.of(request=request)
        )
        done: list[str] = []
        self.reply(
            self.delegate.userNotificationCenter_didReceiveNotificationResponse_withCompletionHandler_,
            UNUserNotificationCenter.currentNotificationCenter(),
            response,
            lambda: done.append("done"),
        )
        return done

    def closes(self) -> None:
        """The person closes the note, which is told only where the category wishes so."""
        (request,) = self.shown.values()
        category = request.category()
        if category is not None and category.options() & UNNotificationCategoryOptionCustomDismissAction:
            self.chooses(UNNotificationDismissActionIdentifier)
        self.shown.clear()


played = Played()


class UNUserNotificationCenter(NSObject):
    _current: ClassVar[UNUserNotificationCenter | None] = None

    @classmethod
    def currentNotificationCenter(cls) -> UNUserNotificationCenter:
        bundle = corefoundation.played.bundle
        if bundle is None or bundle.identifier in (None, "org.python.python"):
            raise objc.error("bundleProxyForCurrentProcess is nil")
        if cls._current is None:
            cls._current = cls.alloc().init()
        return cls._current

    def setDelegate_(self, delegate: Any) -> None:
        main.must_be_here("setDelegate:")
        played.delegate = delegate

    def getNotificationSettingsWithCompletionHandler_(
        self, handler: Callable[[UNNotificationSettings], None]
    ) -> None:
        main.must_be_here("getNotificationSettings")
        settings = UNNotificationSettings.of(
            authorizationStatus=played.status, alertSetting=played.alert, alertStyle=played.style
        )
        played.reply(handler, settings)

    def requestAuthorizationWithOptions_completionHandler_(
        self, options: int, handler: Callable[[bool, Failure | None], None]
    ) -> None:
        main.must_be_here("requestAuthorization")
        assert options == UNAuthorizationOptionAlert
        played.questions.append(handler)

    def setNotificationCategories_(self, categories: set[UNNotificationCategory]) -> None:
        main.must_be_here("setNotificationCategories:")
        assert type(categories) is set
        played.coming = {category.identifier(): category for category in categories}

    def getNotificationCategoriesWithCompletionHandler_(
        self, handler: Callable[[set[UNNotificationCategory]], None]
    ) -> None:
        played.categories = dict(played.coming)
        played.reply(lambda: handler(set(played.categories.values())))

    def addNotificationRequest_withCompletionHandler_(
        self, request: UNNotificationRequest, handler: Callable[[Failure | None], None]
    ) -> None:
        main.must_be_here("addNotificationRequest:")
        if played.status != UNAuthorizationStatusAuthorized:
            played.reply(handler, Failure.of(code=1, localizedDescription="not allowed"))
        elif played.fault is not None:
            played.reply(handler, Failure.of(code=1401, localizedDescription=played.fault))
        else:
            # Buttons that come later than their note are not drawn.
            request._values["category"] = played.categories.get(request.content().categoryIdentifier())
            for attachment in request.content().attachments():
                Path(attachment.URL().path()).unlink()  # it is moved
            played.on_its_way.append(partial(played.reply, self._show, request, handler))
            if not played.slow:
                played.delivers()

    def _show(self, request: UNNotificationRequest, handler: Callable[[Failure | None], None]) -> None:
        played.shown[request.identifier()] = request
        played.ever_shown.append(request.content().title())
        handler(None)

    def removePendingNotificationRequestsWithIdentifiers_(self, identifiers: list[str]) -> None:
        main.must_be_here("removePendingNotificationRequests")
        assert type(identifiers) is list

    def removeDeliveredNotificationsWithIdentifiers_(self, identifiers: list[str]) -> None:
        main.must_be_here("removeDeliveredNotifications")
        for identifier in identifiers:
            played.reply(lambda name: played.shown.pop(name, None), identifier)
