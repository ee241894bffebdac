"""The check of the log after a load finds what would be wrong."""

import json

from tests.soak.load.log import Findings, Logged, Sent, compare, read_journal

FINE = Findings([], [], [])


def sent(key: str = "a", claim: int = 1, verdict: str = "verified", **more) -> Sent:
    return Sent(key, claim, verdict, **{"by": "ada", "is_answered": True, **more})


def logged(pk: int, key: str = "a", claim: int = 1, verdict: str = "verified", **more) -> Logged:
    return Logged(pk, claim, verdict, f"As it says. [{key}]", **{"by": "ada", **more})


def test_what_was_answered_and_is_there_once_is_fine():
    assert compare([sent()], [logged(1)], {1: "verified", 2: "pending"}) == FINE


def test_a_decision_that_was_answered_and_is_not_there_is_lost():
    assert compare([sent()], [], {1: "pending"}).lost == ["a"]


def test_so_is_one_that_is_there_with_another_verdict_claim_or_name():
    for other in ({"verdict": "disputed"}, {"claim": 2}, {"by": "bo"}):
        assert compare([sent()], [logged(1, **other)], {}).lost == ["a"], other


def test_one_that_nobody_was_told_is_saved_may_be_there_or_not():
    unanswered = sent(is_answered=False)
    assert compare([unanswered], [], {1: "pending"}) == FINE
    assert compare([unanswered], [logged(1)], {1: "verified"}) == FINE


def test_one_that_is_there_twice_is_doubled():
    assert compare([sent()], [logged(1), logged(2)], {1: "verified"}).doubled == ["a"]


def test_an_undo_gives_an_earlier_reason_again_and_doubles_nothing():
    both = [sent(), sent("b", verdict="disputed")]
    log = [logged(1), logged(2, "b", verdict="disputed"), logged(3, is_undo=True)]
    assert compare(both, log, {1: "verified"}) == FINE


def test_a_verdict_that_is_not_the_newest_decisions_is_contradicted():
    log = [logged(2, "b", verdict="disputed"), logged(1)]
    assert compare([sent()], log, {1: "verified"}).contradicted == [1]
    assert compare([], [], {7: "disputed"}).contradicted == [7]


def test_the_journal_says_what_was_sent_and_what_was_answered(tmp_path):
    line = {"key": "a", "claim": 1, "verdict": "verified", "by": "ada", "what": "sent"}
    lines = [line, {**line, "key": "b"}, {"key": "b", "what": "answered"}]
    journal = tmp_path / "decisions.jsonl"
    journal.write_text("".join(f"{json.dumps(one)}\n" for one in lines))
    assert read_journal(journal) == [sent(is_answered=False), sent("b")]
