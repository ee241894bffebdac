"""The desk's addresses."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path
from django.views.generic import RedirectView

from claims.web import views

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="articles"), name="home"),
    path("login/", LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("articles/", views.articles, name="articles"),
    path("articles/new/", views.new_article, name="new-article"),
    path("articles/<int:pk>/", views.article, name="article"),
    path("articles/<int:pk>/report/", views.report_page, name="report"),
    path("articles/<int:pk>/report.<slug:key>", views.report_file, name="report-file"),
    path("claims/<int:pk>/", views.claim, name="claim"),
    path("claims/<int:pk>/decide/", views.decide_claim, name="decide"),
    path("claims/<int:pk>/evidence/", views.add_claim_evidence, name="add-evidence"),
    path("changes/<int:pk>/undo/", views.undo_change, name="undo"),
    path("healthz", views.healthz, name="healthz"),
]
