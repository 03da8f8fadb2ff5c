"""What the MSI holds, as the source that wixl compiles, and what wixl has no words for, as SQL.

Every file is a component of its own, whose id follows from its place alone, so that repair and upgrade
know it again.  Source: Microsoft Learn, "Windows Installer", its tables by their names.
"""

from __future__ import annotations

import struct
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from installers.windows.version_resource import MAKER, PROGRAMS, TEST
from tray_agent.platforms.own_command import AT_LOGIN

UPGRADE_CODE = uuid.UUID("4c7d6b1e-93f5-4e0a-8a5c-2f1d7e60b9a3")
"""What makes a later version an upgrade of an earlier one; it never changes."""

APP = "org.trayagent.TrayAgent"
RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
OWN = rf"Software\{MAKER}"
DATA = r"_internal\tray_agent\_data\icons\png"

_WIX = "http://schemas.microsoft.com/wix/2006/wi"
_NEWER = "A newer Tray Agent is installed already."
_TOO_OLD = "Tray Agent needs 64-bit Windows 10 or later."
_FIXED_INFO = struct.pack("<I", 0xFEEF04BD)
# Kinds of custom actions: run a command line, and on with it whatever comes of it; as the system, in its turn
# or once all is done.
_SETS_PROPERTY, _RUNS_COMMAND, _IGNORE, _AS_SYSTEM, _IN_SCRIPT, _AT_THE_END = 51, 34, 64, 2048, 1024, 512
_ENDS = " ".join(["[System64Folder]taskkill.exe /F", *(f"/IM {name}.exe" for name in PROGRAMS)])
_GOES = 'REMOVE="ALL" OR REINSTALL'
_SESSIONS = '"[INSTALLDIR]tray-agent-sessions.exe"'
# Each is remembered by the registry value of this name; INSTALLDIR by default is where its table says.
REMEMBERED = {"INSTALLDIR": "InstallDir", "AUTOSTART": "Autostart", "STARTMENU": "StartMenu"}
_DEFAULTS = {"AUTOSTART": "1", "STARTMENU": "1"}
_CONDITIONS = {"RunKey": 'AUTOSTART="1"', "StartMenu": 'STARTMENU="1"'}


def product_code(version: str) -> str:
    """That of the product in this version."""
    return _guid(f"product {version}")


def source(program: Path, version: str, *, test: bool) -> str:
    """The .wxs with everything below `program`; wixl is told where PROGRAM and ICON are."""
    wix = ET.Element("Wix", xmlns=_WIX)
    product = ET.SubElement(
        wix,
        "Product",
        Id=product_code(version),
        Name=f"Tray Agent ({TEST})" if test else "Tray Agent",
        Version=version,
        Manufacturer=MAKER,
        Language="1033",
        UpgradeCode=_written(UPGRADE_CODE),
    )
    ET.SubElement(
        product,
        "Package",
        InstallerVersion="500",
        Compressed="yes",
        InstallScope="perMachine",
        Description="Asks you, kindly, to stand up when you have been sitting for long",
    )
    ET.SubElement(product, "MajorUpgrade", DowngradeErrorMessage=_NEWER)
    ET.SubElement(product, "Condition", Message=_TOO_OLD).text = "Installed OR VersionNT64 >= 603"
    ET.SubElement(product, "Media", Id="1", Cabinet="program.cab", EmbedCab="yes")
    ET.SubElement(product, "Icon", Id="program.ico", SourceFile="$(var.ICON)")
    _properties(product)
    components = [*_tree(product, program)]
    feature = ET.SubElement(product, "Feature", Id="Main", Title="Tray Agent", Level="1")
    for name in components:
        ET.SubElement(feature, "ComponentRef", Id=name)
    ET.indent(wix)
    return ET.tostring(wix, encoding="unicode", xml_declaration=True)


def _properties(product: ET.Element) -> None:
    fixed = {
        "ARPPRODUCTICON": "program.ico",
        "ARPNOMODIFY": "1",
        # Whoever does not answer the Restart Manager is ended by it.
        "MSIRMSHUTDOWN": "1",
        # What is installed is compared before the earlier version goes: a library of others that is older in
        # this one would be left out, and then be gone.
        "REINSTALLMODE": "amus",
    }
    for name, value in fixed.items():
        ET.SubElement(product, "Property", Id=name, Value=value)
    for name, value in REMEMBERED.items():
        earlier = ET.SubElement(product, "Property", Id=f"EARLIER{name}")
        where = {"Root": "HKLM", "Key": OWN, "Name": value, "Type": "raw", "Win64": "yes"}
        ET.SubElement(earlier, "RegistrySearch", {"Id": f"Find{value}", **where})


def _tree(product: ET.Element, program: Path) -> Iterator[str]:
    """Every folder with its components; their ids."""
    top = ET.SubElement(product, "Directory", Id="TARGETDIR", Name="SourceDir")
    ET.SubElement(top, "Directory", Id="System64Folder", Name="System")
    programs = ET.SubElement(top, "Directory", Id="ProgramFiles64Folder", Name="PFiles")
    folder = ET.SubElement(programs, "Directory", Id="INSTALLDIR", Name="Tray Agent")
    yield from _files(folder, program, program)
    yield _component(folder, "RunKey", (RUN, MAKER, f'"[INSTALLDIR]TrayAgent.exe" {" ".join(AT_LOGIN)}'))
    yield _component(
        folder,
        "Told",
        (OWN, "Version", "[ProductVersion]"),
        *((OWN, value, f"[{name}]") for name, value in REMEMBERED.items()),
    )
    yield _component(
        folder,
        "AppId",
        (rf"Software\Classes\AppUserModelId\{APP}", "DisplayName", "Tray Agent"),
        (rf"Software\Classes\AppUserModelId\{APP}", "IconUri", rf"[INSTALLDIR]{DATA}\tray-agent-64.png"),
    )
    menu = ET.SubElement(top, "Directory", Id="ProgramMenuFolder", Name="Programs")
    yield _component(menu, "StartMenu", (OWN, "Shortcut", "Tray Agent"))
    component = menu.find("Component[@Id='StartMenu']")
    assert component is not None
    ET.SubElement(
        component,
        "Shortcut",
        Id="Shortcut",
        Name="Tray Agent",
        Target="[INSTALLDIR]TrayAgent.exe",
        Arguments="run",
        WorkingDirectory="INSTALLDIR",
        Icon="program.ico",
        Advertise="no",
    )


