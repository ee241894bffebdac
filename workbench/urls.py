"""All addresses: the main pages at the root, the admin beside them, and one login for both."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from claims.api.application import api

handler400 = "claims.web.site.errors.bad_request"
handler403 = "claims.web.site.errors.forbidden"
handler404 = "claims.web.site.errors.not_found"
handler500 = "claims.web.site.errors.server_error"


urlpatterns = [
    path(
        "admin/login/",
        RedirectView.as_view(pattern_name="login", query_string=True),
        name="admin-login",
    ),
    path(
        "admin/password_change/",
        RedirectView.as_view(pattern_name="change-password"),
        name="admin-password-change",
    ),
    path("admin/", admin.site.urls),
    path("api/v1/", api.urls),
    path("", include("claims.web.urls")),
]
