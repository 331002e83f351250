"""The control plane.

Written by packages/generate from what the emulator says of itself. Not to be edited.
"""

from __future__ import annotations

from typing import Any, Dict, List, Literal, Mapping, Optional, Union, cast

from ._transport import Routes, Transport, enough, given, quoted
from ._types import Bucket, Clock, Counts, Credentials, Deleted, FaultAtWork, Faults, Health, ListedUsers, MadeImpersonationToken, OutboxMessage, OutboxMessages, Projects, Request, Requests, Restored, Sessions, Snapshots


class BucketControl(Routes):
    """The control routes of `bucket`."""

    def get(self) -> Bucket:
        """A project's rate limit, and how many tokens its bucket holds."""
        return cast("Bucket", self._transport.json("GET", "/bucket", self._scope({}), None))

    def set(self, *, level: Optional[int] = None, rate_limit: Optional[str] = None) -> Bucket:
        """Gives a project another rate limit, puts so many tokens into its bucket, or both."""
        return cast("Bucket", self._transport.json("PUT", "/bucket", self._scope({}), given({"level": level, "rate_limit": rate_limit})))

    def drain(self) -> Bucket:
        """Empties a project's bucket. Under a frozen clock its next request is a 429."""
        return cast("Bucket", self._transport.json("POST", "/bucket/drain", self._scope({}), None))

    def fill(self) -> Bucket:
        """Fills a project's bucket."""
        return cast("Bucket", self._transport.json("POST", "/bucket/fill", self._scope({}), None))


class ClockControl(Routes):
    """The control routes of `clock`."""

    def get(self) -> Clock:
        """What the clock shows."""
        return cast("Clock", self._transport.json("GET", "/clock", {}, None))

    def set(self, *, frozen: Optional[bool] = None, now: Optional[str] = None, scale: Optional[float] = None) -> Clock:
        """Sets, freezes, releases or scales the clock. What is not said stays as it is."""
        return cast("Clock", self._transport.json("PUT", "/clock", {}, given({"frozen": frozen, "now": now, "scale": scale})))

    def advance(self, by: str) -> Clock:
        """Moves the clock. A frozen clock stays frozen, a running one runs on."""
        return cast("Clock", self._transport.json("POST", "/clock/advance", {}, {"by": by}))


