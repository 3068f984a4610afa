"""The demonstration's mail server: keeps each message in a maildir, sends nothing on."""

import argparse
import asyncio
import mailbox
import os
import secrets
import signal
from collections.abc import Callable
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

Check = Callable[[SMTP, Session, Envelope, str, object], AuthResult]


class Keeper:
    """Puts every message into the maildir, with the addresses it was really sent to."""

    def __init__(self, folder: Path) -> None:
        self._box = mailbox.Maildir(folder, create=True)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keep the message."""
        message = mailbox.MaildirMessage(envelope.original_content)
        del message["X-Envelope-To"]
        message["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        self._box.add(message)
        return "250 Kept"


def authenticator(user: str, password: str) -> Check:
    """Return the check of the launcher's name and password: other users may not send mail here."""

    def check(
        _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: object
    ) -> AuthResult:
        right = isinstance(given, LoginPassword) and secrets.compare_digest(
            given.login + b"\0" + given.password, f"{user}\0{password}".encode()
        )
        return AuthResult(success=right, handled=False)

    return check


async def serve(*, folder: Path, port_file: Path, user: str, password: str) -> None:
    """Receive mail on a free port of this machine, written to `port_file`, until told to stop."""
    keeper = Keeper(folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(
            keeper,
            hostname="localhost",
            ident="demonstration",
            enable_SMTPUTF8=True,
            auth_required=True,
            auth_require_tls=False,
            authenticator=authenticator(user, password),
        ),
        host="127.0.0.1",
        port=0,
    )
    port = server.sockets[0].getsockname()[1]
    unfinished = port_file.with_suffix(".unfinished")
    unfinished.write_text(str(port))
    unfinished.replace(port_file)
    stopped = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    await stopped.wait()
    server.close()


def main() -> None:
    """Serve; the name and password come from MAIL_USER and MAIL_PASSWORD."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the maildir")
    parser.add_argument("port_file", type=Path)
    arguments = parser.parse_args()
    asyncio.run(
        serve(
            folder=arguments.folder,
            port_file=arguments.port_file,
            user=os.environ["MAIL_USER"],
            password=os.environ["MAIL_PASSWORD"],
        )
    )


if __name__ == "__main__":
    main()
