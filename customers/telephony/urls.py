from django.urls import path

from customers.views import calls

app_name = "calls"
urlpatterns = [
    path("dial/", calls.dial, name="dial"),
    path("<int:pk>/caller/", calls.caller, name="caller"),
]
