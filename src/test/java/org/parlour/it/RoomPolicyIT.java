package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The WAR with a bean of a host application in it that decides about some rooms. */
@ArquillianTest
class RoomPolicyIT {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @ArquillianResource
    private URL url;

    private URI base;
    private Rest rest;
    private String order;
    private String ann;
    private JsonObject annsLogin;
    private String bob;
    private JsonObject bobsLogin;

    @Deployment(testable = false)
    static WebArchive war() {
        return Deployments.war().addClasses(OrderPolicy.class, OrderServlet.class);
    }

    @BeforeEach
    void anOrder() throws URISyntaxException {
        base = url.toURI();
        rest = new Rest(base);
        var number = COUNT.incrementAndGet() + (int) (System.nanoTime() & 0xFFFFFF);
        order = "order:" + number;
        var name = Integer.toString(number, 7) + "z";
        ann = "annabel" + name;
        bob = "bobby" + name;
        annsLogin = rest.loggedIn(ann);
        bobsLogin = rest.loggedIn(bob);
    }

    @Test
    void whoMayNotSeeTheOrderIsToldThatThereIsNoSuchRoom() {
        set(ann, "talk");
        LoggedInClient.connect(base, order, annsLogin).as(ann);

        var stranger = LoggedInClient.connect(base, order, bobsLogin);
        var guest = ChatClient.connect(base, order);

        assertThat(stranger.next("Error").getString("code")).isEqualTo("ROOM_NOT_FOUND");
        assertThat(stranger.closeCode()).isEqualTo(4004);
        assertThat(guest.next("Error").getString("code")).isEqualTo("ROOM_NOT_FOUND");
        assertThat(rest.send("GET", "rooms/" + order, null, "Authorization", "Bearer " + token(bobsLogin))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whoMayNotSeeTheOrderReadsWhatIsSaidThereByNoDoor() {
        set(ann, "talk");
        var annsClient =
                LoggedInClient.connect(base, order, annsLogin, "chat.v1.json").as(ann);
        annsClient.send("{\"type\":\"Message\",\"content\":\"shipped to a secret place\",\"ref\":\"m\"}");
        var said = annsClient.next("Ack").getInt("seq");
        var bobsClient =
                LoggedInClient.connect(base, "lobby", bobsLogin, "chat.v1.json").as(bob);

        for (var request : List.of(
                "{'type':'Join','room':'ORDER','ref':'r'}",
                "{'type':'Join','room':'ORDER','since':0,'ref':'r'}",
                "{'type':'History','room':'ORDER','ref':'r'}",
                "{'type':'Message','room':'ORDER','content':'x','ref':'r'}")) {
            bobsClient.send(request.replace('\'', '"').replace("ORDER", order));
            var answer = bobsClient.next(message -> message.getString("ref", "").equals("r"));
            assertThat(answer.getString("code")).as(request).isEqualTo("ROOM_NOT_FOUND");
        }
        for (var path : List.of("", "/messages", "/messages/" + said, "/presence", "/members")) {
            var theirs = rest.send("GET", "rooms/" + order + path, null, Rest.bearer(bobsLogin));
            var none = rest.send("GET", "rooms/" + order + "-0" + path, null, Rest.bearer(bobsLogin));
            assertThat(theirs.code()).as(path).isEqualTo("ROOM_NOT_FOUND");
            assertThat(theirs.text()).isEqualTo(none.text());
        }
        assertThat(rest.send("GET", "rooms/" + order + "/messages", null, Rest.bearer(annsLogin))
                        .text())
                .contains("shipped to a secret place");
    }

    @Test
    void whoMaySeeTheOrderReadsAndWhoMayTalkTalks() {
        set(ann, "talk");
        set(bob, "see");
        var annsClient = LoggedInClient.connect(base, order, annsLogin).as(ann);
        var bobsClient = LoggedInClient.connect(base, order, bobsLogin).as(bob);

        annsClient.send("hello");
        assertThat(bobsClient.nextContent()).isEqualTo("hello");
        bobsClient.send("hello, too");

        assertThat(bobsClient.next("Error").getString("code")).isEqualTo("FORBIDDEN");
    }

    @Test
    void whoMayRuleKicks() {
        set(ann, "rule");
        set(bob, "talk");
        var annsClient = LoggedInClient.connect(base, order, annsLogin).as(ann);
        var bobsClient = LoggedInClient.connect(base, order, bobsLogin).as(bob);

        annsClient.send("/kick " + bob);

        assertThat(bobsClient.closeCode()).isEqualTo(4005);
    }

    @Test
    void whatThePolicySaysAnewIsTrueAtOnceForThoseWhoAreThere() {
        set(ann, "talk");
        set(bob, "talk");
        var annsClient = LoggedInClient.connect(base, order, annsLogin).as(ann);
        var bobsClient = LoggedInClient.connect(base, order, bobsLogin).as(bob);

        var begun = System.nanoTime();
        set(bob, "none");

        assertThat(bobsClient.closeCode()).isEqualTo(4004);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_ONCE);
        assertThat(annsClient.next("UserLeft").getString("reason")).isEqualTo("kicked");
    }

    @Test
    void nobodyElseMakesOrClosesAnOrdersRoom() {
        var answer = rest.send(
                "PUT",
                "rooms/" + order,
                "{\"kind\":\"open\",\"archived\":true}",
                "Authorization",
                "Bearer " + token(bobsLogin));

        assertThat(answer.code()).isEqualTo("ROOM_NOT_FOUND");
    }

    @Test
    void nobodyInvitesToAnOrdersRoom() {
        set(ann, "rule");
        var annsClient = LoggedInClient.connect(base, order, annsLogin).as(ann);
        annsClient.send("so that the room is kept");
        annsClient.send("/invite");

        var answer = rest.post("rooms/" + order + "/invitations", "{}", Rest.bearer(annsLogin));

        assertThat(annsClient.next("Error").getString("code")).isEqualTo("FORBIDDEN");
        assertThat(answer.code()).isEqualTo("FORBIDDEN");
    }

    @Test
    void otherRoomsAreAsTheyAre() {
        ChatClient.connect(base, "room-" + order.substring(6)).as("carl");
    }

    private void set(String username, String right) {
        var address = base.resolve("orders?room=" + order + "&username=" + username + "&right=" + right);
        try {
            var answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding());
            assertThat(answer.statusCode()).isEqualTo(200);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static String token(JsonObject session) {
        return session.getString("accessToken");
    }
}
