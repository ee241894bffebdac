"""Questions that an article asks its reader are nobody's statement."""

from tests.extraction.reading import read


def told(text: str) -> list[tuple[str, str]]:
    return [(one.speaker, one.content) for one in read(text, "both")]


def test_a_question_before_a_quotation_is_the_article_s():
    text = "Is the pier safe? Why, then, did the board shut it? “We had no choice,” said Ada Venn."
    assert ("", "Why, then, did the board shut it?") in told(text)


def test_who_says_so_is_said_by_nobody():
    assert all(speaker != "Who" for speaker, _ in told("Who says so? The mayor does."))


def test_what_somebody_asks_without_quotation_marks_is_asked():
    assert told("Would it hold? she asked.")[0][0] == "she"
