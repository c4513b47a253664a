package org.parlour.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.text.ParseException;
import org.parlour.config.AuthConfig.Issuer;
import org.parlour.config.ChatConfig;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;

/**
 * What a token proves, of whatever kind it is: a guest's, an account's, or that of the issuer that is configured. Which kind it is, it
 * says itself, and that only decides how it is proved.
 */
@ApplicationScoped
public class BearerTokens {

    /** Far above what issuers give out; a handshake's headers have not much more. */
    private static final int MAX_LENGTH = 8 * 1024;

    private GuestTokens guests;
    private AccessTokens accounts;
    private IssuerTokens issuer;
    private Strangers strangers;
    private ChatConfig config;

    /** For the container. */
    protected BearerTokens() {}

    @Inject
    BearerTokens(GuestTokens guests, AccessTokens accounts, Strangers strangers, ChatConfig config) {
        this.guests = guests;
        this.accounts = accounts;
        this.strangers = strangers;
        this.config = config;
        this.issuer = config.auth().issuer().map(IssuerTokens::new).orElse(null);
    }

    /** Whether to prove it takes the database, or the issuer: not to be done where nothing may wait. */
    public boolean takesTime(String token) {
        try {
            return issuer != null && token.length() <= MAX_LENGTH && issuer.claims(claimedBy(SignedJWT.parse(token)));
        } catch (ParseException noToken) {
            return false;
        }
    }

    /**
     * Who somebody is that shows this token. Waits if it {@link #takesTime}.
     *
     * @param address where it comes from
     * @throws Refusal NOT_AUTHENTICATED, TOKEN_EXPIRED, FORBIDDEN, OVERLOADED or STORAGE_UNAVAILABLE
     */
    public Identity identityOf(String token, String address) {
        try {
            if (token.length() > MAX_LENGTH) {
                throw notAuthenticated();
            }
            var signed = SignedJWT.parse(token);
            var claimed = claimedBy(signed);
            if (issuer != null && issuer.claims(claimed)) {
                return foreigner(issuer.personOf(signed), address);
            }
            if (AccessTokens.ISSUER.equals(claimed.getIssuer())) {
                return accounts.identityOf(signed);
            }
            return guest(token);
        } catch (ParseException noToken) {
            throw notAuthenticated();
        }
    }

    private Identity guest(String token) {
        var guest = Identity.guest(guests.guestOf(token));
        if (!config.auth().guests()) {
            throw new Refusal(ErrorCode.NOT_AUTHENTICATED, "Guests cannot come in here. Please log in.", "token");
        }
        return guest;
    }

    private Identity foreigner(IssuerTokens.Person person, String address) {
        var name = config.auth().issuer().map(Issuer::name).orElseThrow();
        var office = person.groups().contains(config.auth().administratorRole());
        return strangers.identity(name, person.subject(), person.called(), office, person.expiresAt(), address);
    }

    private static JWTClaimsSet claimedBy(SignedJWT token) throws ParseException {
        return token.getJWTClaimsSet();
    }

    static Refusal notAuthenticated() {
        return new Refusal(ErrorCode.NOT_AUTHENTICATED, "This is not a token that is good here.", "token");
    }
}
