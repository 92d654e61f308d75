"""What was found on a vehicle and put off, each by its own key."""

from django.urls import path

from orders.views import approvals, defects, deferred

app_name = "inspection"
urlpatterns = [
    path("deferred/<int:pk>/drop/", deferred.deferred_drop, name="drop"),
    path("defects/<int:pk>/", defects.defect_edit, name="defect"),
    path("defects/<int:pk>/remove/", defects.defect_remove, name="defect_remove"),
    path("defects/<int:pk>/defer/", defects.defect_defer, name="defect_defer"),
    path("defects/<int:pk>/estimate/", defects.defect_estimate, name="defect_estimate"),
    path("photos/<uuid:name>/", defects.photo, name="photo"),
    path("photos/<uuid:name>/remove/", defects.photo_remove, name="photo_remove"),
    path("materials/<int:pk>/", approvals.material_edit, name="material"),
    path("materials/<int:pk>/remove/", approvals.material_remove, name="material_remove"),
]
