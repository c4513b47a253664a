package org.parlour.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.parlour.auth.Action;
import org.parlour.auth.RoomAccess;
import org.parlour.auth.RoomBook;
import org.parlour.auth.RoomChanged;
import org.parlour.auth.RoomPasswords;
import org.parlour.auth.RoomPolicies;
import org.parlour.auth.Rooms;
import org.parlour.auth.Visitor;
import org.parlour.config.ChatConfig;
import org.parlour.config.ServerThreads;
import org.parlour.history.Readers;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;

/**
 * The way into rooms, and out of those that somebody may not be in any more. A room that is in memory is decided about at once; else the
 * database is asked, aside, and the client's further requests wait. Whoever may not know of a room is always told so by the database,
 * so that nobody learns from a quick answer that it exists.
 */
@ApplicationScoped
public class Entrance {

    private static final Logger LOG = System.getLogger(Entrance.class.getName());

    private static final long RETRY_MILLIS = 500;

    @Inject
    private RoomManager manager;

    @Inject
    private Rooms rooms;

    @Inject
    private RoomPasswords passwords;

    @Inject
    private RoomPolicies policies;

    @Inject
    private Readers readers;

    @Inject
    private ServerThreads threads;

    @Inject
    private ChatConfig config;

    /** What somebody brings who may enter. @param visitor who it is, with the password that fitted */
    private record Admitted(RoomBook book, Visitor visitor) {}

    /**
     * Finds out whether somebody may enter a room, and has it seated.
     *
     * @param password that was shown, or null
     * @param seat enters the room by this book and returns who sits there now, or null if nobody does
     * @param otherwise is told why it may not; called once, if {@code seat} is not
     */
    public void enter(
            RoomName room,
            Visitor who,
            String password,
            Turns turns,
            BiFunction<RoomBook, Visitor, Member> seat,
            Consumer<RuntimeException> otherwise) {
        try {
            var known = policies.decide(room) ? Optional.<RoomBook>empty() : manager.book(room);
            var admitted = known.flatMap(book -> atOnce(book, who, password));
            if (admitted.isPresent()) {
                seatOrTell(room, admitted.get(), seat, otherwise);
                return;
            }
        } catch (Refusal refusal) {
            otherwise.accept(refusal);
            return;
        }
        turns.hold();
        var answered = new AtomicBoolean();
        try {
            threads.readers().execute(() -> ask(room, who, password, turns, answered, seat, otherwise));
        } catch (RejectedExecutionException stopping) {
            turns.goOn();
            otherwise.accept(Refusal.busy());
        }
    }

    /** @return nothing if that is to be found out aside */
    private Optional<Admitted> atOnce(RoomBook book, Visitor who, String password) {
        var hash = book.rules().passwordHash();
        var visitor = passwords.isKnownToFit(password, hash) ? who.with(hash) : who;
        try {
            RoomAccess.require(Action.ENTER, book, visitor, Instant.now());
            return Optional.of(new Admitted(book, visitor));
        } catch (Refusal refusal) {
            if (refusal.code() == ErrorCode.ROOM_NOT_FOUND
                    || refusal.code() == ErrorCode.PASSWORD_REQUIRED && password != null) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    private void ask(
            RoomName room,
            Visitor who,
            String password,
            Turns turns,
            AtomicBoolean answered,
            BiFunction<RoomBook, Visitor, Member> seat,
            Consumer<RuntimeException> otherwise) {
        var alarm = threads.scheduler()
                .schedule(
                        () -> answer(answered, turns, () -> otherwise.accept(Refusal.storageUnavailable())),
                        config.storagePatience().toMillis(),
                        TimeUnit.MILLISECONDS);
        try {
            var judged = policies.judged(room, who);
            var book = read(() -> rooms.toEnter(room, judged));
            // Looking at a password takes its time, and is not the database's fault.
            alarm.cancel(false);
            var admitted = admitted(room, book, judged, password);
            answer(answered, turns, () -> seatOrTell(room, admitted, seat, otherwise));
        } catch (Exception failure) {
            // Exception and not RuntimeException: the container's proxies throw checked ones that no signature
            // tells of.
            alarm.cancel(false);
            answer(answered, turns, () -> otherwise.accept(unchecked(failure)));
        }
    }

    private void seatOrTell(
            RoomName room,
            Admitted admitted,
            BiFunction<RoomBook, Visitor, Member> seat,
            Consumer<RuntimeException> otherwise) {
        try {
            seat(room, admitted, seat);
        } catch (RuntimeException failure) {
            otherwise.accept(failure);
        }
    }

    private static RuntimeException unchecked(Exception failure) {
        return failure instanceof RuntimeException already ? already : Refusal.storageUnavailable();
    }

    // Once: if the database hangs, the client is told before it answers.
    private static void answer(AtomicBoolean answered, Turns turns, Runnable answer) {
        if (answered.compareAndSet(false, true)) {
            try {
                answer.run();
            } finally {
                turns.goOn();
            }
        }
    }

    private RoomBook read(Supplier<RoomBook> query) {
        try {
            return readers.inTurn(query);
        } catch (IllegalStateException tooManyWait) {
            throw Refusal.storageUnavailable();
        }
    }

    private Admitted admitted(RoomName room, RoomBook book, Visitor who, String password) {
        var hash = book.rules().passwordHash();
        var fits = password != null && hash != null && passwords.fits(password, hash, room, who);
        var visitor = fits ? who.with(hash) : who;
        RoomAccess.require(Action.ENTER, book, visitor, Instant.now());
        return new Admitted(book, visitor);
    }

    // What changed while the member was let in was told to those who sat there already.
    private void seat(RoomName room, Admitted admitted, BiFunction<RoomBook, Visitor, Member> seat) {
        var member = seat.apply(admitted.book(), admitted.visitor());
        if (member == null) {
            return;
        }
        manager.refusal(room, member).ifPresent(refusal -> member.turnAway(refusal.inRoom(room)));
        if (admitted.book().version() < rooms.version()) {
            readAgain(room);
        }
    }

    // On the thread of whoever changed it: when that one is told that it is done, it is true for everybody who
    // is there.
    void changed(@Observes RoomChanged change) {
        if (manager.book(change.room()).isPresent()) {
            readNow(change.room());
        }
    }

    private void readAgain(RoomName room) {
        if (manager.book(room).isEmpty()) {
            return;
        }
        try {
            threads.readers().execute(() -> readNow(room));
        } catch (RejectedExecutionException stopping) {
            LOG.log(Level.DEBUG, () -> "Not read again, the server is stopping: " + room);
        }
    }

    private void readNow(RoomName room) {
        RoomBook book;
        try {
            book = read(() -> rooms.current(room));
        } catch (Exception databaseAway) {
            LOG.log(Level.DEBUG, () -> "Cannot be read again, trying later: " + room, databaseAway);
            threads.scheduler().schedule(() -> readAgain(room), RETRY_MILLIS, TimeUnit.MILLISECONDS);
            return;
        }
        if (policies.decide(room)) {
            manager.present(room).forEach(member -> member.judged(policies.judged(room, member.visitor())));
        }
        manager.setBook(room, book).forEach((member, refusal) -> member.turnAway(refusal.inRoom(room)));
    }
}
