"""Every response carries the same protection, whoever made it."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client, RequestFactory

from missingchildren.web.csrf import SameOriginCsrfMiddleware

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.urls")]

ADDRESSES = (
    "/plain/",
    "/careless/",
    "/away/",
    "/help/",
    "/accessibility/",
    "/nowhere/",
    "/fail/hidden/",
    "/fail/denied/",
    "/fail/broken-rule/",
    "/fail/mistake/",
    "/fail/no-database/",
    "/static/web/app.css",
    "/static/web/nothing.css",
    "/api/v1/data/",
    "/api/v1/fail/mistake/",
)
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "report-uri /csp-report/",
}


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["get", "head", "post", "options"])
def test_every_response_carries_the_headers(client: Client, address: str, method: str) -> None:
    """OPS-02: pages, redirects, refusals, failures, files and the API alike."""
    response = getattr(client, method)(address, secure=True)
    response.close()  # of a file, whose content nobody reads here

    assert {name: response.headers.get(name) for name in EXPECTED} == EXPECTED
    strict = response.headers["Strict-Transport-Security"]
    assert int(strict.split(";")[0].removeprefix("max-age=")) >= 365 * 24 * 60 * 60
    assert "includeSubDomains" in strict
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert "geolocation=()" in response.headers["Permissions-Policy"]
    assert not [name for name in response.headers if name.startswith("Access-Control-")]
    assert "Server" not in response.headers


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_response_carries_the_content_policy(client: Client, address: str) -> None:
    """INJ-03: nothing but our own files, no inline code, no data: addresses."""
    response = client.get(address, secure=True)
    response.close()

    assert set(response.headers["Content-Security-Policy"].split("; ")) == POLICY


@pytest.mark.parametrize("address", ["/plain/", "/nowhere/", "/fail/mistake/", "/help/"])
def test_pages_say_their_charset(client: Client, address: str) -> None:
    """OPS-02."""
    assert client.get(address).headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("address", [a for a in ADDRESSES if not a.startswith("/static/")])
def test_what_a_signed_in_person_reads_is_never_stored(client: Client, address: str) -> None:
    client.cookies["session"] = "anything"

    assert client.get(address).headers["Cache-Control"] == "no-store"


def test_files_may_be_kept_by_browsers(client: Client) -> None:
    client.cookies["session"] = "anything"

    response = client.get("/static/web/app.css")
    response.close()

    assert "no-store" not in response.headers["Cache-Control"]


def test_plain_transport_never_claims_to_be_encrypted(client: Client) -> None:
    assert "Strict-Transport-Security" not in client.get("/plain/").headers


# --- forgery


def verdict_on(origin: str, site: str) -> HttpResponse | None:
    """Return the refusal of a form posted with its right token, or None."""
    token = "a" * 32
    headers: Any = {"Origin": origin} | ({"Sec-Fetch-Site": site} if site else {})
    request = RequestFactory().post("/", {"csrfmiddlewaretoken": token}, headers=headers)
    request.COOKIES["csrf"] = token
    middleware = SameOriginCsrfMiddleware(lambda _request: HttpResponse())
    middleware.process_request(request)
    answer: HttpResponse | None = middleware.process_view(request, lambda r: HttpResponse(), (), {})
    return answer


@pytest.mark.parametrize(
    ("origin", "site", "accepted"),
    [
        ("null", "same-origin", True),
        ("http://testserver", "", True),
        ("null", "cross-site", False),
        ("null", "same-site", False),
        ("null", "none", False),
        ("null", "", False),
        ("http://evil.example", "same-origin", False),
    ],
)
def test_forms_are_taken_only_from_our_own_pages(origin: str, site: str, *, accepted: bool) -> None:
    """Under no-referrer browsers post forms with `Origin: null`; what they say of the site decides."""
    assert (verdict_on(origin, site) is None) is accepted


def test_a_form_without_its_token_is_refused_with_advice() -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/kitchen-sink/", {"full_name": "Ava"})

    assert response.status_code == 403
    assert b"copy anything you typed" in response.content
    assert get_user_model().objects.count() == 0
