"""Writes what the package for macOS installs beside the app, and the profiles that an organisation adds.

    python3 -m installers.macos.generate
    python3 -m installers.macos.generate version
    python3 -m installers.macos.generate distribution arm64 FILE

The last two are for build.sh, which asks while it builds.  The job for launchd is the agent's own; a test
compares all of it with the committed files.
Sources: Apple developer documentation, "ServiceManagementManagedLoginItems", "Notifications" (device
management profiles), "Distribution Definition XML Schema"; the manual pages pkgbuild(1), productbuild(1).
"""

from __future__ import annotations

import plistlib
import sys
import uuid
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from installers.macos import bundle
from tray_agent import __version__
from tray_agent.platforms.macos import launch_agent
from tray_agent.platforms.own_command import AT_LOGIN

HERE = Path(__file__).resolve().parent
AGENT = f"{launch_agent.LABEL}.plist"
TEAM = "ABCDE12345"
"""Stands for the ten characters of whoever signs; `codesign -dv` of the installed app shows them."""
ALERTS = 2
"""AlertType of notes that stay until they are answered."""
PARTS = {
    "app": ("Tray Agent", "The app, and the command tray-agent for the terminal."),
    "autostart": ("Start at login", "Starts Tray Agent whenever somebody logs in on this Mac."),
}
"""The parts of the package in the order in which they are installed; all but the first may be left out."""


def outputs() -> dict[Path, bytes]:
    """Every committed file with its bytes."""
    return {
        HERE / AGENT: plistlib.dumps(launch_agent.job([str(bundle.PROGRAM), *AT_LOGIN], app=True)),
        HERE / "components.plist": plistlib.dumps([component()]),
        HERE / "profiles" / "login-item.mobileconfig": profile("login-item", "starts at login", login_item()),
        HERE / "profiles" / "notifications.mobileconfig": profile(
            "notifications", "may show its notes", notifications()
        ),
    }


def component() -> dict[str, Any]:
    """How the installer treats the app: at its place even if somebody moved another copy of it elsewhere."""
    return {
        "RootRelativeBundlePath": str(bundle.PLACE).lstrip("/"),
        "BundleHasStrictIdentifier": True,
        "BundleIsRelocatable": False,
        # An organisation that goes back to an older version means it.
        "BundleIsVersionChecked": False,
        "BundleOverwriteAction": "upgrade",
    }


def login_item() -> dict[str, Any]:
    """Allows both ways of starting at login, and takes the switch for them from the Login Items."""
    rules = [
        ("BundleIdentifier", bundle.APP, "The app"),
        ("Label", launch_agent.LABEL, "Its job for launchd"),
    ]
    return {
        "PayloadType": "com.apple.servicemanagement",
        "Rules": [
            {"RuleType": kind, "RuleValue": value, "TeamIdentifier": TEAM, "Comment": comment}
            for kind, value, comment in rules
        ],
    }


def notifications() -> dict[str, Any]:
    """Allows the notes, as ones that stay; never over a locked screen, and never as critical ones."""
    return {
        "PayloadType": "com.apple.notificationsettings",
        "NotificationSettings": [
            {
                "BundleIdentifier": bundle.APP,
                "NotificationsEnabled": True,
                "AlertType": ALERTS,
                "BadgesEnabled": False,
                "CriticalAlertEnabled": False,
                "ShowInLockScreen": False,
                "ShowInNotificationCenter": True,
                "SoundsEnabled": True,
            }
        ],
    }


def profile(name: str, does: str, payload: dict[str, Any]) -> bytes:
    """A profile for the whole machine around one payload; its ids are the same at each run."""
    title = f"{bundle.NAME} {does}"
    identifier = f"{bundle.APP}.{name}"
    inner = {
        **payload,
        "PayloadDisplayName": title,
        "PayloadIdentifier": f"{identifier}.payload",
        "PayloadUUID": _uuid(f"{identifier}.payload"),
        "PayloadVersion": 1,
    }
    outer = {
        "PayloadContent": [inner],
        "PayloadDescription": f"{title} on this Mac.",
        "PayloadDisplayName": title,
        "PayloadIdentifier": identifier,
        "PayloadRemovalDisallowed": False,
        "PayloadScope": "System",
        "PayloadType": "Configuration",
        "PayloadUUID": _uuid(identifier),
        "PayloadVersion": 1,
    }
    return plistlib.dumps(outer)


def distribution(architecture: str) -> str:
    """What the installer asks and in which order it goes, for a Mac of this architecture."""
    root = ET.Element("installer-gui-script", minSpecVersion="2")
    ET.SubElement(root, "title").text = bundle.NAME
    ET.SubElement(root, "license", {"file": "LICENSE", "mime-type": "text/plain"})
    ET.SubElement(root, "options", hostArchitectures=architecture, customize="allow", rootVolumeOnly="true")
    ET.SubElement(root, "domains", enable_anywhere="false", enable_localSystem="true")
    check = ET.SubElement(root, "volume-check")
    ET.SubElement(ET.SubElement(check, "allowed-os-versions"), "os-version", min=bundle.OLDEST)
    outline = ET.SubElement(root, "choices-outline")
    for part, (title, description) in PARTS.items():
        ET.SubElement(outline, "line", choice=part)
        choice = ET.SubElement(root, "choice", id=part, title=title, description=description)
        if part == "app":
            choice.set("enabled", "false")
        ET.SubElement(choice, "pkg-ref", id=f"{bundle.APP}.{part}")
    for part in PARTS:
        reference = ET.SubElement(root, "pkg-ref", id=f"{bundle.APP}.{part}", version=__version__)
        reference.text = f"{part}.pkg"
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _uuid(what: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, what)).upper()


def _write() -> None:
    for path, content in outputs().items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            _write()
        case ["version"]:
            print(__version__)
        case ["distribution", architecture, file]:
            Path(file).write_text(distribution(architecture), "utf-8")
        case _:
            sys.exit(__doc__)
