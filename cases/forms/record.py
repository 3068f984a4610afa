"""Forms on the record of a child."""

from typing import Any

from cases.forms.options import offer
from cases.models import MatchQuestion, MissingEpisode, Opening, PreventionInterview, Update
from cases.rules import Audience
from missingchildren.agencies.acts import Act
from missingchildren.core.clock import Precision
from missingchildren.web import forms

PRECISION = [
    forms.Choice(Precision.EXACT, "Yes"),
    forms.Choice(Precision.ABOUT, "No, it is about right"),
]


class SearchForm(forms.Form):
    """Find a child by name or reference."""

    search = forms.TextField(label="Name or reference", max_length=100, required=False, width=20)


class OpeningForm(forms.Form):
    """Why somebody opens a record outside their own unit and work."""

    reason = forms.RadioField(
        label="Why are you opening this?",
        options=[
            forms.Choice(Opening.Reason.DUTY, "I am on duty for it"),
            forms.Choice(Opening.Reason.COVERING, "I am covering for a colleague"),
            forms.Choice(Opening.Reason.ASKED, "Somebody asked me to", reveals="asked_by"),
            forms.Choice(Opening.Reason.OTHER, "Another reason", reveals="because"),
        ],
    )
    asked_by = forms.TextField(label="Who asked you?", max_length=200, required=False)
    because = forms.TextField(label="Why do you need to see it?", max_length=200, required=False)

    @property
    def detail(self) -> str:
        """Return the word more that some reasons need."""
        return self.cleaned_data.get("asked_by") or self.cleaned_data.get("because") or ""


class AcceptForm(forms.Form):
    """Accept a report for the force."""

    police_reference = forms.TextField(
        label="Police reference",
        help_text="The number on your own system, such as the incident or log number",
        max_length=40,
        width=20,
    )
    version = forms.VersionField(required=False)


class ReturnForm(forms.Form):
    """When the child came back."""

    returned_at = forms.LondonDateTimeField(
        label="When did the child come back?", subject="Time of return"
    )
    precision = forms.RadioField(label="Is this the exact time?", options=PRECISION, inline=True)
    version = forms.VersionField(required=False)


class LocatedForm(forms.Form):
    """When the child was located, and why they are not home yet."""

    located_at = forms.LondonDateTimeField(
        label="When was the child located?", subject="Time located"
    )
    precision = forms.RadioField(label="Is this the exact time?", options=PRECISION, inline=True)
    not_home_because = forms.RadioField(
        label="Why is the child not home yet?",
        options=[
            forms.Choice(MissingEpisode.NotHome.ON_THE_WAY, "On the way"),
            forms.Choice(MissingEpisode.NotHome.HOSPITAL, "In hospital"),
            forms.Choice(MissingEpisode.NotHome.CUSTODY, "In custody"),
            forms.Choice(MissingEpisode.NotHome.REFUSES, "The child will not go back"),
            forms.Choice(MissingEpisode.NotHome.OTHER, "Another reason"),
        ],
    )
    not_home_words = forms.LongTextField(
        label="What others should know about it (optional)",
        subject="What others should know",
        help_text="Everyone with this missing episode reads it. Do not write an address here.",
        max_length=500,
        rows=3,
        required=False,
    )
    place = forms.TextField(
        label="Where was the child found? (optional)",
        subject="Where the child was found",
        help_text="Kept with the child's places. It is shown only to those who ask to see it.",
        max_length=200,
        required=False,
    )
    postcode = forms.PostcodeField(label="Postcode (optional)", subject="Postcode", required=False)
    version = forms.VersionField(required=False)
    token = forms.TokenField()


class PreventionInterviewForm(forms.Form):
    """What a child who was found told the police, or why nobody spoke with them."""

    how = forms.RadioField(
        label="How did an officer speak with the child?",
        options=[
            forms.Choice(PreventionInterview.How.FACE_TO_FACE, "Face to face"),
            forms.Choice(PreventionInterview.How.PHONE, "By telephone"),
            forms.Choice(PreventionInterview.How.NOT_HELD, "There was no interview", divider="or"),
        ],
    )
    held_at = forms.LondonDateTimeField(
        label="When was the interview?",
        subject="Time of the interview",
        help_text="Leave empty if there was none",
        required=False,
    )
    text = forms.LongTextField(
        label="What did you learn, or why was there no interview?",
        help_text="Partners read this. Do not write an address here.",
        max_length=10_000,
        rows=8,
    )
    audience = forms.RadioField(
        label="Who is this for?",
        options=[
            forms.Choice(Audience.STATUTORY, "Police, councils and health only"),
            forms.Choice(Audience.CASE, "Everyone who may see what others know"),
        ],
    )
    police_only = forms.LongTextField(
        label="Police only (optional)",
        subject="Police only",
        help_text="Names, suspicions, sources. Only your own force reads it.",
        max_length=10_000,
        rows=5,
        required=False,
    )
    token = forms.TokenField()


