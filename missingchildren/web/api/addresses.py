"""What addresses of the API hold: references, written just so."""

from missingchildren.web.api.fields import REFERENCE


class ReferenceConverter:
    """A reference in an address; whether there is such a thing is another question."""

    regex = REFERENCE

    def to_python(self, value: str) -> str:
        """Return the reference."""
        return value

    def to_url(self, value: str) -> str:
        """Return the reference."""
        return value
