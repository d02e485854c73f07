"""Whether the house is ready."""

from django.db import Error as DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from organisations.access import public
from reminders import queries


@public
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    try:
        health = queries.health(timezone.now())
    except DatabaseError:
        return JsonResponse({"ready": False, "database": False}, status=503)
    body = {
        "ready": health.is_ready,
        "database": True,
        "oldest_mail_waiting_seconds": health.mail_waiting,
        "mail_put_off": health.put_off,
        "last_mail_seconds_ago": health.last_sent,
        "last_tick_seconds_ago": health.last_tick,
        "plan_is_missing": health.plan_is_missing,
    }
    return JsonResponse(body, status=200 if health.is_ready else 503)
