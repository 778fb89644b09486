"""Every address of the desk, grouped under a comment with its prefix."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    # /language
    path("language/", include("django.conf.urls.i18n")),
]

if settings.GALLERY:
    # /gallery — every component on one page, for those who build pages
    urlpatterns += [path("gallery", include("comity.desk.components.urls"))]
