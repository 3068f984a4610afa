"""A verdict is tested like a boolean and carries the sentence a person reads."""

import pickle

import pytest

from missingchildren.core.verdicts import ALLOWED, NotPermitted, Refused, RuleBroken, refuse

SENTENCE = "This child's return has already been recorded."


def test_allowed_is_true_and_requires_nothing() -> None:
    assert ALLOWED
    ALLOWED.require()


def test_refusal_is_false_and_raises_its_sentence_and_field() -> None:
    verdict = refuse(SENTENCE, "returned_at")

    assert not verdict
    with pytest.raises(RuleBroken) as raised:
        verdict.require()
    assert str(raised.value) == raised.value.reason == SENTENCE
    assert raised.value.field == "returned_at"


def test_caller_chooses_how_it_is_refused() -> None:
    with pytest.raises(NotPermitted):
        refuse(SENTENCE).require(NotPermitted)


def test_refusal_survives_the_way_between_processes() -> None:
    copy = pickle.loads(pickle.dumps(Refused(SENTENCE, "field")))

    assert (copy.reason, copy.field) == (SENTENCE, "field")
