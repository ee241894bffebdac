"""The claims app as Django sees it."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def after_migrate(using: str, **_kwargs: Any) -> None:
    """Put in place what migrations alone cannot hold: the triggers of the logs, the index of words, the desk's roles."""
    from claims.actions.people import sync_roles
    from claims.models import APPEND_ONLY, SEARCHED
    from claims.models.append_only import hold_append_only
    from claims.models.search import hold_index

    for log in APPEND_ONLY:
        hold_append_only(connections[using], log)
    for model in SEARCHED:
        hold_index(connections[using], model)
    sync_roles(using=using)


class ClaimsConfig(AppConfig):
    """Articles, claims, sources, evidence, decisions."""

    name = "claims"
    verbose_name = _("Claim Workbench")

    def ready(self) -> None:
        """Connect what runs after every migrate."""
        post_migrate.connect(after_migrate, sender=self, dispatch_uid="claims.after_migrate")