class CloseForm(forms.Form):
    """Close a missing episode; the reason is asked for where something is not settled."""

    reason = forms.LongTextField(
        label="Why does the episode close before this is settled?",
        subject="Reason",
        help_text="Others read it on the record",
        max_length=500,
        rows=3,
        required=False,
    )
    version = forms.VersionField(required=False)
    token = forms.TokenField()


class ExtendForm(forms.Form):
    """Give more time."""

    new_due_at = forms.LondonDateTimeField(
        label="When must it be done now?", subject="The new time"
    )
    reason = forms.LongTextField(label="Why is more time needed?", max_length=500, rows=3)
    version = forms.VersionField(required=False)
    token = forms.TokenField()


class ReassignForm(forms.Form):
    """Give something to another person or team of one's own agency."""

    person = forms.SelectField(label="Person", options=[], required=False)
    unit = forms.SelectField(label="Team", options=[], required=False)
    version = forms.VersionField(required=False)
    token = forms.TokenField()

    def __init__(
        self,
        *args: Any,
        people: list[tuple[str, str]],
        units: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        """Offer the people and teams of the acting agency, as pairs of reference and name."""
        super().__init__(*args, **kwargs)
        offer(self, "person", [("", "Nobody in particular"), *people])
        offer(self, "unit", [("", "No team"), *units])


class ChaseForm(forms.Form):
    """Ask for what is owed."""

    token = forms.TokenField()


class UpdateForm(forms.Form):
    """What an agency knows or has done while a child is missing."""

    kind = forms.RadioField(
        label="What is it about?",
        options=[
            forms.Choice(Update.Kind.SIGHTING, "Somebody saw the child"),
            forms.Choice(Update.Kind.CONTACT, "Contact with the child", hint="A call or a message"),
            forms.Choice(Update.Kind.ENQUIRY, "Something we did to find the child"),
            forms.Choice(Update.Kind.INFORMATION, "Something else you should know"),
            forms.Choice(Update.Kind.CALL, "A telephone call with the police"),
        ],
    )
    happened_at = forms.LondonDateTimeField(label="When was this?", subject="Time")
    text = forms.LongTextField(
        label="What do you know?",
        help_text="Say how you know it, and who told you. Do not write an address here.",
        max_length=5000,
    )
    audience = forms.RadioField(label="Who is this for?", options=[])
    token = forms.TokenField()

    def __init__(self, *args: Any, act: Act, **kwargs: Any) -> None:
        """Offer the audiences that the acting agency may choose."""
        super().__init__(*args, **kwargs)
        is_force = act.agency is not None and act.agency.kind == "force"
        choices = [
            forms.Choice(Audience.CASE, "Everyone who may see what others know"),
            forms.Choice(Audience.STATUTORY, "Police, councils and health only"),
        ]
        if is_force:
            choices.append(
                forms.Choice(Audience.OWN, "Police only", hint="Only your own force reads it")
            )
        else:
            choices.append(forms.Choice(Audience.FORCES, "Police only"))
        offer(self, "audience", choices)


class ShareForm(forms.Form):
    """Share a record with an agency."""

    part = forms.RadioField(label="What is the agency to the child?", options=[])
    reason = forms.LongTextField(
        label="Why are you sharing?",
        help_text="What it will help the agency to do for the child",
        max_length=500,
        rows=3,
    )
    ends_on = forms.DateField(
        label="When does the sharing end?",
        help_text="Leave empty if it goes on until somebody ends it",
        required=False,
    )

    def __init__(self, *args: Any, parts: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the parts that this kind of agency can have."""
        super().__init__(*args, **kwargs)
        offer(self, "part", [forms.Choice(value, label) for value, label in parts])

    def add_refusal(self, refusal: Exception) -> None:
        """Show what was refused of the end beside the day from which it was made."""
        if getattr(refusal, "field", "") == "ends_at":
            self.add_error("ends_on", str(refusal))
        else:
            super().add_refusal(refusal)


class NotSharingForm(forms.Form):
    """Record that a record is not shared."""

    reason = forms.LongTextField(label="Why are you not sharing?", max_length=500, rows=3)
    review_on = forms.DateField(label="When will you look at this again?", subject="Review date")


class EndSharingForm(forms.Form):
    """End a part that an agency has."""

    reason = forms.LongTextField(label="Why does the sharing end?", max_length=500, rows=3)


class AgencySearchForm(forms.Form):
    """Find an agency by name."""

    agency = forms.TextField(label="Name of the agency", max_length=100, width=20)


class MatchForm(forms.Form):
    """Whether it is the same child."""

    answer = forms.RadioField(
        label="Is this the same child?",
        options=[
            forms.Choice(
                MatchQuestion.Answer.SAME,
                "Yes, the same child",
                hint="The report joins your record",
            ),
            forms.Choice(
                MatchQuestion.Answer.DIFFERENT,
                "No, another child",
                hint="Nothing of your record is shown to anybody",
            ),
        ],
    )
