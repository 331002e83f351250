//! TLS as clients meet it: names, versions, protocols, and the certificates themselves.

use rustls::version::{TLS12, TLS13};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use x509_parser::prelude::{FromDer, GeneralName, ParsedExtension, X509Certificate};

use crate::secure::{Line, Secured, TARGET, handshake, protocol, trust};

const MORE_NAMES: &str = "app.test,*.wild.test,10.1.2.3,UPPER.test";

#[test]
fn every_name_verifies_and_no_other() {
    let secured = Secured::start(&["--tls-name", MORE_NAMES, "--tls-name", "one-more"]);
    let ca = secured.ca();
    let names = [
        ("localhost", true),
        ("127.0.0.1", true),
        ("::1", true),
        ("test.stytch.com", true),
        ("api.stytch.com", true),
        ("telemetry.stytch.com", true),
        ("app.test", true),
        ("APP.test", true),
        ("a.wild.test", true),
        ("10.1.2.3", true),
        ("upper.test", true),
        ("one-more", true),
        ("stytch.com", false),
        ("www.stytch.com", false),
        ("elements.stytch.com", false),
        ("test.stytch.com.evil.test", false),
        ("wild.test", false),
        ("a.b.wild.test", false),
        ("127.0.0.2", false),
        ("::2", false),
        ("other.test", false),
    ];
    for version in [&TLS12, &TLS13] {
        let config = trust(&ca, &[version], &["http/1.1"]);
        for (name, is_good) in names {
            match handshake(secured.address, name, config.clone()) {
                Ok(stream) => {
                    assert!(is_good, "{name} verifies");
                    assert_eq!(stream.get_ref().1.protocol_version(), Some(version.version));
                    let response = Line::over(stream, secured.running.client()).get(&TARGET);
                    assert_eq!(response.outcome(), "200", "{name}");
                }
                Err(error) => assert!(!is_good && error.to_string().contains("not valid for name"), "{name}: {error}"),
            }
        }
    }
}

#[test]
fn an_ipv6_host_is_served_if_there_is_one() {
    if std::net::TcpListener::bind(("::1", 0)).is_err() {
        return;
    }
    let secured = Secured::start(&["--host", "::1"]);
    assert!(secured.address.is_ipv6());
    let stream = handshake(secured.address, "::1", secured.trust(&[])).unwrap();
    assert_eq!(Line::over(stream, secured.running.client()).get(&TARGET).outcome(), "200");
}

#[test]
fn the_client_chooses_between_http_2_and_http_1() {
    let secured = Secured::start(&[]);
    for (offered, expected) in [
        (&["h2"][..], Some("h2")),
        (&["http/1.1"], Some("http/1.1")),
        (&["h2", "http/1.1"], Some("h2")),
        (&["http/1.1", "h2"], Some("h2")),
        (&[], None),
    ] {
        let stream = handshake(secured.address, "localhost", secured.trust(offered)).unwrap();
        assert_eq!(protocol(&stream).as_deref(), expected, "{offered:?}");
        let mut line = Line::over(stream, secured.running.client());
        let outcomes = [TARGET.as_str(), "/nowhere", &TARGET].map(|target| line.get(target).outcome());
        assert_eq!(outcomes, ["200", "404 route_not_found", "200"], "{offered:?}");
    }
    let error = handshake(secured.address, "localhost", secured.trust(&["spdy/3"])).unwrap_err();
    assert!(error.to_string().contains("NoApplicationProtocol"), "{error}");
    secured.log.next("a TLS handshake failed");
}

#[test]
fn a_hundred_streams_of_one_connection_are_all_answered() {
    let secured = Secured::start(&[]);
    let mut line = secured.connect("h2");
    let expected = line.get(&TARGET);
    let answers: Vec<_> = (0..100).map(|_| line.begin(&TARGET)).collect();
    for answer in answers {
        // that each request_id is a new one, the client has checked
        let response = answer.wait();
        assert_eq!(response.status, 200);
        assert_eq!(response.with_request_id("x"), expected.with_request_id("x"));
    }
}

