"""Starting at login as an app: the Login Items of System Settings, where people see it and switch it off.

Since macOS 13.  What they switched off there is theirs: it is told of, and asking again changes nothing.
Apple developer documentation: "SMAppService", "register()", "SMAppService.Status", "Service Management
Errors".  Answers come from a service of the system, within milliseconds; no thread is asked for.
"""

from __future__ import annotations

from typing import Any

from ServiceManagement import (
    SMAppService,
    SMAppServiceStatusEnabled,
    SMAppServiceStatusRequiresApproval,
    kSMErrorAlreadyRegistered,
    kSMErrorJobNotFound,
    kSMErrorLaunchDeniedByUser,
)

from tray_agent.ports import Startup

MECHANISM = "login_item"
SWITCHED_OFF = "it is switched off in Login Items"

# What was asked for is so already, or the status tells why it is not.
_NO_FAILURE = {kSMErrorAlreadyRegistered, kSMErrorJobNotFound, kSMErrorLaunchDeniedByUser}


class LoginItem:
    """This very app among the login items."""

    def status(self) -> Startup:
        """How it is now; an app that was never added may count as not found, which is no fault."""
        status = SMAppService.mainAppService().status()
        if status == SMAppServiceStatusEnabled:
            return Startup(on=True, mechanism=MECHANISM)
        reason = SWITCHED_OFF if status == SMAppServiceStatusRequiresApproval else None
        return Startup(on=False, mechanism=None, reason=reason)

    def add(self) -> None:
        """Start at login; raises `OSError`."""
        _check(*SMAppService.mainAppService().registerAndReturnError_(None))

    def remove(self) -> None:
        """Start no longer; raises `OSError`."""
        _check(*SMAppService.mainAppService().unregisterAndReturnError_(None))


def _check(done: bool, error: Any) -> None:
    if not done and (error is None or error.code() not in _NO_FAILURE):
        why = "it does not say why" if error is None else error.localizedDescription()
        raise OSError(f"macOS does not change the login items: {why}")
