import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

public class Recipe {
    static final String PROJECT_ID = "project-test-11111111-1111-4111-8111-111111111111";
    static final String SECRET = "secret-test-stytch-mock-local-emulator";
    static final String SEED = "{\"projects\": [{\"users\": [{\"external_id\": \"customer-42\", \"sessions\": [{}]}]}]}";

    public static void main(String[] args) throws Exception {
        try (var emulator = new GenericContainer<>("stytch-mock")
                .withExposedPorts(7898)
                .withEnv("STYTCH_MOCK_SEED_JSON", SEED)
                .waitingFor(Wait.forHttp("/__mock/health"))) {
            emulator.start();
            var baseUrl = "http://" + emulator.getHost() + ":" + emulator.getMappedPort(7898);
            // the app: new StytchClient(PROJECT_ID, SECRET, new OptionalClientConfig(baseUrl))
            var credentials = Base64.getEncoder().encodeToString((PROJECT_ID + ":" + SECRET).getBytes());
            var request = HttpRequest.newBuilder(URI.create(baseUrl + "/v1/sessions?user_id=customer-42"))
                    .header("authorization", "Basic " + credentials)
                    .build();
            var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            System.out.println(answer.statusCode() + " " + answer.body().contains("\"sessions\":[{"));
        }
    }
}
