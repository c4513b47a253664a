package org.parlour.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.parlour.config.ChatConfig;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.Username;
import org.parlour.storage.DatabaseReady;

/**
 * Accounts with a password here: making one, logging in, staying logged in, logging out. A login is a family of refresh tokens, of
 * which one is good at a time; whoever shows an old one has stolen it or been robbed, so the login ends. Every method blocks, on the
 * database and on the hashing of passwords.
 */
@ApplicationScoped
public class Logins {

    /** Two windows of one browser may show the same token at the same moment; no thief is so quick without being told. */
    static final Duration GRACE = Duration.ofSeconds(10);

    private static final int ID_BYTES = 16;
    private static final int TOKEN_BYTES = 32;
    private static final Pattern TOKEN = Pattern.compile("([A-Za-z0-9_-]{22})\\.([A-Za-z0-9_-]{43})");

    @Inject
    private Accounts accounts;

    @Inject
    private LoginRows rows;

    @Inject
    private Passwords passwords;

    @Inject
    private AccessTokens tokens;

    @Inject
    private EndedLogins ended;

    @Inject
    private Event<LoginEnded> observers;

    @Inject
    private Audit audit;

    @Inject
    private ChatConfig config;

    /** What a login brings. @param refreshToken good once, for the next login of the same session; secret, like the other */
    public record LoggedIn(
            Account account, String accessToken, Instant expiresAt, String refreshToken, Instant refreshExpiresAt) {}

    // An access token that was good before a restart may be good after it; what has ended has to be known
    // before it is shown.
    void remember(@Observes DatabaseReady ready) {
        rows.revokedSince(Instant.now().minus(config.auth().accessTokenLife()))
                .forEach(login -> ended.add(login.session(), login.at()));
    }

    /**
     * Makes an account.
     *
     * @throws Refusal FORBIDDEN if nobody may, USERNAME_INVALID, USERNAME_TAKEN, BAD_MESSAGE for the password, OVERLOADED
     */
    public Account register(String username, String password, String address) {
        requireAccounts();
        if (!config.auth().registration()) {
            throw new Refusal(ErrorCode.FORBIDDEN, "Accounts are made by the administrator.");
        }
        var name = new Username(required(username, "username"));
        required(password, "password");
        // Before the password is hashed: this is cheap, and the insertion decides in the end.
        if (accounts.byName(name).isPresent()) {
            throw new Refusal(
                    ErrorCode.USERNAME_TAKEN, "This username, or one that looks like it, is taken.", "username");
        }
        return accounts.register(name, passwords.hash(password), isFirstAdministrator(name), address);
    }

    /** @throws Refusal NOT_AUTHENTICATED whatever was wrong, also if the account is disabled, after the same work; OVERLOADED */
    public LoggedIn login(String username, String password, String address) {
        requireAccounts();
        var found = credentials(required(username, "username"));
        var hash = found.map(AccountRows.Credentials::passwordHash).orElse(null);
        var fits = passwords.matches(required(password, "password"), hash);
        if (!fits || found.orElseThrow().account().disabled()) {
            throw wrong(found, address);
        }
        var account = found.get().account();
        if (isFirstAdministrator(account.name()) && !account.administrator()) {
            account = accounts.setAdministrator(account.id(), true);
            note(account, AuditEntry.Action.ADMINISTRATOR_MADE, address);
        }
        var session = Secrets.random(ID_BYTES);
        var secret = Secrets.random(TOKEN_BYTES);
        var now = now();
        var expiresAt = now.plus(config.auth().loginLife());
        var owner = account.id();
        if (!stored(() -> rows.insert(session, owner, hash, hash(secret), now, expiresAt))) {
            throw wrong(found, address);
        }
        note(account, AuditEntry.Action.LOGIN, address);
        return loggedIn(account, session, secret, expiresAt);
    }

    // Not what was typed: people type their password there, too.
    private Refusal wrong(Optional<AccountRows.Credentials> found, String address) {
        var target = found.map(its -> its.account().name().value()).orElse(null);
        audit.note(AuditEntry.byNobody(AuditEntry.Action.LOGIN_REFUSED, target, address));
        return new Refusal(ErrorCode.NOT_AUTHENTICATED, "Wrong username or password.");
    }

    // A name that is none belongs to nobody; that must not be quicker to find out than that a name belongs to nobody.
    private Optional<AccountRows.Credentials> credentials(String username) {
        try {
            return accounts.credentials(new Username(username));
        } catch (Refusal refusal) {
            if (refusal.code() == ErrorCode.STORAGE_UNAVAILABLE) {
                throw refusal;
            }
            return Optional.empty();
        }
    }

