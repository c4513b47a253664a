package org.parlour.protocol;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.util.List;

/**
 * What the server may say. Stored events carry {@code room, seq, id, at}: {@code seq} counts 1, 2, 3 ... per room over all its
 * stored events, {@code id} is unique and opaque, {@code at} is RFC 3339 in UTC with milliseconds. Absent fields are null.
 */
@JsonbTypeInfo(
        key = "type",
        value = {
            @JsonbSubtype(alias = "Welcome", type = ServerMessage.Welcome.class),
            @JsonbSubtype(alias = "NewMessage", type = ServerMessage.NewMessage.class),
            @JsonbSubtype(alias = "PrivateMessage", type = ServerMessage.PrivateMessage.class),
            @JsonbSubtype(alias = "UserJoined", type = ServerMessage.UserJoined.class),
            @JsonbSubtype(alias = "UserLeft", type = ServerMessage.UserLeft.class),
            @JsonbSubtype(alias = "UserRenamed", type = ServerMessage.UserRenamed.class),
            @JsonbSubtype(alias = "TopicChanged", type = ServerMessage.TopicChanged.class),
            @JsonbSubtype(alias = "MessageDeleted", type = ServerMessage.MessageDeleted.class),
            @JsonbSubtype(alias = "Ack", type = ServerMessage.Ack.class),
            @JsonbSubtype(alias = "Batch", type = ServerMessage.Batch.class),
            @JsonbSubtype(alias = "Presence", type = ServerMessage.Presence.class),
            @JsonbSubtype(alias = "Typing", type = ServerMessage.Typing.class),
            @JsonbSubtype(alias = "ReadMarker", type = ServerMessage.ReadMarker.class),
            @JsonbSubtype(alias = "Moderated", type = ServerMessage.Moderated.class),
            @JsonbSubtype(alias = "Invitation", type = ServerMessage.Invitation.class),
            @JsonbSubtype(alias = "Notice", type = ServerMessage.Notice.class),
            @JsonbSubtype(alias = "Error", type = ServerMessage.Error.class),
            @JsonbSubtype(alias = "GoingAway", type = ServerMessage.GoingAway.class),
            @JsonbSubtype(alias = "Pong", type = ServerMessage.Pong.class)
        })
public sealed interface ServerMessage {

    /**
     * The beginning of a room's stream.
     *
     * @param connection identifies the connection, for logs
     * @param head the newest stored seq, 0 in a room that has none; @param oldest the oldest that can still be read
     * @param recovered whether everything after the asked-for {@code since} follows; if not, the stream begins after {@code head}
     * @param username the name that this member has in the room, or null; @param userId who it is, whatever its name
     * @param authenticated whether it has an account; @param roles what it may do everywhere, or null
     * @param token brings the same guest back, secret; null for an account
     * @param waiting in how many conversations there is something that the account has not read; null if in none, and for a guest
     */
    @JsonbPropertyOrder({
        "protocol",
        "server",
        "connection",
        "ref",
        "room",
        "epoch",
        "head",
        "oldest",
        "recovered",
        "username",
        "userId",
        "authenticated",
        "roles",
        "token",
        "waiting",
        "limits",
        "heartbeatMs"
    })
    record Welcome(
            int protocol,
            String server,
            String connection,
            String ref,
            String room,
            String epoch,
            long head,
            long oldest,
            boolean recovered,
            String username,
            String userId,
            boolean authenticated,
            List<String> roles,
            String token,
            Integer waiting,
            Limits limits,
            long heartbeatMs)
            implements ServerMessage {}

    /**
     * @param frameBytes longest frame a client may send
     * @param content longest message, in code points; @param username longest name, likewise
     * @param history most messages in one answer; @param rooms most rooms on one connection
     */
    @JsonbPropertyOrder({"frameBytes", "content", "username", "history", "rooms"})
    record Limits(int frameBytes, int content, int username, int history, int rooms) {}

