"""Which internal fields are public: each has a unique word, which is looked for in all public pages and files."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db.models import CharField, FileField, Model, QuerySet, TextField
from django.test import Client
from django.urls import reverse

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    comment,
    correct_notice,
    correct_text,
    create_source,
    decide_claim,
    draft_report,
    publish_correction,
    publish_report,
    set_public,
)
from claims.choices import ReportText, SourceKind, Verdict
from claims.models import (
    UNCHANGEABLE,
    Alias,
    Article,
    Byline,
    Capture,
    Claim,
    Correction,
    Desk,
    Evidence,
    Newsroom,
    Report,
    Snapshot,
    Source,
    Tag,
)
from claims.queries.reports.editions import edition_of, frozen_edition
from claims.renderers import FORMATS
from claims.renderers.digest import canonical, digest
from claims.renderers.public import for_public, of_claim
from tests.conftest import version_of
from tests.models import match_rows, rows
from tests.models.external import external_rows
from tests.models.triggers import drop_triggers
from tests.web.public.pages import addresses, text_of
from tests.web.public.written import check, prove, write

READ_BY_ALL = {
    "Article.headline",
    "Article.byline",
    # Of those who agree to it.
    "Byline.name",
    "Byline.about",
    "Article.url",
    "Article.language",
    "Claim.quote",
    "Claim.prefix",
    "Claim.suffix",
    "Claim.statement",
    "Claim.role",
    "Claim.told_to",
    "Correction.notice",
    "EarlierNotice.notice",
    "Decision.reason",
    "Evidence.title",
    "Evidence.url",
    "Evidence.sha256",
    "Evidence.archive_url",
    "Evidence.excerpt",
    "Evidence.interest",
    "Newsroom.name",
    "Newsroom.method",
    "Newsroom.funding",
    "Newsroom.contact",
    "Newsroom.corrections",
    "Newsroom.logo_sha256",
    "Outlet.name",
    "Report.title",
    "Report.lede",
    "Report.conclusion",
    "Report.outline",
    "Revision.digest",
    "Source.name",
    "Source.wikidata",
    "Source.links",
    "TextCorrection.notice",
    "TextCorrection.text",
}
"""The fields that everyone may read. A field added to the public edition must be added here and to docs/chief.md."""

SHORT = {
    "Snapshot.data",
    "Snapshot.digest",
    "Correction.data",
    "Correction.language",
    "Report.approved_digest",
    "Report.withdrawal",
    "Source.last_name_key",
    "Thumbnail.sha256",
    "ReportTimestamp.edition",
    "SignedPdf.edition",
    "DailyCount.what",
    "StaleDay.what",
    "PublicClaim.statement",
    "PublicClaim.language",
    "PublicClaim.source_name",
    "PublicClaim.role",
    "PublicClaim.headline",
    "PublicClaim.outlet",
}
"""What holds no words of its own: a published report and a claim of it, frozen; the lists of what is public; digests;
and letters that the index of names is sorted by. What is told of a withdrawal is in `test_steps`."""


def words_of(model: type[Model]) -> list[str]:
    """The names of a model's fields that hold words."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField | FileField) and not field.choices
    ]


def marked() -> list[type[Model]]:
    """Every model of the desk that has words."""
    models = [*apps.get_app_config("claims").get_models(), User, Group]
    return [
        model
        for model in models
        if words_of(model) and not model.__name__.startswith("Historical") and model._meta.managed
    ]


class Words:
    """A word of its own for each field, by the name of the field: "Source.note", "Evidence (confidential).title"."""

    def __init__(self) -> None:
        self.of: dict[str, str] = {}

    def word(self, field: str) -> str:
        return self.of.setdefault(field, f"zq{len(self.of):03}zq")

    def fill(self, found: QuerySet, kind: str = "") -> None:
        """Put each field's word into it, also into those that the database guards."""
        model = found.model
        if hasattr(model, "UNCHANGED"):
            drop_triggers(model)
        for row in found:
            values = {
                name: self._value(f"{model.__name__}{kind}.{name}", row)
                for name in words_of(model)
                if f"{model.__name__}.{name}" not in {*SHORT, "User.password"}
            }
            model._default_manager.filter(pk=row.pk).update(**values)

    def _value(self, field: str, row: Model) -> str:
        name = field.rpartition(".")[2]
        address = name in {"url", "archive_url", "links", "address"}
        word = f"{self.word(field)}{row.pk}"
        return f"https://{word}.example.org/" if address else word


