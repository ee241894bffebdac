"""A headline that the body does not hold tells what the article is about, and gives no claims."""

from claims.extraction import extract

BODY = (
    "Rain has come into the depot since May. The roof was built in 1931. "
    "The foreman said that repairs had been put off for nine years."
)
HEADLINE = "Sellow tram depot needs a roof"


def test_what_only_the_headline_names_stands_before_a_statement():
    told = extract(BODY, headline=HEADLINE, engine="rules")[-1]
    assert told.statement == "[Sellow tram depot:] Repairs had been put off for nine years"


def test_places_are_those_of_the_body():
    for claim in extract(BODY, headline=HEADLINE, engine="rules"):
        words = [BODY[start:end] for start, end in claim.content]
        assert "Sellow" not in " ".join(words)
        assert all(
            start >= 0 and word.strip() == word
            for (start, _), word in zip(claim.content, words, strict=True)
        )
    last = extract(BODY, headline=HEADLINE, engine="rules")[-1]
    assert [BODY[start:end] for start, end in last.source] == ["The foreman"]


def test_claims_count_up_from_0_and_reports_inside_reports_keep_their_own():
    body = "The clerk said that Ada Venn had warned that the dam would break. The dam was old."
    claims = extract(body, headline="Dam may break, clerk says", engine="rules")
    assert claims[0].attribution == 0
    numbers = {claim.attribution for claim in claims}
    assert numbers == set(range(len(numbers)))
    inner = [claim for claim in claims if claim.within is not None]
    assert [body[slice(*one.cue[0])] for one in inner] == ["had warned"]
    assert all(one.within in numbers for one in inner)


def test_a_body_that_begins_with_its_headline_is_split_as_it_is():
    body = f"{HEADLINE}\n\n{BODY}"
    assert extract(body, headline=HEADLINE, engine="rules") == extract(body, engine="rules")


def test_a_person_whom_only_the_headline_names_in_full_is_the_speaker():
    body = "The harbour is safe, Ms Brenkovar said on Monday."
    claims = extract(body, headline="Minister Ilsa Brenkovar rules out new pier", engine="rules")
    assert claims[0].speaker is not None
    assert claims[0].speaker.name == "Ilsa Brenkovar"


def test_a_text_in_another_language_is_split_as_it_is():
    body = "Der Minister sagte am Montag, die Brücke sei sicher. Das Dach wurde im Jahr 1931 gebaut und nie erneuert."
    assert extract(body, headline="Brücke sicher", engine="rules") == extract(body, engine="rules")
