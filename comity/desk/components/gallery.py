"""One page with every component in its states, for those who build pages and for the tests of the look."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def show(request: HttpRequest) -> HttpResponse:
    """The gallery in the reader's language."""
    return render(request, "components/gallery.html")
