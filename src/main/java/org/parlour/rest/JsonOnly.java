package org.parlour.rest;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.parlour.auth.ProblemAnswer;
import org.parlour.protocol.Problem;

/**
 * Lets nothing come to the resources that is not called JSON; a page of another origin cannot call something so without being asked
 * whose it is. What the client would rather have is hidden from them, for there is one form of answer. A filter and not a matter of the
 * resources: what the server cannot read in these headers costs it a stack trace in the log before it asks them.
 */
public class JsonOnly extends HttpFilter {

    private static final long serialVersionUID = 1L;

    /** Puts it behind the filters that say by themselves where they stand, the Gate among them. */
    @WebListener
    public static class BehindTheGate implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            var filter = event.getServletContext().addFilter(JsonOnly.class.getName(), JsonOnly.class);
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/api/v1/*");
        }
    }

    private static final Pattern JSON =
            Pattern.compile("application/json *(; *charset *= *\"?utf-8\"? *)?", Pattern.CASE_INSENSITIVE);

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var types = valuesOf(request.getHeaders("Content-Type"));
        if (types.isEmpty() || types.size() == 1 && JSON.matcher(types.get(0)).matches()) {
            chain.doFilter(new WithoutWishes(request), response);
        } else {
            ProblemAnswer.write(Problem.of(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE), response);
        }
    }

    private static List<String> valuesOf(Enumeration<String> values) {
        return values == null ? List.of() : Collections.list(values);
    }

    private static final class WithoutWishes extends HttpServletRequestWrapper {

        WithoutWishes(HttpServletRequest request) {
            super(request);
        }

        private static boolean isWish(String name) {
            return name.toLowerCase(Locale.ROOT).startsWith("accept");
        }

        @Override
        public String getHeader(String name) {
            return isWish(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return isWish(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            var names = valuesOf(super.getHeaderNames());
            names.removeIf(WithoutWishes::isWish);
            return Collections.enumeration(names);
        }
    }
}
