"""Second factors: set up, asked for at the login, compulsory for some roles, and lost."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.access import Role
from claims.models import FailedLogin
from tests.web.accounts.totp import LONG, code_of, codes_on, secret_on

RIGHT = "correct horse"


@pytest.fixture(autouse=True)
def _one_period(settings):
    settings.MFA_TOTP_PERIOD = LONG
    # Before the first period is none.
    settings.MFA_TOTP_TOLERANCE = 0


def log_in(name: str = "edda", client: Client | None = None, **more):
    client = client or Client()
    answer = client.post(reverse("login"), {"username": name, "password": RIGHT}, **more)
    return client, answer


def set_up(client: Client) -> tuple[str, list[str]]:
    """Set up an app. Returns its secret and the recovery codes."""
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = secret_on(page)
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    return secret, codes_on(answer.content.decode())


def enter(client: Client, code: str):
    return client.post(reverse("mfa_authenticate"), {"code": code})


@pytest.fixture
def guarded(editor) -> tuple[str, list[str]]:
    """The editor has an app: its secret and the recovery codes."""
    client, _answer = log_in()
    return set_up(client)


class TestSettingUp:
    def test_the_page_shows_a_code_to_scan_and_a_key_and_then_ten_recovery_codes(self, editor):
        client, _answer = log_in()
        page = client.get(reverse("mfa_activate_totp")).content.decode()
        assert 'src="data:image/svg+xml;base64,' in page
        _secret, codes = set_up(client)
        assert len(set(codes)) == 10
        page = client.get(reverse("account")).content.decode()
        assert "Authenticator app" in page
        assert "10 left" in page

    def test_a_wrong_code_sets_nothing_up(self, editor):
        client, _answer = log_in()
        client.get(reverse("mfa_activate_totp"))
        answer = client.post(reverse("mfa_activate_totp"), {"code": "abc"})
        assert "This code is not valid." in answer.content.decode()
        assert not Authenticator.objects.exists()

    def test_no_secret_is_readable_in_the_database(self, guarded):
        secret, codes = guarded
        kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
        assert secret not in kept
        assert not any(code in kept for code in codes)

    def test_it_is_logged(self, editor, django_capture_on_commit_callbacks):
        client, _answer = log_in()
        with django_capture_on_commit_callbacks(execute=True):
            set_up(client)
        told = LogEntry.objects.filter(user=editor).values_list("change_message", flat=True)
        assert "own second factor added: totp" in told

    def test_long_after_the_login_the_password_is_asked_for_again(self, editor, settings):
        client, _answer = log_in()
        settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
        answer = client.get(reverse("mfa_activate_totp"))
        confirm = f"{reverse('account_reauthenticate')}?next={reverse('mfa_activate_totp')}"
        assert answer["Location"].replace("%2F", "/") == confirm
        settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
        assert "incorrectly" in client.post(confirm, {"password": "wrong"}).content.decode()
        assert FailedLogin.objects.filter(username="edda").count() == 1
        answer = client.post(confirm, {"password": RIGHT})
        assert answer["Location"] == reverse("mfa_activate_totp")

    def test_without_it_nothing_changes(self, editor):
        _client, answer = log_in()
        assert answer["Location"] == reverse("dashboard")


class TestTheSecondStep:
    def test_the_password_alone_opens_nothing(self, guarded):
        client, answer = log_in()
        assert answer["Location"] == reverse("mfa_authenticate")
        assert client.get(reverse("articles")).status_code == 302
        assert client.get("/admin/").status_code == 302

    def test_the_code_leads_to_where_one_was_going(self, guarded):
        secret, _codes = guarded
        client = Client()
        answer = client.post(
            f"{reverse('login')}?next=/claims/", {"username": "edda", "password": RIGHT}
        )
        answer = enter(client, code_of(secret))
        assert answer["Location"] == "/claims/"
        assert client.get("/claims/").status_code == 200

    def test_who_has_no_password_confirms_it_by_a_code(self, guarded, editor):
        secret, codes = guarded
        client, _answer = log_in()
        enter(client, code_of(secret))
        User.objects.filter(pk=editor.pk).update(password="!")
        client.force_login(User.objects.get(pk=editor.pk))
        address = client.get(reverse("tokens"))["Location"]
        assert address.startswith(reverse("mfa_reauthenticate"))
        assert client.post(address, {"code": codes[0]})["Location"] == reverse("tokens")
        assert client.get(reverse("tokens")).status_code == 200

    def test_a_code_works_once(self, guarded):
        secret, _codes = guarded
        first, _answer = log_in()
        assert enter(first, code_of(secret)).status_code == 302
        second, _answer = log_in()
        answer = enter(second, code_of(secret))
        assert "This code has been used." in answer.content.decode()
        assert second.get(reverse("articles")).status_code == 302

    def test_so_does_a_recovery_code(self, guarded):
        _secret, codes = guarded
        first, _answer = log_in()
        assert enter(first, codes[0]).status_code == 302
        second, _answer = log_in()
        assert enter(second, codes[0]).status_code == 200
        assert enter(second, codes[1]).status_code == 302

    def test_after_five_wrong_codes_neither_code_nor_password_is_checked(self, guarded):
        secret, _codes = guarded
        client, _answer = log_in()
        for _time in range(4):
            assert "This code is not valid." in enter(client, "abc").content.decode()
        answer = enter(client, "abc")
        assert answer.status_code == 429
        assert 0 < int(answer["Retry-After"]) <= 15 * 60
        assert enter(client, code_of(secret)).status_code == 429
        assert log_in()[1].status_code == 429
        assert client.get(reverse("articles")).status_code == 302

    def test_the_right_password_does_not_forget_wrong_codes(self, guarded):
        for _time in range(2):
            client, _answer = log_in()
            enter(client, "abc")
            enter(client, "abc")
        client, answer = log_in()
        assert answer.status_code == 302
        assert enter(client, "abc").status_code == 429

    def test_without_the_first_step_there_is_no_second(self, guarded):
        secret, _codes = guarded
        client = Client()
        assert enter(client, code_of(secret))["Location"] == reverse("account_login")
        assert client.get(reverse("articles")).status_code == 302

    def test_a_secret_of_another_key_opens_nothing(self, guarded, settings):
        secret, codes = guarded
        settings.SECRET_KEY = "another key than that of the secret, after a move"
        client, _answer = log_in()
        assert enter(client, code_of(secret)).status_code == 200
        assert enter(client, codes[0]).status_code == 200

    def test_a_key_of_before_still_reads_it(self, guarded, settings):
        secret, _codes = guarded
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another key than that of the secret, after a move"
        client, _answer = log_in()
        assert enter(client, code_of(secret)).status_code == 302

    def test_in_german(self, guarded):
        client, _answer = log_in()
        answer = client.get(reverse("mfa_authenticate"), headers={"accept-language": "de"})
        assert "Code aus der Authenticator-App" in answer.content.decode()


class TestCompulsory:
    @pytest.fixture(autouse=True)
    def _required(self, settings):
        settings.REQUIRE_SECOND_FACTOR = [Role.EDITOR.value, Role.ADMINISTRATOR.value]

    @pytest.mark.parametrize("path", ["/articles/", "/admin/", "/password/", "/help/"])
    def test_whoever_has_none_is_led_to_set_one_up(self, editor, path):
        client, _answer = log_in()
        assert client.get(path)["Location"] == reverse("account")
        page = client.get(reverse("account")).content.decode()
        assert "Your role needs a second factor." in page

    def test_a_form_changes_nothing_and_says_so(self, editor, article, claim):
        client, _answer = log_in()
        answer = client.post(reverse("decide", args=[claim.pk]), {}, headers={"HX-Request": "true"})
        assert (answer.status_code, answer["HX-Retarget"]) == (403, "#notice")
        assert "your role needs a second factor" in answer.content.decode()

    def test_with_one_everything_opens(self, editor):
        client, _answer = log_in()
        set_up(client)
        assert client.get("/articles/").status_code == 200

    def test_other_roles_need_none(self, chief):
        client, _answer = log_in("carl")
        assert client.get("/articles/").status_code == 200

    def test_administrators_are_no_exception(self, db):
        User.objects.create_superuser("sam", password=RIGHT)
        client, _answer = log_in("sam")
        assert client.get("/admin/")["Location"] == reverse("account")

    def test_public_pages_stay_open(self, editor):
        client, _answer = log_in()
        assert client.get("/published/").status_code == 200

    def test_the_last_one_stays(self, editor):
        client, _answer = log_in()
        set_up(client)
        answer = client.post(reverse("mfa_deactivate_totp"))
        assert "Your role needs a second factor." in answer.content.decode()
        assert Authenticator.objects.filter(type="totp").exists()

    def test_one_of_two_goes(self, editor):
        client, _answer = log_in()
        set_up(client)
        Authenticator.objects.create(user=editor, type="webauthn", data={"name": "Key"})
        client.post(reverse("mfa_deactivate_totp"))
        kept = Authenticator.objects.exclude(type="recovery_codes")
        assert [one.type for one in kept] == ["webauthn"]

    def test_where_nobody_must_it_costs_no_query(self, settings, desk):
        def count() -> int:
            with CaptureQueriesContext(connection) as asked:
                assert desk.get(reverse("help")).status_code == 200
            return len(asked)

        settings.REQUIRE_SECOND_FACTOR = []
        without = count()
        settings.REQUIRE_SECOND_FACTOR = [Role.EDITOR.value]
        Authenticator.objects.create(user=User.objects.get(), type="totp", data={})
        assert count() == without + 2


class TestRemoving:
    def test_one_removes_ones_own_and_the_recovery_codes_go_with_the_last(self, guarded):
        secret, _codes = guarded
        client, _answer = log_in()
        enter(client, code_of(secret))
        client.post(reverse("mfa_deactivate_totp"))
        assert not Authenticator.objects.exists()
        assert log_in()[1]["Location"] == reverse("dashboard")

    def test_an_administrator_takes_away_a_lost_one(self, guarded, editor):
        boss = User.objects.create_superuser("sam", password=RIGHT)
        client, _answer = log_in("sam")
        page = reverse("admin:auth_user_change", args=[editor.pk])
        assert "Authenticator app" in client.get(page).content.decode()
        given = {"first_name": "Edda", "role": "editor", "is_active": "on"}
        client.post(page, {**given, "lose_second_factor": "on"})
        assert not Authenticator.objects.exists()
        entry = LogEntry.objects.filter(user=boss, change_message="second factor removed").get()
        assert entry.object_id == str(editor.pk)
        assert "lose_second_factor" not in client.get(page).content.decode()

    def test_the_command_line_does_too(self, guarded, capsys):
        with pytest.raises(CommandError, match="no account"):
            call_command("make_account", "nobody", reset_password=True, remove_second_factor=True)
        call_command("make_account", "edda", reset_password=True, remove_second_factor=True)
        assert not Authenticator.objects.exists()
        password = capsys.readouterr().out.split("\t")[2].strip()
        answer = Client().post(reverse("login"), {"username": "edda", "password": password})
        assert answer["Location"] == reverse("dashboard")

    def test_new_recovery_codes_replace_the_old_ones(self, guarded):
        _secret, old = guarded
        client, _answer = log_in()
        enter(client, old[0])
        answer = client.post(reverse("mfa_generate_recovery_codes"), follow=True)
        new = codes_on(answer.content.decode())
        assert len(new) == 10
        second, _answer = log_in()
        assert enter(second, old[1]).status_code == 200
        assert enter(second, new[1]).status_code == 302
