"""References: what people say on the phone and see in addresses, instead of keys."""

import secrets

# The ten figures and the consonants but L: no vowel (no words), and O, I and L can only be
# misread figures, so they are read as 0, 1 and 1.
ALPHABET = "0123456789BCDFGHJKMNPQRSTVWXYZ"
LENGTH = 8
MISREAD = str.maketrans("OIL", "011")
SEPARATORS = dict.fromkeys(map(ord, " \t\r\n\u00a0-\u2010\u2011\u2012\u2013\u2014\u2212"))
LONGEST_TYPED = 40

# A weighted sum modulo the prime 31, the check symbol having weight 1. As the weights differ and
# none is a multiple of 31, every wrong symbol and every exchange of two symbols, adjacent or not,
# changes the sum. Luhn's sum modulo 30 would miss 0Z typed as Z0.
MODULUS = 31
WEIGHTS = range(2, 2 + LENGTH)


def new_reference(prefix: str) -> str:
    """Return a random reference such as MC-7K3Q-9F2H-B.

    6 in 10^11 are the same by chance, so among two million a few pairs must be expected: the
    column is unique and whoever inserts tries again.
    """
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        check = _check_value(body)
        if check < len(ALPHABET):
            return f"{prefix}-{body[:4]}-{body[4:]}-{ALPHABET[check]}"


def normalise_reference(text: str, prefix: str) -> str | None:
    """Return the reference as it is stored, or None if it cannot be one of this kind.

    Accepts either case, missing or odd hyphens, spaces, and O, I, L for 0, 1, 1.
    """
    if len(text) > LONGEST_TYPED:
        return None
    typed = text.upper().translate(SEPARATORS)
    symbols = typed.removeprefix(prefix).translate(MISREAD)
    if not typed.startswith(prefix) or len(symbols) != LENGTH + 1:
        return None
    if any(symbol not in ALPHABET for symbol in symbols):
        return None

    body, check = symbols[:LENGTH], symbols[LENGTH]
    if ALPHABET.index(check) != _check_value(body):
        return None
    return f"{prefix}-{body[:4]}-{body[4:]}-{check}"


def _check_value(body: str) -> int:
    total = sum(w * ALPHABET.index(s) for w, s in zip(WEIGHTS, body, strict=True))
    return -total % MODULUS
