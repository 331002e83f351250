// Written by packages/generate from what the emulator says of itself. Not to be edited.
package stytchmock;

import java.util.LinkedHashMap;
import java.util.Map;

/** What control routes take: keys that are not set are not sent. */
public final class Parameters {
    private Parameters() {}

    /** Some keys with their values. */
    public abstract static class Keys {
        final Map<String, Object> values = new LinkedHashMap<>();

        Keys() {}
    }

    /** How a bucket is to be set. */
    public static final class BucketSetting extends Keys {
        /** Nothing is set. */
        public BucketSetting() {}

        /**
         * The tokens in it, at most as many as it holds. Default: as many as there are.
         *
         * @param value its value
         * @return this
         */
        public BucketSetting level(long value) {
            values.put("level", value);
            return this;
        }

        /**
         * The limit, such as `100/s,burst=20`, `600/m` or `off`; the bucket is full then. Default: as it is.
         *
         * @param value its value
         * @return this
         */
        public BucketSetting rateLimit(String value) {
            values.put("rate_limit", value);
            return this;
        }
    }

    /** How the clock is to be set. */
    public static final class ClockSetting extends Keys {
        /** Nothing is set. */
        public ClockSetting() {}

        /**
         * Whether it stands still. Default: as it did.
         *
         * @param value its value
         * @return this
         */
        public ClockSetting frozen(boolean value) {
            values.put("frozen", value);
            return this;
        }

        /**
         * An RFC 3339 time, or `system` for the machine's time. Default: where it is.
         *
         * @param value its value
         * @return this
         */
        public ClockSetting now(String value) {
            values.put("now", value);
            return this;
        }

        /**
         * Emulated seconds in a second of the machine, for a running clock. Default: as it was, and 1 after a
         * freeze.
         *
         * @param value its value
         * @return this
         */
        public ClockSetting scale(double value) {
            values.put("scale", value);
            return this;
        }
    }

    /** What ().events() takes. */
    public static final class EventsQuery extends Keys {
        /** Nothing is set. */
        public EventsQuery() {}

        /**
         * An event's `id`: what came after it comes first. `0.0` is before all. Default: nothing of what was. The
         * header `last-event-id`, by which a browser says where it was, goes before it.
         *
         * @param value its value
         * @return this
         */
        public EventsQuery since(String value) {
            values.put("since", value);
            return this;
        }

        /**
         * How long the stream lasts, such as `2s`; at most a minute. Default: as long as somebody reads.
         *
         * @param value its value
         * @return this
         */
        public EventsQuery wait(String value) {
            values.put("wait", value);
            return this;
        }
    }

    /** A fault: which requests it applies to, which of those it changes, and how. */
    public static final class Fault extends Keys {
        /** Nothing is set. */
        public Fault() {}

        /**
         * Lets this many pass first. Default: 0.
         *
         * @param value its value
         * @return this
         */
        public Fault after(long value) {
            values.put("after", value);
            return this;
        }

        /**
         * The body of `status`. Default: empty.
         *
         * @param value its value
         * @return this
         */
        public Fault body(String value) {
            values.put("body", value);
            return this;
        }

        /**
         * Effect: the connection ends there.
         *
         * @param value its value
         * @return this
         */
        public Fault close(String value) {
            values.put("close", value);
            return this;
        }

        /**
         * The `content-type` of `status`. Default: application/json.
         *
         * @param value its value
         * @return this
         */
        public Fault contentType(String value) {
            values.put("content_type", value);
            return this;
        }

        /**
         * Waits first: 200ms, or {"min": "100ms", "max": "300ms"}.
         *
         * @param value its value
         * @return this
         */
        public Fault delay(Object value) {
            values.put("delay", value);
            return this;
        }

        /**
         * Effect: this error of the catalogue, in the vendor's envelope.
         *
         * @param value its value
         * @return this
         */
        public Fault error(String value) {
            values.put("error", value);
            return this;
        }

        /**
         * Of the rest, changes the first and then every Nth. At least 1. Default: 1.
         *
         * @param value its value
         * @return this
         */
        public Fault every(long value) {
            values.put("every", value);
            return this;
        }

        /**
         * The method. Default: any.
         *
         * @param value its value
         * @return this
         */
        public Fault method(String value) {
            values.put("method", value);
            return this;
        }

        /**
         * The operation, by the name that SDKs give it: `sessions.get`. Default: any.
         *
         * @param value its value
         * @return this
         */
        public Fault operation(String value) {
            values.put("operation", value);
            return this;
        }

        /**
         * The path, concrete or as the README's table has it. Default: any.
         *
         * @param value its value
         * @return this
         */
        public Fault path(String value) {
            values.put("path", value);
            return this;
        }

