"""Logging in and out, one's language, and the Administration page of people."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth import login as start_session
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import check_for_language, gettext
from django.views import i18n
from django.views.decorators.http import require_POST

from comity.desk.accounts import people
from comity.desk.accounts.access import person, requires
from comity.desk.accounts.forms import LoginForm, NewPersonForm, PasswordForm, PersonForm
from comity.desk.accounts.models import User
from comity.desk.components.forms import DeskForm
from comity.desk.components.model import Crumb
from comity.node.roles import Action


class LogIn(auth_views.LoginView):
    """The login page; afterwards the page that was asked for, or Today."""

    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def get_form(self, form_class: Any = None) -> Any:  # noqa: ARG002  # Django's signature; there is one form
        """The form with the request and the time it is judged by."""
        return LoginForm(self.request, timezone.now(), _typed(self.request))

    def form_valid(self, form: Any) -> HttpResponseRedirect:
        """Starts the session of the person who gave the right name and password."""
        start_session(self.request, form.user)
        return HttpResponseRedirect(self.get_success_url())


log_in = LogIn.as_view()
log_out = auth_views.LogoutView.as_view(next_page="log-in")


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Keeps the chosen language with the person and in a cookie, and goes back to the page (`next`). Works without script."""
    language = request.POST.get("language", "")
    if isinstance(request.user, User) and check_for_language(language):
        User.objects.filter(pk=request.user.pk).update(language=language)
    return i18n.set_language(request)


# /administration/people


@requires(Action.MANAGE_PEOPLE)
def people_list(request: HttpRequest) -> HttpResponse:
    """Everybody with their unit and roles, those whose account is closed last."""
    everybody = User.objects.select_related("unit").prefetch_related("roles_held").order_by("-is_active", "login")
    return render(request, "accounts/people.html", {"people": everybody, "open": sum(someone.is_active for someone in everybody)})


@requires(Action.MANAGE_PEOPLE)
def person_add(request: HttpRequest) -> HttpResponse:
    """A new person."""
    form = NewPersonForm(_typed(request))
    if form.is_valid() and _done(form, lambda: people.create_user(**form.values(), at=timezone.now(), by=person(request))):
        return redirect("people")
    return _page(request, "person_add", form)


@requires(Action.MANAGE_PEOPLE)
def person_change(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Names, unit, roles and language of one person."""
    user = get_object_or_404(User, pk=user_id)
    form = PersonForm(_typed(request), initial=_initial(user))
    if form.is_valid() and _done(form, lambda: people.change_user(user, **form.values(), at=timezone.now(), by=person(request))):
        return redirect("people")
    return _page(request, "person_change", form, user)


@requires(Action.MANAGE_PEOPLE)
def person_password(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """A new password for one person; it ends their sessions."""
    user = get_object_or_404(User, pk=user_id)
    form = PasswordForm(_typed(request))
    if form.is_valid() and _done(
        form, lambda: people.set_password(user, form.cleaned_data["password"], at=timezone.now(), by=person(request))
    ):
        return redirect("people")
    return _page(request, "person_password", form, user)


@requires(Action.MANAGE_PEOPLE)
def person_close(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Closes one account, after a page that says what follows."""
    user = get_object_or_404(User, pk=user_id)
    form = DeskForm(_typed(request))
    if form.is_valid() and _done(form, lambda: people.deactivate(user, at=timezone.now(), by=person(request))):
        return redirect("people")
    return _page(request, "person_close", form, user)


@require_POST
@requires(Action.MANAGE_PEOPLE)
def person_open(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Opens a closed account again."""
    people.activate(get_object_or_404(User, pk=user_id), at=timezone.now(), by=person(request))
    return redirect("people")


def _typed(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _done(form: DeskForm, act: Callable[[], object]) -> bool:
    try:
        act()
    except people.PeopleError as error:
        form.add_error(error.where if error.where in form.fields else None, error.what)
        return False
    return True


def _page(request: HttpRequest, name: str, form: DeskForm, someone: User | None = None) -> HttpResponse:
    way = (Crumb(text=gettext("People"), url=reverse("people")),)
    context = {"form": form, "someone": someone, "way": way}
    return render(request, f"accounts/{name}.html", context, status=422 if form.is_bound else 200)


def _initial(user: User) -> dict[str, Any]:
    return {
        "display_name": user.display_name,
        "display_name_ru": user.display_name_ru,
        "unit": user.unit_id,
        "roles": sorted(user.roles),
        "language": user.language,
    }
