//! TLS that can't be had as asked: refused at the start, by name.

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, KeyUsagePurpose, date_time_ymd};

use crate::program::{Folder, Running, run, run_command};

/// A certificate as other tools would make it.
pub struct Certificate {
    pub pem: String,
    pub key: String,
    params: CertificateParams,
}

impl Certificate {
    pub fn authority() -> Self {
        Self::self_signed(authority_params())
    }

    fn self_signed(params: CertificateParams) -> Self {
        let key = KeyPair::generate().unwrap();
        Self { pem: params.self_signed(&key).unwrap().pem(), key: key.serialize_pem(), params }
    }

    /// A certificate of this authority.
    pub fn issue(&self, names: &[&str]) -> Self {
        let issuer = Issuer::new(self.params.clone(), KeyPair::from_pem(&self.key).unwrap());
        let (key, params) = (KeyPair::generate().unwrap(), server_params(names));
        Self { pem: params.signed_by(&key, &issuer).unwrap().pem(), key: key.serialize_pem(), params }
    }
}

fn authority_params() -> CertificateParams {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

fn server_params(names: &[&str]) -> CertificateParams {
    CertificateParams::new(names.iter().map(ToString::to_string).collect::<Vec<_>>()).unwrap()
}

/// Long ago, and in the far future.
fn dated(mut params: CertificateParams, from: i32, to: i32) -> Certificate {
    (params.not_before, params.not_after) = (date_time_ymd(from, 1, 1), date_time_ymd(to, 1, 1));
    Certificate::self_signed(params)
}

/// The start is refused with 1, in one line that says all of this.
fn assert_refused(arguments: &[&str], parts: &[&str]) {
    let ended = run(&[&["--port", "0", "--tls-port", "0"], arguments].concat());
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""), "{arguments:?}: {ended:?}");
    assert!(ended.stderr.starts_with("error: ") && ended.stderr.lines().count() == 1, "{}", ended.stderr);
    for part in parts {
        assert!(ended.stderr.contains(part), "{part:?} is not in {}", ended.stderr);
    }
}

#[test]
fn a_certificate_or_key_that_will_not_do_is_named() {
    let folder = Folder::new();
    let good = Certificate::self_signed(server_params(&["localhost"]));
    let other = Certificate::self_signed(server_params(&["localhost"]));
    let old = dated(server_params(&["localhost"]), 2001, 2002);
    let young = dated(server_params(&["localhost"]), 2990, 2999);
    let (cert, key) = (folder.put("cert.pem", &good.pem), folder.put("key.pem", &good.key));
    let put = |name: &str, content: &str| folder.put(name, content);
    let garbled = good.pem.replace("MII", "AAA");
    let cases = [
        (cert.clone(), put("other-key.pem", &other.key), "is not the key of --tls-cert"),
        (put("old.pem", &old.pem), put("old-key.pem", &old.key), "expired on Jan  1"),
        (put("young.pem", &young.pem), put("young-key.pem", &young.key), "is not valid before Jan  1"),
        (put("empty.pem", ""), key.clone(), "holds no certificate in PEM"),
        (put("garbage.pem", "hello"), key.clone(), "holds no certificate in PEM"),
        (put("half.pem", &good.pem[..200]), key.clone(), "holds no certificate in PEM"),
        (put("garbled.pem", &garbled), key.clone(), "holds a broken certificate"),
        (
            put("broken-chain.pem", &format!("{}{}", good.pem, &good.pem[..200])),
            key.clone(),
            "broken certificate after its first",
        ),
        (key.clone(), key.clone(), "holds no certificate in PEM"),
        (folder.path("no-cert.pem"), key.clone(), "No such file"),
        (folder.path(""), key.clone(), "directory"),
        (cert.clone(), folder.path("no-key.pem"), "No such file"),
        (cert.clone(), put("empty-key.pem", ""), "holds no unencrypted private key in PEM"),
        (cert.clone(), put("garbage-key.pem", "hello"), "holds no unencrypted private key in PEM"),
        (cert.clone(), cert.clone(), "holds no unencrypted private key in PEM"),
        (cert.clone(), put("encrypted.pem", include_str!("../keys/rsa-2048-encrypted.pem")), "holds no unencrypted private key"),
        (
            cert.clone(),
            put("encrypted-1.pem", include_str!("../keys/rsa-2048-encrypted-pkcs1.pem")),
            "holds no unencrypted private key",
        ),
        (cert.clone(), put("public.pem", include_str!("../keys/rsa-2048-public.pem")), "holds no unencrypted private key"),
        (cert.clone(), put("rsa.pem", include_str!("../keys/rsa-2048.pem")), "is not the key of --tls-cert"),
        (cert, put("short.pem", include_str!("../keys/rsa-1024.pem")), "holds a key that can't be used"),
    ];
    for (cert, key, expected) in &cases {
        let at_fault = if expected.contains("key") && !expected.contains("--tls-cert") { key } else { cert };
        let at_fault = if *expected == "No such file" && key.contains("no-key") { key } else { at_fault };
        assert_refused(&["--tls-cert", cert, "--tls-key", key], &["--tls-", expected, at_fault]);
    }
}

