// Written by packages/generate from what the emulator says of itself. Not to be edited.
package stytchmock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** The part of the control plane that can be about one project. */
public class ProjectControl extends Routes {
    private final BucketControl bucket;
    private final FaultsControl faults;
    private final OutboxControl outbox;
    private final RequestsControl requests;
    private final SessionsControl sessions;
    private final SnapshotsControl snapshots;
    private final StateControl state;
    private final UsersControl users;

    ProjectControl(Transport transport, String project) {
        super(transport, project);
        this.bucket = new BucketControl(transport, project);
        this.faults = new FaultsControl(transport, project);
        this.outbox = new OutboxControl(transport, project);
        this.requests = new RequestsControl(transport, project);
        this.sessions = new SessionsControl(transport, project);
        this.snapshots = new SnapshotsControl(transport, project);
        this.state = new StateControl(transport, project);
        this.users = new UsersControl(transport, project);
    }

    /**
     * The control routes of bucket.
     *
     * @return them
     */
    public BucketControl bucket() {
        return bucket;
    }

    /**
     * The control routes of faults.
     *
     * @return them
     */
    public FaultsControl faults() {
        return faults;
    }

    /**
     * The control routes of outbox.
     *
     * @return them
     */
    public OutboxControl outbox() {
        return outbox;
    }

    /**
     * The control routes of requests.
     *
     * @return them
     */
    public RequestsControl requests() {
        return requests;
    }

    /**
     * The control routes of sessions.
     *
     * @return them
     */
    public SessionsControl sessions() {
        return sessions;
    }

    /**
     * The control routes of snapshots.
     *
     * @return them
     */
    public SnapshotsControl snapshots() {
        return snapshots;
    }

    /**
     * The control routes of state.
     *
     * @return them
     */
    public StateControl state() {
        return state;
    }

    /**
     * The control routes of users.
     *
     * @return them
     */
    public UsersControl users() {
        return users;
    }

    /**
     * Goes back to the boot seed, with its clock, full buckets, its faults, an empty journal and an empty
     * outbox. A project alone goes back to what it was made from, and the clock stays.
     *
     * @return the answer
     */
    public Answers.Counts reset() {
        return transport.json("POST", "/reset", scoped(null), null, Answers.Counts.class);
    }

    /** The control routes of bucket. */
    public static final class BucketControl extends Routes {
        BucketControl(Transport transport, String project) {
            super(transport, project);
        }

        /**
         * A project's rate limit, and how many tokens its bucket holds.
         *
         * @return the answer
         */
        public Answers.Bucket get() {
            return transport.json("GET", "/bucket", scoped(null), null, Answers.Bucket.class);
        }

        /**
         * Gives a project another rate limit, puts so many tokens into its bucket, or both.
         *
         * @param body what is set
         * @return the answer
         */
        public Answers.Bucket set(Parameters.BucketSetting body) {
            return transport.json("PUT", "/bucket", scoped(null), body.values, Answers.Bucket.class);
        }

        /**
         * Empties a project's bucket. Under a frozen clock its next request is a 429.
         *
         * @return the answer
         */
        public Answers.Bucket drain() {
            return transport.json("POST", "/bucket/drain", scoped(null), null, Answers.Bucket.class);
        }

        /**
         * Fills a project's bucket.
         *
         * @return the answer
         */
        public Answers.Bucket fill() {
            return transport.json("POST", "/bucket/fill", scoped(null), null, Answers.Bucket.class);
        }
    }

    /** The control routes of faults. */
    public static final class FaultsControl extends Routes {
        FaultsControl(Transport transport, String project) {
            super(transport, project);
        }

        /**
         * Deletes the faults: all, or a project's.
         *
         * @return the answer
         */
        public Answers.Deleted clear() {
            return transport.json("DELETE", "/faults", scoped(null), null, Answers.Deleted.class);
        }

        /**
         * The faults with their counts: all, or a project's.
         *
         * @return the answer
         */
        public Answers.Faults list() {
            return transport.json("GET", "/faults", scoped(null), null, Answers.Faults.class);
        }

