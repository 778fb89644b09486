"""The record of a matter: every event in order with its proof, what it said, how it was verified, in both languages."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from comity.documents import MatterRecord, office, record_for, render_record
from comity.documents.presentation import moment
from comity.journal import Bundle, Content, KeyRing, SealedEvent, fold, verify_matter
from comity.journal.fold import Verdict
from comity.procedures import ProcedureMachine
from comity.words import translate
from tests.contracts.writing import KEYS, KZ, NOW, SIGNERS, TJ, Author, matter, sealed
from tests.documents.samples import ASSISTANCE, REGISTER, REQUEST, in_order, minsk, paper, read, squeezed

AT = datetime(2026, 12, 1, 10, 30, tzinfo=UTC)
OFFICES = (office(REGISTER, KZ, "mla"), office(REGISTER, TJ, "mla"))


def journal() -> tuple[SealedEvent, ...]:
    """Astana asks, Dushanbe registers, writes a message; one move comes from who does not hold the file."""
    astana, dushanbe = Author(KZ, matter()), Author(TJ, matter())
    events = [astana.open(), astana.write("request.sent/1", REQUEST | {"letters": [paper(21, "Letter", "ru"), paper(22, "Letter", "en")]})]
    for event in events:
        dushanbe.read(event)
    events.append(dushanbe.write("request.registered/1", {"number": "Вх-77/26", "received_on": "2026-11-23"}))
    events.append(dushanbe.write("message.written/1", {"text": "Просим #уточнить адрес.", "papers": [paper(7, "Справка", "tg", pages=1)]}))
    events.append(dushanbe.write("results.repeat-asked/1", {"repeat_asked": "Не по принадлежности."}))
    return sealed(events)


def record(events: tuple[SealedEvent, ...] | None = None, keys: KeyRing | None = KEYS, **more: object) -> MatterRecord:
    events = events or journal()
    folded = fold([one.event for one in events], ProcedureMachine())
    bundle = Bundle(matter=matter(), events=events, keys=tuple(one.key for one in SIGNERS.values()))
    values: dict[str, object] = {"register": REGISTER, "offices": OFFICES, "author": OFFICES[0], "at": AT, "basis": minsk()} | more
    return record_for(folded, {one.id: one for one in events}, verify_matter(bundle, keys), **values)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_event_stands_in_order_with_its_id_key_and_what_it_said(language: str) -> None:
    events = journal()
    text = read(render_record(record(events), language))
    assert in_order(text, *(event.id for event in events))
    assert all(event.placement.seal.statement.key in text for event in events)
    for act in ("request.sent/1", "request.registered/1", "message.written/1"):
        done = translate(ASSISTANCE.action(act).done, language)
        assert any(squeezed(done.format(office=name)) in text for name in _names(language)), act
    for said in ("Вх-77/26", "Просим #уточнить адрес.", "Уголовное дело № 267500121000045", "15-08-26/1142", "Ғ. Ӯ. Ҳ."):
        assert squeezed(said) in text


def _names(language: str) -> tuple[str, ...]:
    return tuple(one.name_ru if language == "ru" else one.name_en.replace("'", "’") for one in OFFICES)


def test_moves_notes_and_void_events_are_told_apart() -> None:
    made = record()
    assert [one.verdict for one in made.entries] == [Verdict.MOVE, Verdict.MOVE, Verdict.MOVE, Verdict.NOTE, Verdict.VOID]
    text = read(render_record(made, "en"))
    assert in_order(text, "Move: then “Sent, not yet registered”", "Move: then “Under examination”", "A note", "Void: kept, without effect")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Where it stands | Under examination | File held by | Office of the Republic of Tajikistan"),
        ("ru", "Состояние | В чьём производстве | Генеральная прокуратура Республики Таджикистан"),
    ],
)
def test_the_head_says_where_the_matter_stands_and_who_holds_the_file(language: str, said: str) -> None:
    text = read(render_record(record(), language))
    assert in_order(text, *said.split("|"))
    assert squeezed(moment(AT, language)) in text
    assert squeezed(matter()) in text


def test_the_verification_is_told_step_by_step_and_a_failed_one_names_its_event() -> None:
    events = journal()
    assert squeezed("Every step passed: 5 events, 0 papers, 0 receipts.") in read(render_record(record(events), "en"))
    broken = replace(events[2], event=replace(events[2].event, content=Content(salt=bytes(32), value=events[2].event.content.value)))
    told = record((*events[:2], broken, *events[3:]))
    text = read(render_record(told, "en"))
    assert not told.report.ok
    assert in_order(text, "Not every step passed.", "Every content is the one that was signed", "at event", broken.id, "does not hold")


def test_a_step_with_nothing_to_look_at_does_not_claim_to_hold() -> None:
    text = read(render_record(record(), "en"))
    assert in_order(text, "No office told two stories", "holds", "Every receipt is sealed by its office", "nothing to check")


def test_keys_that_only_came_with_the_file_are_said_to() -> None:
    assert squeezed("compare their ids with the offices’ own") in read(render_record(record(keys=None), "en"))


def test_an_erased_content_is_said_and_its_event_stays() -> None:
    events = journal()
    erased = replace(events[3], event=events[3].event.without_content())
    text = read(render_record(record((*events[:3], erased, *events[4:])), "ru"))
    assert squeezed("Содержание стёрто по требованию закона") in text
    assert erased.id in text
    assert squeezed("уточнить адрес") not in text


def test_papers_are_listed_once_with_their_hashes() -> None:
    text = read(render_record(record(), "en"))
    assert in_order(
        text, "Annexes named in the journal", "Перечень вопросов", f"{1:064x}", "Перевод на таджикский язык", "Справка", f"{7:064x}"
    )
    assert text.count(f"{7:064x}") == 1


def test_the_letters_of_a_move_are_named_with_their_hashes() -> None:
    text = read(render_record(record(), "en"))
    assert in_order(text, "Letters sent with it", "Annexes 4, 5", f"{21:064x}", f"{22:064x}")


def test_a_kind_this_office_does_not_know_still_gives_a_record() -> None:
    astana = Author(KZ, matter())
    opened = astana.write("matter.opened/1", {"procedure": "of-tomorrow", "version": 9, "roles": {"requesting": [KZ]}, "law": "1" * 64})
    events = sealed([opened, astana.write("thing.done/1", {"secret": "value"})])
    text = read(render_record(record(events, offices=OFFICES[1:]), "en"))
    assert squeezed("kz-gpo wrote “thing.done/1”") in text
    assert squeezed("Kind of matter not known here") in text


def test_a_forked_matter_is_told_to_be_frozen() -> None:
    astana = Author(KZ, matter())
    opened = astana.open()
    head = astana.head
    first = astana.write("request.sent/1", REQUEST)
    astana.head = head
    second = astana.write("request.sent/1", REQUEST | {"purpose": "Another"}, at=NOW.replace(minute=30))
    made = record(sealed([opened, first]) + sealed([second]))
    assert made.frozen
    assert squeezed("The matter is frozen: an office told two stories.") in read(render_record(made, "en"))


def test_the_same_record_gives_the_same_bytes_and_another_moment_others() -> None:
    one, again = (hashlib.sha256(render_record(record(), "ru")).hexdigest() for _ in range(2))
    assert one == again
    assert one != hashlib.sha256(render_record(record(at=AT.replace(minute=31)), "ru")).hexdigest()


def test_an_event_without_its_seal_is_no_record() -> None:
    folded = fold([one.event for one in journal()], ProcedureMachine())
    with pytest.raises(KeyError):
        record_for(folded, {}, record().report, register=REGISTER, offices=OFFICES, author=OFFICES[0], at=AT)


def test_an_office_nobody_named_stands_by_its_id() -> None:
    made = record(offices=OFFICES[:1])
    assert squeezed("tj-gpo registered the request") in read(render_record(made, "en"))
