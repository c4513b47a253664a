package org.parlour.socket;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.parlour.auth.LoginEnded;
import org.parlour.protocol.CloseCode;

/** Who is connected, to be thrown out when the proof of it is good no longer. Any thread may enter. */
@ApplicationScoped
public class Callers {

    private final Set<Conversation> conversations = ConcurrentHashMap.newKeySet();

    void add(Conversation conversation) {
        conversations.add(conversation);
    }

    void remove(Conversation conversation) {
        conversations.remove(conversation);
    }

    void end(@Observes LoginEnded ended) {
        var code = ended.mayReturn() ? CloseCode.NOT_AUTHENTICATED : CloseCode.FORBIDDEN;
        conversations.stream()
                .filter(conversation -> ended.concerns(conversation.identity()))
                .forEach(conversation -> conversation.dismiss(code));
    }

    /** Ends the connections whose tokens have expired. To be called now and then. */
    void lookForExpired() {
        var now = Instant.now();
        conversations.forEach(conversation -> conversation.dismissIfExpired(now));
    }
}