@pytest.fixture
def words() -> Words:
    return Words()


def _kept_beside(first: Claim, other: Claim, secret: Evidence, editor: User, words: Words) -> None:
    """Keep what the desk keeps beside two claims."""
    marks = {name: words.word(f"Capture.{name}") for name in words_of(Capture)}
    rows.capture(secret, editor, **marks)
    for make in (rows.saved_filter, rows.ways_in, rows.export, rows.links_of(secret)):
        make(editor)
    external_rows.match(first, external_rows.check(source=external_rows.source()))
    rows.bulk_change(editor, note="A note")
    rows.own_words()
    match_rows.match(first, other)
    rows.change(
        first, editor, note=words.word("Change.note"), actor_name=words.word("Change.actor_name")
    )


@pytest.fixture
def report(chief, editor, article, words) -> Report:
    """A published report of two claims among others, with everything around it that the desk keeps."""
    second = User.objects.create_superuser("osric")
    words.fill(User.objects.all())
    Byline.objects.create(person=second, name="Osric Vane")
    chief, editor, second = (User.objects.get(pk=one.pk) for one in (chief, editor, second))
    first, other, *_rest = Claim.objects.of_article(article).in_reading_order()
    reported = Claim.objects.filter(pk__in=[first.pk, other.pk])
    source = create_source(actor=editor, name="Ada Venn", kind=SourceKind.MINISTER, article=None)
    Alias.objects.create(source=source, name="Venn")
    tag, desk = Tag.objects.create(name="Friday"), Desk.objects.create(name="economy")
    first.tags.add(tag)
    Article.objects.filter(pk=article.pk).update(desk=desk)
    reported.update(source=source, assigned_to=editor)
    Newsroom.objects.get_or_create(pk=1)
    for claim in (first, other):
        add_evidence(
            actor=editor,
            claim_id=claim.pk,
            version=Claim.objects.get(pk=claim.pk).version,
            evidence=EvidenceDraft(title="Register", url="https://example.org/"),
        )
    secret = rows.evidence(first, editor, confidential=True)
    _kept_beside(first, other, secret, editor, words)
    for model in set(marked()) - {User, Claim, Source, Evidence, Report, Correction, *UNCHANGEABLE}:
        words.fill(model._default_manager.all())
    words.fill(reported)
    words.fill(Claim.objects.exclude(pk__in=reported), " (elsewhere)")
    words.fill(Source.objects.filter(pk=source.pk))
    words.fill(Source.objects.exclude(pk=source.pk), " (elsewhere)")
    words.fill(Evidence.objects.exclude(pk=secret.pk))
    words.fill(Evidence.objects.filter(pk=secret.pk), " (confidential)")

    for claim in (first, other):
        decide_claim(
            actor=editor,
            verdict=Verdict.VERIFIED,
            reason=words.word("Decision.reason"),
            note=words.word("Decision.note"),
            **version_of(claim),
        )
    words.of["Decision.actor_name"] = words.of["User.first_name"]
    check(first, editor, second, words)
    comment(actor=editor, claim_id=first.pk, text=words.word("Comment.text"))
    words.of["Comment.author_name"] = words.of["User.first_name"]
    draft_report(actor=chief, title="Another", article=article)
    words.fill(Report.objects.all(), " (draft)")
    made = draft_report(
        actor=chief,
        title=words.word("Report.title"),
        claims=reported,
        scope=f"Assigned to: {words.word('Report.scope')}",
        query=f"q={words.word('Report.query')}",
    )
    for name in ("made_by", "approved_by", "published_by"):
        words.of[f"Report.{name}_name"] = words.of["User.first_name"]
    write(chief, made, words.word)
    publish_report(actor=chief, report_id=made.pk, seen=edition_of(actor=chief, report=made).digest)
    set_public(actor=chief, report_id=made.pk, public=True)
    for claim in (first, other):
        decide_claim(
            actor=editor,
            verdict=Verdict.DISPUTED,
            reason=words.word("Decision (later).reason"),
            note=words.word("Decision (later).note"),
            **version_of(claim),
        )
    told = Correction.objects.first()
    words.fill(Correction.objects.exclude(pk=told.pk), " (open)")
    publish_correction(
        actor=chief,
        correction_id=told.pk,
        decision_id=told.decision_id,
        notice=words.word("EarlierNotice.notice"),
    )
    correct_notice(actor=chief, correction_id=told.pk, notice=words.word("Correction.notice"))
    correct_text(
        actor=chief,
        report_id=made.pk,
        part=ReportText.LEDE,
        text=words.word("TextCorrection.text"),
        notice=words.word("TextCorrection.notice"),
        seen=words.word("Report.lede"),
    )
    prove(made, words)
    return Report.objects.get(pk=made.pk)


