"""Who is meant where relatives or others close to somebody come in: who keeps the surname, and whom "he" and "she" mean."""

import pytest

from tests.extraction.reading import read, reported

FOUNDER = """Dame Oriane Tessel, who founded the Lask Circus, has died. She was 88.

Tessel grew up in a lock-keeper's cottage. Her daughter Maud, who confirmed the death, said the end was quiet.

Tessel sold the circus in 1990."""
PAINTER = """Painter Joss Quennel won the Dray prize on Friday. Quennel painted the gate of the town.

Quennel left school at 14. His brother Abel Barnaby Quennel said the family was proud."""


def told(text: str) -> list[str]:
    return [one.claim.statement for one in read(text)]


def speakers(text: str) -> list[str]:
    return [one.speaker for one in reported(text)]


@pytest.mark.parametrize(
    "ending",
    [
        "“It was never about money,” said Maud Tessel.",
        "Her nephew Corin Tessel sang at the grave.",
    ],
)
def test_a_surname_is_not_a_relatives_whose_full_name_comes_later(ending: str):
    text = f"{FOUNDER} She said it had cost her too much sleep.\n\n{ending}"
    assert "Oriane Tessel" in speakers(text)
    assert any("cost" in one and "Oriane Tessel" in one for one in told(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # who has been called by the surname alone still is
        (f"{PAINTER}\n\nQuennel said the gate was next.", "Joss Quennel"),
        (
            f"{PAINTER}\n\nThe museum opens in May.\n\nQuennel said the gate was next.",
            "Joss Quennel",
        ),
        # a headline calls so whom the article is about
        (
            (
                "Quennel paints the gate\n\nJoss Quennel won the Dray prize. His brother, Abel Quennel, clapped.\n\n"
                "Quennel said the gate was next."
            ),
            "Joss Quennel",
        ),
        (f"{PAINTER} Quennel said the gate was next.", "Joss Quennel"),
        # the text itself turns to another one
        (
            f"{PAINTER}\n\nThe critic Abel Tor Quennel, no relation, came. Quennel said the gate was bad.",
            "Abel Tor Quennel",
        ),
        # an officer with a title is not the accused without one
        (
            (
                "PC Ivo Dunnage stopped a van. Its driver was Joss Dunnage, no relation.\n\n"
                "Dunnage said the brakes had failed."
            ),
            "Joss Dunnage",
        ),
    ],
)
def test_a_surname_is_whose_it_was_before(text: str, name: str):
    assert speakers(text)[-1] == name


MAYOR = "Mayor Oriane Tessel said the quay was unsafe. “It is sinking,” she said."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            f"{MAYOR}\n\nHer deputy, Vessa Long, disagreed. She said the quay was sound.",
            "Vessa Long",
        ),
        (f"{MAYOR}\n\nHer sister Maud Brill arrived late. “I drove,” she said.", "Maud Brill"),
        (
            f"{MAYOR}\n\nTessel’s deputy, Vessa Long, disagreed. She said it was sound.",
            "Vessa Long",
        ),
        (
            f"{MAYOR}\n\nHer lawyer, Vessa Long, came. She said there would be an appeal.",
            "Vessa Long",
        ),
        # a man is not she
        (f"{MAYOR}\n\nHer deputy, Mr Long, disagreed. She said he was wrong.", "Oriane Tessel"),
        # who is named again goes on
        (
            f"{MAYOR}\n\nHer deputy, Vessa Long, told Ms Tessel to wait. Tessel left. She said it was sad.",
            "Oriane Tessel",
        ),
    ],
)
def test_who_is_introduced_as_anothers_is_meant_next(text: str, name: str):
    assert speakers(text)[-1] == name


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        (
            f"{MAYOR} Her sister, Maud, who runs the café, said she had not been asked.",
            "Maud had not been asked",
        ),
        (
            f"{MAYOR} Her deputy, Vessa Long, said she had not been asked.",
            "Vessa Long had not been asked",
        ),
        # a lawyer speaks of her client, and a family of the one whom everything is about
        (f"{MAYOR} Her lawyer, Vessa Long, said she would appeal.", "She would appeal"),
        (
            "Oriane Tessel died on Friday. Tessel ran a circus. Her daughter Maud said she had been ill.",
            "She had been ill",
        ),
    ],
)
def test_what_somebody_says_of_her_is_who_is_sure(text: str, statement: str):
    assert any(one.endswith(statement) for one in told(text))


PUPIL = "Ansel Roke was born in Lask. He met the painter Leo Moss at school."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # who has just told of another goes on about him
        (f"{PUPIL} Moss said that he was loud. “He drew on the wall,” he wrote.", "Leo Moss"),
        (
            f"{PUPIL} Moss later said that he was the loudest boy he had ever had. “He sang,” he said.",
            "Leo Moss",
        ),
        # but not once somebody else has done something
        (f"{PUPIL} Moss said it was a joy. Roke left at 15. “He cried,” he said.", "Ansel Roke"),
        (
            f"{PUPIL} Moss said it was a joy.\n\nRoke left at 15. “He was sorry,” he said.",
            "Ansel Roke",
        ),
    ],
)
def test_who_speaks_of_another_he_goes_on(text: str, name: str):
    assert speakers(text)[-1] == name
    assert not any(one.startswith(f"[{name}]") for one in told(text))


LIFT = "Tom Quill was hurt in a lift. It fell nine floors."


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        (f"{LIFT} Leo Moss said he had warned him twice.", "Leo Moss had warned Tom Quill twice"),
        (
            f"{LIFT} Mr Moss told the court that he had shouted to him to jump.",
            "Moss had shouted to Tom Quill to jump",
        ),
        (
            "Maud Brill met Vessa Roke on the quay. Roke said she had called to her.",
            "Vessa Roke had called to Maud Brill",
        ),
        # who gives somebody something is not the one who gets it
        ("Tom Quill met Leo Moss. Quill gave him a hat.", "Quill gave Leo Moss a hat"),
        # what lies around her is not done to her
        ("Maud Brill came late. Brill looked around her.", "Brill looked around her"),
    ],
)
def test_two_pronouns_of_one_clause_are_two_people(text: str, statement: str):
    assert statement in told(text)


def test_the_daughter_of_somebody_new_is_not_the_daughter_who_was_named():
    text = (
        "Vessa Roke ran the Osk gardens. Her daughter, Anna Roke-Tell, said she had died at home.\n\n"
        "Born in 1936, the daughter of a railway clerk, Roke left school at 15. She had planted the lilies herself."
    )
    assert all("Anna" not in one.claim.statement for one in read(text, engine="both"))
