"""The twelve steps on a matter in memory: each fault is found by its own step, at its own event."""

from dataclasses import replace

import pytest

from comity import canonical
from comity.errors import Code
from comity.journal import (
    Bundle,
    Check,
    Content,
    Event,
    Head,
    KeyRing,
    Outcome,
    Placement,
    Purpose,
    SealedEvent,
    SealedValue,
    named_papers,
    seal_events,
    seal_leaves,
    verify_group,
    verify_matter,
    write,
)
from comity.journal.merkle import leaf_hash
from comity.journal.report import NAMES
from comity.words import translate
from tests.contracts.writing import KEYS, KZ, NOW, RU, SIGNERS, TJ, Author, exchange_of_letters, fixed_bytes, matter, sealed

LETTERS = exchange_of_letters()
KEYS_OF_ALL = tuple(one.key for one in SIGNERS.values())


def _bundle(events: list[Event] | tuple[Event, ...] = LETTERS, **more) -> Bundle:
    return Bundle(matter=matter(), events=sealed(events), keys=KEYS_OF_ALL, **more)


def _failed(bundle: Bundle, keys=KEYS) -> dict[Check, str | None]:
    return {step.number: step.event_id for step in verify_matter(bundle, keys).failed}


def _next(event: Event, **change) -> Event:
    facts = {"office": event.header.office, "matter": matter(), "act": "message.sent/1", "value": {}, "at": NOW, "salt": bytes(32)}
    return write(**{**facts, "head": Head(seq=event.header.seq, id=event.id), **change})


def test_an_honest_matter_passes_every_step():
    report = verify_matter(_bundle(), KEYS)
    assert report.ok
    assert [step.number for step in report.steps] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 11]
    assert {step.outcome for step in report.steps} == {Outcome.PASSED}
    assert [step.name for step in report.steps] == [NAMES[step.number] for step in report.steps]
    assert report.failed == ()


def test_a_content_that_was_not_signed_fails_step_3():
    told = Event(header=LETTERS[1].header, content=Content(salt=bytes(32), value={}))
    bundle = _bundle()
    events = (bundle.events[0], replace(bundle.events[1], event=told), *bundle.events[2:])
    assert _failed(replace(bundle, events=events)) == {Check.COMMITMENTS: LETTERS[1].id}


def test_a_gap_in_a_strand_fails_step_4():
    assert _failed(_bundle([*LETTERS[:2], *LETTERS[3:]])) == {Check.STRANDS: LETTERS[3].id}


def test_a_false_predecessor_fails_step_4():
    false = _next(LETTERS[0], head=Head(seq=5, id=LETTERS[0].id))
    assert _failed(_bundle([*LETTERS, false])) == {Check.STRANDS: false.id}


@pytest.mark.parametrize(
    "stray",
    [
        Author(RU, matter()).write("message.sent/1"),
        Author(RU, matter(1)).write("message.sent/1"),
        _next(LETTERS[4], seen=["0f" * 32]),
        _next(LETTERS[4], act="matter.opened/1"),
        _next(LETTERS[4], office="kz-gpo/internal", head=None, seen=[LETTERS[4].id]),
        replace(Author(RU, matter()).write("message.sent/1"), content=None),
    ],
)
def test_what_does_not_follow_from_the_opening_fails_step_5(stray):
    assert _failed(_bundle([*LETTERS, stray])) == {Check.CAUSES: stray.id}


def test_a_matter_without_its_opening_fails_step_5():
    blind = Author(RU, matter()).write("message.sent/1")
    report = verify_matter(_bundle([blind]), KEYS)
    assert [step.number for step in report.failed] == [Check.CAUSES]
    assert (report.step(Check.CAUSES).event_id, report.step(Check.CAUSES).more) == (None, 1)


def test_an_opening_without_content_fails_step_5():
    assert _failed(_bundle([replace(LETTERS[0], content=None), *LETTERS[1:]])) == {Check.CAUSES: LETTERS[0].id}


def test_a_proof_of_another_place_fails_step_6():
    bundle = _bundle()
    moved = replace(bundle.events[1], placement=replace(bundle.events[1].placement, index=0))
    assert _failed(replace(bundle, events=(bundle.events[0], moved, *bundle.events[2:]))) == {Check.PLACEMENT: LETTERS[1].id}


def test_a_seal_that_does_not_verify_fails_step_7():
    bundle = _bundle()
    place = bundle.events[2].placement
    bad = replace(place.seal, signatures=(place.seal.signatures[0], bytes(3309)))
    events = tuple(replace(one, placement=replace(one.placement, seal=bad)) if one.header.office == TJ else one for one in bundle.events)
    assert _failed(replace(bundle, events=events)) == {Check.SEALS: LETTERS[2].id}


def test_an_event_sealed_by_who_did_not_write_it_fails_step_7():
    theirs = LETTERS[2]
    place = seal_leaves(Purpose.EVENTS, [theirs.header.leaf], SIGNERS[KZ], NOW)[0]
    bundle = _bundle()
    events = (*bundle.events[:2], SealedEvent(event=theirs, placement=place), *bundle.events[3:])
    assert _failed(replace(bundle, events=events)) == {Check.SEALS: theirs.id}


