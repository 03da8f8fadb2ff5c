"""For macOS: a sample profile, and the manifest from which tools for profiles make their forms.

Sources: Apple, "Profile-Specific Payload Keys" and "TopLevel"; ProfileManifests, "Manifest Format".
"""

from __future__ import annotations

import plistlib
import uuid
from typing import Any

from installers.policy.definition import DOMAIN, SAMPLE, Setting, explained, speaker

_KINDS = {"bool": "boolean", "int": "integer", "enum": "string", "text": "string", "list": "array"}


def profile() -> bytes:
    """A configuration profile with the sample; its ids are the same at each run."""
    inner = {
        **SAMPLE,
        "PayloadDisplayName": "Tray Agent",
        "PayloadIdentifier": f"{DOMAIN}.settings",
        "PayloadType": DOMAIN,
        "PayloadUUID": _uuid("settings"),
        "PayloadVersion": 1,
    }
    outer = {
        "PayloadContent": [inner],
        "PayloadDescription": "Settings of Tray Agent that your organisation has decided.",
        "PayloadDisplayName": "Tray Agent",
        "PayloadIdentifier": f"{DOMAIN}.profile",
        "PayloadOrganization": SAMPLE["organisation.name"],
        "PayloadScope": "System",
        "PayloadType": "Configuration",
        "PayloadUUID": _uuid("profile"),
        "PayloadVersion": 1,
    }
    return plistlib.dumps(outer)


def manifest(settings: list[Setting]) -> bytes:
    """The ProfileManifest of all settings."""
    return plistlib.dumps(
        {
            "pfm_app_url": "",
            "pfm_description": "Tray Agent settings",
            "pfm_documentation_url": "",
            "pfm_domain": DOMAIN,
            "pfm_format_version": 1,
            "pfm_platforms": ["macOS"],
            "pfm_subkeys": [_subkey(setting) for setting in settings],
            "pfm_title": "Tray Agent",
            "pfm_unique": True,
            "pfm_version": 1,
        }
    )


def _subkey(setting: Setting) -> dict[str, Any]:
    subkey: dict[str, Any] = {
        "pfm_default": setting.default,
        "pfm_description": explained(setting, speaker("en")),
        "pfm_name": setting.key,
        "pfm_title": setting.title,
        "pfm_type": _KINDS[setting.kind],
    }
    match setting.kind:
        case "int":
            subkey["pfm_range_min"] = min((setting.low, *setting.also))
            subkey["pfm_range_max"] = setting.high
        case "enum":
            subkey["pfm_range_list"] = [value for value, _words in setting.choices]
            subkey["pfm_range_list_titles"] = [words for _value, words in setting.choices]
        case "list":
            subkey["pfm_subkeys"] = [{"pfm_name": "entry", "pfm_type": "string"}]
        case _:
            pass
    return subkey


def _uuid(what: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{what}.{DOMAIN}")).upper()
