// Written by packages/generate from what the emulator says of itself. Not to be edited.
package stytchmock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** The whole control plane. */
public class Control extends ProjectControl {
    private final ClockControl clock;
    private final ProjectsControl projects;

    Control(Transport transport, String project) {
        super(transport, project);
        this.clock = new ClockControl(transport, project);
        this.projects = new ProjectsControl(transport, project);
    }

    /**
     * The control routes of clock.
     *
     * @return them
     */
    public ClockControl clock() {
        return clock;
    }

    /**
     * The control routes of projects.
     *
     * @return them
     */
    public ProjectsControl projects() {
        return projects;
    }

    /**
     * Lists the routes. A browser, which asks for `text/html`, gets the emulator's page.
     *
     * @return the answer
     */
    public String index() {
        return transport.url("/", null);
    }

    /**
     * The certificate that clients of the TLS port have to trust, as PEM. Without TLS there is none.
     *
     * @return the answer
     */
    public String ca() {
        return transport.text("GET", "/ca.pem", null, null);
    }

    /**
     * What happens, as it happens, as server-sent events: each request and each message, and how the clock and
     * the faults stand.
     *
     * @param query what is asked for
     * @return the answer
     */
    public String events(Parameters.EventsQuery query) {
        return transport.url("/events", query.values);
    }

    /**
     * Answers once the emulator is ready.
     *
     * @return the answer
     */
    public Answers.Health health() {
        return transport.json("GET", "/health", null, null, Answers.Health.class);
    }

    /**
     * Describes the emulated API and the control plane, as an OpenAPI 3.1 document.
     *
     * @return the answer
     */
    public JsonNode openapi() {
        return transport.json("GET", "/openapi.json", null, null, JsonNode.class);
    }

    /** The control routes of clock. */
    public static final class ClockControl extends Routes {
        ClockControl(Transport transport, String project) {
            super(transport, project);
        }

        /**
         * What the clock shows.
         *
         * @return the answer
         */
        public Answers.Clock get() {
            return transport.json("GET", "/clock", null, null, Answers.Clock.class);
        }

        /**
         * Sets, freezes, releases or scales the clock. What is not said stays as it is.
         *
         * @param body what is set
         * @return the answer
         */
        public Answers.Clock set(Parameters.ClockSetting body) {
            return transport.json("PUT", "/clock", null, body.values, Answers.Clock.class);
        }

        /**
         * Moves the clock. A frozen clock stays frozen, a running one runs on.
         *
         * @param by A duration such as `90s`, `1h30m` or `7d`. With a minus it goes back.
         * @return the answer
         */
        public Answers.Clock advance(String by) {
            return transport.json("POST", "/clock/advance", null, Map.of("by", by), Answers.Clock.class);
        }
    }

    /** The control routes of projects. */
    public static final class ProjectsControl extends Routes {
        ProjectsControl(Transport transport, String project) {
            super(transport, project);
        }

        /**
         * The credentials of every project that fits.
         *
         * @param query what is asked for
         * @return the answer
         */
        public Answers.Projects list(Parameters.ProjectsListQuery query) {
            return transport.json("GET", "/projects", query.values, null, Answers.Projects.class);
        }

        /**
         * Makes a project with credentials of its own: a clone of the seed's first, a clone of the one named
         * in `from`, or what a seed's project describes.
         *
         * @param body what Jackson makes JSON of, such as a Map; null is no body
         * @return the answer
         */
        public Answers.Credentials add(Object body) {
            return transport.json("POST", "/projects", null, body, Answers.Credentials.class);
        }

        /**
         * Deletes a project, its snapshots and its messages.
         *
         * @param id The project's id.
         * @return the answer
         */
        public Answers.Deleted delete(String id) {
            return transport.json("DELETE", "/projects/" + Transport.quoted(id), null, null, Answers.Deleted.class);
        }
    }
}
