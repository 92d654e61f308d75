from django.urls import path

from vehicles.views import log

app_name = "vehicles"
urlpatterns = [
    path("<int:pk>/log/", log.vehicle_log, name="log"),
]
