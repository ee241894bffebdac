"""Evidence on the review page: what the panel offers, keeps of what was typed, and shows."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    ask_second_check,
    decide_claim,
    remove_evidence,
    reword_claim,
)
from claims.choices import ChangeAction, Stance, Verdict
from claims.models import Claim, Evidence

NOTICE = EvidenceDraft(title="Notice of closure", url="https://example.org/notice")


@pytest.fixture
def piece(editor, claim):
    return add_evidence(actor=editor, claim_id=claim.pk, version=1, evidence=NOTICE)


def typed(prefix: str, **fields: object) -> dict[str, object]:
    """A form of evidence as the browser sends it."""
    told = {"stance": "for", "url": NOTICE.url, "title": NOTICE.title, "looked_up": "2026-01-02"}
    return {f"{prefix}-{name}": value for name, value in (told | fields).items()}


def edit(client, piece: Evidence, version: int = 2, over: int | str = "", **fields: object):
    sent = {"version": version, "over": over, **typed(f"evidence-{piece.pk}", **fields)}
    return client.post(reverse("edit-evidence", args=[piece.pk]), sent)


def remove(client, piece: Evidence, version: int = 2):
    return client.post(reverse("remove-evidence", args=[piece.pk]), {"version": version})


def add(client, claim: Claim, version: int = 1, **fields: object):
    sent = {"version": version, "reason": "Typed", **typed("evidence", **fields)}
    return client.post(reverse("add-evidence", args=[claim.pk]), sent)


def panel(client, claim: Claim) -> str:
    address = reverse("claim", args=[claim.pk])
    return client.get(address, headers={"HX-Request": "true"}).content.decode()


class TestChanging:
    def test_it_is_described_otherwise(self, desk, claim, piece):
        assert edit(desk, piece, title="The ministry's notice", stance="context").status_code == 302
        piece.refresh_from_db()
        assert (piece.title, piece.stance) == ("The ministry's notice", Stance.CONTEXT)
        told = panel(desk, claim)
        assert "Changed evidence" in told
        assert "Evidence “Notice of closure”: Title:" in told
        assert '<del dir="auto">For</del>' in told

    def test_it_is_removed_and_the_history_says_so(self, desk, claim, piece):
        assert remove(desk, piece).status_code == 302
        told = panel(desk, claim)
        assert "Removed evidence" in told
        assert "None yet." in told
        assert "For · Notice of closure · https://example.org/notice" in told

    @pytest.mark.parametrize("name", ["edit-evidence", "remove-evidence"])
    def test_the_answer_offers_to_undo_it(self, desk, claim, piece, name):
        sent = {"version": 2, **typed(f"evidence-{piece.pk}", title="Map")}
        address = reverse(name, args=[piece.pk])
        answer = desk.post(address, sent, headers={"HX-Request": "true"})
        step = claim.changed.latest("pk").change
        assert answer.status_code == 200
        assert reverse("undo", args=[step.pk]) in answer.content.decode()

    def test_the_same_file_again_is_no_step_to_undo(self, desk, claim):
        add(desk, claim, file=SimpleUploadedFile("notice.pdf", b"%PDF-1.7"))
        kept = claim.evidence.get()
        again = SimpleUploadedFile("notice.pdf", b"%PDF-1.7")
        sent = {"version": 2, **typed(f"evidence-{kept.pk}", file=again)}
        address = reverse("edit-evidence", args=[kept.pk])
        answer = desk.post(address, sent, headers={"HX-Request": "true"})
        assert claim.changed.count() == 1
        assert answer.context["saved"] is None
        assert "Saved" not in answer.content.decode()

    def test_a_link_that_is_none_is_told_in_the_form(self, desk, piece):
        answer = edit(desk, piece, url="javascript:alert(1)", excerpt="The words")
        told = answer.content.decode()
        assert answer.status_code == 400
        assert "valid URL" in told
        assert "javascript:alert(1)" in told
        assert "The words" in told

    def test_a_document_stays_one(self, desk, piece):
        answer = edit(desk, piece, url="")
        assert answer.status_code == 400
        assert "The document is missing" in answer.content.decode()

    def test_a_double_click_is_one_step(self, desk, claim, piece):
        for _click in range(2):
            assert edit(desk, piece, title="Map").status_code == 302
        for _click in range(2):
            assert remove(desk, piece, version=3).status_code == 302
        steps = [row.change.action for row in claim.changed.order_by("pk")]
        assert steps == [ChangeAction.ATTACH, ChangeAction.AMEND, ChangeAction.DETACH]

    def test_a_conflict_keeps_what_was_typed(self, desk, chief, claim, piece):
        decide_claim(actor=chief, claim_id=claim.pk, version=2, verdict=Verdict.VERIFIED)
        answer = edit(desk, piece, excerpt="Closed until May")
        assert answer.status_code == 409
        assert "Closed until May" in answer.content.decode()
        piece.refresh_from_db()
        assert piece.excerpt == ""

    def test_what_was_typed_into_removed_evidence_becomes_new_evidence(
        self, desk, chief, claim, piece
    ):
        remove_evidence(actor=chief, evidence_id=piece.pk, version=2)
        answer = edit(desk, piece, excerpt="Closed until May")
        assert answer.status_code == 409
        form = answer.context["evidence_form"]
        assert (form["url"].value(), form["excerpt"].value()) == (NOTICE.url, "Closed until May")
        assert 'name="evidence-excerpt"' in answer.content.decode()
        assert not claim.evidence.not_removed().exists()

    def test_a_conflict_names_the_form_that_came_back_and_the_version_it_was_of(
        self, desk, editor, claim, piece
    ):
        reword_claim(actor=editor, claim_id=claim.pk, version=2, statement="In the other tab")
        answer = edit(desk, piece, excerpt="Closed until May")
        told = answer.content.decode()
        form = f'id="edit-evidence-{piece.pk}"'
        assert answer.context["conflict"].own
        assert f'form="edit-evidence-{piece.pk}" name="over" value="3"' in told
        assert 'name="version" value="2"' in told.partition(form)[2].partition("</form>")[0]
        assert edit(desk, piece, excerpt="Closed until May").status_code == 409
        assert edit(desk, piece, excerpt="Closed until May", over=3).status_code == 302

    def test_a_conflict_over_removed_evidence_is_answered_by_adding_it(
        self, desk, chief, claim, piece
    ):
        remove_evidence(actor=chief, evidence_id=piece.pk, version=2)
        answer = edit(desk, piece, excerpt="Closed until May")
        told = answer.content.decode()
        add_it = reverse("add-evidence", args=[claim.pk])
        assert re.search(rf'form="decision" formaction="{add_it}[^"]*" data-answer="mine"', told)

    def test_a_conflict_over_its_removal_knows_ones_own_other_tab(
        self, desk, editor, chief, claim, piece
    ):
        reword_claim(actor=editor, claim_id=claim.pk, version=2, statement="In the other tab")
        assert remove(desk, piece).context["conflict"].own
        decide_claim(actor=chief, claim_id=claim.pk, version=3, verdict=Verdict.VERIFIED)
        answer = remove(desk, piece)
        assert not answer.context["conflict"].own
        assert 'data-answer="mine"' not in answer.content.decode()

    def test_without_a_version_nothing_happens(self, desk, claim, piece):
        for name in ("edit-evidence", "remove-evidence"):
            answer = desk.post(reverse(name, args=[piece.pk]), typed(f"evidence-{piece.pk}"))
            assert answer.status_code == 400
        assert claim.changed.count() == 1


class TestWho:
    @pytest.mark.parametrize("name", ["edit-evidence", "remove-evidence"])
    def test_a_reader_neither_changes_nor_removes_it(self, client, reader, piece, name):
        client.force_login(reader)
        answer = client.post(reverse(name, args=[piece.pk]), {"version": 2})
        assert answer.status_code == 403
        piece.refresh_from_db()
        assert piece.removed_at is None

    def test_a_reader_sees_no_form(self, client, reader, claim, piece):
        client.force_login(reader)
        told = panel(client, claim)
        assert NOTICE.title in told
        assert "Remove" not in told

    def test_an_editor_does(self, desk, claim, piece):
        assert "Remove" in panel(desk, claim)

    def test_who_checks_blind_gets_no_form_of_it(self, desk, chief, claim, piece):
        decide_claim(actor=chief, claim_id=claim.pk, version=2, verdict=Verdict.VERIFIED)
        ask_second_check(actor=chief, claim_id=claim.pk, version=3, blind=True)
        assert f"evidence-{piece.pk}-stance" not in panel(desk, claim)

    @pytest.mark.parametrize("name", ["edit-evidence", "remove-evidence"])
    def test_only_posts_change_anything(self, desk, piece, name):
        assert desk.get(reverse(name, args=[piece.pk])).status_code == 405

    def test_of_a_claim_that_is_gone(self, desk, claim):
        """Its article may have been deleted; the words stay in the page that asks."""
        address = reverse("add-evidence", args=[claim.pk + 1000])
        answer = desk.post(address, {"version": 1}, headers={"HX-Request": "true"})
        assert answer.status_code == 404
        assert answer["HX-Retarget"] == "#notice"

    def test_an_editor_removes_it_in_data_entry(self, desk, claim, piece):
        address = reverse("admin:claims_evidence_delete", args=[piece.pk])
        assert desk.post(address, {"post": "yes"}).status_code == 302
        assert claim.changed.latest("pk").change.action == ChangeAction.DETACH
        assert desk.get(reverse("admin:claims_evidence_changelist")).context["cl"].result_count == 0

    def test_data_entry_leaves_it_with_its_claim(self, desk, article, piece):
        other = Claim.objects.of_article(article).exclude(pk=piece.claim_id).first()
        address = reverse("admin:claims_evidence_change", args=[piece.pk])
        fields = {"stance": "for", "title": "Map", "url": NOTICE.url, "looked_up": "2026-01-02"}
        assert desk.post(address, {**fields, "claim": other.pk}).status_code == 302
        changed = Evidence.objects.get()
        assert (changed.title, changed.claim_id) == ("Map", piece.claim_id)


class TestAdding:
    def test_a_file_alone_is_enough(self, desk, claim):
        file = SimpleUploadedFile("notice.pdf", b"%PDF-1.7")
        assert add(desk, claim, url="", title="", file=file).status_code == 302
        kept = claim.evidence.get()
        assert (kept.title, kept.file_name, kept.url) == ("notice.pdf", "notice.pdf", "")
        assert "notice.pdf" in panel(desk, claim)

    @pytest.mark.parametrize(("verdict", "stance"), [("disputed", "against"), ("verified", "for")])
    def test_without_a_stance_it_follows_the_verdict_with_it_or_the_one_in_force(
        self, desk, claim, verdict, stance
    ):
        sent = {
            "version": 1,
            "verdict": verdict,
            "reason": "Eight.",
            **typed("evidence", stance=""),
        }
        desk.post(reverse("decide", args=[claim.pk]), sent)
        add(desk, claim, version=2, url="https://example.org/map", stance="")
        assert list(claim.evidence.values_list("stance", flat=True)) == [stance, stance]

    @pytest.mark.parametrize("everywhere", [{}, {"everywhere": "on"}])
    def test_the_other_claims_of_its_sentence_get_it_where_that_is_asked(
        self, desk, claims, everywhere
    ):
        boats, piers = claims[3:5]
        address = reverse("add-evidence", args=[boats.pk])
        desk.post(address, {"version": 1, **everywhere, **typed("evidence", stance="against")})
        found = Evidence.objects.order_by("pk").values_list("claim", "stance")
        both = [(boats.pk, "against"), (piers.pk, "against")]
        assert list(found) == (both if everywhere else both[:1])

    def test_a_form_that_is_wrong_elsewhere_adds_nothing(self, desk, claim):
        answer = desk.post(
            reverse("add-evidence", args=[claim.pk]),
            {"version": 1, "review_by": "soon", **typed("evidence")},
        )
        assert answer.status_code == 400
        assert "Enter a valid date." in answer.content.decode()
        assert not Evidence.objects.exists()

    def test_the_form_of_a_file_says_that_another_one_may_take_its_place(self, desk, claim, piece):
        assert "Another file" not in panel(desk, claim)
        edit(desk, piece, file=SimpleUploadedFile("notice.pdf", b"%PDF-1.7"))
        assert "Another file" in panel(desk, claim)

    def test_without_a_title_the_beginning_of_a_long_address_is_it(self, desk, claim):
        url = f"https://example.org/{'a' * 300}"
        assert add(desk, claim, url=url, title="").status_code == 302
        assert Evidence.objects.latest("pk").title == url[:300]

    def test_a_title_alone_is_no_document(self, desk, claim):
        answer = add(desk, claim, url="")
        assert answer.status_code == 400
        assert "The document is missing" in answer.content.decode()
        assert "Notice of closure" in answer.content.decode()

    @pytest.mark.parametrize(
        ("size", "why"), [(0, "The file is empty."), (20_000_001, "larger than 20 MB")]
    )
    def test_a_file_that_cannot_be_kept_is_refused_in_words(self, desk, claim, size, why):
        file = SimpleUploadedFile("notice.pdf", b"x" * size)
        answer = add(desk, claim, url="", excerpt="Closed until May", file=file)
        told = answer.content.decode()
        assert answer.status_code == 400
        assert why in told
        assert "Choose another file." in told
        assert "Closed until May" in told
        assert not Evidence.objects.exists()

    def test_a_good_file_in_a_form_that_comes_back_is_to_be_chosen_again(self, desk, claim):
        file = SimpleUploadedFile("notice.pdf", b"%PDF-1.7")
        answer = add(desk, claim, url="javascript:alert(1)", file=file)
        assert "“notice.pdf” was not saved" in answer.content.decode()

    def test_a_disputed_verdict_without_a_reason_says_so_of_its_file_too(self, desk, claim):
        file = SimpleUploadedFile("notice.pdf", b"%PDF-1.7")
        sent = {"version": 1, "verdict": "disputed", **typed("evidence", url="", file=file)}
        answer = desk.post(reverse("decide", args=[claim.pk]), sent)
        assert answer.status_code == 400
        assert "“notice.pdf” was not saved" in answer.content.decode()

    def test_it_is_in_the_history(self, desk, claim):
        add(desk, claim)
        assert "Added evidence" in panel(desk, claim)


def test_evidence_typed_with_a_verdict_that_becomes_a_second_check_comes_back(desk, chief, claim):
    decide_claim(actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    ask_second_check(actor=chief, claim_id=claim.pk, version=2, blind=False)
    sent = {"verdict": "disputed", "reason": "Typed", **typed("evidence")}
    check = reverse("change-claim", args=[claim.pk, "check"])
    for address, version in ((reverse("decide", args=[claim.pk]), 1), (check, 2)):
        answer = desk.post(address, {**sent, "version": version})
        told = answer.content.decode()
        assert answer.status_code == 409
        assert f'name="evidence-url" value="{NOTICE.url}"' in told
        assert "Your check does not save this evidence" in told
    assert not claim.evidence.exists()


def test_what_is_wrong_with_a_link_is_said_once(desk, claim):
    page = desk.post(
        reverse("add-evidence", args=[claim.pk]),
        {"version": claim.version, "verdict": "", "evidence-url": "https://not a link"},
    )
    assert page.content.decode().count("Enter a valid URL.") == 1
