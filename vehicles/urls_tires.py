"""The tire hotel."""

from django.urls import path

from vehicles.views import tire_acts, tire_counts, tire_photos, tires

app_name = "tires"
urlpatterns = [
    path("", tires.tires, name="tires"),
    path("new/", tire_acts.take_in, name="take_in"),
    path("racks/", tires.racks, name="racks"),
    path("racks/new/", tire_acts.lay_out, name="lay_out"),
    path("racks/labels/", tires.cell_labels, name="cell_labels"),
    path("racks/offered/", tires.offered, name="offered"),
    path("pick/", tires.pick_list, name="pick_list"),
    path("counts/", tire_counts.counts, name="counts"),
    path("counts/new/", tire_counts.count_start, name="count_start"),
    path("counts/<int:pk>/", tire_counts.count, name="count"),
    path("counts/<int:pk>/finish/", tire_counts.count_finish, name="count_finish"),
    path("<int:pk>/", tires.tire_set, name="set"),
    path("<int:pk>/edit/", tire_acts.edit, name="edit"),
    path("<int:pk>/relocate/", tire_acts.relocate, name="relocate"),
    path("<int:pk>/request/", tire_acts.ask_for, name="request"),
    path("<int:pk>/recall/", tire_acts.recall, name="recall"),
    path("<int:pk>/release/", tire_acts.release, name="release"),
    path("<int:pk>/swap/", tire_acts.swap, name="swap"),
    path("<int:pk>/notice/", tire_acts.notice, name="notice"),
    path("<int:pk>/dispose/", tire_acts.dispose, name="dispose"),
    path("<int:pk>/measure/", tire_acts.measure, name="measure"),
    path("measured/<int:pk>/photos/", tire_photos.tire_photo_add, name="photo_add"),
    path("photos/<uuid:name>/", tire_photos.tire_photo, name="photo"),
    path("photos/<uuid:name>/remove/", tire_photos.tire_photo_remove, name="photo_remove"),
    path("<int:pk>/label/", tires.label, name="label"),
    path("<int:pk>/act/", tires.act, name="act"),
    path("<int:pk>/note/", tires.release_note, name="release_note"),
]
