"""Logging in through an identity provider: a real one, which runs on this machine."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from claims.access import Role, role_of
from tests.web.accounts.running_provider import provider_for

RIGHT = "correct horse"
NINA = {
    "preferred_username": "nina",
    "given_name": "Nina",
    "family_name": "Ostrand",
    "email": "nina@ostrey.example",
    "email_verified": True,
    "groups": ["checkers", "football"],
}


@pytest.fixture(scope="module")
def provider():
    with provider_for("http://testserver") as running:
        yield running


@pytest.fixture(autouse=True)
def _trusted(provider, settings, db):
    for name, value in provider.settings().items():
        setattr(settings, name, value)
    settings.OIDC_ROLES = {"checkers": "editor", "heads": "chief", "staff": "reader"}
    provider.knows("nina", **NINA)


def come_in(provider, name: str = "nina", client: Client | None = None, begin: str = ""):
    """Log in through the provider, and follow to where that ends."""
    client = client or Client()
    question = client.get(begin or reverse("openid_connect_login"))["Location"]
    back = provider.asks(name, question)
    return client, client.get(back.removeprefix("http://testserver"), follow=True)


def test_the_login_page_offers_it_and_leads_there_and_on(provider):
    page = Client().get(f"{reverse('login')}?next=/claims/").content.decode()
    assert "Log in with Ostrey Press" in page
    assert "/login/oidc/?next=%2Fclaims%2F" in page
    _client, answer = come_in(provider, begin="/login/oidc/?next=%2Fclaims%2F")
    assert answer.redirect_chain[-1][0] == "/claims/"
    assert answer.status_code == 200


def test_without_a_provider_there_is_no_such_way(settings):
    settings.OIDC_ISSUER = ""
    assert "/login/oidc/" not in Client().get(reverse("login")).content.decode()
    assert Client().get(reverse("openid_connect_login")).status_code == 404
    assert Client().get(reverse("openid_connect_callback")).status_code == 404


def test_it_is_asked_with_a_challenge_and_a_state():
    question = Client().get(reverse("openid_connect_login"))["Location"]
    asked = parse_qs(urlsplit(question).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["state"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}


class TestWhoComes:
    def test_somebody_with_a_group_that_has_a_role_gets_an_account(self, provider):
        come_in(provider)
        nina = User.objects.get(username="nina")
        assert (nina.get_full_name(), nina.email) == ("Nina Ostrand", "nina@ostrey.example")
        assert role_of(nina) == Role.EDITOR
        assert not nina.has_usable_password()
        assert LogEntry.objects.get(object_id=nina.pk).change_message == "role editor"

    def test_the_next_time_it_is_the_same_account_whatever_it_is_called(self, provider):
        come_in(provider)
        provider.knows(
            "nina", **NINA | {"preferred_username": "boss", "email": "new@ostrey.example"}
        )
        come_in(provider)
        assert User.objects.filter(socialaccount__isnull=False).count() == 1

    @pytest.mark.parametrize("groups", [[], ["football"]])
    def test_without_such_a_group_there_is_none(self, provider, groups):
        provider.knows("nina", **NINA | {"groups": groups})
        client, answer = come_in(provider)
        assert "you have no account here, and no role for one" in answer.content.decode()
        assert client.get("/articles/").status_code == 302
        assert not User.objects.filter(username="nina").exists()

    def test_without_roles_for_groups_nobody_gets_one(self, provider, settings):
        settings.OIDC_ROLES = {}
        _client, answer = come_in(provider)
        assert "you have no account here" in answer.content.decode()

    def test_where_the_groups_are_missing_nothing_is_taken_from_anybody(self, provider):
        come_in(provider)
        provider.knows("nina", **{name: said for name, said in NINA.items() if name != "groups"})
        _client, answer = come_in(provider)
        assert "did not say which groups" in answer.content.decode()
        assert role_of(User.objects.get(username="nina")) == Role.EDITOR

    def test_a_name_that_is_taken_leads_into_nobodys_account(self, provider, editor):
        provider.knows("nina", **NINA | {"preferred_username": "edda"})
        come_in(provider)
        assert not SocialAccount.objects.filter(user=editor).exists()
        assert User.objects.filter(username__startswith="edda").count() == 2

    def test_an_account_with_the_same_verified_address_is_theirs(self, provider, chief):
        User.objects.filter(pk=chief.pk).update(email="Nina@Ostrey.example")
        come_in(provider)
        assert SocialAccount.objects.get().user == chief
        assert role_of(User.objects.get(pk=chief.pk)) == Role.EDITOR

    @pytest.mark.parametrize("verified", [False, None, "true"])
    def test_not_if_the_address_is_not_verified(self, provider, chief, verified):
        User.objects.filter(pk=chief.pk).update(email="nina@ostrey.example")
        provider.knows("nina", **NINA | {"email_verified": verified})
        come_in(provider)
        assert SocialAccount.objects.get().user != chief

    def test_nor_if_two_accounts_have_it(self, provider, chief, editor):
        User.objects.filter(pk__in=[chief.pk, editor.pk]).update(email="nina@ostrey.example")
        come_in(provider)
        assert not SocialAccount.objects.filter(user__in=[chief, editor]).exists()

    def test_nor_if_somebody_else_at_the_provider_uses_the_account(self, provider, chief):
        User.objects.filter(pk=chief.pk).update(email="nina@ostrey.example")
        come_in(provider)
        provider.knows("other", **NINA)
        come_in(provider, "other")
        assert SocialAccount.objects.filter(user=chief).count() == 1
        assert SocialAccount.objects.count() == 2

    def test_a_closed_account_stays_closed(self, provider):
        come_in(provider)
        User.objects.filter(username="nina").update(is_active=False)
        client, answer = come_in(provider)
        assert "your account here is closed" in answer.content.decode()
        assert client.get("/articles/").status_code == 302

    def test_what_the_provider_said_is_not_kept(self, provider):
        come_in(provider)
        come_in(provider)
        assert SocialAccount.objects.get().extra_data == {}


class TestRoles:
    def test_they_follow_the_groups_and_the_highest_counts(self, provider):
        come_in(provider)
        provider.knows("nina", **NINA | {"groups": ["staff", "heads", "checkers"]})
        come_in(provider)
        assert role_of(User.objects.get(username="nina")) == Role.CHIEF
        provider.knows("nina", **NINA | {"groups": ["football"]})
        _client, answer = come_in(provider)
        assert role_of(User.objects.get(username="nina")) is None
        assert "Your account has no role yet" in answer.content.decode()

    def test_one_group_may_come_as_a_text_and_under_another_name(self, provider, settings):
        settings.OIDC_GROUPS_CLAIM = "departments"
        provider.knows("nina", **NINA | {"departments": "heads"})
        come_in(provider)
        assert role_of(User.objects.get(username="nina")) == Role.CHIEF

    def test_without_roles_for_groups_they_stay_as_they_are_here(self, provider, settings, chief):
        settings.OIDC_ROLES = {}
        User.objects.filter(pk=chief.pk).update(email="nina@ostrey.example")
        come_in(provider)
        assert role_of(User.objects.get(pk=chief.pk)) == Role.CHIEF


class TestPasswords:
    @pytest.mark.parametrize("replaces", [True, False])
    def test_they_can_be_switched_off_for_whoever_uses_the_provider(
        self, provider, settings, chief, editor, replaces
    ):
        settings.OIDC_REPLACES_PASSWORDS = replaces
        User.objects.filter(pk=chief.pk).update(email="nina@ostrey.example")
        come_in(provider)
        answer = Client().post(reverse("login"), {"username": "carl", "password": RIGHT})
        assert (answer.status_code == 200) is replaces
        answer = Client().post(reverse("login"), {"username": "edda", "password": RIGHT})
        assert answer.status_code == 302

    def test_a_second_factor_is_asked_for_all_the_same(self, provider):
        come_in(provider)
        nina = User.objects.get(username="nina")
        Authenticator.objects.create(user=nina, type="totp", data={"secret": ""})
        _client, answer = come_in(provider)
        assert answer.redirect_chain[-1][0] == reverse("mfa_authenticate")

    def test_and_must_be_set_up_where_the_role_needs_one(self, provider, settings):
        settings.REQUIRE_SECOND_FACTOR = ["editor"]
        client, answer = come_in(provider)
        assert answer.redirect_chain[-1][0] == reverse("account")
        assert client.get(reverse("mfa_activate_totp")).status_code == 200


class TestForged:
    def test_an_answer_that_nobody_asked_for_logs_nobody_in(self, provider):
        question = Client().get(reverse("openid_connect_login"))["Location"]
        back = provider.asks("nina", question)
        client = Client()
        answer = client.get(back.removeprefix("http://testserver"), follow=True)
        assert "did not succeed" in answer.content.decode()
        assert client.get("/articles/").status_code == 302

    def test_nor_does_the_same_answer_twice(self, provider):
        client = Client()
        question = client.get(reverse("openid_connect_login"))["Location"]
        back = provider.asks("nina", question).removeprefix("http://testserver")
        client.get(back)
        client.post(reverse("logout"))
        assert "did not succeed" in client.get(back, follow=True).content.decode()

    def test_nor_an_answer_for_another_program(self, provider, settings):
        client = Client()
        question = client.get(reverse("openid_connect_login"))["Location"]
        back = provider.asks("nina", question).removeprefix("http://testserver")
        (app,) = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"APPS": [{**app, "secret": "not the secret"}]}
        }
        assert "did not succeed" in client.get(back, follow=True).content.decode()

    def test_somebody_who_is_logged_in_becomes_the_other_one_and_is_not_joined_with_them(
        self, provider, desk, editor
    ):
        begin = f"{reverse('openid_connect_login')}?process=connect"
        come_in(provider, client=desk, begin=begin)
        assert not SocialAccount.objects.filter(user=editor).exists()
        assert "Nina Ostrand" in desk.get(reverse("account")).content.decode()

    def test_it_leads_to_no_other_site(self, provider):
        begin = f"{reverse('openid_connect_login')}?next=https://evil.example/"
        _client, answer = come_in(provider, begin=begin)
        assert answer.redirect_chain[-1][0] == "/"

    def test_a_provider_that_is_away_is_said_to_be(self, settings):
        (app,) = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        nowhere = {"server_url": "http://127.0.0.1:1/o"}
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"APPS": [{**app, "settings": nowhere}]}
        }
        answer = Client().get(reverse("openid_connect_login"), follow=True)
        assert "cannot be reached" in answer.content.decode()
