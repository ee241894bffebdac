"""How many wrong passwords are too many, for whom, and for how long."""

from datetime import timedelta

import pytest
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessLog
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import RequestFactory
from django.utils import timezone

from claims.actions.logins import (
    AT_HOME,
    PER_ACCOUNT,
    PER_ADDRESS,
    Backend,
    braked,
    count_failure,
    is_locked_out,
    kept_name,
    let_in,
    wait_of,
)
from claims.errors import NotAllowedError
from claims.models import LoginBrake

HOME, CAFE = "192.0.2.10", "198.51.100.7"


def request_from(address: str = HOME, **sent: str):
    request = RequestFactory().post("/login/", sent, REMOTE_ADDR=address)
    AxesProxyHandler.update_request(request)
    return request


def failures(number: int, name: str = "edda", address: str = HOME, ago: timedelta = timedelta(0)):
    """Wrong passwords, as they were counted."""
    made = LoginBrake.objects.create(
        username=name,
        ip_address=address,
        failures_since_start=number,
        user_agent="",
        http_accept="",
        path_info="",
        get_data="",
        post_data="",
    )
    LoginBrake.objects.filter(pk=made.pk).update(attempt_time=timezone.now() - ago)


def at_home(name: str = "edda", address: str = HOME, ago: timedelta = timedelta(0)) -> None:
    AccessLog.objects.create(username=name, ip_address=address)
    AccessLog.objects.update(attempt_time=timezone.now() - ago)


def is_out(name: str = "edda", address: str = HOME) -> bool:
    request = request_from(address)
    assert (wait_of(request, name) > timedelta(0)) == is_locked_out(request, name)
    return is_locked_out(request, name)


@pytest.mark.parametrize(
    ("number", "of", "name", "address", "out"),
    [
        (4, ("edda", HOME), "edda", HOME, False),
        (5, ("edda", HOME), "edda", HOME, True),
        (5, ("edda", HOME), "carl", HOME, False),
        (5, ("edda", HOME), "edda", CAFE, False),
        (PER_ADDRESS - 1, ("edda", HOME), "carl", HOME, False),
        (PER_ADDRESS, ("edda", HOME), "carl", HOME, True),
        (PER_ADDRESS, ("edda", HOME), "carl", CAFE, False),
        (PER_ACCOUNT - 1, ("edda", HOME), "edda", CAFE, False),
        (PER_ACCOUNT, ("edda", HOME), "edda", CAFE, True),
    ],
)
def test_so_many_are_too_many(editor, chief, number, of, name, address, out):
    failures(number, *of)
    assert is_out(name, address) is out


