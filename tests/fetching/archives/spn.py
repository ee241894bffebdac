"""A stand-in for an archive that speaks Save Page Now 2, on this machine: its answers, as the protocol has them."""

import json
from typing import Any

from tests.fetching.sites import Page, Site, page

JOB = "spn2-9c17e047f58f"
STATUS = f"/save/status/{JOB}"
KEY = "our-key:our-secret"


def in_json(about: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> Page:
    """An answer in JSON."""
    return page(json.dumps(about).encode(), status=status, headers=headers)


BEGUN = in_json({"url": "https://harbour.example.org/notice", "job_id": JOB})
PENDING = in_json({"status": "pending", "job_id": JOB, "resources": []})


def done(**fields: Any) -> Page:
    """The answer for a job that succeeded."""
    about = {
        "status": "success",
        "job_id": JOB,
        "original_url": "https://harbour.example.org/notice",
        "timestamp": "20260504093000",
        "duration_sec": 6.2,
        "http_status": 200,
        "resources": ["https://harbour.example.org/notice"],
    }
    return in_json(about | fields)


def failed(code: str, message: str = "It failed.") -> Page:
    """The answer for a job that failed, or for one that did not begin."""
    about = {"status": "error", "status_ext": code, "message": message, "job_id": JOB}
    return in_json(about)


def speak(site: Site, *, save: Page = BEGUN, status: Page | None = None) -> None:
    """Have a site answer as an archive."""
    site.pages["/save"] = save
    site.pages[STATUS] = status or done()
