"""How the API describes itself (OpenAPI): problems, the session, the key of each change."""

from typing import Any, ClassVar

from drf_spectacular.extensions import (
    OpenApiAuthenticationExtension,
    OpenApiSerializerFieldExtension,
)
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from missingchildren.web.api.fields import Out

PROBLEM_JSON = "application/problem+json"
KEY = "^[A-Za-z0-9_-]{8,255}$"


class ProblemOut(Out):
    """Why a request was not done (RFC 9457)."""

    type = serializers.CharField(help_text="`about:blank`, or the name of the kind of problem")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False, help_text="The sentence that a person reads")
    errors = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="Messages by field, named as it was sent: `place.postcode`",
    )
    reference = serializers.CharField(
        required=False, help_text="What support asks for; or the record that this one was joined to"
    )


IDEMPOTENCY_KEY = OpenApiParameter(
    name="Idempotency-Key",
    location=OpenApiParameter.HEADER,
    required=True,
    type={"type": "string", "pattern": KEY},
    description=(
        "Your own name for this change, such as a UUID. Sent again with the same body it is not "
        "done again: the answer says how what it led to stands now."
    ),
)


WHY = {
    400: "Not JSON, or some of it cannot be used: `errors` says which fields",
    401: "Nobody is signed in",
    403: "Signed in without a second factor or an agency, or this person may not do this",
    404: "It does not exist, or this person may not know that it does",
    406: "Something else than JSON was asked for",
    409: "It cannot be done now, or was judged on what is no longer stored",
    413: "The body is too large",
    415: "The body is not JSON",
    422: "This Idempotency-Key was sent before with something else",
    503: "The database or the log cannot be reached: nothing was done, try again",
}


def refusal(code: int) -> OpenApiResponse:
    """Return how a refusal is described."""
    return OpenApiResponse(ProblemOut, description=WHY[code])


class OperationSchema(AutoSchema):
    """Names the two things that a change needs of a session."""

    def get_auth(self) -> list[dict[str, Any]]:
        """Return what proves who asks."""
        needed: dict[str, list[str]] = {"session": []}
        if self.method not in {"GET", "HEAD"}:
            needed["csrf"] = []
        return [needed]


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The session of somebody who signed in with a second factor."""

    target_class = "missingchildren.web.api.session.SignedIn"
    name: ClassVar = ["session", "csrf"]  # type: ignore[misc]

    def get_security_definition(self, auto_schema: Any) -> list[dict[str, Any]]:
        """Return the cookie of the session, and the header that proves the same origin."""
        return [
            {"type": "apiKey", "in": "cookie", "name": "__Host-session"},
            {
                "type": "apiKey",
                "in": "header",
                "name": "X-CSRFToken",
                "description": "`csrf_token` of `GET /api/v1/session/`, with every POST",
            },
        ]


class TypedExtension(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Text that a form reads: as long as the form's field takes."""

    target_class = "missingchildren.web.api.fields.Typed"

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        """Return the text's bounds."""
        shortest = {"minLength": 1} if self.target.required else {}
        return {"type": "string", "maxLength": self.target.longest, **shortest}


def close_objects(result: dict[str, Any], generator: Any, request: Any, public: bool) -> Any:  # noqa: FBT001
    """Say of every object that it has the properties named and no others."""
    for schema in result.get("components", {}).get("schemas", {}).values():
        if schema.get("type") == "object":
            schema["additionalProperties"] = False
    _drop(result, "x-spec-enum-id")
    return result


def _drop(node: Any, name: str) -> None:
    """Take a note of the generator's own out of the description."""
    if isinstance(node, dict):
        node.pop(name, None)
    for below in (
        node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    ):
        _drop(below, name)
