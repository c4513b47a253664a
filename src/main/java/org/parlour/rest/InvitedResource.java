package org.parlour.rest;

import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.parlour.auth.Invitations;
import org.parlour.auth.Visitor;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Problem;
import org.parlour.protocol.Refusal;

/** Where somebody shows an invitation. In a body, for URLs get into logs; and it says which room it is for, not who shows it. */
@Path("/invitations")
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public class InvitedResource {

    @Inject
    private Invitations invitations;

    @Inject
    private DoorLimits limits;

    @Inject
    private Asker asker;

    @Body
    public record Shown(String invitation) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "Shown";
        }
    }

    /** @param role what whoever has shown it is there now */
    @Body
    @JsonbPropertyOrder({"room", "role"})
    public record Redeemed(String room, String role) {}

    @POST
    public Redeemed redeem(Shown shown) {
        var identity = asker.account();
        if (shown.invitation() == null) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "\"invitation\" is missing.", "invitation");
        }
        limits.login(asker.address());
        var redeemed = invitations.redeem(shown.invitation(), new Visitor(identity, asker.address()));
        return new Redeemed(redeemed.room().value(), Words.of(redeemed.role()));
    }
}
