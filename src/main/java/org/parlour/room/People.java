package org.parlour.room;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.parlour.auth.Identity;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.ServerMessage;
import org.parlour.protocol.Username;

/**
 * Who is in a room, and by which name. Somebody may be here on several connections, each a {@link Seat}, and for a short while on
 * none. Any thread may enter; guarded by the room's lock, for memory work only.
 */
final class People {

    private final Object lock;
    private final Map<Member, Seat> seats = new LinkedHashMap<>();
    private final Map<String, Person> persons = new LinkedHashMap<>();
    private final TakenNames names = new TakenNames();
    private int named;

    People(Object lock) {
        this.lock = lock;
    }

    /**
     * Seats a member, unless there would be too many people: whoever is there on another connection, or away for a moment, is counted
     * already.
     *
     * @param most how many people there may be; 0 for any number
     * @return nothing if there are too many
     */
    Optional<Seat> seat(Member member, int most, Instant now) {
        synchronized (lock) {
            return most > 0 && persons.size() >= most && !persons.containsKey(member.id())
                    ? Optional.empty()
                    : Optional.of(seat(member, now));
        }
    }

    Seat seat(Member member, Instant now) {
        synchronized (lock) {
            var person = persons.computeIfAbsent(member.id(), id -> new Person(id, now));
            person.seats++;
            var seat = new Seat(member, person, lock);
            seats.put(member, seat);
            return seat;
        }
    }

    /** The member's seat; nothing if it has left. */
    Optional<Seat> seatOf(Member member) {
        synchronized (lock) {
            return Optional.ofNullable(seats.get(member));
        }
    }

    /**
     * What follows from a member's leaving; both are null if the others need not know.
     *
     * @param gone the name of somebody who has left for good
     * @param absence of somebody who may come back
     */
    record Departure(Username gone, Absence absence) {

        static final Departure UNNOTICED = new Departure(null, null);
    }

    /** Somebody is on no connection. @param number tells this absence from others */
    record Absence(String person, int number) {}

    /** @param mayReturn whether a named member keeps its place until {@link #endOf} */
    Departure unseat(Member member, boolean mayReturn) {
        synchronized (lock) {
            var seat = seats.remove(member);
            if (seat == null || --seat.person.seats > 0) {
                return Departure.UNNOTICED;
            }
            if (mayReturn && seat.person.name != null) {
                return new Departure(null, new Absence(seat.person.id, ++seat.person.absences));
            }
            return new Departure(remove(seat.person), null);
        }
    }

    /** @return the name of somebody who was away and has not come back; its place is free then */
    Optional<Username> endOf(Absence absence) {
        synchronized (lock) {
            var person = persons.get(absence.person());
            if (person == null || person.seats > 0 || person.absences != absence.number()) {
                return Optional.empty();
            }
            return Optional.ofNullable(remove(person));
        }
    }

    private Username remove(Person person) {
        persons.remove(person.id);
        if (person.name != null) {
            names.release(person.name, null);
            named--;
        }
        return person.name;
    }

    /** All who have a name, with the ids by which the log knows them. */
    Map<String, Username> everybody() {
        synchronized (lock) {
            var everybody = new LinkedHashMap<String, Username>();
            persons.values().stream()
                    .filter(person -> person.name != null)
                    .forEach(person -> everybody.put(person.id, person.name));
            return everybody;
        }
    }

    boolean isEmpty() {
        synchronized (lock) {
            return persons.isEmpty();
        }
    }

    /** How many connections there are. */
    int size() {
        synchronized (lock) {
            return seats.size();
        }
    }

    /** Who goes by this very name, with its connections; nobody if there is no such person, or it is away for a moment. */
    List<Member> called(Username name) {
        synchronized (lock) {
            return seats.values().stream()
                    .filter(seat -> name.equals(seat.person.name))
                    .map(seat -> seat.member)
                    .toList();
        }
    }

    /** Who goes by this very name, also if it is away for a moment. */
    Optional<String> idOf(Username name) {
        synchronized (lock) {
            return persons.values().stream()
                    .filter(person -> name.equals(person.name))
                    .map(person -> person.id)
                    .findFirst();
        }
    }

    /** By which name somebody goes here, if it is here and has one. */
    Optional<Username> nameOf(String id) {
        synchronized (lock) {
            return Optional.ofNullable(persons.get(id)).map(person -> person.name);
        }
    }

