"""What people of an office may do, and what they are told when they may not. Real keys, law and procedures; the store is in memory."""

from dataclasses import replace
from pathlib import Path

import pytest

from comity.exchange import papers_in
from comity.exchange.store import EntryState
from comity.identifiers import MatterId, OfficeId, internal
from comity.journal import verify_matter
from comity.law import default_register
from comity.node import commands, proofs
from comity.node.commands import Actor, CommandError, Done, Stop
from comity.node.drafts import Draft, Status
from comity.node.office import Office
from comity.node.roles import Role
from comity.procedures import Refusal
from comity.simulation import SimulatedFederation, calm

KZ, TJ = OfficeId("kz-gpo"), OfficeId("tj-gpo")
OFFICER = Actor(user="officer", roles=frozenset({Role.OFFICER}), unit="cooperation")
SECOND = Actor(user="second", roles=frozenset({Role.OFFICER}), unit="cooperation")
HEAD = Actor(user="head", roles=frozenset({Role.HEAD}), unit="cooperation")
REGISTRAR = Actor(user="registrar", roles=frozenset({Role.REGISTRAR}))
ADMINISTRATOR = Actor(user="administrator", roles=frozenset({Role.ADMINISTRATOR}))
APPLICATION = {
    "basis": ["chisinau-2002"],
    "purpose": "prosecution",
    "person_claimed": {"full_name": "А. Н.", "birth_date": "1979"},
    "facts": "Завладел деньгами вкладчиков и скрылся.",
    "arrest_grounds": "Постановление следственного судьи.",
    "undertaking": "follows",
}


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("homes")


@pytest.fixture
def federation(homes: Path) -> SimulatedFederation:
    return SimulatedFederation(homes, (KZ, TJ), default_register(), fate=calm(), seed=1)


@pytest.fixture
def office(federation: SimulatedFederation) -> Office:
    return federation.offices[KZ]


def drafted(office: Office, content: dict | None = None) -> Draft:
    """A saved draft of an application for arrest."""
    draft = commands.new_draft(
        office,
        procedure_name="extradition",
        version=1,
        act="arrest.applied-for/1",
        counterparts={"requested": [TJ]},
        own_role="requesting",
        content=APPLICATION if content is None else content,
    )
    assert isinstance(commands.save_draft(office, OFFICER, draft), Done)
    return current(office, draft)


def current(office: Office, draft: Draft) -> Draft:
    with office.store.read() as unit:
        return commands.find_draft(unit, draft.matter, draft.id)


def opened(office: Office) -> MatterId:
    """A matter that was applied for, approved and sealed."""
    draft = drafted(office)
    for result in (
        commands.submit_draft(office, OFFICER, draft.matter, draft.id),
        commands.approve_draft(office, HEAD, draft.matter, draft.id, revision=1),
    ):
        assert isinstance(result, Done), result
    return MatterId(draft.matter)


def ground(result: object) -> str:
    assert isinstance(result, Refusal), result
    return str(result.ground)


def test_nothing_leaves_before_the_seal(office: Office):
    draft = drafted(office)
    with office.store.read() as unit:
        assert unit.events(MatterId(draft.matter)) == ()
        assert unit.routes() == ()
        assert [event.header.office for event in unit.internal(MatterId(draft.matter))] == [internal(KZ)]


def test_the_one_who_wrote_any_revision_may_not_approve(office: Office):
    draft = drafted(office)
    both = replace(HEAD, roles=frozenset({Role.OFFICER, Role.HEAD}))
    assert isinstance(commands.save_draft(office, both, current(office, draft)), Done)
    assert isinstance(commands.save_draft(office, SECOND, current(office, draft)), Done)
    assert isinstance(commands.submit_draft(office, SECOND, draft.matter, draft.id), Done)
    assert ground(commands.approve_draft(office, both, draft.matter, draft.id, revision=3)) == Stop.FOUR_EYES


def test_only_those_who_wrote_a_draft_may_discard_it_and_its_event_stays_inside(office: Office):
    draft = drafted(office)
    assert ground(commands.discard_draft(office, SECOND, draft.matter, draft.id)) == Stop.NOT_YOUR_DRAFT
    assert ground(commands.discard_draft(office, ADMINISTRATOR, draft.matter, draft.id)) == Stop.ROLE
    assert current(office, draft).open
    assert isinstance(commands.discard_draft(office, OFFICER, draft.matter, draft.id), Done)
    assert current(office, draft).status is Status.DISCARDED
    with office.store.read() as unit:
        last = unit.internal(MatterId(draft.matter))[-1]
        assert unit.routes() == ()
    assert (last.header.act, last.header.office) == ("draft.discarded/1", internal(KZ))
    assert last.content is not None
    assert last.content.value == {"draft": draft.id, "by": OFFICER.user}
    assert ground(commands.discard_draft(office, OFFICER, draft.matter, draft.id)) == Stop.DRAFT_STATE


