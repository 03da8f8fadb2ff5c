import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest

from tests.support.schemas import problems
from tray_agent.core.model import Insistence, Intensity
from tray_agent.shell import setting_values
from tray_agent.shell.schema import Settings

SCRIPT = Path(__file__).parents[1] / "config" / "generate.py"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["generate"] = module
    spec.loader.exec_module(module)
    return module


generate = load()


def test_generating_again_changes_no_byte() -> None:
    for path, text in generate.outputs().items():
        assert path.read_text("utf-8") == text, f"run config/generate.py: {path} is stale"


def test_typed_settings_have_every_setting_with_its_default() -> None:
    defined = {key: entry["default"] for key, entry in generate.settings(generate.load())}
    typed = {
        key: list(v) if isinstance(v, tuple) else v for key, v in setting_values.flat(Settings()).items()
    }
    assert typed == defined


def test_every_default_is_allowed() -> None:
    for key, entry in generate.settings(generate.load()):
        setting_values.checked(key, entry["default"])


def test_choices_are_the_words_of_the_core() -> None:
    assert set(get_args(setting_values.TYPES["intensity"])) == set(Intensity)
    assert set(get_args(setting_values.TYPES["insistence"])) == set(Insistence)


def test_words_are_written_as_the_formatter_would() -> None:
    marked = {words: generate._marked(words) for words in ('a "b"', "it's", '"a" it\'s', "\"a\" 'b' it's")}
    assert list(marked.values()) == [
        "N_('a \"b\"')",
        'N_("it\'s")',
        "N_('\"a\" it\\'s')",
        'N_("\\"a\\" \'b\' it\'s")',
    ]


def test_json_schema_judges_as_the_typed_settings_do() -> None:
    good = {"hours": {"mode": "always", "ranges": ["sat 22:00-06:00"]}, "history": {"retention_days": 7}}
    assert problems("settings", good) == []
    assert problems("settings", {"history": {"retention_days": 6}}) == [
        "settings.history.retention_days: 6 against minimum 7"
    ]
    assert problems("settings", {"hous": {}}) == ["settings: unknown hous"]


BOOL = 'type = "bool"\ndefault = true\ntitle = "x"\nhelp = "x"\ngroup = "x"\n'
INT = (
    '[wait]\ntype = "int"\ndefault = 1\nmin = 1\nmax = 2\nunit = "weeks"\n'
    'title = "x"\nhelp = "x"\ngroup = "x"\nmanageable = true\n'
)
PAGE = '[groups]\nx = "X"\n'


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        (f"[quiet.call]\n{BOOL}", "quiet.call lacks manageable"),
        (f"[call]\n{BOOL}manageable = true\nmin = 1\n", "call has the unknown min"),
        (f"[call]\n{BOOL}manageable = true\n", "call is on no page: there is no group x"),
        (f"{PAGE}{INT}", "wait counts weeks, for which there are no words"),
    ],
)
def test_incomplete_definition_is_refused(
    spoilt: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    definition = tmp_path / "settings.toml"
    definition.write_text(spoilt)
    monkeypatch.setattr(generate, "DEFINITION", definition)
    with pytest.raises(ValueError, match=told):
        generate.load()
