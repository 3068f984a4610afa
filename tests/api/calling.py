"""How tests call the API: a session, its token, a key for each change."""

import json
from typing import Any
from uuid import uuid4

from django.test import Client

from missingchildren.agencies.models import Membership
from tests.signing_in import sign_in

API = "/api/v1"


class Caller:
    """Somebody who calls the API as a script would: cookies, and the token that it was given."""

    def __init__(self, membership: Membership | None) -> None:
        """Sign in, unless nobody does, and fetch the token."""
        self.client = Client(enforce_csrf_checks=True)
        self.token = ""
        if membership:
            sign_in(self.client, membership.user)
            answer = self.get("/session/")
            self.token = json.loads(answer.content).get("csrf_token", "")

    def get(self, path: str, **query: str) -> Any:
        """Ask."""
        return self.client.get(f"{API}{path}", query, secure=True)

    def post(self, path: str, body: Any = None, *, key: str = "", raw: bytes | None = None) -> Any:
        """Change something, under a key of its own unless one is given."""
        return self.send("post", path, body, key=key or str(uuid4()), raw=raw)

    def send(
        self, verb: str, path: str, body: Any = None, *, key: str = "", raw: bytes | None = None
    ) -> Any:
        """Send any verb with JSON."""
        headers = {"x-csrftoken": self.token, "referer": "https://testserver/"}
        if key:
            headers["idempotency-key"] = key
        return self.client.generic(
            verb.upper(),
            f"{API}{path}",
            raw if raw is not None else json.dumps({} if body is None else body).encode(),
            content_type="application/json",
            headers=headers,
            secure=True,
        )
