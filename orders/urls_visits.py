"""Машинозаезд."""

from django.urls import path

from orders.views import visits

app_name = "visits"
urlpatterns = [
    path("", visits.visit_list, name="list"),
    path("new/", visits.visit_new, name="new"),
    path("<int:pk>/", visits.visit_page, name="page"),
    path("<int:pk>/edit/", visits.visit_edit, name="edit"),
    path("<int:pk>/mark/", visits.visit_mark, name="mark"),
    path("marks/<int:pk>/remove/", visits.visit_unmark, name="unmark"),
    path("<int:pk>/photos/add/", visits.visit_photo_add, name="photo_add"),
    path("photos/<uuid:name>/", visits.visit_photo, name="photo"),
    path("photos/<uuid:name>/remove/", visits.visit_photo_remove, name="photo_remove"),
    path("<int:pk>/sign/", visits.visit_sign, name="sign"),
    path("<int:pk>/work-order/", visits.visit_work_order, name="work_order"),
    path("<int:pk>/check-out/", visits.visit_check_out, name="check_out"),
    path("<int:pk>/print/", visits.visit_print, name="print"),
]
