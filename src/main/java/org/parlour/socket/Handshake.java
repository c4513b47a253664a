package org.parlour.socket;

import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Optional;
import org.parlour.auth.Caller;
import org.parlour.auth.Identity;
import org.parlour.limits.ClientAddress;
import org.parlour.protocol.Face;

/** What is settled before the first frame: how the client wants to be spoken to, where it comes from, and who it is. */
public class Handshake extends ServerEndpointConfig.Configurator {

    private static final String ADDRESS = "org.parlour.address";
    private static final String IDENTITY = "org.parlour.identity";

    /** The first of the client's subprotocols that Parlour speaks; none if it asks for none, or for strange ones only. */
    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return requested.stream().filter(supported::contains).findFirst().orElse("");
    }

    // The properties are this handshake's own: the container copies those of the endpoint for each (Jakarta
    // WebSocket 2.1, section 3.1.7), so that handshakes at the same moment do not see each other's.
    @Override
    public void modifyHandshake(ServerEndpointConfig endpoint, HandshakeRequest request, HandshakeResponse response) {
        var address = ClientAddressListener.current();
        endpoint.getUserProperties().put(ADDRESS, address == null ? ClientAddress.UNKNOWN : address);
        // Here and not later: what the container knows of somebody does not reach what is called for its messages.
        Caller.of(request.getUserPrincipal())
                .ifPresent(identity -> endpoint.getUserProperties().put(IDENTITY, identity));
    }

    /** Where the client comes from: an IPv4 address, the /64 of an IPv6 address, or {@code unknown}. */
    static String addressOf(Session session) {
        return (String) session.getUserProperties().getOrDefault(ADDRESS, ClientAddress.UNKNOWN);
    }

    /** Whom the {@link org.parlour.auth.Gate} has let in; nothing for somebody who has shown nothing. */
    static Optional<Identity> identityOf(Session session) {
        return Optional.ofNullable((Identity) session.getUserProperties().get(IDENTITY));
    }

    static Face faceOf(Session session) {
        var format = session.getRequestParameterMap().getOrDefault("format", List.of());
        var negotiated = session.getNegotiatedSubprotocol();
        return (negotiated == null || negotiated.isEmpty()) && format.contains("text")
                ? Face.TEXT
                : Face.of(negotiated);
    }
}
