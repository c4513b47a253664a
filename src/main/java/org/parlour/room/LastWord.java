package org.parlour.room;

import java.util.List;
import org.parlour.protocol.Outgoing;

/** Ends a member's stay at its own wish, once everything that was due to it has been sent. */
final class LastWord implements Feed {

    private final Member member;
    private final String ref;

    LastWord(Member member, String ref) {
        this.member = member;
        this.ref = ref;
    }

    @Override
    public List<Outgoing> next() {
        member.depart(ref);
        return List.of();
    }

    @Override
    public List<Outgoing> failed() {
        return List.of();
    }
}
