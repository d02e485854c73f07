from django.contrib.admin.apps import AdminConfig


class OperatorAdmin(AdminConfig):
    default_site = "config.admin_site.OperatorSite"
