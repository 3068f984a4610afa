"""References survive the telephone: misheard ones are refused, odd spellings are read."""

import re

import pytest

from missingchildren.core.references import ALPHABET, new_reference, normalise_reference

MANY = 300
SAMPLES = [new_reference("MC") for _ in range(MANY)]


def symbols(reference: str) -> str:
    return reference.removeprefix("MC").replace("-", "")


def test_alphabet_has_thirty_symbols_without_vowels_or_look_alikes() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 30
    assert not set(ALPHABET) & set("AEIOUL")


def test_form() -> None:
    form = re.compile(rf"MC-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}-[{ALPHABET}]")

    assert all(form.fullmatch(reference) for reference in SAMPLES)


def test_references_are_random() -> None:
    assert len(set(SAMPLES)) == MANY
    assert set("".join(map(symbols, SAMPLES))) == set(ALPHABET)


def test_each_is_read_as_itself() -> None:
    assert [normalise_reference(reference, "MC") for reference in SAMPLES] == SAMPLES


def test_every_wrong_symbol_is_noticed() -> None:
    for reference in SAMPLES[:50]:
        right = symbols(reference)
        for place, symbol in enumerate(right):
            for other in set(ALPHABET) - {symbol}:
                wrong = right[:place] + other + right[place + 1 :]
                assert normalise_reference("MC" + wrong, "MC") is None, (reference, wrong)


def test_every_exchange_of_two_symbols_is_noticed() -> None:
    for reference in SAMPLES:
        right = symbols(reference)
        for i in range(len(right)):
            for j in range(i + 1, len(right)):
                wrong = list(right)
                wrong[i], wrong[j] = wrong[j], wrong[i]
                if right[i] != right[j]:
                    assert normalise_reference("MC" + "".join(wrong), "MC") is None


@pytest.mark.parametrize(
    "spelling",
    [
        str.lower,
        lambda text: text.replace("-", ""),
        lambda text: text.replace("-", " "),
        lambda text: text.replace("-", "\u2011"),
        lambda text: text.replace("-", "\u2013"),
        lambda text: f"  {text}\r\n",
        lambda text: text.replace("-", "\u00a0"),
        lambda text: text.replace("0", "O"),
        lambda text: text.replace("0", "o").replace("1", "l"),
        lambda text: text.replace("1", "I"),
    ],
)
def test_odd_spellings_are_read(spelling) -> None:  # type: ignore[no-untyped-def]
    assert [normalise_reference(spelling(reference), "MC") for reference in SAMPLES] == SAMPLES


@pytest.mark.parametrize(
    "text",
    [
        "",
        "MC",
        "MC-",
        "7K3Q9F2HB",
        "MC-7K3Q",
        "x" * 1_000_000,
        "MC-7K3Q-9F2H-\x00",
        "MC-\uff17K3Q-9F2H-B",
    ],
)
def test_what_is_no_reference(text: str) -> None:
    assert normalise_reference(text, "MC") is None


def test_longer_and_shorter_are_refused() -> None:
    for reference in SAMPLES:
        assert normalise_reference(reference[:-1], "MC") is None
        assert normalise_reference(reference + "2", "MC") is None


def test_kinds_are_not_confused() -> None:
    alert = new_reference("AL")

    assert normalise_reference(alert, "AL") == alert
    assert normalise_reference(alert, "MC") is None
    assert normalise_reference(SAMPLES[0], "ME") is None
