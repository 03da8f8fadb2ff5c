"""Writes what follows from the sentences: the template, each language's file, each compiled one.

    python3 config/translations.py          after a sentence was added, changed or translated

A new sentence is added to every language untranslated; one that is gone is dropped.  A language is
begun with `python3 config/translations.py CODE`, such as `nl`.  A test compares the committed files.
"""

from __future__ import annotations

import io
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages import extract, mofile, pofile
from babel.messages.catalog import Catalog

from tray_agent import __version__

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "tray_agent" / "locale"
TEMPLATE = LOCALE / "tray_agent.pot"
EXERCISES = ROOT / "config" / "exercises"

REVIEWED, NOT_REVIEWED = "reviewed by a native speaker", "not reviewed by a native speaker"
"""What the header `Language-Team` says of a translation; see `tray_agent.shell.words.reviewed`."""

KEYWORDS = {"_": None, "N_": None, "marked": None, "ngettext": (1, 2)}
SPOKEN_OF_EXERCISES = ("title", "steps", "cues", "cautions", "equipment", "note")
WIDTH = 106

_BEFORE_ANY_DATE = datetime(2026, 1, 1, tzinfo=UTC)
"""A file that tells when it was made differs each time; the history of the code knows."""


def template() -> Catalog:
    """Every sentence of the program and of the exercises, with the place it stands at."""
    catalogue = _new(None)
    for place, sentence, comments in sorted(_of_code(), key=lambda found: found[0]):
        catalogue.add(sentence, locations=[(place, 0)], auto_comments=comments)
    for place, sentence in _of_exercises():
        catalogue.add(sentence, locations=[(place, 0)])
    return catalogue


def languages() -> list[str]:
    """The languages there are besides English."""
    return sorted(file.parts[-3] for file in LOCALE.glob("*/LC_MESSAGES/tray_agent.po"))


def read(language: str) -> Catalog:
    """The language's file as it was written last."""
    with _file(language).open("rb") as file:
        return pofile.read_po(file, locale=language)


def updated(language: str, sentences: Catalog) -> Catalog:
    """The language's file with just these sentences."""
    catalogue = read(language) if _file(language).exists() else _new(language)
    catalogue.update(sentences, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.version = __version__
    catalogue.creation_date = catalogue.revision_date = _BEFORE_ANY_DATE
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """The catalogue as a text file."""
    out = io.BytesIO()
    pofile.write_po(out, catalogue, width=WIDTH, include_lineno=False, sort_by_file=False)
    return out.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as the program reads it."""
    out = io.BytesIO()
    mofile.write_mo(out, catalogue)
    return out.getvalue()


def outputs() -> dict[Path, bytes]:
    """Every generated file with its bytes."""
    sentences = template()
    files = {TEMPLATE: written(sentences)}
    for language in languages():
        catalogue = updated(language, sentences)
        files[_file(language)] = written(catalogue)
        files[_file(language).with_suffix(".mo")] = compiled(catalogue)
    return files


def begin(language: str) -> None:
    """Give a new language its file, with nothing translated."""
    catalogue = updated(language, template())
    _file(language).parent.mkdir(parents=True, exist_ok=True)
    _file(language).write_bytes(written(catalogue))


def _new(language: str | None) -> Catalog:
    return Catalog(
        language,
        project="tray-agent",
        version=__version__,
        msgid_bugs_address="the project's issue tracker",
        last_translator="Tray Agent contributors",
        language_team=NOT_REVIEWED,
        header_comment="# The sentences of Tray Agent.",
        creation_date=_BEFORE_ANY_DATE,
        revision_date=_BEFORE_ANY_DATE,
        fuzzy=False,
    )


def _file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "tray_agent.po"


def _of_code() -> Iterator[tuple[str, str | tuple[str, ...], list[str]]]:
    for file in (ROOT / "tray_agent").rglob("*.py"):
        with file.open("rb") as source:
            for _line, sentence, comments, _context in extract.extract(
                "python", source, KEYWORDS, comment_tags=("For translators:",)
            ):
                yield file.relative_to(ROOT).as_posix(), sentence, comments


def _of_exercises() -> Iterator[tuple[str, str]]:
    for file in sorted(EXERCISES.glob("*.toml")):
        exercise: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
        for key in SPOKEN_OF_EXERCISES:
            spoken = exercise.get(key, ())
            for sentence in (spoken,) if isinstance(spoken, str) else spoken:
                yield file.relative_to(ROOT).as_posix(), sentence


if __name__ == "__main__":
    for code in sys.argv[1:]:
        begin(code)
    for path, text in outputs().items():
        path.write_bytes(text)
