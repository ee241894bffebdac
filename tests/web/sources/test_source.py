"""The page of a source, and the figures of sources."""

from datetime import UTC, datetime

from django.urls import reverse

from claims.actions import ask_second_check, decide_claim
from claims.choices import Verdict
from claims.models import Alias, Claim
from claims.queries.sources import records as source_records
from tests.models import rows
from tests.web.sources.pages import MINISTER, text_of


class TestPage:
    def test_it_says_who_it_is(self, desk, venn, article):
        venn.wikidata = "Q42"
        venn.links = "https://venn.example/\njavascript:alert(1)"
        venn.note = "Answers on Mondays"
        venn.save()
        Alias.objects.create(source=venn, name="The minister")
        text = text_of(desk.get(venn.get_absolute_url()))
        for words in ("The minister", "Ministry", "Ostrey", "Answers on Mondays"):
            assert words in text
        assert 'rel="noopener noreferrer" href="https://www.wikidata.org/wiki/Q42"' in text
        assert 'href="https://venn.example/"' in text
        assert "javascript:alert(1)" in text
        assert 'href="javascript:' not in text
        assert reverse("admin:claims_source_change", args=[venn.pk]) in text

    def test_who_may_not_change_it_gets_no_way_to(self, client, reader, venn):
        client.force_login(reader)
        text = text_of(client.get(venn.get_absolute_url()))
        assert reverse("admin:claims_source_change", args=[venn.pk]) not in text
        assert reverse("merge-source", args=[venn.pk]) not in text

    def test_roles_as_stated_over_time(self, desk, venn, said):
        days = [datetime(2026, month, 1, tzinfo=UTC) for month in (1, 2, 3)]
        for at, role in zip(days, ("minister", "", "minister"), strict=True):
            said(venn, at, role=role)
        said(venn, days[1], role="candidate")
        roles = desk.get(venn.get_absolute_url()).context["record"].roles
        assert [(one.words, one.first, one.last, one.times) for one in roles] == [
            ("minister", days[0].date(), days[2].date(), 2),
            ("candidate", days[1].date(), days[1].date(), 1),
        ]

    def test_its_record_counts_what_the_desk_checks(self, desk, editor, venn, said):
        claims = [said(venn) for _claim in range(4)]
        decide_claim(actor=editor, claim_id=claims[0].pk, version=1, verdict=Verdict.VERIFIED)
        Claim.objects.filter(pk=claims[1].pk).update(dismissed=True)
        Claim.objects.filter(pk=claims[2].pk).update(checkable=False)
        record = desk.get(venn.get_absolute_url()).context["record"]
        assert record.counts.by_verdict() == {"pending": 1, "verified": 1, "disputed": 0}
        assert record.counts.total == 2
        assert {one.key: number for one, number in record.figure.sums} == {
            "verified": 1,
            "disputed": 0,
            "pending": 1,
        }
        assert [claim.pk for claim in record.table.data] == [claim.pk for claim in claims][::-1]

    def test_by_month_over_two_years_and_by_year_over_more(self, desk, venn, said):
        for year, month in ((2026, 3), (2026, 1)):
            said(venn, datetime(year, month, 9, tzinfo=UTC))
        figure = desk.get(venn.get_absolute_url()).context["record"].figure
        assert [row.label for row in figure.rows] == ["January 2026", "February 2026", "March 2026"]
        said(venn, datetime(2020, 3, 9, tzinfo=UTC))
        figure = desk.get(venn.get_absolute_url()).context["record"].figure
        assert [row.label for row in figure.rows] == [str(year) for year in range(2020, 2027)]

    def test_months_until_two_years_are_full_and_the_newest_years(self, desk, venn, said):
        def labels() -> list[str]:
            figure = desk.get(venn.get_absolute_url()).context["record"].figure
            return [row.label for row in figure.rows]

        said(venn, datetime(2026, 12, 9, tzinfo=UTC))
        said(venn, datetime(2025, 1, 9, tzinfo=UTC))
        assert (len(labels()), labels()[0], labels()[-1]) == (24, "January 2025", "December 2026")
        said(venn, datetime(2024, 12, 9, tzinfo=UTC))
        assert labels() == ["2024", "2025", "2026"]
        said(venn, datetime(1980, 12, 9, tzinfo=UTC))
        assert (len(labels()), labels()[0]) == (40, "1987")

    def test_of_many_claims_the_newest_tell_the_roles(self, desk, venn, said, monkeypatch):
        monkeypatch.setattr(source_records, "RECENT", 2)
        for day, role in enumerate(("first", "second", "third"), 1):
            said(venn, datetime(2026, 1, day, tzinfo=UTC), role=role)
        page = desk.get(venn.get_absolute_url())
        assert {one.words for one in page.context["record"].roles} == {"second", "third"}
        assert page.context["record"].counts.total == 3
        assert "the newest 1,000" in text_of(page)

    def test_one_that_nobody_quotes(self, desk, venn):
        text = text_of(desk.get(venn.get_absolute_url()))
        assert "No article quotes this source" in text

    def test_what_is_to_be_checked_blind_shows_no_verdict(self, client, editor, chief, venn, said):
        claim = said(venn, statement="The one to check")
        decide_claim(
            actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.DISPUTED, reason="Secret"
        )
        ask_second_check(actor=chief, claim_id=claim.pk, version=2, blind=True)
        client.force_login(editor)
        page = client.get(venn.get_absolute_url())
        record = page.context["record"]
        assert record.counts.by_verdict() == {"pending": 1, "verified": 0, "disputed": 0}
        assert {one.key: number for one, number in record.figure.sums}["disputed"] == 0
        assert "Shown after your check" in text_of(page)
        assert "icon--disputed" not in text_of(page).split('id="claims"')[1]
        client.force_login(chief)
        record = client.get(venn.get_absolute_url()).context["record"]
        assert record.counts.by_verdict() == {"pending": 0, "verified": 0, "disputed": 1}

    def test_the_number_of_queries_is_fixed(self, count, venn, said, article):
        said(venn, role="minister")
        few = count(venn.get_absolute_url())
        for number in range(30):
            said(venn, role=f"role {number}")
            Alias.objects.create(source=venn, name=f"Venn {number}")
            other = rows.source(f"A. {number} Venn", kind=MINISTER)
            said(other, role="minister")
        assert count(venn.get_absolute_url()) <= few + 3  # the proposals' own
        more = count(venn.get_absolute_url())
        for number in range(30, 60):
            said(rows.source(f"A. {number} Venn", kind=MINISTER), role="minister")
        assert count(venn.get_absolute_url()) == more
