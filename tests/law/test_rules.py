"""Each rule of the engine on a register in which one fact is mended: what the rule takes away, gives or puts in doubt, and nothing else."""

from datetime import date

import pytest

from comity.law import Basis, BasisKind, Bound, Certainty, DoubtKind, Part, changes_of, resolve
from comity.law.load import default_register
from comity.law.status import national_in_force
from tests.law.mending import appended, mended

UA_SUSPENDS = 'suspended_from = 2022-12-23\nwithdrawn = 2023-12-29\nwithdrawn_not_later_than = 2024-05-19\nnote = "Ratified WITH'
PROTOCOL = "minsk-protocol-1997.toml"


def applied(basis: Basis) -> list[str]:
    return [item.id for item in basis.primary]


def why(basis: Basis, name: str) -> str | None:
    return next((left.why.value for left in basis.excluded if left.id == name), None)


def kinds(basis: Basis) -> set[DoubtKind]:
    return {doubt.kind for doubt in basis.doubts}


def declared(name: str, state: str, effect: str, *more: str, confidence: str = "verified") -> tuple[str, str, str]:
    keys = (
        *(f'state = "{state}"', f'effect = "{effect}"', 'summary = "A declaration."', 'summary_ru = "Заявление."'),
        *more,
        *('source = "the depositary\'s list"', f'confidence = "{confidence}"'),
    )
    return appended(name, "\n[[declaration]]\n" + "\n".join(keys) + "\n")


# 2. Withdrawal and suspension


def test_a_suspension_that_ended_lets_the_convention_apply_again() -> None:
    register = mended(("minsk-1993.toml", UA_SUSPENDS, UA_SUSPENDS.replace("2022-12-23", "2022-12-23\nsuspended_until = 2023-06-01", 1)))
    day = ("UA", "BY", "mla")

    assert why(resolve(register, *day, date(2023, 5, 31)), "minsk-1993") == "suspended"
    assert applied(resolve(register, *day, date(2023, 6, 1)))[0] == "minsk-1993"
    assert "resumed" in [change.kind for change in changes_of(register, "UA", instrument="minsk-1993")]


def test_a_suspension_nobody_read_leaves_the_convention_in_doubt() -> None:
    old = 'ratified = 1994-11-10\nin_force = 1995-04-14\nunverified_fields = ["in_force"]'
    register = mended(("minsk-1993.toml", old, old.replace('["in_force"]', '["in_force", "suspended_from"]')))
    basis = resolve(register, "UA", "BY", "mla", date(2023, 3, 1))

    assert "minsk-1993" in applied(basis)
    assert DoubtKind.SUSPENSION in kinds(basis)
    assert basis.certainty is Certainty.UNCERTAIN
    assert DoubtKind.SUSPENSION not in kinds(resolve(register, "UA", "KZ", "mla", date(2023, 3, 1)))


# 3. Reservations and declarations


def test_a_declaration_counts_from_its_day_until_it_is_taken_back() -> None:
    made = declared("chisinau-2002.toml", "KG", "not-towards", 'towards = ["BY"]', "since = 2010-01-01", "until = 2012-01-01")
    register = mended(made)

    for day, reason in ((date(2009, 12, 31), None), (date(2010, 1, 1), "declared-away"), (date(2011, 12, 31), "declared-away")):
        assert why(resolve(register, "BY", "KG", "mla", day), "chisinau-2002") == reason
    assert applied(resolve(register, "KG", "BY", "mla", date(2012, 1, 1))) == ["chisinau-2002"]
    assert applied(resolve(register, "KG", "AM", "mla", date(2011, 1, 1))) == ["chisinau-2002"]
    assert [change.kind for change in changes_of(register, "KG", instrument="chisinau-2002")][-2:] == ["declared", "declaration-ended"]


def test_where_one_convention_is_declared_away_the_one_it_replaced_stays() -> None:
    """Chisinau replaces Minsk between States that both apply it to each other; a State excluded keeps Minsk."""
    register = mended(declared("chisinau-2002.toml", "KG", "not-towards", 'towards = ["BY"]'))
    basis = resolve(register, "BY", "KG", "mla", date(2011, 1, 1))

    assert applied(basis)[0] == "minsk-1993"
    assert why(basis, "chisinau-2002") == "declared-away"


