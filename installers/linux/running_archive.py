"""Keeps the modules of a running program readable when a package replaces the program under it.

The modules lie in the executable, which is opened by its name whenever one more is imported; after an
upgrade that name leads to another build.  The running one is still to be had under the kernel's own
name for it, proc(5).  Runs in the frozen program before anything else of ours.
"""

import pyimod02_importers  # type: ignore[import-not-found]  # PyInstaller's, only there when frozen

pyimod02_importers.pyz_archive._filename = "/proc/self/exe"  # noqa: SLF001
