"""The front-end bundles are what they say they are, without the marks of another service."""

import json
import re
from hashlib import sha256
from pathlib import Path

VENDOR = Path(__file__).resolve().parents[2] / "missingchildren" / "web" / "static" / "vendor"


def test_every_file_is_the_one_that_was_recorded() -> None:
    entries = json.loads((VENDOR / "VERSIONS.json").read_text())

    recorded = {name: digest for entry in entries for name, digest in entry["sha256"].items()}
    found = {
        path.relative_to(VENDOR).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.glob("*/**/*")
        if path.is_file()
    }

    assert found == recorded
    assert {entry["licence"] for entry in entries} == {"MIT"}


def test_each_bundle_has_its_licence_and_the_notice_names_it() -> None:
    notice = (VENDOR / "NOTICE.txt").read_text()

    for entry in json.loads((VENDOR / "VERSIONS.json").read_text()):
        assert f"{entry['package']} {entry['version']}" in notice
    for folder in ("govuk", "moj"):
        assert "Crown Copyright" in (VENDOR / folder / "LICENCE.txt").read_text()


def test_no_typeface_arms_or_map_of_another_service_is_left() -> None:
    for style in VENDOR.glob("*/*.css"):
        text = style.read_text()
        assert not re.search("GDS Transport|@font-face|crest|sourceMappingURL", text), style
        assert text.count("{") == text.count("}"), style
        for address in re.findall(r"url\(([^)]+)\)", text):
            assert (style.parent / address).is_file(), address
    for script in VENDOR.glob("*/*.js"):
        assert "sourceMappingURL" not in script.read_text(), script