    /** Everybody who is here now, once for each connection. */
    List<Member> members() {
        synchronized (lock) {
            return List.copyOf(seats.keySet());
        }
    }

    /** Only under the room's lock. */
    Collection<Seat> seats() {
        return seats.values();
    }

    /** How many have a name. */
    int named() {
        synchronized (lock) {
            return named;
        }
    }

    /** Who has a name. @param most how many are listed: of more, only their number is told */
    ServerMessage.Presence presence(String ref, RoomName room, int most) {
        synchronized (lock) {
            return new ServerMessage.Presence(ref, room.value(), named, named > most ? null : present());
        }
    }

    private List<ServerMessage.Present> present() {
        return persons.values().stream()
                .filter(person -> person.name != null)
                .map(person -> new ServerMessage.Present(person.name.value(), Events.time(person.since), person.id))
                .toList();
    }

    Optional<Username> nameOf(Seat seat) {
        synchronized (lock) {
            return Optional.ofNullable(seat.person.name);
        }
    }

    /**
     * Has something done when another connection of the same person, which is just setting this name, has it or has failed.
     *
     * @return false if none is: nothing will be done
     */
    boolean afterClaim(Seat seat, Username name, Runnable task) {
        synchronized (lock) {
            var person = seat.person;
            if (!name.equals(person.wanted)) {
                return false;
            }
            person.waiting =
                    Stream.concat(person.waiting.stream(), Stream.of(task)).toList();
            return true;
        }
    }

    /** A guest that has lost its name. @param members its connections */
    record Evicted(String person, Username name, List<Member> members) {}

    /** Takes their names from guests who look like the holder of an account, whose name this is. */
    List<Evicted> evict(Seat owner, Username name) {
        synchronized (lock) {
            var evicted = new ArrayList<Evicted>();
            for (var person : names.holders(name)) {
                if (person != owner.person
                        && !Identity.isAccount(person.id)
                        && person.name != null
                        && person.wanted == null) {
                    evicted.add(new Evicted(person.id, person.name, membersOf(person)));
                    names.release(person.name, null);
                    person.name = null;
                    named--;
                }
            }
            return evicted;
        }
    }

    private List<Member> membersOf(Person person) {
        return seats.values().stream()
                .filter(seat -> seat.person == person)
                .map(seat -> seat.member)
                .toList();
    }

    /**
     * Reserves a name until {@link #settle}.
     *
     * @return the name that the member has so far
     * @throws Refusal USERNAME_TAKEN, or OVERLOADED while another connection of the same person sets a name
     */
    Optional<Username> claim(Seat seat, Username wanted) {
        synchronized (lock) {
            if (seat.person.wanted != null) {
                throw new Refusal(ErrorCode.OVERLOADED, "A name is just being set. Please try again.");
            }
            names.take(wanted, seat.person);
            seat.person.wanted = wanted;
            return Optional.ofNullable(seat.person.name);
        }
    }

    /** Ends a claim: the member has the name now, or still the one it had. @return what others have waited for this to do */
    List<Runnable> settle(Seat seat, boolean stored) {
        synchronized (lock) {
            var person = seat.person;
            var released = stored ? person.name : person.wanted;
            if (stored) {
                named += person.name == null ? 1 : 0;
                person.name = person.wanted;
            }
            person.wanted = null;
            if (released != null) {
                names.release(released, person.name);
            }
            var waiting = person.waiting;
            person.waiting = List.of();
            return waiting;
        }
    }

    /**
     * Takes note of whether a member is typing.
     *
     * @param rest how long it is not worth telling again
     * @return whether that is news to the others
     */
    boolean typing(Seat seat, boolean typing, Duration rest) {
        synchronized (lock) {
            var now = System.nanoTime();
            var news = typing ? !seat.typing || now - seat.typedAt > rest.toNanos() : seat.typing;
            seat.typing = typing;
            seat.typedAt = news ? now : seat.typedAt;
            return news;
        }
    }

    void writes(Seat seat, int more) {
        synchronized (lock) {
            seat.writing += more;
        }
    }

    /** Whether something of this member is on its way to the log. */
    boolean isWriting(Seat seat) {
        synchronized (lock) {
            return seat.writing > 0;
        }
    }
}
