package org.parlour.it;

import jakarta.json.JsonObject;
import java.net.URI;
import java.util.Map;

/** Connects with an account. */
final class LoggedInClient {

    private LoggedInClient() {}

    /** @param session from {@link Rest#login} */
    static ChatClient connect(URI base, String room, JsonObject session, String... subprotocols) {
        return connect(base, room, session.getString("accessToken"), subprotocols);
    }

    static ChatClient connect(URI base, String room, String token, String... subprotocols) {
        return ChatClient.connectWith(bearer(token), base, room, subprotocols);
    }

    static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }
}
