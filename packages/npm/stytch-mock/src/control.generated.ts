// Written by packages/generate from what the emulator says of itself. Not to be edited.
import { Routes, enough } from "./transport.js";

/** A project's token bucket. */
export interface Bucket {
  /** The most tokens that it holds; `null` without a limit. */
  capacity: number | null;
  /** The whole tokens in it; `null` without a limit. */
  level: number | null;
  /** Whose it is. */
  project_id: string;
  /** Its limit, as a seed writes it. */
  rate_limit: string;
}

/** How a bucket is to be set. */
export interface BucketSetting {
  /** The tokens in it, at most as many as it holds. Default: as many as there are. */
  level?: number | null;
  /** The limit, such as `100/s,burst=20`, `600/m` or `off`; the bucket is full then. Default: as it is. */
  rate_limit?: string | null;
}

/** What the clock shows. */
export interface Clock {
  /** Whether it stands still. */
  frozen: boolean;
  /** The time. */
  now: string;
  /** Emulated seconds in a second of the machine. Absent from a frozen clock. */
  scale?: number | null;
}

/** How far the clock is to be moved. */
export interface ClockAdvance {
  /** A duration such as `90s`, `1h30m` or `7d`. With a minus it goes back. */
  by: string;
}

/** How the clock is to be set. */
export interface ClockSetting {
  /** Whether it stands still. Default: as it did. */
  frozen?: boolean | null;
  /** An RFC 3339 time, or `system` for the machine's time. Default: where it is. */
  now?: string | null;
  /** Emulated seconds in a second of the machine, for a running clock. Default: as it was, and 1 after a freeze. */
  scale?: number | null;
}

/** What is to be cloned. */
export interface CloneOf {
  /** The id of the project to clone. Default: the seed's first. */
  from?: string;
}

/** How much there is now. */
export interface Counts {
  projects: number;
  sessions: number;
  users: number;
}

/** What proves a project. */
export interface Credentials {
  /** The same, as an app's environment wants it. */
  env: ProjectEnv;
  /** The project's id. */
  project_id: string;
  /** What browsers and apps name the project by, which hold no secret. */
  public_token: string;
  /** Its first secret. Empty if `--projects auto` made it and no call has brought one yet. */
  secret: string;
}

/** How many were taken away. */
export interface Deleted {
  /** How many. */
  deleted: number;
}

/** A fault: which requests it applies to, which of those it changes, and how. */
export interface Fault {
  /** Lets this many pass first. Default: 0. */
  after?: number | null;
  /** The body of `status`. Default: empty. */
  body?: string | null;
  /** Effect: the connection ends there. */
  close?: "before_headers" | "after_headers" | "mid_body" | null;
  /** The `content-type` of `status`. Default: application/json. */
  content_type?: string | null;
  /** Waits first: 200ms, or {"min": "100ms", "max": "300ms"}. */
  delay?: string | {
    max: string;
    min: string;
  } | null;
  /** Effect: this error of the catalogue, in the vendor's envelope. */
  error?: "bad_request" | "invalid_project_id_authentication" | "unauthorized_credentials" | "unauthorized_credentials_homepage" | "user_unauthenticated" | "cannot_update_trusted_metadata" | "invalid_secret_authentication" | "use_https" | "consumer_session_authorization_error" | "route_not_found" | "method_not_allowed" | "too_many_requests" | "user_lock_limit_reached" | "captcha_failed" | "too_few_tokens_authenticated" | "client_closed_request" | "internal_server_error" | "server_unavailable" | "project_not_found" | "invalid_user_id" | "user_not_found" | "session_not_found" | "invalid_session_token" | "invalid_session_id" | "no_session_arguments" | "too_many_session_arguments" | "no_session_revoke_arguments" | "too_many_session_revoke_arguments" | "unable_to_parse_session_jwt" | "jwt_invalid_audience" | "jwt_invalid_issuer" | "jwt_invalid_claims" | "invalid_session_duration_minutes" | "custom_claims_too_large" | "migrate_from_external_unexpected_response" | "migrate_from_external_email_does_not_exist" | "idp_access_token_not_found" | "idp_access_token_could_not_be_exchanged" | "oauth_access_token_exchange_token_too_old" | "oauth_access_token_exchange_missing_full_access" | "trusted_token_profile_not_found" | "invalid_trusted_auth_token" | "invalid_token" | "invalid_locale" | "invalid_expiration" | "invalid_session_duration" | "user_id_mismatch" | "attribute_mismatch" | "inactive_email" | "invalid_email_sandbox" | "invalid_phone_number_sandbox" | "duplicate_email_for_user" | "duplicate_phone_number_for_user" | "too_many_unverified_factors" | "email_template_not_found" | "pkce_mismatch" | "pkce_expected_code_verifier" | "pkce_did_not_expect_code_verifier" | "invalid_pkce_code_challenge" | "invalid_pkce_code_verifier" | "pkce_required_for_native_callback" | "weak_password" | "breached_password" | "no_user_password" | "reset_password" | "password_already_exists" | "unable_to_auth_password_reset_token" | "session_too_old_to_reset_password" | "invalid_password_reset_redirect_url" | "no_password_reset_redirect_url" | "invalid_hash_type" | "invalid_hash" | "invalid_bcrypt_hash" | "invalid_bcrypt_cost" | "invalid_md_5_hash" | "invalid_sha_1_hash" | "invalid_sha_512_hash" | "invalid_phpass_hash_prefix" | "invalid_phpass_hash_format" | "invalid_argon_2_salt" | "invalid_argon_2_iteration_amount" | "invalid_argon_2_memory" | "invalid_argon_2_threads" | "invalid_argon_2_key_length" | "invalid_base64_scrypt_hash" | "invalid_base64_scrypt_salt" | "invalid_scrypt_salt_length" | "invalid_scrypt_n_parameter" | "invalid_scrypt_parameters" | "invalid_pbkdf_2_hash" | "invalid_pbkdf_2_salt" | "invalid_pbkdf_2_iteration_amount" | "invalid_pbkdf_2_algorithm" | "argon_2_key_length_mismatch" | "scrypt_key_length_mismatch" | "pbkdf_2_key_length_mismatch" | "invalid_method_id" | "invalid_code" | "invalid_expiration_otp" | "otp_code_not_found" | "unable_to_auth_otp_code" | "invalid_phone_number_country_code" | "unsubscribed_phone_number" | "magic_link_not_found" | "unable_to_auth_magic_link" | "no_match_for_provided_magic_link_url" | "invalid_login_magic_link_url" | "invalid_signup_magic_link_url" | "invalid_invite_magic_link_url" | "no_login_redirect_urls_set" | "no_signup_redirect_urls_set" | "no_invite_redirect_urls_set" | "no_default_login_redirect_url_set" | "no_default_signup_redirect_url_set" | "no_default_invite_redirect_url_set" | "active_totp_exists" | "totps_not_found_for_user" | "expired_totp" | "invalid_totp_code" | "unable_to_authenticate_totp" | "totp_code_already_authenticated" | "recovery_code_used_as_totp_code" | "totp_code_used_as_recovery_code" | "invalid_recovery_code" | "unable_to_authenticate_recovery_code" | "oauth_token_not_found" | "invalid_oauth_provider" | "invalid_oauth_attach_token" | "oauth_config_not_found" | "no_match_for_provided_oauth_url" | "invalid_login_oauth_url" | "invalid_signup_oauth_url" | "oauth_flow_callback_error" | "oauth_state_mismatch" | "public_token_required" | "public_token_not_found" | "invalid_wallet_type" | "invalid_ethereum_address" | "invalid_solana_address" | "duplicate_wallet_address" | "crypto_wallet_type_incompatible_with_siwe" | "invalid_siwe_domain" | "invalid_siwe_uri" | "invalid_siwe_chain_id" | "invalid_siwe_statement" | "invalid_siwe_resource" | "invalid_siwe_message_request_id" | "invalid_signature" | "unable_to_authenticate_crypto_wallet" | "invalid_domain" | "invalid_authenticator_type" | "cannot_use_webauthn_with_pending_user" | "no_pending_webauthn_registration" | "invalid_public_key_credential" | "unable_to_register_webauthn_registration" | "unable_to_auth_webauthn_registration" | "duplicate_webauthn_registration" | "no_active_webauthn_registrations" | "empty_webauthn_registration_name" | "too_many_user_registrations_for_domain" | "unable_to_auth_impersonation_token" | "telemetry_id_not_found" | "invalid_external_metadata" | "invalid_action_for_rules" | "invalid_fingerprint_or_id" | "invalid_cidr_block" | "cidr_block_invalid_prefix" | "invalid_asn" | "invalid_country_code" | "invalid_country_code_allow_rule" | "dfp_rule_invalid_cursor" | "invalid_create_user_request" | "invalid_email" | "invalid_phone_number" | "duplicate_email" | "duplicate_phone_number" | "duplicate_user_external_id" | "metadata_invalid_format" | "metadata_too_large" | "metadata_too_many_keys" | "no_user_selection_arguments" | "too_many_user_selection_arguments" | "cannot_delete_last_primary_factor" | "email_not_found" | "phone_number_not_found" | "webauthn_registration_not_found" | "biometric_registration_not_found" | "totp_not_found" | "crypto_wallet_not_found" | "password_not_found" | "oauth_user_registration_not_found" | "user_search_invalid_cursor" | "user_search_invalid_limit" | "user_search_invalid_operator" | "user_search_missing_filter_name" | "user_search_missing_filter_value" | "user_search_filter_name_not_recognized" | "user_search_expected_array_of_string" | "user_search_expected_bool" | "user_search_expected_object" | "user_search_expected_string" | "user_search_expected_timestamp" | "user_search_cannot_mix_internal_and_external_user_ids" | "user_search_email_address_fuzzy_too_short" | "user_search_full_name_fuzzy_too_short" | "user_search_phone_number_fuzzy_too_short" | "m2m_client_not_found" | "duplicate_m2m_client_id" | "m2m_client_invalid_client_id" | "m2m_client_invalid_client_secret" | "insecure_m2m_client_secret" | "invalid_m2m_client_scope" | "invalid_m2m_client_status" | "m2m_client_already_rotating_secret" | "m2m_client_not_rotating_secret" | "m2m_search_missing_filter_name" | "m2m_search_missing_filter_value" | "m2m_search_filter_name_must_be_string" | "m2m_search_filter_name_not_recognized" | "m2m_search_expected_array_of_strings" | "connected_app_not_found" | "invalid_connected_app_type" | "connected_app_invalid_redirect_url" | "connected_app_redirect_url_must_include_scheme" | "connected_app_redirect_url_http_scheme_must_use_loopback" | "third_party_clients_cannot_use_full_access" | "third_party_clients_require_consent_for_offline_access" | "idp_invalid_access_token_expiry_minutes" | "idp_invalid_access_token_custom_audience" | "idp_invalid_access_token_jwt_template" | "public_connected_apps_do_not_have_secrets" | "connected_app_already_rotating_secret" | "connected_app_not_rotating_secret" | "no_oauth_authorize_user_selector" | "connected_app_supplied_redirect_url_not_found_in_client" | "connected_app_consent_revoked" | "pkce_required_for_idp_authorization_flow" | "idp_auth_code_not_found" | "idp_auth_code_expired" | "idp_refresh_token_not_found" | "idp_refresh_token_expired" | "idp_refresh_token_already_used" | "unsupported_grant_type" | "unauthorized_client" | "oauth_invalid_scope_requested" | null;
  /** Of the rest, changes the first and then every Nth. At least 1. Default: 1. */
  every?: number | null;
  /** The method. Default: any. */
  method?: string | null;
  /** The operation, by the name that SDKs give it: `sessions.get`. Default: any. */
  operation?: string | null;
  /** The path, concrete or as the README's table has it. Default: any. */
  path?: string | null;
  /** Changes a request with this probability, drawn from --id-seed if there is one. Default: always. */
  probability?: number | null;
  /** The project whose requests it applies to. Default: the one that it stands in, or all. */
  project_id?: string | null;
  /** Effect: nothing ever comes, and the connection stays. */
  stall?: boolean | null;
  /** Effect: an answer with this status, whatever the body. */
  status?: number | null;
  /** Changes so many requests, and then no more. Default: without end. */
  times?: number | null;
  /** Effect: the answer's body stops after so many bytes, as if that were all. */
  truncate?: number | null;
  /** Is over after this time, on the emulator's clock. Default: never. */
  ttl?: string | null;
  /** The user whom the request is about: a `user_id` or an `external_id`. Default: any, or none. */
  user_id?: string | null;
}