        /**
         * Changes a request with this probability, drawn from --id-seed if there is one. Default: always.
         *
         * @param value its value
         * @return this
         */
        public Fault probability(double value) {
            values.put("probability", value);
            return this;
        }

        /**
         * The project whose requests it applies to. Default: the one that it stands in, or all.
         *
         * @param value its value
         * @return this
         */
        public Fault projectId(String value) {
            values.put("project_id", value);
            return this;
        }

        /**
         * Effect: nothing ever comes, and the connection stays.
         *
         * @param value its value
         * @return this
         */
        public Fault stall(boolean value) {
            values.put("stall", value);
            return this;
        }

        /**
         * Effect: an answer with this status, whatever the body.
         *
         * @param value its value
         * @return this
         */
        public Fault status(long value) {
            values.put("status", value);
            return this;
        }

        /**
         * Changes so many requests, and then no more. Default: without end.
         *
         * @param value its value
         * @return this
         */
        public Fault times(long value) {
            values.put("times", value);
            return this;
        }

        /**
         * Effect: the answer's body stops after so many bytes, as if that were all.
         *
         * @param value its value
         * @return this
         */
        public Fault truncate(long value) {
            values.put("truncate", value);
            return this;
        }

        /**
         * Is over after this time, on the emulator's clock. Default: never.
         *
         * @param value its value
         * @return this
         */
        public Fault ttl(String value) {
            values.put("ttl", value);
            return this;
        }

        /**
         * The user whom the request is about: a `user_id` or an `external_id`. Default: any, or none.
         *
         * @param value its value
         * @return this
         */
        public Fault userId(String value) {
            values.put("user_id", value);
            return this;
        }
    }

    /** What outbox().list() takes. */
    public static final class OutboxListQuery extends Keys {
        /** Nothing is set. */
        public OutboxListQuery() {}

        /**
         * An `id`: only the messages before it.
         *
         * @param value its value
         * @return this
         */
        public OutboxListQuery before(long value) {
            values.put("before", value);
            return this;
        }

        /**
         * How: `email`, `sms` or `whatsapp`.
         *
         * @param value its value
         * @return this
         */
        public OutboxListQuery channel(String value) {
            values.put("channel", value);
            return this;
        }

        /**
         * How many messages to wait for. Default: 1.
         *
         * @param value its value
         * @return this
         */
        public OutboxListQuery count(long value) {
            values.put("count", value);
            return this;
        }

        /**
         * What for: `magic_link`, `invite`, `otp` or `password_reset`.
         *
         * @param value its value
         * @return this
         */
        public OutboxListQuery kind(String value) {
            values.put("kind", value);
            return this;
        }

        /**
         * The most messages to answer with, the newest. Default: all.
         *
         * @param value its value
         * @return this
         */
        public OutboxListQuery limit(long value) {
            values.put("limit", value);
            return this;
        }

        /**
         * A part of anything in them, in any letter case.
         *
         * @param value its value
         * @return this
         */
        public OutboxListQuery q(String value) {
            values.put("q", value);
            return this;
        }

        /**
         * An `id`: only the messages after it.
         *
         * @param value its value
         * @return this
         */
        public OutboxListQuery since(long value) {
            values.put("since", value);
            return this;
        }

        /**
         * Where they went: an e-mail address, in any letter case, or a phone number.
         *
         * @param value its value
         * @return this
         */
        public OutboxListQuery to(String value) {
            values.put("to", value);
            return this;
        }

        /**
         * How long to wait for them, such as `2s`; at most a minute. Default: not at all.
         *
         * @param value its value
         * @return this
         */
        public OutboxListQuery wait(String value) {
            values.put("wait", value);
            return this;
        }
    }

    /** What projects().list() takes. */
    public static final class ProjectsListQuery extends Keys {
        /** Nothing is set. */
        public ProjectsListQuery() {}

        /**
         * The most that are shown. Default: all.
         *
         * @param value its value
         * @return this
         */
        public ProjectsListQuery limit(long value) {
            values.put("limit", value);
            return this;
        }

        /**
         * How many come before the first that is shown. Default: 0.
         *
         * @param value its value
         * @return this
         */
        public ProjectsListQuery offset(long value) {
            values.put("offset", value);
            return this;
        }

        /**
         * A part of the id, in any letter case. Default: all fit.
         *
         * @param value its value
         * @return this
         */
        public ProjectsListQuery q(String value) {
            values.put("q", value);
            return this;
        }
    }

    /** What requests().list() takes. */
    public static final class RequestsListQuery extends Keys {
        /** Nothing is set. */
        public RequestsListQuery() {}

