"""Why two claims say the same, or the opposite: each reason as a sentence in the reader's language.

`earlier` and `later` go by publication, whichever of the two claims a page shows first.
"""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.matching.types import Reason

SENTENCES: Mapping[str, str | Promise] = {
    # What they have in common.
    "same_words": _("The same words, or nearly"),
    "close_in_meaning": _("Close in meaning"),
    "same_figure": _("The same figure: %(figure)s"),
    "same_name": _("The same name: %(name)s"),
    "other_source": _("Another source: %(earlier)s, then %(later)s"),
    "same_affair": _("The same affair"),
    # Why they cannot both be true.
    "other_figure": _("Another figure for the same thing: %(earlier)s and %(later)s %(counted)s"),
    "other_date": _("Another date for the same thing: %(earlier)s and %(later)s"),
    "other_event": _("Another account of the same event: %(earlier)s and %(later)s %(counted)s"),
    "swapped_roles": _("Who did it to whom is the other way round: %(first)s and %(second)s"),
    "denied": _("One of the two denies it: “%(word)s”"),
    "opposite": _("The opposite: “%(earlier)s” and “%(later)s”"),
    "other_name": _("Another name in the same place: %(earlier)s and %(later)s"),
    "other_answer": _("Another answer to the same question: “%(earlier)s” and “%(later)s”"),
    "other_kind": _("Another kind of thing: “%(earlier)s” and “%(later)s”"),
    # Why the later one tells a later state.
    "later_count": _("The later count: %(earlier)s, then %(later)s %(counted)s"),
    "changed": _("It has changed since: “%(word)s”"),
    "later_state": _("The later state of the same thing: “%(word)s”"),
    "plan_overtaken": _("The plan has been overtaken by events: “%(word)s”"),
    "no_longer_open": _("No longer uncertain, as it was earlier: “%(word)s”"),
    # Why a verdict on one does not hold for the other.
    "hedge": _("One of the two is less certain: “%(word)s”"),
    "planned": _("One of the two is only a plan: “%(word)s”"),
    "cause": _("The later one names a cause: “%(word)s”"),
    "wide": _("The later one claims more: “%(word)s”"),
    "superlative": _("The later one ranks it: “%(word)s”"),
    "part": _("The later one speaks of a part: “%(word)s”"),
    "condition": _("The later one sets a condition: “%(word)s”"),
    "denial": _("The later one denies the earlier one: “%(word)s”"),
    "stance": _("The later one only comments on it: “%(word)s”"),
    "left_out": _("The later one leaves something out: %(earlier)s"),
    "other_period": _("Another time: %(earlier)s and %(later)s"),
    "far_apart": _("Figures far apart: %(earlier)s and %(later)s %(counted)s"),
    "other_measure": _("Another measure: %(earlier)s and %(later)s %(counted)s"),
    "of_several": _("Not the same one: “%(earlier)s” and “%(later)s”"),
    "other_object": _("About another thing: “%(earlier)s” and “%(later)s”"),
    # Why they are of two things.
    "other_topic": _("Another topic"),
    "other_names": _("Other names, times or places"),
    "long_apart": _("%(days)s days apart"),
}
"""The sentence of each reason that `claims.matching` can give, by its code."""

_NAMES = ("name", "first", "second")
"""The values that are names, which the matcher gives in small letters."""


def in_words(reasons: Iterable[Reason]) -> list[str]:
    """Return reasons as sentences without a full stop, each once.

    A reason that has no sentence, or lacks one of the values that its sentence needs, is left out: it was kept by
    another version of the matcher.
    """
    told = (_sentence(reason) for reason in reasons)
    return list(dict.fromkeys(sentence for sentence in told if sentence))


def _sentence(reason: Reason) -> str:
    values = {"counted": reason.values.get("measure", ""), **reason.values}
    if not values["counted"]:
        values["counted"] = reason.values.get("measure", "")
    values |= {name: values[name].title() for name in _NAMES if values.get(name, "").islower()}
    try:
        words = str(SENTENCES[reason.code]) % values
    except KeyError:
        return ""
    return " ".join(words.split())
