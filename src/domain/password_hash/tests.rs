//! Hashes made by Python's hashlib, bcrypt, argon2-cffi and passlib, of the same password.

use super::*;
use crate::domain::error_type::ErrorType;

const PASSWORD: &str = "correct horse battery staple";

fn written(hash_type: &str, hash: &str, config: Option<HashConfig>) -> WrittenHash {
    WrittenHash { hash_type: HashType::parse(hash_type).unwrap(), hash: hash.to_owned(), config }
}

fn salts() -> HashConfig {
    HashConfig::Salts(Salts { prepend_salt: "before".to_owned(), append_salt: "after".to_owned() })
}

fn argon2() -> Argon2Config {
    Argon2Config { salt: "somesalt-16bytes".to_owned(), iteration_amount: 2, memory: 64, threads: 2, key_length: 24 }
}

fn scrypt() -> ScryptConfig {
    let salt = "c29tZXNhbHQtMTZieXRlcw==".to_owned();
    ScryptConfig { salt, n_parameter: 16, r_parameter: 8, p_parameter: 1, key_length: 32 }
}

fn pbkdf2(algorithm: Option<&str>) -> Pbkdf2Config {
    let (salt, algorithm) = ("c29tZXNhbHQtMTZieXRlcw==".to_owned(), algorithm.map(str::to_owned));
    Pbkdf2Config { salt, iteration_amount: 10, key_length: 32, algorithm }
}

fn of_other_programs() -> Vec<WrittenHash> {
    let argon2 = || Some(HashConfig::Argon2(argon2()));
    let pbkdf2 = |algorithm| Some(HashConfig::Pbkdf2(pbkdf2(algorithm)));
    vec![
        written("bcrypt", "$2b$04$4AxQgOOdbvZpN9bNAABZ8OCNkpfpEONFfZ0YHNMTpSzvgrLS27RIm", None),
        written("bcrypt", "$2a$04$QtFnFyX.X6N0sHemBBoOJOFF0IPHHUS4PS9ULPJovWBl8fOn1/Kz6", None),
        written("md_5", "9cc2ae8a1ba7a93da39b46fc1019c481", None),
        written("md_5", "C1140BB1CBB01973E663F5B5FFB54724", Some(salts())),
        written("sha_1", "abf7aad6438836dbe526aa231abde2d0eef74d42", None),
        written("sha_1", "3dc1d3785e7054e2f65e227aa47386e81752be1c", Some(salts())),
        written(
            "sha_512",
            "be5ef7679d88ab9a9045f6267e55f5e5784b4b8cd764b5cd855a5244f91c6269\
             53cd46c43d7668873fd6efbd3b221249315580031963472a078781fe046e62ae",
            None,
        ),
        written(
            "sha_512",
            "274a32d00119b99ca87931806371f02129415cd4e5f34410d6d48a5b05ab9000\
             f7009522dcc88f72a370e70ed70e996d740a5209020bff9e372211bf2cf73dd5",
            Some(salts()),
        ),
        written(
            "argon_2i",
            "$argon2i$v=19$m=64,t=2,p=1$c29tZXNhbHQtMTZieXRlcw$wsSEeGhMum7zuN3ELyrlfDhaBlGFqB/346iNhg3DU08",
            None,
        ),
        written(
            "argon_2i",
            "$argon2i$v=16$m=64,t=2,p=1$c29tZXNhbHQtMTZieXRlcw$sdjsylf/WoCUWNHpPecrZhOpNMqEeMwMTTrfBGPctrc",
            None,
        ),
        written("argon_2i", "$argon2i$m=64,t=2,p=1$c29tZXNhbHQtMTZieXRlcw$sdjsylf/WoCUWNHpPecrZhOpNMqEeMwMTTrfBGPctrc", None),
        written("argon_2i", "0d129a5702ccc246033e6d0d1070ddc7180b815e8edbc42d", argon2()),
        written(
            "argon_2id",
            "$argon2id$v=19$m=64,t=2,p=1$c29tZXNhbHQtMTZieXRlcw$fHWMQlb4WzyiFgOxpxULhhn2dtIm+ftOb+y2umT5EbE",
            None,
        ),
        written(
            "argon_2id",
            "$argon2id$v=16$m=64,t=2,p=1$c29tZXNhbHQtMTZieXRlcw$9lYChbxRXpiQPrIXn7bcb5SI5fV4MT1x0pL8zrbX4ms",
            None,
        ),
        written("argon_2id", "bba369be1a7dce20d2ffe0392005fceaf2b619552542f8e9", argon2()),
        written("scrypt", "qQE9Ur3vXkgKZAqW7xgxl8K3weW7bLbccbisxGIwnmg=", Some(HashConfig::Scrypt(scrypt()))),
        written("scrypt", "$scrypt$ln=4,r=8,p=1$c29tZXNhbHQtMTZieXRlcw$qQE9Ur3vXkgKZAqW7xgxl8K3weW7bLbccbisxGIwnmg", None),
        written("phpass", "$P$5saltsalt9hJCA5XQHb5HNaayqAQyz/", None),
        written("phpass", "$H$5saltsalt9hJCA5XQHb5HNaayqAQyz/", None),
        written("pbkdf_2", "PKLczx4FWRWADz7NpGdMzrMhlhiW7/MakdoMztEP+D0=", pbkdf2(None)),
        written("pbkdf_2", "PKLczx4FWRWADz7NpGdMzrMhlhiW7/MakdoMztEP+D0", pbkdf2(Some("sha256"))),
        written("pbkdf_2", "t0m2ch3o5RneVc2urWX1a4YouoV/zxTZtQmkkV20jxA=", pbkdf2(Some("sha512"))),
    ]
}

