"""Documents: found among those that the newsroom has, attached to another claim, put in order, and served."""

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from claims.actions import SANDBOXED, attach_evidence, move_evidence, served_kind
from claims.choices import Stance
from claims.errors import NotPossibleError
from claims.models import Claim, Evidence, Thumbnail
from claims.queries.documents import documents_found
from claims.web.components.form_fields import NumberField
from claims.web.review.decision_forms import VersionForm, stance_after
from claims.web.review.links import LinkedQueue, queue_of
from claims.web.review.responses import TOLD_IN_PLACE, Review
from claims.web.site.requests import asks_part


class _AttachForm(VersionForm):
    document = NumberField()
    stance = forms.ChoiceField(choices=Stance.choices, required=False)
    everywhere = forms.BooleanField(required=False)


class _MoveForm(VersionForm):
    to = NumberField(max_value=10_000)


class _DocumentReview(Review):
    """A request that changes which documents a claim has, or their order."""

    def attach(self) -> HttpResponse:
        """Attach a document of another claim, also to the other claims of the sentence if that is asked for."""
        form = _AttachForm(self.request.POST)
        if not form.is_valid():
            return self._back()
        typed = form.cleaned_data
        try:
            if not Evidence.objects.filter(pk=typed["document"]).exists():
                raise NotPossibleError(why=_("this evidence has been removed."))
            made = attach_evidence(
                actor=self.actor,
                evidence_id=typed["document"],
                claim_id=self.claim.pk,
                version=typed["version"],
                stance=Stance(typed["stance"] or stance_after(self._shown_verdict())),
                also=self._others_of_sentence() if typed["everywhere"] else (),
                also_as=Stance(typed["stance"] or Stance.CONTEXT),
            )
        except TOLD_IN_PLACE as error:
            return self._back(error)
        return self.done(self.claim, saved=made is not None)

    def move(self, piece: Evidence) -> HttpResponse:
        """Put a document in another place, and leave the cursor on it."""
        form = _MoveForm(self.request.POST)
        if not form.is_valid():
            return self._back()
        try:
            made = move_evidence(
                actor=self.actor,
                evidence_id=piece.pk,
                version=form.cleaned_data["version"],
                to=form.cleaned_data["to"],
            )
        except TOLD_IN_PLACE as error:
            return self._back(error)
        return self.done(self.claim, saved=made is not None)


@require_GET
def find_documents(request: HttpRequest, pk: int) -> HttpResponse:
    """Find documents that could be attached to a claim, by words of their titles, names, links and excerpts."""
    claim = get_object_or_404(Claim.objects.select_related("revision__article"), pk=pk)
    words = request.GET.get("words", "").strip()
    context = {
        "claim": claim,
        "queue": queue_of(request, claim.revision.article, LinkedQueue),
        "words": words,
        "found": documents_found(words, claim) if words else [],
    }
    template = "found" if asks_part(request) else "page"
    return render(request, f"review/documents/{template}.html", context)


@require_POST
def attach_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach a document that the newsroom has to a claim, and stay there."""
    return _DocumentReview(request, pk).attach()


@require_POST
def move_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a document in another place among its claim's evidence, and stay there."""
    piece = get_object_or_404(Evidence, pk=pk)
    return _DocumentReview(request, piece.claim_id).move(piece)


@require_GET
def evidence_file(_request: HttpRequest, pk: int) -> HttpResponseBase:
    """Download an evidence file under its own name; the browser never opens it here."""
    found = _stored(pk)
    response = FileResponse(
        found.file.open(),
        as_attachment=True,
        filename=found.file_name,
        content_type=served_kind(found.content_type),
    )
    response["Content-Security-Policy"] = SANDBOXED
    return response


@require_GET
def evidence_thumbnail(_request: HttpRequest, pk: int) -> HttpResponseBase:
    """Return the thumbnail of an evidence file."""
    found = _stored(pk)
    thumbnail = get_object_or_404(Thumbnail, pk=found.sha256, width__gt=0)
    try:
        file = found.file.storage.open(thumbnail.name)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type="image/png")
    response["Content-Security-Policy"] = SANDBOXED
    return response


def _stored(pk: int) -> Evidence:
    return get_object_or_404(Evidence.objects.not_removed().exclude(file=""), pk=pk)
