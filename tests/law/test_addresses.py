"""Every fact has one address, which outlives renamed files, moved rows and edits that are not about what it is."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.law import Fact, LawDataError, Register, default_register, digest, fact, facts
from comity.law.addresses import labels
from comity.law.load import reassembled
from comity.law.model import RegisterFile


def shuffled(register: Register, seed: int) -> Register:
    """The same facts in files of other names, with the rows of every table in another order."""
    chance = random.Random(seed)
    files = {}
    for name, file in register.files.items():
        values = dict(file.values)
        for key, value in values.items():
            if isinstance(value, list) and value and isinstance(value[0], dict) and key != "weekend":  # weekends stand in order of time
                values[key] = chance.sample(value, len(value))
        files[name] = RegisterFile(name=f"{chance.randrange(10**9)}.toml", values=values)
    again = reassembled(register, files, ())
    return reassembled_alone(again)


def reassembled_alone(register: Register) -> Register:
    """As if its files were the shared ones."""
    return replace(register, shared=register.files)


def test_every_table_with_a_source_has_an_address() -> None:
    register = default_register()
    tables = {fact.table for fact in facts(register).values()}
    written = [
        row["source"]
        for file in register.files.values()
        for value in file.values.values()
        if isinstance(value, list)
        for row in value
        if isinstance(row, dict) and "source" in row
    ]

    assert {"party", "provision", "declaration", "relation", "authority", "check", "question", "document", "treaty", "head"} <= tables
    assert {"holiday", "moved", "term"} <= tables
    assert not Counter(written) - Counter(one.source for one in facts(register).values())


def test_addresses_are_one_each_and_lead_back_to_their_fact() -> None:
    register = default_register()
    known = facts(register)

    keys = [one.key(key) for one in known.values() for key in one.keys]

    assert len({*known, *keys}) == len(known) + len(keys)
    for address, one in known.items():
        assert one.id == address == f"{one.file}/{one.table}/{one.label}"
        assert fact(register, address) == (one, None)
    for one in random.Random(3).sample(sorted(known.values(), key=lambda one: one.id), 60):
        for key in one.keys:
            assert fact(register, one.key(key)) == (one, key)


@settings(max_examples=5, deadline=None)
@given(st.integers())
def test_names_of_files_and_order_of_rows_change_no_address(seed: int) -> None:
    register = default_register()

    again = shuffled(register, seed)

    assert facts(again) == facts(register)


def test_addresses_read_as_a_lawyer_would_name_the_fact() -> None:
    known = facts(default_register())

    assert known["chisinau-2002/party/TJ"].keys["signed"] == "2002-10-07"
    assert known["coe-extradition-p2-1978/declaration/RU/article-off"].keys["state"] == "RU"
    assert known["coe-extradition-p3-2010/provision/6/time-limit/extradition/consent"].keys["limit"] == "consent"
    assert known["kz-domestic-law/head/KZ"].unverified == ("in_force",)
    assert known["human-rights/check/cat-1984-art3"].keys["party/AM/since_not_later_than"] == "1999-06-25"


def test_rows_called_alike_say_more_of_themselves_until_they_differ() -> None:
    rows: list[Mapping[str, Any]] = [
        {"article": "6", "topic": "time-limit", "kind": "extradition", "limit": "consent"},
        {"article": "6", "topic": "time-limit", "kind": "extradition", "limit": "decision"},
        {"article": "6", "topic": "time-limit", "kind": "mla"},
        {"topic": "costs"},
    ]

    assert labels("provision", rows) == (
        "6/time-limit/extradition/consent",
        "6/time-limit/extradition/decision",
        "6/time-limit/mla",
        "-/costs",
    )


def test_rows_that_nothing_tells_apart_are_told_apart_by_what_they_say() -> None:
    rows = [{"article": "1", "topic": "costs", "summary": text} for text in ("One.", "Two.", "Two.")]

    one, two, three = labels("provision", rows)

    assert len({one, two, three}) == 3
    assert labels("provision", rows[:2]) == (one, labels("provision", rows[:2])[1])
    assert labels("provision", rows[:2][::-1])[1] == one


def test_an_added_row_changes_no_other_address() -> None:
    register = default_register()
    row = {"article": "999", "topic": "costs", "kind": "all", "summary": "S.", "summary_ru": "С.", "source": "s", "confidence": "verified"}
    file = register.files["minsk-1993"]
    values = {**file.values, "provision": [row, *file.values["provision"]]}

    more = reassembled_alone(reassembled(register, {**register.files, "minsk-1993": RegisterFile(name=file.name, values=values)}, ()))

    assert set(facts(more)) - set(facts(register)) == {"minsk-1993/provision/999/costs"}
    assert set(facts(register)) <= set(facts(more))


def test_an_element_of_the_register_knows_its_address() -> None:
    register = default_register()
    known = facts(register)

    for instrument in register.instruments.values():
        for one in (*instrument.parties.values(), *instrument.provisions, *instrument.declarations, *instrument.relations):
            assert known[one.fact].source.startswith(one.source)
    for one in (*register.authorities, *register.checks, *register.questions, *register.documents.values(), *register.national.values()):
        assert known[one.fact].confidence is one.confidence


def test_what_a_fact_says_has_a_digest_that_its_note_and_source_do_not_change() -> None:
    one: Fact = facts(default_register())["chisinau-2002/party/TJ"]

    assert digest(replace(one, source="another", keys={**one.keys, "note": "N."})) == digest(one)
    assert digest(replace(one, keys={**one.keys, "signed": "2002-10-08"})) != digest(one)


@pytest.mark.parametrize(
    "address", ["", "minsk-1993", "minsk-1993/party", "minsk-1993/party/XX", "nobody/party/TJ", "minsk-1993/party/TJ/colour"]
)
def test_an_address_of_nothing_is_refused(address: str) -> None:
    with pytest.raises(LawDataError, match="no such fact"):
        fact(default_register(), address)