#[test]
fn hashes_of_other_programs_know_their_password_and_survive_being_written_back() {
    for written in of_other_programs() {
        let hash = PasswordHash::parse(&written).unwrap_or_else(|error| panic!("{}: {error}", written.hash));
        assert!(hash.verify(PASSWORD), "{}", written.hash);
        assert!(!hash.verify("correct horse battery stable"), "{}", written.hash);
        assert!(!hash.verify(""), "{}", written.hash);
        assert_eq!(hash.hash_type(), written.hash_type, "{}", written.hash);
        assert!(PasswordHash::parse(&hash.written()).unwrap() == hash, "{}", written.hash);
    }
}

#[test]
fn bcrypt_looks_at_72_bytes() {
    let hash = "$2b$04$.ejV/47hQ4Xyj7RmRLGmu.U6IH/1Rp9DSsjeGVBz9lSedOdV.bRae";
    let hash = PasswordHash::parse(&written("bcrypt", hash, None)).unwrap();
    assert!(hash.verify(&"x".repeat(72)) && hash.verify(&"x".repeat(100)));
    assert!(!hash.verify(&"x".repeat(71)));
}

#[test]
fn a_new_password_is_hashed_fast_and_with_its_salt() {
    let hash = PasswordHash::new(PASSWORD, *b"0123456789abcdef");
    assert!(hash.verify(PASSWORD) && !hash.verify("another") && !hash.is_slow());
    assert_eq!(hash.hash_type(), HashType::Argon2id);
    assert!(hash != PasswordHash::new(PASSWORD, *b"0123456789abcdeF"));
    assert_eq!(format!("{hash:?}"), "PasswordHash(argon_2id, redacted)");
}

#[test]
fn hashes_that_were_made_to_be_slow_are_known() {
    for (hash, slow) in [
        (written("bcrypt", "$2b$04$4AxQgOOdbvZpN9bNAABZ8OCNkpfpEONFfZ0YHNMTpSzvgrLS27RIm", None), true),
        (written("argon_2id", "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$aGFzaGhhc2g", None), true),
        (written("scrypt", "$scrypt$ln=16,r=8,p=1$c29tZXNhbHQ$aGFzaGhhc2g", None), true),
        (written("phpass", "$P$Bsaltsalt9hJCA5XQHb5HNaayqAQyz/", None), true),
        (written("phpass", "$P$5saltsalt9hJCA5XQHb5HNaayqAQyz/", None), false),
        (written("md_5", "9cc2ae8a1ba7a93da39b46fc1019c481", None), false),
    ] {
        assert_eq!(PasswordHash::parse(&hash).unwrap().is_slow(), slow, "{}", hash.hash);
    }
}

