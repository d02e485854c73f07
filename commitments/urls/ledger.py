from django.urls import path

from commitments.views import asking, ledger

ENTRY = "me/invitations/<uuid:pk>/"

urlpatterns = [
    path("me/pledges/<uuid:pk>/invitations/new/", ledger.invitation_add, name="invitation_add"),
    path(ENTRY, ledger.invitation_detail, name="invitation_detail"),
    path(f"{ENTRY}edit/", ledger.invitation_edit, name="invitation_edit"),
    path(f"{ENTRY}take-back/", ledger.step_take_back, name="step_take_back"),
    path(f"{ENTRY}remove/", ledger.invitation_remove, name="invitation_remove"),
    path(f"{ENTRY}anew/", ledger.invitation_anew, name="invitation_anew"),
    path(f"{ENTRY}letter/", asking.letter_write, name="letter_write"),
    path(f"{ENTRY}letter/new/", asking.letter_make, name="letter_make"),
    path(f"{ENTRY}letter/send/", asking.letter_send, name="letter_send"),
    path(f"{ENTRY}letter/close/", asking.letter_revoke, name="letter_revoke"),
]
