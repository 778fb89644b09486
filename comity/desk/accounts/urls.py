"""The addresses of accounts, each list included under its own prefix."""

from django.urls import path

from comity.desk.accounts import views

# /log-in, /log-out, /language
session = [
    path("log-in", views.log_in, name="log-in"),
    path("log-out", views.log_out, name="log-out"),
    path("language", views.set_language, name="set_language"),
]

# /administration/people
administration = [
    path("people", views.people_list, name="people"),
    path("people/add", views.person_add, name="person-add"),
    path("people/<uuid:user_id>", views.person_change, name="person-change"),
    path("people/<uuid:user_id>/password", views.person_password, name="person-password"),
    path("people/<uuid:user_id>/close", views.person_close, name="person-close"),
    path("people/<uuid:user_id>/open", views.person_open, name="person-open"),
]
