"""The tables between a dry run and its confirmation.

Each is a session of its own: in the database, which every web server shares and nobody else reads, under a key that
nobody can guess, for an hour. It belongs to the account that brought it, and no request of theirs has to load it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models

from claims.admin.import_export.sheets import Sheet

KEPT_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Upload:
    """A table that waits to be imported.

    Attributes:
        key: what finds it again.
        name: the name of its file.
        sheet: the table.
        plan: what its dry run showed.
    """

    key: str
    name: str
    sheet: Sheet
    plan: str


def keep(user: User, model: type[models.Model], *, name: str, sheet: Sheet, plan: str) -> str:
    """Keep a table. What has expired goes at the same time.

    Returns:
        The key that finds it again.
    """
    store = _store()
    store.clear_expired()
    store.set_expiry(KEPT_FOR)
    store["upload"] = {
        "owner": [user.pk, model._meta.label],
        "name": name,
        "sheet": sheet.as_kept(),
        "plan": plan,
    }
    store.create()
    return str(store.session_key)


def find(user: User, model: type[models.Model], key: str) -> Upload | None:
    """The table of that key, or None if it has expired, was used, or is someone else's."""
    kept: Mapping[str, Any] | None = _store(key).get("upload")
    if kept is None or kept["owner"] != [user.pk, model._meta.label]:
        return None
    return Upload(key, kept["name"], Sheet.from_kept(kept["sheet"]), kept["plan"])


def remove(upload: Upload) -> None:
    """Forget a table."""
    _store(upload.key).delete()


def _store(key: str | None = None) -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore(key)
