package org.parlour.history;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** How far an account has read a room or a conversation. */
@Entity
@Table(name = "read_marker")
@IdClass(ReadMarkerRecord.Key.class)
class ReadMarkerRecord {

    record Key(String accountId, long roomId) implements Serializable {}

    @Id
    @Column(name = "account_id")
    private String accountId;

    @Id
    @Column(name = "room_id")
    private long roomId;

    private long seq;

    protected ReadMarkerRecord() {}

    ReadMarkerRecord(String accountId, long roomId, long seq) {
        this.accountId = accountId;
        this.roomId = roomId;
        this.seq = seq;
    }

    long seq() {
        return seq;
    }
}
