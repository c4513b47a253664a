package org.parlour.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.parlour.config.ChatConfig;
import org.parlour.config.ServerThreads;
import org.parlour.history.Readers;
import org.parlour.protocol.Refusal;
import org.parlour.storage.RootCause;

/**
 * Asks the database something that a member's request needs, where nobody else waits for it. The member's further requests wait, but not
 * longer than for the storage's patience: then it is told.
 */
@ApplicationScoped
public class Aside {

    private static final Logger LOG = System.getLogger(Aside.class.getName());

    @Inject
    private Readers readers;

    @Inject
    private ServerThreads threads;

    @Inject
    private ChatConfig config;

    /**
     * Returns at once. What is refused, by the question or by what follows, is told.
     *
     * @param ref of the request; @param then is called at most once, on another thread
     * @throws Refusal OVERLOADED if the server is stopping
     */
    <T> void ask(Caller caller, String ref, Supplier<T> question, Consumer<T> then) {
        caller.seat.turns.hold();
        try {
            threads.readers().execute(() -> askNow(new Answer(caller, ref), question, then));
        } catch (RejectedExecutionException stopping) {
            caller.seat.turns.goOn();
            throw Refusal.busy();
        }
    }

    private <T> void askNow(Answer answer, Supplier<T> question, Consumer<T> then) {
        try {
            var alarm = threads.scheduler()
                    .schedule(
                            () -> answer.refuse(Refusal.storageUnavailable()),
                            config.storagePatience().toMillis(),
                            TimeUnit.MILLISECONDS);
            var found = readers.inTurn(question);
            alarm.cancel(false);
            answer.give(() -> then.accept(found));
        } catch (Refusal refusal) {
            answer.refuse(refusal);
        } catch (Exception failure) {
            // Exception and not RuntimeException: the container's proxies throw checked ones that no signature tells
            // of.
            LOG.log(Level.WARNING, () -> "A question could not be answered: " + RootCause.of(failure));
            answer.refuse(Refusal.storageUnavailable());
        }
    }

    /** Given once: if the database hangs, the member is told before it answers. */
    private static final class Answer {

        private final Caller caller;
        private final String ref;
        private final AtomicBoolean given = new AtomicBoolean();

        Answer(Caller caller, String ref) {
            this.caller = caller;
            this.ref = ref;
        }

        void refuse(Refusal refusal) {
            give(() -> caller.refuse(refusal, ref));
        }

        void give(Runnable answer) {
            if (!given.compareAndSet(false, true)) {
                return;
            }
            try {
                answer.run();
            } catch (Refusal refusal) {
                caller.refuse(refusal, ref);
            } finally {
                caller.seat.turns.goOn();
            }
        }
    }
}
