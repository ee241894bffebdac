"""Data entry with Django's admin. Logs are shown but never edited; all saving goes through the actions.

`claims` and `records` are what people enter, `entry` how it is saved; `logs`, `matches`, `second_checks`, `notifications` and `mailboxes` are
what they only read, `tasks` the work of the workers, `outside` what comes from other newsrooms and what others are told, `newsroom`,
`accounts` and `logins` the desk itself and those who work there; `import_export` brings records in
and out as files.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from claims.admin import (
    accounts,
    claims,
    logins,
    logs,
    mailboxes,
    matches,
    newsroom,
    notifications,
    records,
    second_checks,
    tasks,
)
from claims.admin.outside import external, notices, webhooks

__all__ = [
    "accounts",
    "claims",
    "external",
    "logins",
    "logs",
    "mailboxes",
    "matches",
    "newsroom",
    "notices",
    "notifications",
    "records",
    "second_checks",
    "tasks",
    "webhooks",
]

admin.site.site_header = _("Claim Workbench")
admin.site.site_title = _("Claim Workbench")
admin.site.index_title = _("Data entry")
# A dash says no more than an empty cell, and on a narrow screen there may be four in a row.
admin.site.empty_value_display = ""
# The main menu already links to the site.
admin.site.site_url = None
