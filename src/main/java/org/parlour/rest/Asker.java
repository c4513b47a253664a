package org.parlour.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.parlour.auth.Caller;
import org.parlour.auth.Identity;
import org.parlour.limits.Addresses;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;

/** Who sends this request, and where from. */
@RequestScoped
public class Asker {

    @Inject
    private HttpServletRequest request;

    @Inject
    private Addresses addresses;

    /** Nothing for somebody who has shown nothing. */
    public Optional<Identity> identity() {
        return Caller.of(request);
    }

    /** @throws Refusal NOT_AUTHENTICATED */
    public Identity known() {
        return identity().orElseThrow(() -> new Refusal(ErrorCode.NOT_AUTHENTICATED, "Please log in."));
    }

    /**
     * Somebody who is no guest.
     *
     * @throws Refusal NOT_AUTHENTICATED, or FORBIDDEN for a guest
     */
    public Identity account() {
        var identity = known();
        if (identity.isGuest()) {
            throw new Refusal(ErrorCode.FORBIDDEN, "This takes an account.");
        }
        return identity;
    }

    /** @throws Refusal NOT_AUTHENTICATED, or FORBIDDEN */
    public Identity administrator() {
        var identity = account();
        if (!identity.administrator()) {
            throw new Refusal(ErrorCode.FORBIDDEN, "This takes an administrator.");
        }
        return identity;
    }

    public String address() {
        return addresses.of(request);
    }

    /** Whether the request came over TLS, as far as the server can know behind its proxies. */
    public boolean secure() {
        return addresses.secure(request);
    }
}