#[test]
fn a_folder_that_holds_no_authority_is_named() {
    let [ca, other] = [(); 2].map(|()| Certificate::authority());
    let leaf = ca.issue(&["localhost"]);
    let old = dated(authority_params(), 2001, 2002);
    let young = dated(authority_params(), 2990, 2999);
    let idle = Certificate::self_signed({
        let mut params = authority_params();
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params
    });
    let with_key = format!("{}{}", ca.pem, ca.key);
    let remedy = "remove ca.pem and ca-key.pem to have new ones made";
    for (pem, key, expected) in [
        (Some(&ca.pem), None, "ca-key.pem is missing"),
        (None, Some(&ca.key), "ca.pem is missing"),
        (Some(&String::new()), Some(&ca.key), "ca.pem holds no certificate"),
        (Some(&"hello".to_owned()), Some(&"hello".to_owned()), "ca.pem holds no certificate"),
        (Some(&ca.pem.replace("MII", "AAA")), Some(&ca.key), "a broken certificate"),
        (Some(&ca.pem), Some(&"hello".to_owned()), "ca-key.pem holds no unencrypted private key"),
        (Some(&ca.pem), Some(&ca.pem), "ca-key.pem holds no unencrypted private key"),
        (
            Some(&ca.pem),
            Some(&include_str!("../keys/rsa-2048-encrypted.pem").to_owned()),
            "ca-key.pem holds no unencrypted private key",
        ),
        (Some(&ca.pem), Some(&other.key), "ca-key.pem is not the key of ca.pem"),
        (Some(&old.pem), Some(&old.key), "ca.pem expired on Jan  1"),
        (Some(&young.pem), Some(&young.key), "ca.pem is not valid before Jan  1"),
        (Some(&leaf.pem), Some(&leaf.key), "ca.pem is no authority's certificate"),
        (Some(&idle.pem), Some(&idle.key), "ca.pem is no authority's certificate"),
        (Some(&with_key), Some(&ca.key), "ca.pem holds a private key"),
    ] {
        let folder = Folder::new();
        pem.map(|pem| folder.put("ca.pem", pem));
        key.map(|key| folder.put("ca-key.pem", key));
        let ca_dir = folder.path("");
        assert_refused(&["--ca-dir", &ca_dir], &["--ca-dir", &ca_dir, expected, remedy]);
        let ended = run(&["ca", "--ca-dir", &ca_dir]);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""), "{expected}");
        assert!(ended.stderr.contains(expected), "{}", ended.stderr);
    }
    let folder = Folder::new();
    let file = folder.put("file", "");
    for ca_dir in [&file, &format!("{file}/below"), "/proc/nowhere"] {
        assert_refused(&["--ca-dir", ca_dir], &["--ca-dir", ca_dir]);
    }
}

