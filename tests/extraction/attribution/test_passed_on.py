"""What a post in a thread only passes on is not its author's claim too."""

from tests.extraction.reading import read

THREAD = """@orla_b: The mayor says the pool will open in May. It won't. Ole Grau told me he had no tiles.

@finn_k: my dad dug that pool. He says the roof leaks.

@orla_b: Your dad is right!"""


def test_what_somebody_else_says_is_that_one_s_claim_alone():
    told = [(one.speaker, one.content.rstrip(".")) for one in read(THREAD)]
    assert ("mayor", "the pool will open in May") in told
    assert not any("The mayor says" in content for _, content in told)
    assert ("@orla_b", "It won't") in told


def test_a_post_s_own_words_beside_a_report_stay():
    text = THREAD.replace("The mayor says", "Nobody knows the truth, but the mayor says")
    assert any("Nobody knows" in one.content for one in read(text) if one.speaker == "@orla_b")
