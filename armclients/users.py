"""Who is logged in, what they may and what they have chosen: one statement a request."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from armclients.kit.compiled import Compiled, Given
from armclients.models import SearchLayout, User

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


@Compiled
def _user() -> QuerySet[User]:
    # Twice as quick as the joins of `group__user` and `user`, of all permissions with all users.
    user = OuterRef(OuterRef("pk"))
    of_roles = Group.permissions.through.objects.filter(group__user=user).values("permission")
    granted = User.user_permissions.through.objects.filter(user=user).values("permission")
    allowed = Permission.objects.filter(Q(pk__in=of_roles) | Q(pk__in=granted)).order_by()
    own = SearchLayout.objects.filter(user=OuterRef("pk"))
    of_role = SearchLayout.objects.filter(role__user=OuterRef("pk")).order_by("role__name")
    return (
        User.objects.filter(pk=Given("pk"))
        .select_related("workplace__branch")
        .annotate(
            allowed=ArraySubquery(
                allowed.values(label=Concat("content_type__app_label", Value("."), "codename"))
            ),
            chosen_layout=Coalesce(
                Subquery(own.values("chosen")), Subquery(of_role.values("chosen")[:1])
            ),
        )
    )


class OneStatementBackend(ModelBackend):
    """Django's own log-in, except that all about the user comes in one statement.

    Every answer needs user, branch and permissions; Django would ask four times. What stands
    around the search, their own or their role's layout, comes along.
    """

    def get_user(self, user_id: int) -> User | None:
        user = _user.first(pk=user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        if not user.is_superuser:
            # Where Django looks before it asks the database.
            user._perm_cache = set(user.allowed)
        return user


def speak(language: str, *, by: User) -> None:
    """The user reads the product in this language from now on."""
    User.objects.filter(pk=by.pk).update(language=language)
