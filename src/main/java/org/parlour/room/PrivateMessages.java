package org.parlour.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import org.parlour.auth.Action;
import org.parlour.auth.Identity;
import org.parlour.auth.RoomAccess;
import org.parlour.auth.RoomBook;
import org.parlour.config.ChatConfig;
import org.parlour.history.Addressee;
import org.parlour.history.Conversations;
import org.parlour.history.Draft;
import org.parlour.history.EventKind;
import org.parlour.history.Inbox;
import org.parlour.history.LogWriter;
import org.parlour.history.MessageLog;
import org.parlour.history.Outcome;
import org.parlour.history.Pair;
import org.parlour.history.Readers;
import org.parlour.history.StoredEvent;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.Content;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.ServerMessage;
import org.parlour.protocol.Username;
import org.parlour.storage.RootCause;

/**
 * What two people say to each other. Their conversation is a log like that of a room, which nobody is in: it is told to all their
 * connections, on the lane's thread and so in its order, once it is stored.
 */
@ApplicationScoped
public class PrivateMessages {

    private static final Logger LOG = System.getLogger(PrivateMessages.class.getName());

    @Inject
    private Addressing addressing;

    @Inject
    private Whereabouts whereabouts;

    @Inject
    private Conversations conversations;

    @Inject
    private Markers markers;

    @Inject
    private Inbox inbox;

    @Inject
    private Readers readers;

    @Inject
    private LogWriter writer;

    @Inject
    private MessageLog log;

    @Inject
    private ChatConfig config;

    /** @throws Refusal or tells it to the caller */
    void say(Caller caller, ClientMessage.Private request) {
        var sender = caller.requireName();
        var content = Content.require(request.content(), config.maxContentLength());
        var sought = Addressing.Sought.of("to", request.to(), request.userId(), false);
        addressing.find(caller, sought, request.ref(), mate -> write(caller, sender, mate, content, request));
    }

    private void write(Caller caller, Username sender, Addressee mate, String content, ClientMessage.Private request) {
        var me = new Addressee(caller.member.id(), sender.value());
        var room = require(Action.SPEAK, caller, mate);
        var draft = new Draft(
                room.room(),
                EventKind.MESSAGE,
                me.name(),
                me.id(),
                content,
                request.nonce(),
                request.replyTo(),
                null,
                mate,
                null,
                null,
                null);
        if (!writer.offer(draft, outcome -> written(caller, me, mate, request.ref(), outcome))) {
            throw Caller.overloaded();
        }
    }

    // The same check as for every room. Whoever is one of the two may read and speak, and nobody else.
    private static Pair require(Action action, Caller caller, Addressee mate) {
        var pair = Pair.of(caller.member.id(), mate.id());
        RoomAccess.require(action, RoomBook.direct(pair.one(), pair.other()), caller.member.visitor(), Instant.now());
        return pair;
    }

    private void written(Caller caller, Addressee me, Addressee mate, String ref, Outcome outcome) {
        if (!(outcome instanceof Outcome.Stored stored)) {
            caller.refuse(Caller.refusalIn(outcome), ref);
            return;
        }
        caller.answer(Events.toAck(stored, ref, mate));
        if (!stored.duplicate()) {
            tell(stored.event(), me, mate, caller.member);
        }
    }

    // Each of the two has its view of it, which is written out once.
    private void tell(StoredEvent event, Addressee one, Addressee other, Member asker) {
        tell(one, new Outgoing(Events.toPrivate(event, one, other)), asker);
        tell(other, new Outgoing(Events.toPrivate(event, other, one)), asker);
    }

    private void tell(Addressee whom, Outgoing message, Member asker) {
        for (var receiver : whereabouts.of(whom.id())) {
            if (asker == null || !receiver.connection().equals(asker.connection())) {
                receiver.tell(message);
            }
        }
    }

    /**
     * Tells the two of something that has been stored in their conversation. On the lane's thread, which may wait for the database.
     *
     * @param asker the member whose request it was, or null; @param ack what it is told instead, or null
     */
    void happened(StoredEvent event, Member asker, ServerMessage.Ack ack) {
        var pair = Pair.of(event.room());
        if (ack != null) {
            asker.answer(new Outgoing(ack));
        }
        try {
            var names = conversations.names(event.room());
            tell(
                    event,
                    new Addressee(pair.one(), names.get(pair.one())),
                    new Addressee(pair.other(), names.get(pair.other())),
                    asker);
        } catch (Exception failure) {
            // They find it when they read what was said. Exception: see Addressing.
            LOG.log(Level.WARNING, () -> "A private message could not be told: " + RootCause.of(failure));
        }
    }

    /** See {@link Markers#read}. */
    void read(Caller caller, ClientMessage.Read request) {
        markers.read(caller, request);
    }

    /** In how many conversations something waits for somebody. Blocks on the database. */
    int waiting(Identity who) {
        return who.isGuest() ? 0 : readers.inTurn(() -> inbox.waiting(who.id()));
    }

    /** Brings a page of the conversation with somebody. @throws Refusal or tells it to the caller */
    void history(Caller caller, ClientMessage.History request) {
        var wanted = new Pages.Wanted(request.limit(), request.before(), request.after(), request.around());
        var sought = Addressing.Sought.of("with", request.with(), request.userId(), true);
        addressing.find(caller, sought, request.ref(), mate -> {
            var pair = require(Action.READ, caller, mate);
            var me = new Addressee(
                    caller.member.id(), caller.name().map(Username::value).orElse(""));
            var page = new ConversationPage(caller, log, me, mate, wanted, request.ref());
            // Behind what it has just written.
            if (!writer.afterwards(pair.room(), () -> caller.member.answer(page))) {
                throw Caller.overloaded();
            }
        });
    }
}
