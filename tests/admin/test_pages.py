"""Every record has its pages in the administration, and the lists stay cheap."""

from html.parser import HTMLParser

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.filters import AllValuesFieldListFilter
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from armclients.kit.admin import LargeAdmin
from customers.models import Counterparty
from orders.models import RepairKind
from tests import make
from tests.admin.conftest import neighbour, stock_up

FLOORS = ("armclients", "customers", "vehicles", "orders")
OURS = [model for floor in FLOORS for model in apps.get_app_config(floor).get_models()]
REGISTERED = [model for model in OURS if admin.site.is_registered(model)]


def page(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def test_no_record_is_missing():
    assert REGISTERED == OURS


def test_every_table_of_the_shop_has_a_row(shop):
    assert [model for model in OURS if not model._default_manager.exists()] == []


def test_lists(admin_client, shop):
    shown = {model: admin_client.get(page(model, "changelist")) for model in OURS}

    assert [model for model, answer in shown.items() if answer.status_code != 200] == []
    assert [model for model, answer in shown.items() if not answer.context["cl"].result_count] == []


def test_no_filter_looks_through_a_large_table_for_its_choices(admin_client, shop):
    for model in OURS:
        if isinstance(admin.site.get_model_admin(model), LargeAdmin):
            filters = admin_client.get(page(model, "changelist")).context["cl"].filter_specs
            assert not any(isinstance(one, AllValuesFieldListFilter) for one in filters), model


def test_add_pages(admin_client, shop):
    for model in OURS:
        answer = admin_client.get(page(model, "add"))
        may_add = admin.site.get_model_admin(model).has_add_permission(answer.wsgi_request)
        assert answer.status_code == (200 if may_add else 403), model


def test_add_pages_show_nothing_that_is_not_there_yet(admin_client, shop):
    for model in OURS:
        answer = admin_client.get(page(model, "add"))
        assert answer.status_code == 403 or "object at 0x" not in answer.content.decode(), model


def test_a_record_in_use_names_a_few_that_use_it(admin_client, shop):
    kind = make.repair_kind()
    for _ in range(15):
        make.work_order(shop, repair_kind=kind)

    with CaptureQueriesContext(connection) as queries:
        answer = admin_client.get(page(RepairKind, "delete", kind.pk))

    assert len(answer.context["protected"]) == 10
    assert not any("orders_workline" in query["sql"] for query in queries)


def test_only_our_own_records_are_offered(admin_client, db):
    apps_shown = {app["app_label"] for app in admin_client.get("/admin/").context["app_list"]}

    assert apps_shown == {*FLOORS, "auth"}


def test_change_pages_saved_as_they_were_change_nothing(admin_client, shop):
    for model in OURS:
        row = model._default_manager.order_by("pk").last()
        address = page(model, "change", row.pk)
        shown = admin_client.get(address)
        assert shown.status_code == 200, model
        if not shown.context["has_change_permission"]:
            continue
        before = facts(row)

        saved = admin_client.post(address, Typed(shown).sent)

        assert saved.status_code == 302, (model, problems(saved))
        assert facts(row) == before


def facts(row):
    return type(row)._default_manager.filter(pk=row.pk).values().get()


def problems(answer):
    inlines = answer.context["inline_admin_formsets"]
    return answer.context["errors"], [inline.formset.errors for inline in inlines]


class Typed(HTMLParser):
    """What a browser would send of the page's form when nobody touched it."""

    def __init__(self, answer):
        super().__init__()
        self.sent, self.select, self.text = {}, None, None
        self.feed(answer.content.decode().split('id="content-main"')[1])

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        name, kind = given.get("name"), given.get("type")
        unset = "on" if kind == "checkbox" else ""
        if tag == "input" and name and kind != "submit":
            if kind not in {"checkbox", "radio"} or "checked" in given:
                self.sent.setdefault(name, []).append(given.get("value", unset))
        elif tag == "textarea":
            self.text = name
            self.sent[name] = [""]
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in given and self.select:
            self.sent.setdefault(self.select, []).append(given["value"])

    def handle_data(self, data):
        if self.text:
            self.sent[self.text][0] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.text = None


def test_statements_do_not_grow_with_rows(admin_client, admin_user, shop):
    few = {model: statements_of(admin_client, model) for model in OURS}
    for _ in range(2):
        stock_up(admin_user, neighbour())

    many = {model: statements_of(admin_client, model) for model in OURS}
    assert {model: sql for model, sql in many.items() if len(sql) > len(few[model])} == {}


def statements_of(browser, model):
    with CaptureQueriesContext(connection) as queries:
        browser.get(page(model, "changelist"))
    return [query["sql"] for query in queries]


def test_large_lists_count_only_so_far(admin_client, shop):
    Counterparty.objects.bulk_create(Counterparty(name=f"Клиент {n}") for n in range(1001))

    answer = admin_client.get(page(Counterparty, "changelist"))

    assert answer.context["cl"].result_count == 1000
    assert "1000+" in answer.content.decode()


def test_only_staff_comes_in(client_of, anna, egor):
    assert client_of(anna).get("/admin/").status_code == 302
    assert client_of(egor).get("/admin/").status_code == 200
