"""Checks JSON against `docs/schemas`, as far as those schemas go; an unknown keyword is an error."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "docs" / "schemas"
TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "number": (int, float),
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
IGNORED = {"$schema", "title", "description", "$defs", "default"}


def problems(schema: str, value: object) -> list[str]:
    """What is wrong with a value by `docs/schemas/<schema>.json`, each with its place; empty is good."""
    file = f"{schema}.json"
    return list(_check(_load(file), value, schema, file))


@cache
def _load(file: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / file).read_text("utf-8"))
    return loaded


def _check(schema: dict[str, Any], value: Any, at: str, file: str) -> Iterator[str]:
    for keyword, wanted in schema.items():
        if keyword in IGNORED or keyword.startswith("x-"):
            continue
        match keyword:
            case "$ref":
                other, _hash, pointer = wanted.partition("#")
                yield from _check(_resolve(other or file, pointer), value, at, other or file)
            case "anyOf":
                if all(any(_check(choice, value, at, file)) for choice in wanted):
                    yield f"{at}: {value!r} fits no choice"
            case "properties":
                for name in wanted.keys() & value.keys() if isinstance(value, dict) else ():
                    yield from _check(wanted[name], value[name], f"{at}.{name}", file)
            case "additionalProperties":
                extra = sorted(value.keys() - schema["properties"].keys()) if isinstance(value, dict) else []
                yield from (f"{at}: unknown {name}" for name in extra)
            case "items":
                for number, item in enumerate(value if isinstance(value, list) else ()):
                    yield from _check(wanted, item, f"{at}[{number}]", file)
            case _:
                if not _holds(keyword, wanted, value):
                    yield f"{at}: {value!r} against {keyword} {wanted}"


def _holds(keyword: str, wanted: Any, value: Any) -> bool:
    match keyword:
        case "type":
            names = wanted if isinstance(wanted, list) else [wanted]
            return any(_is(name, value) for name in names)
        case "enum":
            return value in wanted
        case "const":
            return bool(value == wanted)
        case "required":
            return not isinstance(value, dict) or set(wanted) <= value.keys()
        case "minimum":
            return bool(value >= wanted)
        case "maximum":
            return bool(value <= wanted)
        case "maxLength":
            return bool(len(value) <= wanted)
        case "pattern":
            return re.search(wanted, value) is not None
        case "format":
            return datetime.fromisoformat(value).tzinfo is not None
        case _:
            raise ValueError(f"the checker knows no {keyword}")


def _is(name: str, value: object) -> bool:
    return isinstance(value, TYPES[name]) and (not isinstance(value, bool) or name == "boolean")


def _resolve(file: str, pointer: str) -> dict[str, Any]:
    found: Any = _load(file)
    for name in pointer.strip("/").split("/"):
        found = found[name]
    resolved: dict[str, Any] = found
    return resolved
