"""What a page that shows several apps asks."""

from typing import Any

from cases.forms.options import offer
from missingchildren.web import forms


class KindForm(forms.Form):
    """Which kind of clock a list shows."""

    kind = forms.SelectField(label="What", options=[], required=False)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer these kinds, as pairs of name and title."""
        super().__init__(*args, **kwargs)
        offer(self, "kind", [("", "Everything"), *kinds])
