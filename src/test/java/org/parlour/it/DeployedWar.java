package org.parlour.it;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;

/** For tests that meet the deployed WAR from outside; each in a room of its own. */
@ArquillianTest
abstract class DeployedWar {

    @ArquillianResource
    private URL url;

    /** The application's address, with a slash at the end. */
    URI base;

    String room;

    @Deployment(testable = false)
    static WebArchive war() {
        return Deployments.war();
    }

    @BeforeEach
    void freshRoom() throws URISyntaxException {
        base = url.toURI();
        room = "room-" + UUID.randomUUID();
    }

    ChatClient plain() {
        return ChatClient.connect(base, room);
    }

    ChatClient text() {
        return ChatClient.connect(base, room, "chat.text");
    }

    ChatClient full() {
        return ChatClient.connect(base, room, "chat.v1.json");
    }
}
