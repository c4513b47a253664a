package org.parlour.history;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.parlour.protocol.RoomName;

/** An event's row. The key is given by the application: an identity column could not be written in batches. */
@Entity
@Table(name = "message")
@IdClass(MessageRecord.Key.class)
class MessageRecord {

    record Key(long roomId, long seq) implements Serializable {}

    @Id
    @Column(name = "room_id")
    private long roomId;

    @Id
    private long seq;

    @Enumerated(EnumType.STRING)
    private EventKind kind;

    private String sender;

    @Column(name = "sender_id")
    private String senderId;

    private String content;
    private String nonce;

    @Column(name = "reply_to")
    private Long replyTo;

    @Column(name = "target_seq")
    private Long target;

    /** Which event has emptied it, or null. */
    @Column(name = "deleted_seq")
    private Long deletedBy;

    private OffsetDateTime at;

    protected MessageRecord() {}

    MessageRecord(StoredEvent event) {
        roomId = event.roomId();
        seq = event.seq();
        kind = event.kind();
        sender = event.sender();
        senderId = event.senderId();
        content = event.content();
        nonce = event.nonce();
        replyTo = event.replyTo();
        target = event.target();
        at = event.at().atOffset(ZoneOffset.UTC);
    }

    /** @param rooms the names of all rooms that are concerned, by their ids */
    StoredEvent toEvent(Map<Long, RoomName> rooms) {
        return toEvent(rooms.get(roomId));
    }

    StoredEvent toEvent(RoomName room) {
        return new StoredEvent(
                room, roomId, seq, kind, sender, senderId, content, nonce, replyTo, target, at.toInstant());
    }

    boolean isSpoken() {
        return kind.isSpoken();
    }

    Long deletedBy() {
        return deletedBy;
    }

    /** Leaves the place and takes what was said. @param deletion the seq of the event that does so */
    void empty(long deletion) {
        content = null;
        deletedBy = deletion;
    }
}
