package org.parlour.socket;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.parlour.auth.BearerTokens;
import org.parlour.auth.EndedLogins;
import org.parlour.auth.GuestTokens;
import org.parlour.auth.Identity;
import org.parlour.config.ChatConfig;
import org.parlour.config.ServerThreads;
import org.parlour.protocol.Refusal;
import org.parlour.room.Turns;

/** What connections need to find out who speaks. */
@ApplicationScoped
public class Proofs {

    @Inject
    private GuestTokens guests;

    @Inject
    private BearerTokens tokens;

    @Inject
    private EndedLogins ended;

    @Inject
    private ServerThreads threads;

    @Inject
    private ChatConfig config;

    /** Somebody who has shown nothing. */
    Identity stranger() {
        return Identity.guest(guests.newGuest());
    }

    /** Whether somebody without an account may enter a room. */
    boolean guestsMayEnter() {
        return config.auth().guests();
    }

    /**
     * Finds out who shows a token. What takes time is done aside, and the client's further requests wait for it.
     *
     * @param then is told who it is, and may refuse that; @param otherwise is told why not
     */
    void prove(
            String token, String address, Turns turns, Consumer<Identity> then, Consumer<RuntimeException> otherwise) {
        if (!tokens.takesTime(token)) {
            proveNow(token, address, then, otherwise);
            return;
        }
        turns.hold();
        try {
            threads.readers().execute(() -> {
                try {
                    proveNow(token, address, then, otherwise);
                } finally {
                    turns.goOn();
                }
            });
        } catch (RejectedExecutionException stopping) {
            turns.goOn();
            otherwise.accept(Refusal.busy());
        }
    }

    private void proveNow(String token, String address, Consumer<Identity> then, Consumer<RuntimeException> otherwise) {
        try {
            then.accept(tokens.identityOf(token, address));
        } catch (RuntimeException failure) {
            otherwise.accept(failure);
        }
    }

    /** Whether the proof has become worthless since it was looked at. */
    boolean hasEnded(Identity identity) {
        return ended.concern(identity);
    }
}
