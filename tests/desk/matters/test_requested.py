"""From the other side: an arrived request is registered under our number and refused on a ground; matters of other shapes."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from comity.desk.matters import queries
from comity.desk.matters.models import DraftRow, MatterRow
from comity.errors import Code
from comity.identifiers import MatterId
from comity.journal import seal_events, write
from comity.node import commands
from comity.node.office import Office
from comity.simulation.federation import SimulatedFederation

from .conftest import DRAFTER, KZ, RU, TJ, moved, opened
from .test_drafting import FILLED, content, send, step_with, text


@pytest.fixture
def arrived(federation: SimulatedFederation, office: Office) -> MatterId:
    """Astana asks Dushanbe for legal assistance."""
    sender = federation.offices[KZ]
    checks = ["iccpr-art6-7-14", "iccpr-op2"]
    filled = FILLED | {"basis": ["chisinau-2002"], "requesting_authority": "Astana", "requested_authority": "Dushanbe"}
    filled["checks"] = [{"check": check, "answer": "no-risk"} for check in checks]
    draft = commands.new_draft(
        sender,
        procedure_name="mutual-assistance",
        version=1,
        act="request.sent/1",
        counterparts={"requested": [TJ]},
        own_role="requesting",
        content=filled,
    )
    with sender.store.read() as unit:
        basis = commands.legal_basis(sender, unit, commands.kind_of(draft), draft.roles, sender.today(), None)
    assert basis is not None
    filled["checks"] = [{"check": check.id, "answer": "no-risk"} for check in basis.human_rights]
    draft = replace(draft, content=filled)
    from .conftest import SEALER

    for result in (
        commands.save_draft(sender, DRAFTER, draft),
        commands.submit_draft(sender, DRAFTER, draft.matter, draft.id),
        commands.approve_draft(sender, SEALER, draft.matter, draft.id, revision=1),
    ):
        assert isinstance(result, commands.Done), result
    federation.rest()
    return MatterId(draft.matter)


@pytest.mark.parametrize(
    ("wanted_by", "words"),
    [
        ({}, ("no day named", "the officer named no day. The law sets no term.")),
        ({"wanted_by": "2026-12-18"}, ("18 Dec", "The day the officer named on ")),
    ],
)
def test_the_clock_of_results_says_whether_a_day_was_named(
    as_officer: Client, federation: SimulatedFederation, wanted_by: dict[str, Any], words: tuple[str, ...]
) -> None:
    checks = [{"check": check, "answer": "no-risk"} for check in ("iccpr-art6-7-14", "iccpr-op2")]
    filled = FILLED | {"basis": ["chisinau-2002"], "requesting_authority": "Dushanbe", "requested_authority": "Astana", "checks": checks}
    matter = opened(federation.offices[TJ], KZ, kind="mutual-assistance", act="request.sent/1", content=filled | wanted_by)
    page = re.sub(r"\s+", " ", as_officer.get(reverse("matters:matter", args=[matter])).content.decode())
    clock = page.partition("Results wanted")[2].partition("</section>")[0].partition("<h3>")[0]
    for one in words:
        assert one in clock, (one, clock)
    assert ">no term<" not in clock


def test_a_withdrawal_can_be_accepted_only_where_one_was_asked(
    as_officer: Client, federation: SimulatedFederation, arrived: MatterId
) -> None:
    address, button = reverse("matters:matter", args=[arrived]), "Accept the withdrawal"
    assert button not in as_officer.get(address).content.decode()
    form = as_officer.get(reverse("matters:act", args=[arrived, "withdrawal.accepted", 1]))
    assert (form.status_code, form.headers["location"]) == (302, address)
    moved(federation.offices[KZ], arrived, "withdrawal.asked/1", {"reasons": "The witness was found at home."}, approved=True)
    federation.rest()
    assert button in as_officer.get(address).content.decode()
    assert _act(as_officer, arrived, "withdrawal.accepted/1", {"do": "save", "whole": "1"}).status_code == 302
    assert MatterRow.objects.get(pk=arrived).state == "withdrawn"


def _act(client: Client, matter: MatterId, act: str, data: dict[str, Any]) -> Any:
    name, version = act.split("/")
    return client.post(reverse("matters:act", args=[matter, name, int(version)]), data)


def test_an_arrived_request_waits_for_our_number(as_officer: Client, arrived: MatterId) -> None:
    everything = queries.MatterFilter(reader=queries.Reader(user="", unit="", all_units=True))
    assert [row.matter for row in queries.arrived_unregistered(everything)] == [arrived]
    page = text(as_officer.get(reverse("matters:matter", args=[arrived])))
    assert "no number of ours yet · Kazakhstan 7/1-22" in page
    assert "Register the request" in page
    assert _act(as_officer, arrived, "request.registered/1", {"number": "44-2026", "received_on": "22 11 2026"}).status_code == 302
    row = MatterRow.objects.get(pk=arrived)
    assert (row.own_number, row.state, row.due_days) == ("44-2026", "examination", 30)
    assert not queries.arrived_unregistered(everything).exists()


def test_a_refusal_names_a_ground_that_the_law_gives(as_officer: Client, office: Office, arrived: MatterId) -> None:
    _act(as_officer, arrived, "request.registered/1", {"number": "44-2026", "received_on": "22 11 2026"})
    assert _act(as_officer, arrived, "request.refused/1", {}).status_code == 302
    row = DraftRow.objects.get(open=True)
    number = step_with(as_officer, row, "ground")
    page = text(as_officer.get(reverse("matters:draft-step", args=[row.id, number])))
    offered = re.findall(r'name="ground" id="[^"]+" value="([^"]+)"', page)
    assert offered
    assert "Refusal is" in page
    send(as_officer, row, number, {"ground": offered[0], "reasons": "It touches security."})
    chosen = content(office, row)["ground"]
    assert "|".join([chosen["ground"], chosen["instrument"], chosen["article"] or ""]) == offered[0]
    assert as_officer.post(reverse("matters:draft-submit", args=[row.id])).status_code == 302
    shown = text(as_officer.get(reverse("matters:draft-approval", args=[row.id])))
    assert office.register.label("ground", chosen["ground"], "en") in shown


def test_a_consultation_asks_several_offices(as_officer: Client, federation: SimulatedFederation) -> None:
    page = text(as_officer.get(reverse("matters:new"), {"kind": "consultation:consultation.sent/1", "office": [KZ, RU]}))
    assert page.count('type="checkbox" name="office"') == 2
    assert "This kind of matter needs no instrument." in page
    answer = as_officer.post(reverse("matters:new"), {"kind": "consultation:consultation.sent/1", "office": [KZ, RU]})
    assert answer.status_code == 302
    assert DraftRow.objects.get().counterparts == [KZ, RU]
    assert as_officer.get(answer["Location"], follow=True).status_code == 200


def test_a_matter_of_a_kind_not_known_here_is_kept_and_shown(as_officer: Client, federation: SimulatedFederation, office: Office) -> None:
    matter = MatterId(office.new_id())
    sender = federation.offices[RU]
    opening = {"procedure": "joint-team", "version": 9, "roles": {"asking": [RU], "asked": [TJ]}, "law": "0" * 64}
    event = write(office=RU, matter=matter, act="matter.opened/1", value=opening, at=sender.clock(), salt=sender.randomness(32), head=None)
    with office.store.write() as unit:
        unit.append(seal_events([event], sender.signer, sender.clock()))
        office.projector.project(unit, matter)
    page = text(as_officer.get(reverse("matters:matter", args=[matter])))
    assert "joint-team" in page
    assert "Kind of matter not known here" in page


def test_a_fork_freezes_the_matter_and_says_so(
    as_officer: Client, federation: SimulatedFederation, office: Office, detained: MatterId
) -> None:
    sender = federation.offices[RU]
    with office.store.read() as unit:
        seen = [sealed.id for sealed in unit.events(detained) if sealed.header.office == TJ][-1:]
    other = write(
        office=RU,
        matter=detained,
        act="message.written/1",
        value={"text": "Another story."},
        at=sender.clock(),
        salt=sender.randomness(32),
        head=None,
        seen=seen,
    )
    with office.store.write() as unit:
        unit.append(seal_events([other], sender.signer, sender.clock()))
        office.projector.project(unit, detained)
    page = text(as_officer.get(reverse("matters:matter", args=[detained])))
    assert "This matter is frozen: Russia" in page
    assert "Send the extradition request" not in page.split("Journal")[0]
    assert MatterRow.objects.get(pk=detained).frozen
    assert "failed" in text(as_officer.get(reverse("matters:matter-proof", args=[detained])))


def test_what_another_office_holds_is_hollow(as_officer: Client, office: Office) -> None:
    page = text(as_officer.get(reverse("matters:matter", args=[opened(office, RU)])))
    assert "band--theirs" in page
    assert "band--ours" not in page
    assert Code.FORK not in page


def test_our_first_act_sent_twice_is_written_once(as_officer: Client, office: Office, arrived: MatterId) -> None:
    address = reverse("matters:act", args=[arrived, "message.written", 1])
    after = re.search(r'name="after" value="([^"]*)"', text(as_officer.get(address)))  # type: ignore[arg-type]  # Django's test answer
    assert after
    assert after[1] == commands.NONE_YET
    answers = [as_officer.post(address, {"text": "Once.", "after": after[1]}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 409]
    with office.store.read() as unit:
        assert [sealed.header.act for sealed in unit.events(arrived)].count("message.written/1") == 1