/** A fault at work. */
export interface FaultAtWork {
  /** Lets this many pass first. Default: 0. */
  after?: number | null;
  /** The body of `status`. Default: empty. */
  body?: string | null;
  /** Effect: the connection ends there. */
  close?: "before_headers" | "after_headers" | "mid_body" | null;
  /** The `content-type` of `status`. Default: application/json. */
  content_type?: string | null;
  /** Waits first: 200ms, or {"min": "100ms", "max": "300ms"}. */
  delay?: string | {
    max: string;
    min: string;
  } | null;
  /** Effect: this error of the catalogue, in the vendor's envelope. */
  error?: "bad_request" | "invalid_project_id_authentication" | "unauthorized_credentials" | "unauthorized_credentials_homepage" | "user_unauthenticated" | "cannot_update_trusted_metadata" | "invalid_secret_authentication" | "use_https" | "consumer_session_authorization_error" | "route_not_found" | "method_not_allowed" | "too_many_requests" | "user_lock_limit_reached" | "captcha_failed" | "too_few_tokens_authenticated" | "client_closed_request" | "internal_server_error" | "server_unavailable" | "project_not_found" | "invalid_user_id" | "user_not_found" | "session_not_found" | "invalid_session_token" | "invalid_session_id" | "no_session_arguments" | "too_many_session_arguments" | "no_session_revoke_arguments" | "too_many_session_revoke_arguments" | "unable_to_parse_session_jwt" | "jwt_invalid_audience" | "jwt_invalid_issuer" | "jwt_invalid_claims" | "invalid_session_duration_minutes" | "custom_claims_too_large" | "migrate_from_external_unexpected_response" | "migrate_from_external_email_does_not_exist" | "idp_access_token_not_found" | "idp_access_token_could_not_be_exchanged" | "oauth_access_token_exchange_token_too_old" | "oauth_access_token_exchange_missing_full_access" | "trusted_token_profile_not_found" | "invalid_trusted_auth_token" | "invalid_token" | "invalid_locale" | "invalid_expiration" | "invalid_session_duration" | "user_id_mismatch" | "attribute_mismatch" | "inactive_email" | "invalid_email_sandbox" | "invalid_phone_number_sandbox" | "duplicate_email_for_user" | "duplicate_phone_number_for_user" | "too_many_unverified_factors" | "email_template_not_found" | "pkce_mismatch" | "pkce_expected_code_verifier" | "pkce_did_not_expect_code_verifier" | "invalid_pkce_code_challenge" | "invalid_pkce_code_verifier" | "pkce_required_for_native_callback" | "weak_password" | "breached_password" | "no_user_password" | "reset_password" | "password_already_exists" | "unable_to_auth_password_reset_token" | "session_too_old_to_reset_password" | "invalid_password_reset_redirect_url" | "no_password_reset_redirect_url" | "invalid_hash_type" | "invalid_hash" | "invalid_bcrypt_hash" | "invalid_bcrypt_cost" | "invalid_md_5_hash" | "invalid_sha_1_hash" | "invalid_sha_512_hash" | "invalid_phpass_hash_prefix" | "invalid_phpass_hash_format" | "invalid_argon_2_salt" | "invalid_argon_2_iteration_amount" | "invalid_argon_2_memory" | "invalid_argon_2_threads" | "invalid_argon_2_key_length" | "invalid_base64_scrypt_hash" | "invalid_base64_scrypt_salt" | "invalid_scrypt_salt_length" | "invalid_scrypt_n_parameter" | "invalid_scrypt_parameters" | "invalid_pbkdf_2_hash" | "invalid_pbkdf_2_salt" | "invalid_pbkdf_2_iteration_amount" | "invalid_pbkdf_2_algorithm" | "argon_2_key_length_mismatch" | "scrypt_key_length_mismatch" | "pbkdf_2_key_length_mismatch" | "invalid_method_id" | "invalid_code" | "invalid_expiration_otp" | "otp_code_not_found" | "unable_to_auth_otp_code" | "invalid_phone_number_country_code" | "unsubscribed_phone_number" | "magic_link_not_found" | "unable_to_auth_magic_link" | "no_match_for_provided_magic_link_url" | "invalid_login_magic_link_url" | "invalid_signup_magic_link_url" | "invalid_invite_magic_link_url" | "no_login_redirect_urls_set" | "no_signup_redirect_urls_set" | "no_invite_redirect_urls_set" | "no_default_login_redirect_url_set" | "no_default_signup_redirect_url_set" | "no_default_invite_redirect_url_set" | "active_totp_exists" | "totps_not_found_for_user" | "expired_totp" | "invalid_totp_code" | "unable_to_authenticate_totp" | "totp_code_already_authenticated" | "recovery_code_used_as_totp_code" | "totp_code_used_as_recovery_code" | "invalid_recovery_code" | "unable_to_authenticate_recovery_code" | "oauth_token_not_found" | "invalid_oauth_provider" | "invalid_oauth_attach_token" | "oauth_config_not_found" | "no_match_for_provided_oauth_url" | "invalid_login_oauth_url" | "invalid_signup_oauth_url" | "oauth_flow_callback_error" | "oauth_state_mismatch" | "public_token_required" | "public_token_not_found" | "invalid_wallet_type" | "invalid_ethereum_address" | "invalid_solana_address" | "duplicate_wallet_address" | "crypto_wallet_type_incompatible_with_siwe" | "invalid_siwe_domain" | "invalid_siwe_uri" | "invalid_siwe_chain_id" | "invalid_siwe_statement" | "invalid_siwe_resource" | "invalid_siwe_message_request_id" | "invalid_signature" | "unable_to_authenticate_crypto_wallet" | "invalid_domain" | "invalid_authenticator_type" | "cannot_use_webauthn_with_pending_user" | "no_pending_webauthn_registration" | "invalid_public_key_credential" | "unable_to_register_webauthn_registration" | "unable_to_auth_webauthn_registration" | "duplicate_webauthn_registration" | "no_active_webauthn_registrations" | "empty_webauthn_registration_name" | "too_many_user_registrations_for_domain" | "unable_to_auth_impersonation_token" | "telemetry_id_not_found" | "invalid_external_metadata" | "invalid_action_for_rules" | "invalid_fingerprint_or_id" | "invalid_cidr_block" | "cidr_block_invalid_prefix" | "invalid_asn" | "invalid_country_code" | "invalid_country_code_allow_rule" | "dfp_rule_invalid_cursor" | "invalid_create_user_request" | "invalid_email" | "invalid_phone_number" | "duplicate_email" | "duplicate_phone_number" | "duplicate_user_external_id" | "metadata_invalid_format" | "metadata_too_large" | "metadata_too_many_keys" | "no_user_selection_arguments" | "too_many_user_selection_arguments" | "cannot_delete_last_primary_factor" | "email_not_found" | "phone_number_not_found" | "webauthn_registration_not_found" | "biometric_registration_not_found" | "totp_not_found" | "crypto_wallet_not_found" | "password_not_found" | "oauth_user_registration_not_found" | "user_search_invalid_cursor" | "user_search_invalid_limit" | "user_search_invalid_operator" | "user_search_missing_filter_name" | "user_search_missing_filter_value" | "user_search_filter_name_not_recognized" | "user_search_expected_array_of_string" | "user_search_expected_bool" | "user_search_expected_object" | "user_search_expected_string" | "user_search_expected_timestamp" | "user_search_cannot_mix_internal_and_external_user_ids" | "user_search_email_address_fuzzy_too_short" | "user_search_full_name_fuzzy_too_short" | "user_search_phone_number_fuzzy_too_short" | "m2m_client_not_found" | "duplicate_m2m_client_id" | "m2m_client_invalid_client_id" | "m2m_client_invalid_client_secret" | "insecure_m2m_client_secret" | "invalid_m2m_client_scope" | "invalid_m2m_client_status" | "m2m_client_already_rotating_secret" | "m2m_client_not_rotating_secret" | "m2m_search_missing_filter_name" | "m2m_search_missing_filter_value" | "m2m_search_filter_name_must_be_string" | "m2m_search_filter_name_not_recognized" | "m2m_search_expected_array_of_strings" | "connected_app_not_found" | "invalid_connected_app_type" | "connected_app_invalid_redirect_url" | "connected_app_redirect_url_must_include_scheme" | "connected_app_redirect_url_http_scheme_must_use_loopback" | "third_party_clients_cannot_use_full_access" | "third_party_clients_require_consent_for_offline_access" | "idp_invalid_access_token_expiry_minutes" | "idp_invalid_access_token_custom_audience" | "idp_invalid_access_token_jwt_template" | "public_connected_apps_do_not_have_secrets" | "connected_app_already_rotating_secret" | "connected_app_not_rotating_secret" | "no_oauth_authorize_user_selector" | "connected_app_supplied_redirect_url_not_found_in_client" | "connected_app_consent_revoked" | "pkce_required_for_idp_authorization_flow" | "idp_auth_code_not_found" | "idp_auth_code_expired" | "idp_refresh_token_not_found" | "idp_refresh_token_expired" | "idp_refresh_token_already_used" | "unsupported_grant_type" | "unauthorized_client" | "oauth_invalid_scope_requested" | null;
  /** Of the rest, changes the first and then every Nth. At least 1. Default: 1. */
  every?: number | null;
  /** How many of those it changed. */
  hits: number;
  /** Its number, by which it is deleted. */
  id: number;
  /** How many requests it applied to. */
  matched: number;
  /** The method. Default: any. */
  method?: string | null;
  /** The operation, by the name that SDKs give it: `sessions.get`. Default: any. */
  operation?: string | null;
  /** The path, concrete or as the README's table has it. Default: any. */
  path?: string | null;
  /** Changes a request with this probability, drawn from --id-seed if there is one. Default: always. */
  probability?: number | null;
  /** The project whose requests it applies to. Default: the one that it stands in, or all. */
  project_id?: string | null;
  /** Effect: nothing ever comes, and the connection stays. */
  stall?: boolean | null;
  /** Effect: an answer with this status, whatever the body. */
  status?: number | null;
  /** Changes so many requests, and then no more. Default: without end. */
  times?: number | null;
  /** Effect: the answer's body stops after so many bytes, as if that were all. */
  truncate?: number | null;
  /** Is over after this time, on the emulator's clock. Default: never. */
  ttl?: string | null;
  /** The user whom the request is about: a `user_id` or an `external_id`. Default: any, or none. */
  user_id?: string | null;
}

