"""What software centres show: the AppStream description, from our own words and their translations.

Source: the AppStream specification, "Desktop Applications".
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from tray_agent.platforms.linux.desktop_entry import APP, FILE, in_every_language

SUMMARY = "Asks you to stand up when you have been sitting for long"
PARAGRAPHS = (
    "It estimates how long you have been sitting and asks, kindly, for a break.",
    "It never learns which keys you press, what you read or which programs you use.",
    "Nothing leaves this machine: the program has no network code.",
    "It does not diagnose. If something hurts, stop, and ask a doctor or a physiotherapist.",
)


def text(version: str, date: str) -> str:
    """The whole file for this version, released on that date."""
    root = ET.Element("component", type="desktop-application")
    for tag, words in (
        ("id", APP),
        ("metadata_license", "CC0-1.0"),
        ("project_license", "MIT AND LGPL-3.0-only"),
        ("name", "Tray Agent"),
    ):
        ET.SubElement(root, tag).text = words
    _said(root, "summary", SUMMARY)
    developer = ET.SubElement(root, "developer", id="org.trayagent")
    ET.SubElement(developer, "name").text = "Tray Agent contributors"
    description = ET.SubElement(root, "description")
    for paragraph in PARAGRAPHS:
        _said(description, "p", paragraph)
    ET.SubElement(root, "launchable", type="desktop-id").text = FILE
    ET.SubElement(ET.SubElement(root, "provides"), "binary").text = "tray-agent"
    ET.SubElement(ET.SubElement(root, "categories"), "category").text = "Utility"
    ET.SubElement(root, "content_rating", type="oars-1.1")
    ET.SubElement(ET.SubElement(root, "releases"), "release", version=version, date=date)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _said(parent: ET.Element, tag: str, sentence: str) -> None:
    """The sentence in every language that has it."""
    for key, words in in_every_language(tag, sentence).items():
        _tag, _open, code = key.rstrip("]").partition("[")
        attributes = {"xml:lang": code.replace("_", "-")} if code else {}
        ET.SubElement(parent, tag, attributes).text = words
