"""The kinds of steps: a function for each value of a step's `do`. Each calls one action.

Its keyword arguments are those of the step. `desk` finds what the step names, and `actor` is the person who does it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from claims import actions
from claims.choices import ChangeAction, SourceKind, Stance, Verdict
from claims.ingest.types import ArticleDraft
from claims.models import Claim, Feed, Outlet, ReasonTemplate, Tag
from claims.models import Desk as Department
from claims.queries.claims.filters import ClaimFilter
from workbench.demo.capture_steps import capture
from workbench.demo.desk import Desk, NotFoundError, edited
from workbench.demo.documents import document
from workbench.demo.match_steps import (
    compare_with_archive,
    confirm,
    dismiss_match,
    read_fact_check,
    take_over,
)
from workbench.demo.report_steps import (
    approve_report,
    arrange_report,
    draft_report,
    publish_correction,
    publish_report,
    send_report_back,
    submit_report,
    write_report,
)


def receive(desk: Desk, actor: User, *, article: str, dated: bool = True) -> None:
    """An article comes in. With `dated = false` it keeps its own date, because it is about a real event."""
    draft = desk.draft(article, timezone.now() if dated else None)
    _received(desk, actor, article, draft, actions.COMMAND, actions.Decision.CREATE)


def revise(
    desk: Desk,
    actor: User,
    *,
    article: str,
    changes: Mapping[str, str] | None = None,
    added: str = "",
) -> None:
    """The article's text is different now: some words are replaced, and a paragraph is added."""
    draft = desk.draft(article, timezone.now())
    body = edited(draft.body, changes or {})
    changed = replace(draft, body=body + (f"\n\n{added}" if added else ""))
    _received(desk, actor, article, changed, actions.COMMAND_UPDATE, actions.Decision.REVISE)


def _received(
    desk: Desk,
    actor: User,
    name: str,
    draft: ArticleDraft,
    policy: actions.Policy,
    expected: actions.Decision,
) -> None:
    result = actions.receive_article(
        actor=actor,
        draft=draft,
        policy=policy,
        claims=desk.split(draft.body, headline=draft.headline),
    )
    if result.decision != expected:
        raise NotFoundError(f"“{name}” came in as {result.decision.name}, not {expected.name}")
    desk.articles[name] = result.article
    compare_with_archive()


def put_in_inbox(
    desk: Desk,
    actor: User,
    *,
    headline: str = "",
    outlet: str,
    body: str = "",
    like: str = "",
    changes: Mapping[str, str] | None = None,
) -> None:
    """An article waits in the actor's inbox: a new one, or nearly the same as an existing one."""
    if like:
        copied = desk.draft(like, timezone.now())
        draft = replace(copied, body=edited(copied.body, changes or {}), outlet=outlet, url="")
    else:
        draft = ArticleDraft(headline=headline, body=body, outlet=outlet, published=timezone.now())
    actions.add_to_inbox(actor=actor, draft=draft)


def decide(
    desk: Desk,
    actor: User,
    *,
    article: str,
    claim: str,
    verdict: str,
    reason: str,
    evidence: Mapping[str, Any] | None = None,
    note: str = "",
) -> None:
    """Set a claim's verdict, with a reason and perhaps a document or an internal note."""
    found = desk.claim(article, claim)
    actions.decide_claim(
        actor=actor,
        claim_id=found.pk,
        version=found.version,
        verdict=Verdict(verdict),
        reason=reason,
        evidence=_evidence(evidence) if evidence else None,
        note=note,
    )


def add_evidence(desk: Desk, actor: User, *, article: str, claim: str, **told: Any) -> None:
    """Add a document to a claim."""
    found = desk.claim(article, claim)
    actions.add_evidence(
        actor=actor, claim_id=found.pk, version=found.version, evidence=_evidence(told)
    )


def review_in(desk: Desk, actor: User, *, article: str, claim: str, days: int) -> None:
    """Have a claim's verdict looked at again in some days."""
    found = desk.claim(article, claim)
    day = timezone.localdate() + timedelta(days=days)
    actions.set_review_date(actor=actor, claim_id=found.pk, version=found.version, day=day)


def _evidence(told: Mapping[str, Any]) -> actions.EvidenceDraft:
    fields = dict(told)
    file = document(fields.pop("file")) if "file" in fields else None
    stance = Stance(fields.pop("stance", Stance.FOR.value))
    return actions.EvidenceDraft(**fields, stance=stance, file=file)


def ask_second_check(
    desk: Desk, actor: User, *, article: str, claim: str, of: str = "", **told: Any
) -> None:
    """Request a second check, of one person or of anyone."""
    found = desk.claim(article, claim)
    actions.ask_second_check(
        actor=actor,
        claim_id=found.pk,
        version=found.version,
        of=desk.people[of] if of else None,
        **told,
    )


def second_check(
    desk: Desk, actor: User, *, article: str, claim: str, verdict: str, reason: str = ""
) -> None:
    """Complete a second check."""
    found = desk.claim(article, claim)
    actions.second_check(
        actor=actor,
        claim_id=found.pk,
        version=found.version,
        verdict=Verdict(verdict),
        reason=reason,
    )


def send_back(desk: Desk, actor: User, *, article: str, claim: str, text: str) -> None:
    """Send a claim back to the person who decided it."""
    found = desk.claim(article, claim)
    actions.send_back(actor=actor, claim_id=found.pk, version=found.version, comment=text)


def comment(desk: Desk, actor: User, *, article: str, claim: str, text: str) -> None:
    """Add a comment to a claim."""
    actions.comment(actor=actor, claim_id=desk.claim(article, claim).pk, text=text)


