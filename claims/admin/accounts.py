"""Accounts, their roles, failed logins and lockouts."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import Group, User
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from claims.access import Role, role_of, signed_in
from claims.actions import (
    create_account,
    let_in,
    name_account,
    remove_second_factor,
    reset_password,
    set_active,
    set_role,
)
from claims.actions.accounts.managing import WORKBENCH
from claims.admin.logs import ReadOnly
from claims.models import FailedLogin, LoginBrake
from claims.queries.accounts import second_factors

_FACTORS = {
    Authenticator.Type.TOTP: _("Authenticator app"),
    Authenticator.Type.WEBAUTHN: _("Passkey"),
}
NO_ROLE = "none"
"""What the choice of a role calls having none."""

# Accounts are given roles; the groups behind them are maintained automatically. People set up their second factors themselves.
for model in (Group, User, Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken):
    admin.site.unregister(model)


class AccountForm(forms.ModelForm[User]):
    """An account, with its role as one choice."""

    role = forms.ChoiceField(
        label=_("Role"),
        widget=forms.RadioSelect,
        help_text=_(
            "A reader can view and export. An editor can also add articles, decide claims and draft reports; a chief editor can also publish and delete. An administrator can do everything and manages the accounts. An account without a role cannot view or do anything."
        ),
    )
    new_password = forms.BooleanField(
        label=_("Set a new password"),
        required=False,
        help_text=_(
            "A new password is generated and shown once after saving. The old one stops working."
        ),
    )

    lose_second_factor = forms.BooleanField(
        label=_("Remove the second factor"),
        required=False,
        help_text=_(
            "For somebody who has lost it. Until they set up a new one, their password alone logs in."
        ),
    )

    may_administer = False
    """Whether whoever fills it in may make administrators."""

    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "email", "is_active"]
        help_texts = {
            "is_active": _(
                "Untick this to close the account: nobody can log in with it, and anyone logged in is logged out at once."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        account = self.instance
        if "role" in self.fields:
            roles = [role for role in Role if self.may_administer or role != Role.ADMINISTRATOR]
            choices = [(role.value, role.label) for role in roles]
            if account.pk:
                choices.append((NO_ROLE, _("No role")))
                self.initial["role"] = role_of(account) or NO_ROLE
            cast("forms.ChoiceField", self.fields["role"]).choices = choices

    def clean_username(self) -> str:
        """A name that people can log in with."""
        username: str = self.cleaned_data["username"]
        if username == WORKBENCH:
            raise forms.ValidationError(_("This name is reserved for the command line."))
        return username


class RoleFilter(admin.SimpleListFilter):
    """By role."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The roles, and having none."""
        return [*Role.choices, (NO_ROLE, _("No role"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Accounts with the selected role."""
        if self.value() == Role.ADMINISTRATOR:
            return queryset.filter(is_superuser=True)
        if self.value() == NO_ROLE:
            return queryset.filter(is_superuser=False, groups=None)
        if self.value():
            return queryset.filter(is_superuser=False, groups__name=self.value())
        return queryset


@admin.register(User)
class AccountAdmin(admin.ModelAdmin[User]):
    """Accounts are made, given a role and closed here. None is deleted: the logs name them."""

    form = AccountForm
    list_display = ["username", "full_name", "role", "last_login", "is_active"]
    list_filter = [RoleFilter, "is_active"]
    search_fields = ["username", "first_name", "last_name", "email"]
    ordering = ["username"]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """All accounts except the one reserved for the command line."""
        found = super().get_queryset(request).exclude(username=WORKBENCH)
        return found.prefetch_related("groups")

    @admin.display(description=_("name"), ordering="last_name")
    def full_name(self, account: User) -> str:
        """The person's display name."""
        return account.get_full_name()

    @admin.display(description=_("role"))
    def role(self, account: User) -> str:
        """The account's role."""
        held = role_of(account)
        return gettext("No role") if held is None else str(held.label)

    @admin.display(description=_("second factor"))
    def second_factor(self, account: User) -> str:
        """The kinds of second factors that the account has."""
        held = {each.type for each in second_factors(account)}
        return ", ".join(str(_FACTORS[each]) for each in sorted(held)) or gettext("none")

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> list[Any]:
        """The fields to fill in: for one's own account only the name."""
        names = ["username", "first_name", "last_name", "email"]
        if obj is None:
            return [*names, "role"]
        if not self._may_change(request, obj):
            return [*names, "role", "is_active", "second_factor", "last_login", "date_joined"]
        lost = ["lose_second_factor"] if second_factors(obj).exists() else []
        return [
            *(*names, "role", "is_active", "new_password"),
            *(*lost, "second_factor", "last_login", "date_joined"),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """The read-only fields, including for one's own account what others decide."""
        if obj is None:
            return []
        fixed = ["username", "second_factor", "last_login", "date_joined"]
        return fixed if self._may_change(request, obj) else [*fixed, "role", "is_active"]

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm[Any]]:
        """The form, with the roles that the viewer may assign."""
        form = super().get_form(request, obj, change=change, **kwargs)
        cast("type[AccountForm]", form).may_administer = signed_in(request.user).is_superuser
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save through the actions."""
        actor, given = signed_in(request.user), form.cleaned_data
        if change:
            self._change(request, actor, User.objects.get(pk=obj.pk), form)
            return
        account, password = create_account(
            actor=actor,
            username=given["username"],
            role=Role(given["role"]),
            first_name=given["first_name"],
            last_name=given["last_name"],
            email=given["email"],
        )
        obj.__dict__.update(account.__dict__)
        self._tell(request, account, password)

    def _change(self, request: HttpRequest, actor: User, account: User, form: Any) -> None:
        given, changed = form.cleaned_data, set(form.changed_data)
        if changed & {"first_name", "last_name", "email"}:
            name_account(
                actor=actor,
                account=account,
                first_name=given["first_name"],
                last_name=given["last_name"],
                email=given["email"],
            )
        if "role" in changed:
            role = None if given["role"] == NO_ROLE else Role(given["role"])
            set_role(actor=actor, account=account, role=role)
        if "is_active" in changed:
            set_active(actor=actor, account=account, active=given["is_active"])
        if given.get("lose_second_factor"):
            remove_second_factor(actor=actor, account=account)
        if given.get("new_password"):
            self._tell(request, account, reset_password(actor=actor, account=account))

    def _tell(self, request: HttpRequest, account: User, password: str) -> None:
        told = gettext(
            "The password of %(name)s is %(password)s – it is shown only once. Pass it on now."
        )
        self.message_user(
            request, told % {"name": account.username, "password": password}, messages.WARNING
        )

    def _may_change(self, request: HttpRequest, account: User) -> bool:
        """Return whether the account is someone else's."""
        return account.pk != request.user.pk

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """People who may change accounts; administrators' accounts only by another administrator."""
        over = obj is None or not obj.is_superuser or signed_in(request.user).is_superuser
        return over and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Accounts are never deleted, only closed."""
        return False

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Do nothing: the action writes the log entry."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Do nothing: the action writes the log entry."""


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
