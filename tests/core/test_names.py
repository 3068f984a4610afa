"""Names of every script are kept as typed; what hides, reorders or breaks text is not."""

from contextlib import suppress
from time import perf_counter

import pytest

from missingchildren.core.names import UnusableText, clean_name, clean_text, search_form
from tests.timing import at_once

MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Nisha Patel", "Nisha Patel"),
        ("  Anne\t Marie \n", "Anne Marie"),
        ("O\u2019Neill-Smith", "O\u2019Neill-Smith"),
        ("Zoe\u0308", "Zo\u00eb"),
        ("\u0645\u062d\u0645\u062f", "\u0645\u062d\u0645\u062f"),
        ("\u05d3\u05d5\u05d3", "\u05d3\u05d5\u05d3"),
        ("\u0645\u0647\u200c\u0633\u0627", "\u0645\u0647\u200c\u0633\u0627"),
        ("An\u200dna", "Anna"),
        ("\U0001f469\u200d\U0001f467 Mum", "\U0001f469\u200d\U0001f467 Mum"),
        ("An\u200bna\ufeff", "Anna"),
        ("\u200eAnna\u200f", "Anna"),
        ("Nguy\u1ec5n Th\u1ecb", "Nguy\u1ec5n Th\u1ecb"),
        ("\u674e\u5c0f\u9f99", "\u674e\u5c0f\u9f99"),
        ("", ""),
        ("   ", ""),
    ],
    ids=[
        "plain", "white space", "apostrophe and hyphen", "accents composed", "Arabic", "Hebrew",
        "Persian keeps its joiner", "joiner in Latin", "emoji of two", "zero width", "direction marks",
        "two accents", "Chinese", "empty", "blank",
    ],
)  # fmt: skip
def test_name_as_it_is_kept(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("An\x00na", "cannot be shown"),
        ("An\x1bna", "cannot be shown"),
        ("An\x85na\x9f", "cannot be shown"),
        ("An\ud800na", "cannot be shown"),
        ("An\uffffna", "cannot be shown"),
        ("An\ue000na", "cannot be shown"),
        ("\u202eannA", "direction of writing"),
        ("An\u2066na\u2069", "direction of writing"),
        ("\u200b\u2060", "cannot be seen"),
        ("\u3164", "cannot be seen"),
        ("A" + "\u0301" * 6, "too many accents"),
        ("A" * 151, "150 characters or fewer"),
        ("A" * MEGABYTE, "150 characters or fewer"),
    ],
)
def test_unusable_name_says_why(typed: str, reason: str) -> None:
    """INJ-14: direction overrides and zero-width characters."""
    with pytest.raises(UnusableText, match=reason) as raised:
        clean_name(typed)

    assert raised.value.reason == str(raised.value)


def test_kept_name_is_stored_by_the_database_and_unchanged_the_second_time() -> None:
    kept = clean_name("Zoe\u0308 \u200bO\u2019Neill")

    assert kept.encode()
    assert clean_name(kept) == kept


def test_caller_chooses_the_length() -> None:
    assert clean_name("A" * 300, max_length=300) == "A" * 300
    with pytest.raises(UnusableText, match="20 characters or fewer"):
        clean_name("A" * 21, max_length=20)


def test_accents_typed_apart_count_once_composed() -> None:
    assert clean_name("e\u0301" * 150) == "\u00e9" * 150


def test_text_of_several_lines_keeps_them() -> None:
    assert clean_text(" one\r\n\r\ntwo\rthree ", max_length=50) == "one\n\ntwo\nthree"
    with pytest.raises(UnusableText):
        clean_text("one\x00two", max_length=50)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ANNA", "anna"),
        ("Zo\u00eb", "zoe"),
        ("Zoe\u0308", "ZOE"),
        ("O'Neill", "ONeill"),
        ("O\u2019Neill", "O'Neill"),
        ("Anne-Marie", "Anne Marie"),
        ("Anne\u2010Marie", "anne  marie"),
        ("Smith, John", "smith john"),
        ("\u0141ukasz", "Lukasz"),
        ("S\u00f8ren", "Soren"),
        ("Gro\u00df", "GROSS"),
        ("\u00c6thel", "aethel"),
        ("\u0130brahim", "ibrahim"),
        ("An\u200bna", "Anna"),
        ("\u202eAnna", "Anna"),
        ("An\x00na", "Anna"),
        ("\uff21\uff4e\uff4e\uff41", "Anna"),
        ("\ufb01nn", "Finn"),
        ("\U0001d400nna", "Anna"),
        ("A\u0301\u0316\u0301nna", "Anna"),
        ("Nguy\u1ec5n", "nguyen"),
        ("\u0645\u064f\u062d\u0645\u062f", "\u0645\u062d\u0645\u062f"),
        ("Anna\tB.", "anna b"),
        ("Jos\u00e9\u00a0Luis", "jose luis"),
    ],
)
def test_names_that_are_found_by_each_other(one: str, other: str) -> None:
    """INJ-14: matching uses NFKC."""
    assert search_form(one) == search_form(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Anna", "Hanna"), ("Li", "Lee"), ("\u0391nna", "Anna"), ("Ann A", "Anna")]
)
def test_names_that_stay_apart(one: str, other: str) -> None:
    assert search_form(one) != search_form(other)


@pytest.mark.parametrize("text", ["", "  ", "\x00", "\u200b", "...", "\u0301"])
def test_nothing_to_search_for(text: str) -> None:
    assert search_form(text) == ""


def test_searched_form_is_searched_as_itself() -> None:
    form = search_form("  Zo\u00eb O\u2019Neill-\u0141ukasz ")

    assert form == "zoe oneill lukasz"
    assert search_form(form) == form


HOSTILE = {
    "letters": "A" * MEGABYTE,
    "accents out of order": "a" + "\u0301\u0316" * (MEGABYTE // 2),
    "letters that expand": "\ufdfa" * MEGABYTE,
    "zero width": "\u200b" * MEGABYTE,
    "NUL": "\x00" * MEGABYTE,
    "joiners": "\u200d" * MEGABYTE,
    "spaces": " " * MEGABYTE,
    "overrides": "\u202e" * MEGABYTE,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_megabyte_is_answered_at_once(text: str) -> None:
    """INJ-08: hostile text on every validator, under 100 ms."""
    with at_once(clock=perf_counter):
        search_form(text)
        with suppress(UnusableText):
            clean_name(text)
