"""What the tags that many templates use show."""

import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.auth.models import User
from django.utils import timezone

from claims.queries.claims.verdict_counts import VerdictCounts
from claims.web.components.form_fields import AssigneeField, web_address
from claims.web.components.template_tags import (
    label,
    mark_end,
    marked,
    moment,
    state_label,
    verdict_counts,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def words(shown: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", shown).split())


def test_verdicts_are_counted_in_their_order_with_words_for_those_who_want_them():
    counts = VerdictCounts(verified=1200, disputed=0, pending=3)
    shown = verdict_counts(counts)
    assert words(shown) == "1,200 verified , 0 disputed , 3 pending ,"
    assert shown.count("count__word visually-hidden") == 3
    assert "count__word visually-hidden" not in verdict_counts(counts, in_words=True)


@pytest.mark.parametrize(
    ("touched", "state", "sign"),
    [(None, "Proposed", "[proposed]"), (NOON, "Verified", "[Verified]")],
)
def test_a_claim_that_nobody_has_touched_is_called_a_proposal(touched, state, sign):
    claim = SimpleNamespace(verdict="verified", touched_at=touched)
    assert state_label(claim) == state
    assert words(mark_end(claim)).endswith(sign)
    assert ("mark__end--verified" in mark_end(claim)) == bool(touched)


def test_a_value_of_a_list_has_its_label():
    assert (label("minister", "kind"), label("sent-back", "review_status")) == (
        "Minister",
        "Sent back",
    )


def test_words_that_were_sought_are_marked_and_markup_is_text():
    assert marked("The <b>Olm</b> bridge", "olm") == (
        "The &lt;b&gt;<mark>Olm</mark>&lt;/b&gt; bridge"
    )
    assert marked("The <b>Olm</b>", "") == "The &lt;b&gt;Olm&lt;/b&gt;"


def test_a_moment_is_a_day_of_the_readers_zone_with_the_time_behind_it():
    assert moment(None) == ""
    late = NOON.replace(hour=23, minute=30)
    with timezone.override("Europe/Berlin"):
        assert words(moment(late)) == "3 Mar 2026"
        assert 'title="2026-03-03 00:30 CET"' in moment(late)
    with timezone.override("UTC"):
        assert words(moment(late)) == "2 Mar 2026"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("courier.example.org/a", "https://courier.example.org/a"),
        ("https://e.org/" + "a" * 1986, "https://e.org/" + "a" * 1986),
        ("https://e.org/" + "a" * 1987, None),
        ("https://ada:secret@e.org/", None),
        ("javascript:alert(1)", None),
        ("", ""),
    ],
)
def test_a_link_is_an_address_of_the_web_and_has_its_length(typed, address):
    field = web_address("Link")
    if address is None:
        with pytest.raises(forms.ValidationError):
            field.clean(typed)
    else:
        assert field.clean(typed) == address


def test_a_link_that_is_needed_is_asked_for():
    with pytest.raises(forms.ValidationError):
        web_address("Link", required=True).clean("")


def test_claims_are_assigned_to_deciders_by_their_names(editor, chief, reader):
    field = AssigneeField()
    assert [name for _value, name in field.choices][1:] == ["Carl", "Edda"]
    with pytest.raises(forms.ValidationError):
        field.clean(reader.pk)
    assert field.clean(editor.pk) == User.objects.get(pk=editor.pk)