class FaultsControl(Routes):
    """The control routes of `faults`."""

    def clear(self) -> Deleted:
        """Deletes the faults: all, or a project's."""
        return cast("Deleted", self._transport.json("DELETE", "/faults", self._scope({}), None))

    def list(self) -> Faults:
        """The faults with their counts: all, or a project's."""
        return cast("Faults", self._transport.json("GET", "/faults", self._scope({}), None))

    def add(self, *, after: Optional[int] = None, body: Optional[str] = None, close: Optional[Literal["before_headers", "after_headers", "mid_body"]] = None, content_type: Optional[str] = None, delay: Optional[Union[str, Mapping[str, Any]]] = None, error: Optional[Literal["bad_request", "invalid_project_id_authentication", "unauthorized_credentials", "unauthorized_credentials_homepage", "user_unauthenticated", "cannot_update_trusted_metadata", "invalid_secret_authentication", "use_https", "consumer_session_authorization_error", "route_not_found", "method_not_allowed", "too_many_requests", "user_lock_limit_reached", "captcha_failed", "too_few_tokens_authenticated", "client_closed_request", "internal_server_error", "server_unavailable", "project_not_found", "invalid_user_id", "user_not_found", "session_not_found", "invalid_session_token", "invalid_session_id", "no_session_arguments", "too_many_session_arguments", "no_session_revoke_arguments", "too_many_session_revoke_arguments", "unable_to_parse_session_jwt", "jwt_invalid_audience", "jwt_invalid_issuer", "jwt_invalid_claims", "invalid_session_duration_minutes", "custom_claims_too_large", "migrate_from_external_unexpected_response", "migrate_from_external_email_does_not_exist", "idp_access_token_not_found", "idp_access_token_could_not_be_exchanged", "oauth_access_token_exchange_token_too_old", "oauth_access_token_exchange_missing_full_access", "trusted_token_profile_not_found", "invalid_trusted_auth_token", "invalid_token", "invalid_locale", "invalid_expiration", "invalid_session_duration", "user_id_mismatch", "attribute_mismatch", "inactive_email", "invalid_email_sandbox", "invalid_phone_number_sandbox", "duplicate_email_for_user", "duplicate_phone_number_for_user", "too_many_unverified_factors", "email_template_not_found", "pkce_mismatch", "pkce_expected_code_verifier", "pkce_did_not_expect_code_verifier", "invalid_pkce_code_challenge", "invalid_pkce_code_verifier", "pkce_required_for_native_callback", "weak_password", "breached_password", "no_user_password", "reset_password", "password_already_exists", "unable_to_auth_password_reset_token", "session_too_old_to_reset_password", "invalid_password_reset_redirect_url", "no_password_reset_redirect_url", "invalid_hash_type", "invalid_hash", "invalid_bcrypt_hash", "invalid_bcrypt_cost", "invalid_md_5_hash", "invalid_sha_1_hash", "invalid_sha_512_hash", "invalid_phpass_hash_prefix", "invalid_phpass_hash_format", "invalid_argon_2_salt", "invalid_argon_2_iteration_amount", "invalid_argon_2_memory", "invalid_argon_2_threads", "invalid_argon_2_key_length", "invalid_base64_scrypt_hash", "invalid_base64_scrypt_salt", "invalid_scrypt_salt_length", "invalid_scrypt_n_parameter", "invalid_scrypt_parameters", "invalid_pbkdf_2_hash", "invalid_pbkdf_2_salt", "invalid_pbkdf_2_iteration_amount", "invalid_pbkdf_2_algorithm", "argon_2_key_length_mismatch", "scrypt_key_length_mismatch", "pbkdf_2_key_length_mismatch", "invalid_method_id", "invalid_code", "invalid_expiration_otp", "otp_code_not_found", "unable_to_auth_otp_code", "invalid_phone_number_country_code", "unsubscribed_phone_number", "magic_link_not_found", "unable_to_auth_magic_link", "no_match_for_provided_magic_link_url", "invalid_login_magic_link_url", "invalid_signup_magic_link_url", "invalid_invite_magic_link_url", "no_login_redirect_urls_set", "no_signup_redirect_urls_set", "no_invite_redirect_urls_set", "no_default_login_redirect_url_set", "no_default_signup_redirect_url_set", "no_default_invite_redirect_url_set", "active_totp_exists", "totps_not_found_for_user", "expired_totp", "invalid_totp_code", "unable_to_authenticate_totp", "totp_code_already_authenticated", "recovery_code_used_as_totp_code", "totp_code_used_as_recovery_code", "invalid_recovery_code", "unable_to_authenticate_recovery_code", "oauth_token_not_found", "invalid_oauth_provider", "invalid_oauth_attach_token", "oauth_config_not_found", "no_match_for_provided_oauth_url", "invalid_login_oauth_url", "invalid_signup_oauth_url", "oauth_flow_callback_error", "oauth_state_mismatch", "public_token_required", "public_token_not_found", "invalid_wallet_type", "invalid_ethereum_address", "invalid_solana_address", "duplicate_wallet_address", "crypto_wallet_type_incompatible_with_siwe", "invalid_siwe_domain", "invalid_siwe_uri", "invalid_siwe_chain_id", "invalid_siwe_statement", "invalid_siwe_resource", "invalid_siwe_message_request_id", "invalid_signature", "unable_to_authenticate_crypto_wallet", "invalid_domain", "invalid_authenticator_type", "cannot_use_webauthn_with_pending_user", "no_pending_webauthn_registration", "invalid_public_key_credential", "unable_to_register_webauthn_registration", "unable_to_auth_webauthn_registration", "duplicate_webauthn_registration", "no_active_webauthn_registrations", "empty_webauthn_registration_name", "too_many_user_registrations_for_domain", "unable_to_auth_impersonation_token", "telemetry_id_not_found", "invalid_external_metadata", "invalid_action_for_rules", "invalid_fingerprint_or_id", "invalid_cidr_block", "cidr_block_invalid_prefix", "invalid_asn", "invalid_country_code", "invalid_country_code_allow_rule", "dfp_rule_invalid_cursor", "invalid_create_user_request", "invalid_email", "invalid_phone_number", "duplicate_email", "duplicate_phone_number", "duplicate_user_external_id", "metadata_invalid_format", "metadata_too_large", "metadata_too_many_keys", "no_user_selection_arguments", "too_many_user_selection_arguments", "cannot_delete_last_primary_factor", "email_not_found", "phone_number_not_found", "webauthn_registration_not_found", "biometric_registration_not_found", "totp_not_found", "crypto_wallet_not_found", "password_not_found", "oauth_user_registration_not_found", "user_search_invalid_cursor", "user_search_invalid_limit", "user_search_invalid_operator", "user_search_missing_filter_name", "user_search_missing_filter_value", "user_search_filter_name_not_recognized", "user_search_expected_array_of_string", "user_search_expected_bool", "user_search_expected_object", "user_search_expected_string", "user_search_expected_timestamp", "user_search_cannot_mix_internal_and_external_user_ids", "user_search_email_address_fuzzy_too_short", "user_search_full_name_fuzzy_too_short", "user_search_phone_number_fuzzy_too_short", "m2m_client_not_found", "duplicate_m2m_client_id", "m2m_client_invalid_client_id", "m2m_client_invalid_client_secret", "insecure_m2m_client_secret", "invalid_m2m_client_scope", "invalid_m2m_client_status", "m2m_client_already_rotating_secret", "m2m_client_not_rotating_secret", "m2m_search_missing_filter_name", "m2m_search_missing_filter_value", "m2m_search_filter_name_must_be_string", "m2m_search_filter_name_not_recognized", "m2m_search_expected_array_of_strings", "connected_app_not_found", "invalid_connected_app_type", "connected_app_invalid_redirect_url", "connected_app_redirect_url_must_include_scheme", "connected_app_redirect_url_http_scheme_must_use_loopback", "third_party_clients_cannot_use_full_access", "third_party_clients_require_consent_for_offline_access", "idp_invalid_access_token_expiry_minutes", "idp_invalid_access_token_custom_audience", "idp_invalid_access_token_jwt_template", "public_connected_apps_do_not_have_secrets", "connected_app_already_rotating_secret", "connected_app_not_rotating_secret", "no_oauth_authorize_user_selector", "connected_app_supplied_redirect_url_not_found_in_client", "connected_app_consent_revoked", "pkce_required_for_idp_authorization_flow", "idp_auth_code_not_found", "idp_auth_code_expired", "idp_refresh_token_not_found", "idp_refresh_token_expired", "idp_refresh_token_already_used", "unsupported_grant_type", "unauthorized_client", "oauth_invalid_scope_requested"]] = None, every: Optional[int] = None, method: Optional[str] = None, operation: Optional[str] = None, path: Optional[str] = None, probability: Optional[float] = None, project_id: Optional[str] = None, stall: Optional[bool] = None, status: Optional[int] = None, times: Optional[int] = None, truncate: Optional[int] = None, ttl: Optional[str] = None, user_id: Optional[str] = None) -> FaultAtWork:
        """Adds a fault. With a `project_id`, in the query or in the fault, it applies to that project's requests
        alone.
        """
        return cast("FaultAtWork", self._transport.json("POST", "/faults", self._scope({}), given({"after": after, "body": body, "close": close, "content_type": content_type, "delay": delay, "error": error, "every": every, "method": method, "operation": operation, "path": path, "probability": probability, "project_id": project_id, "stall": stall, "status": status, "times": times, "truncate": truncate, "ttl": ttl, "user_id": user_id})))

    def delete(self, id: Union[str, int]) -> Deleted:
        """Deletes one fault. Each project numbers its own: with a `project_id` it is that project's fault of this
        number.
        """
        return cast("Deleted", self._transport.json("DELETE", f"/faults/{quoted(id)}", self._scope({}), None))


