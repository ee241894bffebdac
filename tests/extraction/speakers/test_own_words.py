"""Speakers of whom "his own" tells that they are men."""

from tests.extraction.reading import read


def speakers(text: str) -> list[str]:
    return [one.speaker for one in read(text)]


def statements(text: str) -> list[str]:
    return [one.claim.statement for one in read(text)]


def test_what_somebody_calls_his_own_makes_him_a_man_whatever_the_first_name_is_elsewhere():
    text = (
        "The prosecution said Ada Vorn paid the debts of her brother, Nils. The auditor, Andrea Penk, "
        "conceded that his own report was wrong. “I left out a page,” he told the court."
    )
    told = statements(text)
    assert "Andrea Penk’s own report was wrong" in told
    assert "[Andrea Penk] left out a page" in told


def test_a_lawyer_s_he_may_be_the_client():
    text = "Ole Grau was fined in May. His lawyer, Quorv Penk, said he would appeal."
    assert "Penk" not in statements(text)[-1]


def test_whom_an_article_is_about_acts_again_behind_what_another_woman_said_of_her():
    text = (
        "Ada Vorn, a painter who lived on the moor, has died. She was 91. Ada Vorn painted sheep. "
        "She left the moor once.\n\n"
        "“She thought that towns were a kind of gas,” said Lena Grau, a friend for 50 years.\n\n"
        "In later life she fought the quarry, arguing that the moor would dry."
    )
    assert speakers(text)[-1] == "Ada Vorn"
    assert statements(text)[-2] == "In later life Ada Vorn fought the quarry"


def test_a_lawyer_s_client_is_the_lawyer_s():
    text = "Ole Grau was fined in May. His lawyer, Karl Penk, said his client was ill with grief."
    assert statements(text)[-1] == "Karl Penk’s client was ill with grief"
