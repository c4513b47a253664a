package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server where only administrators make rooms. */
class RoomMakersIT {

    private static ServerProcess server;
    private static URI base;
    private static Rest rest;
    private static JsonObject root;
    private static JsonObject bob;

    @BeforeAll
    static void start() throws Exception {
        server = new ServerProcess(
                "makers", "-Dparlour.room-makers=administrators", "-Dparlour.bootstrap-administrator=Root Ann");
        server.start();
        base = server.address();
        rest = new Rest(base);
        root = rest.loggedIn("Root Ann");
        bob = rest.loggedIn("bob");
        assertThat(put("board", "private", root)).isEqualTo(200);
        assertThat(put("canteen", "open", root)).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aRoomThatAnAdministratorMadeIsEntered() {
        ChatClient.connect(base, "canteen").as("carl");
    }

    @Test
    void nobodyElseMakesARoomByEnteringIt() {
        var guest = ChatClient.connect(base, "garden");
        var account = LoggedInClient.connect(base, "garden", bob);

        assertThat(guest.next("Error").getString("code")).isEqualTo("ROOM_NOT_FOUND");
        assertThat(guest.closeCode()).isEqualTo(4004);
        assertThat(account.closeCode()).isEqualTo(4004);
        LoggedInClient.connect(base, "garden-of-root", root).as("Root Ann");
    }

    @Test
    void aPrivateRoomMayHaveAnyNameAndIsNotTold() {
        var closed = ChatClient.connect(base, "board");
        var none = ChatClient.connect(base, "garden");

        assertThat(closed.next().replace("board", "NAME")).isEqualTo(none.next().replace("garden", "NAME"));
        assertThat(closed.closeCode()).isEqualTo(4004);
    }

    @Test
    void nobodyElseMakesARoomOverRestAndWhoTriesLearnsNothing() {
        assertThat(put("board", "open", bob)).isEqualTo(403);
        assertThat(put("garden", "open", bob)).isEqualTo(403);
    }

    @Test
    void anAdministratorIsAnOwnerEverywhere() {
        LoggedInClient.connect(base, "board", root).as("Root Ann").send("hello");

        assertThat(rest.send("PUT", "rooms/board/members/bob", "{\"role\":\"reader\"}", bearer(root))
                        .status())
                .isEqualTo(204);
        assertThat(LoggedInClient.connect(base, "board", bob).nextContent()).isEqualTo("hello");
    }

    private static int put(String room, String kind, JsonObject by) {
        return rest.send("PUT", "rooms/" + room, "{\"kind\":\"" + kind + "\"}", bearer(by))
                .status();
    }

    private static String[] bearer(JsonObject session) {
        return new String[] {"Authorization", "Bearer " + session.getString("accessToken")};
    }
}
