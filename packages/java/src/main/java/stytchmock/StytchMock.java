package stytchmock;

import java.util.Map;

/**
 * An emulator, wherever it runs. What is steered here is about the whole world; credentials are those of the seed's first
 * project.
 */
public final class StytchMock extends Control {
    private final Answers.Credentials first;

    private StytchMock(Transport transport) {
        super(transport, null);
        first = projects().list().projects().stream().findFirst().orElse(null);
    }

    /**
     * Finds the emulator at a base URL.
     *
     * @param baseUrl the base URL
     * @return it
     */
    public static StytchMock connect(String baseUrl) {
        return new StytchMock(new Transport(baseUrl));
    }

    /**
     * The base URL, for the option of the vendor's SDK.
     *
     * @return it
     */
    public String url() {
        return transport.baseUrl();
    }

    /**
     * The id of the seed's first project.
     *
     * @return it
     */
    public String projectId() {
        return first == null ? "" : first.projectId();
    }

    /**
     * Its secret.
     *
     * @return it
     */
    public String secret() {
        return first == null ? "" : first.secret();
    }

    /**
     * What browsers name it by.
     *
     * @return it
     */
    public String publicToken() {
        return first == null ? "" : first.publicToken();
    }

    /**
     * The same as variables.
     *
     * @return them
     */
    public Map<String, String> env() {
        return Map.of(
                "STYTCH_PROJECT_ID", projectId(),
                "STYTCH_SECRET", secret(),
                "STYTCH_PUBLIC_TOKEN", publicToken(),
                "STYTCH_BASE_URL", url());
    }

    /**
     * Makes a project with credentials of its own, a clone of the seed's first.
     *
     * @return it
     */
    public Project project() {
        return project(null);
    }

    /**
     * Makes a project with credentials of its own.
     *
     * @param described what Jackson makes the project's entry in a seed of, such as a Map; null: a clone of the seed's first
     * @return it
     */
    public Project project(Object described) {
        return new Project(this, transport, projects().add(described));
    }

    /**
     * The control plane of one project.
     *
     * @param projectId its id
     * @return it
     */
    public ProjectControl ofProject(String projectId) {
        return new ProjectControl(transport, projectId);
    }
}