/** Some faults. */
export interface Faults {
  /** Oldest first; those of all projects stand before those of one. */
  faults: FaultAtWork[];
}

/** That the emulator answers. */
export interface Health {
  /** Always `ok`. */
  status: string;
  /** The emulator's version. */
  version: string;
}

/** Who impersonates. */
export interface Impersonator {
  /** Their address. Default: `support@example.com`. */
  impersonator_email_address?: string | null;
  /** Their id. Default: `support`. */
  impersonator_id?: string | null;
}

/** What the control plane says of itself. */
export interface Index {
  /** Where the OpenAPI document is. */
  openapi: string;
  /** Where a browser gets the emulator's page. */
  page: string;
  /** Every route. */
  routes: RouteOfIndex[];
  /** The emulator's version. */
  version: string;
}

/** A user in a list. */
export interface ListedUser {
  /** How many of those are active. */
  active_sessions: number;
  /** When they were made. */
  created_at: string | null;
  /** Their addresses. */
  emails: string[];
  /** The app's own id for them. */
  external_id: string | null;
  /** Their whole name; empty if they have none. */
  name: string;
  /** Their numbers. */
  phone_numbers: string[];
  /** The project that the user is of. */
  project_id: string;
  /** The error that answers whoever asks about them. */
  respond_with: string | null;
  /** How many sessions they have. */
  sessions: number;
  /** `active` or `pending`. */
  status: string;
  /** Their id. */
  user_id: string;
}

/** A window on the users that fit a filter. */
export interface ListedUsers {
  /** How many fit. */
  count: number;
  /** Some of them, in the order in which projects and users came. */
  users: ListedUser[];
}

/** A token that was made. */
export interface MadeImpersonationToken {
  /** When it is too late: in five minutes. */
  expires_at: string;
  /** What `POST /v1/impersonation/authenticate` takes, once. */
  impersonation_token: string;
  /** Their address. */
  impersonator_email_address: string;
  /** Who impersonates. */
  impersonator_id: string;
  /** The user who is impersonated. */
  user_id: string;
}

/** An OpenAPI document, for the schema of this route's own answer. */
export interface OpenApiDocument {
  components: Record<string, unknown>;
  info: Record<string, unknown>;
  openapi: string;
  paths: Record<string, unknown>;
  servers: Record<string, unknown>[];
  tags: Record<string, unknown>[];
}

/** One message that would have been sent. */
export interface OutboxMessage {
  /** `email`, `sms` or `whatsapp`. */
  channel: string;
  /** The code, if it holds one. */
  code?: string | null;
  /** When the code or link ends. */
  expires_at: string;
  /** Its number, from 1: what `since` takes. */
  id: number;
  /** `magic_link`, `invite`, `otp` or `password_reset`. */
  kind: string;
  /** The link, if it holds one. */
  link?: string | null;
  /** The language that the request named. */
  locale: string | null;
  /** The id of the address or number: the `method_id` of `otps.authenticate`. */
  method_id: string;
  /** Whose user it went to. */
  project_id: string;
  /** The template that the request named. */
  template_id: string | null;
  /** When it was sent, on the emulator's clock. */
  time: string;
  /** The e-mail address or phone number. */
  to: string;
  /** The token of the link, if it holds one. */
  token?: string | null;
  /** Whom it went to. */
  user_id: string;
}

/** Some messages, and how many have been dropped. */
export interface OutboxMessages {
  /** How many fit. */
  count: number;
  /** How many fell out of the outbox before, fitting or not. */
  dropped: number;
  /** They themselves, oldest first; with a limit, the newest of them. */
  messages: OutboxMessage[];
}

/** One problem of a seed. */
export interface Problem {
  /** In characters, from 1. */
  column: number;
  /** The source's name. */
  file: string;
  /** From 1. */
  line: number;
  /** What was expected, what was found, what is near. */
  message: string;
  /** Such as `$.projects[0].users[3].user_id`. */
  path: string;
}

/** The variables of an app's environment. */
export interface ProjectEnv {
  STYTCH_PROJECT_ID: string;
  STYTCH_PUBLIC_TOKEN: string;
  STYTCH_SECRET: string;
}

/** Some projects. */
export interface Projects {
  /** How many fit. */
  count: number;
  /** Their credentials, in the order in which they came. */
  projects: Credentials[];
}

/** One request and its answer. */
export interface Request {
  /** Whether it came before the `retry-after` of a 429 had passed. */
  before_retry_after: boolean;
  /** The body, if the journal keeps bodies. Secrets are redacted. */
  body?: string | null;
  /** How long the answer took, in microseconds of the machine's time. */
  duration_micros: number;
  /** The `error_type` of the answer; `null` if it was no error. */
  error_type: string | null;
  /** The fault that changed it. */
  fault: number | null;
  /** The query parameters and keys of the body that were sent and not used. */
  ignored: string[];
  /** Its method. */
  method: string;
  /** Its path, as sent. */
  path: string;
  /** The project of its credentials; `null` without one. */
  project_id: string | null;
  /** Its query, as sent. Secrets are redacted. */
  query: string;
  /** Why it was refused; `null` if it was not. */
  reason: string | null;
  /** The `request_id` of the answer. */
  request_id: string;
  /** Its number among all requests, from 1. */
  sequence: number;
  /** The HTTP status; `null` if the connection was ended without one. */
  status: number | null;
  /** When it came, by the emulator's clock. */
  time: string;
  /** Its user agent. */
  user_agent: string;
}

/** Some requests of the journal. */
export interface Requests {
  /** How many requests fit. */
  count: number;
  /** How many requests fell out of the journal because it was full, whether they fit or not. */
  dropped: number;
  /** The requests, newest last; with a limit, the newest of them. */
  requests: Request[];
}

/** Which snapshot was restored. */
export interface Restored {
  /** Its name. */
  restored: string;
}

/** A route, in a line. */
export interface RouteOfIndex {
  /** Its method. */
  method: string;
  /** Its path; `{name}` stands for one segment. */
  path: string;
  /** What it does. */
  summary: string;
}

/** A world for stytch-mock: projects, their users, their sessions. */
export interface Seed {
  /** For editors: the path of seed.schema.json. Not looked at. */
  "$schema"?: string | null;
  /** Freezes the emulator's clock at this instant. */
  clock?: string | null;
  /** The projects, side by side: an id in one is unknown in another. */
  projects?: SeedProject[] | null;
}