    /**
     * @param userId the sender, whatever its name
     * @param nonce the sender's own id for it; told to the sender alone
     * @param replyTo the seq of the message that this one answers, or null
     * @param action true for {@code /me}, else null
     * @param deleted true if it was deleted: then there is no content; else null
     */
    @JsonbPropertyOrder({
        "username",
        "content",
        "action",
        "deleted",
        "replyTo",
        "room",
        "seq",
        "id",
        "at",
        "userId",
        "nonce"
    })
    record NewMessage(
            String username,
            String content,
            Boolean action,
            Boolean deleted,
            Long replyTo,
            String room,
            long seq,
            String id,
            String at,
            String userId,
            String nonce)
            implements ServerMessage {}

    /** @param count how many named members the room has now */
    @JsonbPropertyOrder({"username", "count", "room", "seq", "id", "at", "userId"})
    record UserJoined(String username, Integer count, String room, long seq, String id, String at, String userId)
            implements ServerMessage {}

    /** @param reason {@code quit}, {@code timeout} or {@code restart} */
    @JsonbPropertyOrder({"username", "reason", "count", "room", "seq", "id", "at", "userId"})
    record UserLeft(
            String username, String reason, Integer count, String room, long seq, String id, String at, String userId)
            implements ServerMessage {}

    @JsonbPropertyOrder({"from", "username", "count", "room", "seq", "id", "at", "userId"})
    record UserRenamed(
            String from, String username, Integer count, String room, long seq, String id, String at, String userId)
            implements ServerMessage {}

    /** @param topic what the room is about from now on */
    @JsonbPropertyOrder({"username", "topic", "room", "seq", "id", "at"})
    record TopicChanged(String username, String topic, String room, long seq, String id, String at)
            implements ServerMessage {}

    /**
     * What was said is there no longer: whoever shows it takes it away.
     *
     * @param username who has deleted it; @param target the seq of the message
     * @param reason or null
     */
    @JsonbPropertyOrder({"username", "target", "reason", "room", "seq", "id", "at", "userId"})
    record MessageDeleted(
            String username, long target, String reason, String room, long seq, String id, String at, String userId)
            implements ServerMessage {}

    /**
     * What one of two people said to the other. Its {@code seq} counts in their conversation.
     *
     * @param from the sender, as it was called; @param to the other
     * @param with whose conversation with the reader it is; @param withId who that is, whatever its name
     * @param userId the sender, whatever its name
     * @param nonce the sender's own id for it; told to the sender alone
     */
    @JsonbPropertyOrder({
        "from", "to", "with", "withId", "content", "action", "replyTo", "seq", "id", "at", "userId", "nonce"
    })
    record PrivateMessage(
            String from,
            String to,
            String with,
            String withId,
            String content,
            Boolean action,
            Long replyTo,
            long seq,
            String id,
            String at,
            String userId,
            String nonce)
            implements ServerMessage {

        /** Whether the reader has said it. */
        boolean isOwn() {
            return !userId.equals(withId);
        }
    }

    /**
     * Sent only after the commit.
     *
     * @param room null in a conversation of two, which is named by {@code with} and {@code withId} as in {@link PrivateMessage}
     * @param duplicate whether the same nonce had been acknowledged, or at least stored, before; all else is as it was then
     */
    @JsonbPropertyOrder({"ref", "nonce", "room", "with", "withId", "seq", "id", "at", "duplicate"})
    record Ack(
            String ref,
            String nonce,
            String room,
            String with,
            String withId,
            long seq,
            String id,
            String at,
            boolean duplicate)
            implements ServerMessage {

        /** In a room. */
        public Ack(String ref, String nonce, String room, long seq, String id, String at, boolean duplicate) {
            this(ref, nonce, room, null, null, seq, id, at, duplicate);
        }
    }

