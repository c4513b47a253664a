package org.parlour.rest;

import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import org.parlour.auth.RoomDirectory;
import org.parlour.protocol.Problem;
import org.parlour.protocol.RoomName;
import org.parlour.room.RoomManager;

/** The rooms that one may find without knowing their names. */
@Path("/rooms")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public class RoomDirectoryResource {

    @Inject
    private RoomDirectory directory;

    @Inject
    private RoomManager manager;

    @Inject
    private Asker asker;

    /** @param password whether it takes one; @param count how many connections are in it now */
    @JsonbPropertyOrder({"room", "kind", "password", "count"})
    public record Listed(String room, String kind, boolean password, int count) {}

    /** @param after what to ask for to get the next page; null if this one is not full */
    @Body
    @JsonbPropertyOrder({"rooms", "after"})
    public record Page(List<Listed> rooms, String after) {}

    /** By name, for whoever is somebody here. @param name its beginning, or null; @param after only names behind this one */
    @GET
    public Page page(
            @QueryParam("name") String name, @QueryParam("after") String after, @QueryParam("limit") String limit) {
        asker.known();
        var most = Query.limit(limit);
        var beginning = Objects.requireNonNullElse(Query.text(name, "name"), "");
        var rooms = directory.page(beginning, Objects.requireNonNullElse(Query.text(after, "after"), ""), most).stream()
                .map(room -> new Listed(
                        room.name(),
                        Words.of(room.kind()),
                        room.password(),
                        manager.members(new RoomName(room.name()))))
                .toList();
        return new Page(rooms, rooms.size() == most ? rooms.get(most - 1).room() : null);
    }
}
