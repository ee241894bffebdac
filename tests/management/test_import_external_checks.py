"""`import_external_checks` brings other newsrooms' fact-checks in from a file."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from claims.models import ExternalCheck
from tests.ingest.fact_checks.test_reading import REVIEW, review


@pytest.fixture
def import_file(db, tmp_path):
    """Run the command on a file. Returns what it says, and on standard error."""

    def import_file(name: str, data: object, **options) -> tuple[str, str]:
        path = tmp_path / name
        path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
        out, err = StringIO(), StringIO()
        try:
            call_command("import_external_checks", path, stdout=out, stderr=err, **options)
        except CommandError as error:
            err.write(str(error))
        return out.getvalue(), err.getvalue()

    return import_file


def test_a_file_is_imported_and_again_brought_up_to_date(import_file):
    said, _err = import_file("checks.json", [REVIEW, review(claimReviewed="It rained frogs.")])
    assert said == "2 new, 0 changed, 0 known.\n"
    said, err = import_file("checks.json", [review(reviewRating={"alternateName": "True"})])
    assert (said, err) == ("0 new, 1 changed, 0 known.\n", "")
    assert ExternalCheck.objects.offered().count() == 2


def test_what_cannot_be_read_is_named_and_the_rest_is_imported(import_file):
    said, err = import_file("checks.json", [review(url=""), REVIEW], language="de")
    assert said == "1 new, 0 changed, 0 known.\n"
    assert "checks.json, 1: This line cannot be read: the address of the review is missing." in err
    assert "1 could not be read." in err


def test_a_file_of_another_kind_says_which_are_read(import_file):
    assert "json, html, csv" in import_file("checks.xml", "<x/>")[1]
    assert import_file("checks.csv", "a,b\n")[1].startswith("/")


def test_a_language_is_for_those_that_name_none(import_file):
    import_file(
        "checks.json", [review(inLanguage=None), review(claimReviewed="B")], language="de-AT"
    )
    assert dict(ExternalCheck.objects.values_list("statement", "language")) == {
        REVIEW["claimReviewed"]: "de",
        "B": "en",
    }
