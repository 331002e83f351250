package stytchmock;

import java.util.LinkedHashMap;
import java.util.Map;

/** Some control routes, about one project if there is one. */
public abstract class Routes {
    /** How they are called. */
    final Transport transport;

    private final String project;

    Routes(Transport transport, String project) {
        this.transport = transport;
        this.project = project;
    }

    final Map<String, Object> scoped(Map<String, Object> query) {
        var scoped = new LinkedHashMap<String, Object>();
        if (query != null) {
            scoped.putAll(query);
        }
        if (project != null) {
            scoped.put("project_id", project);
        }
        return scoped;
    }
}
