"""Starting the identity provider of the tests, and being somebody there."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import requests

from tests.web.accounts.provider import CLIENT, SECRET
from tests.workbench.demo import free_port

PROGRAM = Path(__file__).with_name("provider.py")


@dataclass(frozen=True)
class Provider:
    """A running provider: its address."""

    address: str

    def knows(self, name: str, **claims: Any) -> None:
        """Let it know somebody, by what it says of them."""
        requests.post(f"{self.address}/people/", json={name: claims}, timeout=60)

    def asks(self, name: str, question: str) -> str:
        """Answer its questions as somebody. Returns the address to which it leads back."""
        with requests.Session() as browser:
            asked = browser.get(question, timeout=60)
            login = browser.post(asked.url, {"name": name}, timeout=60, allow_redirects=False)
            onward = urljoin(asked.url, login.headers["Location"])
            return browser.get(onward, timeout=60, allow_redirects=False).headers["Location"]

    def settings(self) -> dict[str, Any]:
        """The settings of a workbench that trusts it."""
        issuer = f"{self.address}/o"
        app = {
            "provider_id": "oidc",
            "name": "Ostrey Press",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
        }
        return {
            "OIDC_ISSUER": issuer,
            "OIDC_NAME": "Ostrey Press",
            "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": [app]}},
        }


@contextmanager
def provider_for(site: str) -> Iterator[Provider]:
    """Run a provider that leads back to a site, given by its scheme and host."""
    port = free_port()
    command = [sys.executable, str(PROGRAM), str(port), f"{site}/login/oidc/callback/"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        try:
            assert running.stdout.readline() == "ready\n"
            yield Provider(f"http://127.0.0.1:{port}")
        finally:
            running.terminate()