def test_a_declaration_nobody_read_takes_nothing_away_and_is_a_doubt() -> None:
    register = mended(declared("chisinau-2002.toml", "KG", "not-towards", 'towards = ["BY"]', confidence="unverified"))
    basis = resolve(register, "BY", "KG", "mla", date(2011, 1, 1))

    assert applied(basis) == ["minsk-1993", "minsk-protocol-1997", "chisinau-2002"]
    assert DoubtKind.DECLARATION in kinds(basis)
    assert not any(item.certainty is Certainty.CERTAIN for item in basis.primary)


def test_an_article_is_switched_off_for_both_and_a_reservation_nobody_read_only_puts_it_in_doubt() -> None:
    """Source of the rule as it stands: Russia's declaration to ETS 098, chapter V."""
    article = ('articles = ["5"]',)
    seen = mended(declared("coe-extradition-p2-1978.toml", "UA", "article-off", *article))
    unseen = mended(declared("coe-extradition-p2-1978.toml", "UA", "article-off", *article, confidence="unverified"))
    asked = ("MD", "UA", "extradition", date(2015, 1, 1))
    channels = {
        name: {channel.code for channel in resolve(register, *asked).channels} for name, register in (("seen", seen), ("un", unseen))
    }
    doubt = next(doubt for doubt in resolve(unseen, *asked).doubts if doubt.kind is DoubtKind.RESERVATION)

    assert "ministry-of-justice" not in channels["seen"]
    assert "ministry-of-justice" in channels["un"]
    assert Part.CHANNEL in doubt.parts
    assert not {Part.INSTRUMENTS, Part.TIME_LIMITS, Part.REFUSAL} & set(doubt.parts)
    assert doubt.states == ("UA",)


def test_a_reservation_binds_the_state_that_made_it_and_is_open_to_the_other() -> None:
    made = declared("cis-transfer-1998.toml", "KG", "grounds", 'grounds = ["own-national"]', "mandatory = true")
    register = mended(made)
    for asked, mandatory in ((("BY", "KG"), True), (("KG", "BY"), False)):
        basis = resolve(register, *asked, "transfer-of-sentenced", date(2015, 1, 1))
        assert [ground.mandatory for ground in basis.refusal if ground.state == "KG"] == [mandatory]
    assert not [g for g in resolve(register, "BY", "KZ", "transfer-of-sentenced", date(2015, 1, 1)).refusal if g.state == "KG"]


# 4 and 5. Newer instruments and protocols


def test_an_older_convention_a_newer_one_may_replace_still_keeps_universal_conventions_out() -> None:
    """One of the two surely applies, so UNCAC art. 46(7) lets it yield all the same."""
    basis = resolve(default_register(), "BY", "UZ", "mla", date(2020, 2, 1), "corruption")

    assert "chisinau-2002" in applied(basis)
    assert "minsk-1993" in applied(basis)
    assert any(doubt.kind is DoubtKind.STATUS and doubt.instruments == ("chisinau-2002",) for doubt in basis.doubts)
    assert why(basis, "untoc-2000") == "residual"


def test_a_protocol_falls_with_its_convention_and_never_the_other_way() -> None:
    register = mended(declared(PROTOCOL, "KZ", "not-towards", 'towards = ["RU"]'))
    without = resolve(register, "KZ", "RU", "extradition", date(2010, 1, 1))
    lost = resolve(
        mended(declared("minsk-1993.toml", "KZ", "not-towards", 'towards = ["RU"]')), "KZ", "RU", "extradition", date(2010, 1, 1)
    )

    assert applied(without) == ["minsk-1993"]
    assert [limit.length for limit in without.time_limits if limit.topic == "provisional-arrest"] == [30]
    assert why(lost, "minsk-protocol-1997") == "base-not-applied"


# 6 and 7. Police level, universal conventions


def test_an_agreement_of_police_level_is_no_basis_even_where_nothing_else_is_left() -> None:
    lone = tuple(declared(f"{name}.toml", "KZ", "not-towards", 'towards = ["BY"]') for name in ("chisinau-2002", "minsk-1993"))
    basis = resolve(mended(*lone), "KZ", "BY", "mla", date(2015, 1, 1))

    assert why(basis, "kz-by-police-cooperation-2014") == "police-level"
    assert basis.basis is not BasisKind.TREATY


