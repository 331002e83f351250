"""What the control plane answers.

Written by packages/generate from what the emulator says of itself. Not to be edited.
"""

from __future__ import annotations

from typing import Any, Dict, List, Literal, Optional, TypedDict, Union


class Bucket(TypedDict):
    """A project's token bucket."""

    capacity: Optional[int]
    """The most tokens that it holds; `null` without a limit."""
    level: Optional[int]
    """The whole tokens in it; `null` without a limit."""
    project_id: str
    """Whose it is."""
    rate_limit: str
    """Its limit, as a seed writes it."""


class _Clock(TypedDict):
    frozen: bool
    """Whether it stands still."""
    now: str
    """The time."""


class Clock(_Clock, total=False):
    """What the clock shows."""

    scale: Optional[float]
    """Emulated seconds in a second of the machine. Absent from a frozen clock."""


class Counts(TypedDict):
    """How much there is now."""

    projects: int
    sessions: int
    users: int


class Credentials(TypedDict):
    """What proves a project."""

    env: ProjectEnv
    """The same, as an app's environment wants it."""
    project_id: str
    """The project's id."""
    public_token: str
    """What browsers and apps name the project by, which hold no secret."""
    secret: str
    """Its first secret. Empty if `--projects auto` made it and no call has brought one yet."""


class Deleted(TypedDict):
    """How many were taken away."""

    deleted: int
    """How many."""


class _FaultAtWork(TypedDict):
    hits: int
    """How many of those it changed."""
    id: int
    """Its number, by which it is deleted."""
    matched: int
    """How many requests it applied to."""


