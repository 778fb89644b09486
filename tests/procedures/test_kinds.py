"""The kinds against the law register and the story they must carry."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.procedures import Kind, opened_state, opening, procedure, procedures
from comity.procedures.checklist import answering
from comity.words import PACKAGE
from tests.procedures.samples import roles

REGISTER = PACKAGE / "law" / "register"
KINDS = {"mla": ("mutual-assistance", "request.sent/1"), "extradition": ("extradition", "request.sent/1")}
DEMANDS = ("required_fields", "attachments_prosecution", "attachments_enforcement")


def tables(value: object) -> Iterator[dict]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from tables(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from tables(inner)


def demanded(kind: str) -> set[tuple[str, str]]:
    """Every name that an instrument of the register demands of a request of this kind, with its file."""
    found = set()
    for path in sorted(REGISTER.glob("*.toml")):
        for table in tables(tomllib.loads(path.read_text(encoding="utf-8"))):
            kinds = {table.get("kind"), *table.get("kinds", ())} if any(name in table for name in DEMANDS) else set()
            if kinds & {kind, "all"}:
                found |= {(path.name, word) for name in DEMANDS for word in table.get(name, ())}
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_the_register_demands_is_unaskable(kind):
    name, act = KINDS[kind]
    one = procedure(name, 1)
    asked = one.asked(one.action(act))
    demands = demanded(kind)
    assert len(demands) > 15
    assert [(file, word) for file, word in sorted(demands) if not any(answering(asked, word))] == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_field_claims_to_answer_a_name_that_no_instrument_uses(kind):
    words = {word for any_kind in KINDS for _file, word in demanded(any_kind)}
    words |= {word for _file, word in demanded("service-of-documents") | demanded("search-for-persons") | demanded("transfer-of-sentenced")}
    one = procedure(KINDS[kind][0], 1)
    leaves = [leaf for field in one.fields for leaf in (field, *field.parts)]
    assert {word for leaf in leaves for word in leaf.meets} - words == set()


def test_every_clock_names_limits_that_the_register_knows():
    limits = {table["limit"] for path in REGISTER.glob("*.toml") for table in tables(tomllib.loads(path.read_text())) if "limit" in table}
    assert {topic for one in procedures() for clock in one.clocks for topic in clock.topics} <= limits


def path_through(name: str, *acts: str) -> list[str]:
    """The states that these moves lead through, each made where it may be made."""
    one = procedure(name, 1)
    state = opened_state(opening(one, roles(one), "")).state.name
    found = [state]
    for act in acts:
        move = one.action(act)
        assert state in move.at, f"{act} at {state}"
        for note in move.after:
            assert not one.action(note).at or state in one.action(note).at, f"{note} at {state}"
        state = move.to
        found.append(state)
    return found


def test_a_request_for_assistance_is_clarified_executed_and_closed():
    assert path_through(
        "mutual-assistance",
        "request.sent/1",
        "request.registered/1",
        "information.asked/1",
        "information.supplemented/1",
        "execution.started/1",
        "request.partly-executed/1",
        "results.repeat-asked/1",
        "request.executed/1",
        "request.closed/1",
    ) == ["drafting", "arrived", "examination", "clarification", "examination", "execution", "answered", "execution", "answered", "closed"]


def test_a_person_is_arrested_before_the_request_and_surrendered_after_a_loan():
    assert path_through(
        "extradition",
        "arrest.applied-for/1",
        "detention.notified/1",
        "request.sent/1",
        "request.registered/1",
        "extradition.granted/1",
        "surrender.postponed/1",
        "person.lent/1",
        "person.returned/1",
        "surrender.agreed/1",
        "person.not-taken-over/1",
        "surrender.agreed/1",
        "person.handed-over/1",
        "outcome.notified/1",
    )[-3:] == ["surrender-agreed", "surrendered", "closed"]


@pytest.mark.parametrize(
    ("name", "acts", "end"),
    [
        ("mutual-assistance", ("request.sent/1", "request.registered/1", "request.refused/1"), "refused"),
        ("mutual-assistance", ("request.sent/1", "request.returned/1"), "returned"),
        ("mutual-assistance", ("request.sent/1", "withdrawal.accepted/1"), "withdrawn"),
        ("mutual-assistance", ("request.sent/1", "request.registered/1", "information.asked/1", "request.withdrawn/1"), "withdrawn"),
        ("extradition", ("arrest.applied-for/1", "arrest.not-made/1", "request.withdrawn/1"), "withdrawn"),
        ("extradition", ("request.sent/1", "request.registered/1", "extradition.refused/1"), "refused"),
        (
            "extradition",
            (
                "request.sent/1",
                "request.registered/1",
                "extradition.granted/1",
                "decision.set-aside/1",
                "extradition.granted/1",
                "surrender.agreed/1",
                "person.not-taken-over/1",
                "person.released/1",
            ),
            "released",
        ),
        ("consultation", ("consultation.sent/1", "term.extended/1", "consultation.concluded/1"), "concluded"),
        ("consultation", ("consultation.sent/1", "consultation.cancelled/1"), "cancelled"),
    ],
)
def test_every_other_way_ends_too(name, acts, end):
    assert path_through(name, *acts)[-1] == end


@pytest.mark.parametrize("one", procedures(), ids=lambda one: one.name)
def test_what_binds_the_other_side_is_approved_by_a_second_person(one):
    for move in one.moves:
        legal = (
            move.checklist or move.safeguards or any(one.field(name).kind is Kind.GROUND for name in move.asks) or "reasons" in move.asks
        )
        assert move.approval or not legal or move.act in ("term.extended/1", "consultation.cancelled/1"), move.act


@pytest.mark.parametrize("one", procedures(), ids=lambda one: one.name)
def test_what_names_a_person_is_marked_personal(one):
    for field in one.fields:
        if field.kind in (Kind.PERSON, Kind.PERSONS, Kind.PAPERS):
            assert field.personal, field.name
        if field.name in ("full_name", "facts", "text", "reasons", "results"):
            assert field.personal, field.name


def test_a_new_kind_is_one_file():
    files = {path.stem for path in Path(PACKAGE / "procedures" / "kinds").glob("*.py")} - {"__init__"}
    assert {one.name.replace("-", "_") for one in procedures()} == files


def test_what_two_kinds_ask_in_the_same_words_is_written_once():
    written = [
        (one.name, item)
        for one in procedures()
        for item in (*one.fields, *(part for field in one.fields for part in field.parts), *one.moves, *one.notes, *one.clocks, *one.roles)
    ]
    twice = [
        (kind, other, getattr(item, "act", None) or item.name)
        for place, (kind, item) in enumerate(written)
        for other, same in written[:place]
        if item == same and item is not same
    ]
    assert twice == []
