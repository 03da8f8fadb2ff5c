"""What Debian wants beside the program: whose it is, what changed, and where its checker is mistaken.

Sources: the machine-readable copyright format 1.0; Debian policy 4.4 and 12.7; lintian(1).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import format_datetime

MAINTAINER = "Tray Agent contributors <tray-agent@trayagent.org>"

_COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Tray Agent
Comment:
 /usr/lib/tray-agent/_internal holds Python and libraries of others, unchanged. Those under the LGPL,
 among them Qt, PySide6, pystray and pynput, can be replaced there by other builds of the same version.

Files: *
Copyright: {copyright}
License: Expat

Files: usr/lib/tray-agent/_internal/*
Copyright: 2001-2026 Python Software Foundation
 The Qt Company Ltd. and other contributors
 2015-2026 Moses Palmer
 the authors of the other libraries, as THIRD_PARTY_NOTICES names them
License: PSF-2.0 and LGPL-3.0-only and other

License: Expat
{expat}

License: PSF-2.0 and LGPL-3.0-only and other
 Python is under the license of the Python Software Foundation, version 2; Qt, PySide6, pystray and
 pynput are under the GNU Lesser General Public License, version 3, to be found in
 /usr/share/common-licenses/LGPL-3. THIRD_PARTY_NOTICES beside this file has the others, where it is
 there.
"""


def copyright_file(license_text: str) -> str:
    """debian/copyright from our LICENSE."""
    _title, _blank, holder, *rest = license_text.strip().split("\n")
    words = "\n".join(f" {line}" if line.strip() else " ." for line in rest).removeprefix(" .\n")
    return _COPYRIGHT.format(copyright=holder.removeprefix("Copyright (c) "), expat=words)


def changelog(version: str, released: str, changes: str) -> str:
    """Debian's changelog for this release: the last section of ours."""
    section = re.split(r"^## .*\n", changes, flags=re.MULTILINE)[1]
    points = [re.sub(r"\s+", " ", point).strip() for point in re.split(r"^- ", section, flags=re.MULTILINE)]
    lines = [line for point in points[1:] for line in _folded(point)]
    when = format_datetime(datetime.fromisoformat(released).replace(tzinfo=UTC))
    head = f"tray-agent ({version}) stable; urgency=medium\n\n"
    return head + "".join(f"{line}\n" for line in lines) + f"\n -- {MAINTAINER}  {when}\n"


def _folded(point: str) -> list[str]:
    """The point as an item of at most 78 columns."""
    lines = ["  *"]
    for word in point.split(" "):
        if len(lines[-1]) + len(word) >= 78:  # noqa: PLR2004 - as the docstring says
            lines.append("   ")
        lines[-1] += f" {word}"
    return lines


_REASONS = {
    "Python, Qt and the others come along as their makers build them, and find each other by $ORIGIN": [
        "custom-library-search-path",
        "embedded-library",
        "library-not-linked-against-libc",
        "shared-library-lacks-prerequisites",
    ],
    "PyInstaller's own loader, which would have to be compiled anew": ["hardening-no-pie"],
    "Python's pydoc only asks whether there is such a program": ["missing-depends-on-sensible-utils"],
    "This package is not uploaded to Debian, where nobody has asked for it": [
        "initial-upload-closes-no-bugs"
    ],
}


def overrides() -> str:
    """The lintian-overrides, each with its reason."""
    return "\n".join(
        f"# {reason}.\n" + "".join(f"tray-agent: {tag} *\n" for tag in tags)
        for reason, tags in _REASONS.items()
    )