        /**
         * A `sequence`: only the requests before it.
         *
         * @param value its value
         * @return this
         */
        public RequestsListQuery before(long value) {
            values.put("before", value);
            return this;
        }

        /**
         * Whether they came before the `retry-after` of a 429 had passed.
         *
         * @param value its value
         * @return this
         */
        public RequestsListQuery beforeRetryAfter(boolean value) {
            values.put("before_retry_after", value);
            return this;
        }

        /**
         * How many requests to wait for. Default: 1.
         *
         * @param value its value
         * @return this
         */
        public RequestsListQuery count(long value) {
            values.put("count", value);
            return this;
        }

        /**
         * Their `error_type`.
         *
         * @param value its value
         * @return this
         */
        public RequestsListQuery errorType(String value) {
            values.put("error_type", value);
            return this;
        }

        /**
         * The most requests to answer with, the newest. Default: all.
         *
         * @param value its value
         * @return this
         */
        public RequestsListQuery limit(long value) {
            values.put("limit", value);
            return this;
        }

        /**
         * Their method.
         *
         * @param value its value
         * @return this
         */
        public RequestsListQuery method(String value) {
            values.put("method", value);
            return this;
        }

        /**
         * Their path, as sent.
         *
         * @param value its value
         * @return this
         */
        public RequestsListQuery path(String value) {
            values.put("path", value);
            return this;
        }

        /**
         * A part of anything in them but their bodies, in any letter case.
         *
         * @param value its value
         * @return this
         */
        public RequestsListQuery q(String value) {
            values.put("q", value);
            return this;
        }

        /**
         * A part of their query.
         *
         * @param value its value
         * @return this
         */
        public RequestsListQuery query(String value) {
            values.put("query", value);
            return this;
        }

        /**
         * Whether they were refused, or ended without an answer.
         *
         * @param value its value
         * @return this
         */
        public RequestsListQuery refused(boolean value) {
            values.put("refused", value);
            return this;
        }

        /**
         * Their `request_id`.
         *
         * @param value its value
         * @return this
         */
        public RequestsListQuery requestId(String value) {
            values.put("request_id", value);
            return this;
        }

        /**
         * A `sequence`: only the requests after it.
         *
         * @param value its value
         * @return this
         */
        public RequestsListQuery since(long value) {
            values.put("since", value);
            return this;
        }

        /**
         * Their status. 0: the connection ended without one.
         *
         * @param value its value
         * @return this
         */
        public RequestsListQuery status(long value) {
            values.put("status", value);
            return this;
        }

        /**
         * A part of their user agent.
         *
         * @param value its value
         * @return this
         */
        public RequestsListQuery userAgent(String value) {
            values.put("user_agent", value);
            return this;
        }

        /**
         * How long to wait for them, such as `2s`; at most a minute. Default: not at all.
         *
         * @param value its value
         * @return this
         */
        public RequestsListQuery wait(String value) {
            values.put("wait", value);
            return this;
        }
    }

    /** What sessions().list() takes. */
    public static final class SessionsListQuery extends Keys {
        /** Nothing is set. */
        public SessionsListQuery() {}

        /**
         * Only those that are active, or only the others. Default: both.
         *
         * @param value its value
         * @return this
         */
        public SessionsListQuery active(boolean value) {
            values.put("active", value);
            return this;
        }

        /**
         * The most that are shown, at most 500. Default: 50.
         *
         * @param value its value
         * @return this
         */
        public SessionsListQuery limit(long value) {
            values.put("limit", value);
            return this;
        }

        /**
         * How many come before the first that is shown. Default: 0.
         *
         * @param value its value
         * @return this
         */
        public SessionsListQuery offset(long value) {
            values.put("offset", value);
            return this;
        }

        /**
         * A part of an id, an address, a number or a name, in any letter case; or a whole session token. Default:
         * all fit.
         *
         * @param value its value
         * @return this
         */
        public SessionsListQuery q(String value) {
            values.put("q", value);
            return this;
        }
    }

    /** What users().list() takes. */
    public static final class UsersListQuery extends Keys {
        /** Nothing is set. */
        public UsersListQuery() {}

        /**
         * The most that are shown, at most 500. Default: 50.
         *
         * @param value its value
         * @return this
         */
        public UsersListQuery limit(long value) {
            values.put("limit", value);
            return this;
        }

        /**
         * How many come before the first that is shown. Default: 0.
         *
         * @param value its value
         * @return this
         */
        public UsersListQuery offset(long value) {
            values.put("offset", value);
            return this;
        }

        /**
         * A part of an id, an address, a number or a name, in any letter case; or a whole session token. Default:
         * all fit.
         *
         * @param value its value
         * @return this
         */
        public UsersListQuery q(String value) {
            values.put("q", value);
            return this;
        }
    }
}