    /**
     * @param kind {@code history}, or {@code resume}; live ones are joined from their events ({@link Bundle})
     * @param room null in a conversation of two, which is named by {@code with} and {@code withId} as in {@link PrivateMessage}
     * @param hasMore whether there is more in the direction of reading
     * @param before what to ask for to get the page before this one; @param after for the page after it; null if the page is empty
     */
    @JsonbPropertyOrder({"kind", "room", "with", "withId", "ref", "hasMore", "before", "after", "events"})
    record Batch(
            String kind,
            String room,
            String with,
            String withId,
            String ref,
            Boolean hasMore,
            Long before,
            Long after,
            List<ServerMessage> events)
            implements ServerMessage {

        /** Of a room. */
        public Batch(
                String kind,
                String room,
                String ref,
                Boolean hasMore,
                Long before,
                Long after,
                List<ServerMessage> events) {
            this(kind, room, null, null, ref, hasMore, before, after, events);
        }
    }

    /** @param users null if there are too many to list */
    @JsonbPropertyOrder({"ref", "room", "count", "users"})
    record Presence(String ref, String room, int count, List<Present> users) implements ServerMessage {}

    /** @param since when it came, as {@code at} */
    @JsonbPropertyOrder({"username", "since", "userId"})
    record Present(String username, String since, String userId) {}

    /** Not stored, and nobody misses it if it is lost. @param state {@code start} or {@code stop} */
    @JsonbPropertyOrder({"room", "username", "state"})
    record Typing(String room, String username, String state) implements ServerMessage {}

    /**
     * How far the account has read a room, or the conversation with somebody.
     *
     * @param ref of the request, for whoever asked; null for the other connections
     * @param room null in a conversation of two, which is named by {@code with} and {@code withId} as in {@link PrivateMessage}
     */
    @JsonbPropertyOrder({"ref", "room", "with", "withId", "seq"})
    record ReadMarker(String ref, String room, String with, String withId, long seq) implements ServerMessage {}

    /**
     * Something was done to somebody in the room. Not stored.
     *
     * @param ref of the request, for whoever did it; null for the others
     * @param action {@code kick}, {@code ban}, {@code unban}, {@code mute}, {@code unmute} or {@code role}; @param by who did it
     * @param role what somebody is now, {@code none} if nothing; null for the other actions
     * @param until as {@code at}, or null for ever; @param reason or null
     */
    @JsonbPropertyOrder({"ref", "room", "action", "username", "role", "by", "until", "reason"})
    record Moderated(
            String ref,
            String room,
            String action,
            String username,
            String role,
            String by,
            String until,
            String reason)
            implements ServerMessage {}

    /**
     * A way into the room, for whoever has asked for it and for nobody else.
     *
     * @param invitation the secret, shown this once; @param role what others become by it; @param uses for how many it is
     * @param expiresAt as {@code at}
     */
    @JsonbPropertyOrder({"ref", "room", "id", "invitation", "role", "uses", "expiresAt"})
    record Invitation(String ref, String room, String id, String invitation, String role, int uses, String expiresAt)
            implements ServerMessage {

        /** Without the secret, which must not get into a log. */
        @Override
        public String toString() {
            return "Invitation " + id;
        }
    }

    /** @param topic the room's, empty if it has none; only in the answer to who asks for it, else null */
    @JsonbPropertyOrder({"code", "message", "room", "ref", "topic"})
    record Notice(String code, String message, String room, String ref, String topic) implements ServerMessage {

        public Notice(String code, String message, String room, String ref) {
            this(code, message, room, ref, null);
        }
    }

    /**
     * @param retryable whether the same request may be sent again
     * @param retryAfterMs how long to wait before that, or null
     * @param field the field at fault, or null
     */
    @JsonbPropertyOrder({"code", "message", "room", "ref", "retryable", "retryAfterMs", "field"})
    record Error(
            String code, String message, String room, String ref, boolean retryable, Long retryAfterMs, String field)
            implements ServerMessage {}

    /** The server is about to close the connection. @param reconnectAfterMs when to come back; not the same for everybody */
    @JsonbPropertyOrder({"reason", "reconnectAfterMs"})
    record GoingAway(String reason, long reconnectAfterMs) implements ServerMessage {}

    @JsonbPropertyOrder({"ref", "at"})
    record Pong(String ref, String at) implements ServerMessage {}
}
