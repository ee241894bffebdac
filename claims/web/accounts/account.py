"""The page of one's own account."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.views.generic import TemplateView

from claims.access import role_of, signed_in
from claims.models import Byline
from claims.queries.accounts import lacks_second_factor, open_sessions


class Account(TemplateView):
    """One's own account: how one logs in."""

    template_name = "accounts/account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the second factors, whether one is still to be set up, and the sessions."""
        account = signed_in(self.request.user)
        current = self.request.session.session_key
        sessions = open_sessions(account, current)
        if not any(one.is_current for one in sessions):
            # Its login was before anything was kept of it.
            UserSession.objects.create_from_request(self.request)
            sessions = open_sessions(account, current)
        held = list(Authenticator.objects.filter(user=account).order_by("created_at", "pk"))
        by_type = {each.type: each for each in held}
        codes = by_type.get(Authenticator.Type.RECOVERY_CODES)
        return {
            **super().get_context_data(**kwargs),
            "role": role_of(account),
            "must_set_up": lacks_second_factor(account),
            "app": by_type.get(Authenticator.Type.TOTP),
            "passkeys": [each for each in held if each.type == Authenticator.Type.WEBAUTHN],
            "byline": Byline.objects.filter(person=account).first(),
            "sessions": sessions,
            "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
        }
