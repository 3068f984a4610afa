"""What is stored encrypted opens with the keys of the site, and with nothing else."""

from typing import Any, ClassVar

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection, models
from pytest_django import Settings

from missingchildren.core.encryption import Unreadable, decrypt, encrypt, rotate
from missingchildren.core.fields import EncryptedTextField

OLD = Fernet.generate_key().decode()
NEW = Fernet.generate_key().decode()
ADDRESS = "1 Nowhere Lane \u2013 \u0645"


def test_text_comes_back_and_the_token_does_not_show_it() -> None:
    token = encrypt(ADDRESS)

    assert decrypt(token) == ADDRESS
    assert token.isascii()
    assert "Nowhere" not in token


def test_same_text_gives_different_tokens() -> None:
    assert encrypt(ADDRESS) != encrypt(ADDRESS)


def test_old_key_still_opens_and_rotating_frees_from_it(settings: Settings) -> None:
    """DAT-09: key rotation encrypts anew."""
    settings.DATA_KEYS = [OLD]
    token = encrypt(ADDRESS)
    settings.DATA_KEYS = [NEW, OLD]

    assert decrypt(token) == ADDRESS
    rotated = rotate(token)
    settings.DATA_KEYS = [NEW]
    assert decrypt(rotated) == ADDRESS
    with pytest.raises(Unreadable):
        decrypt(token)
    with pytest.raises(Unreadable):
        rotate(token)


@pytest.mark.parametrize(
    "token",
    ["", "nonsense", "\u0645", encrypt("x")[:-6] + "AAAA=="],
    ids=["empty", "nonsense", "not ASCII", "altered"],
)
def test_altered_token_is_unreadable_and_the_error_does_not_repeat_it(token: str) -> None:
    with pytest.raises(Unreadable) as raised:
        decrypt(token)

    assert not token or token not in str(raised.value)


@pytest.mark.parametrize("keys", [[], ["short"], ["!" * 44]])
def test_unusable_keys_are_named(settings: Settings, keys: list[str]) -> None:
    settings.DATA_KEYS = keys

    with pytest.raises(ImproperlyConfigured, match="DATA_KEYS"):
        encrypt(ADDRESS)


class Note(models.Model):
    text = EncryptedTextField(null=True)  # type: ignore[misc]

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        app_label = "tests_core"
        managed = False

    def __str__(self) -> str:
        return str(self.pk)


@pytest.mark.django_db
def test_database_holds_the_token_and_the_model_the_text() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE tests_core_note (id bigserial, text text)")

    note = Note.objects.create(text=ADDRESS)
    Note.objects.create(text=None)

    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM tests_core_note WHERE id = %s", [note.pk])
        (stored,) = cursor.fetchone()
    assert decrypt(stored) == ADDRESS
    assert Note.objects.get(pk=note.pk).text == ADDRESS
    assert list(Note.objects.filter(text__isnull=False)) == [note]
    assert Note.objects.filter(text__isnull=True).count() == 1

    note.text = "moved"
    Note.objects.bulk_update([note], ["text"])
    assert Note.objects.get(pk=note.pk).text == "moved"
    Note.objects.filter(pk=note.pk).update(text="moved again")
    assert Note.objects.get(pk=note.pk).text == "moved again"


@pytest.mark.parametrize("lookup", ["text", "text__contains", "text__in", "text__lower__exact"])
def test_text_cannot_be_searched(lookup: str) -> None:
    with pytest.raises(FieldError):
        Note.objects.filter(**{lookup: "x"})
