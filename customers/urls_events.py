from django.urls import path

from customers.views import events

app_name = "events"
urlpatterns = [
    path("<int:pk>/process/", events.process, name="process"),
    path("<int:pk>/hand-over/", events.hand_over, name="hand_over"),
    path("<int:pk>/postpone/", events.postpone, name="postpone"),
    path("<int:pk>/reopen/", events.reopen, name="reopen"),
]
