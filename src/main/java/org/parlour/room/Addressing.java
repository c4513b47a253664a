package org.parlour.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.parlour.auth.Account;
import org.parlour.auth.Accounts;
import org.parlour.auth.Identity;
import org.parlour.config.ChatConfig;
import org.parlour.config.ServerThreads;
import org.parlour.history.Addressee;
import org.parlour.history.Conversations;
import org.parlour.history.Readers;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.Username;
import org.parlour.storage.RootCause;

/**
 * Finds out whom somebody means who writes to one person alone: first who is called so in the room, then with whom it has written
 * already, then, if it has an account itself, the account of that name. A guest never learns by it whether there is an account. Who is
 * in the room is found at once; else the database is asked, aside, and the member's further requests wait.
 */
@ApplicationScoped
public class Addressing {

    private static final Logger LOG = System.getLogger(Addressing.class.getName());

    private static final int MAX_ID_LENGTH = 64;

    @Inject
    private Conversations conversations;

    @Inject
    private Accounts accounts;

    @Inject
    private Readers readers;

    @Inject
    private ServerThreads threads;

    @Inject
    private ChatConfig config;

    /**
     * Somebody who is meant.
     *
     * @param field that it is named in; @param userId who it is, whatever its name, or null if the name decides
     * @param toRead whether only what was said is wanted: of somebody with a disabled account, too
     */
    record Sought(String field, Username name, String userId, boolean toRead) {

        /** @throws Refusal BAD_MESSAGE, USER_NOT_FOUND */
        static Sought of(String field, String name, String userId, boolean toRead) {
            if (userId != null) {
                if (userId.length() > MAX_ID_LENGTH) {
                    throw nobody("userId");
                }
                return new Sought("userId", null, userId, toRead);
            }
            if (name == null) {
                throw new Refusal(ErrorCode.BAD_MESSAGE, "\"" + field + "\" is missing.", field);
            }
            try {
                return new Sought(field, new Username(name), null, toRead);
            } catch (Refusal noName) {
                throw nobody(field);
            }
        }

        private static Refusal nobody(String field) {
            return new Refusal(ErrorCode.USER_NOT_FOUND, "There is nobody of this name.", field);
        }

        Refusal notFound() {
            return nobody(field);
        }
    }

    /**
     * Finds somebody, for a member who wants something of it. {@code then} is called once, now or later; what it refuses is told, and so
     * is that there is nobody.
     *
     * @param ref of the request
     * @throws Refusal as {@code then}, BAD_MESSAGE for oneself, OVERLOADED if the server is stopping
     */
    void find(Caller caller, Sought sought, String ref, Consumer<Addressee> then) {
        var here = inRoom(caller.room, sought);
        if (here.isPresent()) {
            then.accept(other(caller, here.get(), sought));
            return;
        }
        var me = caller.member.identity();
        caller.seat.turns.hold();
        var answered = new AtomicBoolean();
        try {
            threads.readers().execute(() -> ask(caller, me, sought, ref, answered, then));
        } catch (RejectedExecutionException stopping) {
            caller.seat.turns.goOn();
            throw Refusal.busy();
        }
    }

    private static Optional<Addressee> inRoom(Room room, Sought sought) {
        var people = room.people();
        return sought.userId() == null
                ? people.idOf(sought.name())
                        .map(id -> new Addressee(id, sought.name().value()))
                : people.nameOf(sought.userId()).map(name -> new Addressee(sought.userId(), name.value()));
    }

    private static Addressee other(Caller caller, Addressee found, Sought sought) {
        if (found.id().equals(caller.member.id())) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "That is you.", sought.field());
        }
        return found;
    }

    private void ask(
            Caller caller, Identity me, Sought sought, String ref, AtomicBoolean answered, Consumer<Addressee> then) {
        try {
            var alarm = threads.scheduler()
                    .schedule(
                            () -> once(answered, caller, ref, () -> {
                                throw Refusal.storageUnavailable();
                            }),
                            config.storagePatience().toMillis(),
                            TimeUnit.MILLISECONDS);
            var found = readers.inTurn(() -> lookUp(me, sought));
            alarm.cancel(false);
            once(answered, caller, ref, () -> then.accept(other(caller, found, sought)));
        } catch (Refusal refusal) {
            once(answered, caller, ref, () -> {
                throw refusal;
            });
        } catch (Exception failure) {
            // Exception and not RuntimeException: the container's proxies throw checked ones that no signature tells
            // of.
            LOG.log(Level.WARNING, () -> "Nobody could be looked up: " + RootCause.of(failure));
            once(answered, caller, ref, () -> {
                throw Refusal.storageUnavailable();
            });
        }
    }

    // Once: if the database hangs, the member is told before it answers.
    private static void once(AtomicBoolean answered, Caller caller, String ref, Runnable answer) {
        if (!answered.compareAndSet(false, true)) {
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

    private Addressee lookUp(Identity me, Sought sought) {
        var partner = sought.userId() == null
                ? conversations.partnerCalled(me.id(), sought.name().value())
                : conversations.partner(me.id(), sought.userId());
        if (partner.isPresent()) {
            if (!sought.toRead() && isDisabled(partner.get().id())) {
                throw sought.notFound();
            }
            return partner.get();
        }
        // Before anything is looked up that would tell a guest, by its words or by its time, whether there is such an
        // account.
        if (me.isGuest()) {
            throw sought.notFound();
        }
        var account = sought.userId() == null
                ? accounts.byName(sought.name()).filter(found -> found.name().equals(sought.name()))
                : accounts.byId(sought.userId());
        return account.filter(found -> !found.disabled())
                .map(found -> new Addressee(found.id(), found.name().value()))
                .orElseThrow(sought::notFound);
    }

    private boolean isDisabled(String id) {
        return Identity.isAccount(id)
                && accounts.byId(id).map(Account::disabled).orElse(true);
    }
}