class FaultAtWork(_FaultAtWork, total=False):
    """A fault at work."""

    after: Optional[int]
    """Lets this many pass first. Default: 0."""
    body: Optional[str]
    """The body of `status`. Default: empty."""
    close: Optional[Literal["before_headers", "after_headers", "mid_body"]]
    """Effect: the connection ends there."""
    content_type: Optional[str]
    """The `content-type` of `status`. Default: application/json."""
    delay: Optional[Union[str, Dict[str, Any]]]
    """Waits first: 200ms, or {"min": "100ms", "max": "300ms"}."""
    error: Optional[Literal["bad_request", "invalid_project_id_authentication", "unauthorized_credentials", "unauthorized_credentials_homepage", "user_unauthenticated", "cannot_update_trusted_metadata", "invalid_secret_authentication", "use_https", "consumer_session_authorization_error", "route_not_found", "method_not_allowed", "too_many_requests", "user_lock_limit_reached", "captcha_failed", "too_few_tokens_authenticated", "client_closed_request", "internal_server_error", "server_unavailable", "project_not_found", "invalid_user_id", "user_not_found", "session_not_found", "invalid_session_token", "invalid_session_id", "no_session_arguments", "too_many_session_arguments", "no_session_revoke_arguments", "too_many_session_revoke_arguments", "unable_to_parse_session_jwt", "jwt_invalid_audience", "jwt_invalid_issuer", "jwt_invalid_claims", "invalid_session_duration_minutes", "custom_claims_too_large", "migrate_from_external_unexpected_response", "migrate_from_external_email_does_not_exist", "idp_access_token_not_found", "idp_access_token_could_not_be_exchanged", "oauth_access_token_exchange_token_too_old", "oauth_access_token_exchange_missing_full_access", "trusted_token_profile_not_found", "invalid_trusted_auth_token", "invalid_token", "invalid_locale", "invalid_expiration", "invalid_session_duration", "user_id_mismatch", "attribute_mismatch", "inactive_email", "invalid_email_sandbox", "invalid_phone_number_sandbox", "duplicate_email_for_user", "duplicate_phone_number_for_user", "too_many_unverified_factors", "email_template_not_found", "pkce_mismatch", "pkce_expected_code_verifier", "pkce_did_not_expect_code_verifier", "invalid_pkce_code_challenge", "invalid_pkce_code_verifier", "pkce_required_for_native_callback", "weak_password", "breached_password", "no_user_password", "reset_password", "password_already_exists", "unable_to_auth_password_reset_token", "session_too_old_to_reset_password", "invalid_password_reset_redirect_url", "no_password_reset_redirect_url", "invalid_hash_type", "invalid_hash", "invalid_bcrypt_hash", "invalid_bcrypt_cost", "invalid_md_5_hash", "invalid_sha_1_hash", "invalid_sha_512_hash", "invalid_phpass_hash_prefix", "invalid_phpass_hash_format", "invalid_argon_2_salt", "invalid_argon_2_iteration_amount", "invalid_argon_2_memory", "invalid_argon_2_threads", "invalid_argon_2_key_length", "invalid_base64_scrypt_hash", "invalid_base64_scrypt_salt", "invalid_scrypt_salt_length", "invalid_scrypt_n_parameter", "invalid_scrypt_parameters", "invalid_pbkdf_2_hash", "invalid_pbkdf_2_salt", "invalid_pbkdf_2_iteration_amount", "invalid_pbkdf_2_algorithm", "argon_2_key_length_mismatch", "scrypt_key_length_mismatch", "pbkdf_2_key_length_mismatch", "invalid_method_id", "invalid_code", "invalid_expiration_otp", "otp_code_not_found", "unable_to_auth_otp_code", "invalid_phone_number_country_code", "unsubscribed_phone_number", "magic_link_not_found", "unable_to_auth_magic_link", "no_match_for_provided_magic_link_url", "invalid_login_magic_link_url", "invalid_signup_magic_link_url", "invalid_invite_magic_link_url", "no_login_redirect_urls_set", "no_signup_redirect_urls_set", "no_invite_redirect_urls_set", "no_default_login_redirect_url_set", "no_default_signup_redirect_url_set", "no_default_invite_redirect_url_set", "active_totp_exists", "totps_not_found_for_user", "expired_totp", "invalid_totp_code", "unable_to_authenticate_totp", "totp_code_already_authenticated", "recovery_code_used_as_totp_code", "totp_code_used_as_recovery_code", "invalid_recovery_code", "unable_to_authenticate_recovery_code", "oauth_token_not_found", "invalid_oauth_provider", "invalid_oauth_attach_token", "oauth_config_not_found", "no_match_for_provided_oauth_url", "invalid_login_oauth_url", "invalid_signup_oauth_url", "oauth_flow_callback_error", "oauth_state_mismatch", "public_token_required", "public_token_not_found", "invalid_wallet_type", "invalid_ethereum_address", "invalid_solana_address", "duplicate_wallet_address", "crypto_wallet_type_incompatible_with_siwe", "invalid_siwe_domain", "invalid_siwe_uri", "invalid_siwe_chain_id", "invalid_siwe_statement", "invalid_siwe_resource", "invalid_siwe_message_request_id", "invalid_signature", "unable_to_authenticate_crypto_wallet", "invalid_domain", "invalid_authenticator_type", "cannot_use_webauthn_with_pending_user", "no_pending_webauthn_registration", "invalid_public_key_credential", "unable_to_register_webauthn_registration", "unable_to_auth_webauthn_registration", "duplicate_webauthn_registration", "no_active_webauthn_registrations", "empty_webauthn_registration_name", "too_many_user_registrations_for_domain", "unable_to_auth_impersonation_token", "telemetry_id_not_found", "invalid_external_metadata", "invalid_action_for_rules", "invalid_fingerprint_or_id", "invalid_cidr_block", "cidr_block_invalid_prefix", "invalid_asn", "invalid_country_code", "invalid_country_code_allow_rule", "dfp_rule_invalid_cursor", "invalid_create_user_request", "invalid_email", "invalid_phone_number", "duplicate_email", "duplicate_phone_number", "duplicate_user_external_id", "metadata_invalid_format", "metadata_too_large", "metadata_too_many_keys", "no_user_selection_arguments", "too_many_user_selection_arguments", "cannot_delete_last_primary_factor", "email_not_found", "phone_number_not_found", "webauthn_registration_not_found", "biometric_registration_not_found", "totp_not_found", "crypto_wallet_not_found", "password_not_found", "oauth_user_registration_not_found", "user_search_invalid_cursor", "user_search_invalid_limit", "user_search_invalid_operator", "user_search_missing_filter_name", "user_search_missing_filter_value", "user_search_filter_name_not_recognized", "user_search_expected_array_of_string", "user_search_expected_bool", "user_search_expected_object", "user_search_expected_string", "user_search_expected_timestamp", "user_search_cannot_mix_internal_and_external_user_ids", "user_search_email_address_fuzzy_too_short", "user_search_full_name_fuzzy_too_short", "user_search_phone_number_fuzzy_too_short", "m2m_client_not_found", "duplicate_m2m_client_id", "m2m_client_invalid_client_id", "m2m_client_invalid_client_secret", "insecure_m2m_client_secret", "invalid_m2m_client_scope", "invalid_m2m_client_status", "m2m_client_already_rotating_secret", "m2m_client_not_rotating_secret", "m2m_search_missing_filter_name", "m2m_search_missing_filter_value", "m2m_search_filter_name_must_be_string", "m2m_search_filter_name_not_recognized", "m2m_search_expected_array_of_strings", "connected_app_not_found", "invalid_connected_app_type", "connected_app_invalid_redirect_url", "connected_app_redirect_url_must_include_scheme", "connected_app_redirect_url_http_scheme_must_use_loopback", "third_party_clients_cannot_use_full_access", "third_party_clients_require_consent_for_offline_access", "idp_invalid_access_token_expiry_minutes", "idp_invalid_access_token_custom_audience", "idp_invalid_access_token_jwt_template", "public_connected_apps_do_not_have_secrets", "connected_app_already_rotating_secret", "connected_app_not_rotating_secret", "no_oauth_authorize_user_selector", "connected_app_supplied_redirect_url_not_found_in_client", "connected_app_consent_revoked", "pkce_required_for_idp_authorization_flow", "idp_auth_code_not_found", "idp_auth_code_expired", "idp_refresh_token_not_found", "idp_refresh_token_expired", "idp_refresh_token_already_used", "unsupported_grant_type", "unauthorized_client", "oauth_invalid_scope_requested"]]
    """Effect: this error of the catalogue, in the vendor's envelope."""
    every: Optional[int]
    """Of the rest, changes the first and then every Nth. At least 1. Default: 1."""
    method: Optional[str]
    """The method. Default: any."""
    operation: Optional[str]
    """The operation, by the name that SDKs give it: `sessions.get`. Default: any."""
    path: Optional[str]
    """The path, concrete or as the README's table has it. Default: any."""
    probability: Optional[float]
    """Changes a request with this probability, drawn from --id-seed if there is one. Default: always."""
    project_id: Optional[str]
    """The project whose requests it applies to. Default: the one that it stands in, or all."""
    stall: Optional[bool]
    """Effect: nothing ever comes, and the connection stays."""
    status: Optional[int]
    """Effect: an answer with this status, whatever the body."""
    times: Optional[int]
    """Changes so many requests, and then no more. Default: without end."""
    truncate: Optional[int]
    """Effect: the answer's body stops after so many bytes, as if that were all."""
    ttl: Optional[str]
    """Is over after this time, on the emulator's clock. Default: never."""
    user_id: Optional[str]
    """The user whom the request is about: a `user_id` or an `external_id`. Default: any, or none."""


