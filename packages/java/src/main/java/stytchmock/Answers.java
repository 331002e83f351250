// Written by packages/generate from what the emulator says of itself. Not to be edited.
package stytchmock;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** What the control plane answers. */
public final class Answers {
    private Answers() {}

    /**
     * A project's token bucket.
     * @param capacity The most tokens that it holds; `null` without a limit.
     * @param level The whole tokens in it; `null` without a limit.
     * @param projectId Whose it is.
     * @param rateLimit Its limit, as a seed writes it.
     */
    public record Bucket(
            @JsonProperty("capacity") Long capacity,
            @JsonProperty("level") Long level,
            @JsonProperty("project_id") String projectId,
            @JsonProperty("rate_limit") String rateLimit) {}

    /**
     * What the clock shows.
     * @param frozen Whether it stands still.
     * @param now The time.
     * @param scale Emulated seconds in a second of the machine. Absent from a frozen clock.
     */
    public record Clock(
            @JsonProperty("frozen") boolean frozen,
            @JsonProperty("now") String now,
            @JsonProperty("scale") Double scale) {}

    /**
     * How much there is now.
     * @param projects as it says.
     * @param sessions as it says.
     * @param users as it says.
     */
    public record Counts(
            @JsonProperty("projects") long projects,
            @JsonProperty("sessions") long sessions,
            @JsonProperty("users") long users) {}

    /**
     * What proves a project.
     * @param env The same, as an app's environment wants it.
     * @param projectId The project's id.
     * @param publicToken What browsers and apps name the project by, which hold no secret.
     * @param secret Its first secret. Empty if `--projects auto` made it and no call has brought one yet.
     */
    public record Credentials(
            @JsonProperty("env") ProjectEnv env,
            @JsonProperty("project_id") String projectId,
            @JsonProperty("public_token") String publicToken,
            @JsonProperty("secret") String secret) {}

    /**
     * How many were taken away.
     * @param deleted How many.
     */
    public record Deleted(
            @JsonProperty("deleted") long deleted) {}

    /**
     * A fault at work.
     * @param after Lets this many pass first. Default: 0.
     * @param body The body of `status`. Default: empty.
     * @param close Effect: the connection ends there.
     * @param contentType The `content-type` of `status`. Default: application/json.
     * @param delay Waits first: 200ms, or {"min": "100ms", "max": "300ms"}.
     * @param error Effect: this error of the catalogue, in the vendor's envelope.
     * @param every Of the rest, changes the first and then every Nth. At least 1. Default: 1.
     * @param hits How many of those it changed.
     * @param id Its number, by which it is deleted.
     * @param matched How many requests it applied to.
     * @param method The method. Default: any.
     * @param operation The operation, by the name that SDKs give it: `sessions.get`. Default: any.
     * @param path The path, concrete or as the README's table has it. Default: any.
     * @param probability Changes a request with this probability, drawn from --id-seed if there is one. Default:
     * always.
     * @param projectId The project whose requests it applies to. Default: the one that it stands in, or all.
     * @param stall Effect: nothing ever comes, and the connection stays.
     * @param status Effect: an answer with this status, whatever the body.
     * @param times Changes so many requests, and then no more. Default: without end.
     * @param truncate Effect: the answer's body stops after so many bytes, as if that were all.
     * @param ttl Is over after this time, on the emulator's clock. Default: never.
     * @param userId The user whom the request is about: a `user_id` or an `external_id`. Default: any, or none.
     */
    public record FaultAtWork(
            @JsonProperty("after") Long after,
            @JsonProperty("body") String body,
            @JsonProperty("close") String close,
            @JsonProperty("content_type") String contentType,
            @JsonProperty("delay") Object delay,
            @JsonProperty("error") String error,
            @JsonProperty("every") Long every,
            @JsonProperty("hits") long hits,
            @JsonProperty("id") long id,
            @JsonProperty("matched") long matched,
            @JsonProperty("method") String method,
            @JsonProperty("operation") String operation,
            @JsonProperty("path") String path,
            @JsonProperty("probability") Double probability,
            @JsonProperty("project_id") String projectId,
            @JsonProperty("stall") Boolean stall,
            @JsonProperty("status") Long status,
            @JsonProperty("times") Long times,
            @JsonProperty("truncate") Long truncate,
            @JsonProperty("ttl") String ttl,
            @JsonProperty("user_id") String userId) {}

