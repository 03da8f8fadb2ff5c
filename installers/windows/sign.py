"""Signs programs and packages with whatever signer an organisation has, told as a command.

    python3 -m installers.windows.sign --command 'signtool sign /fd sha256 {file}' PATH...
    python3 -m installers.windows.sign --command 'osslsigncode sign ... -in {in} -out {out}' PATH...

`{file}` is signed in its place; with `{in}` and `{out}` the signer writes a new file.  Of a folder, each
program and library in it is signed that nobody has signed before: others' signatures stay.
Source: Microsoft, "PE Format", the certificate table.
"""

from __future__ import annotations

import argparse
import os
import shlex
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

PROGRAMS = {".dll", ".exe", ".pyd"}
LIMIT_S = 300
"""Of one call; some signers ask a server for the time."""

_PE32_PLUS = 0x20B
_CERTIFICATES = 4
"""The number of its data directory."""


def main(args: Sequence[str]) -> int:
    """Sign what the arguments name; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--command", required=True, help="with {file}, or with {in} and {out}")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    given = parser.parse_args(args)
    for path in given.paths:
        for file in [*unsigned(path)]:
            sign(file, given.command)
            print(f"signed {file}", flush=True)
    return 0


def unsigned(path: Path) -> Iterator[Path]:
    """The file, or every program of the folder that bears no signature yet."""
    if path.is_file():
        yield path
        return
    for file in sorted(path.rglob("*")):
        if file.suffix.lower() in PROGRAMS and not is_signed(file):
            yield file


def is_signed(program: Path) -> bool:
    """Whether the program or library carries a signature, good or bad; raises `ValueError` if it is none."""
    content = program.read_bytes()
    try:
        (at,) = struct.unpack_from("<I", content, 0x3C)
        optional = at + 24
        (kind,) = struct.unpack_from("<H", content, optional)
        directories = optional + (112 if kind == _PE32_PLUS else 96)
        _offset, size = struct.unpack_from("<II", content, directories + 8 * _CERTIFICATES)
    except struct.error:
        raise ValueError(f"{program} is no program of Windows") from None
    return bool(size)


def sign(path: Path, command: str) -> None:
    """Sign this file; raises `CalledProcessError`, and then it is as it was where the signer writes anew."""
    fresh = path.with_name(f"{path.name}.signed")
    places = {"{file}": f"{path}", "{in}": f"{path}", "{out}": f"{fresh}"}
    if not ("{file}" in command or ("{in}" in command and "{out}" in command)):
        raise ValueError("the command names neither {file} nor {in} and {out}")
    try:
        # A backslash on Windows is part of a path.
        words = [word.strip('"') for word in shlex.split(command, posix=os.name == "posix")]
        subprocess.run(
            [_filled(word, places) for word in words], stdin=subprocess.DEVNULL, check=True, timeout=LIMIT_S
        )
        if "{out}" in command:
            fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _filled(word: str, places: dict[str, str]) -> str:
    for name, value in places.items():
        word = word.replace(name, value)
    return word


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
