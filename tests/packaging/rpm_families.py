"""Played families of systems that use .rpm, for dnf to find in them what the package needs.

Their repositories hold packages of the names, versions and capabilities of the real ones and nothing else;
what such a system would have under those names is that of the bare one below it.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.packaging.conftest import BUILDER
from tests.support.system_root import SystemRoot

EGL, GL, X11_KEYS = (f"lib{name}()(64bit)" for name in ("EGL.so.1", "GL.so.1", "xkbcommon-x11.so.0"))

Packages = dict[str, tuple[str, list[str]]]
"""Version and capabilities of each package by its name."""

FEDORA: Packages = {
    "fontconfig": ("2.16.0", []),
    "glibc": ("2.41", []),
    "libglvnd-egl": ("1.7.0", [EGL]),
    "libglvnd-glx": ("1.7.0", [GL]),
    "libxkbcommon-x11": ("1.8.1", [X11_KEYS]),
}
OPENSUSE: Packages = {
    "fontconfig": ("2.16.0", []),
    "glibc": ("2.41", []),
    "libglvnd": ("1.7.0", [EGL, GL]),
    "libxkbcommon-x11-0": ("1.8.1", [X11_KEYS]),
}
ENTERPRISE_9: Packages = {**FEDORA, "glibc": ("2.34", [])}


class RpmSystem:
    """A system in which dnf installs, from a repository of these packages in `folder`."""

    def __init__(self, system: SystemRoot, folder: Path, packages: Packages) -> None:
        self.system = system
        self._folder = folder
        folder.mkdir()
        for name, (version, capabilities) in packages.items():
            _pack(folder, name, version, capabilities)
        subprocess.run(["createrepo_c", "--quiet", str(folder)], check=True)

    def dnf(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """This machine's dnf at work in that system, which knows of no other repository."""
        given = {
            "--installroot": self.system.root,
            "--releasever": "0",
            "--setopt": "reposdir=/nonexistent",
            "--repofrompath": f"played,file://{self._folder}",
            "--repo": "played",
        }
        options = [f"{option}={value}" for option, value in given.items()]
        more = ["--assumeyes", "--noplugins", "--nogpgcheck", f"--setopt=cachedir={self._folder}/cache"]
        command = ["dnf", *options, *more, *map(str, words)]
        return subprocess.run(
            self.system.beside(*command), capture_output=True, text=True, check=False, timeout=300
        )

    def rpm(self, *words: str) -> str:
        """What rpm of this machine says of that system."""
        command = ["rpm", "--root", self.system.root, *words]
        done = subprocess.run(
            self.system.beside(*command), capture_output=True, text=True, check=False, timeout=300
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def _pack(folder: Path, name: str, version: str, capabilities: list[str]) -> None:
    """An empty package that says so much of itself."""
    about = {
        "name": name,
        "arch": "amd64",
        "version": version,
        "version_schema": "none",
        "maintainer": "Nobody <nobody@example.org>",
        "description": "Played",
        "provides": capabilities,
    }
    config = folder / f"{name}.json"
    config.write_text(json.dumps(about))
    nfpm = [str(BUILDER.with_name("nfpm")), "package", "--packager", "rpm"]
    subprocess.run([*nfpm, "--config", str(config), "--target", str(folder)], check=True, capture_output=True)
