"""The claims app as Django sees it."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


def after_migrate(using: str, **_kwargs: Any) -> None:
    """Put in place what migrations alone cannot hold: the triggers of the logs, the index of words, the newsroom, the desk's roles."""
    from claims.actions.accounts import sync_roles
    from claims.models import APPEND_ONLY, SEARCHED, Newsroom
    from claims.models.base.append_only import hold_append_only
    from claims.models.newsroom import ONLY
    from claims.models.search import hold_index

    for log in APPEND_ONLY:
        hold_append_only(connections[using], log)
    for model in SEARCHED:
        hold_index(connections[using], model)
    Newsroom.objects.using(using).get_or_create(pk=ONLY)
    sync_roles(using=using)


def before_migrate(using: str, plan: Sequence[tuple[Any, bool]], **_kwargs: Any) -> None:
    """Take away what would hold on to columns that the migrations are about to change."""
    from claims.models import SEARCHED
    from claims.models.search import let_go_of_index

    for model in SEARCHED:
        let_go_of_index(connections[using], model, plan)


class ClaimsConfig(AppConfig):
    """Articles, claims, sources, evidence, decisions."""

    name = "claims"
    verbose_name = _("Claim Workbench")

    def ready(self) -> None:
        """Connect what runs before and after every migrate, where a task ends, and where a session begins."""
        from django.contrib.auth.signals import user_logged_in
        from django_tasks.signals import task_finished

        from claims.actions.tasks import note_failure
        from claims.web.site.idle import begin

        pre_migrate.connect(before_migrate, sender=self, dispatch_uid="claims.before_migrate")
        post_migrate.connect(after_migrate, sender=self, dispatch_uid="claims.after_migrate")
        task_finished.connect(note_failure, dispatch_uid="claims.note_failure")
        user_logged_in.connect(begin, dispatch_uid="claims.begin_session")
