package org.parlour.rest;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.parlour.auth.ProblemAnswer;
import org.parlour.protocol.Problem;

/** Whatever is asked for beside {@link Api}, such as another version: the server's own page would be no answer for a program. */
@WebServlet(urlPatterns = "/api/*", asyncSupported = true)
public class NoSuchApi extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ProblemAnswer.write(Problem.of(HttpServletResponse.SC_NOT_FOUND), response);
    }
}
