"""The desk's addresses."""

from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.i18n import set_language

from claims.web import (
    batches,
    bringing,
    exporting,
    lists,
    public,
    reports,
    source_views,
    updating,
    views,
)
from claims.web.accounts import ChangePassword, Login
from claims.web.health import healthz
from claims.web.search import search

urlpatterns = [
    path("", views.home, name="home"),
    path("login/", Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/", ChangePassword.as_view(), name="change-password"),
    path("language/", set_language, name="set-language"),
    path("search/", search, name="search"),
    path("articles/", views.articles, name="articles"),
    path("articles/new/", bringing.new_article, name="new-article"),
    path("articles/files/", bringing.bring_files, name="bring-files"),
    path("articles/address/", bringing.bring_addresses, name="bring-address"),
    path("intakes/keep/", bringing.keep_tray, name="keep-tray"),
    path("intakes/<int:pk>/", bringing.intake, name="intake"),
    *(
        path(
            f"intakes/<int:pk>/{deed}/",
            bringing.act_on_intake,
            {"deed": deed},
            name=f"{deed}-intake",
        )
        for deed in ("keep", "retry", "discard")
    ),
    path("articles/<int:pk>/update/", updating.update, name="update-article"),
    path("articles/<int:pk>/", views.article, name="article"),
    path("articles/<int:pk>/report/", reports.article_report, name="article-report"),
    path(
        "articles/<int:pk>/report.<slug:key>",
        reports.article_report_file,
        name="article-report-file",
    ),
    path("reports/", reports.reports, name="reports"),
    path("reports/new/", reports.new_report, name="new-report"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/page/", reports.report_page, name="report-page"),
    path("reports/<int:pk>/report.<slug:key>", reports.report_file, name="report-file"),
    *(
        path(
            f"reports/<int:pk>/{deed}/",
            reports.act_on_report,
            {"deed": deed},
            name=f"{deed}-report",
        )
        for deed in ("publish", "rename", "discard", "show", "hide")
    ),
    path("corrections/", reports.corrections, name="corrections"),
    path("corrections/<int:pk>/", reports.correction, name="correction"),
    path("claims/export/", exporting.export_claims, name="export-claims"),
    path("exports/<int:pk>/", exporting.export, name="export"),
    path("exports/<int:pk>/stop/", exporting.stop, name="stop-export"),
    path("exports/<int:pk>/file/", exporting.export_file, name="export-file"),
    path("published/", public.index, name="public-reports"),
    path("published/feed.atom", public.feed, name="public-feed"),
    path("published/sitemap.xml", public.sitemap, name="public-sitemap"),
    path("published/<int:pk>/", public.report, name="public-report"),
    path("published/<int:pk>/report.<slug:key>", public.report_file, name="public-report-file"),
    path("published/<int:pk>/<int:claim>/", public.claim, name="public-claim"),
    path("claims/", lists.claims, name="claims"),
    path("claims/filter/", lists.claims_filter, name="claims-filter"),
    path("claims/change/", batches.change_claims, name="change-claims"),
    path("batches/", batches.batches, name="batches"),
    path("batches/<int:pk>/", batches.batch, name="batch"),
    *(
        path(
            f"batches/<int:pk>/{deed}/", batches.act_on_batch, {"deed": deed}, name=f"{deed}-batch"
        )
        for deed in ("begin", "stop", "undo")
    ),
    path("claims/filters/", lists.save_claims_filter, name="save-filter"),
    path("claims/filters/<int:pk>/delete/", lists.delete_claims_filter, name="delete-filter"),
    path("claims/<int:pk>/", views.claim, name="claim"),
    path("claims/<int:pk>/find/", updating.find_claim, name="find-claim"),
    path("claims/<int:pk>/decide/", views.decide_claim, name="decide"),
    path("claims/<int:pk>/evidence/", views.add_claim_evidence, name="add-evidence"),
    path("evidence/<int:pk>/file/", views.evidence_file, name="evidence-file"),
    path("evidence/<int:pk>/edit/", views.edit_evidence, name="edit-evidence"),
    path("evidence/<int:pk>/remove/", views.remove_evidence, name="remove-evidence"),
    path("claims/<int:pk>/history/", views.claim_history, name="claim-history"),
    path("claims/<int:pk>/<slug:deed>/", views.change_claim, name="change-claim"),
    path("articles/<int:pk>/claims/", views.make_claim, name="make-claim"),
    path("articles/<int:pk>/history/", views.article_history, name="article-history"),
    path("articles/<int:pk>/bulk/", views.bulk, name="bulk"),
    path("articles/<int:pk>/presence/", views.presence, name="presence"),
    path("figures/", source_views.figures, name="figures"),
    path("sources/", source_views.sources, name="sources"),
    path("sources/alike/", source_views.sources_alike, name="sources-alike"),
    path("sources/<int:pk>/", source_views.source, name="source"),
    path("sources/<int:pk>/merge/", source_views.merge_source, name="merge-source"),
    path("sources/<int:pk>/part/", source_views.part_source, name="part-source"),
    path("sources/<int:pk>/apart/<int:other>/", source_views.apart, name="sources-apart"),
    path("sources/<int:pk>/history/", views.source_history, name="source-history"),
    path("sources/options/", views.source_options, name="source-options"),
    path("changes/<int:pk>/undo/", views.undo_change, name="undo"),
    path("favicon.ico", public.favicon, name="favicon"),
    path("robots.txt", public.robots, name="robots"),
    path("healthz", healthz, name="healthz"),
]
