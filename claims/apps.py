"""The Django configuration of the claims app."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


def after_migrate(using: str, **_kwargs: Any) -> None:
    """Put in place what migrations alone cannot: the logs' triggers, the search index, the newsroom and the roles."""
    from claims.actions.accounts.managing import sync_roles
    from claims.models import UNCHANGEABLE, WORD_INDEXES, Newsroom, Revision, TextCorrection
    from claims.models.base.append_only import hold_append_only
    from claims.models.claims.matching import hold_vectors
    from claims.models.claims.verdict_guard import hold_verdicts
    from claims.models.newsroom import ONLY
    from claims.models.search import hold_index
    from claims.models.statistics import hold_daily_counts

    for log in UNCHANGEABLE:
        hold_append_only(connections[using], log)
    for model in (Revision, TextCorrection):
        hold_append_only(connections[using], model, model.UNCHANGED)
    hold_verdicts(connections[using])
    for index in WORD_INDEXES:
        hold_index(connections[using], index)
    hold_vectors(connections[using])
    hold_daily_counts(connections[using])
    Newsroom.objects.using(using).get_or_create(pk=ONLY)
    sync_roles(using=using)


def before_migrate(using: str, plan: Sequence[tuple[Any, bool]], **_kwargs: Any) -> None:
    """Remove what depends on columns that the migrations are about to change."""
    from claims.models import WORD_INDEXES
    from claims.models.claims.matching import let_go_of_vectors
    from claims.models.claims.verdict_guard import let_go_of_verdicts
    from claims.models.search import let_go_of_index
    from claims.models.statistics import let_go_of_daily_counts

    for index in WORD_INDEXES:
        let_go_of_index(connections[using], index, plan)
    let_go_of_vectors(connections[using], plan)
    if plan:
        let_go_of_daily_counts(connections[using])
        let_go_of_verdicts(connections[using])


def check_signing(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Warn at the start that reports are not signed although a certificate is set."""
    from claims.queries.health import signing_problem

    problem = signing_problem()
    hint = "Set SIGNING_CERTIFICATE to a certificate that is valid."
    return [checks.Warning(problem, hint=hint, id="claims.W001")] if problem else []


class ClaimsConfig(AppConfig):
    """Articles, claims, sources, evidence, decisions."""

    name = "claims"
    verbose_name = _("Claim Workbench")

    def ready(self) -> None:
        """Connect the handlers.

        They run before and after every migrate, when a task ends, when a session begins, and
        when second factors change.
        """
        from django.contrib.auth.signals import user_logged_in
        from django_tasks.signals import task_finished

        from claims.actions.accounts.second_factors import log_own_changes
        from claims.actions.tasks import note_failure
        from claims.web.site.idle import begin

        checks.register(check_signing)
        pre_migrate.connect(before_migrate, sender=self, dispatch_uid="claims.before_migrate")
        post_migrate.connect(after_migrate, sender=self, dispatch_uid="claims.after_migrate")
        task_finished.connect(note_failure, dispatch_uid="claims.note_failure")
        user_logged_in.connect(begin, dispatch_uid="claims.begin_session")
        log_own_changes()
