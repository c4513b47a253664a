package org.parlour.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.parlour.auth.OwnLogins;
import org.parlour.protocol.Problem;

/** The password by which somebody logs in here. */
@Path("/me/password")
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public class PasswordResource {

    @Inject
    private OwnLogins logins;

    @Inject
    private DoorLimits limits;

    @Inject
    private Asker asker;

    /** @param oldPassword by which it logs in up to now; @param password 8 to 128 characters */
    @Body
    public record Change(String oldPassword, String password) {

        /** Without either. */
        @Override
        public String toString() {
            return "Change";
        }
    }

    @PUT
    public void change(Change change) {
        var identity = asker.account();
        limits.login(asker.address());
        logins.changePassword(identity, change.oldPassword(), change.password(), asker.address());
    }
}
