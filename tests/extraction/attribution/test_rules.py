"""Who said what, in sentences that trip up other splitters."""

import pytest

from tests.extraction.reading import only, read, reported


@pytest.mark.parametrize(
    ("text", "content", "source", "cue"),
    [
        (
            "Officials said the dam was safe.",
            "the dam was safe",
            "Officials",
            "said",
        ),
        (
            "The dam is safe, officials said on Monday.",
            "The dam is safe",
            "officials",
            "said",
        ),
        (
            "The dam, officials said, is safe.",
            "The dam … is safe",
            "officials",
            "said",
        ),
        (
            "The dam is safe, according to Oona Harl, the chief engineer.",
            "The dam is safe",
            "Oona Harl, the chief engineer",
            "according to",
        ),
        (
            "According to a study by the institute, 14 of the 60 dams leak.",
            "14 of the 60 dams leak",
            "a study by the institute",
            "According to",
        ),
        (
            "According to the ministry, Sweden, Norway and Denmark bought 40 boats.",
            "Sweden, Norway and Denmark bought 40 boats",
            "the ministry",
            "According to",
        ),
        (
            "Two boats sank in the storm, as the Aldmere Gazette reported.",
            "Two boats sank in the storm",
            "the Aldmere Gazette",
            "reported",
        ),
        (
            "The minister was quoted as saying that the army would leave.",
            "the army would leave",
            "The minister",
            "was quoted as saying",
        ),
        (
            "Harbour bridge to stay shut until May, says minister",
            "Harbour bridge to stay shut until May",
            "minister",
            "says",
        ),
        (
            "Minister: Harbour bridge will stay shut",
            "Harbour bridge will stay shut",
            "Minister",
            ":",
        ),
        (
            "Harbour bridge will stay shut: minister",
            "Harbour bridge will stay shut",
            "minister",
            ":",
        ),
        ("The dam held.\nHARL: We checked it twice.", "We checked it twice.", "HARL", ":"),
        (
            "“It is a toy.” — Tarek Voss, councillor",
            "“It is a toy.”",
            "Tarek Voss, councillor",
            "—",
        ),
        (
            "“It is a toy,” said Oona Harl, who built the first one.",
            "“It is a toy,”",
            "Oona Harl",
            "said",
        ),
        (
            "The engineer who warned that the dam would burst was dismissed.",
            "the dam would burst",
            "The engineer … who",
            "warned",
        ),
        (
            "The council's critics, the report says, never read the plan.",
            "The council's critics … never read the plan",
            "the report",
            "says",
        ),
        (
            "Police blamed a drunk driver for the crash.",
            "a drunk driver for the crash",
            "Police",
            "blamed",
        ),
    ],
)
def test_words_of_statement_source_and_cue(text: str, content: str, source: str, cue: str):
    found = reported(text)
    assert [one.content.rstrip(".") for one in found] == [content.rstrip(".")]
    assert found[0].source in {source, source.replace(" … ", " ")}
    assert found[0].cue == cue


def test_quotation_split_around_its_cue_is_one_statement():
    found = reported("“The council knew,” Tarek Voss told reporters, “and it did nothing.”")
    assert [one.content for one in found] == ["The council knew", "it did nothing"]
    assert {(one.claim.attribution, one.source, one.claim.told_to) for one in found} == {
        (0, "Tarek Voss", "reporters")
    }
    assert {one.claim.quotation for one in found} == {"direct"}


def test_quotation_that_follows_has_the_same_source_and_number():
    first, second = reported("“We saw smoke,” Oona Harl said. “Nobody rang the bell.”")
    assert second.content == "“Nobody rang the bell.”"
    assert (first.source, first.claim.attribution) == (second.source, second.claim.attribution)


def test_quotation_over_paragraphs_belongs_to_one_speaker():
    found = reported(
        "“We saw smoke,” Oona Harl said. “It came from the mill.\n“Then the roof fell in.\n“We ran.”"
    )
    assert [one.content for one in found] == [
        "“We saw smoke,”",
        "“It came from the mill.",
        "“Then the roof fell in.",
        "“We ran.”",
    ]
    assert {one.speaker for one in found} == {"Oona Harl"}


def test_speaker_named_in_the_second_paragraph_has_the_first_one_too():
    found = reported("“We saw smoke.\n“Then we ran,” Oona Harl said.")
    assert [(one.content, one.speaker) for one in found] == [
        ("“We saw smoke.", "Oona Harl"),
        ("“Then we ran,”", "Oona Harl"),
    ]


def test_colon_hands_the_next_paragraph_to_its_speaker():
    one = only("The mayor wrote:\n“The tram will run again.”")
    assert (one.content, one.source, one.cue) == (
        "“The tram will run again.”",
        "The mayor",
        "wrote",
    )


def test_participle_shares_the_sentence_s_source():
    found = reported("The mayor said the tram was safe, adding that it had new brakes.")
    assert [(one.content, one.source) for one in found][-1] == ("it had new brakes", "The mayor")


def test_cue_behind_a_statement_goes_on_with_its_source():
    found = reported("Harl said she was tired and predicted that the dam would hold.")
    assert [(one.content, one.source) for one in found] == [
        ("she was tired", "Harl"),
        ("the dam would hold", "Harl"),
    ]


