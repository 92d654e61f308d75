from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArmClientsConfig(AppConfig):
    name = "armclients"
    verbose_name = _("Workstation")

    def ready(self) -> None:
        from armclients import checks  # noqa: F401, PLC0415
