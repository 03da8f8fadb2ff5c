"""Writes everything by which an organisation manages settings, from `config/settings.toml`.

    python3 -m installers.policy.generate

Run it after every change to the definition or to a translation of it; a test compares its output with
the committed files.
"""

from __future__ import annotations

from pathlib import Path

from installers.policy import admx, apple, texts
from installers.policy.definition import (
    DOMAIN,
    LANGUAGES,
    ROOT,
    SAMPLE,
    SAMPLE_RECOMMENDED,
    groups,
    load,
    settings,
    speaker,
)

HERE = ROOT / "installers" / "policy"


def outputs() -> dict[Path, bytes]:
    """Every generated file with its bytes."""
    definition = load()
    known, pages = settings(definition), groups(definition)
    words = {
        HERE / code / "TrayAgent.adml": admx.adml(known, pages, speaker(language))
        for language, code in LANGUAGES.items()
    }
    written = {
        HERE / "TrayAgent.admx": admx.admx(known, pages),
        **words,
        HERE / "TrayAgent.reg": texts.reg(),
        HERE / "managed.json": texts.policies_json(SAMPLE),
        HERE / "recommended.json": texts.policies_json(SAMPLE_RECOMMENDED),
        HERE / "policies.schema.json": texts.schema(known),
        HERE / "oma-uris.md": texts.oma_uris(known),
        ROOT / "docs" / "policies.md": texts.page(known, pages),
    }
    return {
        **{path: text.encode() for path, text in written.items()},
        HERE / "TrayAgent.mobileconfig": apple.profile(),
        HERE / f"{DOMAIN}.plist": apple.manifest(known),
    }


if __name__ == "__main__":
    for path, content in outputs().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
