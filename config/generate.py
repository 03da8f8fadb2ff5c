"""Writes what follows from `settings.toml`: the typed settings, their words and their JSON schema.

Run it after every change to the definition; a test compares its output with the committed files.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DEFINITION = ROOT / "config" / "settings.toml"
MODULE = ROOT / "tray_agent" / "shell" / "schema.py"
WORDS = ROOT / "tray_agent" / "shell" / "setting_words.py"
SCHEMA = ROOT / "docs" / "schemas" / "settings.json"

Table = dict[str, Any]

HEAD = '''\
"""Every setting, typed and bounded.

Generated from `config/settings.toml` by `config/generate.py`: change the definition, not this.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct
'''
WORDS_HEAD = '''\
"""What people read beside each setting and each of its choices, in their own language.

Generated from `config/settings.toml` by `config/generate.py`: change the definition, not this.
"""

from __future__ import annotations

from tray_agent.shell.words import N_, _, ngettext


def title(key: str) -> str:
    """The words beside the setting."""
    return _(_TITLES[key])


def help_on(key: str) -> str:
    """What the setting does, in a sentence."""
    return _(_HELP[key])


def choices(key: str) -> dict[str, str]:
    """Each value of a setting with choices, and the words for it; none where there are no choices."""
    return {value: _(words) for value, words in _CHOICES.get(key, {}).items()}


def groups() -> dict[str, str]:
    """The pages of the settings window in their order, each with its title."""
    return {name: _(words) for name, words in _GROUPS.items()}


def group(key: str) -> str:
    """The page on which the setting stands."""
    return _GROUP_OF[key]


def unit(key: str) -> str:
    """The word after a number; empty when the setting counts nothing."""
    return _(_UNITS[_UNIT_OF[key]]) if key in _UNIT_OF else ""

'''
AMOUNT_HEAD = '''
def amount(key: str, n: int) -> str:
    """The number with what it counts, as "90 days"."""
    match _UNIT_OF[key]:
