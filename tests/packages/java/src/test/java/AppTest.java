import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.stytch.java.common.OptionalClientConfig;
import com.stytch.java.common.StytchException;
import com.stytch.java.common.StytchResult;
import com.stytch.java.consumer.StytchClient;
import com.stytch.java.consumer.models.otpemail.LoginOrCreateRequest;
import com.stytch.java.consumer.models.sessions.AuthenticateRequest;
import com.stytch.java.consumer.models.sessions.GetRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import stytchmock.Parameters.BucketSetting;
import stytchmock.Parameters.Fault;
import stytchmock.Parameters.OutboxListQuery;
import stytchmock.Parameters.RequestsListQuery;
import stytchmock.Project;
import stytchmock.ProjectControl;
import stytchmock.StytchMock;
import stytchmock.StytchMockContainer;
import stytchmock.StytchMockException;

/** A small app with the vendor's SDK, and the artifact around it, with a real container. */
class AppTest {
    private static final String SEED =
            "{\"projects\": [{\"users\": [{\"external_id\": \"someone\", \"sessions\": [{}]}]}]}";

    private static final StytchMockContainer CONTAINER = new StytchMockContainer(System.getenv("STYTCH_MOCK_IMAGE"))
            .withSeed(SEED)
            .withFlag("--clock", "2026-01-01T00:00:00Z");

    @BeforeAll
    static void start() {
        CONTAINER.start();
    }

    @AfterAll
    static void stop() {
        CONTAINER.stop();
    }

    /** The app: it logs a user in by a code in an e-mail. */
    private record App(StytchClient client) {
        static App of(String url, String projectId, String secret) {
            return new App(new StytchClient(projectId, secret, new OptionalClientConfig(url)));
        }

        String logIn(ProjectControl control, String email) {
            var sent = value(client.getOtps().getEmail().loginOrCreateCompletable(new LoginOrCreateRequest(email)));
            var message = control.outbox().await(new OutboxListQuery().to(email)).get(0);
            var proof = new com.stytch.java.consumer.models.otp.AuthenticateRequest(
                    sent.getEmailId(), message.code(), null, null, null, 60);
            return value(client.getOtps().authenticateCompletable(proof)).getSessionToken();
        }

        String session(String token) {
            return outcome(client.getSessions().authenticateCompletable(new AuthenticateRequest(token)));
        }

        String get() {
            return outcome(client.getSessions().getCompletable(new GetRequest("someone")));
        }
    }

    private static <T> T value(CompletableFuture<StytchResult<T>> call) {
        return ((StytchResult.Success<T>) call.join()).getValue();
    }

    private static <T> String outcome(CompletableFuture<StytchResult<T>> call) {
        if (call.join() instanceof StytchResult.Error error) {
            return ((StytchException.Response) error.getException()).getReason().getErrorType();
        }
        return "ok";
    }

    private static String inProject(StytchMock mock) {
        try (Project project = mock.project()) {
            var app = App.of(project.url(), project.projectId(), project.secret());
            assertEquals("ok", app.session(app.logIn(project, "new@example.com")));
            project.faults().add(new Fault().operation("sessions.get").error("internal_server_error").times(1));
            assertEquals(List.of("internal_server_error", "ok"), List.of(app.get(), app.get()));
            project.bucket().set(new BucketSetting().rateLimit("1/h").level(0));
            assertEquals("too_many_requests", app.get());
            assertEquals(3, project.requests().await(new RequestsListQuery().path("/v1/sessions").count(3)).size());
            return project.projectId();
        }
    }

    @Test
    void projectsOfParallelTestsAreApart() {
        var mock = CONTAINER.mock();
        var running = IntStream.range(0, 4).mapToObj(worker -> CompletableFuture.supplyAsync(() -> inProject(mock))).toList();
        assertEquals(4, running.stream().map(CompletableFuture::join).distinct().count());
        assertEquals(1, mock.projects().list().projects().size());
    }

    @Test
    void aSessionEndsWithItsTime() {
        var mock = CONTAINER.mock();
        var app = App.of(mock.url(), mock.projectId(), mock.secret());
        var token = app.logIn(mock, "later@example.com");
        var before = mock.clock().get();
        assertTrue(before.frozen());
        mock.clock().advance("2h");
        assertEquals("session_not_found", app.session(token));
        assertEquals(mock.url(), mock.env().get("STYTCH_BASE_URL"));
    }

    @Test
    void aRefusalSaysWhatIsWrong() {
        Function<Object, Object> add = CONTAINER.mock().users()::add;
        var refused = assertThrows(StytchMockException.class, () -> add.apply(Map.of("emials", List.of())));
        assertEquals(400, refused.status());
        assertEquals("$.emials", refused.problems().get(0).path());
        var outbox = CONTAINER.mock().outbox();
        assertThrows(StytchMockException.class, () -> outbox.await(new OutboxListQuery().to("nobody@example.com").wait("10ms")));
    }
}
