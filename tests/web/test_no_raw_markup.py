"""Nothing in the project can declare text to be markup but the one component bridge."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
BRIDGE = ROOT / "missingchildren" / "web" / "components.py"
OURS = ("missingchildren", "cases", "risk", "returninterviews", "placements")
FORBIDDEN_NAMES = {"mark_safe", "Markup", "SafeText", "html_safe", "SafeData"}
IN_TEMPLATES = re.compile(
    r"\|\s*(safe|safeseq)\b|autoescape\s+off|\bon[a-z]+\s*=\s*[\"']|\bstyle\s*=\s*[\"']"
)
IN_SCRIPTS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\s*\(|new Function"
)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)|<style\b|javascript:", re.IGNORECASE)


def python_files() -> list[Path]:
    return [path for app in OURS for path in sorted((ROOT / app).rglob("*.py"))]


def template_files() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.*"))


def script_files() -> list[Path]:
    files = (path for app in OURS for path in (ROOT / app).rglob("static/**/*.js"))
    return sorted(path for path in files if "vendor" not in path.parts)


def offences(tree: ast.AST) -> list[str]:
    """Return uses of what declares text to be markup, however it was imported."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found += [alias.name for alias in node.names if alias.name in FORBIDDEN_NAMES]
        elif isinstance(node, ast.Attribute) and node.attr in FORBIDDEN_NAMES:
            found.append(node.attr)
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "id", "")
            if name in FORBIDDEN_NAMES or name == "SafeString":
                found.append(name)
            if name == "format_html" and not _is_literal(node.args[:1]):
                found.append("format_html of something computed")
        elif isinstance(node, ast.FunctionDef) and node.name == "__html__":
            found.append("__html__")
    return found


def _is_literal(arguments: list[ast.expr]) -> bool:
    """Return whether a pattern is written out, or a constant written out elsewhere in capitals."""
    [pattern] = arguments
    return isinstance(pattern, ast.Constant) or (
        isinstance(pattern, ast.Name) and pattern.id.isupper()
    )


def test_no_module_but_the_bridge_makes_markup() -> None:
    """INJ-02."""
    files = [path for path in python_files() if path != BRIDGE]

    found = {str(path): offences(ast.parse(path.read_text())) for path in files}

    assert {path: names for path, names in found.items() if names} == {}


def test_no_template_switches_escaping_off_or_holds_a_script() -> None:
    """INJ-02, INJ-03."""
    assert template_files()
    for path in template_files():
        text = path.read_text()
        assert not IN_TEMPLATES.search(text), path
        assert not INLINE_SCRIPT.search(text), path


def test_no_script_of_ours_writes_markup() -> None:
    """INJ-02."""
    assert script_files()
    for path in script_files():
        assert not IN_SCRIPTS.search(path.read_text()), path


def test_our_script_stays_small() -> None:
    """What every page loads fits in six kilobytes; a script for one page only, in four."""
    sizes = {path.name: path.stat().st_size for path in script_files()}

    assert sizes.pop("app.js") + sizes.pop("js-enabled.js") <= 6 * 1024
    assert all(size <= 4 * 1024 for size in sizes.values()), sizes


@pytest.mark.parametrize(
    "source",
    [
        "from django.utils.safestring import mark_safe",
        "from django.utils import safestring as s\ns.mark_safe('x')",
        "from markupsafe import Markup as M",
        "import markupsafe\nmarkupsafe.Markup('x')",
        "SafeString(text)",
        "format_html('<b>' + text)",
        "format_html(f'<b>{text}</b>')",
        "class C:\n    def __html__(self): return self.text",
    ],
)
def test_the_check_sees_what_it_is_for(source: str) -> None:
    assert offences(ast.parse(source))
