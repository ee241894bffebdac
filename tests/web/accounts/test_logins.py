"""Logins: wrong passwords are counted, and many of them neither open an account nor slow down the site."""

import logging
from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.hashers import PBKDF2PasswordHasher, identify_hasher
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from claims.models import LoginBrake
from claims.web.accounts.login import address_of
from tests.web.accounts.hashing import Counting
from workbench.settings import base

HOME, CAFE = "192.0.2.10", "198.51.100.7"
RIGHT = "correct horse"


@pytest.fixture(autouse=True)
def _counted(settings):
    settings.PASSWORD_HASHERS = ["tests.web.accounts.hashing.Counting"]
    Counting.looked_at, Counting.meanwhile = 0, None


@pytest.fixture
def looked_at():
    """How many passwords were looked at since it was asked last."""

    def looked_at() -> int:
        number, Counting.looked_at = Counting.looked_at, 0
        return number

    looked_at()
    return looked_at


def log_in(name: str, password: str, address: str = HOME, **more):
    return Client().post(
        reverse("login"), {"username": name, "password": password}, REMOTE_ADDR=address, **more
    )


def fail(name: str, times: int, address: str = HOME) -> None:
    for number in range(times):
        log_in(name, f"wrong {number}", address)


class TestOneAccountFromOneAddress:
    def test_after_five_wrong_passwords_none_is_looked_at(self, editor, looked_at):
        fail("edda", 5)
        assert looked_at() == 5
        answer = log_in("edda", RIGHT)
        assert answer.status_code == 429
        assert looked_at() == 0

    def test_it_says_how_long_to_wait_and_keeps_the_name(self, editor):
        fail("edda", 4)
        answer = log_in("edda", "wrong again")
        assert answer.status_code == 429
        assert 0 < int(answer["Retry-After"]) <= 15 * 60
        page = answer.content.decode()
        assert "Try again in 15 minutes, or ask an administrator to remove the lockout." in page
        assert 'value="edda"' in page
        assert "_auth_user_id" not in answer.client.session

    def test_in_german_too(self, editor):
        fail("edda", 5)
        page = log_in("edda", RIGHT, HTTP_ACCEPT_LANGUAGE="de").content.decode()
        assert "15 Minuten" in page

    def test_trying_on_makes_it_no_longer(self, editor):
        fail("edda", 5)
        before = AccessAttempt.objects.values_list("attempt_time", flat=True).get()
        fail("edda", 5)
        assert AccessAttempt.objects.values_list("attempt_time", flat=True).get() == before

    def test_after_a_quarter_of_an_hour_it_opens(self, editor):
        fail("edda", 5)
        AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
        assert log_in("edda", RIGHT).status_code == 302

    def test_the_right_password_forgets_what_was_counted(self, editor):
        fail("edda", 4)
        assert log_in("edda", RIGHT).status_code == 302
        fail("edda", 4)
        assert log_in("edda", RIGHT).status_code == 302

    def test_another_browser_is_no_way_round(self, editor, looked_at):
        for number in range(20):
            log_in("edda", "wrong", HTTP_USER_AGENT=f"Browser {number}")
        assert looked_at() == 5

    def test_elsewhere_the_account_is_open(self, editor):
        fail("edda", 5, CAFE)
        assert log_in("edda", RIGHT, HOME).status_code == 302


class TestAFlood:
    def test_from_one_address_twenty_passwords_are_looked_at(self, editor, looked_at):
        for number in range(100):
            log_in(f"nobody{number}", "guess")
        assert looked_at() == 20
        assert log_in("edda", RIGHT).status_code == 429

    def test_of_one_account_from_everywhere_fifty_are_looked_at(self, editor, looked_at):
        for number in range(120):
            log_in("edda", "guess", f"203.0.113.{number}")
        assert looked_at() == 50

    def test_somebody_who_guesses_elsewhere_shuts_nobody_out_where_they_work(self, chief):
        assert log_in("carl", RIGHT, HOME).status_code == 302
        for number in range(60):
            log_in("carl", "guess", f"203.0.113.{number}")
        assert log_in("carl", RIGHT, CAFE).status_code == 429
        assert log_in("carl", RIGHT, HOME).status_code == 302

    def test_a_newsroom_behind_one_address_is_not_shut_out_by_one_of_it(self, editor, chief):
        assert log_in("carl", RIGHT).status_code == 302
        for number in range(30):
            log_in(f"nobody{number}", "guess")
        assert log_in("edda", RIGHT).status_code == 429
        assert log_in("carl", RIGHT).status_code == 302

    def test_where_people_are_at_home_their_slips_do_not_count_for_others(
        self, editor, chief, reader
    ):
        for name in ("carl", "rita"):
            log_in(name, RIGHT)
            for _time in range(10):
                fail(name, 4)
                AccessLog.objects.filter(username=name).update(attempt_time=timezone.now())
                log_in(name, RIGHT)
            fail(name, 4)
        assert log_in("edda", RIGHT).status_code == 302

    def test_while_one_password_is_looked_at_another_is_not_and_pages_are_served(
        self, editor, chief, looked_at
    ):
        reading = Client()
        reading.force_login(chief)
        meanwhile = {}

        def others_come() -> None:
            meanwhile["login"] = log_in("carl", RIGHT)
            meanwhile["page"] = reading.get(reverse("articles"))

        Counting.meanwhile = others_come
        assert log_in("edda", RIGHT).status_code == 302
        assert looked_at() == 1
        busy = meanwhile["login"]
        assert (busy.status_code, busy["Retry-After"]) == (503, "2")
        assert "Wait a few seconds" in busy.content.decode()
        assert 'value="carl"' in busy.content.decode()
        assert meanwhile["page"].status_code == 200
        assert log_in("carl", RIGHT).status_code == 302


