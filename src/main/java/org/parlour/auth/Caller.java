package org.parlour.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Optional;

/** Somebody whom the {@link Gate} has let in and knows: what {@code getUserPrincipal()} answers behind it. */
public record Caller(Identity identity) implements Principal {

    private static final String ATTRIBUTE = Caller.class.getName();

    /** Notes who sends a request, for those who get it in another wrapping. */
    void in(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** Who sends this request; nothing for somebody who has shown nothing. */
    public static Optional<Identity> of(HttpServletRequest request) {
        return of((Principal) request.getAttribute(ATTRIBUTE));
    }

    @Override
    public String getName() {
        return identity.id();
    }

    /** Who it is; nothing for somebody who has shown nothing. */
    public static Optional<Identity> of(Principal principal) {
        return principal instanceof Caller caller ? Optional.of(caller.identity()) : Optional.empty();
    }
}
