"""Telling people that something failed: in the log, by e-mail, to a webhook, or in a way of yours.

The environment says how, so that addresses and passwords stand in no file of the project:
`STADSDEL_NOTIFY` lists the channels (docs/deployment.md has all variables). `python -m
stadsdel.notify` sends a trial message.

Belongs here: the channels. Does not belong here: what is worth telling (`dagster_project`).
"""

from __future__ import annotations

import logging
import os
import sys
import time
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from stadsdel.errors import StadsdelError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Channel = Callable[["Message"], None]

CHANNELS = "STADSDEL_NOTIFY"
_DEFAULT = "log"
_SECONDS = 10.0
_TRIES = 3
_WAIT_SECONDS = 1.0  # before the second try, doubled before each further one
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True, slots=True)
class Message:
    """What is told: one line, the details, and a page with more."""

    subject: str
    text: str
    link: str | None = None

    @property
    def body(self) -> str:
        """Return the details and the link, for channels that know only text."""
        return f"{self.text}\n\n{self.link}" if self.link else self.text


class NotifyError(StadsdelError):
    """A message did not go out by every channel; names the channels and why."""


def tell(message: Message, environment: Mapping[str, str] = os.environ) -> None:
    """Send a message by every channel that the environment names; one that fails stops no other.

    Raises:
        NotifyError: a channel is unknown, lacks a variable, or could not deliver.
    """
    failures = []
    for name in _names(environment):
        try:
            _patiently(_channel(name, environment), message)
        except Exception as error:  # a channel may be anyone's code
            failures.append(f"{name}: {error or type(error).__name__}")
    if failures:
        raise NotifyError("The message did not go out by " + "; ".join(failures))


def _names(environment: Mapping[str, str]) -> list[str]:
    listed = environment.get(CHANNELS) or _DEFAULT
    return [name.strip() for name in listed.split(",") if name.strip()]


def _channel(name: str, environment: Mapping[str, str]) -> Channel:
    """Return the channel of this name; `module:function` names one of the user's."""
    if name == "log":
        return _log
    if name == "email":
        return lambda message: _send_email(message, environment)
    if name == "webhook":
        return lambda message: _post(message, environment)
    module, colon, function = name.partition(":")
    if not colon:
        raise StadsdelError(f"{CHANNELS} knows log, email, webhook and module:function")
    channel: Channel = getattr(import_module(module), function)
    return channel


def _patiently(channel: Channel, message: Message) -> None:
    """Try again what a network may have refused for a moment."""
    for attempt in range(_TRIES):
        try:
            channel(message)
        except OSError as error:  # smtplib's and urllib's errors are, too
            if attempt == _TRIES - 1 or _is_final(error):
                raise
            time.sleep(_WAIT_SECONDS * 2**attempt)
        else:
            return


def _is_final(error: OSError) -> bool:
    """Return whether a server refused for good: HTTP 4xx but for "too many", SMTP 5xx."""
    http, smtp = getattr(error, "code", 0), getattr(error, "smtp_code", 0)
    return (400 <= http < 500 and http != 429) or 500 <= smtp < 600


def _log(message: Message) -> None:
    logging.getLogger("stadsdel").error("%s\n%s", message.subject, message.body)


def _send_email(message: Message, environment: Mapping[str, str]) -> None:
    import smtplib
    import ssl
    from email.message import EmailMessage

    security = environment.get("STADSDEL_SMTP_SECURITY", "starttls")
    if security not in _PORTS:
        raise StadsdelError(f"STADSDEL_SMTP_SECURITY is one of {', '.join(_PORTS)}")
    host = _needed(environment, "STADSDEL_SMTP_HOST")
    port = int(environment.get("STADSDEL_SMTP_PORT") or _PORTS[security])
    email = EmailMessage()
    email["Subject"] = " ".join(message.subject.split())
    email["From"] = _needed(environment, "STADSDEL_EMAIL_FROM")
    email["To"] = _needed(environment, "STADSDEL_EMAIL_TO")
    email.set_content(message.body, cte="quoted-printable")  # not every server takes 8 bits
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if security == "tls":
        server = smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, port, timeout=_SECONDS)
    with server:
        if security == "starttls":
            server.starttls(context=context)
        if user := environment.get("STADSDEL_SMTP_USER"):
            server.login(user, _needed(environment, "STADSDEL_SMTP_PASSWORD"))
        server.send_message(email)


def _post(message: Message, environment: Mapping[str, str]) -> None:
    """Post JSON whose `text` chat services show; `subject` and `link` are for other receivers."""
    import json
    import urllib.request
    from http.client import InvalidURL

    url = _needed(environment, "STADSDEL_WEBHOOK_URL")
    if not url.startswith(("https://", "http://")):
        raise StadsdelError("STADSDEL_WEBHOOK_URL begins with neither https:// nor http://")
    content = {
        "text": f"{message.subject}\n{message.body}",
        "subject": message.subject,
        "link": message.link,
    }
    request = urllib.request.Request(
        url,
        data=json.dumps(content).encode(),
        headers={"Content-Type": "application/json", "User-Agent": "stadsdelslagret"},
    )
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS):
            pass
    except InvalidURL:  # its text would tell the address, which is a secret
        raise StadsdelError("STADSDEL_WEBHOOK_URL is no address") from None


def _needed(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name)
    if not value:
        raise StadsdelError(f"{name} is not set")
    return value


if __name__ == "__main__":
    try:
        tell(Message("Stadsdelslagret: a trial message", "Messages of failed refreshes come here."))
    except NotifyError as error:
        sys.exit(str(error))
