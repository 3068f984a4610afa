"""Rows that the database itself keeps from being changed or deleted, whichever role tries it."""

from typing import Any

import pgtrigger


def written_once(*, but: tuple[str, ...] = ()) -> list[Any]:
    """Return triggers that refuse every change but of these columns, and every deletion.

    The child is left out: a row moves when two records are found to be of one child.
    """
    return [
        pgtrigger.ReadOnly(name="written_once", exclude=["child", *but]),
        pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
    ]
