"""Who is bound by what on a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.law import Bound, Confidence, Mark, UnknownWordError, matrix
from comity.law.load import default_register
from comity.law.matrix import REGION, cell
from comity.law.status import evidence

REGISTER = default_register()
ON = date(2023, 6, 28)


@pytest.mark.parametrize(
    ("state", "column", "on", "mark", "since", "bound_by"),
    [
        ("RU", "chisinau-2002", ON, Mark.IN_FORCE, date(2023, 6, 28), None),
        ("RU", "chisinau-2002", date(2023, 6, 27), Mark.SIGNED, date(2002, 10, 7), None),
        ("TJ", "chisinau-2002", ON, Mark.UNVERIFIED, None, date(2006, 1, 1)),
        ("TJ", "chisinau-2002", date(2005, 6, 1), Mark.UNCERTAIN, None, date(2006, 1, 1)),
        ("UA", "minsk-1993", date(2023, 3, 1), Mark.SUSPENDED, date(2022, 12, 23), None),
        ("UA", "minsk-1993", date(2024, 2, 1), Mark.UNCERTAIN, None, None),
        ("UA", "minsk-1993", date(2024, 6, 1), Mark.LEFT, date(2023, 12, 29), None),
        ("TM", "chisinau-2002", ON, Mark.NOT_BOUND, None, None),
        ("TM", "coe-extradition-1957", ON, Mark.NOT_RESEARCHED, None, None),
        ("GE", "minsk-protocol-1997", ON, Mark.SIGNED, None, None),
        ("KZ", "cat-1984-art3", ON, Mark.IN_FORCE, date(1998, 8, 26), None),
        ("AM", "cat-1984-art3", date(1995, 1, 1), Mark.UNCERTAIN, None, date(1999, 6, 25)),
        ("RU", "echr-art2-3-5-6-8", ON, Mark.LEFT, date(2022, 9, 16), None),
    ],
)
def test_a_cell_says_what_is_known(state: str, column: str, on: date, mark: Mark, since: date | None, bound_by: date | None) -> None:
    found = cell(REGISTER, state, column, on)

    assert (found.mark, found.since, found.bound_by) == (mark, since, bound_by)


def test_a_suspension_names_the_states_it_is_towards() -> None:
    assert cell(REGISTER, "UA", "minsk-1993", date(2023, 3, 1)).towards == ("RU", "BY")


def test_the_usual_matrix_has_the_region_by_conventions_and_checks() -> None:
    found = matrix(REGISTER, ON)

    assert found.states == REGION
    groups = [column.group for column in found.columns]
    assert groups == sorted(groups, key=["CIS", "SCO", "CoE", "OAS", "universal", "rights"].index)
    assert {"minsk-1993", "uncac-2003", "iccpr-op2"} <= {column.id for column in found.columns}
    assert "interpol-art3" not in {column.id for column in found.columns}
    assert {column.year for column in found.columns if column.id == "minsk-1993"} == {1993}
    assert all(tuple(each.column for each in row) == tuple(column.id for column in found.columns) for row in found.rows.values())


@given(st.sampled_from(REGION), st.dates(date(1991, 1, 1), date(2030, 1, 1)))
def test_no_mark_says_more_than_the_status(state: str, on: date) -> None:
    for found in matrix(REGISTER, on, states=(state,)).rows[state]:
        if found.column not in REGISTER.instruments or found.mark is Mark.NOT_RESEARCHED:
            continue
        status = evidence(REGISTER.instruments[found.column], state, on)
        wanted = {Mark.IN_FORCE: Bound.YES, Mark.UNVERIFIED: Bound.YES, Mark.SUSPENDED: Bound.YES, Mark.UNCERTAIN: Bound.UNKNOWN}
        assert status.bound is wanted.get(found.mark, Bound.NO)
        if found.mark is Mark.IN_FORCE:
            assert status.verified
            assert status.confidence is Confidence.VERIFIED


def test_an_unknown_state_or_column_is_refused_with_what_is_known() -> None:
    with pytest.raises(UnknownWordError) as state:
        matrix(REGISTER, ON, states=("XX",))
    with pytest.raises(UnknownWordError) as column:
        matrix(REGISTER, ON, columns=("minsk-1994",))

    assert "KZ" in state.value.known
    assert column.value.near[0] == "minsk-1993"
