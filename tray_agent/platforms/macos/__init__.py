"""Adapters for macOS: AppKit and its kin by PyObjC, the C libraries by ctypes."""
