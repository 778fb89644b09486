"""/gallery: every component on one page."""

from django.urls import path

from comity.desk.components.gallery import views

urlpatterns = [path("", views.show, name="gallery")]
