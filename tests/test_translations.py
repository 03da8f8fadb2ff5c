"""Each translation is whole, current and fits its sentences; `config/translations.py` writes the files."""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message

ROOT = Path(__file__).resolve().parents[1]
PROMISED = {"ar", "de", "es", "fr", "ja", "pt_BR"}
PLACEHOLDER = re.compile(r"\{[^{}]*\}")
PLURALS = {"ar": 6, "ja": 1}


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "config" / "translations.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


translations = loaded()
LANGUAGES: list[str] = translations.languages()


def sentences(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def placeholders(sentence: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(sentence))


def test_all_files_are_current() -> None:
    stale = [path.name for path, text in translations.outputs().items() if path.read_bytes() != text]
    assert stale == [], "run `python3 config/translations.py` and translate what is new"


def test_the_promised_languages_are_there() -> None:
    assert set(LANGUAGES) >= PROMISED


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language: str) -> None:
    missing = [
        message.id
        for message in sentences(translations.read(language))
        if message.fuzzy or not all(form.strip() for form in forms(message))
    ]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_is_where_it_belongs(language: str) -> None:
    for message in sentences(translations.read(language)):
        if isinstance(message.id, tuple):
            # A form for one, two or none may say its number in words.
            named = set(placeholders(message.id[1]))
            assert placeholders(forms(message)[-1]) == placeholders(message.id[1]), message.id
            assert all(set(placeholders(form)) <= named for form in forms(message)), message.id
        else:
            assert placeholders(forms(message)[0]) == placeholders(f"{message.id}"), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_count_has_the_language_s_own_number_of_forms(language: str) -> None:
    for message in sentences(translations.read(language)):
        if isinstance(message.id, tuple):
            assert len(forms(message)) == PLURALS.get(language, len(forms(message))), message.id
            assert len(forms(message)) == translations.read(language).num_plurals, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_keeps_the_shape_it_has_on_the_screen(language: str) -> None:
    """Leading and trailing room, line breaks, and the ellipsis that promises a window."""
    for message in sentences(translations.read(language)):
        source = message.id if isinstance(message.id, str) else message.id[1]
        for form in forms(message):
            assert (form != form.strip()) == (source != source.strip()), source
            assert form.count("\n") == source.count("\n"), source
            assert form.rstrip().endswith("…") == source.endswith("…"), source


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_whether_a_native_speaker_has_read_it(language: str) -> None:
    team = translations.read(language).language_team
    assert team in {translations.REVIEWED, translations.NOT_REVIEWED}