        /**
         * Adds a fault. With a `project_id`, in the query or in the fault, it applies to that project's
         * requests alone.
         *
         * @param body what is set
         * @return the answer
         */
        public Answers.FaultAtWork add(Parameters.Fault body) {
            return transport.json("POST", "/faults", scoped(null), body.values, Answers.FaultAtWork.class);
        }

        /**
         * Deletes one fault. Each project numbers its own: with a `project_id` it is that project's fault of
         * this number.
         *
         * @param id The fault's number.
         * @return the answer
         */
        public Answers.Deleted delete(String id) {
            return transport.json("DELETE", "/faults/" + Transport.quoted(id), scoped(null), null, Answers.Deleted.class);
        }
    }

    /** The control routes of outbox. */
    public static final class OutboxControl extends Routes {
        OutboxControl(Transport transport, String project) {
            super(transport, project);
        }

        /**
         * Empties the outbox: all of it, or a project's.
         *
         * @return the answer
         */
        public Answers.Deleted clear() {
            return transport.json("DELETE", "/outbox", scoped(null), null, Answers.Deleted.class);
        }

        /**
         * The messages that would have been sent and fit every filter, oldest first. With `wait` it waits
         * until there are `count` of them.
         *
         * @param query what is asked for
         * @return the answer
         */
        public Answers.OutboxMessages list(Parameters.OutboxListQuery query) {
            return transport.json("GET", "/outbox", scoped(query.values), null, Answers.OutboxMessages.class);
        }

        /**
         * The messages that fit, once there are `count` of them (1). Waits up to `wait` (5s), and throws if
         * they do not come.
         *
         * @param query what is asked for
         * @return the answer
         */
        public List<Answers.OutboxMessage> await(Parameters.OutboxListQuery query) {
            query.values.putIfAbsent("count", 1L);
            query.values.putIfAbsent("wait", "5s");
            return Transport.enough("messages", list(query).messages(), query.values.get("count"));
        }
    }

    /** The control routes of requests. */
    public static final class RequestsControl extends Routes {
        RequestsControl(Transport transport, String project) {
            super(transport, project);
        }

        /**
         * Empties the journal: all of it, or a project's.
         *
         * @return the answer
         */
        public Answers.Deleted clear() {
            return transport.json("DELETE", "/requests", scoped(null), null, Answers.Deleted.class);
        }

        /**
         * The requests that fit every filter, newest last. With `wait` it waits until there are `count` of
         * them.
         *
         * @param query what is asked for
         * @return the answer
         */
        public Answers.Requests list(Parameters.RequestsListQuery query) {
            return transport.json("GET", "/requests", scoped(query.values), null, Answers.Requests.class);
        }

        /**
         * The requests that fit, once there are `count` of them (1). Waits up to `wait` (5s), and throws if
         * they do not come.
         *
         * @param query what is asked for
         * @return the answer
         */
        public List<Answers.Request> await(Parameters.RequestsListQuery query) {
            query.values.putIfAbsent("count", 1L);
            query.values.putIfAbsent("wait", "5s");
            return Transport.enough("requests", list(query).requests(), query.values.get("count"));
        }
    }

    /** The control routes of sessions. */
    public static final class SessionsControl extends Routes {
        SessionsControl(Transport transport, String project) {
            super(transport, project);
        }

        /**
         * The sessions of all projects that fit, active and over, a window at a time.
         *
         * @param query what is asked for
         * @return the answer
         */
        public Answers.Sessions list(Parameters.SessionsListQuery query) {
            return transport.json("GET", "/sessions", scoped(query.values), null, Answers.Sessions.class);
        }

        /**
         * Lets a session end now, unless it has ended already. The answer is the whole entry.
         *
         * @param id The session's id.
         * @return the answer
         */
        public JsonNode expire(String id) {
            return transport.json("POST", "/sessions/" + Transport.quoted(id) + "/expire", scoped(null), null, JsonNode.class);
        }

        /**
         * Revokes a session, unless it is revoked already. The answer is the whole entry.
         *
         * @param id The session's id.
         * @return the answer
         */
        public JsonNode revoke(String id) {
            return transport.json("POST", "/sessions/" + Transport.quoted(id) + "/revoke", scoped(null), null, JsonNode.class);
        }

