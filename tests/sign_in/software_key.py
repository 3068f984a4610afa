"""A passkey in software: it does what a browser and its device do, at any origin one likes."""

import json
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


@dataclass
class SoftwareKey:
    """One passkey, for one relying party."""

    rp_id: str
    handle: str = ""
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    _key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def create(self, options: dict[str, Any], origin: str) -> str:
        """Return the answer to `navigator.credentials.create`, as the form's field holds it."""
        wanted = options["publicKey"]
        self.handle = wanted["user"]["id"]
        about = AttestedCredentialData.create(
            Aaguid.NONE, self.id, ES256.from_cryptography_key(self._key.public_key())
        )
        data = AuthenticatorData.create(
            self._rp_hash(), PRESENT_AND_VERIFIED | AuthenticatorData.FLAG.AT, 0, about
        )
        client_data = self._client_data("webauthn.create", wanted["challenge"], origin)
        attestation = AttestationObject.create("none", data, {})
        return self._answer(
            clientDataJSON=websafe_encode(client_data),
            attestationObject=websafe_encode(attestation),
        )

    def get(self, options: dict[str, Any], origin: str) -> str:
        """Return the answer to `navigator.credentials.get`."""
        challenge = options["publicKey"]["challenge"]
        client_data = self._client_data("webauthn.get", challenge, origin)
        data = AuthenticatorData.create(self._rp_hash(), PRESENT_AND_VERIFIED, 0)
        signature = self._key.sign(data + sha256(client_data).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            clientDataJSON=websafe_encode(client_data),
            authenticatorData=websafe_encode(data),
            signature=websafe_encode(signature),
            userHandle=self.handle,
        )

    def _rp_hash(self) -> bytes:
        return sha256(self.rp_id.encode()).digest()

    def _client_data(self, kind: str, challenge: str, origin: str) -> bytes:
        return CollectedClientData.create(kind, challenge, origin)

    def _answer(self, **response: str) -> str:
        key = websafe_encode(self.id)
        return json.dumps(
            {
                "id": key,
                "rawId": key,
                "type": "public-key",
                "response": response,
                "clientExtensionResults": {"credProps": {"rk": True}},
            }
        )
