//! Crypto wallets: a challenge, its signature, a session; and what is refused.

use data_encoding::HEXLOWER;
use k256::ecdsa::SigningKey;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use sha3::{Digest, Keccak256};
use stytch_mock::Emulator;

use crate::life::{ALICE, BOB, BOBS_TOKEN, Caller, TOKEN, life, request, text};
use crate::m2m::{at_once, counts};
use crate::openapi;

pub const START: &str = "/v1/crypto_wallets/authenticate/start";
pub const AUTHENTICATE: &str = "/v1/crypto_wallets/authenticate";

/// The address of EIP-155's example key, 0x4646…46.
pub const ADDRESS: &str = "0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F";

/// The vendor's sandbox wallet and its signature.
pub const SANDBOX: &str = "0x6df2dB4Fb3DA35d241901Bd53367770BF03123f1";
pub const SANDBOX_SIGNATURE: &str = "0x0c4f82edc3c818b6beff4b89e0682994e5878074609903cecdfb";

/// What Ethereum's `personal_sign` makes of a message with that key.
fn personal_sign(message: &str) -> Vec<u8> {
    let key = SigningKey::from_slice(&[0x46; 32]).unwrap();
    let digest = Keccak256::digest(format!("\x19Ethereum Signed Message:\n{}{message}", message.len()));
    let (signature, recovery_id) = key.sign_prehash_recoverable(&digest);
    [signature.to_bytes().to_vec(), vec![27 + recovery_id.to_byte()]].concat()
}

fn hex(bytes: &[u8]) -> String {
    format!("0x{}", HEXLOWER.encode(bytes))
}

fn solana() -> (Ed25519KeyPair, String) {
    let key = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
    let address = bs58::encode(key.public_key().as_ref()).into_string();
    (key, address)
}

fn ethereum() -> Value {
    json!({ "crypto_wallet_type": "ethereum", "crypto_wallet_address": ADDRESS })
}

