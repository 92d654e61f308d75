"""Of the tire hotel, what this floor shows: what the storage of a set costs."""

from django.urls import path

from orders.views import tire_charges

app_name = "orders_tires"
urlpatterns = [
    path("<int:pk>/charges/", tire_charges.charges, name="charges"),
    path("<int:pk>/charge/", tire_charges.charge, name="charge"),
]
