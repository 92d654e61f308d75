"""Users, their roles and where they work."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.db.models import ManyToManyField, QuerySet
from django.forms import CheckboxSelectMultiple, ModelMultipleChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from armclients.kit.admin import RecordAdmin
from armclients.models import User, Workplace

# What the roles, which are groups, are called.
ROLES = {
    "advisor": _("Service advisor"),
    "operator": _("Call-centre operator"),
    "parts": _("Parts clerk"),
    "master": _("Workshop master"),
    "manager": _("Shop manager"),
    "admin": _("Administrator"),
}


def role_name(group: Group) -> str:
    return str(ROLES.get(group.name, group.name))


class RolesField(ModelMultipleChoiceField):
    widget = CheckboxSelectMultiple

    def label_from_instance(self, group: Group) -> str:
        return role_name(group)


class WorkplaceInline(admin.StackedInline):
    model = Workplace


@admin.register(User)
class UserRecordAdmin(UserAdmin):
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
    filter_horizontal = ("user_permissions",)
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("full_name", "email", "phone_line", "language")}),
        (
            _("Rights"),
            {
                "fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions"),
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
class RoleAdmin(GroupAdmin):
    list_display = ("role", "name")

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
