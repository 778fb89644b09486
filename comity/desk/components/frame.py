"""The frame of every page, for templates: `{{ frame }}`.

Which frame that is only the pages know (their counts are queries); they name a function in the setting `DESK_FRAME`, from request to
`Frame`. Before anybody has signed in the frame has only the name of the house.
"""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from comity.desk.components.model import Frame


def frame(request: HttpRequest) -> dict[str, object]:
    """`frame` for the template, made only when a page shows it."""
    return {"frame": SimpleLazyObject(lambda: _made(request))}


def _made(request: HttpRequest) -> Frame:
    name = getattr(settings, "DESK_FRAME", "")
    if not name:
        return Frame()
    return cast("Callable[[HttpRequest], Frame]", import_string(name))(request)
