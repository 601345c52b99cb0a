from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin, with our own site in place of the default one."""

    default_site = "config.admin.RolebookAdminSite"