/** A project with its credentials, its rate limit and its users. */
export interface SeedProject {
  /** Access tokens that `sessions.exchange_access_token` takes. */
  access_tokens?: Array<{
    /** Who it was issued to. Default: generated. */
    client_id?: string | null;
    /** Default: now. Older than five minutes, it can't be exchanged. */
    issued_at?: string | null;
    /** What it allows. Default: `full_access`, which an exchange needs. */
    scopes?: string[] | null;
    /** The token. */
    token?: string | null;
    /** When it was exchanged; that goes once. Default: it was not. */
    used_at?: string | null;
    /** The user it stands for: a `user_id` or an `external_id`. */
    user_id?: string | null;
  }> | null;
  /** The customer's own page of consent, for discovery. Default: the emulator's. */
  authorization_url?: string | null;
  /** What users let them do. Default: nothing. */
  authorizations?: Array<{
    /** The `client_id` of the app. */
    client_id?: string | null;
    /** The codes and tokens that came of it. */
    grants?: Array<{
      /** The access tokens, known by their `jti`. */
      access_tokens?: Array<{
        /** When it became a session. Default: it did not. */
        exchanged_at?: string | null;
        /** Default: an hour from then. */
        expires_at?: string | null;
        /** Default: now. */
        issued_at?: string | null;
        /** Its `jti`. Default: generated. */
        jti?: string | null;
        /** When it was taken back. Default: it was not. */
        revoked_at?: string | null;
      }> | null;
      /** The code. Default: generated, and used up. */
      code?: {
        /** Default: ten minutes from then for a code, 90 days for a refresh token. */
        expires_at?: string | null;
        /** Default: now. */
        issued_at?: string | null;
        /** When it was taken back. Default: it was not. */
        revoked_at?: string | null;
        /** Default: generated. */
        token?: string | null;
        /** When it was used up. Default: it was not. */
        used_at?: string | null;
      } | null;
      /** Default: none. */
      code_challenge?: string | null;
      /** What the app wants to see again in the ID token. Default: nothing. */
      nonce?: string | null;
      /** Where the code was brought. Default: empty. */
      redirect_uri?: string | null;
      /** The refresh tokens, the newest last. */
      refresh_tokens?: Array<{
        /** Default: ten minutes from then for a code, 90 days for a refresh token. */
        expires_at?: string | null;
        /** Default: now. */
        issued_at?: string | null;
        /** When it was taken back. Default: it was not. */
        revoked_at?: string | null;
        /** Default: generated. */
        token?: string | null;
        /** When it was used up. Default: it was not. */
        used_at?: string | null;
      }> | null;
      /** Default: those of the authorization. */
      scopes?: string[] | null;
      /** The session in which the user agreed. Default: none; then no access token can become a session. */
      session_id?: string | null;
    }> | null;
    /** When the user took it back. Default: they did not. */
    revoked_at?: string | null;
    /** What the user agreed to. Default: `openid`. */
    scopes?: string[] | null;
    /** The user. */
    user_id?: string | null;
  }> | null;
  /** What pages are told of the project. */
  bootstrap?: {
    /** Stands in a pasted answer; there is no captcha. */
    captcha_settings?: unknown | null;
    /** Stands in a pasted answer; not looked at. */
    cname_domain?: unknown | null;
    /** Stands in a pasted answer; not looked at. */
    create_organization_enabled?: unknown | null;
    /** Stands in a pasted answer; no device is recognised. */
    dfp_protected_auth_enabled?: unknown | null;
    /** Stands in a pasted answer; no device is recognised. */
    dfp_protected_auth_mode?: unknown | null;
    /** Whether the ready-made pages do without the vendor's mark. Default: true. */
    disable_sdk_watermark?: boolean | null;
    /** Stands in a pasted answer; not looked at. */
    email_domains?: unknown | null;
    /** Stands in a pasted answer; the project's `password_strength` says it. */
    password_config?: unknown | null;
    /** Whether a page that sends a magic link has to bring a code challenge. Default: false. */
    pkce_required_for_email_magic_links?: boolean | null;
    /** Whether OAuth has to be started with a code challenge. Default: false. */
    pkce_required_for_oauth?: boolean | null;
    /** Whether a page that starts a password reset has to bring a code challenge. Default: false. */
    pkce_required_for_password_resets?: boolean | null;
    /** Stands in a pasted answer; not looked at. */
    pkce_required_for_sso?: unknown | null;
    /** What the project is called. Default: `stytch-mock`. */
    project_name?: string | null;
    /** Stands in a pasted answer; the project's `rbac_policy` says it. */
    rbac_policy?: unknown | null;
    /** Stands in a pasted answer; not looked at. */
    request_id?: unknown | null;
    /** Whether crypto wallets sign a message of the form of EIP-4361. Default: false. */
    siwe_required_for_crypto_wallets?: boolean | null;
    /** Stands in a pasted answer; not looked at. */
    slug_pattern?: unknown | null;
    /** Stands in a pasted answer; not looked at. */
    status_code?: unknown | null;
    /** Stands in a pasted answer; not looked at. */
    vertical?: unknown | null;
  } | null;
  /** Apps that users can let in. Default: none. */
  connected_apps?: Array<{
    /** Whom access tokens are for, beside the project. Default: nobody. */
    access_token_custom_audience?: string | null;
    /** How long an access token is good for, 1 to 1440. Default: 60. */
    access_token_expiry_minutes?: number | null;
    /** What makes the custom claims of access tokens. Default: nothing. */
    access_token_template_content?: string | null;
    /** Whether `offline_access` asks for no consent; first parties only. Default: false. */
    bypass_consent_for_offline_access?: boolean | null;
    /** Default: empty. */
    client_description?: string | null;
    /** Default: generated. */
    client_id?: string | null;
    /** Default: empty. */
    client_name?: string | null;
    /** Default: generated, unless the app is public; the exported state shows it. */
    client_secret?: string | null;
    /** Default: `first_party`. */
    client_type?: "first_party" | "first_party_public" | "third_party" | "third_party_public" | null;
    /** Whether access tokens can become sessions; first parties only. Default: false. */
    full_access_allowed?: boolean | null;
    /** What makes the custom claims of ID tokens. Default: nothing. */
    id_token_template_content?: string | null;
    /** Default: empty. */
    logo_url?: string | null;
    /** The secret that counts beside the first while it is rotated. Default: none. */
    next_client_secret?: string | null;
    /** Where browsers may go after a logout. Default: nowhere. */
    post_logout_redirect_urls?: string[] | null;
    /** Where browsers may bring a code, to the letter. Default: nowhere. */
    redirect_urls?: string[] | null;
    /** Whether it gets tokens. Default: `active`. */
    status?: "active" | "inactive" | null;
  }> | null;
  /** Other vendors' session tokens that `sessions.migrate` takes. */
  external_session_tokens?: Array<{
    /** The token. */
    token?: string | null;
    /** The user it stands for: a `user_id` or an `external_id`. */
    user_id?: string | null;
  }> | null;
  /** Faults that strike the project's requests. */
  faults?: Fault[] | null;
  /** What is known and was decided about devices and addresses. */
  fraud?: {
    /** Addresses whose mail came back. Default: none. */
    bounced_emails?: string[] | null;
    /** Domains of e-mail addresses. Default: some well-known disposable ones. */
    email_domains?: Array<{
      /** The domain. */
      domain?: string | null;
      /** Default: true. */
      has_mx_or_a_record?: boolean | null;
      /** Default: true. */
      is_disposable_domain?: boolean | null;
    }> | null;
    /** The project's own rules. Default: none. */
    rules?: Array<{
      /** What the device gets. */
      action?: "ALLOW" | "CHALLENGE" | "BLOCK" | null;
      /** The autonomous system that it is for. */
      asn?: string | null;
      /** The browser's fingerprint that it is for. */
      browser_fingerprint?: string | null;
      /** The browser it is for. */
      browser_id?: string | null;
      /** The addresses that it is for. */
      cidr_block?: string | null;
      /** The country that it is for. */
      country_code?: string | null;
      /** Default: now. */
      created_at?: string | null;
      /** Default: null. */
      description?: string | null;
      /** Default: it does not end. */
      expires_at?: string | null;
      /** The hardware's fingerprint that it is for. */
      hardware_fingerprint?: string | null;
      /** Default: null. */
      last_updated_at?: string | null;
      /** The network's fingerprint that it is for. */
      network_fingerprint?: string | null;
      /** Stands in a pasted rule; not looked at. */
      rule_type?: unknown | null;
      /** The visitor's fingerprint that it is for. */
      visitor_fingerprint?: string | null;
      /** The visitor it is for. */
      visitor_id?: string | null;
    }> | null;
    /** The telemetry ids that can be looked up. Default: one for each action. */
    telemetry?: Array<{
      /** Default: now. */
      created_at?: string | null;
      /** From when on it is not found. Default: ten years after `created_at`. */
      expires_at?: string | null;
      /** What the app says of it. Default: null. */
      external_metadata?: {
        /** Default: null. */
        external_id?: string | null;
        /** Default: null. */
        organization_id?: string | null;
        /** Default: null. */
        user_action?: string | null;
      } | null;
      /** Default: generated. */
      fingerprints?: {
        /** Default: generated. */
        browser_fingerprint?: string | null;
        /** Default: generated. */
        browser_id?: string | null;
        /** Default: generated. */
        hardware_fingerprint?: string | null;
        /** Default: generated. */
        network_fingerprint?: string | null;
        /** Default: generated. */
        visitor_fingerprint?: string | null;
        /** Default: generated. */
        visitor_id?: string | null;
      } | null;
      /** Default: empty strings. */
      properties?: {
        /** Default: an empty string. */
        browser_properties?: {
          /** Default: empty. */
          user_agent?: string | null;
        } | null;
        /** Default: empty strings. */
        network_properties?: {
          /** Default: empty strings. */
          asn?: {
            /** Its number. Default: empty. */
            asn?: string | null;
            /** Default: empty. */
            name?: string | null;
            /** Default: empty. */
            network?: string | null;
          } | null;
          /** Default: empty. */
          ip_address?: string | null;
          /** Default: empty strings. */
          ip_geolocation?: {
            /** Default: empty. */
            city?: string | null;
            /** The country's code. Default: empty. */
            country?: string | null;
            /** Default: empty. */
            region?: string | null;
          } | null;
          /** Default: false. */
          is_proxy?: boolean | null;
          /** Default: false. */
          is_vpn?: boolean | null;
        } | null;
      } | null;
      /** Default: null. */
      raw_signals?: Record<string, unknown> | null;
      /** Stands in a pasted response; not looked at. */
      request_id?: unknown | null;
      /** Stands in a pasted response; not looked at. */
      status_code?: unknown | null;
      /** Default: generated. */
      telemetry_id?: string | null;
      /** Default: nothing speaks against the device. */
      verdict?: {
        /** Stands in a pasted response; not looked at. */
        action?: unknown | null;
        /** Default: empty. */
        detected_device_type?: string | null;
        /** Default: true. */
        is_authentic_device?: boolean | null;
        /** Such as `VIRTUAL_MACHINE`. Default: none. */
        reasons?: string[] | null;
        /** Stands in a pasted response; not looked at. */
        rule_match_identifier?: unknown | null;
        /** Stands in a pasted response; not looked at. */
        rule_match_type?: unknown | null;
        /** Stands in a pasted response; not looked at. */
        verdict_reason_overrides?: unknown | null;
      } | null;
    }> | null;
    /** Reasons beside the built-in ones, and overrides of any. Default: none. */
    verdict_reasons?: Array<{
      /** Default: the built-in one; `CHALLENGE` for a reason that is not built in. */
      default_action?: "ALLOW" | "CHALLENGE" | "BLOCK" | null;
      /** What the project makes of it. Default: the default action. */
      override_action?: "ALLOW" | "CHALLENGE" | "BLOCK" | null;
      /** Default: now, if there is an `override_action`. */
      override_created_at?: string | null;
      /** Default: null. */
      override_description?: string | null;
      /** Such as `VIRTUAL_MACHINE`. */
      verdict_reason?: string | null;
    }> | null;
  } | null;
  /** Tokens by which users can be impersonated. */
  impersonation_tokens?: Array<{
    /** Default: five minutes from now. */
    expires_at?: string | null;
    /** Their address. Default: empty. */
    impersonator_email_address?: string | null;
    /** Who impersonates. Default: empty. */
    impersonator_id?: string | null;
    /** The token. */
    token?: string | null;
    /** When it was used; that goes once. Default: it was not. */
    used_at?: string | null;
    /** The user who is impersonated: a `user_id` or an `external_id`. */
    user_id?: string | null;
  }> | null;
  /**
   * What makes the custom claims of their tokens, such as `{"plan": {{ client.trusted_metadata.plan }}}`. Default:
   * none.
   */
  m2m_claims_template?: string | null;
  /** Machine clients. Default: none. */
  m2m_clients?: Array<{
    /** Default: empty. */
    client_description?: string | null;
    /** Default: generated. */
    client_id?: string | null;
    /** Default: empty. */
    client_name?: string | null;
    /** Default: generated; the exported state shows it. */
    client_secret?: string | null;
    /** The secret that counts beside the first while it is rotated. Default: none. */
    next_client_secret?: string | null;
    /** What it may do. Default: nothing. */
    scopes?: string[] | null;
    /** Whether it gets tokens. Default: `active`. */
    status?: "active" | "inactive" | null;
    /** Default: empty. */
    trusted_metadata?: Record<string, unknown> | null;
  }> | null;
  /** Who can be chosen on the page of an OAuth login. Default: one person, at every provider. */
  oauth_identities?: Array<{
    /** Their address. Default: none. */
    email?: string | null;
    /** Default: empty. */
    locale?: string | null;
    /** Their name: one text, or its parts. Default: none. */
    name?: string | {
      /** Default: empty. */
      first_name?: string | null;
      /** Default: empty. */
      last_name?: string | null;
      /** Default: empty. */
      middle_name?: string | null;
    } | null;
    /** Default: empty. */
    profile_picture_url?: string | null;
    /** The provider, such as google. Default: every provider. */
    provider?: "amazon" | "apple" | "bitbucket" | "coinbase" | "discord" | "facebook" | "figma" | "github" | "gitlab" | "google" | "hubspot" | "instagram" | "linkedin" | "microsoft" | "salesforce" | "shopify" | "slack" | "snapchat" | "spotify" | "steam" | "tiktok" | "twitch" | "twitter" | "yahoo" | null;
    /** The provider's own id of the person. Default: generated. */
    provider_subject?: string | null;
  }> | null;
  /** What the users' passwords have to be like. Default: a zxcvbn score of 3. */
  password_strength?: {
    /** Passwords that count as breached. Default: none. */
    breached?: string[] | null;
    /** Of `luds`: the fewest of lower case, upper case, digits and symbols, 1 to 4. Default: 4. */
    min_complexity?: number | null;
    /** Of `luds`: the fewest characters. Default: 8. */
    min_length?: number | null;
    /** Of `zxcvbn`: the least score, 0 to 4. Default: 3. */
    min_score?: number | null;
    /** Default: `zxcvbn`. */
    policy?: "zxcvbn" | "luds" | null;
  } | null;
  /** What an app calls its project id. Default: the built-in project's. */
  project_id?: string | null;
  /** What browsers name the project by. Default: `public-token-test-` and the end of the project id. */
  public_tokens?: string[] | null;
  /** The project's token bucket: `{"per_second": 50, "burst": 100}`, `600/m`, `off`. Default: `--rate-limit`. */
  rate_limit?: string | {
    /** The most tokens that the bucket holds; it starts full. Default: as many as come in one period. */
    burst?: number | null;
    /** Tokens in an hour. */
    per_hour?: number | null;
    /** Tokens in a minute. */
    per_minute?: number | null;
    /** Tokens in a second. */
    per_second?: number | null;
  } | null;
  /** Which role may do what; paste the vendor's policy. Default: no role may do anything. */
  rbac_policy?: {
    /** What roles and scopes are about. They decide nothing. */
    resources?: Array<{
      /** What can be done with it. */
      actions?: string[] | null;
      /** Default: empty. */
      description?: string | null;
      /** What permissions name. */
      resource_id?: string | null;
    }> | null;
    /** The roles. */
    roles?: Array<{
      /** Default: empty. */
      description?: string | null;
      /** What it permits. */
      permissions?: Array<{
        /** The actions; * is any. */
        actions?: string[] | null;
        /** The resource. */
        resource_id?: string | null;
      }> | null;
      /** What sessions and users carry in their roles. */
      role_id?: string | null;
    }> | null;
    /** What access tokens can allow. */
    scopes?: Array<{
      /** Default: empty. */
      description?: string | null;
      /** What it permits. */
      permissions?: Array<{
        /** The actions; * is any. */
        actions?: string[] | null;
        /** The resource. */
        resource_id?: string | null;
      }> | null;
      /** What access tokens carry. */
      scope?: string | null;
    }> | null;
  } | null;
  /** Where links and providers may send browsers. Default: anywhere. */
  redirect_urls?: Array<{
    /** Whether it is used where a request names none. Default: true; of several, the first is used. */
    default?: boolean | null;
    /** What it is for. Default: everything. */
    types?: Array<"login" | "signup" | "invite" | "reset_password" | "oauth"> | null;
    /** The URL, as requests name it to the last parameter; a `www.` before its host makes no difference. */
    url?: string | null;
  }> | null;
  /** The secrets that prove the project. Default: the built-in project's. */
  secrets?: string[] | null;
  /** The RSA private key (PEM) that signs session JWTs. Default: the built-in, published test key. */
  signing_key?: string | null;
  /** Trusted auth tokens that `sessions.attest` takes. */
  trusted_auth_tokens?: Array<{
    /** The profile that trusts its issuer. */
    profile_id?: string | null;
    /** The token. */
    token?: string | null;
    /** The token's own id. Default: generated. */
    token_id?: string | null;
    /** When it was used; that goes once. Default: it was not. */
    used_at?: string | null;
    /** The user it stands for: a `user_id` or an `external_id`. */
    user_id?: string | null;
  }> | null;
  /** When a user is locked. Default: `{"after": 10, "for": "1h"}`. */
  user_lock?: {
    /** Default: 10. */
    after?: number | null;
    /** Default: 1h. */
    for?: string | null;
  } | null;
  /** The users. */
  users?: SeedUser[] | null;
  /** What is asked of passkeys, and waited for. */
  webauthn?: {
    /** The challenges that nobody answered yet. Default: none. */
    challenges?: Array<{
      /** The kind of authenticator, of a registration. Default: empty. */
      authenticator_type?: string | null;
      /** What for: `register` or `authenticate`. Default: authenticate. */
      ceremony?: "register" | "authenticate" | null;
      /** The challenge, in base64url. */
      challenge?: string | null;
      /** For which domain. */
      domain?: string | null;
      /** Default: five minutes from now. */
      expires_at?: string | null;
      /** The browser, of a registration. Default: empty. */
      user_agent?: string | null;
      /** For whom. Default: whoever has a passkey. */
      user_id?: string | null;
    }> | null;
    /** Whether authenticators have to verify their users. Default: preferred. */
    user_verification?: "required" | "preferred" | "discouraged" | null;
  } | null;
}

