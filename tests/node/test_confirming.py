"""What a lawyer of an office confirms: it changes this office's answers, is sealed, and never leaves. Real keys, law and procedures."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from comity.identifiers import OfficeId
from comity.journal import KeyRing, verify_group
from comity.law import Confidence, FactId, UnknownWordError, default_register, facts, resolve
from comity.node import commands
from comity.node.commands import Actor, Done, Reading, Stop
from comity.node.lawbook import CONFIRMED, confirmed_by, law_of, notebook
from comity.node.office import Office
from comity.node.roles import Role
from comity.procedures import Refusal
from comity.simulation import SimulatedFederation, calm

KZ, TJ = OfficeId("kz-gpo"), OfficeId("tj-gpo")
LAWYER = Actor(user="lawyer", roles=frozenset({Role.LAWYER}))
OFFICER = Actor(user="officer", roles=frozenset({Role.OFFICER}))
FACT = FactId("chisinau-2002/party/TJ")
READ = Reading(fact=FACT, values={}, source="A note of the depositary, seen in the ministry.", read_on=date(2026, 1, 10))
ON = date(2018, 9, 20)


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("homes")


@pytest.fixture
def federation(homes: Path) -> SimulatedFederation:
    return SimulatedFederation(homes, (KZ, TJ), default_register(), fate=calm(), seed=1)


@pytest.fixture
def office(federation: SimulatedFederation) -> Office:
    return federation.offices[KZ]


def law(office: Office):
    with office.store.read() as unit:
        return law_of(office, unit)


def answer(office: Office, kind: str = "extradition"):
    return resolve(law(office), "KZ", "TJ", kind, ON)


def primary_is_verified(office: Office) -> bool:
    return all(one.verified for applied in answer(office).primary for one in applied.evidence)


def test_a_confirmed_fact_makes_this_offices_answers_surer_and_no_others(office, federation):
    assert facts(office.register)[FACT].confidence is Confidence.UNVERIFIED
    assert not primary_is_verified(office)
    assert isinstance(commands.confirm_fact(office, LAWYER, READ), Done)
    assert primary_is_verified(office)
    assert not primary_is_verified(federation.offices[TJ])
    assert law(office).release == office.register.release


def test_a_correction_counts_from_the_next_answer_and_is_gone_when_it_is_taken_back(office):
    before = answer(office)
    assert "chisinau-2002" in {one.id for one in before.primary}
    later = replace(READ, values={"in_force": "2020-01-01", "in_force_not_later_than": None})
    assert isinstance(commands.confirm_fact(office, LAWYER, later), Done)
    assert "chisinau-2002" not in {one.id for one in answer(office).primary}
    assert isinstance(commands.take_back_confirmation(office, LAWYER, FACT, "It was another State's date."), Done)
    assert answer(office) == before


def test_the_newest_reading_of_a_fact_counts(office):
    commands.confirm_fact(office, LAWYER, READ)
    commands.confirm_fact(office, LAWYER, replace(READ, source="The gazette."))
    with office.store.read() as unit:
        assert [one.source for one in confirmed_by(office, unit)] == ["The gazette."]


def test_a_confirmation_is_sealed_and_never_sent(office, federation):
    commands.confirm_fact(office, LAWYER, READ)
    assert commands.seal_internal(office) == 1
    with office.store.read() as unit:
        (event,) = unit.internal(notebook(KZ))
        sealed = unit.find([event.id])[event.id]
        assert event.header.act == CONFIRMED
        assert unit.events(notebook(KZ)) == ()
    assert verify_group([sealed], KeyRing(office.signer.key)) == {}
    federation.rest()
    with federation.offices[TJ].store.read() as unit:
        assert notebook(KZ) not in unit.matters(None, 100)


@pytest.mark.parametrize(
    ("reading", "field"),
    [
        (replace(READ, source="  "), "source"),
        (replace(READ, read_on=date(2999, 1, 1)), "read_on"),
        (replace(READ, fact=FactId("chisinau-2002/party/XX")), "values"),
        (replace(READ, values={"in_force": "the spring of 2005"}), "values"),
        (replace(READ, values={"in_forse": "2005-02-20"}), "values"),
    ],
    ids=["no source", "a day to come", "an unknown fact", "not a date", "an unknown key"],
)
def test_what_the_register_could_not_hold_is_refused_and_nothing_is_kept(office, reading, field):
    result = commands.confirm_fact(office, LAWYER, reading)
    assert isinstance(result, Refusal)
    assert (result.ground, result.field) == (Stop.BAD_CONFIRMATION, field)
    with office.store.read() as unit:
        assert unit.internal(notebook(KZ)) == ()


def test_only_a_lawyer_or_a_head_confirms_and_says_why_it_is_taken_back(office):
    assert commands.confirm_fact(office, OFFICER, READ).ground == Stop.ROLE
    assert commands.take_back_confirmation(office, OFFICER, FACT, "why").ground == Stop.ROLE
    assert commands.take_back_confirmation(office, LAWYER, FACT, " ").ground == Stop.REASON_MISSING
    assert commands.take_back_confirmation(office, LAWYER, FACT, "why").ground == Stop.NOT_CONFIRMED


def test_an_answer_that_does_not_rest_on_it_stays(office):
    pairs = [(one, other) for one in ("RU", "UZ", "GE") for other in ("AM", "BY", "KG")]

    def answers(register):
        for one, other in pairs:
            for kind in office.register.kinds:
                try:
                    yield resolve(register, one, other, kind, ON)
                except UnknownWordError:
                    yield None

    before = list(answers(law(office)))
    commands.confirm_fact(office, LAWYER, READ)
    assert list(answers(law(office))) == before
