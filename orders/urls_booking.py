"""Запись на ремонт."""

from django.urls import path

from orders.views import booking, feeds

app_name = "booking"
urlpatterns = [
    path("", booking.booking_calendar, name="calendar"),
    path("new/", booking.booking_new, name="new"),
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/<str:token>.ics", feeds.feed, name="feed"),
    path("slots/<int:pk>/", booking.slot_move, name="slot"),
    path("slots/<int:pk>/remove/", booking.slot_remove, name="slot_remove"),
    path("<int:pk>/", booking.booking_page, name="page"),
    path("<int:pk>/edit/", booking.booking_edit, name="edit"),
    path("<int:pk>/link/", booking.booking_link, name="link"),
    path("<int:pk>/time/", booking.slot_add, name="slot_add"),
    path("<int:pk>/work-order/", booking.booking_work_order, name="work_order"),
]
