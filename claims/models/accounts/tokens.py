"""Access tokens for the API, and the requests of programs that must not be carried out twice."""

import hashlib
from datetime import date, timedelta
from secrets import token_urlsafe
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import TokenScope

PREFIX, CLIENT_PREFIX = "cwt_", "cwc_"
"""What a token and the id of a system begin with, so that scanners for leaked secrets recognise a token."""

BEGINNING = 8
"""How many characters of a token are kept, to tell one from another."""

ANSWERS_KEPT_FOR = timedelta(days=1)
"""How long a request that is sent again gets its first answer."""


def digest_of(secret: str) -> str:
    """Return the SHA-256 of a token in hex. That is enough: nobody can guess 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


class AccessTokenQuerySet(models.QuerySet["AccessToken"]):
    """Queries for access tokens."""

    def valid(self) -> Self:
        """Tokens that work: of active accounts, neither revoked nor expired."""
        unexpired = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
        return self.filter(unexpired, revoked_at=None, owner__is_active=True)


class AccessToken(models.Model):
    """Lets a program act for an account, with some of its permissions. Only its digest is stored.

    A system's token is a secret of OAuth: together with `client_id` it gets a token for an hour, and opens nothing itself.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="access_tokens",
        verbose_name=_("account"),
    )
    name = models.CharField(
        _("name"), max_length=100, help_text=_("What it is for, such as “website”.")
    )
    beginning = models.CharField(_("begins with"), max_length=20, editable=False)
    digest = models.CharField(_("SHA-256"), max_length=64, unique=True, editable=False)
    client_id = models.CharField(
        _("client ID"),
        max_length=50,
        blank=True,
        editable=False,
        help_text=_("Of a system that gets short-lived tokens by OAuth; empty for others."),
    )
    scopes = models.JSONField(_("scopes"), default=list)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    last_used_at = models.DateTimeField(
        _("last used"), null=True, blank=True, editable=False, help_text=_("To the minute.")
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="access_token_has_name"),
            models.UniqueConstraint(
                fields=["client_id"], condition=~Q(client_id=""), name="access_token_client_once"
            ),
        ]

    def __str__(self) -> str:
        """The name."""
        return self.name

    @staticmethod
    def new_secret() -> str:
        """Return a new random token."""
        return PREFIX + token_urlsafe(32)

    @property
    def last_day(self) -> date | None:
        """The last day on which it works, in the installation's zone."""
        return (
            self.expires_at and (timezone.localtime(self.expires_at) - timedelta(seconds=1)).date()
        )

    @property
    def is_expired(self) -> bool:
        """Whether its last day is over."""
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def scope_labels(self) -> list[str]:
        """What it allows, in words."""
        return [str(TokenScope(scope).label) for scope in self.scopes]


class KeptAnswerQuerySet(models.QuerySet["KeptAnswer"]):
    """Queries for kept answers."""

    def expired(self) -> Self:
        """Answers that are no longer given again."""
        return self.filter(created_at__lt=timezone.now() - ANSWERS_KEPT_FOR)


class KeptAnswer(models.Model):
    """The answer to a request with an idempotency key, given again to the same request.

    Written in the transaction of what the request did, so that both are there or neither is.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("account"),
    )
    key = models.CharField(_("key"), max_length=200)
    digest = models.CharField(_("SHA-256 of the request"), max_length=64)
    status = models.PositiveSmallIntegerField(_("status"), null=True)
    headers = models.JSONField(_("headers"), default=dict)
    body = models.TextField(_("answer"), blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, db_index=True)

    objects = KeptAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept answer")
        verbose_name_plural = _("kept answers")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="kept_answer_once"),
        ]

    def __str__(self) -> str:
        """The key."""
        return self.key
