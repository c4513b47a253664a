package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@ArquillianTest
@Tag("core")
class ChatIT {

    @ArquillianResource
    private URL url;

    private URI base;
    private String room;

    @Deployment(testable = false)
    static WebArchive war() {
        return Deployments.war();
    }

    @BeforeEach
    void freshRoom() throws URISyntaxException {
        base = url.toURI();
        room = "room-" + UUID.randomUUID();
    }

    @Test
    void aMessageReachesTheOthersAndNotItsSender() {
        var alice = ChatClient.connect(base, room).as("alice");
        var bob = ChatClient.connect(base, room).as("bob");

        alice.send("hello");

        assertThat(bob.nextContent()).isEqualTo("hello");
        assertThat(alice.drain()).noneMatch(frame -> frame.contains("hello"));
    }
}
