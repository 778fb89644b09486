"""The tags of the desk, loaded in every template."""

from django import template

register = template.Library()
