"""Lets programs that the frozen one opens load their own libraries.

Its loader puts the folder of ours before all others, in a variable that whatever we start would inherit;
our own process has been loaded by then (PyInstaller, "LD_LIBRARY_PATH / LIBPATH considerations").  Runs in
the frozen program before anything else of ours.
"""

import os

theirs = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
os.environ.pop("LD_LIBRARY_PATH", None)
if theirs is not None:
    os.environ["LD_LIBRARY_PATH"] = theirs