#[test]
fn the_certificates_are_what_strict_verifiers_want() {
    let secured = Secured::start(&["--tls-name", MORE_NAMES]);
    let ca = CertificateDer::from_pem_slice(secured.ca().as_bytes()).unwrap();
    let stream = handshake(secured.address, "localhost", secured.trust(&[])).unwrap();
    let chain = stream.get_ref().1.peer_certificates().unwrap().to_vec();
    assert_eq!(chain.len(), 2);
    assert_eq!(chain[1], ca);
    let (authority, leaf) = (parse(&ca), parse(&chain[0]));
    for certificate in [&authority, &leaf] {
        assert_eq!(certificate.version().0, 2, "v3");
        let serial = certificate.raw_serial();
        assert!(serial.len() >= 16 && serial.len() <= 20 && serial[0] < 0x80, "long, random, positive: {serial:x?}");
        let unique = certificate.extensions_map().unwrap();
        assert_eq!(unique.len(), certificate.extensions().len());
        assert!(certificate.validity().is_valid());
    }
    assert_ne!(authority.raw_serial(), leaf.raw_serial());
    assert_eq!(leaf.issuer().as_raw(), authority.subject().as_raw());

    let constraints = authority.basic_constraints().unwrap().unwrap();
    assert!(constraints.critical && constraints.value.ca && constraints.value.path_len_constraint == Some(0));
    let usage = authority.key_usage().unwrap().unwrap();
    assert!(usage.critical && usage.value.key_cert_sign());
    let usage = leaf.key_usage().unwrap().unwrap();
    assert!(usage.critical && usage.value.digital_signature() && !usage.value.key_cert_sign());
    let purposes = leaf.extended_key_usage().unwrap().unwrap().value;
    assert!(purposes.server_auth && !purposes.client_auth && !purposes.any);
    assert!(!leaf.is_ca());
    let authority_id = find(&authority, |extension| match extension {
        ParsedExtension::SubjectKeyIdentifier(id) => Some(id.0.to_vec()),
        _ => None,
    });
    let issuer_id = find(&leaf, |extension| match extension {
        ParsedExtension::AuthorityKeyIdentifier(id) => id.key_identifier.as_ref().map(|id| id.0.to_vec()),
        _ => None,
    });
    assert!(authority_id.is_some() && authority_id == issuer_id);
    let names = leaf.subject_alternative_name().unwrap().unwrap();
    let addresses = names.value.general_names.iter().filter(|name| matches!(name, GeneralName::IPAddress(_))).count();
    assert_eq!((names.critical, names.value.general_names.len(), addresses), (false, 10, 3));
    let days = |certificate: &X509Certificate<'_>| {
        (certificate.validity().not_after.timestamp() - certificate.validity().not_before.timestamp()) / 86_400
    };
    assert!(days(&leaf) < 398 && days(&leaf) <= days(&authority), "no client objects to its length");
}

fn parse<'a>(der: &'a CertificateDer<'_>) -> X509Certificate<'a> {
    X509Certificate::from_der(der).unwrap().1
}

fn find<T>(certificate: &X509Certificate<'_>, get: impl Fn(&ParsedExtension<'_>) -> Option<T>) -> Option<T> {
    certificate.extensions().iter().find_map(|extension| get(extension.parsed_extension()))
}

#[test]
fn each_start_has_an_authority_of_its_own() {
    let (one, two) = (Secured::start(&[]), Secured::start(&[]));
    assert_ne!(one.ca(), two.ca());
    let error = handshake(one.address, "localhost", two.trust(&[])).unwrap_err();
    assert!(error.to_string().contains("invalid peer certificate"), "{error}");
}

#[test]
fn the_emulators_clock_does_not_date_certificates() {
    let secured = Secured::start(&["--clock", "2021-08-09T08:00:00Z"]);
    let response = secured.connect("h2").get(&TARGET);
    assert_eq!(response.header("date"), Some("Mon, 09 Aug 2021 08:00:00 GMT"));
}
