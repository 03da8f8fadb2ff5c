"""What a program of ours says of itself in Explorer and Task Manager, and to whoever packs it.

A program that is no release says so in there: it was made under Wine, or by an old Python.  Nobody can
leave that out, because the very Python that freezes the program decides it.
Source: Microsoft Learn, "VERSIONINFO resource".
"""

from __future__ import annotations

import sys
from pathlib import Path

MAKER = "TrayAgent"
PROGRAMS = {
    "TrayAgent": "Tray Agent",
    "tray-agent": "Tray Agent, command line",
    "tray-agent-windows": "Tray Agent, windows",
    "tray-agent-sessions": "Tray Agent, back after an upgrade",
}
"""What each is called, by its name without `.exe`."""

CURRENT = (3, 13)
"""The oldest Python that releases are made with."""

TEST = "test build"
_MARK = "SpecialBuild".encode("utf-16-le")
_DESCRIBED = "FileDescription".encode("utf-16-le")
_PRERELEASE, _SPECIAL_BUILD = 0x02, 0x20
_ENGLISH, _UNICODE = 0x0409, 1200


def no_release() -> str | None:
    """Why nothing that this Python makes is a release; None where it may be one."""
    if sys.platform != "win32":
        return "it was not made on Windows"
    import ctypes

    if hasattr(ctypes.WinDLL("ntdll"), "wine_get_version"):
        return "it was made under Wine"
    if sys.version_info < CURRENT:
        return f"it was made with Python {sys.version_info.major}.{sys.version_info.minor}"
    return None


def text(program: str, version: str, because: str | None) -> str:
    """The resource of `program` as PyInstaller reads it; `because` tells why it is no release."""
    test = f" ({TEST})" if because else ""
    words = {
        "CompanyName": MAKER,
        "FileDescription": PROGRAMS[program] + test,
        "FileVersion": version,
        "InternalName": program,
        "LegalCopyright": "Tray Agent contributors, MIT licence",
        "OriginalFilename": f"{program}.exe",
        "ProductName": f"Tray Agent{test}",
        "ProductVersion": version,
        **({"SpecialBuild": f"{TEST}: {because}"} if because else {}),
    }
    numbers = (*(int(part) for part in version.split(".")), 0)
    flags = _PRERELEASE | _SPECIAL_BUILD if because else 0
    said = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in words.items())
    table = f"StringTable('{_ENGLISH:04X}{_UNICODE:04X}', [{said}])"
    kids = f"StringFileInfo([{table}]), VarFileInfo([VarStruct('Translation', [{_ENGLISH}, {_UNICODE}])])"
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F,"
        f" flags={flags:#x}, OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)), kids=[{kids}])\n"
    )


def written(folder: Path, program: str, version: str) -> Path:
    """The file with the resource of `program`, made by this Python."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{program}.version"
    path.write_text(text(program, version, no_release()), "utf-8")
    return path


def is_test(program: Path) -> bool:
    """Whether this frozen `.exe` is no release; raises `ValueError` where it does not say."""
    content = program.read_bytes()
    if _DESCRIBED not in content:
        raise ValueError(f"{program.name} has no version resource")
    return _MARK in content
