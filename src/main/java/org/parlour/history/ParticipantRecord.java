package org.parlour.history;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** One of the two whose conversation it is. */
@Entity
@Table(name = "participant")
@IdClass(ParticipantRecord.Key.class)
class ParticipantRecord {

    record Key(long roomId, String personId) implements Serializable {}

    @Id
    @Column(name = "room_id")
    private long roomId;

    @Id
    @Column(name = "person_id")
    private String personId;

    /** What it was last called. */
    private String name;

    protected ParticipantRecord() {}

    ParticipantRecord(Key key, String name) {
        this.roomId = key.roomId();
        this.personId = key.personId();
        this.name = name;
    }

    Key key() {
        return new Key(roomId, personId);
    }

    void setName(String name) {
        this.name = name;
    }
}
