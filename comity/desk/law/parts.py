"""The parts of Law as tabs on each of its main pages."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comity.desk.components.model import Tab

# Name of the address and what it is called, in the order of the tabs.
PARTS = (
    ("law:home", _("Ask the law")),
    ("law:matrix", _("Who is bound by what")),
    ("law:pairs", _("A pair of States")),
    ("law:instruments", _("Instruments")),
    ("law:states", pgettext_lazy("part of the law", "States")),
    ("law:quality", _("What is verified")),
    ("law:confirmations", _("Confirmed here")),
)


def tabs(current: str) -> tuple[Tab, ...]:
    """The parts of Law; `current` is the name of the address of the page."""
    return tuple(Tab(text=text, url=reverse(name), current=name == current) for name, text in PARTS)
