"""Which language is spoken, lengths of time in words, and sentences nobody has translated."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages import mofile
from babel.messages.catalog import Catalog

from tray_agent.shell import words


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (20, "less than a minute"),
        (60, "about 1 min"),
        (9.6 * 60, "about 10 min"),
        (13 * 60, "about 15 min"),
        (42 * 60, "about 40 min"),
        (115 * 60, "about 115 min"),
        (120 * 60, "about 2 h"),
        (150 * 60, "about 2 h 30 min"),
    ],
)
def test_lengths_are_never_more_exact_than_the_estimate(seconds: float, said: str) -> None:
    assert words.about(seconds) == said


def test_a_sentence_without_translation_stands_as_it_is() -> None:
    assert words._("Nobody has translated this.") == "Nobody has translated this."


def test_counts_choose_their_form() -> None:
    assert [words.ngettext("{n} break", "{n} breaks", n).format(n=n) for n in (1, 2)] == [
        "1 break",
        "2 breaks",
    ]


@pytest.fixture
def locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for language, word, team in (
        ("nl", "Zitten", "reviewed by a native speaker"),
        ("pt_BR", "Sentar", "not reviewed by a native speaker"),
    ):
        catalogue = Catalog(language, language_team=team, fuzzy=False)
        catalogue.add("Sit", word)
        out = io.BytesIO()
        mofile.write_mo(out, catalogue)
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "tray_agent.mo").write_bytes(out.getvalue())
    monkeypatch.setattr(words, "LOCALE", tmp_path)
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("asked", "spoken", "sit"),
    [
        ("nl", "nl", "Zitten"),
        ("nl_BE.UTF-8@euro", "nl", "Zitten"),
        ("pt-BR", "pt_BR", "Sentar"),
        ("pt", "en", "Sit"),  # the Portuguese of Portugal is another one
        ("en_GB", "en", "Sit"),
        ("tlh", "en", "Sit"),
        ("", "en", "Sit"),
    ],
)
@pytest.mark.usefixtures("locale")
def test_a_language_is_found_by_its_name(asked: str, spoken: str, sit: str) -> None:
    words.speak(asked)
    assert (words.language(), words._("Sit")) == (spoken, sit)


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "nl_NL.UTF-8", "LC_MESSAGES": "pt_BR"}, "pt_BR"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "fy:nl:en"}, "nl"),
        ({"LANG": "nl_NL.UTF-8", "LANGUAGE": "en_GB:nl"}, "en"),  # who reads English wants no second best
    ],
)
@pytest.mark.usefixtures("locale")
def test_without_a_wish_it_is_the_system_s(
    environment: dict[str, str], spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    words.speak()
    assert words.language() == spoken


class Settings:
    """What the system's own settings say the person wishes to read, and how often they were asked."""

    def __init__(self, *languages: str) -> None:
        self.languages = languages
        self.asked = 0

    def __call__(self) -> Sequence[str]:
        self.asked += 1
        return self.languages


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_told", tuple)


@pytest.mark.usefixtures("quiet", "locale")
def test_where_no_variable_says_it_the_system_s_settings_do() -> None:
    settings = Settings("fy-NL", "pt-BR", "nl-NL")
    words.listen_to(settings)
    assert (words.language(), words._("Sit"), words.chosen()) == ("pt_BR", "Sentar", "")
    settings.languages = ("nl-BE",)
    words.speak()
    assert words.language() == "nl"
    settings.languages = ("en-GB", "nl")
    words.speak()
    assert words.language() == "en"
    settings.languages = ()
    words.speak()
    assert words.language() == "en"


@pytest.mark.usefixtures("quiet", "locale")
def test_the_system_is_not_asked_where_a_variable_or_the_person_has_said_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = Settings("pt-BR")
    words.speak("nl")
    words.listen_to(settings)
    assert (words.language(), settings.asked) == ("nl", 0)
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    words.speak()
    words.listen_to(settings)
    assert (words.language(), settings.asked) == ("nl", 0)
    monkeypatch.setenv("LANG", "")
    words.speak()
    assert (words.language(), settings.asked) == ("pt_BR", 1)


@pytest.mark.usefixtures("locale")
def test_a_translation_says_whether_a_native_speaker_has_read_it() -> None:
    told = []
    for language in ("en", "nl", "pt_BR"):
        words.speak(language)
        told.append(words.reviewed())
    assert told == [True, True, False]


def test_words_in_a_row_have_the_comma_of_the_language() -> None:
    assert [words.in_a_row(few) for few in ([], ["a"], ["a", "b", "c"])] == ["", "a", "a, b, c"]
    words.speak("ja")
    assert words.in_a_row(["a", "b", "c"]) == "a、b、c"