class OutboxControl(Routes):
    """The control routes of `outbox`."""

    def clear(self) -> Deleted:
        """Empties the outbox: all of it, or a project's."""
        return cast("Deleted", self._transport.json("DELETE", "/outbox", self._scope({}), None))

    def list(self, *, before: Optional[int] = None, channel: Optional[str] = None, count: Optional[int] = None, kind: Optional[str] = None, limit: Optional[int] = None, q: Optional[str] = None, since: Optional[int] = None, to: Optional[str] = None, wait: Optional[str] = None) -> OutboxMessages:
        """The messages that would have been sent and fit every filter, oldest first. With `wait` it waits until
        there are `count` of them.
        """
        return cast("OutboxMessages", self._transport.json("GET", "/outbox", self._scope({"before": before, "channel": channel, "count": count, "kind": kind, "limit": limit, "q": q, "since": since, "to": to, "wait": wait}), None))

    def wait(self, *, before: Optional[int] = None, channel: Optional[str] = None, count: int = 1, kind: Optional[str] = None, limit: Optional[int] = None, q: Optional[str] = None, since: Optional[int] = None, to: Optional[str] = None, wait: str = "5s") -> List[OutboxMessage]:
        """The messages that fit, once there are `count` of them. Waits up to `wait`, and raises if they do not
        come.
        """
        found = self.list(before=before, channel=channel, count=count, kind=kind, limit=limit, q=q, since=since, to=to, wait=wait)
        return enough("messages", found["messages"], count)


