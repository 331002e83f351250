"""The cases of tests/smtp/run. Each starts an emulator of its own; the last line counts."""

import asyncio
import base64
import email
import email.policy
import json
import os
import re
import signal
import socket
import sys
import time
import traceback

from aiosmtpd.smtp import SMTP

PROJECT = "project-test-11111111-1111-4111-8111-111111111111"
SECRET = "secret-test-stytch-mock-local-emulator"
CREDENTIALS = base64.b64encode(f"{PROJECT}:{SECRET}".encode()).decode()

# a request that waits for an e-mail takes as long as the server's patience: seconds
AT_ONCE = 1.0
PATIENCE = 30


class Catcher:
    """A server that takes e-mails, or refuses those to some addresses."""

    def __init__(self, refused=(), utf8=True):
        self.caught, self.refused, self.arrival, self.utf8 = [], refused, asyncio.Event(), utf8

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return f"550 no such mailbox {address}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.caught.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        self.arrival.set()
        return "250 OK"

    async def listen(self, port=0):
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(self, enable_SMTPUTF8=self.utf8, hostname="catcher.test"), "127.0.0.1", port)
        return server, server.sockets[0].getsockname()[1]

    async def wait_for(self, count):
        async with asyncio.timeout(PATIENCE):
            while len(self.caught) < count:
                self.arrival.clear()
                await self.arrival.wait()
        return [email.message_from_bytes(content, policy=email.policy.default) for _, _, content in self.caught]