def test_a_seal_for_another_purpose_fails_step_7():
    place = seal_leaves(Purpose.RECEIPTS, [LETTERS[0].header.leaf], SIGNERS[KZ], NOW)[0]
    assert _failed(Bundle(matter=matter(), events=(SealedEvent(event=LETTERS[0], placement=place),), keys=KEYS_OF_ALL)) == {
        Check.SEALS: LETTERS[0].id
    }


def test_a_key_nobody_knows_fails_step_8():
    assert _failed(replace(_bundle(), keys=()), KeyRing(SIGNERS[KZ].key)) == {Check.KEYS: LETTERS[2].id}
    assert _failed(replace(_bundle(), keys=()), None) == {Check.KEYS: LETTERS[0].id}


def test_a_key_that_did_not_speak_then_fails_step_8():
    ended = replace(SIGNERS[TJ].key, valid_until=NOW)
    assert _failed(_bundle(), KeyRing(SIGNERS[KZ].key, ended)) == {Check.KEYS: LETTERS[2].id}


def test_two_stories_fail_step_9():
    other = _next(LETTERS[0], act="request.sent/2")
    report = verify_matter(_bundle([*LETTERS, other]), KEYS)
    assert [step.number for step in report.failed] == [Check.FORKS]
    assert report.step(Check.FORKS).event_id == min(other.id, LETTERS[1].id)


def _receipt(value, purpose=Purpose.RECEIPTS) -> SealedValue:
    return SealedValue(value=value, placement=seal_leaves(purpose, [leaf_hash(b'{"parcel":1}')], SIGNERS[TJ], NOW)[0])


def test_receipts_are_checked_in_step_11():
    good = _receipt({"parcel": 1})
    assert verify_matter(_bundle(receipts=(good,)), KEYS).ok
    unproved = replace(good, placement=replace(good.placement, path=(bytes(32),)))
    for bad in (_receipt({"parcel": 2}), _receipt({"parcel": 1}, Purpose.EVENTS), unproved):
        report = verify_matter(_bundle(receipts=(good, bad)), KEYS)
        assert [step.number for step in report.failed] == [Check.RECEIPTS]


def test_more_faults_of_a_step_are_counted():
    bundle = _bundle()
    nowhere = tuple(replace(one, placement=replace(one.placement, path=())) for one in bundle.events)
    step = verify_matter(replace(bundle, events=nowhere), KEYS).step(Check.PLACEMENT)
    assert (step.event_id, step.more) == (LETTERS[0].id, 5)


def test_words_are_translated_and_filled():
    other = _next(LETTERS[0], act="request.sent/2")
    step = verify_matter(_bundle([*LETTERS, other]), KEYS).step(Check.FORKS)
    assert step.sentence(lambda text: "{office}: {count}" if "{office}" in text else text) == "kz-gpo: 2"


def test_a_report_is_printed_step_by_step_in_the_readers_language():
    bundle = _bundle()
    nowhere = tuple(replace(one, placement=replace(one.placement, path=())) for one in bundle.events)
    report = verify_matter(replace(bundle, events=nowhere), KEYS)
    lines = report.lines()
    assert lines[0] == "  1  passed: Every line and every event has its shape"
    assert lines[5:9] == (
        "  6  FAILED: Every event stands under the root that was sealed",
        "     This event is not under the root that was sealed: it, or its proof, was changed.",
        f"     Event {LETTERS[0].id}.",
        "     Further faults in this step: 5.",
    )
    assert (
        report.lines(lambda text: translate(text, "ru"))[5]
        == "  6  НЕ ВЫПОЛНЕНО: Каждое событие входит в ту группу, которая была скреплена"
    )


def test_a_report_is_a_json_object_too():
    value = verify_matter(_bundle(LETTERS[:2]), KEYS).value()
    assert canonical.loads(canonical.dumps(value)) == value
    assert (value["ok"], value["events"], value["matter"]) == (True, 2, matter())
    assert value["steps"][8] == {
        "number": 9,
        "name": "No office told two stories",
        "outcome": "passed",
        "event": None,
        "words": "",
        "more": 0,
    }


def test_papers_are_named_anywhere_in_a_content():
    one = {"sha256": "0a" * 32, "size": 1, "type": "application/pdf", "title": "Письмо"}
    other = {**one, "sha256": "0b" * 32}
    kz = Author(KZ, matter())
    events = [kz.open(), kz.write("request.sent/1", {"letter": one, "annexes": [{"of": {"them": [other]}}], "sha256": "0c" * 32})]
    again = kz.write("request.sent/2", {"letter": one})
    assert named_papers([*events, again]) == {"0a" * 32: events[1].id, "0b" * 32: events[1].id}
    assert named_papers([event if event.opens else event.without_content() for event in (*events, again)]) == {}


def test_codes_of_a_group_and_steps_of_a_report_agree():
    foreign = seal_events([Author(TJ, matter()).open()], SIGNERS[TJ], NOW)[0]
    placement = Placement(seal=foreign.placement.seal, index=0, path=(fixed_bytes("x"),))
    bundle = Bundle(matter=matter(), events=(replace(foreign, placement=placement),), keys=KEYS_OF_ALL)
    assert _failed(bundle) == {Check.PLACEMENT: foreign.id}
    assert verify_group(bundle.events, KEYS) == {foreign.id: Code.BAD_PROOF}
