package org.parlour.room;

import java.util.List;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.Outgoing;

/** Ends a connection at its member's wish, once everything that was due to it has been sent. */
final class LastWord implements Feed {

    private final Member member;

    LastWord(Member member) {
        this.member = member;
    }

    @Override
    public List<Outgoing> next() {
        member.close(CloseCode.NORMAL);
        return List.of();
    }

    @Override
    public List<Outgoing> failed(RuntimeException failure) {
        return List.of();
    }
}