def test_who_takes_an_abandoned_draft_over_may_discard_it(office: Office):
    draft = drafted(office)
    assert isinstance(commands.save_draft(office, SECOND, current(office, draft)), Done)
    assert isinstance(commands.discard_draft(office, SECOND, draft.matter, draft.id), Done)


def test_an_officer_cannot_approve_and_an_administrator_cannot_draft(office: Office):
    draft = drafted(office)
    commands.submit_draft(office, OFFICER, draft.matter, draft.id)
    assert ground(commands.approve_draft(office, SECOND, draft.matter, draft.id, revision=1)) == Stop.ROLE
    assert ground(commands.save_draft(office, ADMINISTRATOR, draft)) == Stop.ROLE


def test_a_newer_revision_is_never_overwritten(office: Office):
    draft = drafted(office)
    assert isinstance(commands.save_draft(office, OFFICER, replace(draft, content={"facts": "first"})), Done)
    assert ground(commands.save_draft(office, SECOND, replace(draft, content={"facts": "second"}))) == Stop.STALE_DRAFT
    assert current(office, draft).content == {"facts": "first"}


def test_a_submitted_draft_is_not_changed_and_a_returned_one_is(office: Office):
    draft = drafted(office)
    commands.submit_draft(office, OFFICER, draft.matter, draft.id)
    assert ground(commands.save_draft(office, OFFICER, draft)) == Stop.DRAFT_STATE
    assert ground(commands.return_draft(office, HEAD, draft.matter, draft.id, " ", revision=1)) == Stop.REASON_MISSING
    assert isinstance(commands.return_draft(office, HEAD, draft.matter, draft.id, "Facts are thin.", revision=1), Done)
    assert (current(office, draft).status, current(office, draft).reason) == (Status.RETURNED, "Facts are thin.")
    assert isinstance(commands.save_draft(office, OFFICER, current(office, draft)), Done)


def test_an_incomplete_draft_is_refused_and_stays_a_draft(office: Office):
    draft = drafted(office, {"purpose": "prosecution"})
    assert ground(commands.submit_draft(office, OFFICER, draft.matter, draft.id)) == "incomplete"
    assert current(office, draft).status is Status.DRAFTING


def test_a_draft_is_approved_once(office: Office):
    draft = drafted(office)
    commands.submit_draft(office, OFFICER, draft.matter, draft.id)
    first = commands.approve_draft(office, HEAD, draft.matter, draft.id, revision=1)
    assert isinstance(first, Done)
    assert len(first.events) == 2
    assert ground(commands.approve_draft(office, HEAD, draft.matter, draft.id, revision=1)) == Stop.DRAFT_STATE


def test_a_letter_that_cannot_be_set_refuses_and_seals_nothing(office: Office):
    draft = drafted(office, {**APPLICATION, "facts": "𐎠𐎡𐎢"})
    commands.submit_draft(office, OFFICER, draft.matter, draft.id)
    assert ground(commands.approve_draft(office, HEAD, draft.matter, draft.id, revision=1)) == Stop.LETTER
    assert current(office, draft).status is Status.SUBMITTED
    with office.store.read() as unit:
        assert unit.events(MatterId(draft.matter)) == ()


def test_what_needs_approval_is_not_done_alone(federation: SimulatedFederation, office: Office):
    matter = opened(office)
    federation.rest()
    answer = {"reasons": "Не установлен."}
    result = commands.make_move(federation.offices[TJ], OFFICER, matter, "arrest.not-made/1", answer)
    assert ground(result) == Stop.APPROVAL_NEEDED


def test_a_private_note_never_leaves(federation: SimulatedFederation, office: Office):
    matter = opened(office)
    assert isinstance(commands.record(office, REGISTRAR, matter, commands.NOTE_KEPT, {"text": "Ask the consulate."}), Done)
    federation.rest()
    with federation.offices[TJ].store.read() as unit:
        assert [event.header.office for event in unit.events(matter)] == [KZ, KZ]
        assert unit.internal(matter) == ()


def test_only_internal_acts_are_recorded_inside(office: Office):
    matter = opened(office)
    for act in ("message.written/1", "request.registered/1", "paper.added/1"):
        with pytest.raises(CommandError, match="internal strand"):
            commands.record(office, OFFICER, matter, act, {"text": "—"})


