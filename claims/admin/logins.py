"""Failed logins and lockouts."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from claims.access import signed_in
from claims.actions import let_in
from claims.admin.logs import ReadOnly
from claims.models import FailedLogin, LoginBrake


class _Logins(ReadOnly, admin.ModelAdmin[Any]):
    """Logins that failed, by account, address and time."""

    list_display_links = None
    search_fields = ["username", "ip_address"]
    ordering = ["-attempt_time"]
    show_full_result_count = False

    @admin.display(description=_("account"), ordering="username")
    def account(self, login: LoginBrake | FailedLogin) -> str:
        """The account's name; for an unknown name, a digest of it."""
        return str(login.username)

    @admin.display(description=_("IP address"), ordering="ip_address")
    def address(self, login: LoginBrake | FailedLogin) -> str | None:
        """The IP address."""
        address: str | None = login.ip_address
        return address

    @admin.display(description=_("time"), ordering="attempt_time")
    def last_at(self, login: LoginBrake | FailedLogin) -> datetime:
        """When it happened, or the last one did."""
        at: datetime = login.attempt_time
        return at


@admin.register(LoginBrake)
class LoginBrakeAdmin(_Logins):
    """Recent wrong passwords. An administrator can remove lockouts."""

    list_display = ["account", "address", "failures", "last_at", "over_at"]
    actions = ["let_in_again"]

    @admin.display(description=_("failed attempts"), ordering="failures_since_start")
    def failures(self, brake: LoginBrake) -> int:
        """How many there were, each within a quarter of an hour of the previous one."""
        number: int = brake.failures_since_start
        return number

    @admin.display(description=_("counted until"))
    def over_at(self, brake: LoginBrake) -> datetime:
        """When they stop counting."""
        over: datetime = brake.attempt_time + settings.AXES_COOLOFF_TIME
        return over

    @admin.action(description=_("Remove lockouts"), permissions=["let_in"])
    def let_in_again(self, request: HttpRequest, brakes: QuerySet[LoginBrake]) -> None:
        """Forget what was counted for these accounts and addresses."""
        number = let_in(actor=signed_in(request.user), brakes=brakes)
        told = ngettext("%d lockout removed.", "%d lockouts removed.", number) % number
        self.message_user(request, told, messages.SUCCESS)

    def has_let_in_permission(self, request: HttpRequest) -> bool:
        """Return whether the viewer may remove lockouts."""
        return request.user.has_perm("claims.delete_loginbrake")


@admin.register(FailedLogin)
class FailedLoginAdmin(_Logins):
    """The log of failed logins, kept for a month."""

    list_display = ["last_at", "account", "address", "refused"]

    @admin.display(description=_("locked out"), boolean=True, ordering="locked_out")
    def refused(self, login: FailedLogin) -> bool:
        """Whether the login was locked out."""
        locked: bool = login.locked_out
        return locked
