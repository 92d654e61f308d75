"""Of a vehicle's page, what this floor shows."""

from django.urls import path

from orders.views import charts, deferred, selections, vehicle

app_name = "orders_vehicle"
urlpatterns = [
    path("<int:pk>/history/", vehicle.vehicle_history, name="history"),
    path("<int:pk>/mileage/", charts.vehicle_mileage, name="mileage"),
    path("<int:pk>/works/", vehicle.vehicle_works, name="works"),
    path("<int:pk>/goods/", vehicle.vehicle_goods, name="goods"),
    path("<int:pk>/deferred/", deferred.vehicle_deferred, name="deferred"),
    path("<int:pk>/recommend/", deferred.vehicle_recommend, name="recommend"),
    path("<int:pk>/selections/", selections.vehicle_selections, name="selections"),
]
