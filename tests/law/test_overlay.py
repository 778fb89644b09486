"""What an office confirmed counts in its own answers, shows its source, and leaves the shared register and every other answer alone."""

import random
from collections.abc import Mapping
from datetime import date
from importlib import resources
from itertools import permutations
from pathlib import Path

import pytest

from comity.canonical import Value
from comity.law import (
    Basis,
    Certainty,
    Confidence,
    Confirmation,
    FactId,
    LawDataError,
    Register,
    adopted,
    confirmed,
    confirmed_by,
    default_register,
    explain,
    facts,
    load_register,
    overlaid,
    patch,
    resolve,
    rests_on,
    stale,
    to_json,
)
from comity.law.diff import diff, in_law
from comity.law.load import folder_texts, load_texts
from comity.law.mend import mended
from comity.law.patch import read_patch

PACKAGED = Path(str(resources.files("comity.law") / "register"))
REGION = ("AM", "AZ", "BY", "GE", "KG", "KZ", "MD", "RU", "TJ", "TM", "UA", "UZ")
TJ = FactId("chisinau-2002/party/TJ")
UZ = FactId("chisinau-2002/party/UZ")
KEY = FactId("chisinau-2002/party/UZ/in_force_not_later_than")
DATED: Mapping[str, Value] = {"in_force": "2006-06-20", "in_force_not_earlier_than": None, "in_force_not_later_than": None}
DAY = date(2018, 9, 20)


def reading(register: Register, fact: FactId, values: Mapping[str, Value] | None = None, **more: str) -> Confirmation:
    said = {"source": "the depositary's list of 3 March 2026", "office": "kz-gpo", "by": "officer", **more}
    return confirmed(register, fact, values=values or {}, read_on=date(2026, 11, 20), **said)


def answers(register: Register, on: date = DAY) -> dict[tuple[str, str, str], Basis]:
    return {
        (requesting, requested, kind): resolve(register, requesting, requested, kind, on)
        for requesting, requested in permutations(REGION, 2)
        for kind in ("extradition", "search-for-persons")
    }


def test_nothing_confirmed_changes_nothing() -> None:
    register = default_register()

    assert overlaid(register, ()) is register


def test_a_confirmation_makes_certain_what_only_it_left_in_doubt() -> None:
    register = default_register()

    office = overlaid(register, [reading(register, TJ, DATED)])

    before, after = (resolve(one, "KZ", "TJ", "extradition", DAY) for one in (register, office))
    assert (before.certainty, after.certainty) == (Certainty.UNCERTAIN, Certainty.CERTAIN)
    assert [applied.id for applied in after.primary] == ["chisinau-2002"]
    shown = next(found for found in after.primary[0].evidence if found.state == "TJ")
    assert (shown.fact, shown.since, shown.verified, shown.source) == (TJ, date(2006, 6, 20), True, "the depositary's list of 3 March 2026")
    made = confirmed_by(office, shown.fact)
    assert made is not None
    assert (made.office, made.by, made.read_on) == ("kz-gpo", "officer", date(2026, 11, 20))
    assert [applied.id for applied in resolve(office, "KZ", "TJ", "extradition", date(2006, 6, 19)).primary] == [
        "minsk-1993",
        "minsk-protocol-1997",
    ]


@pytest.mark.parametrize("on", [date(2005, 6, 1), DAY])
def test_no_answer_changes_that_does_not_rest_on_what_was_confirmed(on: date) -> None:
    register = default_register()
    office = overlaid(register, [reading(register, TJ, DATED)])

    before, after = answers(register, on), answers(office, on)

    untouched = [key for key in before if TJ not in rests_on(register, before[key]) | rests_on(office, after[key])]
    assert len(untouched) > 200
    assert [key for key in untouched if before[key] != after[key]] == []
    assert all("TJ" in key for key in before if in_law(before[key]) != in_law(after[key]))


