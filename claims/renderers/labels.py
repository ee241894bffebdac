"""The fixed texts of the formats for people, in the language of the report.

They are marked here for `make translations`, and translated by the same catalogues as the pages. A report in a language
without a catalogue has them in English.

Labels of closed lists are not here: they come with the report, as `Term.label`.
"""

import gettext
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from claims.errors import gettext_noop

LANGUAGE = "en"
"""The BCP 47 tag of the texts as they stand here."""

_CATALOGUES = Path(__file__).parents[1] / "locale"
# Of Unicode's list of scripts that run from right to left, the languages that are written in one by default.
_FROM_RIGHT = frozenset(
    [
        "ar",
        "arc",
        "azb",
        "ckb",
        "dv",
        "fa",
        "he",
        "khw",
        "ks",
        "mzn",
        "nqo",
        "ps",
        "sd",
        "syr",
        "ug",
        "ur",
        "yi",
    ]
)
_SCRIPTS_FROM_RIGHT = frozenset({"adlm", "arab", "hebr", "nkoo", "syrc", "thaa"})

TEXTS: Mapping[str, str] = {
    "kicker": gettext_noop("Verification report"),
    "internal": gettext_noop("INTERNAL"),
    "public": gettext_noop("PUBLIC"),
    "internal_warning": gettext_noop(
        "Internal edition, not for publication: it names newsroom staff and may contain confidential evidence."
    ),
    "scope": gettext_noop("Covers"),
    "whole_article": gettext_noop("All claims to check in the article"),
    "chosen": gettext_noop("Claims selected by the newsroom"),
    "articles": gettext_noop("Articles"),
    "article": gettext_noop("Article"),
    "logo": gettext_noop("The newsroom's logo"),
    "public_page": gettext_noop("Public page"),
    "contents": gettext_noop("Contents"),
    "correction_notice": gettext_noop("Corrected since publication"),
    "update_notice": gettext_noop("Checked since publication"),
    "later_report_notice": gettext_noop("Checked again in a later report"),
    "anew_notice": gettext_noop("Decided again since publication"),
    "correction_since": gettext_noop("Corrected since publication"),
    "update_since": gettext_noop("Checked since publication"),
    "later_report_since": gettext_noop("Checked again in a later report"),
    "anew_since": gettext_noop("Decided again since publication"),
    "correction_before": gettext_noop("Corrected; before"),
    "update_before": gettext_noop("Checked since; before"),
    "later_report_before": gettext_noop("Checked again; before"),
    "reason_before": gettext_noop("Reason as published"),
    "checked_before": gettext_noop("Checked, as published"),
    "second_check_before": gettext_noop("Second check, as published"),
    "evidence_before": gettext_noop("Evidence as published"),
    "lede_corrected": gettext_noop("Lede corrected"),
    "conclusion_corrected": gettext_noop("Conclusion corrected"),
    "lede_before": gettext_noop("Lede before"),
    "conclusion_before": gettext_noop("Conclusion before"),
    "notice_first_said": gettext_noop("The notice first said"),
    "later_report": gettext_noop("Later report"),
    "becomes": gettext_noop("became"),
    "changed_at": gettext_noop("Decided at"),
    "notice": gettext_noop("Notice to readers"),
    "notice_published_at": gettext_noop("Notice published"),
    "held": gettext_noop("In this report"),
    "decided": gettext_noop("Decided"),
    "outlet": gettext_noop("Outlet"),
    "byline": gettext_noop("Byline"),
    "published": gettext_noop("Published"),
    "url": gettext_noop("Address"),
    "article_language": gettext_noop("Language"),
    "revision": gettext_noop("Revision checked"),
    "not_given": gettext_noop("Not given"),
    "figures": gettext_noop("Claims by verdict"),
    "verdict": gettext_noop("Verdict"),
    "claims": gettext_noop("Claims"),
    "all_claims": gettext_noop("All claims"),
    "share": gettext_noop("Share"),
    "unchecked": gettext_noop("Not checked yet"),
    "unchecked_explained": gettext_noop(
        "Nobody has confirmed or disputed these claims. Their presence in this report says nothing about whether they are true."
    ),
    "waiting": gettext_noop("Second check under way"),
    "waiting_explained": gettext_noop(
        "These claims have been decided, and a second person is checking them. This report does not say how they were decided."
    ),
    "waiting_evidence": gettext_noop("The evidence will be shown once the second check is done."),
    "summary": gettext_noop("Summary"),
    "summary_caption": gettext_noop("All claims in this report, in the order of the text"),
    "summary_caption_by_hand": gettext_noop("All claims in this report, in its order"),
    "number": gettext_noop("No."),
    "statement": gettext_noop("Statement"),
    "source": gettext_noop("Source"),
    "claims_in_full": gettext_noop("The claims in full"),
    "other_claims": gettext_noop("Other claims"),
    "lede": gettext_noop("Lede"),
    "conclusion": gettext_noop("Conclusion"),
    "no_claims": gettext_noop("This report contains no claims."),
    "quote": gettext_noop("Exact words in the article, highlighted"),
    "source_kind": gettext_noop("Kind of source"),
    "role": gettext_noop("Role as stated"),
    "told_to": gettext_noop("Told to"),
    "quotation": gettext_noop("Quotation"),
    "checkworthiness": gettext_noop("Check-worthiness"),
    "said_in": gettext_noop("Said in"),
    "source_link": gettext_noop("Source page"),
    "reason": gettext_noop("Reason"),
    "checked": gettext_noop("Checked"),
    "by": gettext_noop("by"),
    "set_back": gettext_noop("Set back to pending"),
    "second_check": gettext_noop("Second check"),
    "evidence": gettext_noop("Evidence"),
    "confidential": gettext_noop("Confidential: not for publication"),
    "no_evidence": gettext_noop("No evidence is on file for this claim."),
    "directness": gettext_noop("Kind of document"),
    "primary": gettext_noop("First-hand document"),
    "not_primary": gettext_noop("Second-hand: a report about a document or event"),
    "sha256": gettext_noop("SHA-256 of the newsroom's file"),
    "archive": gettext_noop("Archived copy"),
    "excerpt": gettext_noop("Excerpt"),
    "interest": gettext_noop("Known interest"),
    "looked_up": gettext_noop("Looked up"),
    "found_for": gettext_noop("Found for"),
    "other_claim": gettext_noop("An earlier claim that says the same"),
    "earlier_checks": gettext_noop("Earlier checks"),
    "earlier_checks_explained": gettext_noop(
        "This newsroom has checked other claims that say the same."
    ),
    "taken_over": gettext_noop("The verdict on this claim was taken over from this check."),
    "pairs": gettext_noop("Contradictions and later figures"),
    "pairs_explained": gettext_noop(
        "Claims in this report that do not agree: the newsroom has compared them."
    ),
    "contradicts": gettext_noop("The later claim contradicts the earlier one."),
    "supersedes": gettext_noop("The later claim gives a later figure or state."),
    "later_contradicts": gettext_noop("A later claim that contradicts this one."),
    "earlier_contradicts": gettext_noop("An earlier claim that this one contradicts."),
    "later_supersedes": gettext_noop("A later claim with a later figure or state."),
    "earlier_supersedes": gettext_noop("An earlier claim with an earlier figure or state."),
    "earlier_claim": gettext_noop("Earlier claim"),
    "later_claim": gettext_noop("Later claim"),
    "method": gettext_noop("How this newsroom works"),
    "funding": gettext_noop("Who funds this newsroom"),
    "contact": gettext_noop("How to reach this newsroom"),
    "corrections_policy": gettext_noop("How to request a correction"),
    "corrections": gettext_noop("Corrections"),
    "about": gettext_noop("About this report"),
    "newsroom": gettext_noop("Newsroom"),
    "published_at": gettext_noop("Published"),
    "written_by": gettext_noop("Written by"),
    "checked_by": gettext_noop("Checked by"),
    "approved_by": gettext_noop("Approved by"),
    "drafted": gettext_noop("Drafted"),
    "left_out": gettext_noop("Left out"),
    "software": gettext_noop("Software"),
    "claim_id": gettext_noop("Claim ID"),
    "claim_page": gettext_noop("Claim page"),
    "body_digest": gettext_noop("SHA-256 of the article's text"),
    "report_digest": gettext_noop("SHA-256 of this report's data"),
    "published_digest": gettext_noop("SHA-256 as first published, before documents were withheld"),
    "recompute": gettext_noop(
        "The digest is computed from the data in the JSON export of this report. This command computes it again:"
    ),
    "undrawn": gettext_noop(
        "The computer that created this file has no font for some of its characters. They appear as empty boxes or are missing here. The HTML, CSV and JSON exports of the same report contain all of them."
    ),
    "draft": gettext_noop("Draft: not published"),
    "published_report": gettext_noop("Published report no. %(number)s"),
    "held_of": gettext_noop("%(part)s of %(claims)s to check"),
    "decided_of": gettext_noop("%(part)s of %(claims)s in this report"),
    "worth": gettext_noop("%(worth)s of 1"),
    "left_out_waiting": gettext_noop("%(claims)s, because a second check was under way"),
    "claim_number": gettext_noop("Claim %(number)s"),
    "omitted": gettext_noop("%(claims)s, by the newsroom’s choice"),
    "undecided_omitted": gettext_noop("%(claims)s, because they had not been decided"),
    "report_number": gettext_noop("No. %(number)s"),
    "report_titled": gettext_noop("No. %(number)s: %(title)s"),
    "page_of": gettext_noop("Page %(page)s of %(pages)s"),
    "public_report": gettext_noop("Public report"),
}


