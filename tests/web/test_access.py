"""Who may use which address: every address, requested by each kind of account."""

from collections.abc import Iterator
from http import HTTPStatus
from itertools import pairwise

import pytest
from django.contrib.auth.models import AnonymousUser, Group, User
from django.test import Client

from claims.access import Role
from claims.actions.tasks import heartbeat
from claims.web.access import ACTION_NEEDS, ADMIN, API, NEEDS, is_met, need_of
from tests.web import walk, world
from tests.web.access_table import ACCOUNTS, ENTERS_DATA, LEAST
from tests.web.walk import Address, Answer
from tests.web.world import MARK, World

_VERBS = {
    "changelist": ("view",),
    "history": ("view",),
    "simple_history": ("view",),
    "export": ("view",),
    "add": ("add",),
    "delete": ("delete",),
    "password_change": ("change",),
}
"""What the pages of a record in the admin need."""


@pytest.fixture
def newsroom(db) -> World:
    maker = User.objects.create_superuser("maker", first_name="Mara")
    return world.make(maker)


def _account(kind: str) -> User | None:
    if kind == "nobody":
        return None
    if kind == "superuser":
        return User.objects.create_superuser("sam")
    staff = kind in Role.values or kind == ENTERS_DATA
    user = User.objects.create_user(kind.replace(" ", "-"), is_staff=staff)
    if kind in Role.values:
        user.groups.set([Group.objects.get(name=kind)])
    return User.objects.get(pk=user.pk)


