"""What may be done, and the refusals: a code, the article, the field, what is missing."""

from dataclasses import replace

import pytest

from comity.identifiers import OfficeId
from comity.law.basis import BasisKind, Purpose
from comity.law.model import Confidence
from comity.procedures import (
    UNKNOWN,
    Accepted,
    No,
    Refusal,
    decide,
    grounds,
    holder,
    missing,
    open_moves,
    open_notes,
    procedure,
    role_of,
)
from tests.procedures.samples import ASTANA, DUSHANBE, MOSCOW, answers, applied, attachment, basis, opened, required

EXTRADITION = procedure("extradition", 1)
ASSISTANCE = procedure("mutual-assistance", 1)
CONSULTATION = procedure("consultation", 1)
SEND = EXTRADITION.action("request.sent/1")
REFUSE = EXTRADITION.action("extradition.refused/1")
GRANT = EXTRADITION.action("extradition.granted/1")
NO_RISK = [{"check": name, "answer": "no-risk", "reasons": ""} for name in ("cat-1984-art3", "consular-1963-art36")]


def at(name, procedure=EXTRADITION):
    return replace(opened(procedure), state=procedure.state(name))


def refused(answer):
    assert isinstance(answer, Refusal)
    return answer


def test_a_complete_request_is_accepted_with_its_content():
    content = answers(EXTRADITION, SEND)
    assert decide(at("drafting"), DUSHANBE, SEND.act, content, basis()) == Accepted(act=SEND.act, content=content)


def test_what_nobody_answered_is_left_out_of_the_content():
    content = answers(EXTRADITION, SEND) | {"damage": "", "papers": []}
    accepted = decide(at("drafting"), DUSHANBE, SEND.act, content, basis())
    assert "damage" not in accepted.content
    assert "papers" not in accepted.content


def test_an_answer_to_a_field_that_no_longer_applies_is_left_out():
    content = answers(EXTRADITION, SEND) | {"purpose": "enforcement"}
    accepted = decide(at("drafting"), DUSHANBE, SEND.act, content, basis())
    assert "arrest_decision" not in accepted.content


def test_only_the_holder_moves():
    answer = refused(decide(at("drafting"), MOSCOW, "request.registered/1", {}, basis()))
    assert answer.ground is No.NOT_HOLDER
    assert str(answer.words) == "Your office does not hold the file: the matter stands at “In draft”. You can add a note."


def test_a_move_of_the_other_side_is_not_yours_even_when_you_hold_the_file():
    assert refused(decide(at("drafting"), DUSHANBE, "request.registered/1", {}, basis())).ground is No.NOT_YOURS


def test_a_move_of_another_state_is_not_open_now():
    answer = refused(decide(at("arrived"), MOSCOW, GRANT.act, {}, basis()))
    assert answer.ground is No.NOT_NOW
    assert "Request sent, not yet registered" in str(answer.words)


def test_an_office_that_plays_no_part_does_nothing():
    assert refused(decide(at("drafting"), ASTANA, "message.written/1", {"text": "Hello"}, None)).ground is No.NOT_A_PARTY


def test_an_act_that_is_not_there_is_refused():
    assert refused(decide(at("drafting"), DUSHANBE, "request.eaten/1", {}, None)).ground is No.UNKNOWN_ACT


def test_a_kind_not_known_here_is_kept_and_not_acted_in():
    unknown = replace(opened(EXTRADITION), procedure=None)
    assert refused(decide(unknown, DUSHANBE, "message.written/1", {"text": "Hello"}, None)).ground is No.UNKNOWN_KIND
    assert open_moves(unknown, DUSHANBE) == ()
    assert open_notes(unknown, DUSHANBE) == ()


def test_a_field_that_is_not_asked_is_refused():
    answer = refused(decide(at("drafting"), DUSHANBE, "message.written/1", {"text": "Hello", "colour": "red"}, None))
    assert (answer.ground, answer.field) == (No.UNKNOWN_FIELD, "colour")


def test_a_bad_value_is_refused_at_its_field():
    answer = refused(
        decide(at("arrest-asked"), MOSCOW, "detention.notified/1", {"detained_on": "yesterday", "place_of_detention": "Moscow"}, None)
    )
    assert (answer.ground, answer.field) == (No.INVALID, "detained_on")


def test_a_note_is_open_to_who_does_not_hold_the_file():
    accepted = decide(at("check"), DUSHANBE, "reminder.sent/1", {}, None)
    assert accepted == Accepted(act="reminder.sent/1", content={})


