package org.parlour.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.parlour.auth.RoomPolicies;
import org.parlour.auth.Visitor;
import org.parlour.protocol.RoomName;
import org.parlour.room.Exports;
import org.parlour.room.Exports.Form;

/** A room's whole log as a file. */
@Path("/rooms/{room}/export")
public class ExportResource {

    private static final Map<Form, String> TYPES =
            Map.of(Form.JSONL, "application/jsonl", Form.TEXT, "text/plain;charset=utf-8");

    private static final Map<Form, String> ENDINGS = Map.of(Form.JSONL, ".jsonl", Form.TEXT, ".txt");

    private static final int BUFFER = 32 * 1024;

    @Inject
    private Exports exports;

    @Inject
    private RoomPolicies policies;

    @Inject
    private Asker asker;

    /** @param format jsonl, or text; jsonl if nothing is said */
    @GET
    @Produces(MediaType.WILDCARD)
    public Response export(@PathParam("room") String room, @QueryParam("format") String format) {
        var name = new RoomName(room);
        var form = format == null ? Form.JSONL : Words.oneOf(Form.values(), format, "format");
        var by = policies.judged(name, new Visitor(asker.known(), asker.address()));
        exports.require(name, by);
        StreamingOutput content = out -> write(name, by, form, out);
        return Response.ok(content, TYPES.get(form))
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition(name.value(), ENDINGS.get(form)))
                .header("Connection", "close")
                .build();
    }

    // What is refused before anything left is answered as a problem. Later only a connection that ends too early can
    // tell
    // that it is not the whole; one that is to be kept would be left hanging.
    private void write(RoomName room, Visitor by, Form form, OutputStream out) throws IOException {
        var buffered = new BufferedOutputStream(out, BUFFER);
        exports.write(room, by, form, buffered);
        buffered.flush();
    }

    // RFC 6266: a name for everybody, and the true one. No colon, which no Windows takes, and no dot in front.
    private static String disposition(String room, String ending) {
        var name = room.replace(':', '_').replaceFirst("^\\.", "_");
        return "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._-]", "_") + ending + "\"; filename*=UTF-8''"
                + URLEncoder.encode(name, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A") + ending;
    }
}
