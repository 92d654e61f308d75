from django.urls import path

from customers.views import calls

app_name = "calls"
urlpatterns = [
    path("", calls.mine, name="mine"),
    path("dial/", calls.dial, name="dial"),
    path("<int:pk>/caller/", calls.caller, name="caller"),
    path("<int:pk>/recording/", calls.recording, name="recording"),
]
