from django.urls import path

from vehicles.views import log, vehicle

app_name = "vehicles"
urlpatterns = [
    path("new/", vehicle.vehicle_new, name="new"),
    path("alike/", vehicle.vehicle_alike, name="alike"),
    path("models/", vehicle.vehicle_models, name="models"),
    path("told/", vehicle.vehicle_told, name="told"),
    path("doubt/", vehicle.vehicle_doubt, name="doubt"),
    path("<int:pk>/edit/", vehicle.vehicle_edit, name="edit"),
    path("<int:pk>/sell/", vehicle.vehicle_sell, name="sell"),
    path("<int:pk>/plate/", vehicle.vehicle_plate, name="plate"),
    path("<int:pk>/odometer/", vehicle.vehicle_odometer, name="odometer"),
    path("<int:pk>/role/", vehicle.vehicle_role, name="role"),
    path("<int:pk>/take/", vehicle.vehicle_take, name="take"),
    path("roles/<int:pk>/end/", vehicle.role_end, name="role_end"),
    path("<int:pk>/log/", log.vehicle_log, name="log"),
]
