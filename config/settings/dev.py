"""Development: everything on loopback, mail to a catcher, one-click sign-in for demo people."""

import copy

from config.embedded.valkey import socket_url
from config.settings import base
from config.settings.base import *  # noqa: F403
from config.settings.base import env
from config.settings.servers import broker_url, databases, shared_cache

DEBUG = True
IS_DEVELOPMENT = True
SECRET_KEY = "only-for-development-and-no-secret-at-all-0123456789-0123456789"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
INTERNAL_IPS = ["127.0.0.1"]
SITE_URL = env.str("SITE_URL", default="http://localhost:8000")

DATABASES = databases(env, name="postgres", persistent=60)
PRODUCT_DATABASE_ROLE = DATABASES["default"]["USER"]
REDIS_URL = env.str("REDIS_URL", default=socket_url("valkey"))
# Markup is drawn anew for each page, as its template is read anew.
CACHES = shared_cache(REDIS_URL) | {
    "process": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
}
CELERY_BROKER_URL = broker_url(REDIS_URL)

EMAIL_HOST = env.str("EMAIL_HOST", default="127.0.0.1")
EMAIL_PORT = env.int("EMAIL_PORT", default=8025)
FAILPOINT = env.str("FAILPOINT", default="")

# Passkeys over plain HTTP, which browsers allow for localhost alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True

STORAGES = base.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
# Served from the source folders, as they are now: no collectstatic between edit and reload.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# Neither Django's reloading server nor a cache in front of the loaders: a template is read
# anew for each page, so that an edit shows on reload.
TEMPLATES = copy.deepcopy(base.TEMPLATES)
TEMPLATES[0]["APP_DIRS"] = False
TEMPLATES[0]["OPTIONS"]["loaders"] = [  # type: ignore[index]
    (
        "template_partials.loader.Loader",
        [
            "django.template.loaders.filesystem.Loader",
            "django.template.loaders.app_directories.Loader",
        ],
    )
]
