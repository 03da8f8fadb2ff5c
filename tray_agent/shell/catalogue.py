"""The exercises: one TOML file each in `config/exercises`, checked as they are read.

The core gets what it must know (`Catalogue.exercises`), people get the words (`Catalogue.text`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tray_agent.core.model import Exercise, Kind
from tray_agent.shell import resources
from tray_agent.shell.words import _

Line = Annotated[str, Meta(min_length=1, max_length=160)]


class BadCatalogue(ValueError):
    """An exercise file that cannot be used; as a `str` one sentence naming file and fault."""


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One exercise as its file tells it, complete without a picture.

    `desk`: A can be done discreetly beside a desk, B needs room or draws looks, C needs a private
    room.  `effort` is felt exertion from 1 to 10.  `rep_s` is the length of one rep, absent when
    the position is held.  `easier` and `harder` name neighbours of the same kind.  `evidence` says
    how we know the source: `read` itself, or through a `summary`.
    """

    id: str
    title: Line
    kind: Kind
    position: Literal["standing", "half_kneeling", "lying"]
    floor: bool
    loaded: bool
    sided: bool
    desk: Literal["A", "B", "C"]
    equipment: tuple[Line, ...]
    steps: Annotated[tuple[Line, ...], Meta(min_length=3, max_length=6)]
    cues: Annotated[tuple[Line, ...], Meta(min_length=1)]
    cautions: Annotated[tuple[Line, ...], Meta(min_length=1)]
    muscles: Annotated[tuple[Line, ...], Meta(min_length=1)]
    effort: Annotated[int, Meta(ge=1, le=10)]
    source: Line
    evidence: Literal["read", "summary"]
    rep_s: Annotated[float, Meta(ge=1, le=30)] | None = None
    easier: str | None = None
    harder: str | None = None


class Catalogue:
    """All exercises, the least effort first."""

    def __init__(self, texts: Mapping[str, Text]) -> None:
        self._texts = texts
        by_effort = sorted(texts.values(), key=lambda text: (text.effort, text.id))
        self.exercises = tuple(_exercise(text) for text in by_effort)

    def text(self, exercise: str) -> Text:
        """The exercise in the person's language; `KeyError` when there is none of that id."""
        text = self._texts[exercise]
        lists = ("steps", "cues", "cautions", "equipment")
        translated = {name: tuple(_(line) for line in getattr(text, name)) for name in lists}
        return msgspec.structs.replace(text, title=_(text.title), **translated)


def load(folder: Path | None = None) -> Catalogue:
    """The catalogue in `folder`, by default the one that comes with the program.

    Raises `BadCatalogue` with what is wrong and where.
    """
    folder = folder or resources.config("exercises")
    texts = {path.stem: _read(path) for path in sorted(folder.glob("*.toml"))}
    for text in texts.values():
        _check_neighbours(text, texts)
    for kind in Kind:
        if not any(text.kind is kind and not (text.floor or text.loaded) for text in texts.values()):
            raise BadCatalogue(f"{folder}: no {kind} exercise can be done without the safety check")
    return Catalogue(texts)


def _read(path: Path) -> Text:
    try:
        text = msgspec.toml.decode(path.read_bytes(), type=Text)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadCatalogue(f"{path}: {error}") from None
    if text.id != path.stem:
        raise BadCatalogue(f"{path}: id is {text.id!r}, it must be the file's name, {path.stem!r}")
    if (text.kind is Kind.GLUTES) != (text.rep_s is not None):
        raise BadCatalogue(f"{path}: rep_s belongs to every glutes exercise and to no other")
    return text


def _check_neighbours(text: Text, texts: Mapping[str, Text]) -> None:
    for name, other in (("easier", text.easier), ("harder", text.harder)):
        if other is None:
            continue
        if other not in texts or texts[other].kind is not text.kind or other == text.id:
            raise BadCatalogue(
                f"{text.id}.toml: {name} is {other!r}, it must be another {text.kind} exercise"
            )


def _exercise(text: Text) -> Exercise:
    return Exercise(text.id, text.kind, text.floor, text.loaded, text.sided, text.rep_s)
