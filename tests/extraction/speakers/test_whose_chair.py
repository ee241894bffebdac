"""Whose chair, lawyer or spokesman "its chair" is."""

from tests.extraction.reading import read


def test_nothing_that_a_body_does_has_a_chair():
    text = (
        "The decision was taken by the transport board. Its chair, Nils Vorn, used to sell trams."
    )
    assert "decision" not in read(text)[-1].claim.statement


def test_a_body_without_a_name_has_a_spokesman_too():
    text = "The harbour board had called for a ban. Its spokesman said that the fine was too low."
    assert read(text)[-1].speaker == "harbour board’s spokesman"


def test_he_of_a_spokesman_without_a_name_is_whom_he_speaks_for():
    text = "Nils Vorn sold the tram. Nils Vorn's spokesman said that he welcomed the inquiry."
    assert read(text)[-1].claim.statement == "Nils Vorn welcomed the inquiry"


def test_no_company_is_he():
    text = "Orvo Bank shut an office. Orvo Bank's spokesman said that he regretted the step."
    assert "Orvo Bank regretted" not in read(text)[-1].claim.statement


def test_who_answers_may_be_of_whom_it_was_asked():
    text = (
        "Nils Vorn sold the tram. The driver Ole Grau said it was old. Ada Penk asked whether the "
        "chancellor would publish the price. He said that he would not."
    )
    said = read(text)[-1]
    assert (said.speaker, said.claim.statement) == ("chancellor", "The chancellor would not")


def test_a_spokesman_who_denies_is_told_with_whose_spokesman_he_is():
    text = "The Tarn Ferry Company was fined. Its spokesman denied that it had lied."
    told = read(text)[-1].claim.statement
    assert told == "The Tarn Ferry Company’s spokesman denied that the Tarn Ferry Company had lied"


def test_its_members_are_not_its_president_s():
    text = "The Small Shops League met. Its president said that half of its members would close."
    assert "president’s members" not in read(text)[-1].claim.statement
