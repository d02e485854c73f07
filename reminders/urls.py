from django.urls import path

from reminders.views import dev_mail, house, me, my_emails, personal_calendar, planned, sent_mail

urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/emails/", my_emails.my_emails, name="my_emails"),
    path("me/emails/pause/", my_emails.reminders_pause, name="reminders_pause"),
    path("me/emails/resume/", my_emails.reminders_resume, name="reminders_resume"),
    path("me/calendar/", personal_calendar.calendar_make, name="calendar_make"),
    path("me/calendar/end/", personal_calendar.calendar_end, name="calendar_end"),
    path("calendar/<str:token>.ics", personal_calendar.my_calendar, name="my_calendar"),
    path("o/<slug:organisation>/mail/", sent_mail.sent_mail, name="sent_mail"),
    path(
        "o/<slug:organisation>/mail/planned/", planned.reminders_planned, name="reminders_planned"
    ),
    path("o/<slug:organisation>/mail/today/", planned.reminders_today, name="reminders_today"),
    path(
        "o/<slug:organisation>/mail/<uuid:pk>/",
        sent_mail.mail_detail,
        name="mail_detail",
    ),
    path(
        "o/<slug:organisation>/mail/<uuid:pk>/address/",
        sent_mail.suppression_lift,
        name="suppression_lift",
    ),
    path(
        "o/<slug:organisation>/mail/<uuid:pk>/again/",
        sent_mail.mail_send_again,
        name="mail_send_again",
    ),
    path("unsubscribe/<str:token>/", my_emails.unsubscribe, name="unsubscribe"),
    path("readyz", house.readyz, name="readyz"),
    path("dev/mail/", dev_mail.dev_mail, name="dev_mail"),
    path("dev/mail/gallery/", dev_mail.dev_mail_gallery, name="dev_mail_gallery"),
    path(
        "dev/mail/gallery/<slug:name>/",
        dev_mail.dev_mail_gallery_html,
        name="dev_mail_gallery_html",
    ),
    path("dev/mail/<str:name>/", dev_mail.dev_mail_html, name="dev_mail_html"),
]
