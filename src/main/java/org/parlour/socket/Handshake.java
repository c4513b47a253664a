package org.parlour.socket;

import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import org.parlour.protocol.Face;

/** What is settled before the first frame: how the client wants to be spoken to. */
public class Handshake extends ServerEndpointConfig.Configurator {

    /** The first of the client's subprotocols that Parlour speaks; none if it asks for none, or for strange ones only. */
    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return requested.stream().filter(supported::contains).findFirst().orElse("");
    }

    static Face faceOf(Session session) {
        var format = session.getRequestParameterMap().getOrDefault("format", List.of());
        var negotiated = session.getNegotiatedSubprotocol();
        return (negotiated == null || negotiated.isEmpty()) && format.contains("text")
                ? Face.TEXT
                : Face.of(negotiated);
    }
}
