import importlib.util
import re
from pathlib import Path
from types import ModuleType

from tray_agent.shell import catalogue

SCRIPT = Path(__file__).parents[1] / "config" / "exercise_pages.py"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("exercise_pages", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


exercise_pages = load()
PAGE: str = exercise_pages.PAGE.read_text("utf-8")


def test_the_page_is_what_the_exercises_say() -> None:
    assert exercise_pages.page() == PAGE, "run config/exercise_pages.py: docs/exercises.md is stale"


def test_the_page_has_every_exercise_whole() -> None:
    known = catalogue.load()
    for id_ in known.ids:
        text = known.english(id_)
        section = PAGE.partition(f'<a id="{id_}">')[2].partition("<a id=")[0]
        for line in (text.title, *text.steps, *text.cues, *text.cautions, text.note):
            assert line in section
        assert all(citation.source.name in section for citation in text.sources)


def test_every_link_within_the_page_leads_somewhere() -> None:
    anchors = set(re.findall(r'<a id="([a-z0-9_]+)">', PAGE))
    links = set(re.findall(r"\]\(#([^)]+)\)", PAGE))
    assert links <= anchors
    assert set(catalogue.load().ids) <= anchors


def test_every_file_it_links_to_is_there() -> None:
    for link in re.findall(r"\]\((\.\./[^)]+)\)", PAGE):
        assert (exercise_pages.PAGE.parent / link).exists(), link
