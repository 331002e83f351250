//! What TLS leaves on disk and hands out: the authority's certificate, the same bytes wherever it comes from, and
//! never a private key.

use std::fs;
use std::thread;

use crate::client::Request;
use crate::program::{Folder, Running, run};
use crate::secure::{Secured, TARGET, handshake};

#[cfg(unix)]
fn mode(path: &str) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn the_authority_is_the_same_bytes_wherever_it_comes_from() {
    let folder = Folder::new();
    let (ca_dir, ca_file) = (folder.path("deep/down/ca"), folder.path("out.pem"));
    for arguments in [&["--ca-file", &ca_file][..], &["--ca-file", &ca_file, "--ca-dir", &ca_dir]] {
        let secured = Secured::start(arguments);
        let ca = secured.ca();
        assert!(ca.starts_with("-----BEGIN CERTIFICATE-----\n") && ca.ends_with("-----END CERTIFICATE-----\n"), "{ca}");
        assert_eq!(fs::read_to_string(&ca_file).unwrap(), ca);
        let port = secured.running.address.port().to_string();
        let ended = run(&["ca", "--port", &port]);
        assert_eq!((ended.code, ended.stdout, ended.stderr), (Some(0), ca, String::new()));
    }
    let kept = fs::read_to_string(format!("{ca_dir}/ca.pem")).unwrap();
    assert_eq!(fs::read_to_string(&ca_file).unwrap(), kept);
    assert_eq!(run(&["ca", "--ca-dir", &ca_dir]).stdout, kept);
}

#[test]
fn trust_in_a_kept_authority_outlives_a_restart() {
    let folder = Folder::new();
    let ca_dir = folder.path("ca");
    let made = run(&["ca", "--ca-dir", &ca_dir]);
    assert_eq!(made.code, Some(0), "{made:?}");
    let key_file = format!("{ca_dir}/ca-key.pem");
    #[cfg(unix)]
    assert_eq!(mode(&key_file), 0o600);
    let key = fs::read(&key_file).unwrap();
    let mut leaves = Vec::new();
    for _ in 0..2 {
        let secured = Secured::start(&["--ca-dir", &ca_dir]);
        assert_eq!(secured.ca(), made.stdout);
        let stream = handshake(secured.address, "localhost", secured.trust(&[])).unwrap();
        leaves.push(stream.get_ref().1.peer_certificates().unwrap()[0].to_vec());
    }
    assert_ne!(leaves[0], leaves[1], "the certificate itself is a new one each time");
    assert_eq!(fs::read(&key_file).unwrap(), key);
}

#[test]
fn an_authority_is_made_once_however_many_want_it() {
    let folder = Folder::new();
    let ca_dir = folder.path("ca");
    let runs: Vec<_> = (0..8)
        .map(|_| {
            let ca_dir = ca_dir.clone();
            thread::spawn(move || run(&["ca", "--ca-dir", &ca_dir]))
        })
        .collect();
    let printed: Vec<_> = runs.into_iter().map(|run| run.join().unwrap()).collect();
    for ended in &printed {
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert_eq!(ended.stdout, printed[0].stdout);
    }
}

#[test]
fn an_authority_of_other_tools_will_do() {
    let folder = Folder::new();
    let ca = crate::tls_refusals::Certificate::authority();
    folder.put("ca.pem", &ca.pem);
    folder.put("ca-key.pem", &ca.key);
    let secured = Secured::start(&["--ca-dir", &folder.path("")]);
    assert_eq!(secured.ca(), ca.pem);
    assert_eq!(secured.connect("h2").get(&TARGET).outcome(), "200");
}

#[test]
fn a_certificate_of_ones_own_is_shown_whole() {
    let folder = Folder::new();
    let authority = crate::tls_refusals::Certificate::authority();
    let leaf = authority.issue(&["test.stytch.com"]);
    let (cert, key) = (folder.put("cert.pem", format!("{}{}", leaf.pem, authority.pem)), folder.put("key.pem", &leaf.key));
    let secured = Secured::start(&["--tls-cert", &cert, "--tls-key", &key]);
    let config = crate::secure::trust(&authority.pem, rustls::ALL_VERSIONS, &[]);
    let stream = handshake(secured.address, "test.stytch.com", config).unwrap();
    assert_eq!(stream.get_ref().1.peer_certificates().unwrap().len(), 2);
    // there is no authority to hand out then
    let missing = secured.running.client().steer(&Request::get("/__mock/ca.pem"));
    assert_eq!(missing.status, 404, "{missing:?}");
    let ended = run(&["ca", "--port", &secured.running.address.port().to_string()]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""));
    assert!(ended.stderr.contains("--tls-cert"), "{}", ended.stderr);
    assert!(!secured.output.contains("stytch-mock ca"), "{}", secured.output);
}

#[test]
fn the_command_ca_says_why_there_is_none() {
    let running = Running::start(&[]);
    let port = running.address.port().to_string();
    let ended = run(&["ca", "--port", &port]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""));
    assert!(ended.stderr.contains("TLS is off"), "{}", ended.stderr);
    drop(running);
    let ended = run(&["ca", "--port", &port]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""));
    assert!(ended.stderr.starts_with(&format!("error: nothing answers on 127.0.0.1:{port}")), "{}", ended.stderr);
}

#[test]
fn private_keys_are_never_shown() {
    let folder = Folder::new();
    let ca_dir = folder.path("ca");
    let secured = Secured::start(&["--ca-dir", &ca_dir]);
    secured.connect("h2").get(&TARGET);
    let mut shown = [secured.output.clone(), secured.ca()].to_vec();
    for path in ["health", "state", "requests", "clock", "faults"] {
        shown.push(secured.plain(&format!("/__mock/{path}")).text().to_owned());
    }
    secured.running.signal("TERM");
    shown.push(secured.log.rest());
    let key = fs::read_to_string(format!("{ca_dir}/ca-key.pem")).unwrap();
    let secret = key.lines().nth(1).unwrap();
    for text in shown {
        assert!(!text.contains("PRIVATE KEY") && !text.contains(secret), "{text}");
    }
    assert!(fs::read_to_string(format!("{ca_dir}/ca.pem")).unwrap().lines().all(|line| line != secret));
}
