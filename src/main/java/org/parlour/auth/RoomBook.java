package org.parlour.auth;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What decides who may do what in one room, as it stood at one moment. Does not change; it is replaced.
 *
 * @param roles of accounts, by their ids
 * @param restrictions by their subjects
 * @param version that of a later reading is higher, should anything have changed between them
 */
public record RoomBook(
        RoomRules rules, Map<String, Role> roles, Map<String, List<Restriction>> restrictions, long version) {

    public RoomBook {
        roles = Map.copyOf(roles);
        restrictions = Map.copyOf(restrictions);
    }

    static RoomBook of(RoomRules rules, Map<String, Role> roles, Collection<Restriction> restrictions, long version) {
        return new RoomBook(
                rules, roles, restrictions.stream().collect(Collectors.groupingBy(Restriction::subject)), version);
    }

    /** That of a room which nobody has set. */
    public static RoomBook open(long version) {
        return new RoomBook(RoomRules.OPEN, Map.of(), Map.of(), version);
    }

    /** That of a conversation, which is theirs whoever they are. @param one the id of a guest or an account; @param other likewise */
    public static RoomBook direct(String one, String other) {
        return new RoomBook(
                new RoomRules(RoomKind.DIRECT, null, false),
                Map.of(one, Role.MEMBER, other, Role.MEMBER),
                Map.of(),
                Long.MAX_VALUE);
    }

    /** What was given to somebody; nothing for whom the kind of the room decides. Guests are given nothing but their conversations. */
    Optional<Role> given(Identity identity) {
        return identity.isGuest() && rules.kind() != RoomKind.DIRECT
                ? Optional.empty()
                : Optional.ofNullable(roles.get(identity.id()));
    }

    Optional<Restriction> restriction(Restriction.Kind kind, Visitor who, Instant now) {
        return Stream.of(who.identity().id(), String.valueOf(who.address()))
                .flatMap(subject -> restrictions.getOrDefault(subject, List.of()).stream())
                .filter(one -> one.kind() == kind && one.holds(now))
                .findFirst();
    }
}
