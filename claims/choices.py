"""The closed lists of the workbench's words.

A verdict, quotation type, source kind or stance is one member here; pages, filters, exports and tests
iterate these lists.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verdict(TextChoices):
    """What the desk says of a claim: three states, and no fourth."""

    PENDING = "pending", _("Pending")
    VERIFIED = "verified", _("Verified")
    DISPUTED = "disputed", _("Disputed")


class Quotation(TextChoices):
    """How the article gives a claim's words."""

    DIRECT = "direct", _("Direct quotation")
    MIXED = "mixed", _("Partly quoted")
    INDIRECT = "indirect", _("Indirect speech")
    NARRATION = "narration", _("The article's own voice")


class SourceKind(TextChoices):
    """What a source is."""

    MINISTER = "minister", _("Minister")
    SPOKESPERSON = "spokesperson", _("Spokesperson")
    OFFICIAL = "official", _("Official")
    POLICE_MILITARY = "police-military", _("Police or military")
    LAWMAKER = "lawmaker", _("Lawmaker")
    COURT = "court", _("Court")
    EXPERT = "expert", _("Expert")
    WITNESS = "witness", _("Witness")
    ARMED_GROUP = "armed-group", _("Armed group")
    COMPANY = "company", _("Company")
    ORGANISATION = "organisation", _("Organisation")
    MEDIA = "media", _("Media")
    DOCUMENT = "document", _("Document")
    UNNAMED = "unnamed", _("Unnamed")
    OTHER = "other", _("Other")


class Stance(TextChoices):
    """What a piece of evidence does to its claim."""

    FOR = "for", _("For")
    AGAINST = "against", _("Against")
    CONTEXT = "context", _("Context")