/** A session: the vendor's Session as a response shows it. */
export interface SeedSession {
  /** Default: empty strings. null stays null. */
  attributes?: {
    /** Default: empty. */
    ip_address?: string | null;
    /** Default: empty. */
    user_agent?: string | null;
  } | null;
  /** Default: one e-mail magic link. */
  authentication_factors?: Array<{
    amazon_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
    apple_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
    authenticator_app_factor?: {
      totp_id?: string | null;
    } | null;
    biometric_factor?: {
      biometric_registration_id?: string | null;
    } | null;
    bitbucket_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
    coinbase_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
    /** Default: the session's `started_at`. null stays null. */
    created_at?: string | null;
    crypto_wallet_factor?: {
      crypto_wallet_address?: string | null;
      crypto_wallet_id?: string | null;
      crypto_wallet_type?: string | null;
    } | null;
    /** Default: what usually goes with the type or the sub-object; email. */
    delivery_method?: "email" | "sms" | "whatsapp" | "embedded" | "oauth_google" | "oauth_microsoft" | "oauth_apple" | "webauthn_registration" | "authenticator_app" | "oauth_github" | "recovery_code" | "oauth_facebook" | "crypto_wallet" | "oauth_amazon" | "oauth_bitbucket" | "oauth_coinbase" | "oauth_discord" | "oauth_figma" | "oauth_gitlab" | "oauth_instagram" | "oauth_linkedin" | "oauth_shopify" | "oauth_slack" | "oauth_snapchat" | "oauth_spotify" | "oauth_steam" | "oauth_tiktok" | "oauth_twitch" | "oauth_twitter" | "knowledge" | "biometric" | "sso_saml" | "sso_oidc" | "oauth_salesforce" | "oauth_yahoo" | "oauth_hubspot" | "imported_auth0" | "oauth_exchange_slack" | "oauth_exchange_hubspot" | "oauth_exchange_github" | "oauth_exchange_google" | "impersonation" | "oauth_access_token_exchange" | "trusted_token_exchange" | null;
    discord_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
    email_factor?: {
      email_address?: string | null;
      email_id?: string | null;
    } | null;
    embeddable_magic_link_factor?: {
      embedded_id?: string | null;
    } | null;
    facebook_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
    figma_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
    git_lab_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
    github_oauth_exchange_factor?: {
      email_id?: string | null;
    } | null;
    github_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
    google_oauth_exchange_factor?: {
      email_id?: string | null;
    } | null;
    google_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
    hubspot_oauth_exchange_factor?: {
      email_id?: string | null;
    } | null;
    hubspot_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
    impersonated_factor?: {
      impersonator_email_address?: string | null;
      impersonator_id?: string | null;
    } | null;
    instagram_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
    /** Default: the session's `started_at`. null stays null. */
    last_authenticated_at?: string | null;
    linked_in_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
    microsoft_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
    oauth_access_token_exchange_factor?: {
      client_id?: string | null;
    } | null;
    oidc_sso_factor?: {
      external_id?: string | null;
      id?: string | null;
      provider_id?: string | null;
    } | null;
    phone_number_factor?: {
      phone_id?: string | null;
      phone_number?: string | null;
    } | null;
    recovery_code_factor?: {
      totp_recovery_code_id?: string | null;
    } | null;
    salesforce_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
    saml_sso_factor?: {
      external_id?: string | null;
      id?: string | null;
      provider_id?: string | null;
    } | null;
    shopify_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
    slack_oauth_exchange_factor?: {
      email_id?: string | null;
    } | null;
    slack_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
    snapchat_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
    spotify_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
    steam_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
    tik_tok_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
    trusted_auth_token_factor?: {
      token_id?: string | null;
    } | null;
    twitch_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
    twitter_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
    /** Default: what usually goes with the delivery method; `magic_link`. */
    type?: "magic_link" | "otp" | "oauth" | "webauthn" | "totp" | "crypto" | "password" | "signature_challenge" | "sso" | "imported" | "recovery_codes" | "email_otp" | "impersonated" | "trusted_auth_token" | null;
    /** Default: the session's `started_at`. null stays null. */
    updated_at?: string | null;
    webauthn_factor?: {
      domain?: string | null;
      user_agent?: string | null;
      webauthn_registration_id?: string | null;
    } | null;
    yahoo_oauth_factor?: {
      email_id?: string | null;
      id?: string | null;
      provider_subject?: string | null;
    } | null;
  }> | null;
  /** Default: empty. null stays null. */
  custom_claims?: Record<string, unknown> | null;
  /** Default: an hour from now. */
  expires_at?: string | null;
  /** Default: `started_at`. */
  last_accessed_at?: string | null;
  /** When it was revoked. Default: it was not. */
  revoked_at?: string | null;
  /** Default: the user's. null leaves the key out, as the documentation's sample does. */
  roles?: string[] | null;
  /** Default: generated. */
  session_id?: string | null;
  /** The token that proves the session. Default: generated. */
  session_token?: string | null;
  /** Default: now, or an hour before the end of a session that is over. */
  started_at?: string | null;
  /** Must be the user's own, if it stands here. */
  user_id?: string | null;
}

