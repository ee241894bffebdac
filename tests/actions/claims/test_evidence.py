"""Evidence files: stored once under their digest, limited in size, and never lost."""

import hashlib
from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.actions import EvidenceDraft, add_evidence, decide_claim, delete_record
from claims.actions.claims.evidence.documents import LARGEST_FILE
from claims.choices import Verdict
from claims.errors import InvalidValueError, StaleVersionError
from claims.models import Claim, Evidence
from tests.actions.database import everything
from workbench.files import Folder

WORDS = "The bridge over the Olm is closed. – Ada Venn".encode()
DIGEST = hashlib.sha256(WORDS).hexdigest()


def notice(words: bytes = WORDS, name: str = "notice.pdf") -> EvidenceDraft:
    """A file as an editor uploads it; its browser calls it a page."""
    uploaded = SimpleUploadedFile(name, words, content_type="text/html")
    return EvidenceDraft(title="Notice of closure", file=uploaded)


@pytest.fixture
def folder(settings, tmp_path):
    """The folder of the files, as production keeps them."""
    settings.STORAGES = settings.STORAGES | {"default": Folder(tmp_path).storage("evidence")}
    return tmp_path / "evidence"


@pytest.fixture
def add(folder, editor, claim):
    def add(draft: EvidenceDraft, version: int = 1, to: Claim = claim) -> Evidence:
        return add_evidence(actor=editor, claim_id=to.pk, version=version, evidence=draft)

    return add


def lying(folder) -> dict[str, bytes]:
    """The files that lie there."""
    return {path.name: path.read_bytes() for path in folder.glob("**/*") if path.is_file()}


class TestKeeping:
    def test_it_lies_under_its_digest(self, add, folder):
        added = add(notice())
        added.refresh_from_db()
        assert lying(folder) == {DIGEST: WORDS}
        assert (added.file.name, added.sha256, added.size) == (DIGEST, DIGEST, len(WORDS))
        assert added.url == ""
        with added.file.open() as kept:
            assert kept.read() == WORDS

    def test_nobody_else_on_the_machine_reads_it(self, add, folder):
        add(notice())
        assert (folder / DIGEST).stat().st_mode & 0o777 == 0o600
        assert folder.stat().st_mode & 0o777 == 0o700

    def test_a_link_may_stand_beside_it(self, add):
        added = add(replace(notice(), url="https://example.org/notice"))
        assert (added.url, added.sha256) == ("https://example.org/notice", DIGEST)

    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("notice.pdf", "application/pdf"),
            ("Photo.JPG", "image/jpeg"),
            ("figures.csv", "text/csv"),
            ("figures.csv.gz", "application/octet-stream"),
            ("notice", "application/octet-stream"),
            ("notice.nobodyknows", "application/octet-stream"),
            ("../../notice.pdf", "application/pdf"),
        ],
    )
    def test_its_name_tells_the_kind_and_no_more(self, add, folder, name, kind):
        assert add(notice(name=name)).content_type == kind
        assert set(lying(folder)) == {DIGEST}

    def test_the_same_file_lies_there_once(self, add, folder, article):
        for claim in Claim.objects.of_article(article)[:2]:
            add(notice(), to=claim)
        assert Evidence.objects.filter(file=DIGEST).count() == 2
        assert set(lying(folder)) == {DIGEST}

    def test_one_that_was_cut_off_while_it_was_written_is_written_anew(self, add, folder):
        folder.mkdir()
        (folder / DIGEST).write_bytes(WORDS[:10])
        assert add(notice()).file.name == DIGEST
        assert lying(folder) == {DIGEST: WORDS}

    def test_it_stays_when_its_evidence_is_deleted(self, add, folder, chief):
        """A decision may tell of it."""
        delete_record(actor=chief, record=add(notice()))
        assert lying(folder) == {DIGEST: WORDS}

    def test_the_decision_tells_its_digest(self, folder, editor, claim):
        decision = decide_claim(
            actor=editor,
            claim_id=claim.pk,
            version=1,
            verdict=Verdict.VERIFIED,
            evidence=notice(),
        )
        assert [item["sha256"] for item in decision.evidence] == [DIGEST]

    def test_any_file_of_djangos_will_do(self, add, folder):
        add(EvidenceDraft(title="Notice", file=ContentFile(WORDS)))
        assert lying(folder) == {DIGEST: WORDS}


class TestRefusing:
    @pytest.mark.parametrize(
        ("refused", "why"),
        [
            (lambda: EvidenceDraft(title="Nothing"), "a link or a file"),
            (lambda: notice(b""), "is empty"),
            (lambda: EvidenceDraft(title="Nothing", file=ContentFile(b"")), "is empty"),
            (lambda: notice(b"x" * (LARGEST_FILE + 1)), "larger than 20 MB"),
            (lambda: replace(notice(), title="T" * 301), "300"),
            (lambda: replace(notice(), url="javascript:alert(1)"), "valid URL"),
        ],
        ids=["neither", "empty", "empty without a name", "too large", "title", "link"],
    )
    def test_nothing_is_kept(self, add, folder, refused, why):
        before = everything()
        with pytest.raises(InvalidValueError, match=why):
            add(refused())
        assert everything() == before
        assert lying(folder) == {}

    def test_the_largest_file_is_kept(self, add):
        assert add(notice(b"x" * LARGEST_FILE)).size == LARGEST_FILE

    def test_nothing_is_kept_for_a_stale_version(self, add, folder):
        add(EvidenceDraft(title="Register", url="https://example.org/"))
        with pytest.raises(StaleVersionError):
            add(notice())
        assert lying(folder) == {}


class TestSecondClicks:
    def test_the_same_file_again_gives_the_first_ones_evidence(self, add):
        first = add(notice())
        before = everything()
        assert add(notice()) == first
        assert everything() == before

    @pytest.mark.parametrize("other", [notice(b"Something else."), None], ids=["file", "link"])
    def test_another_file_or_none_is_no_second_click(self, add, other):
        """What the editor sent was not saved, and nobody may be told that it was."""
        add(replace(notice(), url="https://example.org/"))
        draft = other or replace(notice(), file=None)
        with pytest.raises(StaleVersionError):
            add(replace(draft, url="https://example.org/"))

    def test_a_second_verdict_with_the_same_file_is_one(self, folder, editor, claim):
        first, second = (
            decide_claim(
                actor=editor,
                claim_id=claim.pk,
                version=1,
                verdict=Verdict.VERIFIED,
                evidence=notice(),
            )
            for _click in range(2)
        )
        assert first == second
        assert Evidence.objects.count() == 1


def test_no_address_leads_to_the_files(settings):
    """A page that asks for the permission serves them."""
    assert settings.MEDIA_URL in {"", "/"}
    assert default_storage.url(DIGEST) in {DIGEST, f"/{DIGEST}"}
