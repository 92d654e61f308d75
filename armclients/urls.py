"""The map of the house: every prefix on one screen."""

from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path

from armclients.call_list import views as call_list
from armclients.favicon import favicon
from armclients.health import healthz
from armclients.login import LoginPage, admin_door
from armclients.outage import failure
from armclients.privacy import views as privacy
from armclients.workstation import board, calls, messages, new_client, preferences, talks, views
from customers.telephony.webhook import pbx
from customers.views.messages import sms_report, unsubscribe
from orders.views.pay import pay
from orders.views.prints import kept_print
from orders.views.public import answer_estimate, answer_photo

handler500 = failure

urlpatterns = [
    path("", views.workstation, name="workstation"),
    path("open/", views.jump_in, name="open"),
    path("counts/", views.box_counts, name="box_counts"),
    path("keys/", views.keys, name="keys"),
    path("calls/current/", calls.current, name="current_call"),
    path("calls/current/search/", calls.search_current, name="search_current_call"),
    path("calls/stream/", calls.stream, name="call_stream"),
    path("calls/", include("customers.telephony.urls")),
    path("pbx/<slug:provider>/", pbx, name="pbx"),
    path("pbx/<slug:provider>/<path:rest>", pbx, name="pbx_event"),
    path("customers/new/", new_client.new_client, name="new_client"),
    path("customers/new/alike/", new_client.alike_clients, name="alike_clients"),
    path("language/", preferences.set_language, name="set_language"),
    path("settings/search/", preferences.search_settings, name="search_settings"),
    path("settings/search/roles/", preferences.role_settings, name="role_settings"),
    path("settings/search/save/", preferences.save_search, name="save_search"),
    path("settings/search/saved/", preferences.saved_searches, name="saved_searches"),
    path("login/", LoginPage.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("customers/<int:pk>/info/", views.customer_info, name="customer_info"),
    path("customers/<int:pk>/events/", talks.customer_events, name="customer_events"),
    path("customers/<int:pk>/contact/", talks.customer_contact, name="customer_contact"),
    path("customers/<int:pk>/contact/register/", talks.register, name="register_contact"),
    path("vehicles/<int:pk>/info/", views.vehicle_info, name="vehicle_info"),
    path("customers/<int:pk>/write/", messages.write, name="write_message"),
    path("customers/<int:pk>/held/", privacy.held, name="held"),
    path("customers/<int:pk>/held/file/", privacy.held_file, name="held_file"),
    path("customers/<int:pk>/anonymise/", privacy.anonymise, name="anonymise"),
    path("sms/<slug:provider>/", sms_report, name="sms_report"),
    path("unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
    path("customers/", include("customers.urls")),
    path("customers/", include("orders.urls_customer")),
    path("booking/", include("orders.urls_booking")),
    path("visits/", include("orders.urls_visits")),
    path("documents/", include("orders.urls_document")),
    path("stock/", include("orders.urls_stock")),
    path("stock/lines/", include("orders.urls_line")),
    path("e/<str:token>/", answer_estimate, name="answer_estimate"),
    path("e/<str:token>/photos/<uuid:name>/", answer_photo, name="answer_photo"),
    path("inspection/", include("orders.urls_inspection")),
    path("pay/<str:token>/", pay, name="pay"),
    path("prints/<int:pk>/", kept_print, name="kept_print"),
    path("carts/", include("orders.urls_cart")),
    path("selections/", include("orders.urls_selection")),
    path("vehicles/", include("vehicles.urls")),
    path("vehicles/", include("orders.urls_vehicle")),
    path("board/", board.board, name="board"),
    path("tires/", include("vehicles.urls_tires")),
    path("tires/", include("orders.urls_tires")),
    path("call-list/", call_list.call_list, name="call_list"),
    path("call-list/<int:pk>/record/", call_list.record, name="call_record"),
    path("events/", include("customers.urls_events")),
    path("tasks/", include("customers.urls_tasks")),
    path("healthz", healthz, name="healthz"),
    path("favicon.ico", favicon, name="favicon"),
    path("admin/login/", admin_door),
    path("admin/", admin.site.urls),
]