def test_a_note_is_offered_only_where_it_makes_sense():
    assert refused(decide(at("check"), MOSCOW, "detention.reported/1", {}, None)).ground is No.NOT_NOW
    assert "appeal.noted/1" in {note.act for note in open_notes(at("granted"), MOSCOW)}
    assert "appeal.noted/1" not in {note.act for note in open_notes(at("check"), MOSCOW)}


# The checklist


def test_what_the_act_always_asks_is_missing_without_an_article():
    answer = refused(decide(at("arrest-asked"), MOSCOW, "detention.notified/1", {"detained_on": "2026-11-01"}, None))
    assert answer.ground is No.INCOMPLETE
    assert [(one.field, one.article) for one in answer.missing] == [("place_of_detention", None)]


def test_refusal_names_the_article_that_asks_for_the_missing_item():
    content = answers(EXTRADITION, SEND)
    del content["damage"]
    answer = refused(decide(at("drafting"), DUSHANBE, SEND.act, content, basis(required=(required("damage"),))))
    assert answer.ground is No.INCOMPLETE
    assert (answer.article.instrument, answer.article.article) == ("minsk-1993", "58")
    assert [(one.field, one.name, one.article) for one in answer.missing] == [("damage", "damage", "58")]
    assert str(answer.words) == "“Send the extradition request” is not complete. Missing first: Amount of damage."


def test_an_item_of_a_person_is_missing_at_its_path():
    content = answers(EXTRADITION, SEND)
    content["person_claimed"] = {"full_name": "R. M."}
    items = missing(EXTRADITION, SEND, content, basis(required=(required("person_birth"),)))
    assert [one.field for one in items] == ["person_claimed.birth_date", "person_claimed.birth_place"]


def test_every_person_of_a_list_needs_the_item():
    send = ASSISTANCE.action("request.sent/1")
    content = answers(ASSISTANCE, send)
    content["persons"] = [*content["persons"], {"full_name": "A. B.", "role": "witness", "residence": UNKNOWN}]
    items = missing(
        ASSISTANCE, send, content, basis("mla", required=(required("person_residence", "7"), required("person_citizenship", "7")))
    )
    assert [one.field for one in items] == ["persons.1.citizenship"]


def test_persons_unknown_need_no_further_data():
    send = ASSISTANCE.action("request.sent/1")
    content = answers(ASSISTANCE, send, persons=UNKNOWN)
    assert missing(ASSISTANCE, send, content, basis("mla", required=(required("persons", "7"), required("person_birth", "7")))) == ()


@pytest.mark.parametrize(("purpose", "field"), [("prosecution", "arrest_decision"), ("enforcement", "judgment")])
def test_the_purpose_selects_the_annexes(purpose, field):
    annexes = (
        attachment("certified_arrest_decision", Purpose.PROSECUTION),
        attachment("certified_final_judgment", Purpose.ENFORCEMENT),
    )
    content = answers(EXTRADITION, SEND, purpose=purpose)
    content[field] = []
    assert [one.field for one in missing(EXTRADITION, SEND, content, basis(attachments=annexes))] == [field]


def test_one_item_that_two_articles_demand_is_listed_once_with_the_first():
    content = answers(EXTRADITION, SEND)
    del content["damage"]
    demands = (required("damage", "58", "minsk-1993"), required("damage", "12", "coe-extradition-1957"))
    assert [one.instrument for one in missing(EXTRADITION, SEND, content, basis(required=demands))] == ["minsk-1993"]


def test_an_item_that_the_act_always_asks_names_the_article_where_the_law_asks_it_too():
    content = answers(EXTRADITION, SEND)
    del content["facts"]
    assert [one.article for one in missing(EXTRADITION, SEND, content, basis())] == [None]
    assert [one.article for one in missing(EXTRADITION, SEND, content, basis(required=(required("facts"),)))] == ["58"]


def test_an_annex_of_another_purpose_is_not_demanded():
    annexes = (attachment("damage", Purpose.PROSECUTION),)
    for purpose, fields in (("prosecution", ["damage"]), ("enforcement", [])):
        content = answers(EXTRADITION, SEND, purpose=purpose)
        del content["damage"]
        assert [one.field for one in missing(EXTRADITION, SEND, content, basis(attachments=annexes))] == fields