#[test]
fn a_malformed_hash_is_refused_with_the_field_that_is_wrong() {
    let raw = "bba369be1a7dce20d2ffe0392005fceaf2b619552542f8e9";
    let key = "qQE9Ur3vXkgKZAqW7xgxl8K3weW7bLbccbisxGIwnmg=";
    let with_argon2 = |config| written("argon_2id", raw, Some(HashConfig::Argon2(config)));
    let with_scrypt = |config| written("scrypt", key, Some(HashConfig::Scrypt(config)));
    let with_pbkdf2 = |config| written("pbkdf_2", key, Some(HashConfig::Pbkdf2(config)));
    let cases = [
        (written("bcrypt", "$2b$04$short", None), ErrorType::InvalidBcryptHash, "hash"),
        (
            written("bcrypt", "$2b$03$4AxQgOOdbvZpN9bNAABZ8OCNkpfpEONFfZ0YHNMTpSzvgrLS27RIm", None),
            ErrorType::InvalidBcryptCost,
            "cost",
        ),
        (written("md_5", "9cc2ae8a", None), ErrorType::InvalidMd5Hash, "32"),
        (written("sha_1", "xyz", None), ErrorType::InvalidSha1Hash, "40"),
        (written("sha_512", "", None), ErrorType::InvalidSha512Hash, "128"),
        (written("md_5", raw, Some(HashConfig::Scrypt(scrypt()))), ErrorType::InvalidHash, "parameters"),
        (written("argon_2id", raw, None), ErrorType::InvalidHash, "argon_2_config"),
        (written("argon_2id", "$argon2i$v=19$m=64,t=2,p=1$c29tZXNhbHQ$aGFzaGhhc2g", None), ErrorType::InvalidHash, "hash_type"),
        (written("argon_2id", "$argon2id$v=9$m=64,t=2,p=1$c29tZXNhbHQ$aGFzaGhhc2g", None), ErrorType::InvalidHash, "version"),
        (with_argon2(Argon2Config { salt: "short".to_owned(), ..argon2() }), ErrorType::InvalidArgon2Salt, "salt"),
        (
            with_argon2(Argon2Config { iteration_amount: 0, ..argon2() }),
            ErrorType::InvalidArgon2IterationAmount,
            "iteration_amount",
        ),
        (with_argon2(Argon2Config { memory: 15, ..argon2() }), ErrorType::InvalidArgon2Memory, "memory"),
        (with_argon2(Argon2Config { memory: i64::MAX, ..argon2() }), ErrorType::InvalidArgon2Memory, "memory"),
        (with_argon2(Argon2Config { threads: 0, ..argon2() }), ErrorType::InvalidArgon2Threads, "threads"),
        (with_argon2(Argon2Config { key_length: 3, ..argon2() }), ErrorType::InvalidArgon2KeyLength, "key_length"),
        (with_argon2(Argon2Config { key_length: 32, ..argon2() }), ErrorType::Argon2KeyLengthMismatch, "24 bytes"),
        (written("scrypt", "!", Some(HashConfig::Scrypt(scrypt()))), ErrorType::InvalidBase64ScryptHash, "hash"),
        (written("scrypt", key, None), ErrorType::InvalidHash, "scrypt_config"),
        (
            written("scrypt", "$scrypt$ln=99,r=8,p=1$c29tZXNhbHQ$aGFzaGhhc2g", None),
            ErrorType::InvalidScryptNParameter,
            "n_parameter",
        ),
        (with_scrypt(ScryptConfig { salt: "!".to_owned(), ..scrypt() }), ErrorType::InvalidBase64ScryptSalt, "salt"),
        (with_scrypt(ScryptConfig { salt: String::new(), ..scrypt() }), ErrorType::InvalidScryptSaltLength, "salt"),
        (with_scrypt(ScryptConfig { n_parameter: 15, ..scrypt() }), ErrorType::InvalidScryptNParameter, "n_parameter"),
        (with_scrypt(ScryptConfig { n_parameter: 1 << 19, ..scrypt() }), ErrorType::InvalidScryptNParameter, "n_parameter"),
        (with_scrypt(ScryptConfig { r_parameter: 0, ..scrypt() }), ErrorType::InvalidScryptParameters, "r_parameter"),
        (with_scrypt(ScryptConfig { p_parameter: -1, ..scrypt() }), ErrorType::InvalidScryptParameters, "p_parameter"),
        (
            with_scrypt(ScryptConfig { n_parameter: 1 << 18, r_parameter: 64, ..scrypt() }),
            ErrorType::InvalidScryptParameters,
            "1 GiB",
        ),
        (with_scrypt(ScryptConfig { key_length: 31, ..scrypt() }), ErrorType::ScryptKeyLengthMismatch, "key_length"),
        (written("phpass", "$2b$5saltsalt9hJCA5XQHb5HNaayqAQyz/", None), ErrorType::InvalidPhpassHashPrefix, "$P$"),
        (written("phpass", "$P$5saltsalt9hJCA5XQHb5HNaayqAQyz", None), ErrorType::InvalidPhpassHashFormat, "34"),
        (written("phpass", "$P$.saltsalt9hJCA5XQHb5HNaayqAQyz/", None), ErrorType::InvalidPhpassHashFormat, "rounds"),
        (written("pbkdf_2", key, None), ErrorType::InvalidPbkdf2Salt, "pbkdf_2_config"),
        (written("pbkdf_2", "", Some(HashConfig::Pbkdf2(pbkdf2(None)))), ErrorType::InvalidPbkdf2Hash, "hash"),
        (with_pbkdf2(Pbkdf2Config { salt: String::new(), ..pbkdf2(None) }), ErrorType::InvalidPbkdf2Salt, "salt"),
        (
            with_pbkdf2(Pbkdf2Config { iteration_amount: 0, ..pbkdf2(None) }),
            ErrorType::InvalidPbkdf2IterationAmount,
            "iteration_amount",
        ),
        (with_pbkdf2(pbkdf2(Some("sha1"))), ErrorType::InvalidPbkdf2Algorithm, "algorithm"),
        (with_pbkdf2(Pbkdf2Config { key_length: 20, ..pbkdf2(None) }), ErrorType::Pbkdf2KeyLengthMismatch, "key_length"),
    ];
    for (written, expected, named) in cases {
        let error = PasswordHash::parse(&written).expect_err(named);
        assert_eq!(error.error, expected, "{error}");
        assert!(error.reason.contains(named), "{error}");
    }
}

#[test]
fn the_vendors_names_are_read_back() {
    assert!(HashType::ALL.into_iter().all(|hash_type| HashType::parse(hash_type.as_str()) == Some(hash_type)));
    assert_eq!(HashType::parse("sha_256"), None);
}