    /**
     * Some faults.
     * @param faults Oldest first; those of all projects stand before those of one.
     */
    public record Faults(
            @JsonProperty("faults") List<FaultAtWork> faults) {}

    /**
     * That the emulator answers.
     * @param status Always `ok`.
     * @param version The emulator's version.
     */
    public record Health(
            @JsonProperty("status") String status,
            @JsonProperty("version") String version) {}

    /**
     * What the control plane says of itself.
     * @param openapi Where the OpenAPI document is.
     * @param page Where a browser gets the emulator's page.
     * @param routes Every route.
     * @param version The emulator's version.
     */
    public record Index(
            @JsonProperty("openapi") String openapi,
            @JsonProperty("page") String page,
            @JsonProperty("routes") List<RouteOfIndex> routes,
            @JsonProperty("version") String version) {}

    /**
     * A user in a list.
     * @param activeSessions How many of those are active.
     * @param createdAt When they were made.
     * @param emails Their addresses.
     * @param externalId The app's own id for them.
     * @param name Their whole name; empty if they have none.
     * @param phoneNumbers Their numbers.
     * @param projectId The project that the user is of.
     * @param respondWith The error that answers whoever asks about them.
     * @param sessions How many sessions they have.
     * @param status `active` or `pending`.
     * @param userId Their id.
     */
    public record ListedUser(
            @JsonProperty("active_sessions") long activeSessions,
            @JsonProperty("created_at") String createdAt,
            @JsonProperty("emails") List<String> emails,
            @JsonProperty("external_id") String externalId,
            @JsonProperty("name") String name,
            @JsonProperty("phone_numbers") List<String> phoneNumbers,
            @JsonProperty("project_id") String projectId,
            @JsonProperty("respond_with") String respondWith,
            @JsonProperty("sessions") long sessions,
            @JsonProperty("status") String status,
            @JsonProperty("user_id") String userId) {}

    /**
     * A window on the users that fit a filter.
     * @param count How many fit.
     * @param users Some of them, in the order in which projects and users came.
     */
    public record ListedUsers(
            @JsonProperty("count") long count,
            @JsonProperty("users") List<ListedUser> users) {}

    /**
     * One message that would have been sent.
     * @param channel `email`, `sms` or `whatsapp`.
     * @param code The code, if it holds one.
     * @param expiresAt When the code or link ends.
     * @param id Its number, from 1: what `since` takes.
     * @param kind `magic_link`, `invite`, `otp` or `password_reset`.
     * @param link The link, if it holds one.
     * @param locale The language that the request named.
     * @param methodId The id of the address or number: the `method_id` of `otps.authenticate`.
     * @param projectId Whose user it went to.
     * @param templateId The template that the request named.
     * @param time When it was sent, on the emulator's clock.
     * @param to The e-mail address or phone number.
     * @param token The token of the link, if it holds one.
     * @param userId Whom it went to.
     */
    public record OutboxMessage(
            @JsonProperty("channel") String channel,
            @JsonProperty("code") String code,
            @JsonProperty("expires_at") String expiresAt,
            @JsonProperty("id") long id,
            @JsonProperty("kind") String kind,
            @JsonProperty("link") String link,
            @JsonProperty("locale") String locale,
            @JsonProperty("method_id") String methodId,
            @JsonProperty("project_id") String projectId,
            @JsonProperty("template_id") String templateId,
            @JsonProperty("time") String time,
            @JsonProperty("to") String to,
            @JsonProperty("token") String token,
            @JsonProperty("user_id") String userId) {}

    /**
     * Some messages, and how many have been dropped.
     * @param count How many fit.
     * @param dropped How many fell out of the outbox before, fitting or not.
     * @param messages They themselves, oldest first; with a limit, the newest of them.
     */
    public record OutboxMessages(
            @JsonProperty("count") long count,
            @JsonProperty("dropped") long dropped,
            @JsonProperty("messages") List<OutboxMessage> messages) {}

    /**
     * One problem of a seed.
     * @param column In characters, from 1.
     * @param file The source's name.
     * @param line From 1.
     * @param message What was expected, what was found, what is near.
     * @param path Such as `$.projects[0].users[3].user_id`.
     */
    public record Problem(
            @JsonProperty("column") long column,
            @JsonProperty("file") String file,
            @JsonProperty("line") long line,
            @JsonProperty("message") String message,
            @JsonProperty("path") String path) {}