class Faults(TypedDict):
    """Some faults."""

    faults: List[FaultAtWork]
    """Oldest first; those of all projects stand before those of one."""


class Health(TypedDict):
    """That the emulator answers."""

    status: str
    """Always `ok`."""
    version: str
    """The emulator's version."""


class Index(TypedDict):
    """What the control plane says of itself."""

    openapi: str
    """Where the OpenAPI document is."""
    page: str
    """Where a browser gets the emulator's page."""
    routes: List[RouteOfIndex]
    """Every route."""
    version: str
    """The emulator's version."""


class ListedUser(TypedDict):
    """A user in a list."""

    active_sessions: int
    """How many of those are active."""
    created_at: Optional[str]
    """When they were made."""
    emails: List[str]
    """Their addresses."""
    external_id: Optional[str]
    """The app's own id for them."""
    name: str
    """Their whole name; empty if they have none."""
    phone_numbers: List[str]
    """Their numbers."""
    project_id: str
    """The project that the user is of."""
    respond_with: Optional[str]
    """The error that answers whoever asks about them."""
    sessions: int
    """How many sessions they have."""
    status: str
    """`active` or `pending`."""
    user_id: str
    """Their id."""


class ListedUsers(TypedDict):
    """A window on the users that fit a filter."""

    count: int
    """How many fit."""
    users: List[ListedUser]
    """Some of them, in the order in which projects and users came."""


class MadeImpersonationToken(TypedDict):
    """A token that was made."""

    expires_at: str
    """When it is too late: in five minutes."""
    impersonation_token: str
    """What `POST /v1/impersonation/authenticate` takes, once."""
    impersonator_email_address: str
    """Their address."""
    impersonator_id: str
    """Who impersonates."""
    user_id: str
    """The user who is impersonated."""


