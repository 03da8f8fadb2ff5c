"""The policy editor of Windows, as far as it reads our templates: checks them, and says what it would write.

Sources: Microsoft Learn, "policyDefinitions Element" and the pages of its elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.support.places import ROOT

TEMPLATES = ROOT / "installers" / "policy"
NAMESPACE = "{http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions}"

_ORDER = ["parentCategory", "supportedOn", "enabledValue", "disabledValue", "elements"]
_REFERENCE = re.compile(r"\$\((string|presentation)\.(\w+)\)")
_NAME = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Written:
    """A value in the registry, below a hive; `kind` is `dword` or `text`."""

    key: str
    name: str
    kind: str
    value: int | str


class Template:
    """The ADMX and its ADMLs."""

    def __init__(self, folder: Path = TEMPLATES) -> None:
        self.root = _read(folder / "TrayAgent.admx")
        self.words = {file.parent.name: _read(file) for file in folder.glob("*/TrayAgent.adml")}

    def policies(self) -> list[ET.Element]:
        """Every policy."""
        return self._all(self.root, "policy")

    def faults(self) -> Iterator[str]:
        """What an editor would stumble over."""
        names = [policy.get("name", "") for policy in self.policies()]
        yield from (f"{name} stands there twice" for name in {n for n in names if names.count(n) > 1})
        yield from (f"{name} is no name" for name in names if not _NAME.fullmatch(name))
        categories = {entry.get("name") for entry in self._all(self.root, "category")}
        parents = {parent.get("ref") for parent in self._all(self.root, "parentCategory")}
        yield from (f"there is no category {name}" for name in sorted(parents - categories, key=str))
        for policy in self.policies():
            yield from self._faults_of(policy)
        for language, words in self.words.items():
            yield from (f"{language}: {fault}" for fault in self._faults_in(words))

    def _faults_of(self, policy: ET.Element) -> Iterator[str]:
        name = policy.get("name")
        tags = [child.tag.removeprefix(NAMESPACE) for child in policy]
        if tags != sorted(tags, key=_ORDER.index):
            yield f"{name}: {tags} are out of order"
        if not policy.get("key", "").startswith(r"Software\Policies\TrayAgent"):
            yield f"{name}: {policy.get('key')} is no place for policies"
        for number in self._all(policy, "decimal"):
            bounds = int(number.get("minValue", 0)), int(number.get("maxValue", 9999))
            if number.get("id") and not (number.get("maxValue") and bounds[0] < bounds[1]):
                yield f"{name}: {bounds} are no bounds"
        if bool(policy.get("presentation")) == bool(policy.get("valueName")):
            yield f"{name} is neither a switch nor a form"

    def _faults_in(self, words: ET.Element) -> Iterator[str]:
        wanted = {"string": set[str](), "presentation": set[str]()}
        for element in self.root.iter():
            for value in element.attrib.values():
                for kind, name in _REFERENCE.findall(value):
                    wanted[kind].add(name)
        for kind, names in wanted.items():
            there = [each.get("id") for each in self._all(words, kind)]
            yield from (f"the {kind} {name} is missing" for name in sorted(names - set(there)))
            yield from (f"the {kind} {name} is not used" for name in sorted(set(there) - names, key=str))
            yield from (f"the {kind} {name} stands there twice" for name in there if there.count(name) > 1)
        yield from self._forms(words)

    def _forms(self, words: ET.Element) -> Iterator[str]:
        """Each form has just the fields its policy asks for."""
        shown = {
            each.get("id"): {field.get("refId") for field in each}
            for each in self._all(words, "presentation")
        }
        for policy in self.policies():
            if found := policy.find(f"{NAMESPACE}elements"):
                asked = {element.get("id") for element in found}
                if shown.get(policy.get("name")) != asked:
                    yield f"{policy.get('name')}: the form has {shown.get(policy.get('name'))}"

    def written(self, policy: ET.Element, chosen: object) -> list[Written]:
        """What the editor writes for a policy that is enabled with this value, or a switch turned so."""
        key = policy.get("key", "")
        if (name := policy.get("valueName")) is not None:
            which = policy.find(
                f"{NAMESPACE}{'enabledValue' if chosen else 'disabledValue'}/{NAMESPACE}decimal"
            )
            assert which is not None
            return [Written(key, name, "dword", int(which.get("value", "")))]
        found = policy.find(f"{NAMESPACE}elements")
        assert found is not None
        (element,) = found
        name = element.get("valueName", "")
        match element.tag.removeprefix(NAMESPACE):
            case "decimal":
                number = int(str(chosen))
                assert int(element.get("minValue", 0)) <= number <= int(element.get("maxValue", 9999))
                return [Written(key, name, "dword", number)]
            case "enum":
                assert chosen in [each.text for each in self._all(element, "string")]
                return [Written(key, name, "text", str(chosen))]
            case "list":
                assert isinstance(chosen, list)
                prefix, below = element.get("valuePrefix", ""), element.get("key", "")
                return [Written(below, f"{prefix}{at}", "text", each) for at, each in enumerate(chosen, 1)]
            case _:
                assert len(str(chosen)) <= int(element.get("maxLength", 1023))
                return [Written(key, name, "text", str(chosen))]

    @staticmethod
    def _all(root: ET.Element, tag: str) -> list[ET.Element]:
        return [*root.iter(f"{NAMESPACE}{tag}")]


def _read(file: Path) -> ET.Element:
    return ET.parse(file).getroot()  # noqa: S314 - our own templates