class ProjectsControl(Routes):
    """The control routes of `projects`."""

    def list(self, *, limit: Optional[int] = None, offset: Optional[int] = None, q: Optional[str] = None) -> Projects:
        """The credentials of every project that fits."""
        return cast("Projects", self._transport.json("GET", "/projects", {"limit": limit, "offset": offset, "q": q}, None))

    def add(self, body: Optional[Mapping[str, Any]] = None) -> Credentials:
        """Makes a project with credentials of its own: a clone of the seed's first, a clone of the one named in
        `from`, or what a seed's project describes.
        """
        return cast("Credentials", self._transport.json("POST", "/projects", {}, body))

    def delete(self, id: Union[str, int]) -> Deleted:
        """Deletes a project, its snapshots and its messages."""
        return cast("Deleted", self._transport.json("DELETE", f"/projects/{quoted(id)}", {}, None))


class RequestsControl(Routes):
    """The control routes of `requests`."""

    def clear(self) -> Deleted:
        """Empties the journal: all of it, or a project's."""
        return cast("Deleted", self._transport.json("DELETE", "/requests", self._scope({}), None))

    def list(self, *, before: Optional[int] = None, before_retry_after: Optional[bool] = None, count: Optional[int] = None, error_type: Optional[str] = None, limit: Optional[int] = None, method: Optional[str] = None, path: Optional[str] = None, q: Optional[str] = None, query: Optional[str] = None, refused: Optional[bool] = None, request_id: Optional[str] = None, since: Optional[int] = None, status: Optional[int] = None, user_agent: Optional[str] = None, wait: Optional[str] = None) -> Requests:
        """The requests that fit every filter, newest last. With `wait` it waits until there are `count` of them."""
        return cast("Requests", self._transport.json("GET", "/requests", self._scope({"before": before, "before_retry_after": before_retry_after, "count": count, "error_type": error_type, "limit": limit, "method": method, "path": path, "q": q, "query": query, "refused": refused, "request_id": request_id, "since": since, "status": status, "user_agent": user_agent, "wait": wait}), None))

    def wait(self, *, before: Optional[int] = None, before_retry_after: Optional[bool] = None, count: int = 1, error_type: Optional[str] = None, limit: Optional[int] = None, method: Optional[str] = None, path: Optional[str] = None, q: Optional[str] = None, query: Optional[str] = None, refused: Optional[bool] = None, request_id: Optional[str] = None, since: Optional[int] = None, status: Optional[int] = None, user_agent: Optional[str] = None, wait: str = "5s") -> List[Request]:
        """The requests that fit, once there are `count` of them. Waits up to `wait`, and raises if they do not
        come.
        """
        found = self.list(before=before, before_retry_after=before_retry_after, count=count, error_type=error_type, limit=limit, method=method, path=path, q=q, query=query, refused=refused, request_id=request_id, since=since, status=status, user_agent=user_agent, wait=wait)
        return enough("requests", found["requests"], count)


