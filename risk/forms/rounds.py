"""Forms of a risk round: answers, the decision, its confirmation, dissents."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms as django_forms

from cases.forms.options import offer
from cases.rules import Audience
from missingchildren.core.clock import in_london
from missingchildren.web import forms
from risk.models import Contribution
from risk.queries import RoundPage
from risk.rules import EARLY_REASONS, QUESTIONS, Chosen, Known, Said, Setting, levels_on
from risk.services.answers import Answer, Call

AUDIENCES = [
    forms.Choice(Audience.CASE, "Everyone who may see what others know"),
    forms.Choice(Audience.STATUTORY, "Police, councils and health only"),
    forms.Choice(Audience.FORCES, "Police only"),
]
KNOWN = [
    forms.Choice(Known.YES, "Yes"),
    forms.Choice(Known.NO, "No"),
    forms.Choice(Known.NOT_KNOWN, "Not known"),
]
LONGEST_TEXT = 5_000


class AnswerForm(forms.Form):
    """What an agency that was asked says."""

    kind = forms.RadioField(label="What can you tell the police?", options=[])
    text = forms.LongTextField(
        label="What do you know?",
        help_text="Say how you know it. Do not write an address here: ring the police with it.",
        max_length=LONGEST_TEXT,
        required=False,
        error_messages={"required": "Say what you know"},
    )
    checked = forms.LongTextField(
        label="What did you check?",
        help_text="For example, our records and the worker on duty",
        max_length=1_000,
        rows=2,
        required=False,
        error_messages={"required": "Say what you checked"},
    )
    up_to_date = forms.TextField(
        label="How up to date is it?",
        help_text="For example, up to this afternoon",
        max_length=200,
        required=False,
        error_messages={"required": "Say how up to date it is"},
    )
    audience = forms.RadioField(label="Who is this for?", options=AUDIENCES)
    token = forms.TokenField()

    def __init__(self, *args: Any, has_answered: bool = False, **kwargs: Any) -> None:
        """Offer "still right" to those who have answered before."""
        super().__init__(*args, **kwargs)
        choices = [
            forms.Choice(Contribution.Kind.TELLS, "We know something", reveals="text"),
            forms.Choice(
                Contribution.Kind.HOLDS_NOTHING,
                Contribution.Kind.HOLDS_NOTHING.label,
                reveals="checked up_to_date",
            ),
        ]
        if has_answered:
            still_right = Contribution.Kind.STILL_RIGHT
            choices.insert(0, forms.Choice(still_right, still_right.label))
        offer(self, "kind", choices)

    def answer(self) -> Answer:
        """Return what was said."""
        said = self.cleaned_data
        return Answer(
            kind=Contribution.Kind(said["kind"]),
            text=said["text"] or said["checked"],
            up_to_date=said["up_to_date"],
            audience=Audience(said["audience"]),
        )


class PhoneForm(AnswerForm):
    """What an agency says by telephone, as an officer writes it down."""

    given_by = forms.TextField(
        label="Who told you?",
        help_text="Their name and role",
        subject="Who told you",
        max_length=100,
    )
    given_phone = forms.TextField(
        label="Telephone number", help_text="To ring them back", max_length=40, width=20
    )
    given_at = forms.LondonDateTimeField(label="When was the call?", subject="Time of the call")
    field_order = [
        "given_by", "given_phone", "given_at", "kind", "text", "checked", "up_to_date", "audience",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask as an officer is asked."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].label = "What do they say?"
        self.fields["text"].label = "In their words"
        self.fields["text"].help_text = "Read it back to them. They confirm it later with one tap."

    def call(self) -> Call:
        """Return who said it, and when."""
        said = self.cleaned_data
        return Call(
            given_by=said["given_by"], given_phone=said["given_phone"], given_at=said["given_at"]
        )


class WordsForm(forms.Form):
    """What the officer adds to one question about the child."""

    words = forms.LongTextField(label="In words", max_length=2_000, rows=2, required=False)


EVERYTHING, ALL_BUT = "everything", "all_but"


class DecideForm(forms.Form):
    """The level, on what was shown; what is asked depends on who is silent and what is flagged."""

    level = forms.RadioField(label="How much danger is the child in?", options=[])
    reasons = forms.LongTextField(
        label="Reasons partners can read",
        help_text="What makes you choose this level. The council and others who help read this.",
        subject="Reasons partners can read",
        max_length=LONGEST_TEXT,
        error_messages={"required": "Give your reasons, in words that partners can read"},
    )
    police_only = forms.LongTextField(
        label="Police only",
        help_text="Hypotheses, intelligence, names. Only your own force reads this.",
        max_length=LONGEST_TEXT,
        rows=4,
        required=False,
    )
    review_due_at = forms.LondonDateTimeField(
        label="When will you look at it again?", subject="Time of the review"
    )
    considered = forms.RadioField(
        label="Have you considered everything on the page before?",
        subject="Whether you have considered everything",
        options=[
            forms.Choice(EVERYTHING, "Yes, everything"),
            forms.Choice(ALL_BUT, "Yes, but for some", reveals="exceptions exception_words"),
        ],
        error_messages={"required": "Say whether you have considered everything"},
    )
    exceptions = forms.CheckboxesField(
        label="What have you not considered?",
        options=[],
        required=False,
        error_messages={"required": "Choose what you have not considered"},
    )
    exception_words = forms.LongTextField(
        label="Why not?",
        max_length=1_000,
        rows=2,
        required=False,
        error_messages={"required": "Say why you did not consider it"},
    )
    early_reason = forms.RadioField(
        label="Why do you not wait for the others?",
        options=[forms.Choice(key, words) for key, words in EARLY_REASONS.items()],
        required=False,
    )
    early_words = forms.LongTextField(
        label="Anything to add?", max_length=1_000, rows=2, required=False
    )
    flag_reason = forms.LongTextField(
        label="Why lower than the flag?",
        help_text="Only if you do not choose “high”: the child is flagged as at high risk of harm",
        max_length=2_000,
        rows=3,
        required=False,
    )
    minimum_reason = forms.LongTextField(
        label="Why lower than your force grades a child?",
        help_text="Only if you choose a lower level than your force takes for children",
        max_length=2_000,
        rows=3,
        required=False,
    )
    seen = django_forms.CharField(
        widget=django_forms.HiddenInput, max_length=20_000, required=False
    )
    version = forms.VersionField(required=False)
    token = forms.TokenField()

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        page: RoundPage,
        setting: Setting,
        **kwargs: Any,
    ) -> None:
        """Ask what this round asks; what has come in since must be ticked one by one."""
        super().__init__(data, **kwargs)
        seen = (self.initial if data is None else data).get("seen", "")
        self.unseen = [each for each in page.evidence if each not in set(str(seen).split())]
        offer(
            self,
            "level",
            [
                forms.Choice(level.key, level.label, hint=f"{level.definition} {level.demands}")
                for level in levels_on(setting.today)
            ],
        )
        titles = {
            digest: f"{item.title}: {item.owner.name}"
            for digest, (_, item) in page.evidence.items()
        }
        offer(self, "exceptions", [forms.Choice(*each) for each in titles.items()])
        if self.unseen:
            self.fields["read_new"] = forms.CheckboxesField(
                label="I have read what has come in",
                options=[forms.Choice(digest, titles[digest]) for digest in self.unseen],
                required=False,
            )
        if not setting.is_anybody_silent:
            del self.fields["early_reason"], self.fields["early_words"]
        if not setting.is_flagged:
            del self.fields["flag_reason"]
        if not (setting.minimum and setting.is_supervisor):
            del self.fields["minimum_reason"]
        self._ask_questions()

    def _ask_questions(self) -> None:
        for question in QUESTIONS.questions:
            if question.is_open:
                self.fields[question.key] = forms.LongTextField(
                    label=question.asks, max_length=2_000, rows=2, required=False
                )
                continue
            self.fields[question.key] = forms.RadioField(
                label=question.asks, options=KNOWN, inline=True, required=False
            )
            self.fields[f"{question.key}_words"] = forms.TextField(
                label=f"More about: {question.asks}", max_length=500, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Ask for a tick beside everything that has come in since the page was opened."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        ticked = set(said.get("read_new", ()))
        if any(digest not in ticked for digest in self.unseen):
            self.add_error(
                "read_new",
                "Something has come in since you opened this page. Read it, then tick it",
            )
        return said

    @property
    def questions(self) -> list[dict[str, Any]]:
        """Return each question with its fields, for the page."""
        return [
            {
                "field": self[question.key],
                "words": None if question.is_open else self[f"{question.key}_words"],
                "is_open": f"{question.key}_words" in self.errors
                or bool(self.initial.get(f"{question.key}_words")),
            }
            for question in QUESTIONS.questions
        ]

    def chosen(self) -> Chosen:
        """Return the level as it was chosen."""
        said = self.cleaned_data
        return Chosen(
            level=said["level"],
            reasons=said["reasons"],
            police_only=said["police_only"],
            review_due_at=said["review_due_at"],
            answers=self._answers(),
            early_reason=said.get("early_reason", ""),
            early_words=said.get("early_words", ""),
            flag_reason=said.get("flag_reason", ""),
            minimum_reason=said.get("minimum_reason", ""),
            seen=frozenset([*said["seen"].split(), *said.get("read_new", ())]),
            exceptions=frozenset(said["exceptions"]),
            exception_words=said["exception_words"],
        )

    def _answers(self) -> dict[str, Said]:
        said = self.cleaned_data
        return {
            question.key: Said(words=said[question.key])
            if question.is_open
            else Said(said[question.key], said[f"{question.key}_words"])
            for question in QUESTIONS.questions
        }


def today_parts(now: datetime) -> dict[str, str]:
    """Return the day of `now` as a page begins with it; the time is for the officer to say."""
    local = in_london(now)
    return {"day": str(local.day), "month": str(local.month), "year": str(local.year), "time": ""}


CONFIRM, SEND_BACK = "confirm", "send_back"


class ConfirmForm(forms.Form):
    """A supervisor confirms a level, or sends it back."""

    verdict = forms.RadioField(
        label="Do you confirm this level?",
        options=[
            forms.Choice(CONFIRM, "Yes, I confirm it"),
            forms.Choice(SEND_BACK, "No, it must be looked at again", reveals="note"),
        ],
    )
    note = forms.LongTextField(
        label="What must be looked at again?",
        max_length=2_000,
        rows=3,
        required=False,
        error_messages={"required": "Say what must be looked at again"},
    )
    version = forms.VersionField(required=False)


class DissentForm(forms.Form):
    """How another agency sees the risk."""

    text = forms.LongTextField(
        label="How do you see the risk, and why?",
        help_text="The police force must answer you.",
        max_length=LONGEST_TEXT,
        error_messages={"required": "Say how you see the risk, and why"},
    )
    token = forms.TokenField()


class DissentAnswerForm(forms.Form):
    """What the lead force makes of it."""

    answer = forms.LongTextField(
        label="What does your force make of it?",
        help_text="The agency that disagrees reads this.",
        max_length=LONGEST_TEXT,
        error_messages={"required": "Say what your force makes of it"},
    )