#[test]
fn a_port_or_file_that_cannot_be_had_is_named() {
    let running = Running::start(&[]);
    let port = running.address.port().to_string();
    let ended = run(&["--port", "0", "--tls-port", &port]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""));
    let expected = format!("error: can't listen on 127.0.0.1:{port} (--tls-port): ");
    assert!(ended.stderr.starts_with(&expected), "{}", ended.stderr);
    assert!(ended.stderr.contains("choose another --tls-port (STYTCH_MOCK_TLS_PORT)"), "{}", ended.stderr);
    assert_refused(&["--ca-file", "/nowhere/at/all.pem"], &["--ca-file /nowhere/at/all.pem: "]);
}

#[test]
fn settings_that_make_no_sense_are_bad_usage() {
    let tls = ["--tls-port", "0"];
    let own = ["--tls-cert", "cert.pem", "--tls-key", "key.pem"];
    for (arguments, flag) in [
        ([&tls[..], &["--tls-cert", "cert.pem"]].concat(), "--tls-key"),
        ([&tls[..], &["--tls-key", "key.pem"]].concat(), "--tls-cert"),
        (own.to_vec(), "--tls-port (STYTCH_MOCK_TLS_PORT)"),
        (vec!["--tls-name", "app.test"], "--tls-name (STYTCH_MOCK_TLS_NAME)"),
        (vec!["--ca-file", "ca.pem"], "--ca-file (STYTCH_MOCK_CA_FILE)"),
        (vec!["--ca-dir", "ca"], "--ca-dir (STYTCH_MOCK_CA_DIR)"),
        ([&tls[..], &own, &["--tls-name", "app.test"]].concat(), "--tls-name"),
        ([&tls[..], &own, &["--ca-file", "ca.pem"]].concat(), "--ca-file"),
        ([&tls[..], &own, &["--ca-dir", "ca"]].concat(), "--ca-dir"),
        (vec!["--tls-port", "x"], "--tls-port"),
        (vec!["--tls-port", "65536"], "--tls-port"),
        ([&tls[..], &["--tls-name", "https://app.test"]].concat(), "--tls-name"),
        ([&tls[..], &["--tls-name", "app.test:443"]].concat(), "--tls-name"),
        ([&tls[..], &["--tls-name", "münchen.test"]].concat(), "--tls-name"),
        ([&tls[..], &["--tls-name", "a.test,,b.test"]].concat(), "--tls-name"),
        ([&tls[..], &["--tls-name", ""]].concat(), "--tls-name"),
    ] {
        for arguments in [[&["serve", "--port", "0"], &arguments[..]].concat(), [&["--port", "0"], &arguments[..]].concat()] {
            let ended = run(&arguments);
            assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{arguments:?}: {ended:?}");
            assert!(ended.stderr.contains(flag), "{arguments:?}: {}", ended.stderr);
        }
    }
}

#[test]
fn variables_of_tls_are_named_and_disturb_no_other_command() {
    for (variable, value) in [("STYTCH_MOCK_TLS_PORT", "x"), ("STYTCH_MOCK_TLS_NAME", "app.test,a b")] {
        let mut command = crate::program::command(&["--port", "0"]);
        command.env("STYTCH_MOCK_TLS_PORT", "0").env(variable, value);
        let ended = run_command(command);
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert!(ended.stderr.contains(variable), "{}", ended.stderr);
    }
    let folder = Folder::new();
    for arguments in [&["validate"][..], &["schema"], &["ca"]] {
        let mut command = crate::program::command(arguments);
        command.env("STYTCH_MOCK_CA_DIR", folder.path("ca")).env("STYTCH_MOCK_TLS_NAME", "app.test");
        assert_eq!(run_command(command).code, Some(0), "{arguments:?}");
    }
}