def test_internal_events_are_sealed_in_groups(office: Office):
    drafted(office)
    drafted(office)
    assert commands.seal_internal(office) == 2
    assert commands.seal_internal(office) == 0


def test_an_erased_content_is_gone_and_the_matter_still_verifies(federation: SimulatedFederation, office: Office):
    matter = opened(office)
    federation.rest()
    with office.store.read() as unit:
        application = unit.events(matter)[1]
    papers = papers_in(application.content)
    assert papers
    assert all(office.files.has(paper.root) for paper in papers)
    assert ground(commands.erase(office, OFFICER, matter, application.id, "court order")) == Stop.ROLE
    assert ground(commands.erase(office, HEAD, matter, application.id, "")) == Stop.REASON_MISSING
    assert isinstance(commands.erase(office, HEAD, matter, application.id, "court order"), Done)
    with office.store.read() as unit:
        assert unit.events(matter)[1].content is None
        assert commands.matter_state(unit, matter).state.name == "arrest-asked"
    assert not any(office.files.has(paper.root) for paper in papers)
    assert verify_matter(proofs.bundle(office, matter), office.trust).ok


def test_the_opening_is_not_erased(office: Office):
    matter = opened(office)
    with office.store.read() as unit:
        opening = unit.events(matter)[0]
    assert ground(commands.erase(office, HEAD, matter, opening.id, "court order")) == Stop.NOT_ERASABLE


def test_an_unknown_matter_draft_or_event_says_so(office: Office):
    matter = opened(office)
    unknown = MatterId(office.new_id())
    with pytest.raises(CommandError, match="no such matter"):
        commands.draft_in(office, unknown, "request.sent/1")
    with pytest.raises(CommandError, match="no such draft"):
        commands.submit_draft(office, OFFICER, matter, office.new_id())
    with pytest.raises(CommandError, match="no such event"):
        commands.erase(office, HEAD, matter, "0" * 64, "court order")  # type: ignore[arg-type]  # an id of nothing


def test_many_notes_go_under_one_seal_or_none_is_kept(office: Office):
    first, second = opened(office), opened(office)
    note = ("message.written/1", {"text": "Сообщение."})
    events = commands.make_notes(office, OFFICER, [(first, *note), (second, *note), (first, *note)])
    assert len(events) == 3
    with office.store.read() as unit:
        seals = {unit.find([event.id])[event.id].placement.seal.data for event in events}
        before = len(unit.events(first))
    assert len(seals) == 1
    refused = commands.make_notes(office, OFFICER, [(first, *note), (first, "message.written/1", {})])
    assert ground(refused) == "incomplete"
    with office.store.read() as unit:
        assert len(unit.events(first)) == before


def test_every_event_is_receipted_by_every_party(federation: SimulatedFederation, office: Office):
    matter = opened(office)
    federation.rest()
    with office.store.read() as unit:
        for event in unit.events(matter):
            entry = unit.entry(TJ, event.id)
            assert entry is not None
            assert entry[0] is EntryState.ACCEPTED
    assert {event for event, _ in proofs.receipts_of(office, unit, unit.events(matter)).items()} == {one.id for one in unit.events(matter)}


def test_what_a_head_has_not_read_is_not_sealed(office: Office):
    draft = drafted(office)
    commands.submit_draft(office, OFFICER, draft.matter, draft.id)
    commands.return_draft(office, HEAD, draft.matter, draft.id, "Facts are thin.", revision=1)
    commands.save_draft(office, OFFICER, replace(current(office, draft), content={**APPLICATION, "facts": "Something else."}))
    commands.submit_draft(office, OFFICER, draft.matter, draft.id)
    assert ground(commands.approve_draft(office, HEAD, draft.matter, draft.id, revision=1)) == Stop.STALE_DRAFT
    assert ground(commands.return_draft(office, HEAD, draft.matter, draft.id, "Thin.", revision=1)) == Stop.STALE_DRAFT
    assert isinstance(commands.approve_draft(office, HEAD, draft.matter, draft.id, revision=2), Done)


@pytest.mark.parametrize("basis", ["made-up-1900", "coe-extradition-1957"])
def test_a_basis_that_the_law_does_not_give_is_refused_in_every_act(office: Office, basis: str):
    draft = drafted(office, {**APPLICATION, "basis": [basis]})
    assert ground(commands.submit_draft(office, OFFICER, draft.matter, draft.id)) == "not-offered"