class TestWhatIsKept:
    def test_only_failures_that_were_checked_are_warnings(self, editor, caplog):
        with caplog.at_level(logging.INFO, "claims.actions.logins"):
            fail("edda", 6)
        told = [one for one in caplog.records if one.name == "claims.actions.logins"]
        assert [one.levelno for one in told] == [logging.WARNING] * 5 + [logging.INFO]

    def test_a_failure_is_kept_and_logged_without_password_and_without_a_name_that_is_nobodys(
        self, editor, caplog
    ):
        with caplog.at_level(logging.DEBUG):
            log_in("edda", "my secret")
            log_in("my secret", "edda")
        assert f"account {editor.pk} from {HOME}" in caplog.text
        assert f"account unknown from {HOME}" in caplog.text
        assert "my secret" not in caplog.text
        kept = [*AccessAttempt.objects.values_list(), *AccessFailureLog.objects.values_list()]
        assert len(kept) == 4
        assert "edda" in repr(kept)
        assert "my secret" not in repr(kept)


class TestLettingIn:
    def test_an_administrator_does_it_in_the_browser(self, client, editor):
        fail("edda", 5)
        client.force_login(User.objects.create_superuser("root"))
        page = client.get(reverse("admin:claims_loginbrake_changelist")).content.decode()
        assert "edda" in page
        brake = LoginBrake.objects.get()
        answer = client.post(
            reverse("admin:claims_loginbrake_changelist"),
            {"action": "let_in_again", "_selected_action": [brake.pk]},
            follow=True,
        )
        assert "1 lockout removed." in answer.content.decode()
        assert log_in("edda", RIGHT).status_code == 302

    def test_a_chief_may_not(self, client, chief):
        client.force_login(chief)
        for name in ("loginbrake", "failedlogin"):
            assert client.get(reverse(f"admin:claims_{name}_changelist")).status_code == 403

    @pytest.mark.parametrize(
        "command", [("axes_reset",), ("axes_reset_username", "edda"), ("axes_reset_ip", HOME)]
    )
    def test_the_command_line_does_it(self, editor, command, capsys):
        fail("edda", 5)
        call_command(*command)
        assert log_in("edda", RIGHT).status_code == 302

    def test_the_log_of_failures_can_be_read(self, client, editor):
        fail("edda", 6)
        client.force_login(User.objects.create_superuser("root"))
        page = client.get(reverse("admin:claims_failedlogin_changelist")).content.decode()
        assert page.count(HOME) == 5


class TestTheAddress:
    def of(self, remote: str, forwarded: str = "") -> str | None:
        headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
        return address_of(RequestFactory().get("/", REMOTE_ADDR=remote, **headers))

    def test_without_a_proxy_nobody_can_make_one_up(self, settings):
        settings.BEHIND_PROXY = False
        assert self.of(HOME, CAFE) == HOME

    def test_behind_a_proxy_it_is_the_one_that_the_proxy_saw(self, settings):
        settings.BEHIND_PROXY = True
        assert self.of("127.0.0.1", CAFE) == CAFE
        assert self.of("127.0.0.1", f"{HOME}, {CAFE}") == CAFE
        assert self.of("127.0.0.1") == "127.0.0.1"

    @pytest.mark.parametrize(
        ("remote", "counted"),
        [
            ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
            ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::"),
            ("::ffff:192.0.2.10", HOME),
            ("192.0.2.10:4711", HOME),
            ("[2001:db8:1:2::7]:4711", "2001:db8:1:2::"),
            ("[2001:db8:1:2::7]", "2001:db8:1:2::"),
            ("", None),
            ("no address", None),
        ],
    )
    def test_a_network_counts_as_one(self, settings, remote, counted):
        settings.BEHIND_PROXY = False
        assert self.of(remote) == counted

    def test_a_made_up_header_opens_no_door(self, settings, editor, looked_at):
        settings.BEHIND_PROXY = True
        for number in range(20):
            log_in("edda", "wrong", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, {CAFE}")
        assert looked_at() == 5


class TestTheDoor:
    def test_data_entry_has_the_same_login(self, client):
        answer = client.get("/admin/", follow=True)
        assert answer.redirect_chain[-1][0] == "/login/?next=%2Fadmin%2F"
        assert "Log in to Claim Workbench" in answer.content.decode()

    def test_a_password_of_before_is_kept_anew_at_its_next_login(self, settings, editor):
        settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
        old = PBKDF2PasswordHasher()
        User.objects.filter(pk=editor.pk).update(password=old.encode(RIGHT, "salt", 1000))
        assert log_in("edda", RIGHT).status_code == 302
        editor.refresh_from_db()
        hasher = identify_hasher(editor.password)
        assert hasher.decode(editor.password)["variety"] == "argon2id"
        assert hasher.decode(editor.password)["memory_cost"] == 19_456
        assert editor.check_password(RIGHT)
