"""Production's settings, with a database of the bench's own and nothing else to connect to."""

import copy

from config.settings import base
from config.settings.base import *  # noqa: F403
from config.settings.base import LOGGING, PROCESS_CACHE, ROOT, STORAGES, env
from config.settings.servers import databases

SECRET_KEY = "only-for-measuring-and-long-enough-to-pass-the-check-of-its-length-012345678"  # noqa: S105
ALLOWED_HOSTS = ["testserver"]
ROOT_URLCONF = "bench.urls"
TEMPLATES = copy.deepcopy(base.TEMPLATES)
TEMPLATES[0]["DIRS"] = [ROOT / "templates", ROOT / "bench" / "templates"]

DATABASES = databases(env, name="bench", persistent=600)
PRODUCT_DATABASE_ROLE = DATABASES["default"]["USER"]
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "process": PROCESS_CACHE,
}
CELERY_BROKER_URL = "memory://"
# Addresses of static files without their fingerprints: nothing has to be collected first.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = ROOT / "static"
# Written as in production, to nowhere.
LOGGING = LOGGING | {
    "handlers": {
        "console": {
            "class": "logging.FileHandler",
            "filename": "/dev/null",
            "formatter": "plain",
        }
    }
}
