"""Failed logins, as stored by django-axes. They contain no password, and no name unless an account has it."""

from axes.models import AccessAttempt, AccessFailureLog
from django.utils.translation import gettext_lazy as _


class FailedLogin(AccessFailureLog):  # type: ignore[misc]  # its package has no types
    """A login that failed: the log, which is kept for some weeks."""

    class Meta:
        proxy = True
        default_permissions = ("view",)
        verbose_name = _("failed login")
        verbose_name_plural = _("failed logins")


class LoginBrake(AccessAttempt):  # type: ignore[misc]  # its package has no types
    """How often logins with one account from one address failed of late: what the brake goes by."""

    class Meta:
        proxy = True
        default_permissions = ("view", "delete")
        verbose_name = _("login lockout")
        verbose_name_plural = _("login lockouts")