def spoken(language: str) -> str:
    """Return the language in which a report in a language has its fixed texts: one that has a catalogue."""
    tag = language.lower()
    known = (LANGUAGE, *(each.name for each in _CATALOGUES.iterdir() if each.is_dir()))
    return next((each for each in (tag, tag.partition("-")[0]) if each in known), LANGUAGE)


def direction(language: str) -> str:
    """Return the direction of a language's usual script, or of the one that its tag names: "rtl" or "ltr"."""
    primary, *rest = language.lower().split("-")
    scripts = [each for each in rest if len(each) == len("arab") and each.isalpha()]
    from_right = scripts[0] in _SCRIPTS_FROM_RIGHT if scripts else primary in _FROM_RIGHT
    return "rtl" if from_right else "ltr"


class Words(Mapping[str, str]):
    """The fixed texts of a report in a language, by their keys.

    Attributes:
        language: that of the report, as a BCP 47 tag.
        spoken: that of these texts, which is another one if they are not translated.
    """

    def __init__(self, language: str) -> None:
        self.language, self.spoken = language, spoken(language)
        self._catalogue = gettext.translation(
            "django", _CATALOGUES, [self.spoken], fallback=self.spoken == LANGUAGE
        )
        self._texts = {key: self._catalogue.gettext(text) for key, text in TEXTS.items()}

    def __getitem__(self, key: str) -> str:
        """The text with a key."""
        return self._texts[key]

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        return iter(self._texts)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._texts)

    @property
    def direction(self) -> str:
        """The direction of the report."""
        return direction(self.language)

    @property
    def arrow(self) -> str:
        """What stands between before and after."""
        return "←" if self.direction == "rtl" else "→"

    @property
    def are_foreign(self) -> bool:
        """Whether the texts are in another language than the report."""
        return self.spoken != self.language.lower().partition("-")[0]

    def numbered(self, number: int) -> str:
        """Return how a claim is called by its number: "Claim 3"."""
        return self["claim_number"] % {"number": number}

    def claims_in_words(self, number: int) -> str:
        """Return a number of claims in words: "1 claim", "5 claims"."""
        text = self._catalogue.ngettext("%(number)s claim", "%(number)s claims", number)
        return text % {"number": number}

    def withheld_in_words(self, number: int) -> str:
        """Return how many documents are withheld; "" for none."""
        text = self._catalogue.ngettext(
            "%(number)s document withheld to protect a source",
            "%(number)s documents withheld to protect a source",
            number,
        )
        return text % {"number": number} if number else ""


@cache
def words_in(language: str) -> Words:
    """Return the fixed texts of a report in a language."""
    return Words(language)
