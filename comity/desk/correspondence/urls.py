"""The addresses of Correspondence."""

from django.urls import path

from comity.desk.correspondence import views

app_name = "correspondence"
# /correspondence
urlpatterns = [path("", views.overview, name="overview")]
