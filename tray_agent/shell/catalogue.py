"""The exercises: one TOML file each in `config/exercises`, checked as they are read.

The core gets what it must know (`Catalogue.exercises`), people get the words (`Catalogue.text`).
Beyond each file by itself, `load` promises of the whole: neighbours exist, serve the same use and lead
nowhere in a circle; every kind has an exercise that everybody who stands may do at once, and getting up
and the glutes one for people who cannot stand.  No stretch of the hip flexors can be done sitting.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from tray_agent.core.model import Intensity, Kind, Position
from tray_agent.shell import resources
from tray_agent.shell.exercise_text import Citation, Source, Text, Use, Written
from tray_agent.shell.words import _

Read = TypeVar("Read")
Texts = Mapping[str, Text]

_FOR_ALL = {
    Position.STANDING: (Kind.STAND_UP, Kind.HIP_FLEXOR, Kind.GLUTES),
    Position.CHAIR: (Kind.STAND_UP, Kind.GLUTES),
}


class BadCatalogue(ValueError):
    """An exercise file that cannot be used; as a `str` one sentence naming file and fault."""


class Catalogue:
    """All exercises: by use, the least effort first, and of equals the easier neighbour."""

    def __init__(self, texts: Texts) -> None:
        ordered = sorted(texts.values(), key=lambda text: _order(text, texts))
        self._texts = {text.id: text for text in ordered}
        self.exercises = tuple(
            text.for_core(kind) for text in self._texts.values() if (kind := text.use.kind) is not None
        )
        """Those that the programme may choose from."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Every exercise there is, also those that only people choose."""
        return tuple(self._texts)

    def english(self, exercise: str) -> Text:
        """The exercise as its file has it; `KeyError` when there is none of that id."""
        return self._texts[exercise]

    def text(self, exercise: str) -> Text:
        """The exercise in the person's language; `KeyError` when there is none of that id."""
        text = self._texts[exercise]
        lists = ("steps", "cues", "cautions", "equipment")
        translated = {name: tuple(_(line) for line in getattr(text, name)) for name in lists}
        return msgspec.structs.replace(text, title=_(text.title), note=_(text.note), **translated)


def load(folder: Path | None = None, sources: Path | None = None) -> Catalogue:
    """The catalogue in `folder`, by default the one that comes with the program.

    Raises `BadCatalogue` with what is wrong and where.
    """
    folder = folder or resources.config("exercises")
    known = _decoded(sources or resources.config("sources.toml"), dict[str, Source])
    texts = {path.stem: _read(path, known) for path in sorted(folder.glob("*.toml"))}
    for text in texts.values():
        _check_neighbours(text, texts)
    for text in texts.values():
        _check_chain(text, texts, ())
    for fault in _missing(texts):
        raise BadCatalogue(f"{folder}: {fault}")
    return Catalogue(texts)


def _decoded(path: Path, of: type[Read]) -> Read:
    try:
        return msgspec.toml.decode(path.read_bytes(), type=of)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadCatalogue(f"{path}: {error}") from None


def _read(path: Path, known: Mapping[str, Source]) -> Text:
    written = _decoded(path, Written)
    if written.id != path.stem:
        raise BadCatalogue(f"{path}: id is {written.id!r}, it must be the file's name, {path.stem!r}")
    for cited in written.sources:
        if cited.of not in known:
            raise BadCatalogue(f"{path}: source {cited.of!r} is not in sources.toml")
    citations = tuple(
        Citation(of=cited.of, supports=cited.supports, source=known[cited.of]) for cited in written.sources
    )
    return Text(**{**msgspec.structs.asdict(written), "sources": citations})


def _check_neighbours(text: Text, texts: Texts) -> None:
    for name, id_, sign in (("easier", text.easier, -1), ("harder", text.harder, 1)):
        if id_ is None:
            continue
        other = texts.get(id_)
        if other is None or other is text or other.use is not text.use:
            raise BadCatalogue(f"{text.id}.toml: {name} is {id_!r}, it must be another {text.use} exercise")
        if sign * (other.effort - text.effort) < 0:
            raise BadCatalogue(f"{text.id}.toml: {name} is {id_!r}, whose effort says the opposite")


def _check_chain(text: Text, texts: Texts, below: tuple[str, ...]) -> None:
    """Going on to what is harder, by the word of either neighbour, must come to an end."""
    if text.id in below:
        raise BadCatalogue(f"{text.id}.toml: going on to harder exercises leads back to it")
    for other in texts.values():
        if other.id == text.harder or other.easier == text.id:
            _check_chain(other, texts, (*below, text.id))


def _missing(texts: Texts) -> Iterator[str]:
    """What the programme could not do without: exercises that nobody has to be kept from."""
    free = [
        (text.use, text.position)
        for text in texts.values()
        if not text.needs_check and not text.not_with and set(text.levels) == set(Intensity)
    ]
    for position, kinds in _FOR_ALL.items():
        for kind in kinds:
            if (Use(kind), position) not in free:
                yield f"no {kind} exercise in position {position} is open to everybody at every intensity"


def _order(text: Text, texts: Texts) -> tuple[int, int, int, int, str]:
    use, position = list(Use).index(text.use), list(Position).index(text.position)
    return use, text.effort, _easier_ones(text, texts), position, text.id


def _easier_ones(text: Text, texts: Texts) -> int:
    """How many easier neighbours lead up to it."""
    return 0 if text.easier is None else 1 + _easier_ones(texts[text.easier], texts)
