package org.parlour.auth;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.parlour.config.ChatConfig;
import org.parlour.limits.Addresses;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Problem;
import org.parlour.protocol.Refusal;

/**
 * Where every request comes in, that for a connection and that of REST: whose page it comes from, and who asks. Whoever shows a
 * credential that is not good is turned away and never taken for a stranger. Behind it the request's principal is a {@link Caller}, or
 * null if nothing was shown.
 */
@WebFilter(
        urlPatterns = {Gate.CONNECTIONS + "*", "/api/*"},
        asyncSupported = true)
public class Gate extends HttpFilter {

    static final String CONNECTIONS = "/ws/";

    private static final long serialVersionUID = 1L;

    private static final String BEARER = "bearer ";

    @Inject
    private transient BearerTokens tokens;

    @Inject
    private transient Strangers strangers;

    @Inject
    private transient Scrapers scrapers;

    @Inject
    private transient Addresses addresses;

    @Inject
    private transient ChatConfig config;

    private transient Origins origins;

    @Override
    public void init() {
        origins = new Origins(config.auth().origins());
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Identity> known;
        try {
            var origin = valuesOf(request, "Origin");
            requireOwnPage(request, origin);
            if (!isForConnection(request)) {
                // The answer would be another one for another page.
                response.addHeader("Vary", "Origin");
                var named = origin.stream().findFirst().flatMap(origins::named);
                named.ifPresent(page -> Cors.permit(page, response));
                if (named.isPresent() && Cors.isPreflight(request)) {
                    Cors.answerPreflight(response);
                    return;
                }
            }
            known = identityOf(request);
            if (origin.isEmpty() && isForConnection(request)) {
                requireNoPageNeeded(request);
            }
        } catch (Refusal refusal) {
            ProblemAnswer.write(Problem.of(refusal), response);
            return;
        }
        chain.doFilter(
                known.<HttpServletRequest>map(identity -> new Known(request, identity))
                        .orElse(request),
                response);
    }

    private static boolean isForConnection(HttpServletRequest request) {
        return request.getServletPath().startsWith(CONNECTIONS);
    }

    private void requireOwnPage(HttpServletRequest request, List<String> origin) {
        if (origin.size() > 1 || origin.size() == 1 && !origins.allow(origin.get(0), request.getHeader("Host"))) {
            throw new Refusal(ErrorCode.FORBIDDEN, "Pages of this origin may not speak with this server.");
        }
    }

    private void requireNoPageNeeded(HttpServletRequest request) {
        if (!config.auth().withoutOrigin() && bearerIn(request).isEmpty()) {
            throw new Refusal(ErrorCode.FORBIDDEN, "Who sends no Origin has to send a bearer token.");
        }
    }

    private Optional<Identity> identityOf(HttpServletRequest request) {
        var principal = request.getUserPrincipal();
        if (principal != null) {
            return Optional.of(ofContainer(request, principal));
        }
        var shown = valuesOf(request, "Authorization");
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        var token = bearerIn(request)
                .orElseThrow(() -> new Refusal(ErrorCode.NOT_AUTHENTICATED, "These credentials are not good here."));
        if (scrapers.isGood(token, request)) {
            return Optional.empty();
        }
        return Optional.of(tokens.identityOf(token, addresses.of(request)));
    }

    private Identity ofContainer(HttpServletRequest request, Principal principal) {
        var name = principal.getName();
        var office = request.isUserInRole(config.auth().administratorRole());
        return strangers.identity(Account.CONTAINER, name, name, office, null, addresses.of(request));
    }

    static Optional<String> bearerIn(HttpServletRequest request) {
        var shown = valuesOf(request, "Authorization");
        return shown.size() == 1 && shown.get(0).regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(shown.get(0).substring(BEARER.length()).strip())
                : Optional.empty();
    }

    private static List<String> valuesOf(HttpServletRequest request, String header) {
        var values = request.getHeaders(header);
        return values == null ? List.of() : Collections.list(values);
    }

    /** The request of somebody who is known. */
    private static final class Known extends HttpServletRequestWrapper {

        private final Caller caller;

        Known(HttpServletRequest request, Identity identity) {
            super(request);
            this.caller = new Caller(identity);
            caller.in(request);
        }

        @Override
        public Principal getUserPrincipal() {
            return caller;
        }

        @Override
        public String getRemoteUser() {
            return caller.getName();
        }
    }
}
