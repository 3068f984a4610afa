"""A page with one of everything, used to look at the components and to attack them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html

from missingchildren.web import forms
from missingchildren.web.components import Action, Chosen, Link, Moment, Row, Task

AT = datetime(2026, 11, 20, 22, 4, tzinfo=UTC)


class EverythingForm(forms.Form):
    """One field of each kind."""

    full_name = forms.TextField(label="Full name", help_text="As on official papers", width=30)
    account = forms.LongTextField(label="What happened", max_length=200, count=True)
    seen_at = forms.LondonDateTimeField(label="When were they last seen?", subject="Time last seen")
    born_on = forms.DateField(label="Date of birth")
    at_time = forms.TimeField(label="Time of the call", required=False)
    known = forms.RadioField(
        label="Do you know where they may be?",
        options=[
            forms.Choice("yes", "Yes", hint="A place or a person", reveals="place"),
            forms.Choice("no", "No"),
            forms.Choice("unsure", "I am not sure", divider="or"),
        ],
    )
    place = forms.LongTextField(label="Where", required=False, max_length=100, rows=2)
    worries = forms.CheckboxesField(
        label="What worries you?",
        options=[
            forms.Choice("health", "Health", reveals="medicine"),
            forms.Choice("online", "Contact online"),
            forms.Choice("none", "None of these", divider="or", exclusive=True),
        ],
    )
    medicine = forms.TextField(label="Medicine they need", required=False)
    nation = forms.SelectField(label="Nation", options=[("", "Choose"), ("E", "England")])
    postcode = forms.PostcodeField(label="Postcode", required=False)
    reference = forms.ReferenceField(label="Reference", prefix="MC", required=False)
    password = django_forms.CharField(label="Password", widget=django_forms.PasswordInput)
    amount = django_forms.IntegerField(label="How many", required=False)
    agree = django_forms.BooleanField(label="I have checked this")
    token = forms.TokenField()


class ShortForm(forms.Form):
    """One question alone on its page."""

    name = forms.TextField(label="What is your name?", width=20)


def everything(text: str = "Text") -> dict[str, Any]:
    """Return what the page shows, `text` standing wherever a person's words may."""
    return {
        "text": text,
        "rows": [
            Row(text, f"{text}\nsecond line", (Action(text, f"/{text}", about=text),)),
            Row("Status", format_html("<em>{}</em>", text)),
        ],
        "tasks": [
            Task(text, text, href="/a/", hint=text, colour="blue"),
            Task(text, "Completed"),
        ],
        "moments": [
            Moment(text, AT, text=text, byline=text),
            Moment("Earlier", AT - timedelta(hours=3), text="About then", precision="about"),
        ],
        "links": [
            Link(text, "/a/", current=True),
            Link("Alerts", "/b/", count=3, count_label=text),
        ],
        "facts": [("Born", text), ("Reference", "MC-7K3Q-9F2H-B")],
        "chosen": [Chosen(text, ((text, "/?a=1"),))],
        "crumbs": [("Start", "/"), (text, "/a/")],
        "tabs": {
            "items": [
                {"label": text, "id": "one", "panel": {"text": text}},
                {"label": "Two", "id": "two", "panel": {"text": "Two"}},
            ]
        },
        "at": AT,
    }


def kitchen_sink(request: HttpRequest) -> HttpResponse:
    """Show everything, with errors when something is posted."""
    form = EverythingForm(request.POST or None)
    context = {"form": form, **everything(request.GET.get("text", "Ava\u2019s social worker"))}
    return render(request, "tests_kitchen_sink.html", context)
