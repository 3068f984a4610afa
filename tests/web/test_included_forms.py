"""A template that posts a form keeps its token wherever it is included."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
INCLUDE = re.compile(r'{%-? *include "([^"]+)"(.*?)%}', re.DOTALL)
SOURCES = {
    path.relative_to(TEMPLATES).as_posix(): path.read_text() for path in TEMPLATES.rglob("*.html")
}


def posts_a_form(name: str) -> bool:
    """Return whether a template holds a form, or includes one that does."""
    source = SOURCES[name]
    return "{% csrf_token %}" in source or any(
        posts_a_form(included) for included, _ in INCLUDE.findall(source) if included in SOURCES
    )


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_no_include_drops_the_token(name: str) -> None:
    """`include ... only` leaves out what context processors add: every press would be refused."""
    dropped = [
        included
        for included, look in INCLUDE.findall(SOURCES[name])
        if " only" in look and "csrf_token=" not in look and posts_a_form(included)
    ]

    assert dropped == []
