package org.parlour.room;

import jakarta.ejb.ConcurrentAccessTimeoutException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.parlour.history.Outcome;
import org.parlour.protocol.Refusal;
import org.parlour.storage.RootCause;

/** For callers whose thread may wait for the log, as that of an HTTP request. */
final class Blocking {

    private static final Logger LOG = System.getLogger(Blocking.class.getName());

    /** A lane gives up long before. */
    private static final int PATIENCE_SECONDS = 30;

    private Blocking() {}

    /** Offers something to the log. */
    interface Offer {

        /** @param outcome is told once, on the lane's thread; @return why it will not be, or nothing */
        Optional<Refusal> to(Consumer<Outcome> outcome);
    }

    /** Offers and waits until it is committed. @throws Refusal if it was not, or nobody knows */
    static Outcome.Stored stored(Offer offer) throws Exception {
        var outcome = new CompletableFuture<Outcome>();
        var refusal = offer.to(outcome::complete).orElse(null);
        if (refusal != null) {
            throw refusal;
        }
        if (outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS) instanceof Outcome.Stored stored) {
            return stored;
        }
        throw Caller.refusalIn(outcome.join());
    }

    /** Does some work that needs the database. @param failure a sentence for the log, if it fails; @throws Refusal its own, or one to try again */
    static <T> T done(String failure, Callable<T> work) {
        try {
            return work.call();
        } catch (Refusal refusal) {
            throw refusal;
        } catch (ConcurrentAccessTimeoutException busy) {
            throw Refusal.busy();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw Refusal.storageUnavailable();
        } catch (Exception cause) {
            LOG.log(Level.WARNING, () -> failure + ": " + RootCause.of(cause));
            throw Refusal.storageUnavailable();
        }
    }
}