    /**
     * The variables of an app's environment.
     * @param stytchProjectId as it says.
     * @param stytchPublicToken as it says.
     * @param stytchSecret as it says.
     */
    public record ProjectEnv(
            @JsonProperty("STYTCH_PROJECT_ID") String stytchProjectId,
            @JsonProperty("STYTCH_PUBLIC_TOKEN") String stytchPublicToken,
            @JsonProperty("STYTCH_SECRET") String stytchSecret) {}

    /**
     * Some projects.
     * @param count How many fit.
     * @param projects Their credentials, in the order in which they came.
     */
    public record Projects(
            @JsonProperty("count") long count,
            @JsonProperty("projects") List<Credentials> projects) {}

    /**
     * One request and its answer.
     * @param beforeRetryAfter Whether it came before the `retry-after` of a 429 had passed.
     * @param body The body, if the journal keeps bodies. Secrets are redacted.
     * @param durationMicros How long the answer took, in microseconds of the machine's time.
     * @param errorType The `error_type` of the answer; `null` if it was no error.
     * @param fault The fault that changed it.
     * @param ignored The query parameters and keys of the body that were sent and not used.
     * @param method Its method.
     * @param path Its path, as sent.
     * @param projectId The project of its credentials; `null` without one.
     * @param query Its query, as sent. Secrets are redacted.
     * @param reason Why it was refused; `null` if it was not.
     * @param requestId The `request_id` of the answer.
     * @param sequence Its number among all requests, from 1.
     * @param status The HTTP status; `null` if the connection was ended without one.
     * @param time When it came, by the emulator's clock.
     * @param userAgent Its user agent.
     */
    public record Request(
            @JsonProperty("before_retry_after") boolean beforeRetryAfter,
            @JsonProperty("body") String body,
            @JsonProperty("duration_micros") long durationMicros,
            @JsonProperty("error_type") String errorType,
            @JsonProperty("fault") Long fault,
            @JsonProperty("ignored") List<String> ignored,
            @JsonProperty("method") String method,
            @JsonProperty("path") String path,
            @JsonProperty("project_id") String projectId,
            @JsonProperty("query") String query,
            @JsonProperty("reason") String reason,
            @JsonProperty("request_id") String requestId,
            @JsonProperty("sequence") long sequence,
            @JsonProperty("status") Long status,
            @JsonProperty("time") String time,
            @JsonProperty("user_agent") String userAgent) {}

    /**
     * Some requests of the journal.
     * @param count How many requests fit.
     * @param dropped How many requests fell out of the journal because it was full, whether they fit or not.
     * @param requests The requests, newest last; with a limit, the newest of them.
     */
    public record Requests(
            @JsonProperty("count") long count,
            @JsonProperty("dropped") long dropped,
            @JsonProperty("requests") List<Request> requests) {}

    /**
     * Which snapshot was restored.
     * @param restored Its name.
     */
    public record Restored(
            @JsonProperty("restored") String restored) {}

    /**
     * A route, in a line.
     * @param method Its method.
     * @param path Its path; `{name}` stands for one segment.
     * @param summary What it does.
     */
    public record RouteOfIndex(
            @JsonProperty("method") String method,
            @JsonProperty("path") String path,
            @JsonProperty("summary") String summary) {}

    /**
     * A session in a list.
     * @param projectId The project that it is of.
     * @param session The session.
     * @param state `active`, `expired` or `revoked`.
     */
    public record SessionOfProject(
            @JsonProperty("project_id") String projectId,
            @JsonProperty("session") JsonNode session,
            @JsonProperty("state") String state) {}

    /**
     * A window on the sessions that fit.
     * @param count How many fit.
     * @param sessions Some of them, in the order in which projects and users came, and of a user by their start.
     */
    public record Sessions(
            @JsonProperty("count") long count,
            @JsonProperty("sessions") List<SessionOfProject> sessions) {}

    /**
     * What a snapshot is called, and what it holds.
     * @param name Its name.
     * @param projectId The project that it is of; `None` if it is of the whole world.
     * @param projects How many projects it holds.
     */
    public record Snapshot(
            @JsonProperty("name") String name,
            @JsonProperty("project_id") String projectId,
            @JsonProperty("projects") long projects) {}

    /**
     * Some snapshots.
     * @param snapshots By project and by name.
     */
    public record Snapshots(
            @JsonProperty("snapshots") List<Snapshot> snapshots) {}
}
