"""Writes `docs/exercises.md` from the exercises and the words around them in `exercise_page.md`.

Run it after every change to an exercise; a test compares its output with the committed page.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from tray_agent.shell import catalogue, words
from tray_agent.shell import exercise_words as say
from tray_agent.shell.exercise_text import Citation, Text

ROOT = Path(__file__).resolve().parents[1]
FRAME = ROOT / "config" / "exercise_page.md"
PAGE = ROOT / "docs" / "exercises.md"


def page() -> str:
    """The text of the page, in English whatever the person speaks."""
    words.speak(words.ENGLISH)
    known = catalogue.load(ROOT / "config" / "exercises", ROOT / "config" / "sources.toml")
    texts = [known.english(id_) for id_ in known.ids]
    exercises = "\n\n".join("\n".join(lines) for lines in _exercises(texts))
    frame = FRAME.read_text("utf-8")
    return frame.replace("@EXERCISES@", exercises).replace("@SOURCES@", "\n".join(_sources(texts)))


def _exercises(texts: list[Text]) -> Iterator[list[str]]:
    titles = {text.id: text.title for text in texts}
    for use, group in groupby(texts, key=lambda text: text.use):
        yield [f"## {say.use(use)}"]
        for text in group:
            yield [f'### <a id="{text.id}"></a>{text.title}']
            yield list(_figures(text, titles))
            yield [f"{number}. {line}" for number, line in enumerate(text.steps, 1)]
            yield [f"- {line}" for line in text.cues]
            yield [f"**Be careful.** {' '.join(text.cautions)}{_left_out(text)}"]
            yield [f"**Good to know.** {text.note}"]
            yield [f"Sources: {'; '.join(map(_cited, text.sources))}."]


def _figures(text: Text, titles: dict[str, str]) -> Iterator[str]:
    yield "| | |"
    yield "|---|---|"
    yield f"| Name | `{text.id}` |"
    yield f"| Position | {say.position(text.position)} |"
    yield f"| Beside a desk | {text.desk} |"
    yield f"| Dose | {say.dose(text.dose, sided=text.sided)} |"
    if text.dose.tempo:
        yield f"| Pace | {say.tempo(text.dose.tempo)} |"
    if text.long_hold:
        yield f"| Long hold | {say.dose(text.long_hold, sided=text.sided)}; only after weeks of practice |"
    yield f"| Needs | {'; '.join(text.equipment) or 'nothing'} |"
    yield f"| Muscles | {', '.join(map(say.muscle, text.muscles))} |"
    yield f"| Effort | {text.effort} of 10{f', {text.met:g} times rest' if text.met else ''} |"
    for name, neighbour in (("Easier", text.easier), ("Harder", text.harder)):
        if neighbour:
            yield f"| {name} | [{titles[neighbour]}](#{neighbour}) |"
    yield f"| Chosen at | {', '.join(text.levels) or 'never by the programme'} |"
    yield f"| Safety check | {'first' if text.needs_check else 'not needed'} |"


def _left_out(text: Text) -> str:
    conditions = ", ".join(map(say.condition, text.not_with))
    return f" The programme leaves it out with: {conditions}." if conditions else ""


def _cited(citation: Citation) -> str:
    supported = ", ".join(map(say.supports, citation.supports))
    return f"[{citation.source.name}](#{citation.of}) ({supported})"


def _sources(texts: list[Text]) -> Iterator[str]:
    cited = {citation.of: citation.source for text in texts for citation in text.sources}
    for code, source in sorted(cited.items(), key=lambda each: each[1].name):
        place = f", {source.where}" if source.where else ""
        known = say.evidence(source.evidence)
        yield f'- <a id="{code}"></a>**{source.name}**{place} ({known}). {source.says}'


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