/** A user: the vendor's User as a response shows it, with sessions, and a scripted answer if wanted. */
export interface SeedUser {
  /** Default: none. */
  biometric_registrations?: Array<{
    /** Default: generated. */
    biometric_registration_id?: string | null;
    /** Default: true. */
    verified?: boolean | null;
  }> | null;
  /** Default: now. */
  created_at?: string | null;
  /** Default: none. */
  crypto_wallets?: Array<{
    /** What the wallet has to sign. Default: nothing waits for its signature. */
    challenge?: string | null;
    /** Until when. Default: for ever. */
    challenge_expires_at?: string | null;
    /** Default: the vendor's sandbox address. */
    crypto_wallet_address?: string | null;
    /** Default: generated. */
    crypto_wallet_id?: string | null;
    /** Default: ethereum. */
    crypto_wallet_type?: string | null;
    /** Default: true. */
    verified?: boolean | null;
  }> | null;
  /** What the user has logged in with. Default: nothing. */
  devices?: {
    /** Default: none. */
    ip_addresses?: Array<{
      /** Default: long ago. */
      first_seen_at?: string | null;
      /** Default: when it was first seen. */
      last_seen_at?: string | null;
      /** The id, the address or the country. */
      value?: string | null;
    }> | null;
    /** Default: none. */
    ip_geo_countries?: Array<{
      /** Default: long ago. */
      first_seen_at?: string | null;
      /** Default: when it was first seen. */
      last_seen_at?: string | null;
      /** The id, the address or the country. */
      value?: string | null;
    }> | null;
    /** Default: none. */
    visitor_ids?: Array<{
      /** Default: long ago. */
      first_seen_at?: string | null;
      /** Default: when it was first seen. */
      last_seen_at?: string | null;
      /** The id, the address or the country. */
      value?: string | null;
    }> | null;
  } | null;
  /** Default: one verified address at example.com. */
  emails?: Array<{
    /** Default: one at example.com. */
    email?: string | null;
    /** Default: generated. */
    email_id?: string | null;
    /** Default: true. */
    verified?: boolean | null;
  }> | null;
  /** Your own id for the user, accepted wherever a `user_id` is. */
  external_id?: string | null;
  /** Whether the user is locked, and can't log in until the lock ends. Default: false. */
  is_locked?: boolean | null;
  /** Default: null. */
  lock_created_at?: string | null;
  /** Default: null. */
  lock_expires_at?: string | null;
  /** Default: empty strings. */
  name?: {
    /** Default: empty. */
    first_name?: string | null;
    /** Default: empty. */
    last_name?: string | null;
    /** Default: empty. */
    middle_name?: string | null;
  } | null;
  /** Default: none. */
  password?: {
    /** The parameters of an Argon2 hash that is not encoded. */
    argon_2_config?: {
      /** How often. */
      iteration_amount?: number | null;
      /** In bytes. */
      key_length?: number | null;
      /** In KiB. */
      memory?: number | null;
      /** As it is. */
      salt?: string | null;
      /** How many lanes. */
      threads?: number | null;
    } | null;
    /** The hash of another system, instead of `password`. */
    hash?: string | null;
    /** What kind of hash it is. */
    hash_type?: "bcrypt" | "md_5" | "argon_2i" | "argon_2id" | "sha_1" | "sha_512" | "scrypt" | "phpass" | "pbkdf_2" | null;
    /** The salts around an `md_5` hash. */
    md_5_config?: {
      /** After it. Default: empty. */
      append_salt?: string | null;
      /** Before it. Default: empty. */
      prepend_salt?: string | null;
    } | null;
    /** In plain; it is hashed when the seed is read. */
    password?: string | null;
    /** Default: generated. */
    password_id?: string | null;
    /** The parameters of a `pbkdf_2` hash. */
    pbkdf_2_config?: {
      /** `sha256`, which is the default, or `sha512`. */
      algorithm?: string | null;
      /** How often. */
      iteration_amount?: number | null;
      /** In bytes. */
      key_length?: number | null;
      /** In base64. */
      salt?: string | null;
    } | null;
    /** Whether the user has to reset it before they can log in by it. Default: false. */
    requires_reset?: boolean | null;
    /** The parameters of an scrypt hash that is not encoded. */
    scrypt_config?: {
      /** In bytes. */
      key_length?: number | null;
      /** A power of two. */
      n_parameter?: number | null;
      /** How many lanes. */
      p_parameter?: number | null;
      /** The block size. */
      r_parameter?: number | null;
      /** In base64. */
      salt?: string | null;
    } | null;
    /** The salts around a `sha_1` hash. */
    sha_1_config?: {
      /** After it. Default: empty. */
      append_salt?: string | null;
      /** Before it. Default: empty. */
      prepend_salt?: string | null;
    } | null;
    /** The salts around a `sha_512` hash. */
    sha_512_config?: {
      /** After it. Default: empty. */
      append_salt?: string | null;
      /** Before it. Default: empty. */
      prepend_salt?: string | null;
    } | null;
  } | null;
  /** Default: none. */
  phone_numbers?: Array<{
    /** Default: generated. */
    phone_id?: string | null;
    /** In E.164. Default: +10000000000, the vendor's sandbox number. */
    phone_number?: string | null;
    /** Default: true. */
    verified?: boolean | null;
  }> | null;
  /** OAuth registrations. Default: none. */
  providers?: Array<{
    /** Default: empty. */
    locale?: string | null;
    /** Default: generated. */
    oauth_user_registration_id?: string | null;
    /** Default: empty. */
    profile_picture_url?: string | null;
    /** Default: generated. */
    provider_subject?: string | null;
    /** Default: Google. */
    provider_type?: string | null;
  }> | null;
  /** Stands in a pasted response; not looked at. */
  request_id?: unknown | null;
  /** The error that answers whoever asks about this user. */
  respond_with?: "bad_request" | "invalid_project_id_authentication" | "unauthorized_credentials" | "unauthorized_credentials_homepage" | "user_unauthenticated" | "cannot_update_trusted_metadata" | "invalid_secret_authentication" | "use_https" | "consumer_session_authorization_error" | "route_not_found" | "method_not_allowed" | "too_many_requests" | "user_lock_limit_reached" | "captcha_failed" | "too_few_tokens_authenticated" | "client_closed_request" | "internal_server_error" | "server_unavailable" | "project_not_found" | "invalid_user_id" | "user_not_found" | "session_not_found" | "invalid_session_token" | "invalid_session_id" | "no_session_arguments" | "too_many_session_arguments" | "no_session_revoke_arguments" | "too_many_session_revoke_arguments" | "unable_to_parse_session_jwt" | "jwt_invalid_audience" | "jwt_invalid_issuer" | "jwt_invalid_claims" | "invalid_session_duration_minutes" | "custom_claims_too_large" | "migrate_from_external_unexpected_response" | "migrate_from_external_email_does_not_exist" | "idp_access_token_not_found" | "idp_access_token_could_not_be_exchanged" | "oauth_access_token_exchange_token_too_old" | "oauth_access_token_exchange_missing_full_access" | "trusted_token_profile_not_found" | "invalid_trusted_auth_token" | "invalid_token" | "invalid_locale" | "invalid_expiration" | "invalid_session_duration" | "user_id_mismatch" | "attribute_mismatch" | "inactive_email" | "invalid_email_sandbox" | "invalid_phone_number_sandbox" | "duplicate_email_for_user" | "duplicate_phone_number_for_user" | "too_many_unverified_factors" | "email_template_not_found" | "pkce_mismatch" | "pkce_expected_code_verifier" | "pkce_did_not_expect_code_verifier" | "invalid_pkce_code_challenge" | "invalid_pkce_code_verifier" | "pkce_required_for_native_callback" | "weak_password" | "breached_password" | "no_user_password" | "reset_password" | "password_already_exists" | "unable_to_auth_password_reset_token" | "session_too_old_to_reset_password" | "invalid_password_reset_redirect_url" | "no_password_reset_redirect_url" | "invalid_hash_type" | "invalid_hash" | "invalid_bcrypt_hash" | "invalid_bcrypt_cost" | "invalid_md_5_hash" | "invalid_sha_1_hash" | "invalid_sha_512_hash" | "invalid_phpass_hash_prefix" | "invalid_phpass_hash_format" | "invalid_argon_2_salt" | "invalid_argon_2_iteration_amount" | "invalid_argon_2_memory" | "invalid_argon_2_threads" | "invalid_argon_2_key_length" | "invalid_base64_scrypt_hash" | "invalid_base64_scrypt_salt" | "invalid_scrypt_salt_length" | "invalid_scrypt_n_parameter" | "invalid_scrypt_parameters" | "invalid_pbkdf_2_hash" | "invalid_pbkdf_2_salt" | "invalid_pbkdf_2_iteration_amount" | "invalid_pbkdf_2_algorithm" | "argon_2_key_length_mismatch" | "scrypt_key_length_mismatch" | "pbkdf_2_key_length_mismatch" | "invalid_method_id" | "invalid_code" | "invalid_expiration_otp" | "otp_code_not_found" | "unable_to_auth_otp_code" | "invalid_phone_number_country_code" | "unsubscribed_phone_number" | "magic_link_not_found" | "unable_to_auth_magic_link" | "no_match_for_provided_magic_link_url" | "invalid_login_magic_link_url" | "invalid_signup_magic_link_url" | "invalid_invite_magic_link_url" | "no_login_redirect_urls_set" | "no_signup_redirect_urls_set" | "no_invite_redirect_urls_set" | "no_default_login_redirect_url_set" | "no_default_signup_redirect_url_set" | "no_default_invite_redirect_url_set" | "active_totp_exists" | "totps_not_found_for_user" | "expired_totp" | "invalid_totp_code" | "unable_to_authenticate_totp" | "totp_code_already_authenticated" | "recovery_code_used_as_totp_code" | "totp_code_used_as_recovery_code" | "invalid_recovery_code" | "unable_to_authenticate_recovery_code" | "oauth_token_not_found" | "invalid_oauth_provider" | "invalid_oauth_attach_token" | "oauth_config_not_found" | "no_match_for_provided_oauth_url" | "invalid_login_oauth_url" | "invalid_signup_oauth_url" | "oauth_flow_callback_error" | "oauth_state_mismatch" | "public_token_required" | "public_token_not_found" | "invalid_wallet_type" | "invalid_ethereum_address" | "invalid_solana_address" | "duplicate_wallet_address" | "crypto_wallet_type_incompatible_with_siwe" | "invalid_siwe_domain" | "invalid_siwe_uri" | "invalid_siwe_chain_id" | "invalid_siwe_statement" | "invalid_siwe_resource" | "invalid_siwe_message_request_id" | "invalid_signature" | "unable_to_authenticate_crypto_wallet" | "invalid_domain" | "invalid_authenticator_type" | "cannot_use_webauthn_with_pending_user" | "no_pending_webauthn_registration" | "invalid_public_key_credential" | "unable_to_register_webauthn_registration" | "unable_to_auth_webauthn_registration" | "duplicate_webauthn_registration" | "no_active_webauthn_registrations" | "empty_webauthn_registration_name" | "too_many_user_registrations_for_domain" | "unable_to_auth_impersonation_token" | "telemetry_id_not_found" | "invalid_external_metadata" | "invalid_action_for_rules" | "invalid_fingerprint_or_id" | "invalid_cidr_block" | "cidr_block_invalid_prefix" | "invalid_asn" | "invalid_country_code" | "invalid_country_code_allow_rule" | "dfp_rule_invalid_cursor" | "invalid_create_user_request" | "invalid_email" | "invalid_phone_number" | "duplicate_email" | "duplicate_phone_number" | "duplicate_user_external_id" | "metadata_invalid_format" | "metadata_too_large" | "metadata_too_many_keys" | "no_user_selection_arguments" | "too_many_user_selection_arguments" | "cannot_delete_last_primary_factor" | "email_not_found" | "phone_number_not_found" | "webauthn_registration_not_found" | "biometric_registration_not_found" | "totp_not_found" | "crypto_wallet_not_found" | "password_not_found" | "oauth_user_registration_not_found" | "user_search_invalid_cursor" | "user_search_invalid_limit" | "user_search_invalid_operator" | "user_search_missing_filter_name" | "user_search_missing_filter_value" | "user_search_filter_name_not_recognized" | "user_search_expected_array_of_string" | "user_search_expected_bool" | "user_search_expected_object" | "user_search_expected_string" | "user_search_expected_timestamp" | "user_search_cannot_mix_internal_and_external_user_ids" | "user_search_email_address_fuzzy_too_short" | "user_search_full_name_fuzzy_too_short" | "user_search_phone_number_fuzzy_too_short" | "m2m_client_not_found" | "duplicate_m2m_client_id" | "m2m_client_invalid_client_id" | "m2m_client_invalid_client_secret" | "insecure_m2m_client_secret" | "invalid_m2m_client_scope" | "invalid_m2m_client_status" | "m2m_client_already_rotating_secret" | "m2m_client_not_rotating_secret" | "m2m_search_missing_filter_name" | "m2m_search_missing_filter_value" | "m2m_search_filter_name_must_be_string" | "m2m_search_filter_name_not_recognized" | "m2m_search_expected_array_of_strings" | "connected_app_not_found" | "invalid_connected_app_type" | "connected_app_invalid_redirect_url" | "connected_app_redirect_url_must_include_scheme" | "connected_app_redirect_url_http_scheme_must_use_loopback" | "third_party_clients_cannot_use_full_access" | "third_party_clients_require_consent_for_offline_access" | "idp_invalid_access_token_expiry_minutes" | "idp_invalid_access_token_custom_audience" | "idp_invalid_access_token_jwt_template" | "public_connected_apps_do_not_have_secrets" | "connected_app_already_rotating_secret" | "connected_app_not_rotating_secret" | "no_oauth_authorize_user_selector" | "connected_app_supplied_redirect_url_not_found_in_client" | "connected_app_consent_revoked" | "pkce_required_for_idp_authorization_flow" | "idp_auth_code_not_found" | "idp_auth_code_expired" | "idp_refresh_token_not_found" | "idp_refresh_token_expired" | "idp_refresh_token_already_used" | "unsupported_grant_type" | "unauthorized_client" | "oauth_invalid_scope_requested" | null;
  /** Default: `stytch_user`. */
  roles?: string[] | null;
  /** The user's sessions, pasted from a response or described by the fields that matter. */
  sessions?: SeedSession[] | null;
  /** Default: active. */
  status?: "active" | "pending" | null;
  /** Stands in a pasted response; not looked at. */
  status_code?: unknown | null;
  /** Default: none. */
  totps?: Array<{
    /** Until when a first code has to come, if none came. Default: for ever. */
    expires_at?: string | null;
    /** When the app showed the last code that was accepted. Default: none was. */
    last_code_at?: string | null;
    /** Those that have not been used. Default: ten generated ones, if there is a secret. */
    recovery_codes?: string[] | null;
    /** What the app makes its codes of, in base32. Default: none, and then no code is right. */
    secret?: string | null;
    /** Default: generated. */
    totp_id?: string | null;
    /** Default: true. */
    verified?: boolean | null;
  }> | null;
  /** Default: empty. */
  trusted_metadata?: Record<string, unknown> | null;
  /** Default: empty. */
  untrusted_metadata?: Record<string, unknown> | null;
  /** Default: generated. */
  user_id?: string | null;
  /** Default: none. */
  webauthn_registrations?: Array<{
    /** Default: empty. */
    authenticator_type?: string | null;
    /** What proves it. Default: nothing, and nobody can log in with it. */
    credential?: {
      /** Its id, in base64url. */
      credential_id?: string | null;
      /** Its public key in COSE (ES256, `EdDSA` or RS256), in base64url. */
      public_key?: string | null;
      /** The highest count it has signed with. Default: 0. */
      sign_count?: number | null;
    } | null;
    /** Default: example.com. */
    domain?: string | null;
    /** Default: empty. */
    name?: string | null;
    /** Default: empty. */
    user_agent?: string | null;
    /** Default: true. */
    verified?: boolean | null;
    /** Default: generated. */
    webauthn_registration_id?: string | null;
  }> | null;
}

