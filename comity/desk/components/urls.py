"""/gallery: every component on one page."""

from django.urls import path

from comity.desk.components import gallery

urlpatterns = [path("", gallery.show, name="gallery")]
