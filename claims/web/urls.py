"""The addresses of all pages."""

from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.i18n import set_language

from claims.web import dashboard, exports, history, public, statistics
from claims.web.accounts.login import Login
from claims.web.accounts.password import ChangePassword
from claims.web.articles import revisions
from claims.web.articles import views as articles
from claims.web.claims import bulk_changes, saved_filters
from claims.web.claims import views as claims
from claims.web.help import help_page
from claims.web.intake import preview
from claims.web.intake import views as intake
from claims.web.matching import groups
from claims.web.reports import corrections
from claims.web.reports import files as report_files
from claims.web.reports import views as reports
from claims.web.review import evidence
from claims.web.review import views as review
from claims.web.search import search
from claims.web.site.health import healthz
from claims.web.sources import duplicates, merging
from claims.web.sources import views as sources

urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("login/", Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/", ChangePassword.as_view(), name="change-password"),
    path("language/", set_language, name="set-language"),
    path("search/", search, name="search"),
    path("help/", help_page, name="help"),
    path("help/<slug:name>/", help_page, name="help-page"),
    path("articles/", articles.articles, name="articles"),
    path("articles/new/", intake.new_article, name="new-article"),
    path("articles/files/", intake.bring_files, name="bring-files"),
    path("articles/address/", intake.bring_addresses, name="bring-address"),
    path("inbox/keep/", intake.accept_inbox, name="accept-inbox"),
    path("inbox/<int:pk>/", preview.intake, name="intake"),
    *(
        path(
            f"inbox/<int:pk>/{action}/",
            preview.act_on_item,
            {"action": action},
            name=f"{action}-item",
        )
        for action in ("accept", "retry", "discard")
    ),
    path("articles/<int:pk>/update/", revisions.update, name="update-article"),
    path("articles/<int:pk>/", review.article, name="article"),
    path("articles/<int:pk>/report/", report_files.article_report, name="article-report"),
    path(
        "articles/<int:pk>/report.<slug:key>",
        report_files.article_report_file,
        name="article-report-file",
    ),
    path("reports/", reports.reports, name="reports"),
    path("reports/new/", reports.new_report, name="new-report"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/page/", report_files.report_page, name="report-page"),
    path("reports/<int:pk>/report.<slug:key>", report_files.report_file, name="report-file"),
    *(
        path(
            f"reports/<int:pk>/{action}/",
            reports.act_on_report,
            {"action": action},
            name=f"{action}-report",
        )
        for action in ("publish", "rename", "discard", "show", "hide")
    ),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/<int:pk>/", corrections.correction, name="correction"),
    path("claims/export/", exports.export_claims, name="export-claims"),
    path("exports/<int:pk>/", exports.export, name="export"),
    path("exports/<int:pk>/stop/", exports.stop, name="stop-export"),
    path("exports/<int:pk>/file/", exports.export_file, name="export-file"),
    path("published/", public.index, name="public-reports"),
    path("published/feed.atom", public.feed, name="public-feed"),
    path("published/sitemap.xml", public.sitemap, name="public-sitemap"),
    path("published/<int:pk>/", public.report, name="public-report"),
    path("published/<int:pk>/report.<slug:key>", public.report_file, name="public-report-file"),
    path("published/<int:pk>/<int:claim>/", public.claim, name="public-claim"),
    path("claims/", claims.claims, name="claims"),
    path("claims/filter/", claims.claims_filter, name="claims-filter"),
    path("claims/change/", bulk_changes.change_claims, name="change-claims"),
    path("bulk-changes/", bulk_changes.bulk_changes, name="bulk-changes"),
    path("bulk-changes/<int:pk>/", bulk_changes.bulk_change, name="bulk-change"),
    *(
        path(
            f"bulk-changes/<int:pk>/{action}/",
            bulk_changes.act_on_bulk_change,
            {"action": action},
            name=f"{action}-bulk-change",
        )
        for action in ("start", "stop", "undo")
    ),
    path("claims/filters/", saved_filters.save_claims_filter, name="save-filter"),
    path(
        "claims/filters/<int:pk>/delete/", saved_filters.delete_claims_filter, name="delete-filter"
    ),
    path("claims/<int:pk>/", review.claim, name="claim"),
    path("claims/<int:pk>/find/", revisions.find_claim, name="find-claim"),
    path("claims/<int:pk>/decide/", review.decide_claim, name="decide"),
    path("claims/<int:pk>/evidence/", review.add_claim_evidence, name="add-evidence"),
    path("evidence/<int:pk>/file/", evidence.evidence_file, name="evidence-file"),
    path("evidence/<int:pk>/edit/", review.edit_evidence, name="edit-evidence"),
    path("evidence/<int:pk>/remove/", review.remove_evidence, name="remove-evidence"),
    path("claims/<int:pk>/history/", history.claim_history, name="claim-history"),
    path("claims/<int:pk>/<slug:action>/", review.change_claim, name="change-claim"),
    path("groups/<int:pk>/", groups.claim_group, name="claim-group"),
    path("groups/<int:pk>/leave/", groups.leave, name="leave-group"),
    path("groups/<int:pk>/main/", groups.make_main, name="main-claim"),
    path("groups/<int:pk>/merge/", groups.merge, name="merge-group"),
    path("groups/<int:pk>/undo/", groups.undo, name="undo-in-group"),
    path("articles/<int:pk>/claims/", review.create_claim, name="create-claim"),
    path("articles/<int:pk>/history/", history.article_history, name="article-history"),
    path("articles/<int:pk>/presence/", review.presence, name="presence"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("sources/", sources.sources, name="sources"),
    path("sources/duplicates/", duplicates.source_duplicates, name="source-duplicates"),
    path("sources/<int:pk>/", sources.source, name="source"),
    path("sources/<int:pk>/merge/", merging.merge_source, name="merge-source"),
    path("sources/<int:pk>/unmerge/", merging.unmerge_source, name="unmerge-source"),
    path("sources/<int:pk>/distinct/<int:other>/", duplicates.distinct, name="mark-distinct"),
    path("sources/<int:pk>/history/", history.source_history, name="source-history"),
    path("sources/options/", sources.source_options, name="source-options"),
    path("changes/<int:pk>/undo/", review.undo_change, name="undo"),
    path("favicon.ico", public.favicon, name="favicon"),
    path("robots.txt", public.robots, name="robots"),
    path("healthz", healthz, name="healthz"),
]
