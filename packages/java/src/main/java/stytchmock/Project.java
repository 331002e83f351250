package stytchmock;

/** A project of the emulator. What is steered here is about this project alone. It is deleted when it is closed. */
public final class Project extends ProjectControl implements AutoCloseable {
    private final StytchMock mock;
    private final Answers.Credentials credentials;

    Project(StytchMock mock, Transport transport, Answers.Credentials credentials) {
        super(transport, credentials.projectId());
        this.mock = mock;
        this.credentials = credentials;
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
     * The project's id.
     *
     * @return it
     */
    public String projectId() {
        return credentials.projectId();
    }

    /**
     * Its secret.
     *
     * @return it
     */
    public String secret() {
        return credentials.secret();
    }

    /**
     * What browsers name it by.
     *
     * @return it
     */
    public String publicToken() {
        return credentials.publicToken();
    }

    @Override
    public void close() {
        mock.projects().delete(projectId());
    }
}