/** A session in a list. */
export interface SessionOfProject {
  /** The project that it is of. */
  project_id: string;
  /** The session. */
  session: SeedSession;
  /** `active`, `expired` or `revoked`. */
  state: string;
}

/** A window on the sessions that fit. */
export interface Sessions {
  /** How many fit. */
  count: number;
  /** Some of them, in the order in which projects and users came, and of a user by their start. */
  sessions: SessionOfProject[];
}

/** What a snapshot is called, and what it holds. */
export interface Snapshot {
  /** Its name. */
  name: string;
  /** The project that it is of; `None` if it is of the whole world. */
  project_id: string | null;
  /** How many projects it holds. */
  projects: number;
}

/** Some snapshots. */
export interface Snapshots {
  /** By project and by name. */
  snapshots: Snapshot[];
}

/** What `events` takes. */
export interface EventsQuery {
  /**
   * An event's `id`: what came after it comes first. `0.0` is before all. Default: nothing of what was. The header
   * `last-event-id`, by which a browser says where it was, goes before it.
   */
  since?: string | undefined;
  /** How long the stream lasts, such as `2s`; at most a minute. Default: as long as somebody reads. */
  wait?: string | undefined;
}

/** What `outbox.list` takes. */
export interface OutboxListQuery {
  /** An `id`: only the messages before it. */
  before?: number | undefined;
  /** How: `email`, `sms` or `whatsapp`. */
  channel?: string | undefined;
  /** How many messages to wait for. Default: 1. */
  count?: number | undefined;
  /** What for: `magic_link`, `invite`, `otp` or `password_reset`. */
  kind?: string | undefined;
  /** The most messages to answer with, the newest. Default: all. */
  limit?: number | undefined;
  /** A part of anything in them, in any letter case. */
  q?: string | undefined;
  /** An `id`: only the messages after it. */
  since?: number | undefined;
  /** Where they went: an e-mail address, in any letter case, or a phone number. */
  to?: string | undefined;
  /** How long to wait for them, such as `2s`; at most a minute. Default: not at all. */
  wait?: string | undefined;
}

/** What `projects.list` takes. */
export interface ProjectsListQuery {
  /** The most that are shown. Default: all. */
  limit?: number | undefined;
  /** How many come before the first that is shown. Default: 0. */
  offset?: number | undefined;
  /** A part of the id, in any letter case. Default: all fit. */
  q?: string | undefined;
}

/** What `requests.list` takes. */
export interface RequestsListQuery {
  /** A `sequence`: only the requests before it. */
  before?: number | undefined;
  /** Whether they came before the `retry-after` of a 429 had passed. */
  before_retry_after?: boolean | undefined;
  /** How many requests to wait for. Default: 1. */
  count?: number | undefined;
  /** Their `error_type`. */
  error_type?: string | undefined;
  /** The most requests to answer with, the newest. Default: all. */
  limit?: number | undefined;
  /** Their method. */
  method?: string | undefined;
  /** Their path, as sent. */
  path?: string | undefined;
  /** A part of anything in them but their bodies, in any letter case. */
  q?: string | undefined;
  /** A part of their query. */
  query?: string | undefined;
  /** Whether they were refused, or ended without an answer. */
  refused?: boolean | undefined;
  /** Their `request_id`. */
  request_id?: string | undefined;
  /** A `sequence`: only the requests after it. */
  since?: number | undefined;
  /** Their status. 0: the connection ended without one. */
  status?: number | undefined;
  /** A part of their user agent. */
  user_agent?: string | undefined;
  /** How long to wait for them, such as `2s`; at most a minute. Default: not at all. */
  wait?: string | undefined;
}

/** What `sessions.list` takes. */
export interface SessionsListQuery {
  /** Only those that are active, or only the others. Default: both. */
  active?: boolean | undefined;
  /** The most that are shown, at most 500. Default: 50. */
  limit?: number | undefined;
  /** How many come before the first that is shown. Default: 0. */
  offset?: number | undefined;
  /** A part of an id, an address, a number or a name, in any letter case; or a whole session token. Default: all fit. */
  q?: string | undefined;
}

/** What `users.list` takes. */
export interface UsersListQuery {
  /** The most that are shown, at most 500. Default: 50. */
  limit?: number | undefined;
  /** How many come before the first that is shown. Default: 0. */
  offset?: number | undefined;
  /** A part of an id, an address, a number or a name, in any letter case; or a whole session token. Default: all fit. */
  q?: string | undefined;
}

/** The control routes of `bucket`. */
export class BucketControl extends Routes {
  /** A project's rate limit, and how many tokens its bucket holds. */
  async get(): Promise<Bucket> {
    return (await this.transport.json("GET", "/bucket", this.scope({}), undefined)) as Bucket;
  }

  /** Gives a project another rate limit, puts so many tokens into its bucket, or both. */
  async set(body?: BucketSetting): Promise<Bucket> {
    return (await this.transport.json("PUT", "/bucket", this.scope({}), body)) as Bucket;
  }

  /** Empties a project's bucket. Under a frozen clock its next request is a 429. */
  async drain(): Promise<Bucket> {
    return (await this.transport.json("POST", "/bucket/drain", this.scope({}), undefined)) as Bucket;
  }

  /** Fills a project's bucket. */
  async fill(): Promise<Bucket> {
    return (await this.transport.json("POST", "/bucket/fill", this.scope({}), undefined)) as Bucket;
  }
}

/** The control routes of `clock`. */
export class ClockControl extends Routes {
  /** What the clock shows. */
  async get(): Promise<Clock> {
    return (await this.transport.json("GET", "/clock", {}, undefined)) as Clock;
  }

  /** Sets, freezes, releases or scales the clock. What is not said stays as it is. */
  async set(body?: ClockSetting): Promise<Clock> {
    return (await this.transport.json("PUT", "/clock", {}, body)) as Clock;
  }

