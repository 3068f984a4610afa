"""The frame of every operation of the API: who asks, what is logged, and that a change counts once."""

import json
import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.utils.crypto import salted_hmac
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import exceptions
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from missingchildren.agencies.acting import act_for
from missingchildren.agencies.acts import Act
from missingchildren.audit import submissions
from missingchildren.audit.models import Operation
from missingchildren.audit.reading import reading_of, reads
from missingchildren.core.verdicts import RuleBroken
from missingchildren.web.api.fields import In, Out
from missingchildren.web.api.problems import KeyMissing, KeyUsed
from missingchildren.web.api.schema import IDEMPOTENCY_KEY, KEY, PROBLEM_JSON, refusal
from missingchildren.web.api.session import SignedIn

Method = TypeVar("Method", bound=Callable[..., Any])
ALWAYS = (401, 403, 406, 503)
OF_A_CHANGE = (400, 409, 413, 415, 422)


class Endpoint(APIView):
    """One address: a method for each operation, each made by `operation`."""

    authentication_classes = [SignedIn]
    permission_classes = [IsAuthenticated]
    http_method_names = ["get", "head", "post"]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse whoever is unknown, or acts for no agency now."""
        super().initial(request, *args, **kwargs)
        act_for(request)

    @property
    def default_response_headers(self) -> dict[str, str]:
        """Add nothing: hidden and absent must not differ in a header."""
        return {}


def operation(
    name: str,
    *,
    verb: str,
    tag: str,
    gives: type[Out],
    takes: type[In] | None = None,
    asks: type[In] | None = None,
    does: Operation = Operation.CONSULTATION,
    status: int = 200,
    hides: bool = True,
) -> Callable[[Method], Method]:
    """Make a method an operation: logged as a page is, answered by `gives`, described.

    `verb` and `does` go into the act log. `takes` is the body of a POST, `asks` the query of a
    GET; `hides` says whether 404 is one of its answers. A method that changes something calls
    `once`, and one service, which writes the entry of what it did.
    """

    def decorate(method: Method) -> Method:
        @wraps(method)
        def run(self: Endpoint, request: Request, **kwargs: Any) -> Response:
            def answered(request: Any, **kwargs: Any) -> Response:
                reading = reading_of(request)
                reading.operation = does
                shown = method(self, request, **kwargs)
                if getattr(request, "is_done", False):
                    reading.subjects.clear()
                    reading.objects.clear()
                elif request.method == "POST":
                    reading.operation = Operation.CONSULTATION
                return Response(gives(shown).data, status=status)

            logged: Response = reads(verb)(answered)(request, **kwargs)  # type: ignore[arg-type]
            return logged

        return described(run)  # type: ignore[return-value]

    is_change = takes is not None
    refusals = {*ALWAYS, *(OF_A_CHANGE if is_change else ()), *((400,) if asks else ())}
    described = extend_schema(
        operation_id=name,
        tags=[tag],
        request=takes if takes and takes().fields else None,
        parameters=[IDEMPOTENCY_KEY] if is_change else [asks] if asks else [],
        responses={
            status: OpenApiResponse(gives, description="Done" if is_change else "Shown"),
            **{
                (code, PROBLEM_JSON): refusal(code)
                for code in sorted(refusals | ({404} if hides else set()))
            },
        },
    )
    return decorate


def typed(request: Request, takes: type[In]) -> dict[str, Any]:
    """Return the body as the operation takes it.

    Raises:
        ValidationError: some of it cannot be used.
    """
    sent = takes(data=request.data)
    sent.is_valid(raise_exception=True)
    return dict(sent.validated_data)


def asked(request: Request, asks: type[In]) -> dict[str, Any]:
    """Return the query as the operation takes it.

    Raises:
        ValidationError: a name is unknown or stands twice, or a value cannot be used.
    """
    twice = [name for name, values in request.query_params.lists() if len(values) > 1]
    if twice:
        raise exceptions.ValidationError({name: ["This stands twice."] for name in twice})
    sent = asks(data=request.query_params.dict())
    sent.is_valid(raise_exception=True)
    return dict(sent.validated_data)


def once(request: Request, work: Callable[[], str]) -> str:
    """Do `work` unless this Idempotency-Key has led to something, and return what it led to.

    The key belongs to the person acting for the agency. It is claimed in the transaction of the
    work, in the ledger that forms use too, so that of two calls at a time one waits and is then
    told the same.

    Raises:
        KeyMissing: there is no key, or not one that can be used.
        KeyUsed: it came before with another address or body.
    """
    act = act_for(request)
    key = request.headers.get("Idempotency-Key", "")
    if not re.fullmatch(KEY, key):
        raise KeyMissing
    token = UUID(bytes=_digest(f"{act.user_id} {act.agency_id} {key}")[:16])
    body = json.dumps(request.data, sort_keys=True)
    purpose = f"api {_digest(f'{request.path} {body}').hex()[:32]}"
    try:
        earlier = submissions.earlier_result(token=token, act=act, operation=purpose)
    except RuleBroken:
        raise KeyUsed from None
    if earlier:
        return earlier
    result = work()
    submissions.finish(token=token, result=result)
    request.is_done = True  # type: ignore[attr-defined]
    return result


def _digest(text: str) -> bytes:
    """Return a digest that only this service can make: a body may be easy to guess."""
    return salted_hmac("missingchildren.api", text, algorithm="sha256").digest()


def agency_out(agency: Any) -> Mapping[str, str] | None:
    """Return an agency as it is named in answers."""
    return {"reference": agency.reference, "name": agency.name} if agency else None


def acting(request: Request) -> Act:
    """Return the act of this request."""
    return act_for(request)