def test_a_universal_convention_serves_where_the_treaty_before_it_fell_away() -> None:
    lone = tuple(declared(f"{name}.toml", "KZ", "not-towards", 'towards = ["BY"]') for name in ("chisinau-2002", "minsk-1993"))
    basis = resolve(mended(*lone), "KZ", "BY", "mla", date(2015, 1, 1), "corruption")

    assert {"untoc-2000", "uncac-2003"} <= set(applied(basis))


def test_both_declared_a_convention_a_basis_and_its_extradition_is_certain() -> None:
    """Source of the rule: UNTOC art. 16(5)."""
    register = mended(
        declared("untoc-2000.toml", "KZ", "takes-as-basis"),
        declared("uncac-2003.toml", "KZ", "takes-as-basis"),
    )
    basis = resolve(register, "KZ", "UA", "extradition", date(2019, 1, 1), "organised-crime")

    assert DoubtKind.TAKES_AS_BASIS not in {doubt.kind for doubt in basis.doubts if "untoc-2000" in doubt.instruments}


# 9. Reciprocity and national law


@pytest.mark.parametrize(("day", "bound"), [(date(2014, 7, 3), Bound.NO), (date(2014, 7, 4), Bound.UNKNOWN), (date(2015, 1, 1), Bound.YES)])
def test_a_law_whose_entry_into_force_is_remembered_is_unknown_until_then(day: date, bound: Bound) -> None:
    assert national_in_force(default_register().national["KZ"], day) is bound


def test_a_law_read_to_be_in_force_from_a_day_does_not_apply_before() -> None:
    register = mended(("national-kz.toml", 'unverified_fields = ["in_force"]\n', ""))

    assert national_in_force(register.national["KZ"], date(2014, 12, 31)) is Bound.NO


def test_reciprocity_comes_only_when_no_treaty_may_bind() -> None:
    register = default_register()

    assert resolve(register, "KZ", "FR", "extradition", date(2023, 3, 1), "theft").basis is BasisKind.RECIPROCITY
    may_bind = resolve(register, "KZ", "VN", "mla", date(2022, 1, 1))
    assert (may_bind.basis, may_bind.reciprocity) == (BasisKind.TREATY, ())


# 10. Human rights last


def test_checks_are_made_whatever_the_treaty_and_a_bar_is_told_apart() -> None:
    basis = resolve(default_register(), "TJ", "KZ", "extradition", date(2023, 1, 1))
    bars = {check.id for check in basis.human_rights if check.absolute}

    assert {"cat-1984-art3", "iccpr-op2"} <= bars
    assert list(Basis.__dataclass_fields__).index("human_rights") > list(Basis.__dataclass_fields__).index("refusal")


def test_where_it_is_not_known_whether_a_check_binds_that_part_alone_is_uncertain() -> None:
    basis = resolve(default_register(), "AM", "BY", "extradition", date(1996, 1, 1))
    doubt = next(doubt for doubt in basis.doubts if doubt.kind is DoubtKind.RIGHTS)

    assert "AM" in doubt.states
    assert doubt.parts == (Part.HUMAN_RIGHTS,)
    assert not doubt.unsettles


# Not researched


def test_a_state_without_a_row_was_not_researched() -> None:
    basis = resolve(default_register(), "PK", "JO", "extradition", date(2019, 1, 1))

    assert basis.basis is BasisKind.NONE
    assert not basis.researched
    assert any(doubt.kind is DoubtKind.NOT_RESEARCHED and doubt.unsettles for doubt in basis.doubts)


def test_a_protocol_is_never_surer_than_its_convention() -> None:
    register = default_register()
    for other in ("RU", "AM", "BY", "UA", "GE", "MD"):
        for year in range(1998, 2027):
            found = {one.id: one.certainty for one in resolve(register, "KZ", other, "mla", date(year, 7, 1)).applied}
            for name, certainty in found.items():
                base = register.instruments[name].base
                assert base is None or certainty is Certainty.UNCERTAIN or found[base] is Certainty.CERTAIN, (other, year, name)
