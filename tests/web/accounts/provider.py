"""A real identity provider on this machine: django-oauth-toolkit in a process of its own, with a database in its memory.

`python provider.py PORT REDIRECT_URI` serves it until it is stopped. Whoever types a name at its login is that person, whom
`POST /people/` describes: their claims by name.
"""

import json
import sys
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

CLIENT, SECRET = "claim-workbench", "a secret of the tests"
PEOPLE: dict[str, dict] = {}


def _key() -> str:
    return (
        rsa.generate_private_key(public_exponent=65537, key_size=2048)
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        .decode()
    )


def serve(port: int, redirect_uri: str) -> None:
    settings.configure(
        SECRET_KEY="only for tests",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        SESSION_COOKIE_NAME="of-the-provider",
        LOGIN_URL="/login/",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_RSA_PRIVATE_KEY": _key(),
            "OIDC_ISS_ENDPOINT": f"http://127.0.0.1:{port}/o",
            "OAUTH2_VALIDATOR_CLASS": f"{__name__}.Validator",
            "SCOPES": {name: name for name in ("openid", "profile", "email")},
            "PKCE_REQUIRED": True,
        },
    )
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _define()
    from oauth2_provider.models import Application

    Application.objects.create(
        client_id=CLIENT,
        client_secret=SECRET,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        redirect_uris=redirect_uri,
        skip_authorization=True,
        algorithm=Application.RS256_ALGORITHM,
    )
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_args) -> None:
            pass

    with make_server("127.0.0.1", port, get_wsgi_application(), handler_class=Quiet) as server:
        # It ends with whoever started it, however that ends.
        threading.Thread(target=lambda: (sys.stdin.read(), server.shutdown()), daemon=True).start()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        server.serve_forever()


urlpatterns: list = []


def _define() -> None:
    """What can only be defined once Django is set up."""
    from django.contrib.auth import login
    from django.contrib.auth.models import User
    from django.http import HttpResponse, HttpResponseRedirect
    from django.urls import include, path
    from oauth2_provider.oauth2_validators import OAuth2Validator

    class Validator(OAuth2Validator):
        oidc_claim_scope = None

        def get_additional_claims(self, request):
            return PEOPLE.get(request.user.username, {})

    def log_in(request):
        if request.method == "GET":
            return HttpResponse(
                '<form method="post"><label>Name <input name="name"></label></form>'
            )
        user, _created = User.objects.get_or_create(username=request.POST["name"])
        login(request, user)
        return HttpResponseRedirect(request.GET["next"])

    def people(request):
        PEOPLE.update(json.loads(request.body))
        return HttpResponse()

    globals()["Validator"] = Validator
    urlpatterns.extend(
        [
            path("login/", log_in),
            path("people/", people),
            path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
        ]
    )


if __name__ == "__main__":
    # So that what Django imports by its path is this module, and not another copy.
    sys.modules["provider"] = sys.modules[__name__]
    __name__ = "provider"
    serve(int(sys.argv[1]), sys.argv[2])
