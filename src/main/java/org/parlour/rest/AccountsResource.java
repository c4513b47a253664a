package org.parlour.rest;

import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.parlour.auth.Logins;

/** Accounts with a password here. */
@Path("/accounts")
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, "application/problem+json"})
public class AccountsResource {

    @Inject
    private Logins logins;

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

    @POST
    public Response make(NewAccount wanted) {
        limits.registration(asker.address());
        var account = logins.register(wanted.username(), wanted.password(), asker.address());
        return Response.status(Status.CREATED)
                .entity(new Made(account.id(), account.name().value()))
                .build();
    }
}
