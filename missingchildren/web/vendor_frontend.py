"""Copy the two front-end bundles into static/vendor. For maintainers, after `npm install` elsewhere.

    npm install --ignore-scripts --legacy-peer-deps govuk-frontend@6 @ministryofjustice/frontend@11
    python missingchildren/web/vendor_frontend.py path/to/node_modules

What is left out, and why: fonts and the crest (licensed for GOV.UK services only), source-map comments
(the maps are not shipped), icons that no rule mentions, and absolute addresses (files are served hashed).
"""

import argparse
import json
import re
import shutil
import sys
from hashlib import sha256
from pathlib import Path

VENDOR = Path(__file__).resolve().parent / "static" / "vendor"

# package, folder of its compiled files, file stem, folder here
BUNDLES = (
    ("govuk-frontend", "dist/govuk", "govuk-frontend.min", "govuk"),
    ("@ministryofjustice/frontend", "moj", "moj-frontend.min", "moj"),
)
COPYRIGHT = {
    "govuk": "Copyright (C) 2017 Crown Copyright (Government Digital Service)",
    "moj": "Copyright (C) Crown Copyright (Ministry of Justice, MOJ Digital & Technology)",
}
MIT = """The MIT License (MIT)

{copyright}

Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies
of the Software, and to permit persons to whom the Software is furnished to do
so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""
NOTICE = """The folders govuk and moj hold compiled style sheets, scripts and icons of two open projects:

{lines}

Both are under the MIT licence; the text is in each folder. They were changed by vendor_frontend.py:
the GDS Transport typeface and its files, the royal arms and the crown were taken out, addresses made
relative, source-map comments dropped, and radios no longer set aria-expanded. This service is not a GOV.UK service and carries none of its marks.
"""

FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
TYPEFACE = re.compile(r"""["']?GDS Transport["']?\s*,\s*arial""", re.IGNORECASE)
MARKS = re.compile(r"[^{}]*(?:copyright-logo|logotype-crest|logotype-crown)[^{}]*\{[^{}]*\}")
EMPTY_BLOCK = re.compile(r"@(?:supports|media)[^{}]*\{\s*\}")
SOURCE_MAP = re.compile(r"(?://|/\*)# sourceMappingURL=[^\s*]*(?:\s*\*/)?\s*$")
# ARIA has no "expanded" for radios; axe-core reports it in every form that reveals a field.
RADIO_EXPANDED = re.compile(r"""t\.setAttribute\("aria-expanded",e\.toString\(\)\),""")
ADDRESS = re.compile(r"url\(/assets/([^)]+)\)")


def clean_style(text: str) -> str:
    """Return the style sheet without fonts, marks, maps and absolute addresses."""
    text = SOURCE_MAP.sub("", text)
    text = FONT_FACE.sub("", text)
    text = TYPEFACE.sub("Helvetica,Arial", text)
    text = MARKS.sub("", text)
    text = EMPTY_BLOCK.sub("", text)
    text = ADDRESS.sub(r"url(\1)", text)
    for forbidden in ("GDS Transport", "crest", "url(/", "sourceMappingURL"):
        if forbidden in text:
            sys.exit(f"The style sheet still holds {forbidden!r}: look at what changed upstream.")
    return text


def clean_script(text: str, folder: str) -> str:
    """Return the script without its map, and radios without an attribute that ARIA does not allow."""
    text = SOURCE_MAP.sub("", text)
    if folder == "govuk":
        before, radios = text.split("govuk-radios__conditional", maxsplit=1)
        changed, times = RADIO_EXPANDED.subn("", radios, count=1)
        if times != 1:
            sys.exit("Radios no longer set aria-expanded where they did: look at what changed.")
        text = f"{before}govuk-radios__conditional{changed}"
    return text


def copy_bundle(*, package: Path, compiled: str, stem: str, folder: str) -> dict[str, object]:
    """Write one bundle and return its entry for VERSIONS.json."""
    described = json.loads((package / "package.json").read_text())
    if described["license"] != "MIT":
        sys.exit(f"{described['name']} is no longer under the MIT licence.")
    source, target = package / compiled, VENDOR / folder
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)

    style = clean_style((source / f"{stem}.css").read_text())
    (target / f"{stem}.css").write_text(style)
    script = clean_script((source / f"{stem}.js").read_text(), folder)
    (target / f"{stem}.js").write_text(script)
    for address in sorted(set(re.findall(r"url\(([^)]+)\)", style))):
        (target / address).parent.mkdir(exist_ok=True)
        shutil.copyfile(source / "assets" / address, target / address)
    (target / "LICENCE.txt").write_text(MIT.format(copyright=COPYRIGHT[folder]))

    files = sorted(path for path in target.rglob("*") if path.is_file())
    return {
        "package": described["name"],
        "version": described["version"],
        "licence": described["license"],
        "sha256": {
            path.relative_to(VENDOR).as_posix(): sha256(path.read_bytes()).hexdigest()
            for path in files
        },
    }


def main() -> None:
    """Copy both bundles and write VERSIONS.json and NOTICE.txt."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("node_modules", type=Path)
    node_modules: Path = parser.parse_args().node_modules
    entries = [
        copy_bundle(package=node_modules / name, compiled=compiled, stem=stem, folder=folder)
        for name, compiled, stem, folder in BUNDLES
    ]
    (VENDOR / "VERSIONS.json").write_text(json.dumps(entries, indent=2) + "\n")
    lines = "\n".join(f"- {entry['package']} {entry['version']}" for entry in entries)
    (VENDOR / "NOTICE.txt").write_text(NOTICE.format(lines=lines))


if __name__ == "__main__":
    main()
