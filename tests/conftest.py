"""Fixtures for many tests: accounts of each role, and a small article with known claims; and the order of the tests."""

import gc
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.storage import storages
from django.db import connection, connections
from django.template import engines
from django.test import Client, TransactionTestCase
from django.utils import translation
from django_tasks_db.management.commands.db_worker import Worker
from hypothesis import HealthCheck, settings

from claims.access import Role
from claims.actions import COMMAND, SplitArticle, receive_articles
from claims.actions.tasks import heartbeat, run_due
from claims.extraction import extract
from claims.extraction.types import Claim as ProposedClaim
from claims.ingest.types import ArticleDraft
from claims.models import Article, Change, Claim, Task
from tests.fetching.authorities import Authority, Served, served
from tests.fetching.sites import Site, serving
from tests.management.commands import database_on_server
from tests.orders import require_total_orders
from workbench.files import Folder

# No example fails for its time, and each run sees the same ones.
settings.register_profile(
    "tests", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("tests")

SLOW = ("tests/browser/", "tests/workbench/", "tests/web/blind/", "tests/web/test_access.py")
"""Where tests take long: in a browser, with the whole demo, or at every address."""


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Search for no garbage while the tests are collected, and never again among what stays until the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(10_000, 20, 20)
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long: started last, it would keep one processor busy while the others have nothing to do."""
    items.sort(key=lambda item: not item.nodeid.startswith(SLOW))


BODY = """The bridge over the Olm will stay closed until May, the transport minister, Ada Venn, told Radio Ostrey.

“We found cracks in two pillars,” she said. “Nobody was hurt.”

At least three boats were damaged and two piers flooded, officials said.

The bridge was built in 1931."""
"""A story from an invented country, with a minister, a pronoun, officials and narration in it."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[str]:
    """The tests' database. On SQLite, what real transactions left in it is undone by a copy of its first state.

    Django would delete the rows, which the triggers of the logs forbid, and then fill the tables as after a migration,
    which takes forty times as long. PostgreSQL truncates its tables, which row triggers do not see.

    Yields the name of a database that may be copied for programs with one of their own: to apply every migration again
    takes a hundred times as long. On PostgreSQL it is a copy itself, since one in use cannot be copied.
    """
    if connection.vendor != "sqlite":
        with django_db_blocker.unblock():
            connection.close()
        tests = connection.settings_dict["NAME"]
        with database_on_server(f"first_{uuid4().hex}", template=tests) as url:
            yield urlsplit(url).path.removeprefix("/")
        return
    with closing(sqlite3.connect(":memory:")) as first, pytest.MonkeyPatch.context() as django:

        def copy_back(_case: TransactionTestCase) -> None:
            connection.ensure_connection()
            first.backup(connection.connection)

        with django_db_blocker.unblock():
            connection.ensure_connection()
            connection.connection.backup(first)
        django.setattr(TransactionTestCase, "_fixture_teardown", copy_back)
        yield connection.settings_dict["NAME"]


@pytest.fixture(autouse=True, scope="session")
def _total_orders() -> Iterator[None]:
    """No page, file or job may depend on the order of rows that tie."""
    with pytest.MonkeyPatch.context() as patch:
        require_total_orders(patch)
        yield


@pytest.fixture(autouse=True)
def _no_search_for_a_variable_that_may_be_missing(request, monkeypatch) -> None:
    """Where a test allows for missing variables, leave them empty.

    pytest-django would still look for the template of each, in the source of everything that is running: a third of a
    second for one variable, and Django's own pages have many.
    """
    if request.node.get_closest_marker("ignore_template_errors"):
        monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")


@pytest.fixture(autouse=True)
def _no_language_of_another_test():
    """A page leaves its reader's language behind in the thread, for the next test to find."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _no_files_of_another_test():
    """Rows have the same ids in each test, and an export's file is named by its id."""
    exports = storages["exports"]
    for name in exports.listdir("")[1]:
        exports.delete(name)


@pytest.fixture
def export_folder(settings, tmp_path: Path) -> Path:
    """The folder of the files of exports, kept and written as in production."""
    exports = Folder(tmp_path).storage("exports", allow_overwrite=True)
    settings.STORAGES = settings.STORAGES | {"exports": exports}
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    return tmp_path / "exports"


@pytest.fixture
def _untraced() -> Iterator[None]:
    """Measure no coverage of this test, which others have covered: it would take half as long again."""
    hook = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(hook)


@pytest.fixture
def draft() -> ArticleDraft:
    return ArticleDraft(
        headline="Bridge over the Olm closed", body=BODY, outlet="The Ostrey Courier (fiction)"
    )


def _account(name: str, role: Role) -> User:
    user = User.objects.create_user(
        name, password="correct horse", first_name=name.title(), is_staff=True
    )
    user.groups.set([Group.objects.get(name=role.value)])
    return user


@pytest.fixture
def reader(db) -> User:
    return _account("rita", Role.READER)


@pytest.fixture
def editor(db) -> User:
    return _account("edda", Role.EDITOR)


@pytest.fixture
def chief(db) -> User:
    return _account("carl", Role.CHIEF)


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    """A browser, as far as the test client is one, in which an editor has logged in."""
    client.force_login(editor)
    return client


@cache
def proposed(body: str) -> list[ProposedClaim]:
    """What the splitter finds in a text. It takes longer than all else that most tests do, and is always the same."""
    return extract(body)


@pytest.fixture
def article(editor: User, draft: ArticleDraft) -> Article:
    split = SplitArticle(draft, proposed(draft.body))
    (result,) = receive_articles(actor=editor, articles=[split], policy=COMMAND)
    return result.article


def claims_of(article: Article) -> list[Claim]:
    """An article's claims as they stand in it."""
    return list(Claim.objects.of_article(article).in_reading_order())


def headlines() -> list[str]:
    """The headlines of all articles, sorted."""
    return sorted(Article.objects.values_list("headline", flat=True))


def version_of(claim: Claim) -> dict[str, int]:
    """A claim and its version of now, as actions are told of them."""
    return {"claim_id": claim.pk, "version": Claim.objects.get(pk=claim.pk).version}


def newest(claim: Claim) -> Change:
    """The newest change of a claim."""
    return claim.changed.select_related("change").latest("pk").change


@pytest.fixture
def claims(article: Article) -> list[Claim]:
    """The claims of the article, as the splitter proposed them."""
    return claims_of(article)


@pytest.fixture
def claim(claims: list[Claim]) -> Claim:
    """The first one."""
    return claims[0]


@pytest.fixture
def site(settings) -> Iterator[Site]:
    """A site on this machine that the workbench may fetch from."""
    with serving(Site()) as site:
        settings.FETCH_ALLOW = site.allow()
        yield site


@pytest.fixture(scope="session")
def authority(tmp_path_factory) -> Authority:
    """An authority for timestamps. It takes seconds to make its keys."""
    return Authority(tmp_path_factory.mktemp("authority") / "ts")


@pytest.fixture
def tsa(authority: Authority, settings) -> Iterator[Served]:
    """The authority, served on this machine, as the one that the workbench asks."""
    with served(authority) as found:
        settings.TIMESTAMP_AUTHORITY = found.address
        settings.TIMESTAMP_CERTIFICATES = authority.certificates
        yield found


def worker_named(name: str) -> Worker:
    """A worker that does what there is to do, and no more."""
    return Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
    )


@pytest.fixture
def _queued(settings) -> None:
    """Long work waits, as on a desk, and is not done at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def work(db, _queued):
    """Long work waits. Called, a worker does what waits and what is due."""

    def work(name: str = "tests") -> None:
        worker = worker_named(name)
        heartbeat(name)
        run_due()
        while (row := Task.objects.ready().first()) is not None:
            row.claim(name)
            worker.run_task(row)

    return work


@pytest.fixture
def shared_database(transactional_db, tmp_path):
    """The tests' PostgreSQL with real transactions, or a copy of their SQLite database in a file.

    The tests' own SQLite database is in memory and cannot be shared by several connections.
    """
    if connection.vendor != "sqlite":
        yield
        return
    in_memory, kept = connections["default"], connections.settings["default"]
    in_memory.ensure_connection()
    with closing(sqlite3.connect(tmp_path / "desk.sqlite3")) as file:
        in_memory.connection.backup(file)
    connections.settings["default"] = kept | {"NAME": str(tmp_path / "desk.sqlite3")}
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"], connections.settings["default"] = in_memory, kept
