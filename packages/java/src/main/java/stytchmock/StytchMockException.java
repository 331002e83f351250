package stytchmock;

import java.util.List;
import java.util.stream.Collectors;

/** What the emulator refused, or that it did not answer. */
public final class StytchMockException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The status of the answer; 0 if there was none. */
    private final int status;

    /** Each problem of a seed, or of a part of one. */
    private final transient List<Answers.Problem> problems;

    StytchMockException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
        this.problems = List.of();
    }

    StytchMockException(String request, int status, String message, List<Answers.Problem> problems) {
        super(request + ": " + status + ": " + message
                + problems.stream().map(StytchMockException::line).collect(Collectors.joining()));
        this.status = status;
        this.problems = problems;
    }

    private static String line(Answers.Problem problem) {
        return "\n  " + problem.file() + ":" + problem.line() + ":" + problem.column() + ": " + problem.path() + ": "
                + problem.message();
    }

    /**
     * The status of the answer.
     *
     * @return it; 0 if there was none
     */
    public int status() {
        return status;
    }

    /**
     * Each problem of a seed, or of a part of one.
     *
     * @return them
     */
    public List<Answers.Problem> problems() {
        return problems == null ? List.of() : problems;
    }
}