class _OutboxMessage(TypedDict):
    channel: str
    """`email`, `sms` or `whatsapp`."""
    expires_at: str
    """When the code or link ends."""
    id: int
    """Its number, from 1: what `since` takes."""
    kind: str
    """`magic_link`, `invite`, `otp` or `password_reset`."""
    locale: Optional[str]
    """The language that the request named."""
    method_id: str
    """The id of the address or number: the `method_id` of `otps.authenticate`."""
    project_id: str
    """Whose user it went to."""
    template_id: Optional[str]
    """The template that the request named."""
    time: str
    """When it was sent, on the emulator's clock."""
    to: str
    """The e-mail address or phone number."""
    user_id: str
    """Whom it went to."""


class OutboxMessage(_OutboxMessage, total=False):
    """One message that would have been sent."""

    code: Optional[str]
    """The code, if it holds one."""
    link: Optional[str]
    """The link, if it holds one."""
    token: Optional[str]
    """The token of the link, if it holds one."""


class OutboxMessages(TypedDict):
    """Some messages, and how many have been dropped."""

    count: int
    """How many fit."""
    dropped: int
    """How many fell out of the outbox before, fitting or not."""
    messages: List[OutboxMessage]
    """They themselves, oldest first; with a limit, the newest of them."""


class Problem(TypedDict):
    """One problem of a seed."""

    column: int
    """In characters, from 1."""
    file: str
    """The source's name."""
    line: int
    """From 1."""
    message: str
    """What was expected, what was found, what is near."""
    path: str
    """Such as `$.projects[0].users[3].user_id`."""


class ProjectEnv(TypedDict):
    """The variables of an app's environment."""

    STYTCH_PROJECT_ID: str
    STYTCH_PUBLIC_TOKEN: str
    STYTCH_SECRET: str


class Projects(TypedDict):
    """Some projects."""

    count: int
    """How many fit."""
    projects: List[Credentials]
    """Their credentials, in the order in which they came."""


class _Request(TypedDict):
    before_retry_after: bool
    """Whether it came before the `retry-after` of a 429 had passed."""
    duration_micros: int
    """How long the answer took, in microseconds of the machine's time."""
    error_type: Optional[str]
    """The `error_type` of the answer; `null` if it was no error."""
    fault: Optional[int]
    """The fault that changed it."""
    ignored: List[str]
    """The query parameters and keys of the body that were sent and not used."""
    method: str
    """Its method."""
    path: str
    """Its path, as sent."""
    project_id: Optional[str]
    """The project of its credentials; `null` without one."""
    query: str
    """Its query, as sent. Secrets are redacted."""
    reason: Optional[str]
    """Why it was refused; `null` if it was not."""
    request_id: str
    """The `request_id` of the answer."""
    sequence: int
    """Its number among all requests, from 1."""
    status: Optional[int]
    """The HTTP status; `null` if the connection was ended without one."""
    time: str
    """When it came, by the emulator's clock."""
    user_agent: str
    """Its user agent."""


class Request(_Request, total=False):
    """One request and its answer."""

    body: Optional[str]
    """The body, if the journal keeps bodies. Secrets are redacted."""


class Requests(TypedDict):
    """Some requests of the journal."""

    count: int
    """How many requests fit."""
    dropped: int
    """How many requests fell out of the journal because it was full, whether they fit or not."""
    requests: List[Request]
    """The requests, newest last; with a limit, the newest of them."""


class Restored(TypedDict):
    """Which snapshot was restored."""

    restored: str
    """Its name."""


class RouteOfIndex(TypedDict):
    """A route, in a line."""

    method: str
    """Its method."""
    path: str
    """Its path; `{name}` stands for one segment."""
    summary: str
    """What it does."""


class SessionOfProject(TypedDict):
    """A session in a list."""

    project_id: str
    """The project that it is of."""
    session: Dict[str, Any]
    """The session."""
    state: str
    """`active`, `expired` or `revoked`."""


class Sessions(TypedDict):
    """A window on the sessions that fit."""

    count: int
    """How many fit."""
    sessions: List[SessionOfProject]
    """Some of them, in the order in which projects and users came, and of a user by their start."""


class Snapshot(TypedDict):
    """What a snapshot is called, and what it holds."""

    name: str
    """Its name."""
    project_id: Optional[str]
    """The project that it is of; `None` if it is of the whole world."""
    projects: int
    """How many projects it holds."""


class Snapshots(TypedDict):
    """Some snapshots."""

    snapshots: List[Snapshot]
    """By project and by name."""
