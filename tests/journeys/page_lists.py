"""Addresses that are no pages, or open in a way of their own, by name."""

# Not pages: answers for machines, downloads, and what allauth's scripts fetch.
NO_PAGES = {
    "dev_mail_html",
    "figures_csv",
    "healthz",
    "import_template",
    "learning_template",
    "mfa_download_recovery_codes",
    "mfa_login_webauthn",
    "pledge_card",
    "readyz",
    "record_csv",
    "record_pdf",
    "statement_image",
    "statement_pdf",
    "trends_csv",
    "trends_xlsx",
}
ONLY_BY_POST = {
    "action_accept",
    "assistant_end",
    "assistant_leave",
    "bodies_end",
    "body_end",
    "catalogue_adopt",
    "checklist_step",
    "declaration_remind",
    "entries_confirm",
    "group_member_end",
    "handover_revoke",
    "invitation_anew",
    "invitation_remove",
    "invite_revoke",
    "learning_date_remove",
    "letter_make",
    "letter_revoke",
    "mail_send_again",
    "pledge_confirm",
    "pledge_revise",
    "reflection_publish",
    "reflection_withdraw",
    "report_settle",
    "republication_remove",
    "revision_drop",
    "sessions_change",
    "statement_revoke",
    "step_take_back",
    "three_questions_answer",
}
# Open to everybody, and a draft to nobody but whoever began it.
OF_A_DRAFT = {
    "pledge_check",
    "pledge_own",
    "pledge_promises",
    "pledge_rhythm",
    "pledge_shows",
    "pledge_standards",
    "pledge_who",
}
DRAFT_BY_POST = {"draft_drop", "pledge_publish", "preview_close", "preview_make"}
OF_ONE_KEY = {"mfa_remove_webauthn", "mfa_edit_webauthn"}
# In words of their own.
SAY_THAT_A_LINK_IS_DEAD = {
    "assistant_accept",
    "body_consent",
    "declaration_answer",
    "declaration_object",
    "draft_preview",
    "encouraged",
    "handover_accept",
    "letter_reply",
    "mail_stop",
    "statement_link",
}