def test_they_are_added_up(editor, chief):
    for name in ("edda", "rita", "nina", "sam"):
        failures(PER_ADDRESS // 4, name)
    assert is_out("carl")
    LoginBrake.objects.filter(username="sam").update(failures_since_start=PER_ADDRESS // 4 - 1)
    assert not is_out("carl")


@pytest.mark.parametrize(("minutes", "out"), [(14, True), (16, False)])
def test_they_are_forgotten_after_a_quarter_of_an_hour(editor, minutes, out):
    failures(5, ago=timedelta(minutes=minutes))
    assert is_out() is out
    left = wait_of(request_from(), "edda")
    assert (timedelta(0) < left <= timedelta(minutes=1)) is out


def test_the_longest_wait_counts(editor):
    failures(PER_ACCOUNT, address=CAFE, ago=timedelta(minutes=3))
    failures(5, ago=timedelta(minutes=10))
    assert wait_of(request_from(), "edda") > timedelta(minutes=11)
    LoginBrake.objects.filter(ip_address=CAFE).delete()
    assert timedelta(minutes=4) < wait_of(request_from(), "edda") <= timedelta(minutes=5)


@pytest.mark.parametrize(
    ("ago", "out"), [(AT_HOME - timedelta(hours=1), False), (AT_HOME + timedelta(hours=1), True)]
)
def test_where_people_are_at_home_only_their_own_count(editor, chief, ago, out):
    failures(PER_ACCOUNT, address=CAFE)
    failures(PER_ADDRESS, name="carl")
    at_home(ago=ago)
    assert is_out() is out
    assert is_out("nina")


def test_slips_of_those_who_are_at_home_do_not_count_for_others(editor, chief):
    failures(PER_ADDRESS, name="edda")
    assert is_out("carl")
    at_home("edda")
    assert not is_out("carl")


def test_a_code_is_braked_like_a_password(editor):
    request = request_from()
    for _time in range(5):
        with pytest.raises(ValidationError), braked(request, editor):
            raise ValidationError("wrong")
    looked = []
    with pytest.raises(PermissionDenied), braked(request, editor):
        looked.append(1)
    assert not looked
    assert request.axes_locked_out


def test_what_is_right_is_not_counted(editor):
    with braked(request_from(), editor):
        pass
    assert not LoginBrake.objects.exists()


def test_a_name_that_is_nobodys_is_kept_as_a_digest(editor):
    assert kept_name(request_from(), {"username": "edda"}) == "edda"
    assert kept_name(request_from(username="edda"), None) == "edda"
    digest = kept_name(request_from(), {"username": "correct horse"})
    assert digest.startswith("? ")
    assert len(digest) == 14
    assert digest == kept_name(request_from(username="correct horse"), {})
    assert digest != kept_name(request_from(), {"username": "another"})


@pytest.mark.parametrize(
    ("number", "level", "said"),
    [
        (1, "WARNING", "A login failed: account {pk} from 192.0.2.10"),
        (5, "WARNING", "A login failed, and further attempts are locked out for now: account"),
        (6, "INFO", "A login was refused without checking the password"),
    ],
)
def test_each_failure_is_logged_as_what_it_is(editor, caplog, number, level, said):
    caplog.set_level("INFO", "claims.actions.logins")
    for _time in range(number):
        request = request_from()
        is_locked_out(request, "edda")
        count_failure(request, "edda")
    last = caplog.records[-1]
    assert last.levelname == level
    assert last.getMessage().startswith(said.format(pk=editor.pk))


def test_a_failure_for_a_name_that_is_nobodys_is_logged_without_it(db, caplog):
    count_failure(request_from(), "correct horse")
    assert caplog.messages[-1] == "A login failed: account unknown from 192.0.2.10"


@pytest.mark.parametrize(
    ("username", "password", "opens"),
    [
        ("edda", "correct horse", True),
        ("edda", "wrong", False),
        ("edda", None, False),
        (None, "correct horse", False),
        (None, None, False),
    ],
)
def test_a_name_and_its_password_open_an_account(editor, username, password, opens):
    for request in (None, request_from()):
        found = Backend().authenticate(request, username=username, password=password)
        assert found == (editor if opens else None)


def test_a_lockout_is_for_requests_and_not_for_the_command_line(editor):
    failures(5)
    right = {"username": "edda", "password": "correct horse"}
    with pytest.raises(PermissionDenied):
        Backend().authenticate(request_from(), **right)
    assert Backend().authenticate(None, **right) == editor


def test_a_session_names_an_account_that_is_open(editor):
    assert Backend().get_user(editor.pk) == editor
    assert Backend().get_user(editor.pk + 1_000) is None
    editor.is_active = False
    editor.save()
    assert Backend().get_user(editor.pk) is None


def test_an_account_may_what_it_and_its_groups_may_while_it_is_open(editor):
    own = Permission.objects.get(codename="delete_user")
    editor.user_permissions.add(own)
    may = Backend().get_all_permissions(editor)
    assert {"auth.delete_user", "claims.decide_claim"} <= may
    assert "claims.publish_report" not in may
    assert Backend().get_all_permissions(editor, obj=object()) == set()
    closed = User.objects.get(pk=editor.pk)
    closed.is_active = False
    assert Backend().get_all_permissions(closed) == set()


def test_lockouts_are_removed_by_whoever_may(editor):
    failures(5)
    brakes = LoginBrake.objects.all()
    with pytest.raises(NotAllowedError):
        let_in(actor=editor, brakes=brakes)
    assert is_out()
    assert let_in(actor=User.objects.create_superuser("sam"), brakes=brakes) == 1
    assert not is_out()
