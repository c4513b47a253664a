package org.parlour.rest;

import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.parlour.auth.Administration;
import org.parlour.auth.AuditEntry;
import org.parlour.auth.AuditRows;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Problem;
import org.parlour.protocol.Refusal;

/** Who did what, for administrators. */
@Path("/audit")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public class AuditResource {

    @Inject
    private Administration administration;

    @Inject
    private Asker asker;

    /** See {@link AuditEntry}; texts are escaped as they are kept. */
    @JsonbPropertyOrder({"id", "at", "action", "actorId", "actor", "target", "room", "detail", "address"})
    public record Entry(
            long id,
            String at,
            String action,
            String actorId,
            String actor,
            String target,
            String room,
            String detail,
            String address) {}

    /** @param before what to ask for to get the next page; null if this one is not full */
    @Body
    @JsonbPropertyOrder({"entries", "before"})
    public record Entries(List<Entry> entries, Long before) {}

    @GET
    public Entries entries(
            @QueryParam("before") String before,
            @QueryParam("limit") String limit,
            @QueryParam("action") String action,
            @QueryParam("room") String room,
            @QueryParam("actor") String actor) {
        asker.administrator();
        var wanted = new AuditRows.Wanted(
                Query.number(before, "before"),
                Query.limit(limit),
                action(action),
                Query.text(room, "room"),
                Query.text(actor, "actor"));
        var entries =
                administration.audit(wanted).stream().map(AuditResource::entry).toList();
        var isFull = entries.size() == wanted.limit();
        return new Entries(entries, isFull ? entries.get(entries.size() - 1).id() : null);
    }

    private static AuditEntry.Action action(String word) {
        if (word == null) {
            return null;
        }
        return Arrays.stream(AuditEntry.Action.values())
                .filter(one -> one.name().equals(word))
                .findFirst()
                .orElseThrow(() -> new Refusal(ErrorCode.BAD_MESSAGE, "There is no such action.", "action"));
    }

    private static Entry entry(AuditRows.Line line) {
        return new Entry(
                line.id(),
                line.at().toString(),
                line.action(),
                line.actorId(),
                line.actorName(),
                line.target(),
                line.room(),
                line.detail(),
                line.address());
    }
}
