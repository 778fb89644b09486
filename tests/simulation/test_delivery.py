"""Whatever the wire does, both offices come to one state and no move is void."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.demo.play import EXAMPLES
from comity.demo.story import filled, stories
from comity.identifiers import MatterId, OfficeId
from comity.journal import Verdict
from comity.law import default_register
from comity.node import commands
from comity.node.commands import Actor, Done
from comity.node.roles import Role
from comity.procedures import open_moves, open_notes
from comity.simulation import Fate, SimulatedFederation, calm
from comity.simulation.federation import START, SimulationError

KZ, TJ, RU = OfficeId("kz-gpo"), OfficeId("tj-gpo"), OfficeId("ru-gpo")
WRITER = Actor(user="writer", roles=frozenset(Role))
SEALER = Actor(user="sealer", roles=frozenset(Role))
CALM = calm()

fates = st.builds(
    Fate,
    lost=st.floats(0, 0.6),
    doubled=st.floats(0, 0.6),
    longest=st.integers(0, 3600).map(lambda seconds: timedelta(seconds=seconds)),
)


def contents() -> dict[str, dict[str, Any]]:
    """What each act of legal assistance says in the example, without its papers; and what the example does not do."""
    (story,) = stories(EXAMPLES / "legal-assistance.toml")
    found: dict[str, dict[str, Any]] = {}
    act = ""
    for step in story.steps:
        act = step.act or act
        if step.content:
            found.setdefault(act, {}).update(_bare(step.content))
    found["results.repeat-asked/1"] = {"repeat_asked": "Просим допросить повторно."}
    found["message.written/1"] = {"text": "Сообщение."}
    found["reminder.sent/1"] = {}
    found["progress.reported/1"] = {"text": "Исполняется."}
    return found


def _bare(content: Mapping[str, Any]) -> dict[str, Any]:
    rest = {name: value for name, value in content.items() if name != "papers"}
    return filled(rest, today=START.date(), papers={})


CONTENTS = contents()


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys are made once: a federation in the same folder takes them up again."""
    return tmp_path_factory.mktemp("homes")


def federation(homes: Path, fate: Fate, seed: int) -> SimulatedFederation:
    return SimulatedFederation(homes, (KZ, TJ, RU), default_register(), fate=fate, seed=seed)


def sealed(made: SimulatedFederation, office: OfficeId, draft: commands.Done | Any) -> MatterId:
    """Save, submit and approve a draft, as two people would."""
    here = made.offices[office]
    for result in (
        commands.save_draft(here, WRITER, draft),
        commands.submit_draft(here, WRITER, draft.matter, draft.id),
        commands.approve_draft(here, SEALER, draft.matter, draft.id, revision=1),
    ):
        assert isinstance(result, Done), result
    return MatterId(draft.matter)


def request(made: SimulatedFederation) -> MatterId:
    draft = commands.new_draft(
        made.offices[KZ],
        procedure_name="mutual-assistance",
        version=1,
        act="request.sent/1",
        own_role="requesting",
        counterparts={"requested": [TJ]},
        content=CONTENTS["request.sent/1"],
    )
    return sealed(made, KZ, draft)


def consultation(made: SimulatedFederation) -> MatterId:
    content = {"topic": "Сроки", "question": "Согласны ли вы со сроком в тридцать дней?", "answer_by": "2026-12-22"}
    draft = commands.new_draft(
        made.offices[KZ],
        procedure_name="consultation",
        version=1,
        act="consultation.sent/1",
        own_role="asking",
        counterparts={"asked": [TJ, RU]},
        content=content,
    )
    return sealed(made, KZ, draft)


def act(made: SimulatedFederation, office: OfficeId, matter: MatterId, name: str, content: Mapping[str, Any]) -> None:
    """Do an act as the office's people do it: alone, or drafted and approved."""
    here = made.offices[office]
    with here.store.read() as unit:
        action = commands.matter_state(unit, matter).procedure.action(name)
    if action.approval:
        sealed(made, office, commands.draft_in(here, matter, name, content))
        return
    result = commands.make_move(here, WRITER, matter, name, content)
    assert isinstance(result, Done), result


def something(made: SimulatedFederation, office: OfficeId, matter: MatterId, random: Random) -> None:
    """One act that is open to this office now, if there is any."""
    here = made.offices[office]
    with here.store.read() as unit:
        if not unit.events(matter):
            return
        state = commands.matter_state(unit, matter)
    open_now = [one.act for one in (*open_moves(state, office), *open_notes(state, office)) if one.act in CONTENTS]
    if open_now:
        name = random.choice(open_now)
        act(made, office, matter, name, CONTENTS[name])


def agree(made: SimulatedFederation, matter: MatterId, offices: tuple[OfficeId, ...]) -> None:
    folds = []
    for office in offices:
        with made.offices[office].store.read() as unit:
            folds.append(commands.folded(unit, matter))
    first = folds[0]
    for other in folds[1:]:
        assert other.state.state == first.state.state
        assert [entry.event.id for entry in other.entries] == [entry.event.id for entry in first.entries]
    assert all(entry.verdict is not Verdict.VOID for entry in first.entries)
    assert not first.forks


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fate=fates, seed=st.integers(0, 2**32))
def test_any_order_loss_and_repetition_gives_both_offices_one_state(homes, fate, seed):
    made, random = federation(homes, fate, seed), Random(seed)
    matter = request(made)
    for _ in range(15):
        something(made, random.choice((KZ, TJ)), matter, random)
        made.run(random.randrange(12))
    made.rest()
    agree(made, matter, (KZ, TJ))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fate=fates, seed=st.integers(0, 2**32))
def test_positions_of_many_offices_commute(homes, fate, seed):
    made, random = federation(homes, fate, seed), Random(seed)
    matter = consultation(made)
    for _ in range(12):
        made.run(random.randrange(12))
        office = random.choice((TJ, RU))
        with made.offices[office].store.read() as unit:
            here = unit.events(matter) and commands.matter_state(unit, matter).state.name == "open"
        if here:
            act(made, office, matter, "position.given/1", {"position": random.choice(("agrees", "objects", "no-interest"))})
    made.rest()
    act(made, KZ, matter, "consultation.concluded/1", {"conclusion": "Принято."})
    made.rest()
    agree(made, matter, (KZ, TJ, RU))
    with made.offices[RU].store.read() as unit:
        assert commands.matter_state(unit, matter).state.name == "concluded"


def test_an_office_that_was_away_gets_everything(homes):
    made = federation(homes, CALM, 1)
    matter = request(made)
    made.rest()
    made.wire.cut.add(frozenset({KZ, TJ}))
    for _ in range(5):
        act(made, KZ, matter, "message.written/1", CONTENTS["message.written/1"])
        made.run(10)
    act(made, TJ, matter, "request.registered/1", CONTENTS["request.registered/1"])
    made.run(200)
    assert made.waiting() == 6
    made.wire.cut.clear()
    made.rest()
    agree(made, matter, (KZ, TJ))


def test_nothing_reaches_an_office_that_is_no_party(homes):
    made = federation(homes, CALM, 2)
    request(made)
    made.rest()
    assert made.matters(RU) == ()


def test_a_federation_that_cannot_rest_says_so(homes):
    made = federation(homes, Fate(lost=1.0), 3)
    request(made)
    with pytest.raises(SimulationError, match="still wait"):
        made.rest(turns=20)