class SessionsControl(Routes):
    """The control routes of `sessions`."""

    def list(self, *, active: Optional[bool] = None, limit: Optional[int] = None, offset: Optional[int] = None, q: Optional[str] = None) -> Sessions:
        """The sessions of all projects that fit, active and over, a window at a time."""
        return cast("Sessions", self._transport.json("GET", "/sessions", self._scope({"active": active, "limit": limit, "offset": offset, "q": q}), None))

    def expire(self, id: Union[str, int]) -> Dict[str, Any]:
        """Lets a session end now, unless it has ended already. The answer is the whole entry."""
        return cast("Dict[str, Any]", self._transport.json("POST", f"/sessions/{quoted(id)}/expire", self._scope({}), None))

    def revoke(self, id: Union[str, int]) -> Dict[str, Any]:
        """Revokes a session, unless it is revoked already. The answer is the whole entry."""
        return cast("Dict[str, Any]", self._transport.json("POST", f"/sessions/{quoted(id)}/revoke", self._scope({}), None))

    def add(self, id: Union[str, int], body: Mapping[str, Any]) -> Dict[str, Any]:
        """Adds a session, described as in a seed, to a user. The answer is the whole entry."""
        return cast("Dict[str, Any]", self._transport.json("POST", f"/users/{quoted(id)}/sessions", self._scope({}), body))


class SnapshotsControl(Routes):
    """The control routes of `snapshots`."""

    def list(self) -> Snapshots:
        """The snapshots that there are: all, or a project's."""
        return cast("Snapshots", self._transport.json("GET", "/snapshots", self._scope({}), None))

    def drop(self, name: Union[str, int]) -> Deleted:
        """Drops a snapshot."""
        return cast("Deleted", self._transport.json("DELETE", f"/snapshots/{quoted(name)}", self._scope({}), None))

    def restore(self, name: Union[str, int]) -> Restored:
        """Puts what was saved in the place of what is there. For a project it is that project's own snapshot, or
        its part of the world's.
        """
        return cast("Restored", self._transport.json("POST", f"/snapshots/{quoted(name)}", self._scope({}), None))

    def save(self, name: Union[str, int]) -> Counts:
        """Saves the world, or a project, under a name of 1 to 128 bytes. An older snapshot of that name is
        replaced.
        """
        return cast("Counts", self._transport.json("PUT", f"/snapshots/{quoted(name)}", self._scope({}), None))


class StateControl(Routes):
    """The control routes of `state`."""

    def get(self) -> Dict[str, Any]:
        """The world, or a project, as a seed. Whoever loads it gets the same users, sessions and tokens."""
        return cast("Dict[str, Any]", self._transport.json("GET", "/state", self._scope({}), None))

    def set(self, body: Mapping[str, Any]) -> Counts:
        """Puts what a seed describes in the place of the world, or of a project. A seed with a problem changes
        nothing. For one project the seed needn't repeat its id and secrets.
        """
        return cast("Counts", self._transport.json("PUT", "/state", self._scope({}), body))


