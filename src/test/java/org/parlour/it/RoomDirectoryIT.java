package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rooms that one may find without knowing their names. */
@Tag("core")
class RoomDirectoryIT extends DeployedWar {

    private Rest rest;
    private String[] somebody;
    private String ann;

    @BeforeEach
    void somebody() {
        rest = new Rest(base);
        ann = "ann" + room.substring(5, 13);
        somebody = Rest.bearer(rest.loggedIn(ann));
    }

    @Test
    void openAndProtectedRoomsAreFoundAndPrivateAndClosedOnesNot() {
        make(room + "-open", "{\"kind\":\"open\"}");
        make(room + "-protected", "{\"kind\":\"protected\",\"password\":\"open sesame\"}");
        make("private:" + ann + ":" + room, "{\"kind\":\"private\"}");
        make(room + "-closed", "{\"kind\":\"open\",\"archived\":true}");

        var found = rest.send("GET", "rooms?name=" + room.toUpperCase(java.util.Locale.ROOT), null, somebody);

        assertThat(found.json().getJsonArray("rooms").toString())
                .isEqualTo("[{\"room\":\"" + room
                        + "-open\",\"kind\":\"open\",\"password\":false,\"count\":0},{\"room\":\"" + room
                        + "-protected\",\"kind\":\"protected\",\"password\":true,\"count\":0}]");
        assertThat(rest.send("GET", "rooms?name=private", null, somebody).text())
                .doesNotContain(room);
    }

    @Test
    void manyRoomsComePageByPage() {
        for (int i = 0; i < 3; i++) {
            make(room + "-" + i, "{\"kind\":\"open\"}");
        }

        var first =
                rest.send("GET", "rooms?limit=2&name=" + room, null, somebody).json();
        var second = rest.send(
                        "GET", "rooms?limit=2&name=" + room + "&after=" + first.getString("after"), null, somebody)
                .json();

        assertThat(first.getJsonArray("rooms")).hasSize(2);
        assertThat(second.getJsonArray("rooms")).hasSize(1);
        assertThat(second.containsKey("after")).isFalse();
    }

    @Test
    void aStrangerWithoutATokenIsToldNothing() {
        assertThat(rest.send("GET", "rooms", null).status()).isEqualTo(401);
    }

    private void make(String name, String settings) {
        assertThat(rest.send("PUT", "rooms/" + name, settings, somebody).status())
                .isEqualTo(200);
    }
}
