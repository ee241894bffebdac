"""The data entry menu: its entries in groups, each with a short description."""

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
    ClaimGroup,
    ClaimMatch,
    Comment,
    Decision,
    Desk,
    Evidence,
    ExternalCheck,
    ExternalMatch,
    ExternalSource,
    FailedLogin,
    Feed,
    IntakeItem,
    LoginBrake,
    Mail,
    Mailbox,
    Newsroom,
    NoticeChannel,
    Notification,
    Outlet,
    PublicLanguage,
    ReasonTemplate,
    ReportedClaim,
    Revision,
    SecondCheck,
    Snapshot,
    Source,
    Tag,
    Task,
    Webhook,
    WebhookDelivery,
)


class Group(NamedTuple):
    """A group of the menu: its heading, and a description of each entry."""

    name: Promise
    entries: dict[type[Model], Promise]


MENU = {
    "sources": Group(
        _("Sources and outlets"),
        {
            Source: _("Quoted people, offices, organisations and documents"),
            Alias: _("Alternative names for sources"),
            Outlet: _("Newspapers, agencies and broadcasters that publish the articles"),
        },
    ),
    "articles": Group(
        _("Articles"),
        {
            Article: _("Headline, outlet, date, desk and earlier versions of each article"),
            Claim: _("Wording, source, role and history of each claim"),
            Evidence: _("Links and files that support or contradict claims"),
            Tag: _("Labels for claims"),
        },
    ),
    "feeds": Group(
        _("Feeds and files"),
        {
            Feed: _("Feeds and sitemaps, and how often each is checked"),
            IntakeItem: _("Articles from feeds and addresses, and their status"),
            ExternalSource: _("Pages, data feeds and tables with other newsrooms’ fact-checks"),
            ExternalCheck: _("What other newsrooms found, in their own words"),
            Mailbox: _("The mailbox to which articles are mailed, and when it was checked"),
            Mail: _("Mails to it: which were taken, which were put aside, and why"),
        },
    ),
    "newsroom": Group(
        _("Newsroom"),
        {
            Newsroom: _("Name, logo, method and contact details shown in reports"),
            PublicLanguage: _("Languages of reports, and the newsroom’s own words in them"),
            Desk: _("Newsroom desks that articles belong to"),
            ReasonTemplate: _("Sentences that the desk offers as reasons for verdicts"),
            User: _("Accounts and their roles"),
            NoticeChannel: _("Where notifications about a desk’s articles are sent"),
            Webhook: _("Other systems that are told of events"),
        },
    ),
    "logs": Group(
        _("Logs"),
        {
            Decision: _("Every verdict, with who set it, when and why"),
            SecondCheck: _(
                "Who asked whom for a second check, who answered, and whether they agree"
            ),
            Change: _("All other changes to claims"),
            BulkChange: _("Changes to many claims at once"),
            ClaimMatch: _("Claims that repeat, contradict or supersede earlier ones"),
            ExternalMatch: _("Claims that other newsrooms have checked"),
            ClaimGroup: _("Claims that people have confirmed to say the same"),
            Comment: _("Newsroom comments on claims"),
            FailedLogin: _("Wrong passwords entered in the last 30 days"),
            Notification: _("What people were notified of, and when they read it"),
            LoginBrake: _("Accounts and addresses that must wait before logging in again"),
        },
    ),
    "tasks": Group(
        _("Background work"),
        {
            Task: _("Waiting, running, finished and failed tasks, and the workers"),
            WebhookDelivery: _("What was sent to other systems, and what they answered"),
        },
    ),
}
"""The groups, by the name of their anchor on the page."""

REACHED_OTHERWISE: dict[type[Model], str] = {
    Revision: "on the page of its article",
    ChangedClaim: "on the page and in the history of its claim",
    Snapshot: "on the page of its report",
    ReportedClaim: "on the page of its report",
}
"""Models that are not in the menu, and where to find them instead."""


def grouped(apps: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Sort the models that a person may see, listed by app, into the menu's groups, leaving out empty groups."""
    offered = {entry["model"]: entry for app in apps for entry in app["models"]}
    for word, group in MENU.items():
        models = [
            {**offered[model], "about": about}
            for model, about in group.entries.items()
            if model in offered
        ]
        if models:
            yield {"name": group.name, "app_label": word, "models": models}
