"""The forms of a panel that are kept are, for every claim, what their templates draw of it."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override

from claims.actions import ask_second_check, assign_claims, decide_claim
from claims.choices import SourceKind, Verdict
from claims.models import Article, Claim, Source
from claims.web.review.links import LinkedQueue, queue_of
from claims.web.review.page import Context, ahead, panel
from tests.models import rows

TEMPLATES = (
    "panel/wording_forms",
    "typing/source_form",
    "teamwork",
    "panel/decision_form",
    "panel/comment_form",
)
ODD = (
    "<b>Ada & “Bo”</b> {{ 7 }}\n'x'",
    "\ue00000\ue001 910000000000000001",
    "\ue00099\ue001 910000000000000099",
)


@pytest.fixture
def article(editor: User, chief: User) -> Article:
    """An article of claims in different states, with words that a mark or markup could be taken for."""
    text = rows.revision(editor)
    for place, words in enumerate((*ODD[:2], "x" * 200, "", "plain")):
        made = rows.claim(
            text, 10 * place, statement=words or "-", role=words[:9], told_to=words[3:9]
        )
        Claim.objects.filter(pk=made.pk).update(quote=words or "-")
    own = Source.objects.create(name=ODD[0], kind=SourceKind.OFFICIAL, article=text.article)
    named = Source.objects.create(name="Ada Venn", kind=SourceKind.MINISTER)
    first, second, third, fourth, _fifth = Claim.objects.order_by("pk")
    Claim.objects.filter(pk=first.pk).update(source=own)
    Claim.objects.filter(pk__in=[second.pk, third.pk]).update(source=named)
    Claim.objects.filter(pk=fourth.pk).update(checkable=False)
    for claim, by in ((second, chief), (third, editor), (first, editor)):
        decide_claim(
            actor=by, claim_id=claim.pk, version=1, verdict=Verdict.DISPUTED, reason=ODD[1]
        )
    assign_claims(actor=chief, versions={second.pk: 2}, to=editor, due_on=date(2030, 2, 3))
    ask_second_check(actor=editor, claim_id=third.pk, version=2, of=chief, blind=True, note="")
    return text.article


def _plain(drawn: str) -> str:
    """What was drawn, without tokens, which differ each time, and space."""
    return " ".join(re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", drawn).split())


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("query", ["", "?show=pending"])
def test_each_claim_has_its_own_words_in_them(article, editor, chief, language, query):
    found = 0
    for viewer in (editor, chief):
        request = RequestFactory().get(f"/articles/{article.pk}/{query}")
        request.user, request.session = viewer, {}
        for claim in Claim.objects.order_by("pk"):
            with override(language):
                queue = queue_of(request, article, LinkedQueue)
                answer = _plain(ahead(request, queue, claim).content.decode())
                for template in TEMPLATES:
                    assert _plain(_drawn(template, panel(queue, claim), request)) in answer
                    found += 1
    assert found == 2 * 5 * len(TEMPLATES)


def _drawn(template: str, context: Context, request) -> str:
    scopes = "review/typing/source_scopes.html"
    drawn = render_to_string(scopes, context, request) if context["source_scopes"] else ""
    return render_to_string(f"review/{template}.html", {**context, "scopes": drawn}, request)


@pytest.mark.parametrize("name", ODD)
def test_a_persons_name_is_taken_for_nothing_else(desk: Client, claim: Claim, chief: User, name):
    User.objects.filter(pk=chief.pk).update(first_name=name, last_name="")
    address = reverse("claim", args=[claim.pk])
    panel = desk.get(address, headers={"HX-Request": "true"}).content.decode()
    assert f'{chief.pk}">{escape(name.strip())}</option>' in panel
