"""The accounts of the demo, and their three weeks of work."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.contrib.auth.models import User
from django.utils import timezone

from claims import extraction
from claims.access import Role
from claims.actions import create_account, workbench_account
from workbench.demo.desk import Split
from workbench.demo.player import play
from workbench.demo.script import people

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
ADMINISTRATOR = "admin"


def make_newsroom(
    *,
    say: Callable[[str], None],
    empty: bool = False,
    today: date | None = None,
    split: Split = extraction.extract,
) -> str:
    """Create the accounts, and let their three weeks happen.

    Args:
        say: receives progress messages.
        empty: whether to create one account of each role and nothing else.
        today: the day on which the weeks end; by default, the real one.
        split: finds the claims in a text.

    Returns:
        A line for each account: user name, role and password, separated by tabs.
    """
    accounts: dict[str, User] = {}
    lines = []
    for one in people():
        if empty and one.username not in Role.values:
            continue
        first, last = ("", "") if empty else one.name
        account, password = create_account(
            actor=workbench_account(),
            username=one.username,
            role=Role(one.role),
            first_name=first,
            last_name=last,
        )
        accounts[one.name[0]] = account
        lines.append(f"{one.username}\t{one.role}\t{password}\n")
    _account, password = create_account(
        actor=workbench_account(), username=ADMINISTRATOR, role=Role.ADMINISTRATOR
    )
    lines.append(f"{ADMINISTRATOR}\t{Role.ADMINISTRATOR}\t{password}\n")
    if not empty:
        say("Splitting the articles in seeds/ into claims, with three weeks of work on them:")
        play(accounts, seeds=SEEDS, today=today or timezone.localdate(), say=say, split=split)
    return "".join(lines)
