"""The files by which an organisation manages settings."""

from __future__ import annotations

import json
import plistlib
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from installers.policy import admx, definition, generate, texts
from tests.support.places import ROOT
from tests.support.policy_editor import NAMESPACE, TEMPLATES, Template
from tray_agent.platforms.policy_file import policies
from tray_agent.ports import Policy
from tray_agent.shell import setting_values
from tray_agent.shell.managed import Managed
from tray_agent.shell.schema import MANAGED_NOT, MANAGED_ONLY, UNMANAGED, Settings

SETTINGS = definition.settings(definition.load())


def test_generating_again_changes_no_byte() -> None:
    for path, content in generate.outputs().items():
        assert path.read_bytes() == content, f"{path} is stale: python3 -m installers.policy.generate"


def test_whatever_an_organisation_may_decide_has_its_policy() -> None:
    keys = [setting.key for setting in SETTINGS]
    assert keys == [key for key in setting_values.TYPES if key not in UNMANAGED]
    names = [policy.get("name") for policy in Template().policies()]
    assert names == [admx.policy_id(*each[:1], recommended=each[1]) for each in admx.policies(SETTINGS)]


def test_what_nobody_else_decides_cannot_be_recommended() -> None:
    assert {setting.key for setting in SETTINGS if not setting.recommendable} == MANAGED_ONLY


def test_an_editor_finds_nothing_to_stumble_over() -> None:
    template = Template()
    assert set(template.words) == set(definition.LANGUAGES.values())
    assert list(template.faults()) == []


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (
            lambda root: root.find(f".//{NAMESPACE}parentCategory").set("ref", "none"),
            "there is no category none",
        ),
        (lambda root: root.find(f".//{NAMESPACE}policy").set("name", "hours.mode"), "is no name"),
        (lambda root: root.find(f".//{NAMESPACE}policy").set("key", r"Software\Microsoft"), "is no place"),
        (
            lambda root: root.find(f".//{NAMESPACE}policy").set("displayName", "$(string.no)"),
            "no is missing",
        ),
        (lambda root: root.find(f".//{NAMESPACE}enum").set("id", "other"), "the form has"),
    ],
)
def test_the_check_can_fail(spoil: Any, told: str) -> None:
    template = Template()
    spoil(template.root)
    assert any(told in fault for fault in template.faults())


def test_what_no_organisation_may_impose_is_not_to_choose_from() -> None:
    for key, values in MANAGED_NOT.items():
        (setting,) = (each for each in SETTINGS if each.key == key)
        assert not {value for value, _words in setting.choices} & set(values)


@pytest.mark.parametrize("language", definition.LANGUAGES)
def test_every_word_is_translated(language: str) -> None:
    say = definition.speaker(language)
    words = {setting.title for setting in SETTINGS} | {setting.help for setting in SETTINGS}
    same = {each for each in words if say(each) == each}
    assert language == "en" or same <= {"Intensity", "Insistence"}, same


def obeyed(name: str, *, mandatory: bool) -> dict[str, Any]:
    text = (TEMPLATES / name).read_bytes()
    managed = Managed(lambda: policies(text, name, mandatory=mandatory))
    managed.reload()
    assert [row.error for row in managed.rows if row.error] == []
    return managed.values(managed.mandatory if mandatory else managed.recommended)


def test_the_samples_are_obeyed_as_they_stand() -> None:
    assert obeyed("managed.json", mandatory=True).keys() == definition.SAMPLE.keys()
    assert obeyed("recommended.json", mandatory=False) == definition.SAMPLE_RECOMMENDED


def test_the_profile_is_one_that_a_mac_would_take() -> None:
    outer = plistlib.loads((TEMPLATES / "TrayAgent.mobileconfig").read_bytes())
    (inner,) = outer["PayloadContent"]
    for payload in (outer, inner):
        assert {"PayloadIdentifier", "PayloadType", "PayloadUUID", "PayloadVersion"} <= payload.keys()
    assert (outer["PayloadType"], inner["PayloadType"]) == ("Configuration", definition.DOMAIN)
    given = {key: value for key, value in inner.items() if not key.startswith("Payload")}
    managed = Managed(
        lambda: [Policy(key, value, mandatory=True, machine=True, source="x") for key, value in given.items()]
    )
    managed.reload()
    assert [row.error for row in managed.rows if row.error] == []
    assert given == definition.SAMPLE


def test_the_manifest_has_every_setting_with_its_default() -> None:
    manifest = plistlib.loads((TEMPLATES / f"{definition.DOMAIN}.plist").read_bytes())
    defaults = {entry["pfm_name"]: entry["pfm_default"] for entry in manifest["pfm_subkeys"]}
    typed = {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in setting_values.flat(Settings()).items()
    }
    assert defaults == typed


def test_the_schema_fits_the_samples() -> None:
    schema = json.loads((TEMPLATES / "policies.schema.json").read_text())
    for name in ("managed.json", "recommended.json"):
        assert json.loads((TEMPLATES / name).read_text()).keys() <= schema["properties"].keys()
    assert schema["properties"]["insistence"]["enum"] == ["icon", "notify", "window"]
    assert schema["properties"]["history.retention_days"]["anyOf"][1] == {"enum": [0]}


def test_every_policy_has_its_address_for_intune() -> None:
    text = (TEMPLATES / "oma-uris.md").read_text()
    uris = [line.split("`")[1] for line in text.splitlines() if line.startswith("| `")]
    assert [uri.rpartition("/")[2] for uri in uris].sort() == [
        policy.get("name") for policy in Template().policies()
    ].sort()
    categories = {entry.get("name") for entry in Template().root.iter(f"{NAMESPACE}category")}
    for uri in uris:
        area = uri.split("/")[-2]
        assert set(area.split("~")[2:]) <= categories


def test_the_values_for_intune_are_xml() -> None:
    for setting in SETTINGS:
        ET.fromstring(f"<x>{texts._oma_value(setting)}</x>")  # noqa: S314 - written by us


def test_what_the_editor_writes_is_what_is_read() -> None:
    """Through every policy at its default; the real registry is tested on Windows' own Python."""
    template = Template()
    for policy, (setting, recommended) in zip(template.policies(), admx.policies(SETTINGS), strict=True):
        written = template.written(policy, setting.default)
        start = admx.registry_key(recommended=recommended)
        for value in written:
            assert value.key in (start, rf"{start}\{setting.key}")
            assert value.name == setting.key or value.key.endswith(setting.key)


def test_the_page_names_each_of_them() -> None:
    page = (ROOT / "docs" / "policies.md").read_text()
    assert [key for key in setting_values.TYPES if f"### `{key}`" not in page] == []
