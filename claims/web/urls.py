"""The addresses of all pages."""

from django.contrib.auth.views import LogoutView
from django.urls import path, register_converter
from django.views.generic import RedirectView
from django.views.i18n import set_language

from claims.web import dashboard, documents, exports, history, notifications, status
from claims.web.accounts import links, provider, second_factor, sessions, tokens
from claims.web.accounts.account import Account
from claims.web.accounts.login import Login
from claims.web.accounts.password import ChangePassword
from claims.web.articles import revisions
from claims.web.articles import views as articles
from claims.web.captures import views as captures
from claims.web.claims import bulk_changes, saved_filters
from claims.web.claims import views as claims
from claims.web.help import help_of_keys, help_page
from claims.web.intake import preview
from claims.web.intake import views as intake
from claims.web.links import views as evidence_links
from claims.web.matching import groups
from claims.web.public import cards, data_feed, feeds, lists, site, sitemaps
from claims.web.public import pages as public
from claims.web.reports import confirming, corrections, editions, writing
from claims.web.reports import files as report_files
from claims.web.reports import views as reports
from claims.web.review import views as review
from claims.web.search import palette, search
from claims.web.site.health import healthz, readyz
from claims.web.site.metrics import metrics
from claims.web.site.numbers import Number
from claims.web.sources import duplicates, merging
from claims.web.sources import views as sources
from claims.web.statistics import views as statistics

register_converter(Number, "number")

urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("login/", Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/", ChangePassword.as_view(), name="change-password"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<number:pk>/revoke/", tokens.revoke_token, name="revoke-token"),
    path("password/forgotten/", links.ForgottenPassword.as_view(), name="forgotten-password"),
    path("password/new/<str:token>/", links.ChoosePassword.as_view(), name="choose-password"),
    # Where django-allauth leads to an address by its name, it keeps that name.
    path(
        "account/login/",
        RedirectView.as_view(pattern_name="login", query_string=True),
        name="account_login",
    ),
    path("login/second-factor/", second_factor.SecondFactor.as_view(), name="mfa_authenticate"),
    path("login/oidc/", provider.begin, {"provider_id": "oidc"}, name="openid_connect_login"),
    path(
        "login/oidc/callback/",
        provider.callback,
        {"provider_id": "oidc"},
        name="openid_connect_callback",
    ),
    path("account/", Account.as_view(), name="account"),
    path(
        "account/confirm/",
        second_factor.ConfirmByPassword.as_view(),
        name="account_reauthenticate",
    ),
    path("account/confirm/code/", second_factor.ConfirmByCode.as_view(), name="mfa_reauthenticate"),
    path("account/sessions/end/", sessions.end, name="end-sessions"),
    path("account/sessions/<number:pk>/end/", sessions.end, name="end-session"),
    path("account/app/", second_factor.SetUpApp.as_view(), name="mfa_activate_totp"),
    path("account/app/remove/", second_factor.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("account/passkeys/new/", second_factor.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(
        "account/passkeys/<number:pk>/remove/",
        second_factor.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
    path(
        "account/recovery-codes/",
        second_factor.RecoveryCodes.as_view(),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/recovery-codes/new/",
        second_factor.NewRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("language/", set_language, name="set-language"),
    path("search/", search, name="search"),
    path("search/palette/", palette, name="palette"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/unread/", notifications.unread, name="unread"),
    path("notifications/read/", notifications.read_notifications, name="read-notifications"),
    path("notifications/<number:pk>/", notifications.notification, name="notification"),
    path("people/", notifications.people, name="people"),
    path("help/", help_page, name="help"),
    path("help/keys/", help_of_keys, name="help-keys"),
    path("help/<slug:name>/", help_page, name="help-page"),
    path("articles/", articles.articles, name="articles"),
    path("articles/new/", intake.new_article, name="new-article"),
    path("articles/files/", intake.bring_files, name="bring-files"),
    path("articles/address/", intake.bring_addresses, name="bring-address"),
    path("inbox/keep/", intake.accept_inbox, name="accept-inbox"),
    path("inbox/<number:pk>/", preview.intake, name="intake"),
    *(
        path(
            f"inbox/<number:pk>/{action}/",
            preview.act_on_item,
            {"action": action},
            name=f"{action}-item",
        )
        for action in ("accept", "retry", "discard")
    ),
    path("articles/<number:pk>/update/", revisions.update, name="update-article"),
    path("articles/<number:pk>/", review.article, name="article"),
    path("articles/<number:pk>/report/", report_files.article_report, name="article-report"),
    path(
        "articles/<number:pk>/report.<slug:key>",
        report_files.article_report_file,
        name="article-report-file",
    ),
    path("reports/", reports.reports, name="reports"),
    path("reports/new/", reports.new_report, name="new-report"),
    path("reports/<number:pk>/", reports.report, name="report"),
    path("reports/<number:pk>/confirm/", confirming.confirm, name="confirm-report"),
    path("reports/<number:pk>/write/", writing.write, name="write-report"),
    path("reports/<number:pk>/arrange/", writing.arrange, name="arrange-report"),
    path("reports/<number:pk>/page/", report_files.report_page, name="report-page"),
    path("reports/<number:pk>/editions/", editions.editions, name="report-editions"),
    path("reports/<number:pk>/report.<slug:key>", report_files.report_file, name="report-file"),
    path("reports/<number:pk>/evidence.wacz", report_files.report_evidence, name="report-evidence"),
    path(
        "reports/<number:pk>/public/evidence.wacz",
        report_files.public_report_evidence,
        name="report-public-evidence",
    ),
    path("reports/<number:pk>/public/", report_files.public_report_page, name="report-public-page"),
    path(
        "reports/<number:pk>/public/report.<slug:key>",
        report_files.public_report_file,
        name="report-public-file",
    ),
    path(
        "reports/<number:pk>/claims/<number:claim>/correct/",
        corrections.correct_claim,
        name="correct-claim",
    ),
    path(
        "reports/<number:pk>/texts/<slug:part>/correct/",
        corrections.correct_text_of,
        name="correct-text",
    ),
    *(
        path(
            f"reports/<number:pk>/{action}/",
            reports.act_on_report,
            {"action": action},
            name=f"{action}-report",
        )
        for action in reports.ACTIONS
    ),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/<number:pk>/", corrections.correction, name="correction"),
    path("claims/export/", exports.export_claims, name="export-claims"),
    path("exports/<number:pk>/", exports.export, name="export"),
    path("exports/<number:pk>/stop/", exports.stop, name="stop-export"),
    path("exports/<number:pk>/file/", exports.export_file, name="export-file"),
    path("published/", public.index, name="public-reports"),
    path("published/feed.atom", feeds.atom, name="public-feed"),
    path("published/feed.json", feeds.json_feed, name="public-json-feed"),
    path("published/sitemap.xml", sitemaps.index, name="public-sitemap"),
    path("published/sitemap-<slug:section>.xml", sitemaps.section, name="public-sitemap-section"),
    path("published/claimreview.json", data_feed.data_feed, name="public-claimreview"),
    path("published/logo", public.logo, name="public-logo"),
    path("published/about/", site.about, name="public-about"),
    path("published/checks/", site.checks, name="public-checks"),
    path("published/sources/<number:pk>/", lists.source, name="public-source"),
    path("published/sources/<number:pk>/feed.atom", lists.source_feed, name="public-source-feed"),
    path("published/topics/<number:pk>/", lists.topic, name="public-topic"),
    path("published/topics/<number:pk>/feed.atom", lists.topic_feed, name="public-topic-feed"),
    path("published/desks/<number:pk>/", lists.desk, name="public-desk"),
    path("published/desks/<number:pk>/feed.atom", lists.desk_feed, name="public-desk-feed"),
    path("published/corrections/", public.corrections, name="public-corrections"),
    path("published/claims/", public.claims, name="public-claims"),
    path("published/claims/<number:claim>/", public.claim, name="public-claim"),
    path("published/claims/<number:claim>/card/", cards.card, name="public-card"),
    path(
        "published/claims/<number:claim>/picture.png",
        cards.claim_picture,
        name="public-claim-picture",
    ),
    path("published/<number:pk>/", public.report, name="public-report"),
    path("published/<number:pk>/picture.png", cards.report_picture, name="public-report-picture"),
    path("published/<number:pk>/report.<slug:key>", public.report_file, name="public-report-file"),
    # Where a claim once was, in each report.
    path(
        "published/<number:pk>/<number:claim>/", public.reported_claim, name="public-reported-claim"
    ),
    path("claims/", claims.claims, name="claims"),
    path("claims/filter/", claims.claims_filter, name="claims-filter"),
    path("claims/change/", bulk_changes.change_claims, name="change-claims"),
    path("bulk-changes/", bulk_changes.bulk_changes, name="bulk-changes"),
    path("bulk-changes/<number:pk>/", bulk_changes.bulk_change, name="bulk-change"),
    *(
        path(
            f"bulk-changes/<number:pk>/{action}/",
            bulk_changes.act_on_bulk_change,
            {"action": action},
            name=f"{action}-bulk-change",
        )
        for action in ("start", "stop", "undo")
    ),
    path("claims/filters/", saved_filters.save_claims_filter, name="save-filter"),
    path(
        "claims/filters/<number:pk>/delete/",
        saved_filters.delete_claims_filter,
        name="delete-filter",
    ),
    path("claims/<number:pk>/", review.claim, name="claim"),
    path("claims/<number:pk>/find/", revisions.find_claim, name="find-claim"),
    path("claims/<number:pk>/decide/", review.decide_claim, name="decide"),
    path("claims/<number:pk>/evidence/", review.add_claim_evidence, name="add-evidence"),
    path("claims/<number:pk>/documents/", documents.find_documents, name="find-documents"),
    path("claims/<number:pk>/attach/", documents.attach_document, name="attach-document"),
    path("evidence/<number:pk>/file/", documents.evidence_file, name="evidence-file"),
    path(
        "evidence/<number:pk>/thumbnail/", documents.evidence_thumbnail, name="evidence-thumbnail"
    ),
    path("evidence/<number:pk>/captures/", captures.captures, name="captures"),
    path("evidence/<number:pk>/capture/", captures.capture_now, name="capture-evidence"),
    path("captures/<number:pk>/picture.png", captures.capture_picture, name="capture-picture"),
    path("evidence/<number:pk>/archive/", evidence_links.archive, name="archive-evidence"),
    path("links/", evidence_links.broken, name="broken-links"),
    path("links/<number:pk>/", evidence_links.broken_page, name="broken-link"),
    path("links/<number:pk>/check/", evidence_links.check_again, name="check-link"),
    path("captures/<number:pk>/page/", captures.captured_page, name="captured-page"),
    path("captures/<number:pk>/capture.warc.gz", captures.capture_warc, name="capture-warc"),
    path("evidence/<number:pk>/move/", documents.move_document, name="move-evidence"),
    path("evidence/<number:pk>/edit/", review.edit_evidence, name="edit-evidence"),
    path("evidence/<number:pk>/remove/", review.remove_evidence, name="remove-evidence"),
    path("claims/<number:pk>/history/", history.claim_history, name="claim-history"),
    path("claims/<number:pk>/<slug:action>/", review.change_claim, name="change-claim"),
    path("groups/<number:pk>/", groups.claim_group, name="claim-group"),
    path("groups/<number:pk>/leave/", groups.leave, name="leave-group"),
    path("groups/<number:pk>/main/", groups.make_main, name="main-claim"),
    path("groups/<number:pk>/merge/", groups.merge, name="merge-group"),
    path("groups/<number:pk>/undo/", groups.undo, name="undo-in-group"),
    path("articles/<number:pk>/claims/", review.create_claim, name="create-claim"),
    path("articles/<number:pk>/sources/", sources.choices_of_article, name="source-choices"),
    path("articles/<number:pk>/history/", history.article_history, name="article-history"),
    path("articles/<number:pk>/presence/", review.presence, name="presence"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/<slug:key>.csv", statistics.table_file, name="statistics-table"),
    path("sources/", sources.sources, name="sources"),
    path("sources/duplicates/", duplicates.source_duplicates, name="source-duplicates"),
    path("sources/<number:pk>/", sources.source, name="source"),
    path("sources/<number:pk>/merge/", merging.merge_source, name="merge-source"),
    path("sources/<number:pk>/unmerge/", merging.unmerge_source, name="unmerge-source"),
    path("sources/<number:pk>/distinct/<number:other>/", duplicates.distinct, name="mark-distinct"),
    path("sources/<number:pk>/history/", history.source_history, name="source-history"),
    path("sources/options/", sources.source_options, name="source-options"),
    path("changes/<number:pk>/undo/", review.undo_change, name="undo"),
    path("favicon.ico", public.favicon, name="favicon"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("status/", status.status, name="status"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
]
