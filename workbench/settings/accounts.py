"""Settings of accounts: passwords, second factors, the newsroom's provider, and the mail that brings links."""

from datetime import timedelta

from workbench.settings.given import env

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_HASHERS = [
    "claims.actions.logins.Argon2",
    # Older hashes: each is replaced at the next login.
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTHENTICATION_BACKENDS = ["claims.actions.logins.Backend"]
# Login lockouts; claims/actions/logins.py has the limits.
AXES_HANDLER = "claims.actions.logins.Brake"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_USERNAME_CALLABLE = "claims.actions.logins.kept_name"
AXES_CLIENT_IP_CALLABLE = "claims.web.accounts.login.address_of"
AXES_VERBOSE = False
# Failed logins have pages of their own, under "Data entry".
AXES_ENABLE_ADMIN = False
# A second factor, by django-allauth; docs/accounts.md. The limits on guessing are those of the passwords.
ACCOUNT_ADAPTER = "claims.web.accounts.adapters.Accounts"
ACCOUNT_RATE_LIMITS = False
ACCOUNT_EMAIL_VERIFICATION = "none"
# Seconds for which whoever has logged in, or has confirmed who they are, need not confirm it.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
MFA_ADAPTER = "claims.web.accounts.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RATE_LIMITS = False
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Claim Workbench"
# A clock may be half a minute wrong.
MFA_TOTP_TOLERANCE = 1
# The mail server for invitations and forgotten passwords; without one, neither is offered.
SENDS_MAIL = bool(env["EMAIL_URL"])
EMAIL_HOST: str = env["EMAIL_URL"].get("EMAIL_HOST", "")
EMAIL_PORT: int = env["EMAIL_URL"].get("EMAIL_PORT") or 25
EMAIL_HOST_USER: str = env["EMAIL_URL"].get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD: str = env["EMAIL_URL"].get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS: bool = env["EMAIL_URL"].get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL: bool = env["EMAIL_URL"].get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL: str = env["EMAIL_FROM"]
# Logging in through the newsroom's provider. It begins with a link, as the content security policy lets no form lead elsewhere.
OIDC_ISSUER: str = env["OIDC_ISSUER"]
OIDC_NAME: str = env["OIDC_NAME"]
OIDC_GROUPS_CLAIM: str = env["OIDC_GROUPS_CLAIM"]
OIDC_ROLES: dict[str, str] = env["OIDC_ROLES"]
OIDC_REPLACES_PASSWORDS: bool = env["OIDC_REPLACES_PASSWORDS"]
SOCIALACCOUNT_ADAPTER = "claims.web.accounts.provider.Provider"
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "oidc",
                "name": OIDC_NAME,
                "client_id": env["OIDC_CLIENT_ID"],
                "secret": env["OIDC_CLIENT_SECRET"],
                "settings": {"server_url": OIDC_ISSUER, "oauth_pkce_enabled": True},
            }
        ]
    }
}
# The roles that must have a second factor.
REQUIRE_SECOND_FACTOR: list[str] = env["REQUIRE_SECOND_FACTOR"]
CSRF_FAILURE_VIEW = "claims.web.site.errors.csrf_failure"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "dashboard"
LOGOUT_REDIRECT_URL = "login"
