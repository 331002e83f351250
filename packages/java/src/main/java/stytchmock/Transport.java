package stytchmock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Calls the control plane of the emulator at a base URL. */
final class Transport {
    /** The longest that an answer may take: the emulator itself waits for a minute at most. */
    private static final Duration TIMEOUT = Duration.ofSeconds(75);

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10)).build();
    private final String baseUrl;

    Transport(String baseUrl) {
        this.baseUrl = baseUrl.replaceAll("/+$", "");
    }

    String baseUrl() {
        return baseUrl;
    }

    String url(String path, Map<String, Object> query) {
        if (query == null || query.isEmpty()) {
            return baseUrl + "/__mock" + path;
        }
        return query.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + "=" + quoted(String.valueOf(entry.getValue())))
                .collect(Collectors.joining("&", baseUrl + "/__mock" + path + "?", ""));
    }

    <T> T json(String method, String path, Map<String, Object> query, Object body, Class<T> answer) {
        try {
            return JSON.readValue(text(method, path, query, body), answer);
        } catch (JsonProcessingException error) {
            throw new StytchMockException("the answer is not understood: " + error.getMessage(), error);
        }
    }

    String text(String method, String path, Map<String, Object> query, Object body) {
        var url = url(path, query);
        try {
            var content = body == null ? "" : JSON.writeValueAsString(body);
            var request = HttpRequest.newBuilder(URI.create(url))
                    .method(method, HttpRequest.BodyPublishers.ofString(content))
                    .header("content-type", "application/json")
                    .timeout(TIMEOUT)
                    .build();
            var answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() < 300) {
                return answer.body();
            }
            throw refusal(method + " " + url, answer.statusCode(), answer.body());
        } catch (IOException error) {
            throw new StytchMockException(method + " " + url + ": " + error, error);
        } catch (InterruptedException error) {
            Thread.currentThread().interrupt();
            throw new StytchMockException(method + " " + url + ": interrupted", error);
        }
    }

    private static StytchMockException refusal(String request, int status, String received) {
        try {
            var refused = JSON.readTree(received);
            if (refused.hasNonNull("error")) {
                var problems = JSON.convertValue(refused.path("problems"), Answers.Problem[].class);
                return new StytchMockException(
                        request, status, refused.get("error").asText(), problems == null ? List.of() : List.of(problems));
            }
        } catch (JsonProcessingException ignored) {
            // it is no answer of the control plane: as it is, then
        }
        return new StytchMockException(request, status, received, List.of());
    }

    /** A segment of a path, or a part of a query. */
    static String quoted(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Throws unless as many came as were waited for. */
    static <T> List<T> enough(String what, List<T> found, Object count) {
        if (found.size() < ((Number) count).longValue()) {
            throw new StytchMockException("waited for " + count + " " + what + ", " + found.size() + " came", null);
        }
        return found;
    }
}
