import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import com.stytch.java.common.ErrorResponse;
import com.stytch.java.common.InstantAdapter;
import com.stytch.java.common.OptionalClientConfig;
import com.stytch.java.common.StytchException;
import com.stytch.java.common.StytchResult;
import com.stytch.java.consumer.StytchClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

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

    /** The SDK's method of a name such as `magicLinks.email.loginOrCreate`, or null. */
    private static Call find(String name) {
        if (name.equals("sessions.authenticateJwtLocal")) {
            // its parameters are its own in each SDK
            return (client, with) -> client.getSessions().authenticateJwtLocalCompletable(text(with, "session_jwt"), null, 0);
        }
        List<String> path = List.of(name.split("\\."));
        int last = path.size() - 1;
        List<Method> getters = new ArrayList<>();
        Class<?> type = StytchClient.class;
        for (String part : path.subList(0, last)) {
            Method getter = method(type, "get" + part, 0);
            if (getter == null) {
                return null;
            }
            getters.add(getter);
            type = getter.getReturnType();
        }
        Method method = method(type, path.get(last) + "Completable", 1);
        return method == null ? null : (client, with) -> begin(client, getters, method, with);
    }

    private static Method method(Class<?> type, String name, int parameters) {
        return Stream.of(type.getMethods())
                .filter(each -> each.getName().equalsIgnoreCase(name) && each.getParameterCount() == parameters)
                .findFirst().orElse(null);
    }

    @SuppressWarnings("unchecked")
    private static CompletableFuture<? extends StytchResult<?>> begin(
            StytchClient client, List<Method> getters, Method method, Map<String, ?> with) {
        try {
            Object api = client;
            for (Method getter : getters) {
                api = getter.invoke(api);
            }
            Object request = MOSHI.adapter(method.getParameterTypes()[0]).fromJsonValue(with);
            return (CompletableFuture<? extends StytchResult<?>>) method.invoke(api, request);
        } catch (ReflectiveOperationException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private static final Map<Map<String, ?>, StytchClient> CLIENTS = new HashMap<>();

    private static String text(Map<String, ?> with, String key) {
        return with.get(key) instanceof String value ? value : "";
    }

    private static StytchClient client(Map<String, ?> credentials) {
        return CLIENTS.computeIfAbsent(credentials, key -> new StytchClient(
                text(key, "project_id"), text(key, "secret"), new OptionalClientConfig(text(key, "base_url"), text(key, "base_url"))));
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
        Call call = find(text(request, "call"));
        if (call == null) {
            return Map.of("observed", List.of(Map.of("unsupported", "the Java SDK has no " + request.get("call"))));
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
