"""Users, their roles and where they work."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission
from django.db.models import ManyToManyField, Model, QuerySet
from django.forms import CheckboxSelectMultiple, ModelChoiceField, ModelMultipleChoiceField
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from armclients.kit.admin import RecordAdmin, Titled, link, screen_url
from armclients.models import User, Workplace
from armclients.users import role_name


class RolesField(ModelMultipleChoiceField):
    widget = CheckboxSelectMultiple

    def label_from_instance(self, group: Group) -> str:
        return role_name(group)


FLOORS = ("customers", "vehicles", "orders", "armclients")
OWN_RIGHTS = Permission.objects.filter(content_type__app_label__in=FLOORS).select_related(
    "content_type"
)
DEEDS = {"view": _("see"), "add": _("add"), "change": _("change"), "delete": _("delete")}


class RightsField(ModelMultipleChoiceField):
    """Rights of our own records, by record."""

    widget = CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(OWN_RIGHTS.all(), **kwargs)
        self.choices = by_record()


class RightField(ModelChoiceField):
    """One of them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"queryset": OWN_RIGHTS.all()})
        self.choices = [("", "—"), *by_record()]


def by_record() -> list[tuple[str, list[tuple[int, str]]]]:
    """The rights of our own records, to choose from. One statement."""
    grouped: dict[str, list[tuple[int, str]]] = {}
    for right in OWN_RIGHTS.order_by("content_type__app_label", "content_type", "pk"):
        if record := right.content_type.model_class():
            name = capfirst(str(record._meta.verbose_name_plural))
            grouped.setdefault(name, []).append((right.pk, deed(right, record)))
    return list(grouped.items())


def deed(right: Permission, record: type[Model]) -> str:
    """«change», or what a right of the record's own is called."""
    named = dict(record._meta.permissions).get(right.codename, right.name)
    return str(DEEDS.get(right.codename.partition("_")[0], named))


class WorkplaceInline(admin.StackedInline):
    model = Workplace


@admin.register(User)
class UserRecordAdmin(Titled, UserAdmin):
    """People who log in. Only a superuser makes, changes and removes superusers."""

    list_display = (
        "username",
        "full_name",
        "roles",
        "branch",
        "phone_line",
        "is_active",
        "is_staff",
    )
    list_filter = ("groups", "is_active", "is_staff")
    list_select_related = ("workplace__branch",)
    search_fields = ("username", "full_name", "phone_line")
    ordering = ("username",)
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("full_name", "email", "phone_line", "language")}),
        (
            _("Rights"),
            {
                "fields": ("is_active", "is_staff", "is_superuser", "groups"),
                "description": _("Only staff enters this administration."),
            },
        ),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        *UserAdmin.add_fieldsets,
        (_("Person"), {"fields": ("full_name", "phone_line", "language", "groups")}),
    )
    inlines = (WorkplaceInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        own = super().get_readonly_fields(request, obj)
        return own if request.user.is_superuser else (*own, "is_superuser")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return self._may_touch(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return self._may_touch(request, obj) and super().has_delete_permission(request, obj)

    def _may_touch(self, request: HttpRequest, user: User | None) -> bool:
        return request.user.is_superuser or user is None or not user.is_superuser

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "groups":
            return db_field.formfield(form_class=RolesField, label=_("roles"))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        return ", ".join(role_name(group) for group in user.groups.all())

    @admin.display(description=_("branch"))
    def branch(self, user: User) -> str | None:
        workplace = getattr(user, "workplace", None)
        return workplace and workplace.branch.name


admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(Titled, GroupAdmin):
    list_display = ("role", "name", "search_standard")
    filter_horizontal = ()

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name != "permissions":
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        return RightsField(required=False, label=_("Rights"))

    @admin.display(description=_("around the search"))
    def search_standard(self, group: Group) -> str:
        return link(screen_url("role_settings", role=group.pk), _("Standard of the role"))

    @admin.display(description=_("role"), ordering="name")
    def role(self, group: Group) -> str:
        return role_name(group)


@admin.register(Workplace)
class WorkplaceAdmin(RecordAdmin):
    list_display = ("user", "branch")
    list_filter = ("branch",)
    list_select_related = ("user", "branch")
    search_fields = ("user__username", "user__full_name")
    autocomplete_fields = ("user", "branch")
    ordering = ("user__username",)