def test_missing_items_stand_in_the_order_of_the_form():
    demands = (required("official_seal"), required("damage"), required("person_full_name"))
    items = missing(EXTRADITION, SEND, {"purpose": "prosecution"}, basis(required=demands))
    names = [field.name for field in EXTRADITION.asked(SEND)]
    places = [names.index(one.field.partition(".")[0]) for one in items]
    assert places == sorted(places)
    assert {"damage", "official_seal", "person_claimed", "facts"} <= {one.field for one in items}


def test_a_demand_that_no_field_answers_is_shown_and_never_swallowed():
    content = answers(EXTRADITION, SEND)
    items = missing(EXTRADITION, SEND, content, basis(required=(required("horoscope"), required("palm_print"))))
    assert [(one.field, one.name) for one in items] == [("", "horoscope"), ("", "palm_print")]


def test_every_field_that_answers_a_demand_must_be_given():
    doubled = replace(
        EXTRADITION,
        fields=tuple(replace(field, meets=("damage",)) if field.name == "limitation" else field for field in EXTRADITION.fields),
    )
    content = answers(doubled, SEND)
    del content["limitation"]
    assert [one.field for one in missing(doubled, SEND, content, basis(required=(required("damage"),)))] == ["limitation"]


# Law that carries the request


def test_a_request_needs_an_answer_of_the_law():
    assert refused(decide(at("drafting"), DUSHANBE, SEND.act, answers(EXTRADITION, SEND), None)).ground is No.NO_BASIS
    nothing = basis(basis=BasisKind.NONE, primary=())
    assert refused(decide(at("drafting"), DUSHANBE, SEND.act, answers(EXTRADITION, SEND), nothing)).ground is No.NO_BASIS


def test_a_request_names_only_instruments_that_apply():
    content = answers(EXTRADITION, SEND, basis=["chisinau-2002"])
    answer = refused(decide(at("drafting"), DUSHANBE, SEND.act, content, basis()))
    assert (answer.ground, answer.field) == (No.NOT_OFFERED, "basis")
    accepted = decide(at("drafting"), DUSHANBE, SEND.act, content, basis(primary=(applied("chisinau-2002"),)))
    assert isinstance(accepted, Accepted)


def test_a_refusal_rests_on_a_ground_that_the_law_gives():
    content = answers(EXTRADITION, REFUSE)
    assert isinstance(decide(at("check"), MOSCOW, REFUSE.act, content, basis()), Accepted)
    for wrong in (
        {"ground": "own-national", "instrument": "minsk-1993", "article": "58"},
        {"ground": "bad-weather", "instrument": "minsk-1993"},
    ):
        answer = refused(decide(at("check"), MOSCOW, REFUSE.act, content | {"ground": wrong}, basis()))
        assert (answer.ground, answer.field) == (No.NOT_OFFERED, "ground")


def test_a_human_rights_check_is_a_ground_too():
    offered = grounds(basis())
    assert [(one.ground, one.mandatory, one.absolute) for one in offered] == [
        ("own-national", True, False),
        ("sovereignty", False, False),
        ("torture", True, True),
        ("consular-notice", False, False),
    ]
    content = answers(EXTRADITION, REFUSE) | {"ground": offered[2].value()}
    assert isinstance(decide(at("check"), MOSCOW, REFUSE.act, content, basis()), Accepted)


def test_a_refusal_without_a_ground_is_incomplete():
    content = answers(EXTRADITION, REFUSE)
    del content["ground"]
    assert [one.field for one in refused(decide(at("check"), MOSCOW, REFUSE.act, content, basis())).missing] == ["ground"]


# Safeguards


@pytest.mark.parametrize("act", [GRANT, REFUSE])
def test_a_decision_answers_every_human_rights_check(act):
    answer = refused(decide(at("check"), MOSCOW, act.act, answers(EXTRADITION, act) | {"checks": NO_RISK[1:]}, basis()))
    assert answer.ground is No.UNANSWERED_CHECK
    assert answer.article.instrument == "cat-1984-art3"
    assert answer.words.say("en") == "A human-rights check is not answered: Check cat-1984-art3."
    assert "Проверка cat-1984-art3" in answer.words.say("ru")


def test_a_request_answers_every_human_rights_check_and_each_is_an_item_with_its_rule():
    content = answers(EXTRADITION, SEND) | {"checks": NO_RISK[1:]}
    answer = refused(decide(at("drafting"), DUSHANBE, SEND.act, content, basis()))
    assert answer.ground is No.UNANSWERED_CHECK
    (item,) = answer.missing
    assert (item.field, item.name, item.instrument, item.confidence) == (
        "checks.cat-1984-art3",
        "cat-1984-art3",
        "cat-1984-art3",
        Confidence.VERIFIED,
    )
    assert (item.said("en"), item.said("ru")) == ("Check cat-1984-art3", "Проверка cat-1984-art3")