  /** Moves the clock. A frozen clock stays frozen, a running one runs on. */
  async advance(by: string): Promise<Clock> {
    return (await this.transport.json("POST", "/clock/advance", {}, { by })) as Clock;
  }
}

/** The control routes of `faults`. */
export class FaultsControl extends Routes {
  /** Deletes the faults: all, or a project's. */
  async clear(): Promise<Deleted> {
    return (await this.transport.json("DELETE", "/faults", this.scope({}), undefined)) as Deleted;
  }

  /** The faults with their counts: all, or a project's. */
  async list(): Promise<Faults> {
    return (await this.transport.json("GET", "/faults", this.scope({}), undefined)) as Faults;
  }

  /** Adds a fault. With a `project_id`, in the query or in the fault, it applies to that project's requests alone. */
  async add(body: Fault): Promise<FaultAtWork> {
    return (await this.transport.json("POST", "/faults", this.scope({}), body)) as FaultAtWork;
  }

  /** Deletes one fault. Each project numbers its own: with a `project_id` it is that project's fault of this number. */
  async delete(id: string | number): Promise<Deleted> {
    return (await this.transport.json("DELETE", `/faults/${encodeURIComponent(id)}`, this.scope({}), undefined)) as Deleted;
  }
}

/** The control routes of `outbox`. */
export class OutboxControl extends Routes {
  /** Empties the outbox: all of it, or a project's. */
  async clear(): Promise<Deleted> {
    return (await this.transport.json("DELETE", "/outbox", this.scope({}), undefined)) as Deleted;
  }

  /**
   * The messages that would have been sent and fit every filter, oldest first. With `wait` it waits until there are
   * `count` of them.
   */
  async list(query: OutboxListQuery = {}): Promise<OutboxMessages> {
    return (await this.transport.json("GET", "/outbox", this.scope({ ...query }), undefined)) as OutboxMessages;
  }

  /**
   * The messages that fit, once there are `count` of them (1). Waits up to `wait` (5s), and throws if they do not
   * come.
   */
  async wait(query: OutboxListQuery = {}): Promise<OutboxMessage[]> {
    const { count = 1, wait = "5s" } = query;
    const found = await this.list({ ...query, count, wait });
    return enough("messages", found.messages, count, query);
  }
}

/** The control routes of `projects`. */
export class ProjectsControl extends Routes {
  /** The credentials of every project that fits. */
  async list(query: ProjectsListQuery = {}): Promise<Projects> {
    return (await this.transport.json("GET", "/projects", { ...query }, undefined)) as Projects;
  }

  /**
   * Makes a project with credentials of its own: a clone of the seed's first, a clone of the one named in `from`, or
   * what a seed's project describes.
   */
  async add(body?: CloneOf | SeedProject): Promise<Credentials> {
    return (await this.transport.json("POST", "/projects", {}, body)) as Credentials;
  }

  /** Deletes a project, its snapshots and its messages. */
  async delete(id: string | number): Promise<Deleted> {
    return (await this.transport.json("DELETE", `/projects/${encodeURIComponent(id)}`, {}, undefined)) as Deleted;
  }
}

/** The control routes of `requests`. */
export class RequestsControl extends Routes {
  /** Empties the journal: all of it, or a project's. */
  async clear(): Promise<Deleted> {
    return (await this.transport.json("DELETE", "/requests", this.scope({}), undefined)) as Deleted;
  }

  /** The requests that fit every filter, newest last. With `wait` it waits until there are `count` of them. */
  async list(query: RequestsListQuery = {}): Promise<Requests> {
    return (await this.transport.json("GET", "/requests", this.scope({ ...query }), undefined)) as Requests;
  }

  /**
   * The requests that fit, once there are `count` of them (1). Waits up to `wait` (5s), and throws if they do not
   * come.
   */
  async wait(query: RequestsListQuery = {}): Promise<Request[]> {
    const { count = 1, wait = "5s" } = query;
    const found = await this.list({ ...query, count, wait });
    return enough("requests", found.requests, count, query);
  }
}

/** The control routes of `sessions`. */
export class SessionsControl extends Routes {
  /** The sessions of all projects that fit, active and over, a window at a time. */
  async list(query: SessionsListQuery = {}): Promise<Sessions> {
    return (await this.transport.json("GET", "/sessions", this.scope({ ...query }), undefined)) as Sessions;
  }

  /** Lets a session end now, unless it has ended already. The answer is the whole entry. */
  async expire(id: string | number): Promise<SeedSession> {
    return (await this.transport.json("POST", `/sessions/${encodeURIComponent(id)}/expire`, this.scope({}), undefined)) as SeedSession;
  }

  /** Revokes a session, unless it is revoked already. The answer is the whole entry. */
  async revoke(id: string | number): Promise<SeedSession> {
    return (await this.transport.json("POST", `/sessions/${encodeURIComponent(id)}/revoke`, this.scope({}), undefined)) as SeedSession;
  }

  /** Adds a session, described as in a seed, to a user. The answer is the whole entry. */
  async add(id: string | number, body: SeedSession): Promise<SeedSession> {
    return (await this.transport.json("POST", `/users/${encodeURIComponent(id)}/sessions`, this.scope({}), body)) as SeedSession;
  }
}

/** The control routes of `snapshots`. */
export class SnapshotsControl extends Routes {
  /** The snapshots that there are: all, or a project's. */
  async list(): Promise<Snapshots> {
    return (await this.transport.json("GET", "/snapshots", this.scope({}), undefined)) as Snapshots;
  }

  /** Drops a snapshot. */
  async drop(name: string | number): Promise<Deleted> {
    return (await this.transport.json("DELETE", `/snapshots/${encodeURIComponent(name)}`, this.scope({}), undefined)) as Deleted;
  }

  /**
   * Puts what was saved in the place of what is there. For a project it is that project's own snapshot, or its part of
   * the world's.
   */
  async restore(name: string | number): Promise<Restored> {
    return (await this.transport.json("POST", `/snapshots/${encodeURIComponent(name)}`, this.scope({}), undefined)) as Restored;
  }

  /** Saves the world, or a project, under a name of 1 to 128 bytes. An older snapshot of that name is replaced. */
  async save(name: string | number): Promise<Counts> {
    return (await this.transport.json("PUT", `/snapshots/${encodeURIComponent(name)}`, this.scope({}), undefined)) as Counts;
  }
}

/** The control routes of `state`. */
export class StateControl extends Routes {
  /** The world, or a project, as a seed. Whoever loads it gets the same users, sessions and tokens. */
  async get(): Promise<Seed> {
    return (await this.transport.json("GET", "/state", this.scope({}), undefined)) as Seed;
  }

  /**
   * Puts what a seed describes in the place of the world, or of a project. A seed with a problem changes nothing. For
   * one project the seed needn't repeat its id and secrets.
   */
  async set(body: Seed): Promise<Counts> {
    return (await this.transport.json("PUT", "/state", this.scope({}), body)) as Counts;
  }
}

/** The control routes of `users`. */
export class UsersControl extends Routes {
  /** The users of all projects that fit, a window at a time. */
  async list(query: UsersListQuery = {}): Promise<ListedUsers> {
    return (await this.transport.json("GET", "/users", this.scope({ ...query }), undefined)) as ListedUsers;
  }

  /** Adds a user, described as in a seed, to a project. The answer is the whole entry. */
  async add(body: SeedUser): Promise<SeedUser> {
    return (await this.transport.json("POST", "/users", this.scope({}), body)) as SeedUser;
  }

  /** Deletes a user and all that is theirs. */
  async delete(id: string | number): Promise<Deleted> {
    return (await this.transport.json("DELETE", `/users/${encodeURIComponent(id)}`, this.scope({}), undefined)) as Deleted;
  }

  /** A user with all that is theirs, as a seed entry. */
  async get(id: string | number): Promise<SeedUser> {
    return (await this.transport.json("GET", `/users/${encodeURIComponent(id)}`, this.scope({}), undefined)) as SeedUser;
  }
}

/** The part of the control plane that can be about one project. */
export class ProjectControl extends Routes {
  /** The control routes of `bucket`. */
  readonly bucket = new BucketControl(this.transport, this.projectScope);
  /** The control routes of `faults`. */
  readonly faults = new FaultsControl(this.transport, this.projectScope);
  /** The control routes of `outbox`. */
  readonly outbox = new OutboxControl(this.transport, this.projectScope);
  /** The control routes of `requests`. */
  readonly requests = new RequestsControl(this.transport, this.projectScope);
  /** The control routes of `sessions`. */
  readonly sessions = new SessionsControl(this.transport, this.projectScope);
  /** The control routes of `snapshots`. */
  readonly snapshots = new SnapshotsControl(this.transport, this.projectScope);
  /** The control routes of `state`. */
  readonly state = new StateControl(this.transport, this.projectScope);
  /** The control routes of `users`. */
  readonly users = new UsersControl(this.transport, this.projectScope);

  /**
   * Goes back to the boot seed, with its clock, full buckets, its faults, an empty journal and an empty outbox. A
   * project alone goes back to what it was made from, and the clock stays.
   */
  async reset(): Promise<Counts> {
    return (await this.transport.json("POST", "/reset", this.scope({}), undefined)) as Counts;
  }

  /** Makes a token by which somebody can log in as a user, once and within five minutes. */
  async makeImpersonationToken(id: string | number, body?: Impersonator): Promise<MadeImpersonationToken> {
    return (await this.transport.json("POST", `/users/${encodeURIComponent(id)}/impersonation_tokens`, this.scope({}), body)) as MadeImpersonationToken;
  }
}

/** The whole control plane. */
export class Control extends ProjectControl {
  /** The control routes of `clock`. */
  readonly clock = new ClockControl(this.transport, this.projectScope);
  /** The control routes of `projects`. */
  readonly projects = new ProjectsControl(this.transport, this.projectScope);

  /** Lists the routes. A browser, which asks for `text/html`, gets the emulator's page. */
  index(): string {
    return this.transport.url("/", {});
  }

  /** The certificate that clients of the TLS port have to trust, as PEM. Without TLS there is none. */
  async ca(): Promise<string> {
    return (await this.transport.text("GET", "/ca.pem", {}, undefined)) as string;
  }

  /**
   * What happens, as it happens, as server-sent events: each request and each message, and how the clock and the
   * faults stand.
   */
  events(query: EventsQuery = {}): string {
    return this.transport.url("/events", { ...query });
  }

  /** Answers once the emulator is ready. */
  async health(): Promise<Health> {
    return (await this.transport.json("GET", "/health", {}, undefined)) as Health;
  }

  /** Describes the emulated API and the control plane, as an OpenAPI 3.1 document. */
  async openapi(): Promise<OpenApiDocument> {
    return (await this.transport.json("GET", "/openapi.json", {}, undefined)) as OpenApiDocument;
  }
}
