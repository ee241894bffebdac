"""What is true of every action: a log entry in the actor's name, a permission, all or nothing.

A new action needs one line in the file of its noun in `driven/`.
"""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User

from claims.access import Role
from claims.actions import ACTIONS, Entry, enter_record, enter_records, undo_change
from claims.errors import InvalidValueError, NotAllowedError, StaleVersionError
from claims.models import Change, Claim, Evidence, Source
from tests.actions.database import added, claims_as_they_stand, everything
from tests.actions.driven.accounts import ACCOUNTS
from tests.actions.driven.articles import ARTICLES
from tests.actions.driven.claims import CLAIMS
from tests.actions.driven.driving import Driven
from tests.actions.driven.inbox import INBOX
from tests.actions.driven.lists import LISTS
from tests.actions.driven.matching import MATCHING
from tests.actions.driven.records import RECORDS
from tests.actions.driven.reports import REPORTS
from tests.actions.driven.webhooks import WEBHOOKS

DRIVEN = {
    **ARTICLES,
    **CLAIMS,
    **MATCHING,
    **RECORDS,
    **LISTS,
    **REPORTS,
    **INBOX,
    **ACCOUNTS,
    **WEBHOOKS,
}

EVERYBODYS = {"change_password", "withdraw_byline"}
"""What an account may do that holds no permission at all."""


@pytest.fixture(autouse=True)
def outside(settings) -> None:
    """There is an archive that evidence can be kept in, and a mailbox."""
    settings.ARCHIVE_URL, settings.ARCHIVE_KEY = "https://archive.example.org", "key:secret"
    settings.MAILBOX = {
        "host": "courier.example",
        "port": 993,
        "user": "desk@courier.example",
        "password": "secret",
    }


@pytest.fixture(params=list(ACTIONS))
def name(request) -> str:
    return request.param


@pytest.fixture
def action(name) -> Driven:
    return DRIVEN[name]


def _account(role: Role | None, *, administers: bool = False) -> User:
    user = User.objects.create_user("actor", first_name="Avery", is_superuser=administers)
    if role:
        user.groups.set([Group.objects.get(name=role.value)])
    return user


@pytest.fixture
def actor(db, name, action) -> User:
    """Who may do it. Accounts are the administrator's."""
    return _account(action.role, administers=action.without == Role.CHIEF)


LIMITS = {
    ("assign_claims", "note"): 1_000,
    ("ask_second_check", "note"): 1_000,
    ("comment", "text"): 10_000,
    ("reword_claim", "statement"): 10_000,
    ("write_report", "lede"): 5_000,
    ("write_report", "conclusion"): 20_000,
    ("submit_report", "note"): 5_000,
    ("send_report_back", "note"): 5_000,
    ("publish_correction", "notice"): 5_000,
    ("correct_notice", "notice"): 5_000,
    ("correct_fact", "notice"): 5_000,
    ("change_source", "role"): 500,
    ("begin_export", "query"): 2_000,
}
"""How many characters a text of an action may have."""


def test_no_deed_outlives_its_action():
    assert set(DRIVEN) == set(ACTIONS)


def test_it_leaves_entries_in_the_actors_name_and_what_lists_copy_in_step(
    name, action, actor, claim
):
    keywords = action.keywords(claim)
    before = everything()
    ACTIONS[name](actor=actor, **keywords)
    new = added(before, everything())
    assert new[action.log]
    assert new[action.log][-1][action.actor_field] == actor.pk
    histories = [rows for model, rows in new.items() if model.startswith("Historical")]
    assert {entry["history_user_id"] for rows in histories for entry in rows} <= {actor.pk}
    assert not Claim.objects.with_stale_copies().exists()


@pytest.mark.parametrize("name", [name for name in ACTIONS if name not in EVERYBODYS])
def test_who_lacks_the_permission_changes_nothing(name, action, claim):
    stranger = _account(action.without)
    keywords = action.keywords(claim)
    before = everything()
    with pytest.raises(NotAllowedError, match="Your account is not allowed to"):
        ACTIONS[name](actor=stranger, **keywords)
    assert everything() == before


def test_a_failure_in_the_middle_leaves_nothing(name, action, actor, claim):
    keywords = action.breaks(claim)
    before = everything()
    with pytest.raises(action.failure):
        ACTIONS[name](actor=actor, **keywords)
    assert everything() == before


@pytest.mark.parametrize(("name", "text"), LIMITS)
def test_a_text_may_be_as_long_as_the_message_says_and_no_longer(name, text, action, actor, claim):
    longest = "x" * LIMITS[name, text]
    keywords = action.keywords(claim) | {text: f"{longest}x"}
    before = everything()
    with pytest.raises(InvalidValueError):
        ACTIONS[name](actor=actor, **keywords)
    assert everything() == before
    ACTIONS[name](actor=actor, **keywords | {text: longest})
    assert everything() != before


def test_the_actor_is_a_keyword(name, action, actor, claim):
    with pytest.raises((TypeError, KeyError)):
        ACTIONS[name](actor, **action.keywords(claim))


def test_a_stale_version_changes_nothing(name, action, actor, claim):
    """Whatever names the version that the actor looked at."""
    keywords = action.keywords(claim)
    stale: dict[str, Any] = {}
    if "version" in keywords:
        stale["version"] = keywords["version"] + 1
    if "versions" in keywords:
        *others, last = keywords["versions"].items()
        stale["versions"] = dict([*others, (last[0], last[1] + 1)])
    before = everything()
    if stale:
        with pytest.raises(StaleVersionError):
            ACTIONS[name](actor=actor, **keywords | stale)
        assert everything() == before


@pytest.mark.parametrize(
    "name",
    [name for name, action in DRIVEN.items() if action.log in {"Change", "Decision"}],
)
def test_what_it_does_to_claims_can_be_undone_and_done_again(name, action, actor, claim):
    keywords = action.keywords(claim)
    before = claims_as_they_stand()
    ACTIONS[name](actor=actor, **keywords)
    after = claims_as_they_stand()
    assert after != before
    undone = undo_change(actor=actor, change_id=Change.objects.newest_first()[0].pk)
    assert claims_as_they_stand() == before
    undo_change(actor=actor, change_id=undone.pk)
    assert claims_as_they_stand() == after


@pytest.mark.parametrize(
    ("record", "role"),
    [
        (lambda claim: Source(name="Bo Tarn"), Role.READER),
        (lambda claim: Evidence(claim=claim, title="T", url="https://example.org/"), Role.READER),
        (lambda claim: claim, Role.READER),
        (lambda claim: claim.revision.article, Role.EDITOR),
    ],
    ids=["source", "evidence", "claim", "article"],
)
def test_entering_asks_for_the_permission_of_that_record(claim, record, role):
    stranger = _account(role)
    entered = record(claim)
    before = everything()
    with pytest.raises(NotAllowedError):
        enter_record(actor=stranger, record=entered, fields=["headline"])
    with pytest.raises(NotAllowedError):
        enter_records(actor=stranger, entries=[Entry(entered, ["headline"])])
    assert everything() == before


def test_entering_several_asks_for_the_permission_of_each(claim):
    stranger = _account(Role.EDITOR)
    entries = [Entry(Source(name="Bo Tarn")), Entry(claim.revision.article, ["headline"])]
    before = everything()
    with pytest.raises(NotAllowedError):
        enter_records(actor=stranger, entries=entries)
    assert everything() == before