def test_a_check_is_one_missing_item_beside_the_others_and_counted_once():
    content = answers(EXTRADITION, SEND)
    del content["facts"], content["checks"]
    found = missing(EXTRADITION, SEND, content, basis(required=(required("facts"),)))
    assert [one.field for one in found] == ["facts", "checks.cat-1984-art3", "checks.consular-1963-art36"]
    assert refused(decide(at("drafting"), DUSHANBE, SEND.act, content, basis())).ground is No.INCOMPLETE


def test_where_no_check_applies_none_is_missing():
    content = answers(EXTRADITION, SEND)
    del content["checks"]
    assert missing(EXTRADITION, SEND, content, basis(human_rights=())) == ()


def test_an_act_that_only_may_answer_checks_needs_none():
    action = ASSISTANCE.action("execution.started/1")
    content = answers(ASSISTANCE, action)
    del content["checks"]
    assert missing(ASSISTANCE, action, content, basis("mla")) == ()


def test_a_risk_on_an_absolute_ground_bars_the_extradition():
    checks = [{"check": "cat-1984-art3", "answer": "risk", "reasons": "Reports of the Committee."}, NO_RISK[1]]
    answer = refused(decide(at("check"), MOSCOW, GRANT.act, answers(EXTRADITION, GRANT) | {"checks": checks}, basis()))
    assert (answer.ground, answer.article.instrument) == (No.RISK, "cat-1984-art3")
    assert isinstance(decide(at("check"), MOSCOW, REFUSE.act, answers(EXTRADITION, REFUSE) | {"checks": checks}, basis()), Accepted)


@pytest.mark.parametrize(
    "checks",
    [
        [{"check": "cat-1984-art3", "answer": "assured", "reasons": "Letter of 3 November."}, NO_RISK[1]],
        [NO_RISK[0], {"check": "consular-1963-art36", "answer": "risk", "reasons": "The consul was told late."}],
    ],
)
def test_assurances_and_relative_risks_are_weighed_not_barred(checks):
    assert isinstance(decide(at("check"), MOSCOW, GRANT.act, answers(EXTRADITION, GRANT) | {"checks": checks}, basis()), Accepted)


def test_a_check_that_is_not_of_this_matter_is_refused():
    checks = [*NO_RISK, {"check": "invented-art1", "answer": "no-risk", "reasons": ""}]
    answer = refused(decide(at("check"), MOSCOW, GRANT.act, answers(EXTRADITION, GRANT) | {"checks": checks}, basis()))
    assert (answer.ground, answer.field) == (No.NOT_OFFERED, "checks")


# Who holds, who may


def test_the_holder_is_the_office_in_the_holding_role():
    assert [holder(at(name)) for name in ("drafting", "check", "closed")] == [DUSHANBE, MOSCOW, None]
    assert role_of(at("check"), DUSHANBE) == "requesting"
    assert role_of(at("check"), OfficeId("uz-gpo")) is None


def test_many_offices_give_their_position_and_none_of_them_concludes():
    state = at("open", CONSULTATION)
    for office in (MOSCOW, ASTANA):
        assert open_moves(state, office) == ()
        assert isinstance(decide(state, office, "position.given/1", {"position": "agrees"}, None), Accepted)
    assert {move.act for move in open_moves(state, DUSHANBE)} == {"term.extended/1", "consultation.concluded/1", "consultation.cancelled/1"}


def test_a_condition_may_hang_on_a_list_of_answers():
    send = ASSISTANCE.action("request.sent/1")
    content = answers(ASSISTANCE, send, acts_asked=["questioning"])
    assert "custodian" not in content
    demands = (required("custodian", "29(2)", "budapest-2001"),)
    assert missing(ASSISTANCE, send, content, basis("mla", required=demands)) == ()
    content["acts_asked"] = ["questioning", "data-preservation"]
    assert [one.field for one in missing(ASSISTANCE, send, content, basis("mla", required=demands))] == ["custodian"]


def test_a_field_is_found_by_its_path():
    assert ASSISTANCE.field("persons.3.birth_date") is ASSISTANCE.field("persons.birth_date")
    with pytest.raises(KeyError):
        ASSISTANCE.field("persons.0.shoe_size")
