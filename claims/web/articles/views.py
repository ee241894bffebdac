"""The list of articles."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from claims.access import signed_in
from claims.models import Article, Claim
from claims.models.claims.blind import hidden_from
from claims.queries.articles.rows import article_rows
from claims.queries.claims.verdict_counts import with_pending_claims, with_verdict_counts
from claims.web.articles.tables import ArticleTable
from claims.web.components.paging import table_page


@require_GET
def articles(request: HttpRequest) -> HttpResponse:
    """Show the list of articles."""
    hidden = hidden_from(signed_in(request.user), Claim.objects.all())
    articles = Article.objects.select_related("outlet").with_listed_at()
    rows = with_verdict_counts(articles, hidden)
    waiting = "waiting" in request.GET
    if waiting:
        rows = with_pending_claims(rows, hidden)
    table = table_page(request, ArticleTable, rows, default="-changed", as_rows=article_rows)
    return render(request, "articles/list.html", {"table": table, "waiting": waiting})
