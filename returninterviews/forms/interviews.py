"""Forms around an interview: whose it is, how it was offered, why it is not held, what became of it."""

from typing import Any

from cases.forms.options import offer
from missingchildren.web import forms
from returninterviews.models import Interview, Offer, PlaceKind, Summary
from returninterviews.rules import NOT_HELD

OURSELVES = "ourselves"
# A longest text that still shows all of 60,000 characters again when they are too many.
LONGEST = 30_000
MAY_BE_LONG = 5_000


class ReferForm(forms.Form):
    """Who holds the interview."""

    provider = forms.RadioField(label="Who talks with the child?", options=[])
    version = forms.VersionField(required=False)
    token = forms.TokenField()

    def __init__(self, *args: Any, providers: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the providers, and the council itself."""
        super().__init__(*args, **kwargs)
        options = [forms.Choice(reference, name) for reference, name in providers]
        divider = "or" if options else ""
        offer(
            self,
            "provider",
            [*options, forms.Choice(OURSELVES, "We do, ourselves", divider=divider)],
        )


class DeclineReferralForm(forms.Form):
    """Why a provider gives a referral back."""

    reason = forms.LongTextField(
        label="Why can you not hold it?",
        help_text="The council reads this. Do not write about the child here",
        max_length=200,
        rows=3,
    )
    version = forms.VersionField(required=False)


class OfferForm(forms.Form):
    """One offer, and what became of it."""

    made_at = forms.LondonDateTimeField(label="When did you ask?", subject="Time of the offer")
    to = forms.RadioField(label="Whom did you ask?", options=Offer.To.choices, inline=True)
    channel = forms.RadioField(label="How?", options=Offer.Channel.choices)
    result = forms.RadioField(
        label="What was the answer?",
        options=[
            forms.Choice(Offer.Result.ACCEPTED, "Yes, and a time is arranged"),
            forms.Choice(
                Offer.Result.NOT_TODAY, "Not now", hint="You will ask again. The clock runs on"
            ),
            forms.Choice(Offer.Result.DECLINED_BY_CHILD, "No, the child does not want it"),
            forms.Choice(Offer.Result.DECLINED_BY_PARENT, "No, a parent or carer does not want it"),
            forms.Choice(Offer.Result.NO_CONTACT, "We could not reach them"),
        ],
    )
    arranged_for = forms.LondonDateTimeField(
        label="If yes, when will you meet?", required=False, subject="Time arranged"
    )
    place_kind = forms.SelectField(
        label="If yes, where?",
        help_text="The kind of place. Do not write an address here",
        options=[("", "Choose a kind of place"), *PlaceKind.choices],
        required=False,
    )
    wishes = forms.LongTextField(
        label="What does the child want? (optional)",
        help_text="Whom they would like to talk with, where, a woman or a man",
        max_length=MAY_BE_LONG,
        required=False,
        rows=3,
    )
    version = forms.VersionField(required=False)
    token = forms.TokenField()

    def clean(self) -> dict[str, Any]:
        """Ask when and where, if the answer was yes."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("result") == Offer.Result.ACCEPTED:
            if not typed.get("arranged_for") and "arranged_for" not in self.errors:
                self.add_error("arranged_for", "Enter when you will meet")
            if not typed.get("place_kind") and "place_kind" not in self.errors:
                self.add_error("place_kind", "Choose the kind of place")
        return typed


class NotHeldForm(forms.Form):
    """Why an interview is not held."""

    code = forms.RadioField(label="Why is it not held?", options=[])
    reason = forms.LongTextField(
        label="Anything to add?",
        help_text="Needed when it was not offered",
        max_length=MAY_BE_LONG,
        required=False,
        rows=3,
    )
    carer_offer = forms.RadioField(
        label="If the child did not want it: was a parent or carer offered to talk?",
        options=[
            forms.Choice(Interview.CarerOffer.MADE, "Yes, they were offered"),
            forms.Choice(
                Interview.CarerOffer.NOT_APPROPRIATE,
                "No, it was not right to ask them",
                reveals="carer_because",
            ),
        ],
        required=False,
    )
    carer_because = forms.LongTextField(
        label="Why was it not right?", max_length=MAY_BE_LONG, required=False, rows=3
    )
    version = forms.VersionField(required=False)

    def __init__(self, *args: Any, codes: list[str], **kwargs: Any) -> None:
        """Offer the reasons that this person may give."""
        super().__init__(*args, **kwargs)
        offer(self, "code", [(code, NOT_HELD[code].words) for code in codes])


class CouncilSearchForm(forms.Form):
    """Find a council by name."""

    council = forms.TextField(label="Name of the council", max_length=100, width=20)


class AcceptForm(forms.Form):
    """Accept a signed interview."""

    analysis = forms.LongTextField(
        label="What do you make of it? (optional)",
        help_text=(
            "Patterns across the times away, and what the child needs. It stands beside the "
            "interview, which does not change"
        ),
        max_length=LONGEST,
        required=False,
        rows=8,
    )
    version = forms.VersionField(required=False)


class ReceiptForm(forms.Form):
    """What the police did with a summary."""

    answer = forms.RadioField(
        label="What did you do with it?",
        options=[
            forms.Choice(Summary.Answer.REPORT_MADE, "We made a report of it"),
            forms.Choice(
                Summary.Answer.CRIME_RECORDED, "We recorded a crime", reveals="crime_reference"
            ),
            forms.Choice(Summary.Answer.NO_ACTION, "No action", reveals="no_action_because"),
        ],
    )
    crime_reference = forms.TextField(
        label="Crime reference", max_length=40, required=False, width=20
    )
    no_action_because = forms.LongTextField(
        label="Why is no action taken?", max_length=MAY_BE_LONG, required=False, rows=3
    )
    is_useful = forms.RadioField(
        label="Was it useful?",
        help_text="Whoever talked with the child sees your answer",
        options=[("yes", "Yes"), ("no", "No")],
        inline=True,
    )
    version = forms.VersionField(required=False)
