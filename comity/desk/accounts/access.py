"""Who may open which page: the guard of a view, and the person behind a request."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from comity.desk.accounts.models import User
from comity.node.roles import ROLE_NAMES, Action, roles_for

P = ParamSpec("P")


def person(request: HttpRequest) -> User:
    """The person who is logged in. Raises TypeError where nobody is: `LoginRequiredMiddleware` lets no such request through."""
    if not isinstance(request.user, User):
        raise TypeError("Nobody is logged in.")
    return request.user


def requires(
    action: Action,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Lets only those through whose role allows `action`; others get a page (403) that names the roles which do."""

    def guard(
        view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if person(request).may(action):
                return view(request, *args, **kwargs)
            names = [ROLE_NAMES[role] for role in roles_for(action)]
            return render(request, "accounts/not_allowed.html", {"role_names": names}, status=403)

        return guarded

    return guard