    /**
     * Goes on with a login. Of several who show the same token at the same moment one gets the next; the others are refused with
     * TOKEN_SUPERSEDED, and the login lives.
     *
     * @throws Refusal NOT_AUTHENTICATED if the token is not good, in which case the login has ended if it is an old one
     */
    public LoggedIn refresh(String token, String address) {
        requireAccounts();
        var parts = TOKEN.matcher(required(token, "refreshToken"));
        if (!parts.matches()) {
            throw notGood();
        }
        var session = parts.group(1);
        var next = Secrets.random(TOKEN_BYTES);
        var now = now();
        var expiresAt = now.plus(config.auth().loginLife());
        var shown = stored(() -> rows.rotate(session, hash(parts.group(2)), hash(next), now, expiresAt, GRACE));
        switch (shown.result()) {
            case ROTATED -> {
                var account = accounts.byId(shown.login().account()).orElseThrow(Logins::notGood);
                if (account.disabled()) {
                    throw notGood();
                }
                return loggedIn(account, session, next, expiresAt);
            }
            case TOO_LATE ->
                throw new Refusal(
                        ErrorCode.TOKEN_SUPERSEDED,
                        "This token has just been used. Please take the one that came of it.");
            case REUSED -> {
                var account = accounts.byId(shown.login().account()).orElseThrow(Logins::notGood);
                note(account, AuditEntry.Action.TOKEN_REUSED, address);
                tell(account.id(), session, now, true);
                throw notGood();
            }
            default -> throw notGood();
        }
    }

    /** Ends the login that this refresh token belongs to, if it is the current one or the one before. */
    public void logout(String refreshToken, String address) {
        var parts = TOKEN.matcher(refreshToken);
        if (parts.matches()) {
            stored(() -> rows.accountOf(parts.group(1), hash(parts.group(2))))
                    .flatMap(accounts::byId)
                    .ifPresent(account -> end(account.identity(parts.group(1), null), address));
        }
    }

    /** Ends the login of somebody who has one; its connections are closed. */
    public void end(Identity identity, String address) {
        var session = identity.session();
        var now = now();
        if (session != null && stored(() -> rows.revoke(session, now))) {
            audit.note(AuditEntry.by(identity, AuditEntry.Action.LOGOUT, null, address));
            tell(identity.id(), session, now, true);
        }
    }

    /**
     * Lets an account in no more, or again. If not, all its logins end and its connections are closed.
     *
     * @param by the account of whoever wants it
     * @throws Refusal USER_NOT_FOUND; FORBIDDEN if that is disabled itself
     */
    Account setDisabled(String id, boolean disabled, String by) {
        var account = accounts.setDisabled(id, disabled, by);
        if (disabled) {
            endAll(id, false);
        }
        return account;
    }

    /**
     * Ends all logins of an account: what its access tokens say of it is true no longer.
     *
     * @param mayReturn whether its holder may log in again
     */
    void endAll(String id, boolean mayReturn) {
        var now = now();
        // One by one as well: a login that is just being answered gets a token that is younger than this moment.
        stored(() -> rows.revokeAll(id, null, now)).forEach(session -> ended.add(session, now));
        tell(id, null, now, mayReturn);
    }

    /** Lets it be known, after it has been committed, that a login has ended. @param session null for all of the account's */
    void tell(String account, String session, Instant at, boolean mayReturn) {
        ended.add(session == null ? account : session, at);
        observers.fire(new LoginEnded(account, session, mayReturn));
    }

    private LoggedIn loggedIn(Account account, String session, String secret, Instant refreshExpiresAt) {
        var issued = tokens.issue(account, session);
        return new LoggedIn(account, issued.token(), issued.expiresAt(), session + "." + secret, refreshExpiresAt);
    }

    private boolean isFirstAdministrator(Username name) {
        return config.auth()
                .bootstrapAdministrator()
                .filter(name.value()::equals)
                .isPresent();
    }

    private void requireAccounts() {
        if (!config.auth().accounts()) {
            throw new Refusal(ErrorCode.FORBIDDEN, "There are no accounts with a password here.");
        }
    }

    static String required(String value, String field) {
        if (value == null) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "\"" + field + "\" is missing.", field);
        }
        return value;
    }

    private static Refusal notGood() {
        return new Refusal(ErrorCode.NOT_AUTHENTICATED, "This token is not good. Please log in.", "refreshToken");
    }

    private <T> T stored(Supplier<T> work) {
        return accounts.stored(work);
    }

    private void note(Account account, AuditEntry.Action action, String address) {
        audit.note(AuditEntry.by(account.identity(null, null), action, null, address));
    }

    private static String hash(String secret) {
        return Secrets.hash(secret.getBytes(StandardCharsets.US_ASCII));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
