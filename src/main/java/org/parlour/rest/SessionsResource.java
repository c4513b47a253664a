package org.parlour.rest;

import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.NewCookie.SameSite;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.time.Instant;
import org.parlour.auth.Logins;
import org.parlour.auth.Logins.LoggedIn;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Problem;
import org.parlour.protocol.Refusal;

/**
 * Logging in, staying logged in, logging out. A browser asks for a cookie, so that no script can read the refresh token; others get it
 * in the answer.
 */
@Path("/sessions")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public class SessionsResource {

    private static final String COOKIE = "parlour-refresh";
    private static final String PATH = "/api/v1/sessions";

    @Inject
    private Logins logins;

    @Inject
    private DoorLimits limits;

    @Inject
    private Asker asker;

    @Context
    private HttpServletRequest request;

    /** @param cookie true to get the refresh token as a cookie */
    @Body
    public record Login(String username, String password, Boolean cookie) {

        /** Without the password. */
        @Override
        public String toString() {
            return "Login " + username;
        }
    }

    /** @param refreshToken null if it comes as a cookie */
    @Body
    public record Refresh(String refreshToken) {

        @Override
        public String toString() {
            return "Refresh";
        }
    }

    /**
     * @param accessToken to be shown as a bearer token; @param expiresIn how many seconds it is good for
     * @param refreshToken good once; null if it was set as a cookie
     */
    @Body
    @JsonbPropertyOrder({"userId", "username", "accessToken", "tokenType", "expiresIn", "refreshToken"})
    public record Session(
            String userId, String username, String accessToken, String tokenType, long expiresIn, String refreshToken) {

        @Override
        public String toString() {
            return "Session of " + userId;
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response login(Login login) {
        limits.login(asker.address());
        var loggedIn = logins.login(login.username(), login.password(), asker.address());
        return answer(loggedIn, Boolean.TRUE.equals(login.cookie()), Status.CREATED);
    }

    @POST
    @Path("/refresh")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response refresh(Refresh refresh, @CookieParam(COOKIE) String cookie) {
        limits.login(asker.address());
        var shown = refresh.refreshToken() != null ? refresh.refreshToken() : cookie;
        if (shown == null) {
            throw new Refusal(ErrorCode.NOT_AUTHENTICATED, "Please log in.");
        }
        return answer(logins.refresh(shown, asker.address()), refresh.refreshToken() == null, Status.OK);
    }

    /** Ends the login of the access token, or of the cookie; with it go its connections. */
    @DELETE
    @Path("/current")
    public Response logout(@CookieParam(COOKIE) String cookie) {
        var identity = asker.identity();
        if (identity.isEmpty() && cookie == null) {
            throw new Refusal(ErrorCode.NOT_AUTHENTICATED, "Please log in.");
        }
        identity.ifPresent(known -> logins.end(known, asker.address()));
        if (cookie != null) {
            logins.logout(cookie, asker.address());
        }
        return Response.noContent().cookie(cookie("", Duration.ZERO)).build();
    }

    private Response answer(LoggedIn loggedIn, boolean inCookie, Status status) {
        var response = Response.status(status)
                .entity(new Session(
                        loggedIn.account().id(),
                        loggedIn.account().name().value(),
                        loggedIn.accessToken(),
                        "Bearer",
                        secondsUntil(loggedIn.expiresAt()),
                        inCookie ? null : loggedIn.refreshToken()));
        if (inCookie) {
            response.cookie(
                    cookie(loggedIn.refreshToken(), Duration.ofSeconds(secondsUntil(loggedIn.refreshExpiresAt()))));
        }
        return response.build();
    }

    private static long secondsUntil(Instant moment) {
        return Duration.between(Instant.now(), moment).toSeconds();
    }

    private NewCookie cookie(String value, Duration age) {
        return new NewCookie.Builder(COOKIE)
                .value(value)
                .path(request.getContextPath() + PATH)
                .maxAge((int) age.toSeconds())
                .httpOnly(true)
                .secure(asker.secure())
                .sameSite(SameSite.STRICT)
                .build();
    }
}
