"""What comes along in the installers: told completely, with hashes and terms, and the same each time."""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tomllib
from dataclasses import replace
from importlib.metadata import metadata
from pathlib import Path
from typing import Any

import pytest

from installers import checksums, notices, sbom, shipped
from tests.support.places import ROOT
from tray_agent import __version__

NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
PURL = re.compile(r"pkg:(pypi|generic|deb/debian)/[a-z0-9-]+@[\w.%+-]+")
LOCK = {package.name: package for package in shipped.packages()}
HELD = shipped.Contents(
    "win32", {"msgspec": LOCK["msgspec"].version, "pyside6-essentials": "6.4.3"}, {"cpython": "3.14.1"}, {}
)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A frozen program, as far as it tells what it holds."""
    folder = tmp_path / "tray-agent"
    monkeypatch.setattr(shipped, "CONTENTS", folder / "_internal" / "contents.json")
    folder.mkdir()
    shipped.CONTENTS.parent.mkdir()
    shipped.write()
    return folder


def artefact(folder: Path, suffix: str) -> Path:
    file = folder / f"tray-agent{suffix}"
    file.write_bytes(b"packed")
    return file


def component(document: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = (each for each in document["components"] if each["name"] == name)
    return dict(found)


def test_every_package_and_part_has_its_licence_and_no_other() -> None:
    assert LOCK.keys() == shipped.LICENCES["packages"].keys()
    assert shipped.contents().parts.keys() <= shipped.LICENCES["parts"].keys()
    assert sbom.CPE.keys() < shipped.LICENCES["parts"].keys()


@pytest.mark.parametrize("name", shipped.contents().packages)
def test_the_licence_is_the_one_the_package_states(name: str) -> None:
    told = shipped.LICENCES["packages"][name]
    about = metadata(name).json
    stated = str(about.get("license_expression") or about.get("license") or "")
    assert told == stated or (said(told) and said(told) in said(stated)), (told, stated)


def said(licence: str) -> str:
    """What an expression and older ways of writing the same have in common."""
    plain = licence.removesuffix("-only").replace("-or-later", "+").replace("-", "")
    return plain.replace("3.0", "v3").replace("2.1+", "v2+").lower()


def test_our_own_licence_is_an_expression_with_its_file() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["license"] == "MIT"
    assert all((ROOT / file).is_file() for file in project["license-files"])
    kinds = [classifier.partition(" :: ")[0] for classifier in project["classifiers"]]
    assert "License" not in kinds, "an expression takes its place"
    assert kinds.count("Operating System") == kinds.count("Environment") == len(shipped.SYSTEMS)


def test_every_package_has_hashes_and_a_system_that_needs_it() -> None:
    assert all(package.hashes and package.systems for package in LOCK.values())
    assert all(re.fullmatch("[0-9a-f]{64}", each) for package in LOCK.values() for each in package.hashes)


@pytest.mark.parametrize(
    ("system", "needed", "needless"),
    [
        ("linux", {"jeepney", "python-xlib", "tzdata"}, {"pyobjc-core", "winrt-runtime"}),
        ("win32", {"winrt-runtime", "tzdata"}, {"jeepney", "python-xlib", "pyobjc-core"}),
        ("darwin", {"pyobjc-core", "tzdata"}, {"jeepney", "python-xlib", "winrt-runtime"}),
    ],
)
def test_each_system_brings_its_own(system: str, needed: set[str], needless: set[str]) -> None:
    names = {package.name for package in shipped.packages(system)}
    assert needed <= names and not needless & names
    assert {"msgspec", "pyside6-essentials", "pystray"} <= names


def test_a_program_carries_what_it_was_frozen_with(program: Path) -> None:
    held = shipped.read(program / "_internal" / "contents.json")
    assert held == shipped.contents()
    assert held.system == sys.platform and {"cpython", "openssl", "sqlite"} <= held.parts.keys()


def test_each_installer_has_its_bill(program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = shipped.contents()
    monkeypatch.setitem(sbom.PROGRAMS, held.system, program)
    frozen = held.packages.keys() | held.parts.keys()
    wanted = {suffix: frozen for suffix, system in sbom.SYSTEM.items() if system == held.system}
    assert wanted
    for suffix, names in {**wanted, ".whl": LOCK.keys()}.items():
        file = artefact(tmp_path, suffix)
        assert sbom.main([str(file)]) == 0
        document = json.loads((tmp_path / f"{file.name}.cdx.json").read_text("utf-8"))
        assert {each["name"] for each in document["components"]} == names


def test_a_bill_says_what_of_which_version_from_where_and_on_which_terms(tmp_path: Path) -> None:
    document = sbom.bill(artefact(tmp_path, ".msi"), HELD)
    assert (document["bomFormat"], document["specVersion"], document["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", document["serialNumber"])
    product = document["metadata"]["component"]
    assert (product["name"], product["version"]) == ("tray-agent", __version__)
    assert product["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(b"packed").hexdigest()}]
    for each in [product, *document["components"]]:
        assert PURL.fullmatch(each["purl"]), each["purl"]
        (licence,) = each["licenses"]
        assert licence["expression"]
    references = [each["bom-ref"] for each in document["components"]]
    assert len(set(references)) == len(references)
    assert document["dependencies"] == [{"ref": product["bom-ref"], "dependsOn": references}]


@pytest.fixture
def debian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dpkg that knows two packages, and where one file of each lies."""
    program = tmp_path / "dpkg-query"
    program.write_text(DPKG)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")


