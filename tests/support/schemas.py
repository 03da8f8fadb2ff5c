"""Checks JSON against `docs/schemas`, as far as those schemas go; an unknown keyword is an error."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
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
DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)")
IGNORED = {"$schema", "title", "description", "$defs", "default"}


def problems(schema: str, value: object) -> list[str]:
    """What is wrong with a value by `docs/schemas/<schema>.json`, each with its place; empty is good."""
    file = f"{schema}.json"
    return list(_check(load(file), value, schema, file))


@cache
def load(file: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / file).read_text("utf-8"))
    return loaded


def _check(schema: dict[str, Any], value: Any, at: str, file: str) -> Iterator[str]:
    if not _holds("type", schema.get("type", list(TYPES)), value):
        yield f"{at}: {value!r} is no {schema['type']}"
        return
    for keyword, wanted in schema.items():
        match keyword:
            case "$ref":
                other, _hash, pointer = wanted.partition("#")
                yield from _check(_resolve(other or file, pointer), value, at, other or file)
            case "anyOf":
                if all(any(_check(choice, value, at, file)) for choice in wanted):
                    yield f"{at}: {value!r} fits no choice"
            case "properties" | "additionalProperties" | "items":
                yield from _check_parts(keyword, schema, value, at, file)
            case _:
                if not _ignored(keyword) and not _holds(keyword, wanted, value):
                    yield f"{at}: {value!r} against {keyword} {wanted}"


def _check_parts(keyword: str, schema: dict[str, Any], value: Any, at: str, file: str) -> Iterator[str]:
    if keyword == "items":
        for number, item in enumerate(value):
            yield from _check(schema["items"], item, f"{at}[{number}]", file)
    elif keyword == "properties":
        for name in schema["properties"].keys() & value.keys():
            yield from _check(schema["properties"][name], value[name], f"{at}.{name}", file)
    else:
        yield from (f"{at}: unknown {name}" for name in sorted(value.keys() - schema["properties"].keys()))


def _ignored(keyword: str) -> bool:
    return keyword in IGNORED or keyword.startswith("x-")


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
            return not isinstance(value, str) or DATE_TIME.fullmatch(value) is not None
        case _:
            raise ValueError(f"the checker knows no {keyword}")


def _is(name: str, value: object) -> bool:
    return isinstance(value, TYPES[name]) and (not isinstance(value, bool) or name == "boolean")


def _resolve(file: str, pointer: str) -> dict[str, Any]:
    found: Any = load(file)
    for name in pointer.split("/")[1:]:
        found = found[name]
    resolved: dict[str, Any] = found
    return resolved
