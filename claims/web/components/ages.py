"""Ages in words."""

from django.utils.translation import gettext as _

from claims.queries.workload import AgeGroup


def ages_in_words(ages: AgeGroup) -> str:
    """Return the ages of a group of articles: "today", "1 to 2 days", "over 14 days"."""
    if ages.oldest is None:
        return _("over %(days)s days") % {"days": ages.youngest - 1}
    if not ages.oldest:
        return _("today")
    return _("%(first)s to %(last)s days") % {"first": ages.youngest, "last": ages.oldest}