DPKG = """#!/bin/sh
case "$1" in
    --search)
        for file; do
            case "$file" in
                /lib/libz.so.1.2.13) echo "zlib1g:amd64: $file" ;;
                /usr/lib/libglib-2.0.so.0) echo "libglib2.0-0:amd64: $file" ;;
                /usr/lib/libpython3.11.so) echo "libpython3.11:amd64: $file" ;;
            esac
        done
        exit 1 ;;
    --show)
        shift 3
        for name; do echo "$name 1:1.2.13-1+b1"; done ;;
esac
"""


@pytest.mark.usefixtures("debian")
def test_libraries_of_the_system_are_told_by_their_packages(tmp_path: Path) -> None:
    files = [
        "/usr/lib/libz.so.1.2.13",
        "/usr/lib/libglib-2.0.so.0",
        "/usr/lib/libpython3.11.so",
        "/nowhere.so",
    ]
    found = shipped.libraries(files)
    assert list(found) == ["libglib2.0-0", "zlib1g"]
    document = sbom.bill(artefact(tmp_path, ".deb"), replace(HELD, system="linux", libraries=found))
    assert component(document, "zlib1g")["purl"] == "pkg:deb/debian/zlib1g@1%3A1.2.13-1%2Bb1"


def test_where_nobody_knows_packages_no_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert shipped.libraries(["/usr/lib/libz.so.1.2.13"]) == {}


def test_a_hash_belongs_to_the_locked_version_alone(tmp_path: Path) -> None:
    document = sbom.bill(artefact(tmp_path, ".msi"), HELD)
    assert {each["name"] for each in document["components"]} == HELD.packages.keys() | HELD.parts.keys()
    locked = component(document, "msgspec")
    assert {each["content"] for each in locked["hashes"]} == set(LOCK["msgspec"].hashes)
    other = component(document, "pyside6-essentials")
    assert other["version"] == "6.4.3" and "hashes" not in other
    assert component(document, "cpython")["cpe"] == "cpe:2.3:a:python:python:3.14.1:*:*:*:*:*:*:*"


def test_a_version_with_an_epoch_is_written_as_package_addresses_are(tmp_path: Path) -> None:
    document = sbom.bill(artefact(tmp_path, ".whl"), None)
    winrt = component(document, "winrt-windows-media")
    assert winrt["version"].startswith("4!10.") and "@4%2110." in winrt["purl"]
    assert winrt["properties"] == [{"name": "tray-agent:systems", "value": "win32"}]


def test_the_bill_is_the_same_each_time(tmp_path: Path) -> None:
    file = artefact(tmp_path, ".msi")
    assert sbom.bill(file, HELD) == sbom.bill(file, HELD)
    one = sbom.bill(file, HELD)["serialNumber"]
    file.write_bytes(b"packed otherwise")
    assert sbom.bill(file, HELD)["serialNumber"] != one


def test_no_bill_is_made_of_another_systems_program(program: Path, tmp_path: Path) -> None:
    other = next(suffix for suffix, system in sbom.SYSTEM.items() if system != sys.platform)
    with pytest.raises(ValueError, match="was not made of"):
        sbom.write(artefact(tmp_path, other), program)


def test_what_is_no_installer_has_no_bill(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = artefact(tmp_path, ".zip")
    assert sbom.main([str(file)]) == 2
    assert "is no installer" in capsys.readouterr().err


def test_the_notices_name_everybody_and_their_terms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "FILE", tmp_path / "THIRD_PARTY_NOTICES")
    monkeypatch.setattr(shipped, "CONTENTS", tmp_path / "contents.json")
    held = shipped.read(shipped.write())
    told = notices.write().read_text("utf-8")
    for name, version in {**held.packages, **held.parts}.items():
        assert f"\n{name} {version}\nLicence: " in told
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in told and "GNU GENERAL PUBLIC LICENSE" in told
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in told


@pytest.mark.parametrize("name", shipped.contents().packages)
def test_the_words_of_each_licence_are_there(name: str) -> None:
    words = notices._of_package(name)
    assert len(words) > 500 or notices._WORDS_UNDER[name] in words


def test_checksums_are_what_sha256sum_reads(tmp_path: Path) -> None:
    for name in ("b.rpm", "a.deb"):
        (tmp_path / name).write_text(name)
    written = checksums.write(tmp_path)
    assert checksums.write(tmp_path) == written
    digests = {name: hashlib.sha256(name.encode()).hexdigest() for name in ("a.deb", "b.rpm")}
    assert written.read_text() == "".join(f"{digest}  {name}\n" for name, digest in digests.items())


def test_the_page_for_reviewers_names_tests_that_exist() -> None:
    page = (ROOT / "docs" / "it-review.md").read_text("utf-8")
    found = NAMED.findall(page)
    assert len(found) >= 30
    for file, name in found:
        text = (ROOT / file).read_text("utf-8")
        assert not name or f"def {name}(" in text, f"{file}::{name}"


def test_the_page_for_reviewers_leaves_no_line_without_proof() -> None:
    page = (ROOT / "docs" / "it-review.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| |")]
    for row in [line for line in page.splitlines() if line.startswith("| ")][1:]:
        assert NAMED.search(row.split("|")[-2]), row
    topics = {row.split("|")[1].strip(" *").lower() for row in rows}
    assert {
        "network", "data", "input", "rights", "permissions", "resources", "update", "accessibility",
    } <= topics  # fmt: skip
    assert "## Privacy and labour law" in page
