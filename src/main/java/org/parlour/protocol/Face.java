package org.parlour.protocol;

import java.util.List;
import java.util.stream.Stream;

/** How a connection wants to be spoken to; chosen once, in the handshake. */
public enum Face {
    /** {@code chat.v1.json}: everything. */
    FULL("chat.v1.json"),
    /** No subprotocol: the original server's JSON and a little more. */
    PLAIN(null),
    /** {@code chat.text}: the original server's lines. */
    TEXT("chat.text");

    private final String subprotocol;

    Face(String subprotocol) {
        this.subprotocol = subprotocol;
    }

    /** The WebSocket subprotocol that selects this face, or null for the default one. */
    public String subprotocol() {
        return subprotocol;
    }

    /** The face for a negotiated subprotocol; none, or an unknown one, is the plain face. */
    public static Face of(String subprotocol) {
        return FULL.subprotocol.equals(subprotocol) ? FULL : TEXT.subprotocol.equals(subprotocol) ? TEXT : PLAIN;
    }

    /** The frames that say this to such a client, in order; none if it is not told. */
    List<String> render(ServerMessage message) {
        if (this == FULL) {
            return List.of(MessageJson.encode(message));
        }
        return inSimpleWords(message).stream()
                .flatMap(simple ->
                        this == TEXT ? TextFormat.line(simple).stream() : Stream.of(MessageJson.encode(simple)))
                .toList();
    }

    // What the simple faces have no word for is told in the words they have.
    private static List<ServerMessage> inSimpleWords(ServerMessage message) {
        if (message instanceof ServerMessage.UserRenamed renamed) {
            return List.of(
                    new ServerMessage.UserLeft(
                            renamed.from(),
                            "quit",
                            renamed.count(),
                            renamed.room(),
                            renamed.seq(),
                            renamed.id(),
                            renamed.at(),
                            renamed.userId()),
                    new ServerMessage.UserJoined(
                            renamed.username(),
                            renamed.count(),
                            renamed.room(),
                            renamed.seq(),
                            renamed.id(),
                            renamed.at(),
                            renamed.userId()));
        }
        if (message instanceof ServerMessage.TopicChanged changed) {
            return List.of(new ServerMessage.Notice(
                    "TOPIC_CHANGED", changed.username() + " set the topic: " + changed.topic(), null, null));
        }
        if (message instanceof ServerMessage.NewMessage said && said.deleted() != null) {
            // To a client that knows no more than the original server's words a message is its content.
            return List.of();
        }
        if (message instanceof ServerMessage.MessageDeleted deleted) {
            return List.of(new ServerMessage.Notice("MESSAGE_DELETED", inWords(deleted), null, null));
        }
        if (message instanceof ServerMessage.Presence presence) {
            return List.of(new ServerMessage.Notice("WHO", inWords(presence), null, presence.ref()));
        }
        if (message instanceof ServerMessage.Moderated moderated) {
            return List.of(new ServerMessage.Notice("MODERATED", inWords(moderated), null, moderated.ref()));
        }
        if (message instanceof ServerMessage.Invitation made) {
            return List.of(new ServerMessage.Notice("INVITATION", inWords(made), made.room(), made.ref()));
        }
        if (message instanceof ServerMessage.Batch batch) {
            return batch.events().stream()
                    .flatMap(event -> inSimpleWords(event).stream())
                    .toList();
        }
        if (message instanceof ServerMessage.Welcome
                || message instanceof ServerMessage.Ack
                || message instanceof ServerMessage.Typing
                || message instanceof ServerMessage.ReadMarker
                || message instanceof ServerMessage.GoingAway
                || message instanceof ServerMessage.Pong) {
            return List.of();
        }
        return List.of(message);
    }

    private static String inWords(ServerMessage.Moderated moderated) {
        if (moderated.role() != null) {
            return moderated.by()
                    + ("none".equals(moderated.role())
                            ? " took the role of " + moderated.username()
                            : " made " + moderated.username() + " " + moderated.role())
                    + (moderated.reason() == null ? "" : ": " + moderated.reason());
        }
        var done = switch (moderated.action()) {
            case "kick" -> " put out ";
            case "ban" -> " banned ";
            case "unban" -> " lets in again ";
            case "mute" -> " muted ";
            default -> " gives the word back to ";
        };
        return moderated.by()
                + done
                + moderated.username()
                + (moderated.until() == null ? "" : " until " + moderated.until())
                + (moderated.reason() == null ? "" : ": " + moderated.reason());
    }

    private static String inWords(ServerMessage.MessageDeleted deleted) {
        return deleted.username() + " deleted message " + deleted.target()
                + (deleted.reason() == null ? "" : ": " + deleted.reason());
    }

    private static String inWords(ServerMessage.Invitation made) {
        return "An invitation for " + made.uses() + " until " + made.expiresAt() + ", shown only this once: "
                + made.invitation();
    }

    private static String inWords(ServerMessage.Presence presence) {
        if (presence.count() == 0) {
            return "Nobody here has a name yet.";
        }
        if (presence.users() == null) {
            return presence.count() + " here.";
        }
        return presence.count() + " here: "
                + String.join(
                        ", ",
                        presence.users().stream()
                                .map(ServerMessage.Present::username)
                                .toList());
    }
}
