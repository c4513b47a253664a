package org.parlour.auth;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.parlour.protocol.Problem;

/** Answers a request that comes to no resource of ours, in the same form and with the same headers as those that do. */
public final class ProblemAnswer {

    private ProblemAnswer() {}

    /** Writes the whole answer. */
    public static void write(Problem problem, HttpServletResponse response) throws IOException {
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (problem.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"parlour\", error=\"invalid_token\"");
        }
        if (problem.retryAfter() != null) {
            response.setHeader("Retry-After", problem.retryAfter());
        }
        response.getOutputStream().write(problem.json().getBytes(StandardCharsets.UTF_8));
    }
}
