"""Templates of Group Policy: the ADMX and, for each language, its ADML.

Sources: Microsoft Learn, "ADMX schema" and its elements.  Ids know no dots; a number without `maxValue`
ends at 9999, a text without `maxLength` at 1023; the order of elements is that of the schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from installers.policy.definition import RECOMMENDED, REGISTRY, Say, Setting, explained

NAMESPACE = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"
PRODUCT, START = "TrayAgent", "TrayAgent_recommended"
SUPPORTED = "SUPPORTED_TrayAgent"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'

Policy = tuple[Setting, bool]
"""A setting, and whether this is the policy that merely recommends."""


def policies(settings: list[Setting]) -> Iterator[Policy]:
    """Every policy: each setting, then each that may be recommended once more."""
    yield from ((setting, False) for setting in settings)
    yield from ((setting, True) for setting in settings if setting.recommendable)


def policy_id(setting: Setting, *, recommended: bool) -> str:
    """The name of a policy in the templates."""
    return f"{setting.id}_recommended" if recommended else setting.id


def registry_key(*, recommended: bool) -> str:
    """Where its value lies, below either hive."""
    return rf"{REGISTRY}\{RECOMMENDED}" if recommended else REGISTRY


def category(group: str) -> str:
    """The name of a page in the templates."""
    return f"{PRODUCT}_{group}"


def admx(settings: list[Setting], groups: dict[str, str]) -> str:
    """The template itself, which has no words."""
    root = ET.Element("policyDefinitions", xmlns=NAMESPACE, revision="1.0", schemaVersion="1.0")
    spaces = ET.SubElement(root, "policyNamespaces")
    ET.SubElement(spaces, "target", prefix="trayagent", namespace="TrayAgent.Policies.TrayAgent")
    ET.SubElement(root, "resources", minRequiredRevision="1.0")
    supported = ET.SubElement(ET.SubElement(root, "supportedOn"), "definitions")
    ET.SubElement(supported, "definition", name=SUPPORTED, displayName=f"$(string.{SUPPORTED})")
    _categories(root, settings, groups)
    listed = ET.SubElement(root, "policies")
    for setting, recommended in policies(settings):
        _policy(listed, setting, recommended=recommended)
    return _text(root)


def _categories(root: ET.Element, settings: list[Setting], groups: dict[str, str]) -> None:
    listed = ET.SubElement(root, "categories")
    for name in (PRODUCT, START):
        ET.SubElement(listed, "category", name=name, displayName=f"$(string.{name})")
    used = {setting.group for setting in settings}
    for group in groups:
        if group in used:
            name = category(group)
            entry = ET.SubElement(listed, "category", name=name, displayName=f"$(string.{name})")
            ET.SubElement(entry, "parentCategory", ref=PRODUCT)


def _policy(listed: ET.Element, setting: Setting, *, recommended: bool) -> None:
    name = policy_id(setting, recommended=recommended)
    policy = ET.SubElement(
        listed,
        "policy",
        {
            "name": name,
            "class": "Both",
            "displayName": f"$(string.{name})",
            "explainText": f"$(string.{name}_explain)",
            "key": registry_key(recommended=recommended),
        },
    )
    ET.SubElement(policy, "parentCategory", ref=START if recommended else category(setting.group))
    ET.SubElement(policy, "supportedOn", ref=SUPPORTED)
    if setting.kind == "bool":
        policy.set("valueName", setting.key)
        for element, value in (("enabledValue", "1"), ("disabledValue", "0")):
            ET.SubElement(ET.SubElement(policy, element), "decimal", value=value)
        return
    policy.set("presentation", f"$(presentation.{name})")
    _element(ET.SubElement(policy, "elements"), setting, recommended=recommended)


def _element(elements: ET.Element, setting: Setting, *, recommended: bool) -> None:
    own = {"id": setting.id, "valueName": setting.key, "required": "true"}
    match setting.kind:
        case "int":
            low = min((setting.low, *setting.also))
            ET.SubElement(elements, "decimal", {**own, "minValue": f"{low}", "maxValue": f"{setting.high}"})
        case "enum":
            enum = ET.SubElement(elements, "enum", own)
            for value, _words in setting.choices:
                item = ET.SubElement(enum, "item", displayName=f"$(string.{setting.id}_{value})")
                ET.SubElement(ET.SubElement(item, "value"), "string").text = value
        case "list":
            key = rf"{registry_key(recommended=recommended)}\{setting.key}"
            ET.SubElement(elements, "list", id=setting.id, key=key, valuePrefix="")
        case _:
            # An empty text is a choice too, such as no language.
            text = {"id": setting.id, "valueName": setting.key, "maxLength": f"{setting.length}"}
            ET.SubElement(elements, "text", text)


def adml(settings: list[Setting], groups: dict[str, str], say: Say) -> str:
    """The words of the template in one language."""
    root = ET.Element("policyDefinitionResources", xmlns=NAMESPACE, revision="1.0", schemaVersion="1.0")
    ET.SubElement(root, "displayName").text = say("Tray Agent")
    ET.SubElement(root, "description").text = say(
        "It estimates how long you have been sitting and asks, kindly, for a break."
    )
    resources = ET.SubElement(root, "resources")
    strings = ET.SubElement(resources, "stringTable")
    for name, words in _strings(settings, groups, say):
        ET.SubElement(strings, "string", id=name).text = words
    presentations = ET.SubElement(resources, "presentationTable")
    for setting, recommended in policies(settings):
        if setting.kind != "bool":
            _presentation(presentations, setting, say, recommended=recommended)
    return _text(root)


def _strings(settings: list[Setting], groups: dict[str, str], say: Say) -> Iterator[tuple[str, str]]:
    yield PRODUCT, say("Tray Agent")
    yield START, say("Tray Agent: where people start from (they may change it)")
    yield SUPPORTED, say("Tray Agent 0.1 or later")
    used = {setting.group for setting in settings}
    for group, title in groups.items():
        if group in used:
            yield category(group), say(title)
    for setting, recommended in policies(settings):
        name = policy_id(setting, recommended=recommended)
        yield name, say(setting.title)
        yield f"{name}_explain", explained(setting, say, recommended=recommended)
    for setting in settings:
        for value, words in setting.choices:
            yield f"{setting.id}_{value}", say(words)


def _presentation(table: ET.Element, setting: Setting, say: Say, *, recommended: bool) -> None:
    shown = ET.SubElement(table, "presentation", id=policy_id(setting, recommended=recommended))
    title = say(setting.title)
    match setting.kind:
        case "int":
            box = ET.SubElement(
                shown, "decimalTextBox", refId=setting.id, defaultValue=f"{setting.default}", spin="true"
            )
            box.text = title
        case "enum":
            values = [value for value, _words in setting.choices]
            at = f"{values.index(setting.default)}"
            box = ET.SubElement(shown, "dropdownList", refId=setting.id, noSort="true", defaultItem=at)
            box.text = title
        case "list":
            ET.SubElement(shown, "listBox", refId=setting.id).text = title
        case _:
            box = ET.SubElement(shown, "textBox", refId=setting.id)
            ET.SubElement(box, "label").text = title


def _text(root: ET.Element) -> str:
    ET.indent(root)
    return f"{_HEAD}{ET.tostring(root, encoding='unicode')}\n"