def test_any_fact_confirmed_changes_only_the_answers_that_rest_on_it() -> None:
    register = default_register()
    before = answers(register)
    doubtful = sorted(
        one.id for one in facts(register).values() if one.doubtful and one.table in {"party", "provision", "check", "authority"}
    )

    for fact in random.Random(11).sample(doubtful, 4):
        office = overlaid(register, [reading(register, fact)])
        after = answers(office)
        changed = [key for key in before if before[key] != after[key]]
        assert all(fact in rests_on(register, before[key]) for key in changed), fact


def test_the_shared_register_and_its_release_stay_as_they_are() -> None:
    register = default_register()
    files = {name: dict(file.values) for name, file in register.files.items()}

    office = overlaid(register, [reading(register, TJ, DATED)])

    assert office.release == register.release == load_register().release
    assert office.shared is register.shared
    assert {name: dict(file.values) for name, file in register.files.items()} == files
    assert facts(register)[TJ].confidence is Confidence.UNVERIFIED
    assert [made.fact for made in office.overlay] == [TJ]
    assert [change.fact.id for change in diff(register, office)] == [TJ]


def test_confirmed_as_it_stands_everything_in_the_fact_is_verified() -> None:
    register = default_register()

    one = facts(overlaid(register, [reading(register, UZ)]))[UZ]

    assert one.keys == facts(register)[UZ].keys
    assert (one.confidence, one.unverified, one.computed) == (Confidence.VERIFIED, (), ())


def test_one_key_confirmed_leaves_the_others_as_sure_as_they_were() -> None:
    register = default_register()
    law = FactId("kz-domestic-law/head/KZ")

    sure = facts(overlaid(register, [reading(register, KEY)]))
    unsure = facts(overlaid(register, [reading(register, FactId("chisinau-2002/party/AZ/signed"))]))[FactId("chisinau-2002/party/AZ")]
    head = facts(overlaid(register, [reading(register, law)]))[law]

    assert sure[UZ].unverified == ()
    assert sure[UZ].source == f"{facts(register)[UZ].source}; the depositary's list of 3 March 2026"
    assert set(unsure.unverified) == {"status", "in_force"}
    assert head.unverified == ()


def test_a_value_within_a_fact_can_be_corrected() -> None:
    register = default_register()
    check = FactId("human-rights/check/cat-1984-art3")
    values: Mapping[str, Value] = {"party/AM/since": "1993-09-13", "party/AM/since_not_later_than": None}

    office = overlaid(register, [reading(register, check, values)])

    bound = next(one for one in office.checks if one.id == "cat-1984-art3").bound
    assert (bound["AM"].since, bound["AM"].since_not_later_than) == (date(1993, 9, 13), None)
    assert bound["AZ"].since_not_later_than == date(1999, 6, 25)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"in_force": "1999-01-01"}, "1999-01-01 lies before the instrument opened (2002-10-07)"),
        ({"in_force": "2005-30-30"}, "`in_force` is not a date"),
        ({"status": "member"}, "“member” is not a known word for `status`"),
        ({"colour": "red"}, "`colour` is not a key of this table"),
        ({"state": None}, "`state` is missing or empty"),
        ({"in_force_not_later_than": "2004-05-01"}, "The bounds overlap"),
    ],
)
def test_a_correction_the_loader_would_refuse_is_refused_in_its_words(values: Mapping[str, Value], words: str) -> None:
    register = default_register()

    with pytest.raises(LawDataError) as caught:
        overlaid(register, [reading(register, TJ, values)])

    assert words in str(caught.value)
    assert caught.value.where.startswith("chisinau-2002.toml, party 6")
    assert caught.value.fault is not None


def test_general_knowledge_confirms_nothing() -> None:
    register = default_register()

    with pytest.raises(LawDataError, match="general knowledge was not verified"):
        overlaid(register, [reading(register, TJ, DATED, source="general knowledge")])


