"""What a report tells of other claims: what of it is public, field by field."""

from dataclasses import fields, replace

import pytest

from claims.renderers import FORMATS
from claims.renderers.digest import digest
from claims.renderers.public import for_public
from claims.renderers.types import EarlierCheck
from tests.renderers import reports
from tests.renderers.matches import PUBLISHED, check, matching

OF_THE_DESK = {
    "statement": "zq-statement",
    "source": "zq-source",
    "role": "zq-role",
    "outlet": "zq-outlet",
    "checked_by": "zq-checker",
    "reason": "zq-reason",
    "report_title": "zq-title",
}
"""A word of its own for each field of a check as only the newsroom knows it."""


def line_with(**changes: object):
    """The claim whose verdict was taken over."""
    return replace(matching().report.lines[1], **changes)


def public_line(line, **changes: object):
    """The same claim in the public edition."""
    (found,) = for_public(matching(lines=(line,), contradictions=(), **changes)).report.lines
    return found


@pytest.mark.parametrize("field", OF_THE_DESK)
def test_nothing_of_a_check_on_the_desk_is_in_any_public_file(field):
    line = line_with(earlier=(check(**OF_THE_DESK),))
    public = for_public(matching(lines=(line,), contradictions=()))
    for key, one in FORMATS.items():
        assert OF_THE_DESK[field].encode() not in b"".join(one.write(public)), key


def test_the_public_reads_what_the_public_report_says_and_nothing_else():
    held_back = {"statement", "source", "role", "outlet", "published", "checked_by"}
    (found,) = public_line(line_with(earlier_public=(check(reason="In the report."),))).earlier
    for field in fields(EarlierCheck):
        value = getattr(found, field.name)
        if field.name in held_back:
            assert not value, field.name
        else:
            assert value == getattr(check(reason="In the report."), field.name), field.name


@pytest.mark.parametrize(
    "checks",
    [{}, {(2, 42): "https://proofdesk.example/"}, {(3, 41): "https://proofdesk.example/"}],
    ids=["none", "another claim", "another report"],
)
def test_a_check_whose_report_is_no_longer_public_is_left_out(checks):
    assert public_line(line_with(), checks=checks).earlier == ()


def test_what_only_the_desk_knows_is_gone_and_so_are_confidential_documents():
    line = public_line(line_with())
    assert line.earlier == (PUBLISHED,)
    assert line.earlier_public == ()
    assert [one.title for one in line.referred] == ["Plan of March"]


def test_contradictions_are_public_and_the_public_digest_covers_them():
    public = for_public(matching())
    assert public.report.contradictions == matching().report.contradictions
    assert public.digest == digest(public.canonical)
    assert public.digest != for_public(matching(contradictions=())).digest


def test_a_report_without_any_of_it_has_the_data_of_older_versions():
    old = reports.sample()
    for data in (old.canonical, for_public(old).canonical):
        for name in (b"contradictions", b"referred", b"earlier", b"earlier_public"):
            assert name not in data


def test_reports_of_older_versions_keep_both_their_digests():
    """What the first version computed for two reports, of the desk and of the public."""
    assert reports.sample().digest == (
        "010a6aeb4e88e764ed7bf2c32b1efc1fa7ec485cd042d7b46c505e758ac676d3"
    )
    assert for_public(reports.several()).digest == (
        "8dc5feff2189ba2830c4309d3407b356b3d9c3d872f1e42cc0f082ac0c56b965"
    )


def test_what_nobody_has_told_readers_is_in_no_public_report():
    known = reports.several()
    assert [one.published_at is None for one in known.corrections] == [False, True]
    (told,) = for_public(known).corrections
    assert told.notice == known.corrections[0].notice
