package org.parlour.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.parlour.auth.Account;
import org.parlour.auth.Accounts;
import org.parlour.auth.Action;
import org.parlour.auth.AuditEntry;
import org.parlour.auth.Identity;
import org.parlour.auth.RoomAccess;
import org.parlour.auth.Rooms;
import org.parlour.auth.Visitor;
import org.parlour.history.Draft;
import org.parlour.history.MessageLog;
import org.parlour.history.StoredEvent;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.Username;

/**
 * Who may delete which message. That takes the author, who stands in the log and never changes; so it is found out before the deletion
 * is offered to the log, and the lane need not know of rights. Whose message was deleted by somebody else is told to the audit log by the
 * same commit: also if nobody heard of that. Blocks on the database.
 */
@ApplicationScoped
public class Deletions {

    @Inject
    private MessageLog log;

    @Inject
    private Rooms rooms;

    @Inject
    private Accounts accounts;

    @Inject
    private RoomManager manager;

    /** @param name what the others are told; null for a guest who is not in the room @param reason or null */
    record Wanted(RoomName room, long seq, String reason, Visitor by, Username name) {}

    /**
     * @param present who is in the room now
     * @throws Refusal MESSAGE_NOT_FOUND, or see {@link RoomAccess#requireDelete}
     */
    Draft permitted(Wanted wanted, List<Member> present) {
        var by = wanted.by();
        var book = rooms.current(wanted.room());
        // First, for whoever may not read here is not to learn what there is.
        RoomAccess.require(Action.READ, book, by, Instant.now());
        var said = log.spoken(wanted.room(), wanted.seq()).orElseThrow(Refusal::noSuchMessage);
        var author = said.senderId();
        var office = !author.equals(by.identity().id()) && hasOffice(author, present);
        RoomAccess.requireDelete(book, by, author, office, wanted.reason() != null, Instant.now());
        return draft(wanted, said);
    }

    // Of somebody who is not here a policy's office, or one by the server's or an issuer's role, is not known.
    private boolean hasOffice(String author, List<Member> present) {
        return present.stream().anyMatch(one -> one.id().equals(author) && RoomAccess.hasOffice(one.visitor()))
                || Identity.isAccount(author)
                        && accounts.byId(author).filter(Account::administrator).isPresent();
    }

    private static Draft draft(Wanted wanted, StoredEvent said) {
        var by = wanted.by().identity().id();
        if (wanted.name() == null && !by.equals(said.senderId())) {
            throw new Refusal(ErrorCode.FORBIDDEN, "This takes an account.");
        }
        // A guest is called as it was then.
        var sender = wanted.name() == null ? said.sender() : wanted.name().value();
        return Draft.deletion(wanted.room(), sender, by, wanted.seq(), wanted.reason(), audit(wanted, said.senderId()));
    }

    // One's own is nobody else's business.
    private static AuditEntry audit(Wanted wanted, String author) {
        var identity = wanted.by().identity();
        return author.equals(identity.id())
                ? null
                : AuditEntry.inRoom(
                        identity,
                        AuditEntry.Action.MESSAGE_DELETED,
                        author,
                        wanted.room().value(),
                        "seq " + wanted.seq(),
                        wanted.by().address());
    }

    /**
     * Deletes a message for somebody who need not be in the room; committed when this returns. What was deleted before stays so.
     *
     * @throws Refusal ROOM_NOT_FOUND, MESSAGE_NOT_FOUND, STORAGE_UNAVAILABLE, OVERLOADED, or see {@link RoomAccess#requireDelete}
     */
    public void delete(RoomName room, long seq, Visitor by) {
        rooms.toRead(room, by);
        Blocking.done("A message could not be deleted", () -> {
            var wanted = new Wanted(room, seq, null, by, by.identity().name());
            var deletion = permitted(wanted, manager.present(room));
            return Blocking.stored(
                    outcome -> manager.delete(deletion, outcome) ? Optional.empty() : Optional.of(Caller.overloaded()));
        });
    }
}
