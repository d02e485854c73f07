"""An email row on its way to a mail server: one reused connection, and the answer."""

import contextlib
import smtplib
from dataclasses import dataclass
from email import charset
from email.utils import format_datetime
from types import TracebackType
from typing import Any, Self

import structlog
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMultiAlternatives, get_connection

from outbox import providers
from outbox.backoff import Answer, is_bad_address
from outbox.failpoints import failpoint, watch_data
from outbox.models import Email
from outbox.patience import Patient, listen
from outbox.wire import envelope_of, recipient_of, sender_of, written

logger = structlog.get_logger(__name__)

# Servers close a connection that carries too many; better that we do, between two emails.
MAILS_A_CONNECTION = 50

QUOTED_PRINTABLE = charset.Charset("utf-8")
QUOTED_PRINTABLE.body_encoding = charset.QP


@dataclass(frozen=True)
class Result:
    """A server's answer. `bad_address`: it refused the address itself, for good."""

    answer: Answer
    detail: str = ""
    bad_address: bool = False


class OutboxMessage(EmailMultiAlternatives):
    """The row as Django knows an email, for a provider and for whatever is no mail server."""

    encoding: Any = QUOTED_PRINTABLE

    def __init__(self, email: Email) -> None:
        super().__init__(
            subject=email.subject,
            body=email.text,
            from_email=email.headers.get("From"),
            to=[email.to_address],
            # A From among the headers would make a provider take the other one for the envelope.
            headers={
                **{name: value for name, value in email.headers.items() if name != "From"},
                "Date": format_datetime(email.date_header),
                "Message-ID": email.message_id,
            },
        )
        self.boundary = f"=_{email.id.hex}"
        self.identity = str(email.id)
        # Given back by a provider when the email comes back; not part of what is sent by SMTP.
        self.metadata = {"email": self.identity}
        if email.html:
            self.attach_alternative(email.html, "text/html")

    def message(self, **kwargs: Any) -> Any:
        message = super().message(**kwargs)
        if message.is_multipart():
            message.set_boundary(self.boundary)
        failpoint("after_rendering")
        return message


class Transport:
    """One connection for many emails, opened again where it broke."""

    def __init__(self) -> None:
        self.backend: Any = None
        self.reader: Patient | None = None
        self.carried = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.hang_up()

    def connect(self) -> Result | None:
        """None once connected; else why not, as an answer that no email is to blame for."""
        if self.carried >= MAILS_A_CONNECTION:
            self.hang_up()
        if self.backend is not None:
            return None
        try:
            backend = get_connection()
            backend.open()
            providers.knock(backend)
        except (smtplib.SMTPException, OSError, ValueError, ImproperlyConfigured) as error:
            return Result(Answer.NOT_TRIED, reason(error))
        self.backend = backend
        smtp = getattr(backend, "connection", None)
        self.reader = listen(smtp) if isinstance(smtp, smtplib.SMTP) else None
        watch_data(backend)
        failpoint("after_connecting")
        return None

    def still_there(self) -> bool:
        """Ask an open connection before it carries an email that may be tried only once."""
        if self.carried == 0 or self.reader is None:
            return True
        self.reader.wait_anew()
        with contextlib.suppress(smtplib.SMTPException, OSError):
            if self.backend.connection.noop()[0] == 250:
                return True
        self.hang_up()
        return False

    def send(self, email: Email) -> Result:
        self.carried += 1
        try:
            if self.reader is not None:
                self.reader.wait_anew()
                words = envelope_of(sender_of(email)), [recipient_of(email)], written(email)
                self.backend.connection.sendmail(*words)
                refused = ""
            else:
                refused = self.hand_over(OutboxMessage(email))
            failpoint("before_finish")
        except smtplib.SMTPException as error:
            self.hang_up()
            return result_of(error)
        except Exception as error:
            return self.result_of_other(error)
        return Result(Answer.REFUSED, refused) if refused else Result(Answer.ACCEPTED)

    def hand_over(self, message: OutboxMessage) -> str:
        """Why a provider refuses it, where it says so without an error."""
        providers.prepare(self.backend, message)
        self.backend.send_messages([message])
        return providers.refusal_in(message)

    def result_of_other(self, error: Exception) -> Result:
        of_provider = providers.answer_of(error)
        if of_provider is not None:
            if of_provider[0] is not Answer.REFUSED:
                self.hang_up()
            return Result(*of_provider)
        if isinstance(error, ValueError):
            return Result(Answer.REFUSED, f"This email cannot be written: {error}")
        # A time-out or a broken line: nobody knows what was taken.
        self.hang_up()
        logger.error("email_in_doubt", exc_info=error)
        return Result(Answer.NONE, reason(error))

    def hang_up(self) -> None:
        backend, self.backend, self.carried = self.backend, None, 0
        if self.reader is not None:
            self.reader.wait_anew()
            self.reader = None
        if backend is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                backend.close()


def result_of(error: smtplib.SMTPException) -> Result:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        [(code, said)] = error.recipients.values()
        return refusal(code, said, at_recipient=True)
    if isinstance(error, smtplib.SMTPResponseException):
        return refusal(error.smtp_code, error.smtp_error, at_recipient=False)
    return Result(Answer.NONE, reason(error))


def refusal(code: int, said: bytes | str, *, at_recipient: bool) -> Result:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    if code < 0:
        # smtplib's -1: the server hung up in the middle of a sentence.
        return Result(Answer.NONE, text)
    return Result(
        Answer.REFUSED if code >= 500 else Answer.PUT_OFF,
        f"{code} {text}",
        is_bad_address(code=code, text=text, at_recipient=at_recipient),
    )


def reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