fn with(body: &Value, more: &Value) -> Value {
    let mut body = body.clone();
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

/// A challenge for the wallet above.
fn challenged(caller: &mut Caller, more: &Value) -> Value {
    caller.posted(START, &with(&ethereum(), more))
}

fn signed(challenge: &Value) -> Value {
    with(&ethereum(), &json!({ "signature": hex(&personal_sign(text(challenge, "/challenge"))) }))
}

#[test]
fn a_new_wallet_makes_a_user_and_logs_them_in_once() {
    let mut caller = life();
    let challenge = challenged(&mut caller, &json!({}));
    assert_eq!(challenge["user_created"], true);
    let said = text(&challenge, "/challenge").strip_prefix("Signing in with stytch-mock: ").unwrap();
    assert_eq!(said.len(), 88);
    let user = caller.get(&format!("/v1/users/{}", text(&challenge, "/user_id"))).json();
    assert_eq!(user["crypto_wallets"][0]["verified"], false);
    let login = with(&signed(&challenge), &json!({ "session_duration_minutes": 60 }));
    let answer = caller.posted(AUTHENTICATE, &login);
    let wallet_id = &answer["user"]["crypto_wallets"][0]["crypto_wallet_id"];
    assert_eq!(
        answer["user"]["crypto_wallets"],
        json!([{ "crypto_wallet_id": wallet_id, "crypto_wallet_address": ADDRESS, "crypto_wallet_type": "ethereum", "verified": true }])
    );
    let at = "2021-08-09T08:00:00Z";
    assert_eq!(
        answer["session"]["authentication_factors"],
        json!([{ "type": "crypto", "delivery_method": "crypto_wallet", "created_at": at, "last_authenticated_at": at, "updated_at": at,
            "crypto_wallet_factor": { "crypto_wallet_id": wallet_id, "crypto_wallet_address": ADDRESS, "crypto_wallet_type": "ethereum" } }])
    );
    assert_eq!((&answer["user_id"], &answer["siwe_params"]), (&challenge["user_id"], &Value::Null));
    assert_eq!(
        caller.post(AUTHENTICATE, &login).outcome(),
        "401 unable_to_authenticate_crypto_wallet",
        "a challenge counts once"
    );
    // whatever letter case, it is the same wallet
    let again = json!({ "crypto_wallet_type": "Ethereum", "crypto_wallet_address": ADDRESS.to_lowercase() });
    let again = caller.posted(START, &again);
    assert_eq!((&again["user_id"], &again["user_created"]), (&challenge["user_id"], &json!(false)));
}

#[test]
fn a_message_of_siwe_says_what_was_asked_and_is_told_of_when_signed() {
    let mut caller = life();
    let siwe = json!({ "domain": "example.com", "uri": "https://example.com/login", "resources": ["https://example.com/tos"], "chain_id": "137",
        "statement": "Welcome", "message_request_id": "r-1", "not_before": "2021-08-09T08:01:00Z" });
    let challenge = challenged(&mut caller, &json!({ "siwe_params": siwe }));
    let said = text(&challenge, "/challenge");
    let (before, rest) = said.split_once("Nonce: ").unwrap();
    assert_eq!(
        before,
        format!(
            "example.com wants you to sign in with your Ethereum account:\n{ADDRESS}\n\nWelcome\n\nURI: https://example.com/login\nVersion: 1\nChain ID: 137\n"
        )
    );
    let expected = "\nIssued At: 2021-08-09T08:00:00Z\nNot Before: 2021-08-09T08:01:00Z\nRequest ID: r-1\nResources:\n- https://example.com/tos";
    assert_eq!(&rest[32..], expected);
    let login = signed(&challenge);
    assert_eq!(caller.post(AUTHENTICATE, &login).outcome(), "401 unable_to_authenticate_crypto_wallet", "it is too early");
    caller.advance("1m");
    assert_eq!(
        caller.posted(AUTHENTICATE, &login)["siwe_params"],
        json!({ "domain": "example.com", "uri": "https://example.com/login", "resources": ["https://example.com/tos"], "chain_id": "137",
            "issued_at": "2021-08-09T08:00:00Z", "message_request_id": "r-1", "status_code": 200 })
    );
}

#[test]
fn a_solana_key_logs_in_and_one_flipped_bit_does_not() {
    let mut caller = life();
    let (key, address) = solana();
    let wallet = json!({ "crypto_wallet_type": "solana", "crypto_wallet_address": address });
    let challenge = caller.posted(START, &wallet);
    let mut signature = key.sign(text(&challenge, "/challenge").as_bytes()).as_ref().to_vec();
    let by = |signature: &[u8]| with(&wallet, &json!({ "signature": bs58::encode(signature).into_string() }));
    signature[5] ^= 4;
    assert_eq!(caller.post(AUTHENTICATE, &by(&signature)).outcome(), "401 unable_to_authenticate_crypto_wallet");
    signature[5] ^= 4;
    assert_eq!(caller.posted(AUTHENTICATE, &by(&signature))["user"]["crypto_wallets"][0]["crypto_wallet_address"], address);
}

#[test]
fn of_many_who_come_with_one_signature_one_logs_in() {
    let mut caller = life();
    for round in 0..10 {
        let challenge = challenged(&mut caller, &json!({}));
        let login = with(&signed(&challenge), &json!({ "session_duration_minutes": 60 }));
        let outcomes = at_once(&caller.house, &vec![request("POST", AUTHENTICATE, &login); 4]);
        assert_eq!(outcomes, counts([("200", 1), ("401 unable_to_authenticate_crypto_wallet", 3)]), "{round}");
        assert_eq!(caller.sessions(text(&challenge, "/user_id")).len(), round + 1);
    }
}

#[test]
fn one_flipped_bit_another_message_or_another_time_is_refused() {
    let mut caller = life();
    let challenge = challenged(&mut caller, &json!({}));
    let right = personal_sign(text(&challenge, "/challenge"));
    let by = |signature: &[u8]| with(&ethereum(), &json!({ "signature": hex(signature) }));
    for bit in [0, 7, 255, 256, 511, 512] {
        let mut wrong = right.clone();
        wrong[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(caller.post(AUTHENTICATE, &by(&wrong)).outcome(), "401 unable_to_authenticate_crypto_wallet", "{bit}");
    }
    assert_eq!(caller.post(AUTHENTICATE, &by(&personal_sign("another"))).outcome(), "401 unable_to_authenticate_crypto_wallet");
    caller.advance("4m59s");
    assert_eq!(caller.post(AUTHENTICATE, &by(&right)).outcome(), "200");
    let challenge = challenged(&mut caller, &json!({}));
    let late = signed(&challenge);
    let newer = challenged(&mut caller, &json!({}));
    assert_eq!(caller.post(AUTHENTICATE, &late).outcome(), "401 unable_to_authenticate_crypto_wallet", "there is a newer one");
    caller.advance("5m");
    assert_eq!(caller.post(AUTHENTICATE, &signed(&newer)).outcome(), "401 unable_to_authenticate_crypto_wallet");
}

#[test]
fn ten_forged_signatures_in_a_row_lock_the_user() {
    let mut caller = life();
    let challenge = challenged(&mut caller, &json!({}));
    let forged = with(&ethereum(), &json!({ "signature": hex(&personal_sign("another")) }));
    for _ in 0..10 {
        assert_eq!(caller.post(AUTHENTICATE, &forged).outcome(), "401 unable_to_authenticate_crypto_wallet");
    }
    assert_eq!(caller.post(AUTHENTICATE, &signed(&challenge)).outcome(), "429 user_lock_limit_reached");
}

#[test]
fn a_wallet_is_added_to_the_user_who_is_named_and_to_a_given_session() {
    let mut caller = life();
    for owner in [json!({ "user_id": "alice" }), json!({ "session_token": TOKEN })] {
        let challenge = challenged(&mut caller, &owner);
        assert_eq!((&challenge["user_id"], &challenge["user_created"]), (&json!(ALICE), &json!(false)));
    }
    let challenge = challenged(&mut caller, &json!({}));
    let answer = caller.posted(AUTHENTICATE, &with(&signed(&challenge), &json!({ "session_token": TOKEN })));
    let types: Vec<&Value> =
        answer["session"]["authentication_factors"].as_array().unwrap().iter().map(|factor| &factor["type"]).collect();
    assert_eq!(types.last(), Some(&&json!("crypto")));
    assert_eq!(answer["session_token"], TOKEN);
    assert_eq!(caller.post(START, &with(&ethereum(), &json!({ "user_id": BOB }))).outcome(), "400 duplicate_wallet_address");
    let challenge = challenged(&mut caller, &json!({}));
    let body = with(&signed(&challenge), &json!({ "session_token": BOBS_TOKEN }));
    assert_eq!(caller.post(AUTHENTICATE, &body).outcome(), "400 user_id_mismatch");
}

#[test]
fn the_sandbox_wallet_needs_no_seed() {
    let mut caller = Caller::of(Emulator::builder().seed_json(r#"{"projects": [{}]}"#));
    let wallet = json!({ "crypto_wallet_type": "ethereum", "crypto_wallet_address": SANDBOX });
    let challenge = caller.posted(START, &wallet);
    assert_eq!(challenge["user_id"], crate::totps::SANDBOX_USER);
    let login = with(&wallet, &json!({ "signature": SANDBOX_SIGNATURE, "session_duration_minutes": 60 }));
    let answer = caller.posted(AUTHENTICATE, &login);
    assert_eq!((&answer["user_id"], answer["session"].is_object()), (&challenge["user_id"], true));
    let live = r#"{"projects": [{"project_id": "project-live-11111111-1111-4111-8111-111111111111"}]}"#;
    let mut live = Caller::of(Emulator::builder().seed_json(live).auth(stytch_mock::AuthMode::Any));
    assert_eq!(live.post(AUTHENTICATE, &login).outcome(), "404 crypto_wallet_not_found");
}

/// What is refused of each operation.
pub fn refusals() -> Vec<(&'static str, &'static str, Value)> {
    let wallet = |kind: &str, address: &str| json!({ "crypto_wallet_type": kind, "crypto_wallet_address": address });
    let siwe = |key: &str, value: Value| {
        let mut params = json!({ "domain": "example.com", "uri": "https://example.com" });
        params[key] = value;
        with(&ethereum(), &json!({ "siwe_params": params }))
    };
    let (_, address) = solana();
    let on_solana =
        with(&wallet("solana", &address), &json!({ "siwe_params": { "domain": "example.com", "uri": "https://example.com" } }));
    vec![
        ("400 invalid_wallet_type", START, wallet("bitcoin", ADDRESS)),
        ("400 invalid_ethereum_address", START, wallet("ethereum", "0x9d8a62f656a8d1615C1294fd71e9CFb3E4855A4F")),
        ("400 invalid_ethereum_address", START, wallet("ethereum", &address)),
        ("400 invalid_solana_address", START, wallet("solana", ADDRESS)),
        ("400 bad_request", START, json!({ "crypto_wallet_type": "ethereum" })),
        ("404 user_not_found", START, with(&ethereum(), &json!({ "user_id": "nobody" }))),
        ("400 user_id_mismatch", START, with(&ethereum(), &json!({ "user_id": ALICE, "session_token": BOBS_TOKEN }))),
        ("400 crypto_wallet_type_incompatible_with_siwe", START, on_solana),
        ("400 bad_request", START, with(&ethereum(), &json!({ "siwe_params": { "domain": "example.com" } }))),
        ("400 bad_request", START, siwe("issued_at", json!("yesterday"))),
        ("400 invalid_siwe_domain", START, siwe("domain", json!("https://example.com"))),
        ("400 invalid_siwe_uri", START, siwe("uri", json!("example"))),
        ("400 invalid_siwe_chain_id", START, siwe("chain_id", json!("0"))),
        ("400 invalid_siwe_statement", START, siwe("statement", json!("a\nb"))),
        ("400 invalid_siwe_resource", START, siwe("resources", json!(["x"]))),
        ("400 invalid_siwe_message_request_id", START, siwe("message_request_id", json!("a b"))),
        ("404 crypto_wallet_not_found", AUTHENTICATE, with(&ethereum(), &json!({ "signature": "0x00" }))),
        ("400 invalid_signature", AUTHENTICATE, with(&wallet("ethereum", SANDBOX), &json!({ "signature": "0x00" }))),
    ]
}

#[test]
fn what_is_wrong_is_refused_by_its_own_error_and_changes_nothing() {
    let mut caller = life();
    caller.posted(START, &json!({ "crypto_wallet_type": "ethereum", "crypto_wallet_address": SANDBOX }));
    let (document, before) = (openapi::document(&caller.house.client), caller.state());
    for (expected, path, body) in refusals() {
        let response = caller.post(path, &body);
        assert_eq!(response.outcome(), expected, "{path} {body}");
        openapi::assert_declared(&document, "POST", path, &response.json());
    }
    assert_eq!(caller.state(), before);
}

#[test]
fn a_challenge_waits_in_a_state_and_a_snapshot() {
    let mut caller = life();
    let login = signed(&challenged(&mut caller, &json!({ "user_id": BOB })));
    let client = caller.house.client.clone();
    client.steered("PUT", "/__mock/snapshots/before", "");
    let state = caller.state();
    let mut again = Caller::of(Emulator::builder().seed_json(state.to_string()));
    assert_eq!(again.state(), state);
    for caller in [&mut caller, &mut again] {
        assert_eq!(caller.posted(AUTHENTICATE, &login)["user_id"], BOB);
        assert_eq!(caller.post(AUTHENTICATE, &login).status, 401);
    }
    client.steered("POST", "/__mock/snapshots/before", "");
    caller.posted(AUTHENTICATE, &login);
    client.steered("POST", "/__mock/reset", "");
    assert_eq!(caller.post(AUTHENTICATE, &login).outcome(), "404 crypto_wallet_not_found");
}
