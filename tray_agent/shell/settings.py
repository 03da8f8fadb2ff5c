"""The settings in force: the person's file beneath what the organisation decides, above what it recommends.

The file is written without losing a comment.

A bad value is reported in one sentence and touches no other key: that one keeps its last good value,
or the default when it never had one.  A file that cannot be read at all leaves the last good settings
in force and is itself left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tray_agent.shell import atomic, setting_values
from tray_agent.shell.managed import Managed
from tray_agent.shell.origins import Level, Origin
from tray_agent.shell.schema import MANAGED_ONLY, Settings
from tray_agent.shell.words import _

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

_HEADER = re.compile(r"\s*\[\s*([\w.-]+)\s*\]")
_ASSIGNMENT = re.compile(r"\s*([\w.-]+)\s*=")
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)$")


class Fault(Struct, frozen=True):
    """One thing wrong with a settings file; as a `str` it is one sentence for people.

    `key` and `value` (as it stands in the file) are None when the file as a whole cannot be read,
    `value` alone when there is no such key.  `allowed` says what would be right, or what is wrong.
    """

    file: str
    key: str | None
    value: str | None
    allowed: str
    line: int | None = None

    def __str__(self) -> str:
        where = self.file
        if self.line is not None:
            where = _("{file}, line {line}").format(file=self.file, line=self.line)
        if self.value is None:
            return f"{where}: {self.allowed}"
        return _("{where}: {key} = {value} is wrong; it must be {allowed}").format(
            where=where, key=self.key, value=self.value, allowed=self.allowed
        )


class BadSetting(Exception):
    """A key or value that cannot be; as a `str` one sentence for people."""


class ManagedSetting(BadSetting):
    """A setting that is for the organisation to decide."""


class SettingsFile:
    """The settings at `path`, under the policies of `managed`; a file that is not there chooses nothing."""

    def __init__(self, path: Path, managed: Managed | None = None) -> None:
        self.path = path
        self.managed = managed or Managed()
        self.settings = Settings()
        self.faults: tuple[Fault, ...] = ()
        self._own: dict[str, Any] = {}

    def reload(self) -> tuple[Settings, tuple[Fault, ...], bool]:
        """Read file and policies again: the settings in force, what is wrong with the file, and
        whether anything changed.
        """
        before, managed = self.settings, self.managed
        policies_changed = managed.reload()
        text, document, fault = self._read()
        if fault is not None:
            self.faults = (fault,)
        else:
            self._own, self.faults = self._decode(text, document)
        recommended, mandatory = managed.values(managed.recommended), managed.values(managed.mandatory)
        self.settings = setting_values.typed({**recommended, **self._own, **mandatory})
        return self.settings, self.faults, policies_changed or self.settings != before

    def of(self, key: str) -> Origin:
        """Who decided the value in force."""
        managed = self.managed
        if (row := managed.mandatory.get(key)) is not None:
            return Origin(Level.MANDATORY, row.source, managed.name(), managed.link())
        if key in self._own:
            return Origin(Level.USER, str(self.path))
        if (row := managed.recommended.get(key)) is not None:
            return Origin(Level.RECOMMENDED, row.source, managed.name(), managed.link())
        return Origin(Level.DEFAULT)

    def get(self, key: str) -> Any:
        """The value in force; raises `BadSetting` when there is no such key."""
        if key not in setting_values.TYPES:
            raise BadSetting(setting_values.no_such(key))
        return setting_values.value_of(self.settings, key)

    def set(self, key: str, text: str) -> Any:
        """Write one value, given as TOML or a bare word; returns it typed.

        Raises as `change` does.
        """
        return self.change({key: setting_values.read(text)})[key]

    def change(self, values: Mapping[str, object]) -> dict[str, Any]:
        """Write these values, by key, all or none; returns them typed.

        Raises `ManagedSetting` for one that the organisation decides, `BadSetting` for a wrong key, a
        wrong value or a file that is not TOML, and `OSError` when the file cannot be written; either way
        the file is as it was.
        """
        typed = {key: self._checked(key, raw) for key, raw in values.items()}
        document = self._editable()
        for key, value in typed.items():
            *sections, name = key.split(".")
            self._table(document, sections)[name] = list(value) if isinstance(value, tuple) else value
        atomic.write(self.path, document.as_string().encode())
        self.reload()
        return typed

    def forget(self, key: str) -> None:
        """Take the person's own choice out of the file: what is recommended, or the default, holds again.

        Raises as `change` does.
        """
        self._must_be_free(key)
        document = self._editable()
        *sections, name = key.split(".")
        table: Any = document
        for section in sections:
            table = table.get(section, {})
        if name in table:
            del table[name]
            atomic.write(self.path, document.as_string().encode())
        self.reload()

    def make(self) -> None:
        """Write a file that shows every setting with its default, unless there is one already.

        Raises `OSError` when it cannot be written.
        """
        if not self.path.exists():
            defaults = setting_values.flat(Settings()).items()
            lines = [
                f"# {key} = {setting_values.shown(value)}\n"
                for key, value in defaults
                if key not in MANAGED_ONLY
            ]
            head = _("# Take the # from a line and change its value; Tray Agent notices when you save.")
            atomic.write(self.path, "".join([f"{head}\n\n", *lines]).encode())

    def _checked(self, key: str, raw: object) -> Any:
        self._must_be_free(key)
        try:
            return setting_values.checked(key, raw)
        except ValueError as error:
            sentence = _("{key} = {value} is wrong; it must be {allowed}")
            shown = setting_values.shown(raw)
            raise BadSetting(sentence.format(key=key, value=shown, allowed=error)) from None

    def _must_be_free(self, key: str) -> None:
        self.get(key)
        origin = self.of(key)
        if origin.managed:
            who = origin.organisation or _("your organisation")
            raise ManagedSetting(_("{key} is decided by {organisation}").format(key=key, organisation=who))
        if key in MANAGED_ONLY:
            raise ManagedSetting(_("{key} is for an organisation to decide").format(key=key))

    def _read(self) -> tuple[str, dict[str, Any], Fault | None]:
        try:
            text = self.path.read_text("utf-8")
        except FileNotFoundError:
            return "", {}, None
        except UnicodeDecodeError:
            return "", {}, self._unreadable(_("the file is not UTF-8 text"))
        except OSError as error:
            return "", {}, self._unreadable(_("the file cannot be read: {why}").format(why=error.strerror))
        # Most people have no file: they do not pay for its parser.
        import tomllib

        try:
            return text, tomllib.loads(text), None
        except tomllib.TOMLDecodeError as error:
            why, line = _split_line(str(error))
            return "", {}, self._unreadable(_("the file is not TOML: {why}").format(why=why), line)

    def _unreadable(self, why: str, line: int | None = None) -> Fault:
        return Fault(str(self.path), None, None, why, line)

    def _decode(self, text: str, document: dict[str, Any]) -> tuple[dict[str, Any], tuple[Fault, ...]]:
        values: dict[str, Any] = {}
        faults: list[Fault] = []
        for key, raw in _leaves(document):
            if key in MANAGED_ONLY:
                sentence = _("{key} is for an organisation to decide").format(key=key)
                faults.append(self._fault(text, key, None, sentence))
            elif key in setting_values.TYPES:
                try:
                    values[key] = setting_values.checked(key, raw)
                except ValueError as error:
                    values |= self._last_good(key)
                    faults.append(self._fault(text, key, setting_values.shown(raw), str(error)))
            elif key in setting_values.SECTIONS:
                values |= self._last_good(key + ".")
                section = _("a section, [{key}]").format(key=key)
                faults.append(self._fault(text, key, setting_values.shown(raw), section))
            else:
                faults.append(self._fault(text, key, None, setting_values.no_such(key)))
        return values, tuple(faults)

    def _last_good(self, start: str) -> dict[str, Any]:
        return {key: value for key, value in self._own.items() if key.startswith(start)}

    def _fault(self, text: str, key: str, value: str | None, allowed: str) -> Fault:
        return Fault(str(self.path), key, value, allowed, _line_of(text, key))

    def _editable(self) -> TOMLDocument:
        text, _document, fault = self._read()
        if fault is not None:
            raise BadSetting(_("nothing was changed: {fault}").format(fault=fault))
        import tomlkit

        return tomlkit.parse(text)

    def _table(self, document: TOMLDocument, sections: list[str]) -> MutableMapping[str, Any]:
        import tomlkit

        table: MutableMapping[str, Any] = document
        for name in sections:
            table = table.setdefault(name, tomlkit.table())
            if not isinstance(table, MutableMapping):
                wrong = _("nothing was changed: in {file}, {name} must be a section")
                raise BadSetting(wrong.format(file=self.path, name=name))
        return table


def _leaves(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        key = prefix + name
        if isinstance(value, dict) and key in setting_values.SECTIONS:
            yield from _leaves(value, key + ".")
        else:
            yield key, value


def _line_of(text: str, key: str) -> int | None:
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            section = header[1] + "."
            if header[1] == key:
                return number
        elif (assigned := _ASSIGNMENT.match(line)) and section + assigned[1] == key:
            return number
    return None


def _split_line(message: str) -> tuple[str, int | None]:
    found = _AT_LINE.search(message)
    return (message[: found.start()], int(found[1])) if found else (message, None)
