"""The requests that the manual shows for a newsroom's website do what it says."""

import re
import shlex
from itertools import pairwise
from urllib.parse import quote

import pytest

from tests.api.conftest import secret_of
from tests.architecture.test_house import ROOT

PAGE = (ROOT / "docs" / "website.md").read_text()
SITE = "https://desk.example.org"
REQUESTS = [
    shlex.split(line)
    for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
]


@pytest.mark.parametrize("words", REQUESTS, ids=lambda words: words[-1].removeprefix(SITE))
def test_a_request_of_the_manual_is_answered(words, everybody, chief, report, claim):
    headers = [after for word, after in pairwise(words) if word == "-H"]
    sent = dict(header.split(": ", 1) for header in headers)
    if "Authorization" in sent:
        sent["Authorization"] = sent["Authorization"].replace("$TOKEN", secret_of(chief))
    path = words[-1].removeprefix(SITE)
    path = path.replace("/reports/12", f"/reports/{report.pk}")
    path = path.replace(quote("/claims/7/", safe=""), quote(f"/claims/{claim.pk}/", safe=""))
    answer = everybody.get(path, headers=sent)
    assert answer.status_code == 200, answer.content
    assert answer.getvalue()


def test_there_are_some():
    assert len(REQUESTS) == 6


def test_the_code_that_it_shows_is_the_pages_own(everybody, report, claim):
    told = everybody.get(f"/published/oembed/?url={SITE}/published/claims/{claim.pk}/").json()
    (shown,) = re.findall(r"```html\n(.*?)\n```", PAGE, re.DOTALL)
    form = re.compile(r'="[^"]*"')
    assert form.sub("", shown) == form.sub("", told["html"])