@pytest.mark.parametrize(
    ("fact", "values", "words"),
    [
        (KEY, {"signed": "2002-10-07"}, "confirms one key and corrects others"),
        (FactId("human-rights/check/cat-1984-art3/party/AM/since_not_later_than"), {}, "is not confirmed alone"),
        (FactId("human-rights/check/cat-1984-art3"), {"party/XX/since": "1990-01-01"}, "no such table within it"),
    ],
)
def test_what_cannot_be_confirmed_so_is_refused(fact: FactId, values: Mapping[str, Value], words: str) -> None:
    register = default_register()

    with pytest.raises(LawDataError, match=words):
        overlaid(register, [reading(register, fact, values)])


def test_of_two_confirmations_of_a_fact_the_later_stands_upon_the_earlier() -> None:
    register = default_register()
    first = reading(register, TJ, DATED, at="2026-11-20T08:00:00Z", event="a")
    second = reading(register, TJ, {"in_force": "2006-06-21"}, at="2026-11-21T08:00:00Z", event="b")

    for given in ([first, second], [second, first]):
        one = facts(overlaid(register, given))[TJ]
        assert (one.keys["in_force"], one.keys.get("in_force_not_later_than")) == ("2006-06-21", None)


def test_a_confirmation_over_an_overlaid_register_counts_against_the_shared_one() -> None:
    register = default_register()
    office = overlaid(register, [reading(register, TJ, DATED)])

    again = reading(office, UZ)

    assert again.release == register.release
    assert {made.fact for made in overlaid(office, [reading(office, TJ, DATED), again]).overlay} == {TJ, UZ}
    assert overlaid(office, []).overlay == ()


# When the shared register changes


def edited(name: str, old: str, new: str) -> Register:
    texts = dict(folder_texts())
    assert texts[name].count(old) == 1
    return load_texts({**texts, name: texts[name].replace(old, new)}.items())


def test_a_confirmation_of_a_fact_that_changed_is_stale_and_does_not_count() -> None:
    register = default_register()
    made = reading(register, TJ, DATED)
    changed = edited("chisinau-2002.toml", "in_force_not_later_than = 2006-01-01", "in_force_not_later_than = 2006-02-01")
    gone = edited("chisinau-2002.toml", 'state = "TJ"', 'state = "CY"')

    assert stale(register, [made]) == ()
    assert stale(changed, [made]) == stale(gone, [made]) == (made,)
    assert overlaid(changed, [made]) is changed


def test_a_confirmation_lasts_over_changes_elsewhere_and_of_words() -> None:
    register = default_register()
    made = reading(register, TJ, DATED)

    for other in (
        edited("un-drugs-1988.toml", "opened = 1988-12-20", "opened = 1988-12-19"),
        edited("chisinau-2002.toml", "Signature verified; believed in force from early 2005.", "Another remark."),
    ):
        assert stale(other, [made]) == ()
        assert [one.fact for one in overlaid(other, [made]).overlay] == [TJ]


def test_without_a_digest_a_confirmation_counts_for_its_release_alone() -> None:
    register = default_register()
    made = Confirmation(fact=TJ, values=DATED, source="s", read_on=DAY, office="kz-gpo", by="officer", release=register.release)
    other = edited("un-drugs-1988.toml", "opened = 1988-12-20", "opened = 1988-12-19")

    assert [one.fact for one in overlaid(register, [made]).overlay] == [TJ]
    assert stale(other, [made]) == (made,)


# The patch for the shared register


def confirmations(register: Register) -> list[Confirmation]:
    check: Mapping[str, Value] = {"party/AM/since": "1993-09-13", "party/AM/since_not_later_than": None}
    return [
        reading(register, TJ, DATED, note='Page 3, "in force"\nsee also p. 4', at="2026-11-20T08:00:00Z"),
        reading(register, KEY, at="2026-11-20T09:00:00Z"),
        reading(register, FactId("human-rights/check/cat-1984-art3"), check, at="2026-11-20T10:00:00Z"),
        reading(register, FactId("bilateral-kz/treaty/kz-uz-mla-1997"), {"note": "Read, art. 1."}, at="2026-11-20T11:00:00Z"),
        reading(register, FactId("kz-domestic-law/head/KZ"), at="2026-11-20T12:00:00Z"),
    ]


