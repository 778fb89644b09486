"""How a form is drawn: the desk's own field and widget templates in place of Django's."""

from django.forms.renderers import TemplatesSetting


class DeskRenderer(TemplatesSetting):
    """Forms through the project's templates, so `django/forms/widgets/*.html` of this app win over Django's."""