        /**
         * Adds a session, described as in a seed, to a user. The answer is the whole entry.
         *
         * @param id The user's `user_id` or `external_id`.
         * @param body what Jackson makes JSON of, such as a Map; null is no body
         * @return the answer
         */
        public JsonNode add(String id, Object body) {
            return transport.json("POST", "/users/" + Transport.quoted(id) + "/sessions", scoped(null), body, JsonNode.class);
        }
    }

    /** The control routes of snapshots. */
    public static final class SnapshotsControl extends Routes {
        SnapshotsControl(Transport transport, String project) {
            super(transport, project);
        }

        /**
         * The snapshots that there are: all, or a project's.
         *
         * @return the answer
         */
        public Answers.Snapshots list() {
            return transport.json("GET", "/snapshots", scoped(null), null, Answers.Snapshots.class);
        }

        /**
         * Drops a snapshot.
         *
         * @param name The snapshot's name, of 1 to 128 bytes.
         * @return the answer
         */
        public Answers.Deleted drop(String name) {
            return transport.json("DELETE", "/snapshots/" + Transport.quoted(name), scoped(null), null, Answers.Deleted.class);
        }

        /**
         * Puts what was saved in the place of what is there. For a project it is that project's own snapshot,
         * or its part of the world's.
         *
         * @param name The snapshot's name, of 1 to 128 bytes.
         * @return the answer
         */
        public Answers.Restored restore(String name) {
            return transport.json("POST", "/snapshots/" + Transport.quoted(name), scoped(null), null, Answers.Restored.class);
        }

        /**
         * Saves the world, or a project, under a name of 1 to 128 bytes. An older snapshot of that name is
         * replaced.
         *
         * @param name The snapshot's name, of 1 to 128 bytes.
         * @return the answer
         */
        public Answers.Counts save(String name) {
            return transport.json("PUT", "/snapshots/" + Transport.quoted(name), scoped(null), null, Answers.Counts.class);
        }
    }

    /** The control routes of state. */
    public static final class StateControl extends Routes {
        StateControl(Transport transport, String project) {
            super(transport, project);
        }

        /**
         * The world, or a project, as a seed. Whoever loads it gets the same users, sessions and tokens.
         *
         * @return the answer
         */
        public JsonNode get() {
            return transport.json("GET", "/state", scoped(null), null, JsonNode.class);
        }

        /**
         * Puts what a seed describes in the place of the world, or of a project. A seed with a problem changes
         * nothing. For one project the seed needn't repeat its id and secrets.
         *
         * @param body what Jackson makes JSON of, such as a Map; null is no body
         * @return the answer
         */
        public Answers.Counts set(Object body) {
            return transport.json("PUT", "/state", scoped(null), body, Answers.Counts.class);
        }
    }

    /** The control routes of users. */
    public static final class UsersControl extends Routes {
        UsersControl(Transport transport, String project) {
            super(transport, project);
        }

        /**
         * The users of all projects that fit, a window at a time.
         *
         * @param query what is asked for
         * @return the answer
         */
        public Answers.ListedUsers list(Parameters.UsersListQuery query) {
            return transport.json("GET", "/users", scoped(query.values), null, Answers.ListedUsers.class);
        }

        /**
         * Adds a user, described as in a seed, to a project. The answer is the whole entry.
         *
         * @param body what Jackson makes JSON of, such as a Map; null is no body
         * @return the answer
         */
        public JsonNode add(Object body) {
            return transport.json("POST", "/users", scoped(null), body, JsonNode.class);
        }

        /**
         * Deletes a user and all that is theirs.
         *
         * @param id The user's `user_id` or `external_id`.
         * @return the answer
         */
        public Answers.Deleted delete(String id) {
            return transport.json("DELETE", "/users/" + Transport.quoted(id), scoped(null), null, Answers.Deleted.class);
        }

        /**
         * A user with all that is theirs, as a seed entry.
         *
         * @param id The user's `user_id` or `external_id`.
         * @return the answer
         */
        public JsonNode get(String id) {
            return transport.json("GET", "/users/" + Transport.quoted(id), scoped(null), null, JsonNode.class);
        }
    }
}
