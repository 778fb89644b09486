"""One page with every component in its states, for those who build pages and for the tests of the look."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def show(request: HttpRequest) -> HttpResponse:
    """The gallery in the reader's language."""
    return render(request, "components/gallery.html")