'''
SETTINGS = '''\
class Settings(Struct, frozen=True):
    """Everything a person or an organisation can choose."""'''
REQUIRED = {"type", "default", "title", "help", "group", "manageable"}
OF_TYPE = {
    "bool": set[str](),
    "int": {"min", "max", "unit"},
    "enum": {"choices"},
    "text": {"max_length"},
    "list": {"format"},
}
LONGEST_LINE = 110
FOR_WINDOW = {"groups", "units"}
"""Tables that hold no settings."""
OPTIONAL = {"managed_also", "managed_not", "managed_only", "pattern"}


def load() -> Table:
    """The definition; raises `ValueError` naming the setting that lacks a word or has one too many."""
    definition = tomllib.loads(DEFINITION.read_text("utf-8"))
    for key, setting in settings(definition):
        allowed = REQUIRED | OF_TYPE[setting["type"]]
        if missing := allowed - setting.keys():
            raise ValueError(f"{key} lacks {', '.join(sorted(missing))}")
        if unknown := setting.keys() - allowed - OPTIONAL:
            raise ValueError(f"{key} has the unknown {', '.join(sorted(unknown))}")
        if setting["group"] not in definition.get("groups", {}):
            raise ValueError(f"{key} is on no page: there is no group {setting['group']}")
        if "unit" in setting and setting["unit"] not in definition.get("units", {}):
            raise ValueError(f"{key} counts {setting['unit']}, for which there are no words")
    return definition


def settings(table: Table, prefix: str = "") -> Iterator[tuple[str, Table]]:
    """Every setting with its dotted key, in the order of the definition."""
    for name, entry in table.items():
        if not isinstance(entry, dict) or name in FOR_WINDOW:
            continue
        if "type" in entry:
            yield prefix + name, entry
        else:
            yield from settings(entry, f"{prefix}{name}.")


def module(definition: Table) -> str:
    """The text of `schema.py`."""
    parts = [HEAD]
    top = [SETTINGS]
    for name, entry in definition.items():
        if name in FOR_WINDOW:
            continue
        if "type" in entry:
            top += ["", *_field(name, entry)]
        else:
            parts.append(_section(name, entry))
            top += ["", f"    {name}: {name.title()} = {name.title()}()", f'    """{entry["about"]}"""']
    return "\n\n".join([*parts, "\n".join(top) + "\n", *_management(dict(settings(definition)))])


def _management(known: Table) -> list[str]:
    """What an organisation may and may not decide, where that differs from what a person may."""
    tables: list[tuple[str, dict[str, object], str]] = [
        (
            "MANAGED_ALSO: dict[str, tuple[object, ...]]",
            {key: tuple(entry["managed_also"]) for key, entry in known.items() if "managed_also" in entry},
            "Values that only an organisation may use.",
        ),
        (
            "MANAGED_NOT: dict[str, tuple[object, ...]]",
            {key: tuple(entry["managed_not"]) for key, entry in known.items() if "managed_not" in entry},
            "Values that no organisation may impose.",
        ),
    ]
    lines = [f'{name} = {_inline(table)}\n"""{about}"""' for name, table, about in tables]
    only = [key for key, entry in known.items() if entry.get("managed_only")]
    free = [key for key, entry in known.items() if not entry["manageable"]]
    lines.append(f'MANAGED_ONLY = {_keys(only)}\n"""Settings that no person chooses."""')
    lines.append(f'UNMANAGED = {_keys(free)}\n"""Settings that no organisation decides."""')
    return ["\n\n".join(lines) + "\n"]


def _inline(table: dict[str, object]) -> str:
    return (
        "{"
        + ", ".join(f"{_double_quoted(key)}: {_double_quoted(value)}" for key, value in table.items())
        + "}"
    )


def _keys(keys: list[str]) -> str:
    if not keys:
        return "frozenset[str]()"
    return "frozenset(\n    {\n" + "".join(f"        {_double_quoted(key)},\n" for key in keys) + "    }\n)"


def _section(name: str, section: Table) -> str:
    lines = [f"class {name.title()}(Struct, frozen=True):", f'    """{section["about"]}"""']
    for field, setting in settings(section):
        lines += ["", *_field(field, setting)]
    return "\n".join(lines) + "\n"


def _field(name: str, setting: Table) -> list[str]:
    default = setting["default"]
    shown = tuple(default) if isinstance(default, list) else default
    return [f"    {name}: {_annotation(setting)} = {_double_quoted(shown)}", f'    """{setting["help"]}"""']


def _annotation(setting: Table) -> str:
    match setting["type"]:
        case "int":
            return f"Annotated[int, Meta(ge={setting['min']}, le={setting['max']})]"
        case "enum":
            return f"Literal[{', '.join(map(_double_quoted, setting['choices']))}]"
        case "text":
            pattern = f', pattern=r"{setting["pattern"]}"' if "pattern" in setting else ""
            return f"Annotated[str, Meta(max_length={setting['max_length']}{pattern})]"
        case "list":
            return "tuple[str, ...]"
        case _:
            return "bool"


def _double_quoted(value: object) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(map(_double_quoted, value))},)" if value else "()"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def words(definition: Table) -> str:
    """The text of `setting_words.py`."""
    known = dict(settings(definition))
    units = definition["units"]
    of_int = {key: setting for key, setting in known.items() if "unit" in setting}
    parts = [
        WORDS_HEAD.rstrip("\n"),
        *_amount(units),
        "",
        _table("_TITLES", {key: _marked(setting["title"]) for key, setting in known.items()}),
        _table("_HELP", {key: _marked(setting["help"]) for key, setting in known.items()}),
        _choices(known),
        _table("_GROUPS", {name: _marked(title) for name, title in definition["groups"].items()}),
        _table("_GROUP_OF", {key: _double_quoted(setting["group"]) for key, setting in known.items()}),
        _table("_UNITS", {name: _marked(unit["word"]) for name, unit in units.items()}),
        _table("_UNIT_OF", {key: _double_quoted(setting["unit"]) for key, setting in of_int.items()}),
    ]
    return "\n".join(parts).rstrip("\n") + "\n"


def _table(name: str, entries: dict[str, str]) -> str:
    lines = (_entry(f"{_double_quoted(key)}: {value}") for key, value in entries.items())
    return "\n".join([f"{name} = {{", *lines, "}", ""])


def _entry(entry: str) -> str:
    """A line of a table, broken as the formatter would where it is too long."""
    if len(entry) + 5 <= LONGEST_LINE:
        return f"    {entry},"
    opened, sentence = entry.removesuffix(")").split("N_(", 1)
    return f"    {opened}N_(\n        {sentence}\n    ),"


def _choices(known: Table) -> str:
    lines = ["_CHOICES = {"]
    for key, setting in known.items():
        if "choices" in setting:
            values = [f"        {_double_quoted(v)}: {_marked(w)}," for v, w in setting["choices"].items()]
            lines += [f"    {_double_quoted(key)}: {{", *values, "    },"]
    return "\n".join([*lines, "}", ""])


def _amount(units: Table) -> list[str]:
    # Each unit is looked up where it is written out: only so can plurals be found for translation.
    lines = ["", *AMOUNT_HEAD.splitlines()]
    for name, unit in units.items():
        forms = f"{_double_quoted(unit['one'])}, {_double_quoted(unit['many'])}"
        lines += [
            f"        case {_double_quoted(name)}:",
            f"            return ngettext({forms}, n).format(n=n)",
        ]
    return [*lines, "        case _:", '            return f"{n}"', ""]


def _marked(sentence: str) -> str:
    # Quoted as the formatter would, which takes the quotes that need fewer escapes.
    quoted = _double_quoted(sentence)
    if sentence.count('"') > sentence.count("'"):
        escaped = sentence.replace("'", "\\'")
        quoted = f"'{escaped}'"
    return f"N_({quoted})"


def json_schema(definition: Table) -> Table:
    """The JSON schema of a settings file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of Tray Agent",
        **_object(definition),
    }


def _object(table: Table) -> Table:
    entries = {n: e for n, e in table.items() if isinstance(e, dict) and n not in FOR_WINDOW}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            name: _value(entry) if "type" in entry else {"description": entry["about"], **_object(entry)}
            for name, entry in entries.items()
        },
    }


def _value(setting: Table) -> Table:
    types: Table = {
        "bool": {"type": "boolean"},
        "int": {"type": "integer", "minimum": setting.get("min"), "maximum": setting.get("max")},
        "enum": {"type": "string", "enum": list(setting.get("choices", ()))},
        "text": {
            "type": "string",
            "maxLength": setting.get("max_length"),
            "pattern": setting.get("pattern"),
        },
        "list": {"type": "array", "items": {"type": "string", "x-format": setting.get("format")}},
    }
    extras = ("unit", "group", "manageable", "managed_also", "managed_not", "managed_only")
    bounds = {name: bound for name, bound in types[setting["type"]].items() if bound is not None}
    return {
        "title": setting["title"],
        "description": setting["help"],
        **bounds,
        "default": setting["default"],
        **{f"x-{name.replace('_', '-')}": setting[name] for name in extras if name in setting},
    }


def outputs() -> dict[Path, str]:
    """Every generated file with its text."""
    definition = load()
    schema = json.dumps(json_schema(definition), indent=2, ensure_ascii=False) + "\n"
    return {MODULE: module(definition), WORDS: words(definition), SCHEMA: schema}


if __name__ == "__main__":
    for path, text in outputs().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
