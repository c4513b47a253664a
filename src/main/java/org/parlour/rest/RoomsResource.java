package org.parlour.rest;

import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.parlour.auth.Identity;
import org.parlour.auth.Role;
import org.parlour.auth.RoomKind;
import org.parlour.auth.RoomPolicies;
import org.parlour.auth.RoomRules;
import org.parlour.auth.RoomSettings;
import org.parlour.auth.Rooms;
import org.parlour.auth.Visitor;
import org.parlour.protocol.Problem;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.Username;

/** How rooms are set, and who belongs to them. */
@Path("/rooms/{room}")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public class RoomsResource {

    @Inject
    private Rooms rooms;

    @Inject
    private RoomPolicies policies;

    @Inject
    private DoorLimits limits;

    @Inject
    private Asker asker;

    /**
     * How a room is to be.
     *
     * @param kind open, protected or private; null to leave it
     * @param password null to leave it, empty for none; @param archived null to leave it
     * @param slowMode seconds, 0 for none, null to leave it; @param maxMembers 0 for no bound, null to leave it
     * @param retentionDays 0 for as long as the server keeps it, null to leave it; @param retentionEvents likewise
     */
    @Body
    public record Wanted(
            String kind,
            String password,
            Boolean archived,
            Integer slowMode,
            Integer maxMembers,
            Integer retentionDays,
            Integer retentionEvents) {

        /** Without the password. */
        @Override
        public String toString() {
            return "Wanted " + kind;
        }
    }

    /** How a room is. @param password whether it takes one; @param slowMode seconds, 0 for none; @param maxMembers 0 for no bound */
    @Body
    @JsonbPropertyOrder({
        "room",
        "kind",
        "password",
        "archived",
        "slowMode",
        "maxMembers",
        "retentionDays",
        "retentionEvents"
    })
    public record Settings(
            String room,
            String kind,
            boolean password,
            boolean archived,
            int slowMode,
            int maxMembers,
            int retentionDays,
            int retentionEvents) {

        static Settings of(RoomName room, RoomRules rules) {
            return new Settings(
                    room.value(),
                    Words.of(rules.kind()),
                    rules.passwordHash() != null,
                    rules.archived(),
                    rules.limits().slowMode(),
                    rules.limits().maxMembers(),
                    rules.limits().retentionDays(),
                    rules.limits().retentionEvents());
        }
    }

    /** @param role owner, moderator, member or reader */
    @Body
    public record NewRole(String role) {}

    @JsonbPropertyOrder({"userId", "username", "role"})
    public record Member(String userId, String username, String role) {}

    @Body
    @JsonbPropertyOrder({"room", "members"})
    public record Members(String room, List<Member> members) {}

    @GET
    @Tagged
    public Settings settings(@PathParam("room") String room) {
        var name = new RoomName(room);
        return Settings.of(
                name, rooms.toRead(name, visitor(name, asker.known())).rules());
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Settings set(@PathParam("room") String room, Wanted wanted) {
        var identity = asker.account();
        var name = new RoomName(room);
        var by = visitor(name, identity);
        if (wanted.password() != null && !wanted.password().isEmpty()) {
            limits.login(asker.address());
        }
        var kind = wanted.kind() == null ? null : Words.oneOf(RoomKind.values(), wanted.kind(), "kind");
        var settings = new RoomSettings(
                kind,
                wanted.password(),
                wanted.archived(),
                wanted.slowMode(),
                wanted.maxMembers(),
                wanted.retentionDays(),
                wanted.retentionEvents());
        return Settings.of(name, rooms.set(name, settings, by));
    }

    @GET
    @Tagged
    @Path("/members")
    public Members members(@PathParam("room") String room) {
        var name = new RoomName(room);
        var members = rooms.members(name, visitor(name, asker.known())).stream()
                .map(one -> new Member(one.userId(), one.username(), Words.of(one.role())))
                .toList();
        return new Members(name.value(), members);
    }

    @PUT
    @Path("/members/{username}")
    @Consumes(MediaType.APPLICATION_JSON)
    public void grant(@PathParam("room") String room, @PathParam("username") String username, NewRole role) {
        var identity = asker.account();
        var name = new RoomName(room);
        var by = visitor(name, identity);
        rooms.grant(name, new Username(username), Words.oneOf(Role.values(), role.role(), "role"), by);
    }

    @DELETE
    @Path("/members/{username}")
    public void remove(@PathParam("room") String room, @PathParam("username") String username) {
        var identity = asker.account();
        var name = new RoomName(room);
        rooms.grant(name, new Username(username), null, visitor(name, identity));
    }

    private Visitor visitor(RoomName room, Identity identity) {
        return policies.judged(room, new Visitor(identity, asker.address()));
    }
}
