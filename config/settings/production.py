"""Production: everything that differs between installations comes from the environment.

docs/deploying.md lists the variables. A missing required one stops the start with its name.
"""

from config.settings.base import *  # noqa: F403
from config.settings.base import (
    DEFAULT_FROM_EMAIL,
    EMAIL_TIMEOUT,
    PROCESS_CACHE,
    SILENCED_SYSTEM_CHECKS,
    env,
)
from config.settings.mail import SMTP, anymail_settings
from config.settings.servers import broker_url, shared_cache

SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
SITE_URL = env.str("SITE_URL")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])

# The product's role and the owner's are two users of one database. Only the migration job
# needs the second, so that the web process cannot hold it; without it, `migrate` refuses.
PERSISTENT = {"CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60), "CONN_HEALTH_CHECKS": True}
DATABASES = {
    "default": env.db_url("DATABASE_URL") | PERSISTENT,
    "owner": env.db_url("DATABASE_OWNER_URL", default=env.str("DATABASE_URL")),
}
PRODUCT_DATABASE_ROLE = DATABASES["default"]["USER"]

REDIS_URL = env.str("REDIS_URL")
CACHES = shared_cache(REDIS_URL) | {"process": PROCESS_CACHE}
CELERY_BROKER_URL = broker_url(REDIS_URL)

# EMAIL_URL in one (smtp+tls://user:password@host:587), or the single variables.
EMAIL = env.email_url("EMAIL_URL", default="smtp://localhost:25")
EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_HOST = env.str("EMAIL_HOST", default=EMAIL["EMAIL_HOST"])
EMAIL_PORT = env.int("EMAIL_PORT", default=EMAIL["EMAIL_PORT"])
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default=EMAIL["EMAIL_HOST_USER"] or "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default=EMAIL["EMAIL_HOST_PASSWORD"] or "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=EMAIL.get("EMAIL_USE_TLS", False))
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", default=EMAIL.get("EMAIL_USE_SSL", False))
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Or a provider instead: `outbox.checks` says what is missing.
EMAIL_PROVIDER = env.str("EMAIL_PROVIDER", default=SMTP)
EMAIL_API_KEY = env.str("EMAIL_API_KEY", default="")
ANYMAIL_WEBHOOK_SECRET = env.str("ANYMAIL_WEBHOOK_SECRET", default="")
ANYMAIL = anymail_settings(
    EMAIL_PROVIDER,
    key=EMAIL_API_KEY,
    secret=ANYMAIL_WEBHOOK_SECRET,
    options=env.dict("EMAIL_PROVIDER_OPTIONS", default={}),
    timeout=EMAIL_TIMEOUT,
)
if EMAIL_PROVIDER != SMTP:
    EMAIL_BACKEND = f"anymail.backends.{EMAIL_PROVIDER}.EmailBackend"

# The prefix makes a browser refuse the cookie unless it is secure and for this host alone.
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
# Health checks come from inside, over plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", default=True)
# A promise for the whole domain that takes months to take back: its owner's to make.
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)
SILENCED_SYSTEM_CHECKS = [*SILENCED_SYSTEM_CHECKS, "security.W021"]
# Only where a proxy sets this header itself: otherwise anyone could claim to be on HTTPS.
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies add to X-Forwarded-For: sign-in's rate limits count by the address behind them.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
