import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import com.stytch.java.common.ErrorResponse;
import com.stytch.java.common.InstantAdapter;
import com.stytch.java.common.OptionalClientConfig;
import com.stytch.java.common.StytchException;
import com.stytch.java.common.StytchResult;
import com.stytch.java.consumer.StytchClient;
import com.stytch.java.consumer.models.sessions.AuthenticateRequest;
import com.stytch.java.consumer.models.sessions.GetJWKSRequest;
import com.stytch.java.consumer.models.sessions.GetRequest;
import com.stytch.java.consumer.models.sessions.RevokeRequest;
import com.stytch.java.consumer.models.users.CreateRequest;
import com.stytch.java.consumer.models.users.DeleteRequest;
import com.stytch.java.consumer.models.users.SearchRequest;
import com.stytch.java.consumer.models.users.UpdateRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Speaks for the official Java SDK: reads one call per line, answers with what the SDK made of it. */
public final class Adapter {
    /** Reads and prints the SDK's models as the SDK itself does. */
    private static final Moshi MOSHI = new Moshi.Builder().add(new InstantAdapter()).build();

    private static final JsonAdapter<Object> JSON = MOSHI.adapter(Object.class);

    /** One of the SDK's methods; its parameters come as JSON. */
    private interface Call {
        CompletableFuture<? extends StytchResult<?>> begin(StytchClient client, Map<String, ?> with);
    }

    /** One of the SDK's methods, as it is. */
    private interface Method<P> {
        CompletableFuture<? extends StytchResult<?>> begin(StytchClient client, P request);
    }

    private static <P> Call with(Class<P> type, Method<P> method) {
        return (client, with) -> method.begin(client, MOSHI.adapter(type).fromJsonValue(with));
    }

    private static final Map<String, Call> CALLS = Map.of(
            "sessions.get", with(GetRequest.class, (client, request) -> client.getSessions().getCompletable(request)),
            "sessions.get_jwks", with(GetJWKSRequest.class, (client, request) -> client.getSessions().getJWKSCompletable(request)),
            "sessions.authenticate",
            with(AuthenticateRequest.class, (client, request) -> client.getSessions().authenticateCompletable(request)),
            "sessions.authenticate_jwt_local",
            (client, with) -> client.getSessions().authenticateJwtLocalCompletable(text(with, "session_jwt"), null, 0),
            "sessions.revoke", with(RevokeRequest.class, (client, request) -> client.getSessions().revokeCompletable(request)),
            "users.create", with(CreateRequest.class, (client, request) -> client.getUsers().createCompletable(request)),
            "users.get", with(
                    com.stytch.java.consumer.models.users.GetRequest.class,
                    (client, request) -> client.getUsers().getCompletable(request)),
            "users.search", with(SearchRequest.class, (client, request) -> client.getUsers().searchCompletable(request)),
            "users.update", with(UpdateRequest.class, (client, request) -> client.getUsers().updateCompletable(request)),
            "users.delete", with(DeleteRequest.class, (client, request) -> client.getUsers().deleteCompletable(request)));

    private static final Map<Map<String, ?>, StytchClient> CLIENTS = new HashMap<>();

    private static String text(Map<String, ?> with, String key) {
        return with.get(key) instanceof String value ? value : "";
    }

    private static StytchClient client(Map<String, ?> credentials) {
        return CLIENTS.computeIfAbsent(credentials, key -> new StytchClient(
                text(key, "project_id"), text(key, "secret"), new OptionalClientConfig(text(key, "base_url"))));
    }

    private static Map<String, ?> observe(StytchResult<?> result) {
        if (result instanceof StytchResult.Success<?> success) {
            Object value = success.getValue();
            return Map.of("response", MOSHI.<Object>adapter(value.getClass()).toJsonValue(value));
        }
        StytchException exception = ((StytchResult.Error) result).getException();
        if (!(exception instanceof StytchException.Response refused)) {
            return Map.of("failure", exception.toString());
        }
        ErrorResponse body = refused.getReason();
        return Map.of("error", Map.of(
                "class", "StytchException.Response",
                "status_code", body.getStatusCode(),
                "request_id", String.valueOf(body.getRequestId()),
                "error_type", body.getErrorType(),
                "error_message", body.getErrorMessage(),
                "error_url", body.getErrorUrl()));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> answer(Map<String, ?> request) {
        Call call = CALLS.get(text(request, "call"));
        if (call == null) {
            return Map.of("unsupported", "the Java SDK has no " + request.get("call"));
        }
        StytchClient client = client((Map<String, ?>) request.get("client"));
        List<CompletableFuture<? extends StytchResult<?>>> begun = new ArrayList<>();
        for (int i = 0; i < ((Number) request.get("times")).intValue(); i++) {
            begun.add(call.begin(client, (Map<String, ?>) request.get("with")));
            if (request.get("at_once").equals(false)) {
                begun.get(i).join();
            }
        }
        return Map.of("observed", begun.stream().map(CompletableFuture::join).map(Adapter::observe).toList());
    }

    @SuppressWarnings("unchecked")
    public static void main(String[] arguments) throws IOException {
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            String reply = JSON.toJson(answer((Map<String, ?>) JSON.fromJson(line)));
            System.out.write((reply + "\n").getBytes(UTF_8));
            System.out.flush();
        }
        System.exit(0); // the SDK's background threads would keep the process alive
    }
}
