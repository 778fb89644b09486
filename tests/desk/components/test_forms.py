"""Forms of the desk: every control is named, every problem is said at its field and above, and nothing typed is lost."""

from collections.abc import Mapping
from datetime import date

import pytest
from django import forms
from django.template import Context, Template

from comity.desk.components.forms import DateField, DeskBoundField, DeskForm, FieldLaw, problems
from comity.desk.components.model import Certainty, Citation


class Person(DeskForm):
    """A small form with each kind of row."""

    laws: Mapping[str, FieldLaw] = {
        "residence": FieldLaw(
            citation=Citation(text="Chisinau 2002, art. 7", certainty=Certainty.UNVERIFIED), why="Without it requests come back"
        )
    }
    unknowns: Mapping[str, str] = {"residence": "residence_unknown"}

    residence = forms.CharField(label="Residence", help_text="Street, house, flat.")
    residence_unknown = forms.BooleanField(label="Unknown", required=False)
    born = DateField(label="Date of birth")
    role = forms.ChoiceField(label="Role", choices=[("witness", "Witness"), ("victim", "Victim")], widget=forms.RadioSelect)


def test_a_field_stands_beside_the_article_that_asks_for_it() -> None:
    html = str(Person())
    assert "Chisinau 2002, art.\u00a07</cite>" in html
    assert "Without it requests come back" in html
    assert 'href="#mark-half"' in html


def test_the_answer_unknown_stands_in_the_row_of_its_field() -> None:
    form = Person()
    assert [bound.name for bound in form.rows()] == ["residence", "born", "role"]
    assert str(form).count('name="residence_unknown"') == 1


def test_a_missing_item_is_told_from_a_wrong_one() -> None:
    form = Person({"born": "31.02.1987", "role": "witness"})
    residence, born = form["residence"], form["born"]
    assert isinstance(residence, DeskBoundField)
    assert isinstance(born, DeskBoundField)
    assert (residence.missing, born.missing) == (True, False)
    assert 'href="#mark-missing"' in str(form["residence"].as_field_group())
    assert 'href="#mark-warning"' in str(form["born"].as_field_group())


def test_every_problem_leads_to_a_control_that_exists() -> None:
    form = Person({"born": "31.02.1987"})
    found = list(problems(form))
    assert [problem.label for problem in found] == ["Residence", "Date of birth", "Role"]
    for problem in found:
        assert f'id="{problem.anchor}"' in str(form)


def test_the_summary_is_silent_when_all_is_well() -> None:
    template = Template("{% error_summary form %}")
    assert not template.render(Context({"form": Person()})).strip()
    assert "#id_residence" in template.render(Context({"form": Person({})}))


def test_a_control_names_its_hint_and_its_problem() -> None:
    html = str(Person({})["residence"])
    assert 'aria-describedby="id_residence_helptext id_residence_error"' in html
    assert 'aria-invalid="true"' in html
    assert "govuk-input govuk-input--error" in html


@pytest.mark.parametrize("typed", ["14.05.1987", "14 05 1987", "14/05/1987", "1987-05-14"])
def test_a_day_is_read_day_first(typed: str) -> None:
    form = Person({"residence": "Khujand", "born": typed, "role": "victim"})
    assert form.is_valid()
    assert form.cleaned_data["born"] == date(1987, 5, 14)


def test_a_wrong_day_comes_back_as_it_was_typed() -> None:
    assert 'value="31.02.1987"' in str(Person({"born": "31.02.1987"})["born"])


def test_text_from_people_is_never_markup() -> None:
    form = Person({"residence": "<b>Isfara</b>", "born": "1", "role": "x"})
    assert "<b>Isfara" not in str(form)
