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
            @JsonbSubtype(alias = "UserJoined", type = ServerMessage.UserJoined.class),
            @JsonbSubtype(alias = "UserLeft", type = ServerMessage.UserLeft.class),
            @JsonbSubtype(alias = "UserRenamed", type = ServerMessage.UserRenamed.class),
            @JsonbSubtype(alias = "TopicChanged", type = ServerMessage.TopicChanged.class),
            @JsonbSubtype(alias = "Ack", type = ServerMessage.Ack.class),
            @JsonbSubtype(alias = "Batch", type = ServerMessage.Batch.class),
            @JsonbSubtype(alias = "Presence", type = ServerMessage.Presence.class),
            @JsonbSubtype(alias = "Notice", type = ServerMessage.Notice.class),
            @JsonbSubtype(alias = "Error", type = ServerMessage.Error.class),
            @JsonbSubtype(alias = "Pong", type = ServerMessage.Pong.class)
        })
public sealed interface ServerMessage {

    /** @param head the newest stored seq, 0 in a room that has none; @param oldest the oldest that can still be read */
    @JsonbPropertyOrder({
        "protocol",
        "server",
        "connection",
        "room",
        "epoch",
        "head",
        "oldest",
        "username",
        "authenticated",
        "limits",
        "heartbeatMs"
    })
    record Welcome(
            int protocol,
            String server,
            String connection,
            String room,
            String epoch,
            long head,
            long oldest,
            String username,
            boolean authenticated,
            Limits limits,
            long heartbeatMs)
            implements ServerMessage {}

    /** @param frameBytes longest frame a client may send; @param content longest message, in code points */
    @JsonbPropertyOrder({"frameBytes", "content", "username", "history"})
    record Limits(int frameBytes, int content, int username, int history) {}

    /** @param action true for {@code /me}, else null */
    @JsonbPropertyOrder({"username", "content", "action", "room", "seq", "id", "at"})
    record NewMessage(String username, String content, Boolean action, String room, long seq, String id, String at)
            implements ServerMessage {}

    /** @param count how many named members the room has now */
    @JsonbPropertyOrder({"username", "count", "room", "seq", "id", "at"})
    record UserJoined(String username, Integer count, String room, long seq, String id, String at)
            implements ServerMessage {}

    /** @param reason {@code quit} or {@code timeout} */
    @JsonbPropertyOrder({"username", "reason", "count", "room", "seq", "id", "at"})
    record UserLeft(String username, String reason, Integer count, String room, long seq, String id, String at)
            implements ServerMessage {}

    @JsonbPropertyOrder({"from", "username", "count", "room", "seq", "id", "at"})
    record UserRenamed(String from, String username, Integer count, String room, long seq, String id, String at)
            implements ServerMessage {}

    /** @param topic what the room is about from now on */
    @JsonbPropertyOrder({"username", "topic", "room", "seq", "id", "at"})
    record TopicChanged(String username, String topic, String room, long seq, String id, String at)
            implements ServerMessage {}

    /**
     * Sent only after the commit.
     *
     * @param duplicate whether the same nonce had been acknowledged, or at least stored, before; all else is as it was then
     */
    @JsonbPropertyOrder({"ref", "nonce", "room", "seq", "id", "at", "duplicate"})
    record Ack(String ref, String nonce, String room, long seq, String id, String at, boolean duplicate)
            implements ServerMessage {}

    /** @param kind {@code history}; @param hasMore whether another page of the same answer follows */
    @JsonbPropertyOrder({"kind", "room", "ref", "hasMore", "events"})
    record Batch(String kind, String room, String ref, boolean hasMore, List<ServerMessage> events)
            implements ServerMessage {}

    @JsonbPropertyOrder({"ref", "room", "count", "users"})
    record Presence(String ref, String room, int count, List<Present> users) implements ServerMessage {}

    /** @param since when the member took this seat, as {@code at} */
    @JsonbPropertyOrder({"username", "since"})
    record Present(String username, String since) {}

    @JsonbPropertyOrder({"code", "message", "ref"})
    record Notice(String code, String message, String ref) implements ServerMessage {}

    /** @param field the field at fault, or null */
    @JsonbPropertyOrder({"code", "message", "ref", "retryable", "field"})
    record Error(String code, String message, String ref, boolean retryable, String field) implements ServerMessage {}

    @JsonbPropertyOrder({"ref", "at"})
    record Pong(String ref, String at) implements ServerMessage {}
}
