"""Desktop entries, the files from which menus and sessions start programs: read, quoted, written.

After the Desktop Entry Specification.  An `Exec` value is quoted twice: each word for the command
line, then the whole as any other string.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

APP = "org.trayagent.TrayAgent"
FILE = f"{APP}.desktop"
MAIN = "Desktop Entry"
OURS = "X-TrayAgent-Generated"
"""A key of the entries that the agent wrote and may replace."""

_LOCALE = Path(__file__).parents[2] / "locale"
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_MEANT = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
_RESERVED = re.compile(r"""[\s"'\\<>~|&;$*?#()`]""")
_SPECIAL_IN_QUOTES = re.compile(r'(["`$\\])')

Groups = Mapping[str, Mapping[str, str]]


def text(groups: Groups) -> str:
    """The groups with their keys as the text of a file."""
    return "\n".join("".join(_lines(title, keys)) for title, keys in groups.items())


def read(path: Path) -> dict[str, str]:
    """The keys of the file's main group; raises `OSError`."""
    keys: dict[str, str] = {}
    title = ""
    for line in path.read_text("utf-8", "surrogateescape").split("\n"):
        if line.startswith("["):
            title = line.strip()[1:-1]
        elif title == MAIN and not line.startswith("#"):
            key, equals, value = line.partition("=")
            if equals:
                keys[key.strip()] = re.sub(r"\\(.)", _unescape, value.strip())
    return keys


def command_line(words: Iterable[str]) -> str:
    """The words as an `Exec` value that yields exactly these words."""
    return " ".join(_quoted(word.replace("%", "%%")) for word in words)


def marked(sentence: str) -> str:
    """The sentence as it stands; marks it for translation, since an entry holds every language."""
    return sentence


def in_every_language(key: str, sentence: str, locale: Path = _LOCALE) -> dict[str, str]:
    """The key with this sentence, and the key of each language that translates it."""
    keys = {key: sentence}
    for catalogue in sorted(locale.glob("*/LC_MESSAGES/tray_agent.mo")):
        # Not through gettext.translation, which would keep every language in memory for good.
        with catalogue.open("rb") as file:
            translated = gettext.GNUTranslations(file).gettext(sentence)
        if translated != sentence:
            keys[f"{key}[{catalogue.parts[-3]}]"] = translated
    return keys


def listed(value: str) -> Sequence[str]:
    """The items of a list such as that of `OnlyShowIn`."""
    return [item for item in value.split(";") if item]


def _lines(title: str, keys: Mapping[str, str]) -> Iterator[str]:
    yield f"[{title}]\n"
    for key, value in keys.items():
        escaped = "".join(_ESCAPES.get(character, character) for character in value)
        yield f"{key}={escaped}\n"


def _quoted(word: str) -> str:
    if word and not _RESERVED.search(word):
        return word
    return '"' + _SPECIAL_IN_QUOTES.sub(r"\\\1", word) + '"'


def _unescape(found: re.Match[str]) -> str:
    return _MEANT.get(found[1], found[0])
