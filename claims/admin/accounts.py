"""Accounts, their roles, and how people get into them."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import Group, User
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from claims.access import Role, role_of, signed_in
from claims.actions import (
    close_account,
    create_account,
    end_sessions,
    invite,
    name_account,
    remove_second_factor,
    reset_password,
    set_active,
    set_role,
)
from claims.actions.accounts.links import TOKEN
from claims.actions.accounts.managing import WORKBENCH
from claims.queries.accounts import assignable_users, open_sessions, second_factors

_FACTORS = {
    Authenticator.Type.TOTP: _("Authenticator app"),
    Authenticator.Type.WEBAUTHN: _("Passkey"),
}
NO_ROLE = "none"
"""What the choice of a role calls having none."""

# Accounts are given roles; the groups behind them are maintained automatically. People set up their second factors themselves.
for model in (
    Group,
    User,
    Authenticator,
    EmailAddress,
    SocialAccount,
    SocialApp,
    SocialToken,
    UserSession,
):
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

    mail_link = forms.BooleanField(
        label=_("Send a link by e-mail"),
        required=False,
        help_text=_(
            "With the link, which is valid for seven days, people choose a password themselves. The user name may be left out for a new account."
        ),
    )
    hand_over_to = forms.ModelChoiceField(
        label=_("When closed, assign the claims to"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody"),
        help_text=_("Whoever gets the claims that are assigned to this account when you close it."),
    )
    end_sessions = forms.BooleanField(
        label=_("End all sessions"),
        required=False,
        help_text=_("Wherever this account is logged in, it has to log in again."),
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

        if "hand_over_to" in self.fields:
            others = assignable_users().exclude(pk=account.pk)
            cast("forms.ModelChoiceField[User]", self.fields["hand_over_to"]).queryset = others
        if not account.pk and "mail_link" in self.fields:
            self.fields["username"].required = False

    def clean(self) -> dict[str, Any]:
        """A link needs an address, and a name may be made of the address."""
        given = super().clean() or {}
        if given.get("mail_link") and not given.get("email"):
            self.add_error("email", _("A link needs an e-mail address."))
        elif "username" in self.fields and given.get("username") == "":
            if given.get("mail_link"):
                local_part = given["email"].partition("@")[0]
                given["username"] = get_adapter().generate_unique_username([local_part])
            else:
                self.add_error("username", self.fields["username"].error_messages["required"])
        return given

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

    @admin.display(description=_("sessions"))
    def sessions(self, account: User) -> str:
        """Where the account is logged in."""
        told = (
            f"{one.browser or one.address}: {date_format(timezone.localtime(one.used_at), gettext('j M Y, H:i'))}"
            for one in open_sessions(account)
        )
        return "; ".join(told) or gettext("none")

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> list[Any]:
        """The fields to fill in: for one's own account only the name."""
        names = ["username", "first_name", "last_name", "email"]
        mail = ["mail_link"] if settings.SENDS_MAIL else []
        if obj is None:
            return [*names, "role", *mail]
        if not self._may_change(request, obj):
            return [
                *names,
                "role",
                "is_active",
                "second_factor",
                "sessions",
                "last_login",
                "date_joined",
            ]
        lost = ["lose_second_factor"] if second_factors(obj).exists() else []
        given = ["is_active", *(["hand_over_to", "end_sessions"] if obj.is_active else [])]
        return [
            *(*names, "role", *given, *mail, "new_password"),
            *(*lost, "second_factor", "sessions", "last_login", "date_joined"),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """The read-only fields, including for one's own account what others decide."""
        if obj is None:
            return []
        fixed = ["username", "second_factor", "sessions", "last_login", "date_joined"]
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
        if given.get("mail_link"):
            self._invite(request, actor, account)
        else:
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
            self._open_or_close(actor, account, given)
        elif given.get("end_sessions"):
            end_sessions(actor=actor, account=account)
        if given.get("lose_second_factor"):
            remove_second_factor(actor=actor, account=account)
        if given.get("mail_link"):
            self._invite(request, actor, account)
        if given.get("new_password"):
            self._tell(request, account, reset_password(actor=actor, account=account))

    def _open_or_close(self, actor: User, account: User, given: dict[str, Any]) -> None:
        if given["is_active"]:
            set_active(actor=actor, account=account, active=True)
        else:
            close_account(actor=actor, account=account, hand_over_to=given.get("hand_over_to"))

    def _invite(self, request: HttpRequest, actor: User, account: User) -> None:
        page = request.build_absolute_uri(reverse("choose-password", args=[TOKEN]))
        invite(actor=actor, account=account, page=page, language=get_language() or "en")
        told = gettext("A link is on its way to %(address)s.") % {"address": account.email}
        self.message_user(request, told, messages.SUCCESS)

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
