from django.urls import path

from customers.views import counterparty, panels

app_name = "customers"
urlpatterns = [
    path("<int:pk>/attention/", counterparty.attention, name="attention"),
    path("<int:pk>/log/", panels.customer_log, name="log"),
]