def _browser(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def _is_refused(answer: Answer, user: User | None) -> bool:
    """Whether an answer says no, and nothing else."""
    if user is None:
        refused = answer.status == 401 or (
            answer.status == 302 and "/login/?next=" in answer.location
        )
    else:
        refused = answer.status == 403
    if refused:
        assert MARK.encode() not in answer.body
        assert MARK.lower() not in answer.location
    return refused


def _both(client: Client, address: Address) -> Iterator[tuple[str, Answer]]:
    for method in ("GET", "POST"):
        yield f"{method} {address.path}", walk.ask(client, address.path, method)


def test_each_address_has_a_line_in_the_table_and_each_line_an_address():
    others = (f"{ADMIN}:", f"{API}:")
    there = {name for name, _pattern in walk.names() if not name.startswith(others)}
    assert "" not in there
    assert there - {"change-claim"} == NEEDS.keys()


def test_an_address_without_a_line_is_for_nobody(superuser):
    assert need_of("brand-new", {}) is None
    assert not is_met(need_of("brand-new", {}), superuser)


@pytest.fixture
def superuser(db) -> User:
    return User.objects.create_superuser("sam")


def test_each_kind_of_account_gets_what_it_may_ask_for_and_nothing_of_the_rest(newsroom):
    everything = {address.name for address in walk.of_the_desk(newsroom)}
    assert everything == set().union(*LEAST.values())
    assert {f"change-claim {word}" for word in ACTION_NEEDS} < everything


@pytest.mark.usefixtures("_untraced")
@pytest.mark.parametrize(("kind", "next_kind"), [*pairwise(ACCOUNTS)])
def test_the_desk_answers_whom_it_may(newsroom, kind, next_kind):
    """Each address is answered to the least account that may ask, and refused to the one below."""
    # Without a worker, a desk says that it is not ready.
    heartbeat("tests")
    user = _account(kind)
    client = _browser(user)
    wrong = []
    for address in walk.of_the_desk(newsroom):
        if address.name not in LEAST[kind] | LEAST.get(next_kind, set()):
            continue
        for question, answer in _both(client, address):
            assert answer.status < 500, question
            if _is_refused(answer, user) != (address.name not in LEAST[kind]):
                wrong.append((question, answer.status))
    assert not wrong


def test_each_account_may_ask_for_whatever_the_one_below_may(db):
    lines = [need_of(name, {}) for name in NEEDS]
    lines += [need_of("change-claim", {"action": word}) for word in ACTION_NEEDS]
    users = [_account(kind) or AnonymousUser() for kind in ACCOUNTS]
    met = [{at for at, need in enumerate(lines) if is_met(need, user)} for user in users]
    assert all(below < above for below, above in pairwise(met[:-1]))
    assert met[-1] == {at for at, need in enumerate(lines) if need is not None}


@pytest.mark.usefixtures("_untraced")
@pytest.mark.parametrize("kind", ["nobody", "grouped with nobody", "reader"])
def test_who_is_refused_does_not_learn_whether_a_thing_is_there(newsroom, kind):
    user = _account(kind)
    client = _browser(user)
    there = {one.name: one for one in walk.of_the_desk(newsroom)}
    allowed = set().union(*(LEAST[one] for one in ACCOUNTS[: ACCOUNTS.index(kind) + 1]))
    refused = 0
    for address in walk.of_the_desk(newsroom, missing=True):
        # What they may ask for is told above, and so is what the next one may not.
        if address.name in allowed:
            continue
        for method in ("GET", "POST"):
            for path in (there[address.name].path, address.path):
                refused += 1
                assert _is_refused(walk.ask(client, path, method), user), path
    assert refused > 40


# Django's own pages ask for variables that are not there.
@pytest.mark.ignore_template_errors
@pytest.mark.usefixtures("_untraced")
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_admin_answers_whom_it_may(newsroom, method):
    users = [_account(kind) for kind in (*ACCOUNTS, ENTERS_DATA)]
    clients = [_browser(user) for user in users]
    boss = User.objects.create_superuser("boss")
    admin = _browser(boss)
    wrong = []
    for address, model, verb in _pages_of_the_admin():
        # What it refuses to an administrator, it closes to everyone.
        closed = _is_refused(walk.ask(admin, address.path, method), boss)
        for user, client in zip(users, clients, strict=True):
            answer = walk.ask(client, address.path, method)
            assert answer.status < 500, (method, address.path)
            if (verb, method) == ("process_import", "GET"):
                # Looking changes nothing: anyone who gets this far is told to send a form.
                expected = answer.status != HTTPStatus.METHOD_NOT_ALLOWED
            elif user is None or not user.is_staff:
                expected = True
            elif model is None:
                continue
            else:
                expected = closed or not _may(user, model, verb, method)
            if _is_refused(answer, user) != expected:
                wrong.append((user, method, address.path, answer.status, expected))
    assert not wrong


def _pages_of_the_admin() -> list[tuple[Address, type | None, str]]:
    """Every page, its model and what it does; but not its page for a new password, which is the desk's, for everyone."""
    pages = [page for page in walk.of_the_admin() if page[2] != "password_change" or page[1]]
    reached = {address.name for address, _model, _verb in pages}
    assert {name for name, _pattern in walk.names() if name.startswith("admin:")} - reached == {
        # These two never come to an answer of their own.
        "admin:login",
        "admin:view_on_site",
        "admin:logout",
        "admin:password_change",
    }
    return pages


def _may(user: User, model: type, verb: str, method: str) -> bool:
    """Whether an account holds what a page of a model needs, unless the admin closes that page to everyone."""
    options = model._meta
    verbs = _VERBS.get(verb)
    if verb in {"import", "process_import"}:
        verbs = ("change",) if options.model_name == "claim" else ("add", "change")
    if verb == "change":
        verbs = ("change",) if method == "POST" else ("view",)
    return all(user.has_perm(f"{options.app_label}.{one}_{options.model_name}") for one in verbs)


def test_an_account_that_enters_no_data_is_told_so_and_not_sent_in_a_circle(newsroom):
    client = _browser(_account("grouped with nobody"))
    response = client.get("/admin/login/?next=/admin/", follow=True)
    assert response.status_code == 403
    assert "Your account has no role yet" in response.content.decode()
    assert len(response.redirect_chain) == 2


def test_who_may_not_is_told_beside_the_form_where_a_part_of_a_page_is_asked_for(newsroom):
    client = _browser(_account("reader"))
    path = f"/claims/{newsroom.claim.pk}/decide/"
    answer = client.post(path, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Retarget"]) == (403, "#notice")