class Emulator:
    """The program with `--smtp`; what it writes to its log is kept."""

    async def start(self, port):
        command = [os.environ["STYTCH_MOCK_BIN"], "--port", "0", "--smtp", f"smtp://127.0.0.1:{port}", "--log", "json"]
        self.process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE)
        line = (await self.process.stdout.readline()).decode()
        host, _, port = line.strip().removeprefix("stytch-mock ready on http://").partition(":")
        self.address, self.log, self.line = (host, int(port)), [], asyncio.Event()
        self.reading = asyncio.create_task(self.read_log())
        return self

    async def read_log(self):
        async for line in self.process.stderr:
            self.log.append(line.decode())
            self.line.set()

    def warnings(self):
        return [json.loads(line) for line in self.log if json.loads(line)["level"] == "WARN"]

    async def wait_for_warnings(self, count):
        async with asyncio.timeout(PATIENCE):
            while len(self.warnings()) < count:
                self.line.clear()
                await self.line.wait()

    async def call(self, method, path, body=None):
        """The answer, and how many seconds it took."""
        begun = time.monotonic()
        reader, writer = await asyncio.open_connection(*self.address)
        content = b"" if body is None else json.dumps(body).encode()
        head = f"{method} {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Basic {CREDENTIALS}\r\n"
        head += f"content-type: application/json\r\ncontent-length: {len(content)}\r\nconnection: close\r\n\r\n"
        writer.write(head.encode() + content)
        answer = await reader.read()
        took = time.monotonic() - begun
        writer.close()
        head, _, body = answer.partition(b"\r\n\r\n")
        status = int(head.split(b" ")[1])
        return status, json.loads(body) if body else None, took

    async def post(self, path, body):
        status, answer, took = await self.call("POST", path, body)
        assert status == 200, f"{path} {body}: {answer}"
        return answer, took

    async def outbox(self):
        return (await self.call("GET", "/__mock/outbox"))[1]["messages"]

    async def stop(self):
        """How many seconds it takes to end; its whole log is there then."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            code = await self.process.wait()
            await self.reading
        return code, time.monotonic() - begun


SENDINGS = [
    ("/v1/magic_links/email/login_or_create", {"email": "up@example.com"}),
    ("/v1/magic_links/email/login_or_create", {"email": "Up@Example.com", "login_magic_link_url": "https://app.example/ä?b=ü&c=1"}),
    ("/v1/magic_links/email/send", {"email": "up@example.com", "locale": "fr"}),
    ("/v1/magic_links/email/invite", {"email": "invited@example.com", "name": {"first_name": "Ørsted"}}),
    ("/v1/otps/email/login_or_create", {"email": "code@example.com", "locale": "pt-br"}),
    ("/v1/otps/email/send", {"email": "code@example.com", "expiration_minutes": 10}),
    ("/v1/passwords/email/reset/start", {"email": "up@example.com"}),
    ("/v1/otps/email/login_or_create", {"email": "user+tag@sub.example.com"}),
    ("/v1/otps/email/login_or_create", {"email": "o'neil@example.com"}),
    ("/v1/otps/email/login_or_create", {"email": "new@bücher.example"}),
    ("/v1/otps/email/login_or_create", {"email": "jörg@example.com"}),
    ("/v1/magic_links/email/login_or_create", {"email": "用户@例子.广告"}),
]
NOT_EMAILS = [
    ("/v1/otps/sms/login_or_create", {"phone_number": "+12025550142"}),
    ("/v1/otps/whatsapp/login_or_create", {"phone_number": "+12025550142"}),
    ("/v1/magic_links/email/send", {"email": "sandbox@stytch.com"}),
]
SUBJECTS = {
    "magic_link": "Your login link",
    "invite": "You are invited",
    "otp": "Your login code",
    "password_reset": "Reset your password",
}


def part(message, kind):
    return message.get_body(preferencelist=(kind,))


async def every_email_arrives_whole_and_readable():
    catcher = Catcher()
    server, port = await catcher.listen()
    emulator = await Emulator().start(port)
    for path, body in SENDINGS + NOT_EMAILS:
        await emulator.post(path, body)
    messages = await catcher.wait_for(len(SENDINGS))
    sent = [message for message in await emulator.outbox() if message["channel"] == "email"]
    assert len(sent) == len(SENDINGS), len(sent)
    for message, mail, (sender, recipients, content) in zip(sent, messages, catcher.caught, strict=True):
        credential = message.get("code") or message["link"]
        assert sender == "login@stytch-mock.invalid", sender
        assert recipients == [message["to"]], (recipients, message["to"])
        # Python's parser takes a header of RFC 6532 for bytes
        to = mail["to"].addresses[0].addr_spec.encode(errors="surrogateescape").decode()
        assert to == message["to"], (to, message["to"])
        assert mail["from"].addresses[0].display_name == "stytch-mock", mail["from"]
        assert mail["subject"] == SUBJECTS[message["kind"]], mail["subject"]
        assert mail["date"].datetime.timestamp() > 0 and not mail.defects, (mail["date"], mail.defects)
        assert mail.get_content_type() == "multipart/alternative", mail.get_content_type()
        text, html = part(mail, "plain"), part(mail, "html")
        assert text.get_content_charset() == html.get_content_charset() == "utf-8", mail
        text, html = text.get_content(), html.get_content()
        # on a line of its own, so that it can be told apart, and whole
        assert credential in text.splitlines(), text
        assert message["expires_at"] in text and message["expires_at"] in html, text
        shown = html.replace("&amp;", "&").replace("&quot;", '"')
        assert f">{credential}<" in shown, html
        if "link" in message:
            assert re.search(r'<a href="([^"]*)"', html).group(1).replace("&amp;", "&") == message["link"], html
            # the link of the e-mail leads on
            status, _, _ = await emulator.call("GET", message["link"].removeprefix("http://localhost"))
            assert status == 302, status
        # lines that every server takes
        assert max(len(line) for line in content.splitlines()) <= 998, content
    ids = [mail["message-id"] for mail in messages]
    assert len(set(ids)) == len(ids), ids
    code, took = await emulator.stop()
    server.close()
    assert code == 0 and took < 2.5, (code, took)
    # those to numbers and to the sandbox did not arrive while the program ended, either
    assert len(catcher.caught) == len(SENDINGS), len(catcher.caught)
    assert emulator.warnings() == [], emulator.warnings()
    log = "".join(emulator.log)
    secrets = [message.get("code") or message["token"] for message in sent]
    assert not [secret for secret in secrets if secret in log], "a code or token stands in the log"


async def a_code_of_an_email_logs_in():
    catcher = Catcher()
    server, port = await catcher.listen()
    emulator = await Emulator().start(port)
    answer, _ = await emulator.post("/v1/otps/email/login_or_create", {"email": "code@example.com"})
    (mail,) = await catcher.wait_for(1)
    (code,) = [line for line in part(mail, "plain").get_content().splitlines() if re.fullmatch(r"\d{6}", line)]
    body = {"method_id": answer["email_id"], "code": code, "session_duration_minutes": 5}
    login, _ = await emulator.post("/v1/otps/authenticate", body)
    assert login["session"]["user_id"] == answer["user_id"], login
    await emulator.stop()
    server.close()


async def a_server_that_is_away_is_one_warning_until_it_is_back():
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        port = reserved.getsockname()[1]
    emulator = await Emulator().start(port)
    times = [(await emulator.post("/v1/otps/email/login_or_create", {"email": f"{number}@example.com"}))[1] for number in range(20)]
    assert max(times) < AT_ONCE, times
    await emulator.wait_for_warnings(1)
    assert len(await emulator.outbox()) == 20
    # what is sent from now on arrives; the queue tells that those before it were tried
    catcher = Catcher()
    server, port = await catcher.listen(port)
    await emulator.post("/v1/otps/email/login_or_create", {"email": "back@example.com"})
    await catcher.wait_for(1)
    server.close()
    await server.wait_closed()
    await emulator.post("/v1/otps/email/login_or_create", {"email": "away@example.com"})
    await emulator.wait_for_warnings(2)
    await emulator.stop()
    problems = [warning["problem"] for warning in emulator.warnings()]
    assert problems == ["no connection"] * 2, emulator.warnings()


async def a_server_that_never_answers_is_one_warning_and_costs_no_request_any_time():
    connections, third = [], asyncio.Event()

    async def say_nothing(reader, writer):
        connections.append(writer)
        if len(connections) == 3:
            third.set()
        await reader.read()

    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    emulator = await Emulator().start(server.sockets[0].getsockname()[1])
    times = [(await emulator.post("/v1/otps/email/login_or_create", {"email": f"{number}@example.com"}))[1] for number in range(30)]
    await emulator.wait_for_warnings(1)
    times += [(await emulator.post("/v1/otps/email/login_or_create", {"email": f"{number}@example.org"}))[1] for number in range(30)]
    assert max(times) < AT_ONCE, times
    # it gives up on a second e-mail, too, and does not say so once more
    async with asyncio.timeout(PATIENCE):
        await third.wait()
    code, took = await emulator.stop()
    assert code == 0 and took < 2.5, (code, took)
    problems = [warning["problem"] for warning in emulator.warnings()]
    assert problems == ["no answer in time"], emulator.warnings()
    server.close()


async def a_server_that_refuses_one_address_gets_the_next_and_its_words_are_not_logged():
    catcher = Catcher(refused={"refused@example.com"})
    server, port = await catcher.listen()
    emulator = await Emulator().start(port)
    for name in ("first", "refused", "third"):
        await emulator.post("/v1/otps/email/login_or_create", {"email": f"{name}@example.com"})
    mails = await catcher.wait_for(2)
    assert [mail["to"] for mail in mails] == ["first@example.com", "third@example.com"], mails
    await emulator.wait_for_warnings(1)
    await emulator.stop()
    server.close()
    (warning,) = emulator.warnings()
    assert (warning["number"], warning["problem"]) == (2, "status 550"), warning
    assert "refused@" not in json.dumps(warning), warning


async def a_server_without_utf8_gets_what_it_can_carry():
    catcher = Catcher(utf8=False)
    server, port = await catcher.listen()
    emulator = await Emulator().start(port)
    for address in ("jörg@example.com", "after@example.com"):
        await emulator.post("/v1/otps/email/login_or_create", {"email": address})
    (mail,) = await catcher.wait_for(1)
    assert mail["to"] == "after@example.com", mail["to"]
    await emulator.wait_for_warnings(1)
    await emulator.stop()
    server.close()
    assert len(emulator.warnings()) == 1, emulator.warnings()


CASES = [
    every_email_arrives_whole_and_readable,
    a_code_of_an_email_logs_in,
    a_server_that_is_away_is_one_warning_until_it_is_back,
    a_server_that_never_answers_is_one_warning_and_costs_no_request_any_time,
    a_server_that_refuses_one_address_gets_the_next_and_its_words_are_not_logged,
    a_server_without_utf8_gets_what_it_can_carry,
]


def main():
    passed, failed = 0, 0
    for case in CASES:
        begun = time.monotonic()
        try:
            asyncio.run(case())
            passed += 1
            print(f"ok    {case.__name__} ({time.monotonic() - begun:.1f} s)")
        except Exception as error:
            failed += 1
            place = traceback.extract_tb(error.__traceback__)[-1].lineno
            print(f"FAIL  {case.__name__}, line {place}: {type(error).__name__}: {str(error)[:2000]}")
    print(f"\nsmtp: {passed} passed, {failed} failed")
    return failed == 0


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
