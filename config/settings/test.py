"""The test run: the same Postgres as in development, and no broker."""

from config.settings.base import *  # noqa: F403
from config.settings.base import PROCESS_CACHE, STORAGES, env
from config.settings.servers import databases

SECRET_KEY = "only-for-tests-and-long-enough-to-pass-the-check-of-its-length-0123456789"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

DATABASES = databases(env, name="test1", persistent=0)
PRODUCT_DATABASE_ROLE = DATABASES["default"]["USER"]
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "process": PROCESS_CACHE,
}
# Nothing listens there: a test that needs a worker calls the task itself.
CELERY_BROKER_URL = "memory://"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Another thread sees nothing of a test's transaction.
EMAIL_CONNECTIONS = 1
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
