"""Interviews that name the two talkers once, and then print questions and answers without labels."""

from tests.extraction.reading import read

BEGUN = """Ida Rask has dived the wrecks of the Senn for thirty years. She met Tor Blum on the quay.

Tor Blum: You nearly drowned in March. What went wrong?

Ida Rask: My valve froze. I had ten breaths left."""

REST = """

Who came for you?

Nils did. He had seen the rope go slack.

The owners have said that you ignored the weather.

They were ashore. I was under the hull.

Your brother has sold his boat, I hear.

He has. It was his wife's idea.

Will you dive again?

I dive on Sunday."""


def spoken(text: str) -> dict[str, str]:
    return {one.content.rstrip("."): one.speaker for one in read(text) if one.claim.within is None}


def test_questions_and_answers_without_labels_go_on_as_the_labels_began():
    told = spoken(BEGUN + REST)
    asks = {
        "Who came for you?",
        "The owners have said that you ignored the weather",
        "Your brother has sold his boat, I hear",
        "Will you dive again?",
    }
    assert {one for one, who in told.items() if who == "Tor Blum"} >= asks
    answers = {"Nils did", "They were ashore", "I was under the hull", "I dive on Sunday"}
    assert {told[one] for one in answers} == {"Ida Rask"}


def test_i_and_you_are_the_two_talkers_behind_the_last_label_too():
    text = BEGUN + REST
    said = {one.content.rstrip("."): one.claim.statement for one in read(text)}
    assert said["Will you dive again?"] == "Will [Ida Rask] dive again?"
    assert said["I dive on Sunday"] == "[Ida Rask] dives on Sunday"


def test_what_stands_behind_a_labelled_interview_without_questions_is_the_article_s():
    text = (
        BEGUN + "\n\nTor Blum: Will you dive again?\n\nIda Rask: I dive on Sunday."
        "\n\nThe museum opens in June. Who will pay for it?\n\nThe council has said nothing."
    )
    told = spoken(text)
    assert told["The museum opens in June"] == told["The council has said nothing"] == ""


def test_in_company_nobody_knows_who_goes_on():
    text = BEGUN + "\n\nAnn Vold: I saw the rope.\n\nTor Blum: And then?" + REST
    assert spoken(text).get("I dive on Sunday") != "Ida Rask"
