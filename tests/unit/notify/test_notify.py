from __future__ import annotations

import json
import logging
import os
import socketserver
import ssl
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from typing import TYPE_CHECKING, ClassVar

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from stadsdel import notify
from stadsdel.notify import Message, NotifyError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MESSAGE = Message("refresh failed", "Årsmålet är 450 %.", "http://dagster.example/runs/1")


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notify, "_WAIT_SECONDS", 0.0)


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[str]:
    """Run a server in a thread and say at which port it listens."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield str(server.server_address[1])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Mailbox(socketserver.StreamRequestHandler):
    """A mail server that speaks as much SMTP as takes in one message."""

    received: ClassVar[list[tuple[list[str], bytes]]] = []
    busy: ClassVar[int] = 0
    encrypted: ClassVar[ssl.SSLContext | None] = None

    def handle(self) -> None:
        recipients: list[str] = []
        if Mailbox.busy:
            Mailbox.busy -= 1
            self.say("421 busy")
            return
        self.say("220 ready")
        while raw := self.rfile.readline():
            line = raw.decode().rstrip("\r\n")
            command = line.upper()
            if command.startswith("RCPT TO:"):
                recipients.append(line[len("RCPT TO:") :].strip("<>"))
            if command == "DATA":
                self.say("354 go on")
                lines = []
                while (text := self.rfile.readline()) != b".\r\n":
                    lines.append(text)
                Mailbox.received.append((recipients, b"".join(lines)))
            if command.startswith("EHLO") and Mailbox.encrypted:
                self.say("250-mail\r\n250-STARTTLS")
            if command == "STARTTLS" and Mailbox.encrypted:
                self.say("220 go on")
                self.encrypt(Mailbox.encrypted)
                continue
            if command == "QUIT":
                self.say("221 bye")
                return
            self.say("250 ok")

    def encrypt(self, context: ssl.SSLContext) -> None:
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class EncryptedServer(socketserver.TCPServer):
    """A server whose connections are encrypted from their first byte."""

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__(("127.0.0.1", 0), Mailbox)
        self.socket = context.wrap_socket(self.socket, server_side=True)


class Hook(BaseHTTPRequestHandler):
    """A webhook that answers with `answers` in turn, then with 200."""

    received: ClassVar[list[dict[str, str]]] = []
    answers: ClassVar[list[int]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Hook.received.append(json.loads(body))
        self.send_response(Hook.answers.pop(0) if Hook.answers else 200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """Return what a server on this machine encrypts with, by a certificate that clients trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "mail.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    pem.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


@pytest.fixture
def mail() -> Iterator[dict[str, str]]:
    Mailbox.received.clear()
    Mailbox.busy = 0
    Mailbox.encrypted = None
    with serving(socketserver.TCPServer(("127.0.0.1", 0), Mailbox)) as port:
        yield {
            "STADSDEL_NOTIFY": "email",
            "STADSDEL_SMTP_HOST": "127.0.0.1",
            "STADSDEL_SMTP_PORT": port,
            "STADSDEL_SMTP_SECURITY": "none",
            "STADSDEL_EMAIL_FROM": "warehouse@example.org",
            "STADSDEL_EMAIL_TO": "anna@example.org, bo@example.org",
        }


@pytest.fixture
def hook() -> Iterator[dict[str, str]]:
    Hook.received.clear()
    Hook.answers.clear()
    with serving(HTTPServer(("127.0.0.1", 0), Hook)) as port:
        yield {
            "STADSDEL_NOTIFY": "webhook",
            "STADSDEL_WEBHOOK_URL": f"http://127.0.0.1:{port}/secret",
        }


def test_the_log_is_the_default(caplog: pytest.LogCaptureFixture) -> None:
    notify.tell(MESSAGE, {})
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    for words in (MESSAGE.subject, MESSAGE.text, MESSAGE.link):
        assert str(words) in record.getMessage()


def test_an_email_reaches_everyone_listed(mail: dict[str, str]) -> None:
    notify.tell(MESSAGE, mail)
    ((recipients, text),) = Mailbox.received
    email = message_from_bytes(text, policy=default)
    assert recipients == ["anna@example.org", "bo@example.org"]
    assert email["Subject"] == MESSAGE.subject
    assert email["From"] == "warehouse@example.org"
    assert email.get_content().splitlines() == [MESSAGE.text, "", MESSAGE.link]


def test_a_subject_of_several_lines_adds_no_header(mail: dict[str, str]) -> None:
    notify.tell(Message("failed\nBcc: eve@example.org", "text"), mail)
    ((recipients, text),) = Mailbox.received
    assert "eve@example.org" not in recipients
    assert message_from_bytes(text, policy=default)["Bcc"] is None


