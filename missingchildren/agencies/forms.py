"""Forms about an agency's people: is the input well formed?"""

from typing import Any

from django import forms

from missingchildren.agencies.models import Membership, Role
from missingchildren.agencies.sign_in_forms import CHOOSING_HINT, LONGEST_PASSWORD
from missingchildren.web.forms import CheckboxesField, Choice, Form, TextField


class InviteForm(Form):
    """Whom to invite, and what they will do."""

    email = forms.EmailField(
        label="Email address",
        max_length=254,
        help_text="Their work address. The invitation is for this address only.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    roles = CheckboxesField(
        label="Roles",
        options=[Choice(role.value, str(role.label)) for role in Role],
        error_messages={"required": "Choose at least one role."},
    )


class JoinForm(Form):
    """The name and password of somebody new."""

    full_name = TextField(
        label="Full name",
        help_text="Colleagues and other agencies see it beside what you write.",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    job_title = TextField(
        label="Job title (optional)",
        help_text="For example: social worker.",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    password = forms.CharField(
        label="Password",
        max_length=LONGEST_PASSWORD,
        strip=False,
        help_text=CHOOSING_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class RolesForm(Form):
    """What a member does from now on."""

    roles = CheckboxesField(
        label="Roles",
        options=[Choice(role.value, str(role.label)) for role in Role],
        error_messages={"required": "Choose at least one role."},
    )

    @classmethod
    def about(cls, membership: Membership, data: Any) -> "RolesForm":
        """Return the form as it stands for a member, or with what was typed."""
        return cls(data, initial={"roles": membership.roles})
