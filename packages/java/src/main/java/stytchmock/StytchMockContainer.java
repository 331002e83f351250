package stytchmock;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * The emulator as a container. It ends when it is closed, and at the latest with this process: its standard input is a
 * connection from here, and it ends, and is removed, when that does.
 */
public final class StytchMockContainer extends GenericContainer<StytchMockContainer> {
    /** The image that belongs to this artifact. */
    public static final String DEFAULT_IMAGE = "ghcr.io/OWNER/stytch-mock:" + Version.VERSION;

    private static final int PORT = 7898;

    private final List<String> flags = new ArrayList<>(List.of("--exit-with-stdin"));
    private Lifeline lifeline;
    private StytchMock mock;

    /** The image that STYTCH_MOCK_IMAGE says, or else that of this artifact's version. */
    public StytchMockContainer() {
        this(System.getenv().getOrDefault("STYTCH_MOCK_IMAGE", DEFAULT_IMAGE));
    }

    /**
     * The emulator of another image.
     *
     * @param image the image's name and tag
     */
    public StytchMockContainer(String image) {
        super(DockerImageName.parse(image));
        withExposedPorts(PORT);
        withCreateContainerCmdModifier(command -> {
            command.withStdinOpen(true).withStdInOnce(true);
            var host = command.getHostConfig();
            if (host != null) {
                host.withAutoRemove(true);
            }
        });
        // the image has no shell, by which ports are looked for otherwise
        waitingFor(Wait.forHttp("/__mock/health").forPort(PORT));
    }

    /**
     * Brings the world.
     *
     * @param json a seed; default: the built-in one
     * @return this
     */
    public StytchMockContainer withSeed(String json) {
        return withCopyToContainer(Transferable.of(json), "/seed/seed.json");
    }

    /**
     * Sets a flag of the command, such as {@code withFlag("--clock", "2026-01-01T00:00:00Z")}.
     *
     * @param flag the flag
     * @param value its value
     * @return this
     */
    public StytchMockContainer withFlag(String flag, String value) {
        flags.add(flag + "=" + value);
        return this;
    }

    /**
     * The running emulator: its URL, its credentials, its control plane.
     *
     * @return it
     */
    public StytchMock mock() {
        if (mock == null) {
            throw new IllegalStateException("the emulator does not run: call start()");
        }
        return mock;
    }

    @Override
    protected void configure() {
        withCommand(flags.toArray(String[]::new));
    }

    @Override
    protected void containerIsStarting(InspectContainerResponse info) {
        lifeline = new Lifeline();
        getDockerClient()
                .attachContainerCmd(info.getId())
                .withStdIn(lifeline)
                .withFollowStream(true)
                .exec(new ResultCallback.Adapter<Frame>());
    }

    @Override
    protected void containerIsStarted(InspectContainerResponse info) {
        mock = StytchMock.connect("http://" + getHost() + ":" + getMappedPort(PORT));
    }

    @Override
    public void stop() {
        mock = null;
        super.stop();
        if (lifeline != null) {
            lifeline.close();
        }
    }

    /** Says nothing until it is closed. */
    private static final class Lifeline extends InputStream {
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public int read() throws IOException {
            try {
                closed.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return -1;
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