def test_an_email_is_encrypted_unless_said_otherwise(mail: dict[str, str]) -> None:
    del mail["STADSDEL_SMTP_SECURITY"]
    with pytest.raises(NotifyError, match="STARTTLS"):
        notify.tell(MESSAGE, mail)
    assert Mailbox.received == []


def test_an_email_goes_by_starttls(mail: dict[str, str], trusted: ssl.SSLContext) -> None:
    Mailbox.encrypted = trusted
    notify.tell(MESSAGE, {**mail, "STADSDEL_SMTP_SECURITY": "starttls"})
    assert len(Mailbox.received) == 1


def test_an_email_goes_by_tls(mail: dict[str, str], trusted: ssl.SSLContext) -> None:
    with serving(EncryptedServer(trusted)) as port:
        notify.tell(MESSAGE, {**mail, "STADSDEL_SMTP_SECURITY": "tls", "STADSDEL_SMTP_PORT": port})
    assert len(Mailbox.received) == 1


def test_a_mail_server_that_is_not_who_it_says_gets_nothing(
    mail: dict[str, str], trusted: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    Mailbox.encrypted = trusted
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(NotifyError, match="certificate"):
        notify.tell(MESSAGE, {**mail, "STADSDEL_SMTP_SECURITY": "starttls"})
    assert Mailbox.received == []


def test_a_webhook_gets_the_message_as_json(hook: dict[str, str]) -> None:
    notify.tell(MESSAGE, hook)
    (content,) = Hook.received
    assert content["text"] == f"{MESSAGE.subject}\n{MESSAGE.text}\n\n{MESSAGE.link}"
    assert content["subject"] == MESSAGE.subject
    assert content["link"] == MESSAGE.link


def test_what_passes_is_tried_again(hook: dict[str, str], mail: dict[str, str]) -> None:
    Hook.answers[:] = [503, 502]
    notify.tell(MESSAGE, hook)
    assert len(Hook.received) == 3
    Mailbox.busy = 2
    notify.tell(MESSAGE, mail)
    assert len(Mailbox.received) == 1


def test_what_is_refused_for_good_is_not_tried_again(hook: dict[str, str]) -> None:
    Hook.answers[:] = [404, 200]
    with pytest.raises(NotifyError, match="404"):
        notify.tell(MESSAGE, hook)
    assert len(Hook.received) == 1


def test_a_channel_that_fails_stops_no_other(
    mail: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    environment = {
        **mail,
        "STADSDEL_NOTIFY": "webhook, email, log",
        "STADSDEL_WEBHOOK_URL": "http://127.0.0.1:9/secret",
    }
    with pytest.raises(NotifyError, match="webhook") as raised:
        notify.tell(MESSAGE, environment)
    assert "secret" not in str(raised.value)
    assert len(Mailbox.received) == 1
    assert len(caplog.records) == 1


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({"STADSDEL_NOTIFY": "email"}, "STADSDEL_SMTP_HOST is not set"),
        ({"STADSDEL_NOTIFY": "webhook"}, "STADSDEL_WEBHOOK_URL is not set"),
        ({"STADSDEL_NOTIFY": "webhook", "STADSDEL_WEBHOOK_URL": "file:///etc/passwd"}, "https"),
        ({"STADSDEL_NOTIFY": "webhook", "STADSDEL_WEBHOOK_URL": "http://x/se cret"}, "no address"),
        ({"STADSDEL_NOTIFY": "pigeon"}, "knows log, email, webhook"),
        ({"STADSDEL_NOTIFY": "no_such_module:send"}, "no_such_module"),
    ],
)
def test_a_wrong_setting_is_named(environment: dict[str, str], reason: str) -> None:
    with pytest.raises(NotifyError, match=reason) as raised:
        notify.tell(MESSAGE, environment)
    assert "cret" not in str(raised.value)


def test_a_function_of_one_s_own_can_be_the_channel(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Message] = []
    monkeypatch.setattr("stadsdel.notify.pigeon", told.append, raising=False)
    notify.tell(MESSAGE, {"STADSDEL_NOTIFY": "stadsdel.notify:pigeon"})
    assert told == [MESSAGE]


def test_a_trial_message_can_be_sent_by_hand(hook: dict[str, str]) -> None:
    command = [sys.executable, "-m", "stadsdel.notify"]
    subprocess.run(command, env={**os.environ, **hook}, check=True)
    (content,) = Hook.received
    assert "trial" in content["subject"]
    hook["STADSDEL_NOTIFY"] = "pigeon"
    done = subprocess.run(
        command, env={**os.environ, **hook}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "pigeon" in done.stderr
    assert "Traceback" not in done.stderr