@pytest.fixture(scope="module")
def found() -> Mapping[str, str]:
    """The files that the patch changes."""
    register = default_register()
    return mended(folder_texts(), read_patch(patch(register, confirmations(register))))


def test_the_patch_makes_the_shared_files_hold_what_was_confirmed(found: Mapping[str, str]) -> None:
    register = default_register()
    made = confirmations(register)
    texts = folder_texts()

    patched = load_texts({**texts, **found}.items())
    assert facts(patched) == facts(overlaid(register, made))
    assert set(found) == {"chisinau-2002.toml", "human-rights.toml", "bilateral-kz.toml", "national-kz.toml"}
    assert patched.release != register.release
    assert {one.fact for one in adopted(patched, made)} == {
        TJ,
        FactId("human-rights/check/cat-1984-art3"),
        FactId("bilateral-kz/treaty/kz-uz-mla-1997"),
    }
    assert stale(patched, made) == ()


def test_the_patch_keeps_comments_and_order(found: Mapping[str, str]) -> None:
    before = folder_texts()["chisinau-2002.toml"].splitlines()

    after = found["chisinau-2002.toml"].splitlines()

    comments = [line for line in before if line.startswith("#")]
    assert comments
    assert [line for line in after if line.startswith("#")] == comments
    assert [line for line in after if line.startswith("state")] == [line for line in before if line.startswith("state")]
    assert len([line for line in before if line not in after]) <= 6


def test_a_patch_says_who_read_it_and_where() -> None:
    text = patch(default_register(), confirmations(default_register()))

    assert "# kz-gpo, officer, read on 2026-11-20" in text.splitlines()
    assert "Page 3" not in text, "a remark is the office's own"
    assert 'source = "the depositary\'s list of 3 March 2026"' in text
    assert text.count("[[change]]") == 5


def test_a_patch_of_a_fact_that_changed_touches_nothing() -> None:
    register = default_register()
    text = patch(register, confirmations(register))
    texts = dict(folder_texts())
    texts["chisinau-2002.toml"] = texts["chisinau-2002.toml"].replace(
        "in_force_not_later_than = 2006-01-01", "in_force_not_later_than = 2006-02-01"
    )

    with pytest.raises(LawDataError, match="has changed since it was read"):
        mended(texts, read_patch(text))


def test_what_the_loader_would_refuse_is_not_written() -> None:
    text = patch(default_register(), [reading(default_register(), TJ, DATED)]).replace("2006-06-20", "1990-01-01")

    with pytest.raises(LawDataError, match="lies before the instrument opened"):
        mended(folder_texts(), read_patch(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "schema = 2",
        "schema = 1\nchange = 3",
        "schema = 1\n[[change]]\nfact = 1",
        'schema = 1\n[[change]]\nfact = "a"\nheld = "b"\nshell = "c"',
        "= 1",
    ],
)
def test_what_is_no_patch_is_refused(text: str) -> None:
    with pytest.raises(LawDataError, match=r"not a patch|not a change|not TOML"):
        read_patch(text)


def test_an_answer_names_what_the_office_confirmed_where_it_rests_on_it() -> None:
    register = default_register()
    after = overlaid(register, [reading(register, TJ)])
    touched, other = (resolve(after, one, "TJ", "extradition", date(2018, 9, 20)) for one in ("KZ", "GE"))
    assert [one["fact"] for one in to_json(touched, after)["confirmed"]] == [TJ]
    assert any(sentence.section == "confirmed" for sentence in explain(touched, after, "ru"))
    untouched = resolve(after, "RU", "AM", "extradition", date(2018, 9, 20))
    assert to_json(untouched, after)["confirmed"] == []
    assert not any(sentence.section == "confirmed" for sentence in explain(untouched, after, "en"))
    assert to_json(other, register)["confirmed"] == []
