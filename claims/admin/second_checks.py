"""The second checks: who asked whom, who answered, and whether the two verdicts agree."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from claims.admin.logs import Discreet, ReadOnly
from claims.models import SecondCheck


@admin.register(SecondCheck)
class SecondCheckAdmin(Discreet, ReadOnly, admin.ModelAdmin[SecondCheck]):
    """The second checks. They can be read and searched, and nothing else."""

    list_display = [
        "asked_at",
        "asked_by_name",
        "asked_of_name",
        "claim",
        "first_verdict",
        "verdict",
        "agreement",
        "answered_by_name",
        "withdrawn_at",
    ]
    list_filter = ["verdict", "blind", "asked_at"]
    list_select_related = ["claim", "decision"]
    search_fields = ["asked_by_name", "asked_of_name", "answered_by_name", "claim__statement"]
    date_hierarchy = "asked_at"
    show_full_result_count = False
    fields = [
        "asked_at",
        "asked_by_name",
        "asked_of_name",
        "blind",
        "note",
        "claim",
        "first_verdict",
        "answered_at",
        "answered_by_name",
        "verdict",
        "reason",
        "agreement",
        "withdrawn_at",
    ]
    readonly_fields = ["first_verdict", "agreement"]

    @admin.display(description=_("verdict that was checked"))
    def first_verdict(self, check: SecondCheck) -> str:
        """The verdict that was to be checked."""
        return str(check.decision.get_verdict_display())

    @admin.display(description=_("they agree"), boolean=True)
    def agreement(self, check: SecondCheck) -> bool | None:
        """Whether the second verdict is the first one; nothing until there is a second one."""
        return check.agrees
