"""How a form is drawn: beside each field, in a ruled margin, the article that asks for it; what is missing or wrong there and on top.

A page makes a `DeskForm`, tells it the law of its fields (`laws`), which field may be answered "Unknown" by which checkbox (`unknowns`) and
how wide an answer is (`widths`), and shows it with `{{ form }}`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input
from django.utils.translation import gettext_lazy as _

from comity.desk.components.model import Citation, Words

CONTROL_CLASSES = (
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.SelectMultiple, "govuk-select"),
    (forms.Select, "govuk-select"),
    (Input, "govuk-input"),
)
DEFAULT_WIDTHS = ((forms.DateInput, "m"), (forms.Textarea, ""), (forms.FileInput, ""), (forms.NumberInput, "s"), (forms.Select, "m"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLaw:
    """Which article asks for a field, and why it is asked. `demanded` False: the article does not apply here; the field is optional."""

    citation: Citation | None = None
    why: Words = ""
    demanded: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something missing or wrong in a form: what to do about it, and the field it belongs to (its anchor, or nothing)."""

    text: str
    label: str = ""
    anchor: str = ""


class DeskBoundField(BoundField):
    """A field with what the desk shows beside it."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Django's attributes, and the class of the control."""
        built = super().build_widget_attrs(attrs, widget)
        base = _control_class(widget or self.field.widget)
        if base:
            given = (widget or self.field.widget).attrs.get("class", "")
            built["class"] = " ".join(filter(None, (given, base, f"{base}--error" if self.errors else "")))
        return built

    @property
    def law(self) -> FieldLaw | None:
        """The article that asks for this field."""
        return _of_form(self.form, "laws").get(self.name)

    @property
    def unknown(self) -> "BoundField | None":
        """The checkbox that answers "Unknown" instead."""
        name = _of_form(self.form, "unknowns").get(self.name)
        return self.form[name] if name else None

    @property
    def width(self) -> str:
        """s, m or l; empty: as wide as the column."""
        widget = self.field.widget
        chosen: str | None = _of_form(self.form, "widths").get(self.name)
        default = next((width for kind, width in DEFAULT_WIDTHS if isinstance(widget, kind)), "l")
        return default if chosen is None else chosen

    @property
    def missing(self) -> bool:
        """Nothing was given where something is required; otherwise an error means that what was given is wrong."""
        return any(error.code == "required" for error in self.errors.as_data())

    @property
    def single_checkbox(self) -> bool:
        """The field is one box to tick: its label stands beside the box."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def anchor(self) -> str:
        """The id of the control that a link to this field should open."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.id_for_label


def _control_class(widget: forms.Widget) -> str:
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return ""
    return next((name for kind, name in CONTROL_CLASSES if isinstance(widget, kind)), "")


def _of_form(form: forms.BaseForm, name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = getattr(form, name, {})
    return found


class DeskRenderer(TemplatesSetting):
    """Forms through the project's templates, so `django/forms/widgets/*.html` of this app win over Django's."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    bound_field_class = DeskBoundField


class DateInput(forms.DateInput):
    """A day, written day first as all our languages do. Plain text, so that what was typed wrong comes back as it was typed."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """With the keyboard for numbers on a phone."""
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})}, format="%d.%m.%Y")


class DateField(forms.DateField):
    """A day: 14.05.1987, 14 05 1987, 14/05/1987, or 1987-05-14 as machines write it."""

    widget = DateInput
    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": _("Write day, month and year: 14.05.1987.")}

    def __init__(self, **options: Any) -> None:
        """Django's options; the formats are ours."""
        super().__init__(input_formats=["%d.%m.%Y", "%d %m %Y", "%d/%m/%Y", "%Y-%m-%d"], **options)


class DeskForm(forms.Form):
    """A form of the desk: checked by the server only, so that every problem is said in our words beside its article."""

    use_required_attribute = False
    laws: Mapping[str, FieldLaw] = {}
    unknowns: Mapping[str, str] = {}
    widths: Mapping[str, str] = {}

    def rows(self) -> Iterator[BoundField]:
        """The fields that stand on a row of their own, in order."""
        beside = set(self.unknowns.values())
        return (self[name] for name in self.fields if name not in beside and not self[name].is_hidden)


def problems(form: forms.BaseForm) -> Iterator[Problem]:
    """What is missing or wrong, in the order of the fields; what concerns the whole form comes first."""
    for text in form.non_field_errors():
        yield Problem(text=str(text))
    for bound in form:
        for text in bound.errors:
            yield Problem(text=str(text), label=str(bound.label), anchor=getattr(bound, "anchor", bound.id_for_label))
