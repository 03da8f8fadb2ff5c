"""The rest that an administrator needs: samples, the list for Intune, and the page of all policies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import quoteattr

from installers.policy.admx import START, category, policy_id, registry_key
from installers.policy.definition import (
    DOMAIN,
    EXAMPLES,
    REGISTRY,
    SAMPLE,
    SAMPLE_RECOMMENDED,
    Setting,
    in_words,
    speaker,
)

_SAY = speaker("en")
_SEPARATOR = "&#xF000;"
_REG_HEAD = "Windows Registry Editor Version 5.00\n"


def policies_json(values: dict[str, Any]) -> str:
    """A sample of the files of Linux."""
    return json.dumps(values, indent=2, ensure_ascii=False) + "\n"


def reg() -> str:
    """The sample as a file for `reg import`."""
    parts = [_REG_HEAD]
    for values, recommended in ((SAMPLE, False), (SAMPLE_RECOMMENDED, True)):
        key = rf"HKEY_LOCAL_MACHINE\{registry_key(recommended=recommended)}"
        plain = {name: value for name, value in values.items() if not isinstance(value, list)}
        parts.append("\n".join([f"[{key}]", *(_reg_value(*pair) for pair in plain.items())]) + "\n")
        for name, entries in values.items():
            if isinstance(entries, list):
                rows = (_reg_value(f"{at}", entry) for at, entry in enumerate(entries, 1))
                parts.append("\n".join([rf"[{key}\{name}]", *rows]) + "\n")
    return "\n".join(parts).replace("\n", "\r\n")


def _reg_value(name: str, value: Any) -> str:
    shown = f"dword:{int(value):08x}" if isinstance(value, int) else json.dumps(value)
    return f'"{name}"={shown}'


def schema(settings: list[Setting]) -> str:
    """The JSON schema of those files."""
    return policies_json(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Policies of Tray Agent",
            "type": "object",
            "additionalProperties": False,
            "properties": {setting.key: _schema(setting) for setting in settings},
        }
    )


def _schema(setting: Setting) -> dict[str, Any]:
    about: dict[str, Any] = {"title": setting.title, "description": setting.help, "default": setting.default}
    match setting.kind:
        case "bool":
            return {**about, "type": "boolean"}
        case "int":
            bounds = {"type": "integer", "minimum": setting.low, "maximum": setting.high}
            return {**about, **({"anyOf": [bounds, {"enum": [*setting.also]}]} if setting.also else bounds)}
        case "enum":
            return {**about, "enum": [value for value, _words in setting.choices]}
        case "list":
            return {**about, "type": "array", "items": {"type": "string"}}
        case _:
            return {**about, "type": "string", "maxLength": setting.length}


def oma_uris(settings: list[Setting]) -> str:
    """How Intune sets each policy after it was given the ADMX."""
    lines = [
        "# OMA-URIs of Tray Agent",
        "",
        "Give Intune `TrayAgent.admx` first, as a string at",
        "`./Device/Vendor/MSFT/Policy/ConfigOperations/ADMXInstall/TrayAgent/Policy/TrayAgent`;",
        "then set what you decide, each as a string. For the user instead of the machine write",
        "`./User` in place of `./Device`.",
        "",
        "| OMA-URI | an example of a value |",
        "| --- | --- |",
    ]
    for setting in settings:
        rows = [(False, category(setting.group))]
        if setting.recommendable:
            rows.append((True, ""))
        for recommended, group in rows:
            where = START if recommended else f"TrayAgent~{group}"
            name = policy_id(setting, recommended=recommended)
            uri = f"./Device/Vendor/MSFT/Policy/Config/TrayAgent~Policy~{where}/{name}"
            lines.append(f"| `{uri}` | `{_oma_value(setting)}` |")
    return "\n".join(lines) + "\n"


def _oma_value(setting: Setting) -> str:
    if setting.kind == "bool":
        return "<enabled/>" if setting.default else "<disabled/>"
    value = f"{setting.default}"
    if setting.kind == "list":
        value = f"1{_SEPARATOR}{(setting.default or [EXAMPLES[setting.format]])[0]}"
        return f'<enabled/> <data id="{setting.id}" value="{value}"/>'
    return f'<enabled/> <data id="{setting.id}" value={quoteattr(value)}/>'


def page(settings: list[Setting], groups: dict[str, str]) -> str:
    """`docs/policies.md`."""
    lines = [PAGE.format(registry=REGISTRY, domain=DOMAIN).rstrip("\n")]
    for group, title in groups.items():
        here = [setting for setting in settings if setting.group == group]
        if here:
            lines += ["", f"## {title}"]
            for setting in here:
                lines += ["", *_section(setting)]
    return "\n".join(lines) + "\n"


def _section(setting: Setting) -> Iterator[str]:
    yield f"### `{setting.key}`"
    yield ""
    yield f"{setting.title}. {setting.help}"
    yield ""
    yield f"- {_allowed(setting)}"
    yield f"- without a policy: {in_words(setting, _SAY)}"
    if not setting.recommendable:
        yield "- mandatory only: no person decides it"
    example = json.dumps({setting.key: _example(setting)}, ensure_ascii=False)
    yield f"- Windows: `{_registry(setting)}`; macOS: {_APPLE[setting.kind]}; Linux: `{example}`"


_APPLE = {
    "bool": "a boolean",
    "int": "an integer",
    "enum": "a string",
    "text": "a string",
    "list": "an array of strings",
}


def _allowed(setting: Setting) -> str:
    match setting.kind:
        case "bool":
            return "`true` or `false`"
        case "int":
            also = "".join(f", or {value}" for value in setting.also)
            return f"a whole number from {setting.low} to {setting.high}{also}, in {setting.unit}"
        case "enum":
            return "one of " + ", ".join(f"`{value}` ({words})" for value, words in setting.choices)
        case "list":
            return f"a list of texts such as `{EXAMPLES[setting.format]}`"
        case _:
            return f"a text of at most {setting.length} characters"


def _registry(setting: Setting) -> str:
    if setting.kind == "list":
        return rf"{setting.key}\1, \2 ... REG_SZ"
    return f"{setting.key} {'REG_DWORD' if setting.kind in ('bool', 'int') else 'REG_SZ'}"


def _example(setting: Setting) -> Any:
    return setting.default or ([EXAMPLES[setting.format]] if setting.kind == "list" else setting.default)


PAGE = """\
# What an organisation can decide

Every setting below can be decided for a whole machine or for a user, or merely recommended. Its name is
the same everywhere. `tray-agent policy` shows what is in force, where it comes from and what could not be
obeyed; a change is taken up while the agent runs.

What wins, the strongest first: mandatory for the machine, mandatory for the user, the person's own choice,
recommended for the machine, recommended for the user, the default.

| system | mandatory | recommended |
| --- | --- | --- |
| Windows | `HKLM` or `HKCU` `\\{registry}` | the same, `\\Recommended` |
| macOS | a profile for `{domain}` | the same domain, not forced |
| Linux | `/etc/tray-agent/policies/managed/*.json` | `/etc/tray-agent/policies/recommended/*.json` |

On Windows numbers and yes or no are REG_DWORD, texts REG_SZ, and a list is a key of that name with the
values `1`, `2` and so on. On Linux each file is one JSON object; it must belong to root and be written by
nobody else, and later names win. Templates, samples and schema lie in `installers/policy`.

No organisation can take "not now" away, nor a pause, nor the erasing of one's own data; it cannot impose
the break that fills the screen, nor skip the safety check, nor see anybody's health answers.
"""
