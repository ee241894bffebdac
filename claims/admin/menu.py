"""The menu of data entry: what it offers, in groups, each entry with a line that says what is inside."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.models import (
    Alias,
    Article,
    BulkChange,
    Change,
    ChangedClaim,
    Claim,
    Comment,
    Decision,
    Desk,
    Evidence,
    FailedLogin,
    Feed,
    IntakeItem,
    LoginBrake,
    Newsroom,
    Outlet,
    ReportedClaim,
    Revision,
    Snapshot,
    Source,
    Tag,
    Task,
)


class Group(NamedTuple):
    """A group of the menu: its heading, and what each of its entries holds."""

    name: Promise
    entries: dict[type[Model], Promise]


MENU = {
    "sources": Group(
        _("Sources and outlets"),
        {
            Source: _("Who is quoted: people, offices, organisations and documents"),
            Alias: _("Other names that a source goes by"),
            Outlet: _("The newspapers, agencies and stations that articles come from"),
        },
    ),
    "articles": Group(
        _("Articles"),
        {
            Article: _("Headline, outlet, date and desk of each article, and its earlier texts"),
            Claim: _("Wording, source and role of each claim, with all that was done to it"),
            Evidence: _("Links and files that speak for or against claims"),
            Tag: _("The labels that claims are given"),
        },
    ),
    "feeds": Group(
        _("Feeds and files"),
        {
            Feed: _("Feeds and sitemaps, and how often each is read"),
            IntakeItem: _("What came from feeds and addresses, and what became of it"),
        },
    ),
    "newsroom": Group(
        _("Newsroom"),
        {
            Newsroom: _("Name, logo, method and contact, as reports show them"),
            Desk: _("The desks that articles belong to"),
            User: _("Who may log in, and in which role"),
        },
    ),
    "logs": Group(
        _("Logs"),
        {
            Decision: _("Every verdict, with who set it, when and why"),
            Change: _("Every other step that changed claims, too"),
            BulkChange: _("Changes to many claims at once"),
            Comment: _("What people wrote to each other about claims"),
            FailedLogin: _("Wrong passwords of the last 30 days"),
            LoginBrake: _("Who has to wait before the next attempt to log in"),
        },
    ),
    "tasks": Group(
        _("Background work"),
        {Task: _("What waits, runs, is done or has failed, and who is at work")},
    ),
}
"""The groups, by the word that their address has on the page."""

REACHED_OTHERWISE: dict[type[Model], str] = {
    Revision: "on the page of its article",
    ChangedClaim: "on the page and in the history of its claim",
    Snapshot: "on the page of its report",
    ReportedClaim: "on the page of its report",
}
"""What is no entry of the menu, and where its readers find it instead."""


def grouped(apps: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Sort what a person may see, which Django gives by its apps, into the groups of the menu; empty ones are left out."""
    offered = {entry["model"]: entry for app in apps for entry in app["models"]}
    for word, group in MENU.items():
        models = [
            {**offered[model], "about": about}
            for model, about in group.entries.items()
            if model in offered
        ]
        if models:
            yield {"name": group.name, "app_label": word, "models": models}
