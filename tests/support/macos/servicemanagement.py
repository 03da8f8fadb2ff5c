"""ServiceManagement, as far as the adapters use it: the login items of macOS 13."""

# ruff: noqa: N802  the names are Apple's

from __future__ import annotations

from typing import ClassVar

from tests.support.macos.objc import NSObject

FRAMEWORK = "ServiceManagement"

SMAppServiceStatusNotRegistered = 0
SMAppServiceStatusEnabled = 1
SMAppServiceStatusRequiresApproval = 2
SMAppServiceStatusNotFound = 3
kSMErrorJobNotFound = 6  # noqa: N816
kSMErrorInvalidSignature = 3  # noqa: N816
kSMErrorLaunchDeniedByUser = 11  # noqa: N816
kSMErrorAlreadyRegistered = 12  # noqa: N816


class Failure:
    """An NSError."""

    def __init__(self, code: int) -> None:
        self._code = code

    def code(self) -> int:
        return self._code

    def localizedDescription(self) -> str:
        return f"failure {self._code}"


class SMAppService(NSObject):
    """The app among the login items; a test plays the system by what begins with `played`."""

    played_status: ClassVar[int] = SMAppServiceStatusNotFound
    played_refusal: ClassVar[bool] = False
    """The person has switched it off, and registering does not change that."""
    played_failure: ClassVar[int] = 0

    @classmethod
    def begin(cls) -> None:
        """An app that was never a login item."""
        cls.played_status, cls.played_refusal, cls.played_failure = SMAppServiceStatusNotFound, False, 0

    @classmethod
    def mainAppService(cls) -> SMAppService:
        return cls.alloc().init()

    def status(self) -> int:
        return type(self).played_status

    def registerAndReturnError_(self, error: None) -> tuple[bool, Failure | None]:
        assert error is None
        if code := self.played_failure:
            return False, Failure(code)
        if self.status() == SMAppServiceStatusEnabled:
            return False, Failure(kSMErrorAlreadyRegistered)
        if self.played_refusal:
            type(self).played_status = SMAppServiceStatusRequiresApproval
            return False, Failure(kSMErrorLaunchDeniedByUser)
        type(self).played_status = SMAppServiceStatusEnabled
        return True, None

    def unregisterAndReturnError_(self, error: None) -> tuple[bool, Failure | None]:
        assert error is None
        if code := self.played_failure:
            return False, Failure(code)
        if self.status() in (SMAppServiceStatusNotFound, SMAppServiceStatusNotRegistered):
            return False, Failure(kSMErrorJobNotFound)
        type(self).played_status = SMAppServiceStatusNotRegistered
        return True, None
