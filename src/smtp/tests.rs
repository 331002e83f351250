//! The mailer against a server of the tests' own: what arrives there, and that a silent one holds nobody up.

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use uuid::Uuid;

use super::*;
use crate::domain::id::{Environment, ProjectId, UserId};
use crate::domain::timestamp::Timestamp;

fn message(to: &str, channel: Channel) -> OutboxMessage {
    OutboxMessage {
        time: Timestamp::parse("2021-08-09T08:00:00Z").unwrap(),
        project_id: ProjectId::parse("project-test-a").unwrap(),
        user_id: UserId::new(Environment::Test, Uuid::nil()),
        channel,
        to: to.to_owned(),
        kind: MessageKind::MagicLink,
        credential: Credential::Link { token: "t".to_owned(), link: "http://localhost/?a=1&token=t".to_owned() },
        method_id: "email-test-1".to_owned(),
        template_id: None,
        locale: None,
        expires_at: Timestamp::parse("2021-08-09T09:00:00Z").unwrap(),
    }
}

/// Takes one e-mail; what the client said, up to and with it.
async fn catch(listener: &TcpListener) -> String {
    let (stream, _) = listener.accept().await.unwrap();
    let mut stream = BufReader::new(stream);
    let mut said = String::new();
    answer(&mut stream, "220 catcher").await;
    while !said.ends_with("\r\n.\r\n") {
        let mut line = String::new();
        assert!(stream.read_line(&mut line).await.unwrap() > 0, "{said}");
        said.push_str(&line);
        match line.get(..4) {
            Some("EHLO" | "MAIL" | "RCPT") => answer(&mut stream, "250 fine").await,
            Some("DATA") => {
                answer(&mut stream, "354 go on").await;
                while !said.ends_with("\r\n.\r\n") {
                    stream.read_line(&mut said).await.unwrap();
                }
                answer(&mut stream, "250 taken").await;
            }
            _ => {}
        }
    }
    said
}

async fn answer(stream: &mut BufReader<TcpStream>, line: &str) {
    stream.write_all(format!("{line}\r\n").as_bytes()).await.unwrap();
}

#[tokio::test]
async fn an_email_is_delivered_in_both_forms_and_nothing_else_is() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = format!("smtp://{}", listener.local_addr().unwrap()).parse().unwrap();
    let mailer = Mailer::start(&server);
    mailer.send(1, &message("+12025550162", Channel::Sms));
    mailer.send(2, &message("no address", Channel::Email));
    mailer.send(3, &message("somebody@example.com", Channel::Email));
    let said = catch(&listener).await;
    for part in [
        "RCPT TO:<somebody@example.com>\r\n",
        "From: stytch-mock <login@stytch-mock.invalid>\r\n",
        "To: somebody@example.com\r\n",
        "Subject: Your login link\r\n",
        "Date: Mon, 09 Aug 2021 08:00:00 +0000\r\n",
        "Message-ID: <3.1628496000@stytch-mock.invalid>\r\n",
        "Follow this link to log in:\r\n\r\nhttp://localhost/?a=1&token=t\r\n",
        "<a href=3D\"http://localhost/?a=3D1&amp;token=3Dt\">",
        "It can be used once, until 2021-08-09T09:00:00Z.",
    ] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
}

#[tokio::test]
async fn a_server_that_never_answers_holds_nobody_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mailer = Mailer::start(&format!("smtp://{}", listener.local_addr().unwrap()).parse().unwrap());
    for number in 0..2_000 {
        mailer.send(number, &message("somebody@example.com", Channel::Email));
    }
    assert!(mailer.is_full.load(Ordering::Relaxed), "what there is no room for is left out");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_never_answers_is_given_up_and_asked_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mailer = Mailer::start(&format!("smtp://{}", listener.local_addr().unwrap()).parse().unwrap());
    mailer.send(1, &message("first@example.com", Channel::Email));
    mailer.send(2, &message("second@example.com", Channel::Email));
    let _silent = listener.accept().await.unwrap();
    let said = catch(&listener).await;
    assert!(said.contains("To: second@example.com\r\n"), "{said}");
}

#[test]
fn a_server_is_a_host_and_a_port() {
    for (text, host, port) in
        [("smtp://localhost:1025", "localhost", 1025), ("smtp://127.0.0.1", "127.0.0.1", 25), ("smtp://[::1]:2525/", "::1", 2525)]
    {
        assert_eq!(text.parse(), Ok(SmtpServer { host: host.to_owned(), port }), "{text}");
    }
    for text in
        ["", "localhost:1025", "http://localhost:1025", "smtp://", "smtp://user:secret@host:1", "smtp://host/x", "smtps://host"]
    {
        assert_eq!(text.parse::<SmtpServer>(), Err(InvalidSmtpServer), "{text}");
    }
}
