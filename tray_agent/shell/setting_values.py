"""What each settings key may hold, told in words when a value is something else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_args

from msgspec import Struct, ValidationError, convert, structs

from tray_agent.shell.hours_ranges import parse_holidays, parse_range
from tray_agent.shell.schema import MANAGED_ALSO, MANAGED_NOT, MANAGED_ONLY, UNMANAGED, Settings
from tray_agent.shell.words import _

_LONGEST_SHOWN = 80


class _Texts(Struct, frozen=True):
    """A list of texts, each of which `parse` understands or refuses with a sentence."""

    parse: Callable[[str], object]
    example: str
    may_be_empty: bool = False


_LISTS = {
    "hours.ranges": _Texts(parse_range, '["mon-fri 08:00-12:00", "sat 22:00-06:00"]'),
    "hours.holidays": _Texts(parse_holidays, '["2026-12-25", "2026-12-24..2027-01-01"]', may_be_empty=True),
}


def _types(struct: type[Struct], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for field in structs.fields(struct):
        if isinstance(field.type, type) and issubclass(field.type, Struct):
            yield from _types(field.type, f"{prefix}{field.name}.")
        else:
            yield prefix + field.name, field.type


TYPES: Mapping[str, Any] = dict(_types(Settings))
_MANAGED_ALSO = {(key, value) for key, values in MANAGED_ALSO.items() for value in values}
SECTIONS = frozenset(key.rpartition(".")[0] for key in TYPES if "." in key)


def checked(key: str, raw: object) -> Any:
    """The typed value; raises `ValueError` saying what is allowed, in words that follow "must be"."""
    try:
        value = convert(raw, TYPES[key])
    except ValidationError:
        raise ValueError(allowed(key)) from None
    if key in _LISTS:
        _check_texts(key, value)
    return value


def managed(key: str, raw: object) -> Any:
    """The typed value of a policy; raises `ValueError` saying what is wrong in a sentence.

    A registry knows neither truth nor lists of one kind: 0 and 1 do for false and true.
    """
    if key not in TYPES:
        raise ValueError(no_such(key))
    if key in UNMANAGED:
        raise ValueError(_("{key} is for each person to choose").format(key=key))
    if raw in MANAGED_NOT.get(key, ()):
        raise ValueError(
            _("{key} = {value} is only for a person to choose").format(key=key, value=shown(raw))
        )
    if type(raw) is int and (key, raw) in _MANAGED_ALSO:
        return raw
    if TYPES[key] is bool and type(raw) is int and raw in (0, 1):
        return bool(raw)
    try:
        return checked(key, raw)
    except ValueError as error:
        sentence = _("{key} = {value} is wrong; it must be {allowed}")
        raise ValueError(sentence.format(key=key, value=shown(raw), allowed=error)) from None


def check_level(key: str, *, mandatory: bool) -> None:
    """Raise `ValueError` with a sentence where a mere recommendation would leave nobody to decide."""
    if key in MANAGED_ONLY and not mandatory:
        raise ValueError(_("{key} cannot be recommended: no person decides it").format(key=key))


def _check_texts(key: str, texts: tuple[str, ...]) -> None:
    kind = _LISTS[key]
    if not texts and not kind.may_be_empty:
        raise ValueError(allowed(key))
    wrong = [str(fault) for text in texts if (fault := _fault(kind, text))]
    if wrong:
        raise ValueError(f"{allowed(key)} ({'; '.join(wrong)})")


def _fault(kind: _Texts, text: str) -> ValueError | None:
    try:
        kind.parse(text)
    except ValueError as error:
        return error
    return None


def allowed(key: str) -> str:
    """What the key may hold, in words that follow "must be"."""
    # Rarely needed, so the resident process does not carry it.
    from msgspec import inspect

    match inspect.type_info(TYPES[key]):
        case inspect.StrType(max_length=length, pattern=None):
            return _("a text of at most {length} characters").format(length=length)
        case inspect.StrType(pattern=pattern) if pattern and "://" in pattern:
            return _("an address such as https://example.org/help or mailto:help@example.org")
        case inspect.BoolType():
            return _("true or false")
        case inspect.IntType(ge=low, le=high):
            return _("a whole number from {low} to {high}").format(low=low, high=high)
        case inspect.LiteralType():
            return _("one of {choices}").format(choices=", ".join(get_args(TYPES[key])))
        case inspect.StrType(max_length=length):
            return _("a text of at most {length} letters, digits and _.@-").format(length=length)
        case _:
            return _("a list such as {example}").format(example=_LISTS[key].example)


def flat(settings: Settings) -> dict[str, Any]:
    """Every value by its dotted key."""
    return {key: value_of(settings, key) for key in TYPES}


def value_of(settings: Settings, key: str) -> Any:
    """The value of one dotted key."""
    value: Any = settings
    for name in key.split("."):
        value = getattr(value, name)
    return value


def typed(values: Mapping[str, Any]) -> Settings:
    """Settings from checked values by their dotted keys; missing ones have their defaults."""
    nested: dict[str, Any] = {}
    beyond: list[tuple[str, str, Any]] = []
    for key, value in values.items():
        section, dot, name = key.rpartition(".")
        if type(value) is int and (key, value) in _MANAGED_ALSO:
            beyond.append((section, name, value))
        else:
            (nested.setdefault(section, {}) if dot else nested)[name] = value
    settings = convert(nested, Settings)
    for section, name, value in beyond:
        # What an organisation alone may choose lies outside the bounds that hold for people.
        changed = structs.replace(getattr(settings, section), **{name: value})
        settings = structs.replace(settings, **{section: changed})
    return settings


def shown(value: object) -> str:
    """The value as it would stand in the file, cut when it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + "..."


def read(text: str) -> object:
    """A value typed on the command line: TOML, or else the bare words themselves."""
    import tomllib

    try:
        document = tomllib.loads(f"value = {text}")
    except tomllib.TOMLDecodeError:
        return text
    return document["value"] if document.keys() == {"value"} else text


def no_such(key: str) -> str:
    """The sentence for a key that does not exist, with the nearest that does."""
    import difflib

    near = difflib.get_close_matches(key, TYPES, n=1)
    if near:
        return _("there is no setting {key}; did you mean {near}?").format(key=key, near=near[0])
    return _("there is no setting {key}; there are {keys}").format(key=key, keys=", ".join(TYPES))
