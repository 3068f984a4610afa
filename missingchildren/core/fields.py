"""Model fields that any app may use."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import BaseExpression

from missingchildren.core.encryption import decrypt, encrypt

if TYPE_CHECKING:
    TextField = models.TextField[str, str]
else:
    TextField = models.TextField


class EncryptedTextField(TextField):
    """Text that the database holds only as a token; it can be asked whether it is null, no more."""

    description = "Encrypted text"

    def get_prep_value(self, value: Any) -> Any:
        """Return the token to store."""
        prepared = super().get_prep_value(value)
        return None if prepared is None else encrypt(prepared)

    def from_db_value(
        self, value: str | None, expression: BaseExpression, connection: BaseDatabaseWrapper
    ) -> str | None:
        """Return the text of the stored token."""
        return None if value is None else decrypt(value)

    def get_lookup(self, lookup_name: str) -> Any:
        """Return no lookup but `isnull`: tokens of the same text differ, so others would lie."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def get_transform(self, lookup_name: str) -> Any:
        """Return no transform, for the same reason."""
        return None
