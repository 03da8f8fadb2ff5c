"""What goes into the packages of Windows, as far as no Windows is needed to tell."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import IcoImagePlugin, Image

from installers.windows import build, msi, package, sign, version_resource
from tests.support.places import ROOT

ICON = ROOT / "icons" / "tray-agent.ico"
MANIFEST = ROOT / "installers" / "windows" / "program.manifest"
WIX = "{http://schemas.microsoft.com/wix/2006/wi}"


def test_the_icon_has_the_pictures_of_the_program_as_they_are() -> None:
    with Image.open(ICON) as icon:
        assert isinstance(icon, IcoImagePlugin.IcoImageFile)
        sizes = {16, 24, 32, 48, 64, 128, 256}
        assert icon.info["sizes"] == {(size, size) for size in sizes}
        for size in sizes:
            with Image.open(ROOT / "icons" / "png" / f"tray-agent-{size}.png") as picture:
                drawn = icon.ico.getimage((size, size)).convert("RGBA")
                assert drawn.tobytes() == picture.convert("RGBA").tobytes()


def test_programs_ask_for_no_rights_and_know_each_monitor() -> None:
    said = {element.tag.rpartition("}")[2]: element for element in ET.parse(MANIFEST).iter()}  # noqa: S314
    assert said["requestedExecutionLevel"].attrib == {"level": "asInvoker", "uiAccess": "false"}
    assert (said["dpiAwareness"].text, said["longPathAware"].text) == ("PerMonitorV2", "true")
    assert said["supportedOS"].get("Id") == "{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"


def test_a_program_that_is_no_release_says_so() -> None:
    release = version_resource.text("TrayAgent", "1.2.3", None)
    assert "(1, 2, 3, 0)" in release
    assert "StringStruct('ProductName', 'Tray Agent')" in release
    assert "flags=0x0," in release
    assert "test" not in release
    test = version_resource.text("TrayAgent", "1.2.3", "it was made under Wine")
    assert "StringStruct('ProductName', 'Tray Agent (test build)')" in test
    assert "StringStruct('FileDescription', 'Tray Agent (test build)')" in test
    assert "StringStruct('SpecialBuild', 'test build: it was made under Wine')" in test
    assert "flags=0x22," in test


def test_only_windows_makes_a_release() -> None:
    because = version_resource.no_release()
    assert sys.platform == "win32" or because == "it was not made on Windows"


def test_what_can_be_no_release_is_not_begun(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build, "no_release", lambda: "it was made with Python 3.11")
    assert build.main(["--release"]) == 2
    assert capsys.readouterr().err == "This is no release: it was made with Python 3.11.\n"


def frozen(folder: Path, *described: str) -> Path:
    """A folder like a frozen program, whose programs say this of themselves."""
    folder.mkdir()
    for name in ("TrayAgent.exe", "tray-agent.exe"):
        (folder / name).write_bytes(b"MZ" + "\0".join(described).encode("utf-16-le"))
    (folder / "_internal").mkdir()
    (folder / "_internal" / "base.zip").write_bytes(b"PK")
    return folder


def test_what_says_that_it_is_a_test_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program = frozen(tmp_path / "program", "FileDescription", "SpecialBuild")
    assert msi.main(["--release", "--program", f"{program}"]) == 2
    assert capsys.readouterr().err == "This is no release but a test build: TrayAgent.exe, tray-agent.exe.\n"


def test_a_program_that_says_nothing_is_not_packed(tmp_path: Path) -> None:
    program = frozen(tmp_path / "program", "nothing")
    with pytest.raises(ValueError, match="has no version resource"):
        msi.build(program, tmp_path)
    with pytest.raises(FileNotFoundError, match="holds no program"):
        msi.build(tmp_path / "program" / "_internal", tmp_path)


def components(program: Path, version: str) -> Iterator[tuple[str, str]]:
    root = ET.fromstring(package.source(program, version, test=False))  # noqa: S314
    for component in root.iter(f"{WIX}Component"):
        yield component.attrib["Id"], component.attrib["Guid"]


def test_a_part_keeps_its_identity_from_version_to_version(tmp_path: Path) -> None:
    here, there = frozen(tmp_path / "here"), frozen(tmp_path / "there")
    assert dict(components(here, "1.0.0")) == dict(components(there, "2.0.0"))
    found = [guid for _name, guid in components(here, "1.0.0")]
    assert len({*found}) == len(found)
    assert package.product_code("1.0.0") != package.product_code("2.0.0")
    # Both are what installed packages are known by; they must be the same for ever.
    assert package.product_code("0.1.0") == "{F2091591-DABB-596A-AD9C-299A022FF0FB}"
    assert f"{package.UPGRADE_CODE}" == "4c7d6b1e-93f5-4e0a-8a5c-2f1d7e60b9a3"


def test_every_part_is_installed(tmp_path: Path) -> None:
    root = ET.fromstring(package.source(frozen(tmp_path / "here"), "1.0.0", test=True))  # noqa: S314
    made = {component.attrib["Id"] for component in root.iter(f"{WIX}Component")}
    assert {each.attrib["Id"] for each in root.iter(f"{WIX}ComponentRef")} == made
    product = root.find(f"{WIX}Product")
    assert product is not None
    assert product.attrib["Name"] == "Tray Agent (test build)"
    # What an organisation decides is its own: no package may write there.
    assert not [key for key in root.iter(f"{WIX}RegistryValue") if "Policies" in key.attrib["Key"]]


def test_windows_is_told_which_version_a_library_is() -> None:
    """Or an older one, installed before, would count as newer than one that says nothing."""
    info = struct.pack("<IIII", 0xFEEF04BD, 0x10000, 3 << 16 | 11, 9150 << 16 | 1013)
    assert package.file_version(b"MZ" + b"code" + info) == "3.11.9150.1013"
    assert package.file_version(b"MZ without any") is None
    assert package.file_version(b"no program" + info) is None


def test_agents_are_noted_before_they_are_ended_and_back_when_all_is_done(tmp_path: Path) -> None:
    """The first two in the script before any file goes, as the system; the last once nothing can fail."""
    written = "\n".join(package.statements(frozen(tmp_path / "here")))
    found = re.findall(r"'(\w+Agents)', '([^']*)', (\d+)\)", written)
    order = {name: int(sequence) for name, _condition, sequence in found}
    initialize, process_components, finalize = 1500, 1600, 6600
    assert initialize < order["NoteAgents"] < order["EndAgents"] < process_components
    assert order["EndAgents"] < order["ResumeAgents"] < finalize
    conditions = {name: condition for name, condition, _sequence in found}
    assert conditions["NoteAgents"] == conditions["EndAgents"] == 'REMOVE="ALL" OR REINSTALL'
    assert conditions["ResumeAgents"] == 'NOT REMOVE="ALL"'
    kinds = dict(re.findall(r"'(\w+Agents)', (\d+), ", written))
    in_script, commit, as_system, ignored = 1024, 512, 2048, 64
    alike = in_script | as_system | ignored
    assert [int(kind) & alike for kind in kinds.values()] == [alike] * 3
    assert [name for name, kind in kinds.items() if int(kind) & commit] == ["ResumeAgents"]


COPIES = "import shutil, sys; shutil.copyfile(sys.argv[1], sys.argv[2]); open(sys.argv[2], 'a').write('!')"
CHANGES = "import sys; open(sys.argv[1], 'a').write('?')"


def test_a_signer_may_write_anew_or_in_place(tmp_path: Path) -> None:
    file = tmp_path / "a file.exe"
    file.write_text("program")
    sign.sign(file, f'{sys.executable} -c "{COPIES}" {{in}} {{out}}')
    assert file.read_text() == "program!"
    sign.sign(file, f'{sys.executable} -c "{CHANGES}" {{file}}')
    assert file.read_text() == "program!?"
    assert [*tmp_path.iterdir()] == [file]


def test_a_signer_that_fails_leaves_the_file(tmp_path: Path) -> None:
    file = tmp_path / "program.exe"
    file.write_text("program")
    with pytest.raises(subprocess.CalledProcessError):
        sign.sign(file, f"{sys.executable} -c \"import sys; open(sys.argv[1], 'w'); 1/0\" {{out}} {{in}}")
    assert [each.read_text() for each in tmp_path.iterdir()] == ["program"]
    with pytest.raises(ValueError, match="names neither"):
        sign.sign(file, "signer program.exe")


def image(*, certificate: int) -> bytes:
    """The head of a 64-bit program with a certificate table of this size."""
    head = bytearray(0x200)
    struct.pack_into("<I", head, 0x3C, 0x80)
    struct.pack_into("<H", head, 0x80 + 24, 0x20B)
    struct.pack_into("<II", head, 0x80 + 24 + 112 + 8 * 4, 0x200, certificate)
    return bytes(head)


def test_only_what_nobody_has_signed_is_signed(tmp_path: Path) -> None:
    for name, size in (("ours.exe", 0), ("ours.pyd", 0), ("theirs.dll", 9000)):
        (tmp_path / name).write_bytes(image(certificate=size))
    (tmp_path / "words.txt").write_text("words")
    assert [each.name for each in sign.unsigned(tmp_path)] == ["ours.exe", "ours.pyd"]
    (tmp_path / "words.dll").write_text("words")
    with pytest.raises(ValueError, match="no program of Windows"):
        [*sign.unsigned(tmp_path)]


def test_test_builds_are_frozen_by_what_freezes_releases() -> None:
    release, test = (
        dict(re.findall(r"^([\w-]+)==([^\s;]+)", (ROOT / "requirements" / name).read_text(), re.MULTILINE))
        for name in ("build.txt", "windows_build.txt")
    )
    assert test == {name: release[name] for name in test}, "requirements/windows_build.txt is kept by hand"
