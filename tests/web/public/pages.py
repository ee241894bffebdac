"""What is read in public pages and files, and what must never be in them."""

from io import BytesIO
from urllib.parse import urlencode
from zipfile import ZipFile, is_zipfile

from django.conf import settings
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from claims.models import Claim, PublicClaim
from claims.models import Report as ReportRecord

INTERNAL = {
    "maker": "Quillon the maker",
    "checker": "Vesna the checker",
    "second": "Osric the second",
    "comment": "A comment for the desk",
    "source note": "A note on the source for the desk",
    "confidential title": "A letter that puts somebody at risk",
    "confidential excerpt": "The writer's own words",
    "confidential link": "https://drop.example.org/letter",
    "later evidence": "Found after publication",
    "later reason": "A reason written for the desk",
    "open notice": "A notice that is not published",
    "draft title": "A draft about something else",
}
"""What is on the desk, and not for the public."""


def path(claim: Claim) -> str:
    """The address of a claim's public page."""
    return reverse("public-claim", args=[claim.pk])


def link(claim: Claim) -> str:
    """The attribute of a link to it."""
    return f'href="{path(claim)}"'


def oembed(page: str) -> str:
    """Where programs are told how to embed a page, by its path."""
    return f"{reverse('public-oembed')}?{urlencode({'url': f'{settings.PUBLIC_URL}{page}'})}"


def addresses(report: ReportRecord) -> list[str]:
    """Every public address of a report."""
    claims = report.claims.values_list("claim", flat=True)
    sources = PublicClaim.objects.filter(source__isnull=False)
    return [
        reverse("public-about"),
        reverse("public-people"),
        reverse("public-checks"),
        reverse("public-claimreview"),
        *(
            reverse(name, args=[pk])
            for name in ("public-source", "public-source-feed")
            for pk in set(sources.values_list("source", flat=True))
        ),
        *(reverse("public-card", args=[claim]) for claim in claims),
        reverse("public-report-card", args=[report.pk]),
        *(oembed(reverse("public-claim", args=[claim])) for claim in claims),
        oembed(reverse("public-report", args=[report.pk])),
        *(reverse("public-claim-picture", args=[claim]) for claim in claims),
        reverse("public-report-picture", args=[report.pk]),
        reverse("public-reports"),
        reverse("public-report", args=[report.pk]),
        *(reverse("public-claim", args=[claim]) for claim in claims),
        *(reverse("public-report-file", args=[report.pk, key]) for key in ("json", "pdf")),
        reverse("public-feed"),
        reverse("public-json-feed"),
        reverse("public-corrections"),
        reverse("public-sitemap"),
        *(reverse("public-sitemap-section", args=[one]) for one in ("reports", "claims")),
    ]


def read(browser: Client, address: str) -> str:
    """The text of a public page or file; "" for a picture."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    content = answer.getvalue()
    if address.endswith(".pdf"):
        return " ".join(
            " ".join(p.extract_text().split()) for p in PdfReader(BytesIO(content)).pages
        )
    return "" if address.endswith(".png") else content.decode()


def shown(secrets: dict[str, str], browser: Client, found: list[str]) -> list[tuple[str, str]]:
    """Which secret shows at which address, each read once. Returns pairs of an address and a secret's name."""
    return [
        (address, name)
        for address in found
        for page in [read(browser, address)]
        for name, words in secrets.items()
        if words in page
    ]


def text_of(content: bytes) -> str:
    """What a file of any format says, the parts of its archive included."""
    if content.startswith(b"\x89PNG"):
        return ""
    if content.startswith(b"%PDF"):
        pdf = PdfReader(BytesIO(content))
        pages = "".join(page.extract_text() for page in pdf.pages)
        links = [str(note.get_object()) for page in pdf.pages for note in page.get("/Annots", [])]
        return "".join([*pages.split(), str(pdf.metadata), *links])
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as archive:
            return "".join(
                archive.read(name).decode(errors="replace") for name in archive.namelist()
            )
    return content.decode()
