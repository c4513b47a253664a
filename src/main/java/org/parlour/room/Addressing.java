package org.parlour.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Consumer;
import org.parlour.auth.Account;
import org.parlour.auth.Accounts;
import org.parlour.auth.Identity;
import org.parlour.history.Addressee;
import org.parlour.history.Conversations;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.Username;

/**
 * Finds out whom somebody means who writes to one person alone: first who is called so in the room, then with whom it has written
 * already, then, if it has an account itself, the account of that name. A guest never learns by it whether there is an account. Who is
 * in the room is found at once; else the database is asked, aside, and the member's further requests wait.
 */
@ApplicationScoped
public class Addressing {

    private static final int MAX_ID_LENGTH = 64;

    @Inject
    private Conversations conversations;

    @Inject
    private Accounts accounts;

    @Inject
    private Aside aside;

    /**
     * Somebody who is meant.
     *
     * @param field that it is named in; @param userId who it is, whatever its name, or null if the name decides
     * @param toRead whether only what was said is wanted: of somebody with a disabled account, too
     */
    record Sought(String field, Username name, String userId, boolean toRead) {

        /** @throws Refusal BAD_MESSAGE, USER_NOT_FOUND */
        static Sought of(String field, String name, String userId, boolean toRead) {
            if (userId != null) {
                if (userId.length() > MAX_ID_LENGTH) {
                    throw nobody("userId");
                }
                return new Sought("userId", null, userId, toRead);
            }
            if (name == null) {
                throw new Refusal(ErrorCode.BAD_MESSAGE, "\"" + field + "\" is missing.", field);
            }
            try {
                return new Sought(field, new Username(name), null, toRead);
            } catch (Refusal noName) {
                throw nobody(field);
            }
        }

        private static Refusal nobody(String field) {
            return new Refusal(ErrorCode.USER_NOT_FOUND, "There is nobody of this name.", field);
        }

        Refusal notFound() {
            return nobody(field);
        }
    }

    /**
     * Finds somebody, for a member who wants something of it. {@code then} is called once, now or later; what it refuses is told, and so
     * is that there is nobody.
     *
     * @param ref of the request
     * @throws Refusal as {@code then}, BAD_MESSAGE for oneself, OVERLOADED if the server is stopping
     */
    void find(Caller caller, Sought sought, String ref, Consumer<Addressee> then) {
        var here = inRoom(caller.room, sought);
        if (here.isPresent()) {
            then.accept(other(caller.member.id(), here.get(), sought));
            return;
        }
        var me = caller.member.identity();
        aside.ask(
                caller, ref, () -> lookUp(me, sought), found -> then.accept(other(caller.member.id(), found, sought)));
    }

    private static Optional<Addressee> inRoom(Room room, Sought sought) {
        var people = room.people();
        return sought.userId() == null
                ? people.idOf(sought.name())
                        .map(id -> new Addressee(id, sought.name().value()))
                : people.nameOf(sought.userId()).map(name -> new Addressee(sought.userId(), name.value()));
    }

    private static Addressee other(String me, Addressee found, Sought sought) {
        if (found.id().equals(me)) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "That is you.", sought.field());
        }
        return found;
    }

    private Addressee lookUp(Identity me, Sought sought) {
        var partner = sought.userId() == null
                ? conversations.partnerCalled(me.id(), sought.name().value())
                : conversations.partner(me.id(), sought.userId());
        if (partner.isPresent()) {
            if (!sought.toRead() && isDisabled(partner.get().id())) {
                throw sought.notFound();
            }
            return partner.get();
        }
        // Before anything is looked up that would tell a guest, by its words or by its time, whether there is such an
        // account.
        if (me.isGuest()) {
            throw sought.notFound();
        }
        var account = sought.userId() == null
                ? accounts.byName(sought.name()).filter(found -> found.name().equals(sought.name()))
                : accounts.byId(sought.userId());
        return account.filter(found -> !found.disabled())
                .map(found -> new Addressee(found.id(), found.name().value()))
                .orElseThrow(sought::notFound);
    }

    /**
     * Somebody with whom that person has written before, or an account, for an account. Blocks on the database.
     *
     * @throws Refusal BAD_MESSAGE for oneself, USER_NOT_FOUND
     */
    Addressee find(Identity me, String name) {
        var sought = Sought.of("username", name, null, true);
        return other(me.id(), lookUp(me, sought), sought);
    }

    private boolean isDisabled(String id) {
        return Identity.isAccount(id)
                && accounts.byId(id).map(Account::disabled).orElse(true);
    }
}