class UsersControl(Routes):
    """The control routes of `users`."""

    def list(self, *, limit: Optional[int] = None, offset: Optional[int] = None, q: Optional[str] = None) -> ListedUsers:
        """The users of all projects that fit, a window at a time."""
        return cast("ListedUsers", self._transport.json("GET", "/users", self._scope({"limit": limit, "offset": offset, "q": q}), None))

    def add(self, body: Mapping[str, Any]) -> Dict[str, Any]:
        """Adds a user, described as in a seed, to a project. The answer is the whole entry."""
        return cast("Dict[str, Any]", self._transport.json("POST", "/users", self._scope({}), body))

    def delete(self, id: Union[str, int]) -> Deleted:
        """Deletes a user and all that is theirs."""
        return cast("Deleted", self._transport.json("DELETE", f"/users/{quoted(id)}", self._scope({}), None))

    def get(self, id: Union[str, int]) -> Dict[str, Any]:
        """A user with all that is theirs, as a seed entry."""
        return cast("Dict[str, Any]", self._transport.json("GET", f"/users/{quoted(id)}", self._scope({}), None))


class ProjectControl(Routes):
    """The part of the control plane that can be about one project."""

    def __init__(self, transport: Transport, project_scope: Optional[str] = None) -> None:
        super().__init__(transport, project_scope)
        self.bucket = BucketControl(transport, project_scope)
        self.faults = FaultsControl(transport, project_scope)
        self.outbox = OutboxControl(transport, project_scope)
        self.requests = RequestsControl(transport, project_scope)
        self.sessions = SessionsControl(transport, project_scope)
        self.snapshots = SnapshotsControl(transport, project_scope)
        self.state = StateControl(transport, project_scope)
        self.users = UsersControl(transport, project_scope)

    def reset(self) -> Counts:
        """Goes back to the boot seed, with its clock, full buckets, its faults, an empty journal and an empty
        outbox. A project alone goes back to what it was made from, and the clock stays.
        """
        return cast("Counts", self._transport.json("POST", "/reset", self._scope({}), None))

    def makeImpersonationToken(self, id: Union[str, int], *, impersonator_email_address: Optional[str] = None, impersonator_id: Optional[str] = None) -> MadeImpersonationToken:
        """Makes a token by which somebody can log in as a user, once and within five minutes."""
        return cast("MadeImpersonationToken", self._transport.json("POST", f"/users/{quoted(id)}/impersonation_tokens", self._scope({}), given({"impersonator_email_address": impersonator_email_address, "impersonator_id": impersonator_id})))


class Control(ProjectControl):
    """The whole control plane."""

    def __init__(self, transport: Transport, project_scope: Optional[str] = None) -> None:
        super().__init__(transport, project_scope)
        self.clock = ClockControl(transport, project_scope)
        self.projects = ProjectsControl(transport, project_scope)

    def index(self) -> str:
        """Lists the routes. A browser, which asks for `text/html`, gets the emulator's page."""
        return self._transport.url("/", {})

    def ca(self) -> str:
        """The certificate that clients of the TLS port have to trust, as PEM. Without TLS there is none."""
        return self._transport.text("GET", "/ca.pem", {}, None)

    def events(self, *, since: Optional[str] = None, wait: Optional[str] = None) -> str:
        """What happens, as it happens, as server-sent events: each request and each message, and how the clock and
        the faults stand.
        """
        return self._transport.url("/events", {"since": since, "wait": wait})

    def health(self) -> Health:
        """Answers once the emulator is ready."""
        return cast("Health", self._transport.json("GET", "/health", {}, None))

    def openapi(self) -> Dict[str, Any]:
        """Describes the emulated API and the control plane, as an OpenAPI 3.1 document."""
        return cast("Dict[str, Any]", self._transport.json("GET", "/openapi.json", {}, None))