def test_cue_behind_a_promise_goes_on_with_its_source():
    found = reported("The minister vowed to publish the plan and urged people to be patient.")
    assert [(one.content, one.source) for one in found] == [
        ("to publish the plan", "The minister"),
        ("people to be patient", "The minister"),
    ]


def test_participle_behind_a_denial_is_the_denier_s():
    found = reported("Brandt Lines denied it had ignored the warning, saying the sea was calm.")
    assert [(one.content, one.source) for one in found] == [
        ("it had ignored the warning", "Brandt Lines"),
        ("the sea was calm", "Brandt Lines"),
    ]


def test_cue_holds_its_preposition():
    one = only("Survivors spoke of chaos on deck.")
    assert (one.content, one.cue) == ("chaos on deck", "spoke of")
    assert one.claim.statement == "Survivors spoke of chaos on deck"


def test_report_inside_a_report_knows_its_outer_one():
    found = [
        one for one in read("The Gazette reported that Harl had said the dam leaked.") if one.cue
    ]
    outer, inner = found
    assert (outer.source, inner.source) == ("The Gazette", "Harl")
    assert outer.claim.within is None
    assert inner.claim.within == outer.claim.attribution
    assert inner.content == "the dam leaked"


def test_quotation_marks_keep_the_words_inside_from_being_cues():
    one = only("“My brother says the mayor lied,” Oona Harl said.")
    assert one.source == "Oona Harl"


@pytest.mark.parametrize(
    "text",
    [
        "The ministry did not say whether the dam was safe.",
        "The ministry declined to say that the dam was safe.",
        "Nobody said that the dam was safe.",
        "If the council says the dam is safe, people will return.",
        "The mayor may say that the dam is safe.",
        "Did the mayor say that the dam was safe?",
        "Say that the dam is safe.",
        "I said the dam was safe.",
    ],
)
def test_what_nobody_asserted_is_nobody_s_claim(text: str):
    assert [one.claim.quotation for one in read(text)] == ["narration"]


def test_impersonal_report_invents_no_source():
    one = only("It was reported that a second dam had burst.")
    assert (one.content, one.source, one.claim.speaker) == ("a second dam had burst", "", None)


def test_question_is_no_assertion():
    one = only("The judge asked whether the clerk had taken bribes.")
    assert one.claim.statement == "The judge asked whether the clerk had taken bribes"
    assert one.claim.checkworthiness < 0.1


def test_denial_does_not_put_the_denied_words_into_a_mouth():
    one = only("The clerk denied that he had taken bribes.")
    assert one.content == "he had taken bribes"
    assert one.claim.statement == "The clerk denied that he had taken bribes"


def test_message_sent_by_a_spokesman_is_the_spokesman_s():
    one = only(
        "The Fen Army took responsibility for the raid in a message sent by its spokesman to the press."
    )
    assert one.content == "The Fen Army took responsibility for the raid"
    assert (one.source, one.kind, one.claim.told_to) == (
        "its spokesman",
        "spokesperson",
        "the press",
    )


@pytest.mark.parametrize(
    ("text", "told_to"),
    [
        ("The porter confided in our reporter that the lift had no brake.", "our reporter"),
        ("“The lift had no brake,” the porter told it.", "it"),
        ("The mayor told Aldmere Radio the tram was safe.", "Aldmere Radio"),
        ("The mayor said to reporters that the tram was safe.", "reporters"),
        ("The mayor said in an interview with the Gazette that the tram was safe.", "the Gazette"),
        ("The mayor informed the council that the tram was safe.", "the council"),
        ("The mayor told us the tram was safe.", "us"),
        ("The mayor put it to the driver that the tram was safe.", "the driver"),
        ("Jury told driver slept through the bend", "Jury"),
        ("The firm reported a loss of nine million to March.", ""),
        ("The mayor said the tram was safe.", ""),
    ],
)
def test_whom_it_is_told_to(text: str, told_to: str):
    assert only(text).claim.told_to == told_to


def test_message_is_told_once_though_its_sender_repeats_it():
    found = [
        one
        for one in read(
            "The Grey Hand took responsibility for the blast in a message sent by their spokesman to reporters."
        )
        if one.cue
    ]
    assert [one.speaker for one in found] == ["Grey Hand’s spokesman"]
    assert found[0].claim.told_to == "reporters"


def test_listener_keeps_its_name():
    assert only("She told the channel Aldmere One that it was over.").claim.told_to == (
        "the channel Aldmere One"
    )


def test_cue_that_ends_its_sentence():
    one = only("About 31,000 people cross the bridge each day, the city's statistics show.")
    assert (one.content, one.source) == (
        "About 31,000 people cross the bridge each day",
        "the city's statistics",
    )


def test_source_keeps_the_name_behind_it():
    one = only(
        "According to the engineer, Oona Harl, two of the six pillars have lost their strength."
    )
    assert one.speaker == "Oona Harl"
    assert one.content == "two of the six pillars have lost their strength"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "Counsel asked the manager, Tom Lind, when he had read the roster.",
            "when he had read the roster",
        ),
        ("The judge asked a juror why she wept.", "why she wept"),
    ],
)
def test_question_behind_whom_it_is_put_to(text: str, asked: str):
    (one,) = reported(text)
    assert (one.content, one.claim.mood) == (asked, "asked")
