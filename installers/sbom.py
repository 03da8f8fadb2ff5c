"""Writes beside each installer the bill of what is in it, in CycloneDX 1.6: the same bytes each time.

    python3 -m installers.sbom build/packages/*.deb build/packages/*.rpm

What is in a frozen program stands in the program; names and hashes are those of the lock, licences those of
licences.toml.  A wheel brings none of it along: its bill says what the lock would install beside it.
Written here and not by cyclonedx-py: that reads a requirements file without licences, or an environment
without the lock's hashes, and knows nothing of what is frozen in besides.
Source: the CycloneDX 1.6 JSON reference.
"""

from __future__ import annotations

import hashlib
import json
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from installers import shipped
from installers.freeze import BUILD, EPOCH
from tray_agent import __version__

SYSTEM = {".deb": "linux", ".rpm": "linux", ".msi": "win32", ".pkg": "darwin", ".whl": None}
"""For which it is, where it holds a frozen program."""
PROGRAMS = {
    "linux": BUILD / "dist" / "tray-agent",
    "win32": BUILD / "windows" / "tray-agent",
    "darwin": BUILD / "dist" / "tray-agent",
}
"""Where the program lies that was packed."""
CPE = {
    "cpython": "python:python",
    "expat": "libexpat_project:libexpat",
    "openssl": "openssl:openssl",
    "qt": "qt:qt",
    "sqlite": "sqlite:sqlite",
    "zlib": "zlib:zlib",
}
"""Maker and product, as lists of weaknesses name them."""

Json = dict[str, Any]


def main(artefacts: list[str]) -> int:
    """A bill beside each; the exit code."""
    for artefact in map(Path, artefacts):
        if artefact.suffix not in SYSTEM:
            print(f"{artefact} is no installer", file=sys.stderr)
            return 2
        system = SYSTEM[artefact.suffix]
        print(write(artefact, None if system is None else PROGRAMS[system]))
    return 0


def write(artefact: Path, program: Path | None) -> Path:
    """The bill of what was packed from that program, or of a wheel; raises `OSError` and `ValueError`."""
    held = None if program is None else shipped.read(program / "_internal" / shipped.CONTENTS.name)
    if held is not None and held.system != SYSTEM[artefact.suffix]:
        raise ValueError(f"{artefact.name} was not made of {program}, which is for {held.system}")
    file = artefact.with_name(f"{artefact.name}.cdx.json")
    file.write_text(json.dumps(bill(artefact, held), indent=2) + "\n", "utf-8", newline="\n")
    return file


def bill(artefact: Path, held: shipped.Contents | None) -> Json:
    """The whole document; raises `OSError` where the artefact cannot be read."""
    digest = hashlib.sha256(artefact.read_bytes()).hexdigest()
    product = {
        **_component("application", "tray-agent", __version__, "MIT"),
        "purl": f"pkg:generic/tray-agent@{__version__}",
        "hashes": [_hash(digest)],
        "properties": [{"name": "tray-agent:file", "value": artefact.name}],
    }
    components = [*_packages(held), *_parts(held), *_libraries(held)]
    references = [component["bom-ref"] for component in components]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest)}",
        "version": 1,
        "metadata": {
            "timestamp": f"{datetime.fromtimestamp(int(EPOCH), UTC):%Y-%m-%dT%H:%M:%SZ}",
            "component": product,
        },
        "components": components,
        "dependencies": [{"ref": product["bom-ref"], "dependsOn": references}],
    }


def _packages(held: shipped.Contents | None) -> Iterator[Json]:
    """Those that are in it.  A hash is that of a wheel, so it belongs to the locked version alone."""
    for package in shipped.packages():
        version = package.version if held is None else held.packages.get(package.name)
        if version is None:
            continue
        described = _component("library", package.name, version, shipped.LICENCES["packages"][package.name])
        described["purl"] = f"pkg:pypi/{package.name}@{quote(version, safe='')}"
        if version == package.version:
            described["hashes"] = [_hash(each) for each in package.hashes]
        if held is None and package.systems != shipped.SYSTEMS:
            described["properties"] = [{"name": "tray-agent:systems", "value": " ".join(package.systems)}]
        yield described


def _parts(held: shipped.Contents | None) -> Iterator[Json]:
    for name, version in (held.parts if held is not None else {}).items():
        described = _component("library", name, version, shipped.LICENCES["parts"][name])
        described["purl"] = f"pkg:generic/{name}@{quote(version, safe='')}"
        if name in CPE:
            described["cpe"] = f"cpe:2.3:a:{CPE[name]}:{version}:*:*:*:*:*:*:*"
        yield described


def _libraries(held: shipped.Contents | None) -> Iterator[Json]:
    """Debian's packages; their terms, often several, are in THIRD_PARTY_NOTICES."""
    for name, version in (held.libraries if held is not None else {}).items():
        described = _component("library", name, version)
        described["purl"] = f"pkg:deb/debian/{quote(name, safe='')}@{quote(version, safe='')}"
        yield described


def _component(kind: str, name: str, version: str, licence: str | None = None) -> Json:
    described = {"type": kind, "bom-ref": f"{name}@{version}", "name": name, "version": version}
    return {**described, "licenses": [{"expression": licence}]} if licence else described


def _hash(content: str) -> Json:
    return {"alg": "SHA-256", "content": content}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