def reword(desk: Desk, actor: User, *, article: str, claim: str, text: str) -> None:
    """Reword a claim."""
    found = desk.claim(article, claim)
    actions.reword_claim(actor=actor, claim_id=found.pk, version=found.version, statement=text)


def assign(
    desk: Desk,
    actor: User,
    *,
    article: str,
    claims: Sequence[str],
    to: str,
    due_in: int | None = None,
    note: str = "",
) -> None:
    """Assign claims of one article to a person, due in so many days if that is said."""
    due_on = None if due_in is None else timezone.localdate() + timedelta(days=due_in)
    versions = _versions(desk, article, claims)
    actions.assign_claims(
        actor=actor, versions=versions, to=desk.people[to], due_on=due_on, note=note
    )


def dismiss(desk: Desk, actor: User, *, article: str, claims: Sequence[str]) -> None:
    """Dismiss claims of one article."""
    actions.dismiss_claims(actor=actor, versions=_versions(desk, article, claims))


def _versions(desk: Desk, article: str, claims: Sequence[str]) -> dict[int, int]:
    found = [desk.claim(article, words) for words in claims]
    return {claim.pk: claim.version for claim in found}


def tag(desk: Desk, actor: User, *, article: str, claims: Sequence[str], name: str) -> None:
    """Give claims a tag, as one bulk change."""
    bulk_change = actions.preview_bulk_change(
        actor=actor,
        action=ChangeAction.TAG,
        fields={"add_tag": Tag.objects.get(name=name).pk},
        claims=Claim.objects.filter(pk__in=_versions(desk, article, claims)),
    )
    actions.start_bulk_change(actor=actor, bulk_change_id=bulk_change.pk)


def save_filter(_desk: Desk, actor: User, *, name: str, query: str, shared: bool = False) -> None:
    """Save a filter of the list of claims."""
    ClaimFilter.of_query(query, actor).understood()
    actions.save_filter(actor=actor, name=name, query=query, shared=shared)


def make_tags(_desk: Desk, actor: User, *, names: Sequence[str]) -> None:
    """Create tags."""
    for name in names:
        actions.enter_record(actor=actor, record=Tag(name=name))


def make_reason_templates(
    _desk: Desk, actor: User, *, language: str, templates: Sequence[Sequence[str]]
) -> None:
    """Create templates for reasons: each a verdict or "", a name and a text, in the order in which they are offered."""
    for order, (verdict, name, text) in enumerate(templates, 1):
        record = ReasonTemplate(
            language=language, verdict=verdict, name=name, text=text, order=order
        )
        actions.enter_record(actor=actor, record=record)


def make_desk(_desk: Desk, actor: User, *, name: str) -> None:
    """Create a department."""
    actions.enter_record(actor=actor, record=Department(name=name))


def add_feed(_desk: Desk, actor: User, *, name: str, address: str) -> None:
    """Add a feed that is paused, because its address is an invented one."""
    actions.enter_record(actor=actor, record=Feed(name=name, address=address, active=False))


def move_to_desk(desk: Desk, actor: User, *, articles: Sequence[str], name: str) -> None:
    """Give articles to a department."""
    department = Department.objects.get(name=name)
    for article in articles:
        found = desk.article(article)
        found.desk = department
        actions.enter_record(actor=actor, record=found, fields=["desk"])


def describe_outlet(_desk: Desk, actor: User, *, name: str, **told: str) -> None:
    """Fill in an outlet's record."""
    outlet = Outlet.objects.get(name=name)
    for field, value in told.items():
        setattr(outlet, field, value)
    actions.enter_record(actor=actor, record=outlet, fields=[*told])


def describe_source(desk: Desk, actor: User, *, name: str, **told: str) -> None:
    """Fill in a source's record."""
    source = desk.source(name)
    for field, value in told.items():
        setattr(source, field, SourceKind(value) if field == "kind" else value)
    actions.enter_record(actor=actor, record=source, fields=[*told])


def merge_sources(desk: Desk, actor: User, *, name: str, into: str) -> None:
    """Merge a source into another one."""
    actions.merge_sources(actor=actor, source=desk.source(name), into=desk.source(into))


def set_newsroom(_desk: Desk, actor: User, **words: str) -> None:
    """Fill in the newsroom's details, which reports show."""
    actions.change_newsroom(actor=actor, words=words)


def agree_to_byline(_desk: Desk, actor: User, *, name: str, about: str) -> None:
    """Agree to be named on public pages."""
    actions.agree_to_byline(actor=actor, name=name, about=about)


def mistype_password(_desk: Desk, actor: User) -> None:
    """Try to log in with a wrong password, from this machine."""
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "127.0.0.1"
    authenticate(request, username=actor.username, password=actor.username[::-1])


STEP_KINDS: dict[str, Callable[..., None]] = {
    kind.__name__: kind
    for kind in (
        receive, revise, put_in_inbox, decide, add_evidence, ask_second_check, second_check, send_back, comment, reword,
        assign, dismiss, tag, save_filter, make_tags, make_reason_templates, make_desk, add_feed, move_to_desk, describe_outlet, describe_source,
        merge_sources, set_newsroom, draft_report, publish_report, publish_correction,
        mistype_password, agree_to_byline, review_in, take_over, confirm, dismiss_match, capture, read_fact_check,
        write_report, arrange_report, submit_report, send_report_back, approve_report,
    )
}  # fmt: skip
"""Every kind of step by its name."""