def _files(parent: ET.Element, folder: Path, program: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        place = path.relative_to(program).as_posix()
        key = _key(place)
        if path.is_dir():
            below = ET.SubElement(parent, "Directory", Id=f"d{key}", Name=path.name)
            yield from _files(below, path, program)
        else:
            component = ET.SubElement(parent, "Component", Id=f"c{key}", Guid=_guid(place), Win64="yes")
            ET.SubElement(component, "File", Id=f"f{key}", Source=f"$(var.PROGRAM)/{place}", KeyPath="yes")
            yield f"c{key}"


def _component(parent: ET.Element, name: str, *values: tuple[str, str, str]) -> str:
    """Registry values of the machine: key, name and text of each; the first tells whether all are there."""
    component = ET.SubElement(parent, "Component", Id=name, Guid=_guid(f"component {name}"), Win64="yes")
    for number, (key, value, text) in enumerate(values):
        where = {"Root": "HKLM", "Key": key, "Name": value, "Value": text, "Type": "string"}
        ET.SubElement(component, "RegistryValue", where | ({"KeyPath": "yes"} if number == 0 else {}))
    return name


def statements(program: Path) -> Iterator[str]:
    """What wixl cannot say: versions of files, conditions, public properties, actions of our own."""
    for file in sorted(each for each in program.rglob("*") if each.is_file()):
        if version := file_version(file.read_bytes()):
            name = f"f{_key(file.relative_to(program).as_posix())}"
            yield _update("File", name, "Version", version)
            # A digest is for files that have no version.
            yield f"DELETE FROM `MsiFileHash` WHERE `File_`='{name}'"  # noqa: S608 - all of it is our own
    for component, condition in _CONDITIONS.items():
        yield _update("Component", component, "Condition", condition)
    public = ";".join(["WIX_UPGRADE_DETECTED", "WIX_DOWNGRADE_DETECTED", *REMEMBERED])
    yield _update("Property", "SecureCustomProperties", "Value", public)
    sequence = 401  # after AppSearch, before the conditions and the costs of components are worked out
    for name in REMEMBERED:
        yield _action(f"Keep{name}", _SETS_PROPERTY, name, f"[EARLIER{name}]")
        yield _scheduled(f"Keep{name}", f"EARLIER{name} AND NOT {name}", sequence)
        sequence += 1
        if name in _DEFAULTS:
            yield _action(f"Default{name}", _SETS_PROPERTY, name, _DEFAULTS[name])
            yield _scheduled(f"Default{name}", f"NOT {name}", sequence)
            sequence += 1
    yield from _agents()


def _agents() -> Iterator[str]:
    """Agents are ended before the first file goes, and started again after the last has come.

    The earlier version, on its way out of an upgrade, notes and ends them for the later one; so it does where
    it is removed first and the other is installed later.
    """
    system = _RUNS_COMMAND + _IGNORE + _AS_SYSTEM + _IN_SCRIPT
    yield _action("NoteAgents", system, "INSTALLDIR", f"{_SESSIONS} note")
    yield _scheduled("NoteAgents", _GOES, 1501)
    yield _action("EndAgents", system, "System64Folder", _ENDS)
    yield _scheduled("EndAgents", _GOES, 1502)
    yield _action("ResumeAgents", system + _AT_THE_END, "INSTALLDIR", f"{_SESSIONS} resume")
    yield _scheduled("ResumeAgents", 'NOT REMOVE="ALL"', 6500)


def file_version(content: bytes) -> str | None:
    """What the fixed part of a version resource says; None where there is none."""
    at = content.find(_FIXED_INFO)
    if at < 0 or not content.startswith(b"MZ"):
        return None
    high, low = struct.unpack_from("<II", content, at + 8)
    return f"{high >> 16}.{high & 0xFFFF}.{low >> 16}.{low & 0xFFFF}"


def _action(name: str, kind: int, where: str, what: str) -> str:
    return _insert("CustomAction", Action=name, Type=kind, Source=where, Target=what)


def _scheduled(name: str, condition: str, sequence: int) -> str:
    return _insert("InstallExecuteSequence", Action=name, Condition=condition, Sequence=sequence)


def _insert(table: str, **row: str | int) -> str:
    columns = ", ".join(f"`{column}`" for column in row)
    values = ", ".join(f"'{value}'" if isinstance(value, str) else f"{value}" for value in row.values())
    return f"INSERT INTO `{table}` ({columns}) VALUES ({values})"  # noqa: S608 - all of it is our own


def _update(table: str, key: str, column: str, value: str) -> str:
    """These tables have the key in a column of their own name."""
    return f"UPDATE `{table}` SET `{column}`='{value}' WHERE `{table}`='{key}'"  # noqa: S608 - as above


def _key(place: str) -> str:
    return uuid.uuid5(UPGRADE_CODE, place).hex


def _guid(name: str) -> str:
    return _written(uuid.uuid5(UPGRADE_CODE, name))


def _written(code: uuid.UUID) -> str:
    return f"{{{code}}}".upper()
