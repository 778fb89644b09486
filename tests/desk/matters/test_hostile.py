"""Whatever another office wrote and sealed is kept and receipted; no content of it can keep others out or break a page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from comity.desk.accounts.models import User
from comity.desk.matters.models import MatterRow, PlainMatter
from comity.desk.matters.projection import rebuild
from comity.identifiers import MatterId
from comity.journal import OPENED, StoreError
from comity.node import commands
from comity.node.commands import Actor
from comity.node.commands.writing import Pen, append
from comity.node.office import Office
from comity.node.roles import Role
from comity.simulation import SimulatedFederation

from .conftest import RU, TJ

UNSHOWABLE = {"version": -3}
"""An opening of which no view can be made: the row of a matter has no place for it."""
OPENING = {"procedure": "extradition", "version": 1, "roles": {"requesting": [RU], "requested": [TJ]}, "law": "0" * 64}


def written(federation: SimulatedFederation, opening: dict[str, Any], *acts: tuple[str, dict[str, Any]]) -> MatterId:
    """A matter that Moscow writes past every check of its own desk."""
    office = federation.offices[RU]
    matter = MatterId(office.new_id())
    with office.store.write() as unit:
        pen = Pen.taken_up(office, unit, matter)
        append(office, unit, [pen.write(act, content) for act, content in ((OPENED, opening), *acts)])
    federation.run(6)
    return matter


def written_on(federation: SimulatedFederation, matter: MatterId, *acts: tuple[str, dict[str, Any]]) -> None:
    """What Moscow writes further in it."""
    office = federation.offices[RU]
    with office.store.write() as unit:
        pen = Pen.taken_up(office, unit, matter)
        append(office, unit, [pen.write(act, content) for act, content in acts])
    federation.run(6)


@pytest.mark.parametrize(
    "content",
    [
        {"person_claimed": "nobody", "offences": 5, "papers": {"a": 1}, "our_number": {"b": 2}},
        {"person_claimed": [1, None, {"full_name": 7}], "basis": "x", "ground": [], "checks": {"check": 1}},
        {"our_number": "n" * 5000, "facts": None, "detained_on": "someday"},
        {"person_claimed": {"full_name": "\u0000"}, "letters": [{"sha256": 1}], "number": True},
    ],
)
def test_an_odd_content_is_kept_receipted_and_shown(
    as_officer: Client, federation: SimulatedFederation, office: Office, content: dict[str, Any]
) -> None:
    matter = written(federation, OPENING, ("arrest.applied-for/1", content), ("detention.notified/1", content))
    with office.store.read() as unit:
        assert len(unit.events(matter)) == 3
    assert federation.waiting() == 0
    assert as_officer.get("/").status_code == 200
    assert as_officer.get("/matters").status_code == 200
    assert MatterRow.objects.filter(pk=matter).exists() != PlainMatter.objects.filter(pk=matter).exists()
    assert as_officer.get(f"/matters/{matter}").status_code == 200


@pytest.mark.parametrize(
    "opening",
    [
        {**OPENING, "offence_area": "witchcraft"},
        {**OPENING, "offence_area": ["x"]},
        {**OPENING, "law": 5},
        {**OPENING, "version": "one"},
        {**OPENING, "roles": {"requesting": [RU], "requested": ["xx-foo", TJ]}},
        {**OPENING, "roles": {"requesting": ["xx-foo"], "requested": [TJ], "third": [RU]}},
        {**OPENING, **UNSHOWABLE},
    ],
)
def test_an_odd_opening_is_kept_receipted_and_shown(
    as_officer: Client, federation: SimulatedFederation, office: Office, opening: dict[str, Any]
) -> None:
    matter = written(federation, opening, ("message.written/1", {"text": "Hello."}))
    with office.store.read() as unit:
        assert len(unit.events(matter)) == 2
        commands.basis_of(office, unit, matter)  # answers, or says there is none; it does not break
    assert as_officer.get("/matters").status_code == 200
    assert MatterRow.objects.filter(pk=matter).exists() != PlainMatter.objects.filter(pk=matter).exists()
    assert as_officer.get(f"/matters/{matter}").status_code == 200


def test_a_store_that_fails_keeps_nothing_so_that_the_peer_comes_again(
    federation: SimulatedFederation, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OperationalError("disk is full")

    monkeypatch.setattr("comity.desk.matters.projection._forget", full)
    with pytest.raises(StoreError):
        written(federation, OPENING)
    with office.store.read() as unit:
        assert unit.matters(None, 10) == ()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("A matter with Russia that cannot be shown", "comity rebuild", "no number of ours yet", "Every step of the check passed")),
        ("ru", ("Производство с участием ведомства: Россия. Показать его нельзя", "comity rebuild", "нашего номера ещё нет")),
    ],
)
def test_a_matter_of_which_no_view_can_be_made_stands_under_trouble_and_has_a_plain_page(
    as_officer: Client, federation: SimulatedFederation, language: str, words: tuple[str, ...]
) -> None:
    matter = written(federation, {**OPENING, **UNSHOWABLE}, ("arrest.applied-for/1", {"facts": "SECRET"}))
    spoken = {"accept-language": language}
    for list_page in ("/", "/correspondence"):
        page = as_officer.get(list_page, headers=spoken).content.decode()
        assert words[0] in page, list_page
        assert f'href="/matters/{matter}"' in page, list_page
    page = as_officer.get(f"/matters/{matter}", headers=spoken).content.decode()
    for one in (*words, matter, f'id="event-{_last(federation, matter)[:16]}"'):
        assert one in page, one
    assert "SECRET" not in page
    export = as_officer.get(f"/matters/{matter}/export")
    assert len(b"".join(export)) > 1000
    export.close()


def _last(federation: SimulatedFederation, matter: MatterId) -> str:
    with federation.offices[TJ].store.read() as unit:
        return unit.events(matter)[-1].id


def test_a_matter_that_was_shown_before_leaves_the_lists_for_trouble_and_not_for_nowhere(
    as_officer: Client, federation: SimulatedFederation, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = written(federation, OPENING, ("arrest.applied-for/1", {"our_number": "81/3"}))
    assert MatterRow.objects.filter(pk=matter).exists()

    def broken(*_given: object) -> None:
        raise KeyError("a name in a content")

    monkeypatch.setattr("comity.desk.matters.projection._subject", broken)
    written_on(federation, matter, ("message.written/1", {"text": "Hello."}))
    assert not MatterRow.objects.filter(pk=matter).exists()
    row = PlainMatter.objects.get(pk=matter)
    assert (row.offices, row.last_office, row.events) == ([RU], RU, 3)
    assert "a name in a content" not in row.fault
    assert row.fault.startswith("KeyError test_hostile.py:")
    before = list(PlainMatter.objects.values())
    rebuild(office)
    assert list(PlainMatter.objects.values()) == before
    monkeypatch.undo()
    rebuild(office)
    assert MatterRow.objects.filter(pk=matter).exists()
    assert not PlainMatter.objects.exists()


def test_a_matter_that_cannot_be_shown_is_need_to_know_too(
    as_officer: Client, federation: SimulatedFederation, office: Office, make: Callable[..., User]
) -> None:
    matter = written(federation, {**OPENING, **UNSHOWABLE})
    registrar = Actor(user="r", roles=frozenset({Role.REGISTRAR}))
    assert isinstance(commands.record(office, registrar, matter, commands.ASSIGNED, {"unit": "assistance", "to": ""}), commands.Done)
    assert as_officer.get(f"/matters/{matter}").status_code == 404
    assert str(matter) not in as_officer.get("/").content.decode()
    client = Client()
    client.force_login(make("other", Role.OFFICER, unit="assistance"))
    assert client.get(f"/matters/{matter}").status_code == 200