def public_texts(report: Report) -> Iterator[tuple[str, str]]:
    """Whatever anyone can get of a report: each public address, and the public edition in each format."""
    everybody = Client()
    claims = report.claims.values_list("claim", flat=True)
    for address in addresses(report):
        answer = everybody.get(address)
        assert answer.status_code == 200, address
        yield address, text_of(answer.getvalue())
    edition = for_public(frozen_edition(report))
    for key, one in FORMATS.items():
        yield key, text_of(b"".join(one.write(edition)))
        yield f"{key} of a claim", text_of(b"".join(one.write(of_claim(edition, claims[0]))))


def test_exactly_the_fields_that_are_meant_for_everybody_show_somewhere(report, words):
    shown: dict[str, set[str]] = {}
    for place, text in public_texts(report):
        for field, word in words.of.items():
            if word in text:
                shown.setdefault(field, set()).add(place)
    leaked = {field: places for field, places in shown.items() if field not in READ_BY_ALL}
    assert leaked == {}
    assert READ_BY_ALL - set(shown) == set()


_LOGINS = {"AccessToken", "FailedLogin", "KeptAnswer", "LoginBrake"}
_OUTSIDE = {"DueCapture", "NoticeChannel", "Webhook", "WebhookDelivery"}
_STEMS = {"ExternalStemFrequency", "StemFrequency"}
_APART = {*_LOGINS, *_OUTSIDE, *_STEMS, "Erasure", "LogLink", "Task", "Worker"}
"""What has nothing to do with articles, and so with reports."""


def test_every_field_of_words_was_given_one(report, words):
    """A new field of the desk has a word here, and is held back unless it is named above."""
    fields = {f"{model.__name__}.{name}" for model in marked() for name in words_of(model)}
    unread = {"User.password", *SHORT}
    elsewhere = {name for name in fields if name.partition(".")[0] in _APART}
    assert fields - set(words.of) - unread - elsewhere == set()


def test_the_desk_still_sees_by_what_the_claims_were_chosen(chief, report, words):
    page = b"".join(FORMATS["html"].write(edition_of(actor=chief, report=report)))
    assert words.of["Report.scope"] in text_of(page)


def test_the_public_page_says_that_claims_were_chosen(report):
    page = Client().get(reverse("public-report", args=[report.pk])).getvalue().decode()
    assert "Claims selected by the newsroom" in page
    assert "All claims to check in the article" not in page


def test_what_was_published_keeps_its_digest_and_the_public_one_is_that_of_the_public_data(report):
    frozen = Snapshot.objects.get(report=report)
    assert frozen_edition(report).digest == frozen.digest
    public = for_public(frozen_edition(report))
    assert public.digest != frozen.digest
    assert public.digest == digest(canonical(public.report))


def test_a_desk_persons_name_in_a_filter_stays_on_the_desk(client, chief, editor, claim):
    """As the desk itself makes it: from the table of claims, filtered by whom they are assigned to."""
    User.objects.filter(pk=editor.pk).update(first_name="Quillon", last_name="Marr")
    Claim.objects.filter(pk=claim.pk).update(assigned_to=editor)
    client.force_login(chief)
    client.post(
        reverse("new-report"), {"every": "1", "list": f"assigned={editor.pk}", "title": "May"}
    )
    made = Report.objects.get()
    assert made.scope == "Assigned to: Quillon Marr"
    publish_report(actor=chief, report_id=made.pk, seen=edition_of(actor=chief, report=made).digest)
    set_public(actor=chief, report_id=made.pk, public=True)
    made.refresh_from_db()
    assert [place for place, text in public_texts(made) if "Quillon" in text] == []
