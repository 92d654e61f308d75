from django.urls import path

from customers.views import tasks

app_name = "tasks"
urlpatterns = [
    path("", tasks.tasks, name="tasks"),
    path("colleagues/", tasks.colleagues_named, name="colleagues"),
    path("count/", tasks.count, name="count"),
]