def test_a_paper_that_is_not_here_is_not_sealed(office: Office):
    paper = {"sha256": "0" * 64, "size": 1, "type": "text/plain", "title": "x", "language": "ru", "root": "1" * 64, "key": "2" * 64}
    assert ground(commands.make_move(office, OFFICER, opened(office), "paper.added/1", {"papers": [paper]})) == Stop.PAPER_MISSING
    draft = drafted(office, {**APPLICATION, "papers": [paper]})
    assert ground(commands.submit_draft(office, OFFICER, draft.matter, draft.id)) == Stop.PAPER_MISSING


@pytest.mark.parametrize(
    "facts",
    [
        {"act": "request.closed/1"},
        {"act": "no.act/1"},
        {"roles": {"requesting": (KZ,)}},
        {"roles": {"requesting": (KZ,), "requested": ()}},
        {"roles": {"requesting": (KZ,), "requested": (TJ, KZ)}},
        {"roles": {"king": (KZ,), "requested": (TJ,)}},
    ],
)
def test_a_draft_of_nothing_is_not_kept(office: Office, facts: dict):
    draft = commands.new_draft(
        office,
        procedure_name="extradition",
        version=1,
        act="arrest.applied-for/1",
        counterparts={"requested": [TJ]},
        own_role="requesting",
    )
    assert ground(commands.save_draft(office, OFFICER, replace(draft, **facts))) == Stop.BAD_DRAFT


def test_a_draft_to_an_office_without_a_card_is_not_kept(office: Office):
    draft = commands.new_draft(
        office,
        procedure_name="extradition",
        version=1,
        act="arrest.applied-for/1",
        counterparts={"requested": ["fr-moj"]},
        own_role="requesting",
    )
    assert ground(commands.save_draft(office, OFFICER, draft)) == Stop.UNKNOWN_OFFICE


def test_a_second_draft_cannot_slip_into_a_matter_by_its_id(office: Office):
    first = drafted(office)
    stranger = replace(first, id=office.new_id(), revision=0)
    assert ground(commands.save_draft(office, SECOND, stranger)) == Stop.BAD_DRAFT
    further = replace(first, id=office.new_id(), revision=0, matter=opened(office), roles={"requesting": (KZ,), "requested": ("ru-gpo",)})
    assert ground(commands.save_draft(office, SECOND, further)) == Stop.BAD_DRAFT


def test_a_first_act_sent_twice_is_done_once(federation: SimulatedFederation, office: Office):
    matter = opened(office)
    federation.rest()
    there = federation.offices[TJ]
    note = ("message.written/1", {"text": "Получено."})
    assert isinstance(commands.make_move(there, OFFICER, matter, *note, after=commands.NONE_YET), Done)
    assert ground(commands.make_move(there, OFFICER, matter, *note, after=commands.NONE_YET)) == Stop.STALE_MATTER


def test_erasing_takes_the_drafts_of_an_event_too(office: Office):
    matter = opened(office)
    with office.store.read() as unit:
        application = unit.events(matter)[1]
        assert any("А. Н." in str(event.content.value) for event in unit.internal(matter) if event.content)
    assert isinstance(commands.erase(office, HEAD, matter, application.id, "court order"), Done)
    with office.store.read() as unit:
        assert not any("А. Н." in str(event.content.value) for event in unit.internal(matter) if event.content)


def test_a_paper_that_another_event_names_outlives_an_erasure(office: Office):
    matter = opened(office)
    paper = office.files.add([b"an order"], type="text/plain", title="Order", language="ru")
    for _ in range(2):
        assert isinstance(commands.make_move(office, OFFICER, matter, "paper.added/1", {"papers": [paper.value()]}), Done)
    with office.store.read() as unit:
        first, second = (event.id for event in unit.events(matter)[2:])
    commands.erase(office, HEAD, matter, first, "court order")
    assert office.files.has(paper.root)
    commands.erase(office, HEAD, matter, second, "court order")
    assert not office.files.has(paper.root)


@pytest.mark.parametrize(
    ("act", "content"),
    [
        (commands.NOTE_KEPT, {"text": None}),
        (commands.NOTE_KEPT, {"text": " "}),
        (commands.NOTE_KEPT, {"words": "x"}),
        (commands.ASSIGNED, {"unit": None}),
        (commands.ASSIGNED, {"unit": "a", "to": 5}),
    ],
)
def test_a_note_that_says_nothing_is_not_kept(office: Office, act: str, content: dict):
    assert ground(commands.record(office, HEAD, opened(office), act, content)) == Stop.BAD_NOTE
