"""Data entry. What the log must protect is shown and never edited; what is saved goes through the actions.

`records` is what people enter, `logs` what they only read, `background` the work of the workers, `accounts` those who work here; `transfer` brings records in and out as files, by the
columns of `resources` and the formats of `formats`.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from claims.admin import accounts, logs, newsroom, records, tasks

__all__ = ["accounts", "logs", "newsroom", "records", "tasks"]

admin.site.site_header = _("Claim Workbench")
admin.site.site_title = _("Claim Workbench")
admin.site.index_title = _("Data entry")
# The desk is always in the frame's own menu.
admin.site.site_url = None
