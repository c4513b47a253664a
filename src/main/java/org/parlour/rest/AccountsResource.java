package org.parlour.rest;

import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.parlour.auth.Account;
import org.parlour.auth.Administration;
import org.parlour.auth.Logins;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.Username;

/** Accounts: anybody may make one with a password here, and administrators look after all of them. */
@Path("/accounts")
@Produces({MediaType.APPLICATION_JSON, "application/problem+json"})
public class AccountsResource {

    @Inject
    private Logins logins;

    @Inject
    private Administration administration;

    @Inject
    private DoorLimits limits;

    @Inject
    private Asker asker;

    /** @param password 8 to 128 characters */
    @Body
    public record NewAccount(String username, String password) {

        /** Without the password. */
        @Override
        public String toString() {
            return "NewAccount " + username;
        }
    }

    /** Who has been let in. @param userId stands in events */
    @Body
    @JsonbPropertyOrder({"userId", "username"})
    public record Made(String userId, String username) {}

    /** @param source of the account: local, container, or an issuer; @param administrator as far as that is told here */
    @Body
    @JsonbPropertyOrder({"userId", "username", "source", "administrator", "disabled", "createdAt"})
    public record Listed(
            String userId, String username, String source, boolean administrator, boolean disabled, String createdAt) {

        static Listed of(Account account, Instant createdAt) {
            return new Listed(
                    account.id(),
                    account.name().value(),
                    account.source(),
                    account.administrator(),
                    account.disabled(),
                    createdAt == null ? null : createdAt.toString());
        }
    }

    /** @param after what to ask for to get the next page; null if this one is not full */
    @Body
    @JsonbPropertyOrder({"accounts", "after"})
    public record Page(List<Listed> accounts, String after) {}

    @Body
    public record Change(Boolean disabled) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response make(NewAccount wanted) {
        limits.registration(asker.address());
        var account = logins.register(wanted.username(), wanted.password(), asker.address());
        return Response.status(Status.CREATED)
                .entity(new Made(account.id(), account.name().value()))
                .build();
    }

    /** By name. @param name its beginning, or null; @param after only names behind this one */
    @GET
    public Page page(
            @QueryParam("name") String name, @QueryParam("after") String after, @QueryParam("limit") String limit) {
        asker.administrator();
        var most = Query.limit(limit);
        var accounts = administration
                .accounts(
                        Objects.requireNonNullElse(Query.text(name, "name"), ""),
                        Objects.requireNonNullElse(Query.text(after, "after"), ""),
                        most)
                .stream()
                .map(one -> Listed.of(one.account(), one.createdAt()))
                .toList();
        return new Page(
                accounts, accounts.size() == most ? accounts.get(most - 1).username() : null);
    }

    @PUT
    @Path("/{username}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Listed change(@PathParam("username") String username, Change change) {
        var by = asker.administrator();
        if (change.disabled() == null) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "\"disabled\" is missing.", "disabled");
        }
        var account = administration.setDisabled(new Username(username), change.disabled(), by, asker.address());
        return Listed.of(account, null);
    }

    @DELETE
    @Path("/{username}/sessions")
    public void endLogins(@PathParam("username") String username) {
        var by = asker.administrator();
        administration.endLogins(new Username(username), by, asker.address());
    }
}
