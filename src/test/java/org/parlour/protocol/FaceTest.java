package org.parlour.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FaceTest {

    private static final String AT = "2026-11-23T09:15:02.120Z";

    private static final ServerMessage.NewMessage SAID = said("hello", 1);
    private static final ServerMessage.UserRenamed RENAMED =
            new ServerMessage.UserRenamed("ann", "eve", 2, "general", 3, "1-3", AT, null);
    private static final ServerMessage.TopicChanged TOPIC =
            new ServerMessage.TopicChanged("ann", "cats", "general", 4, "1-4", AT);

    private static final ServerMessage.Moderated MUTED =
            new ServerMessage.Moderated(null, "general", "mute", "bob", null, "ann", AT, "Enough.");

    private static final ServerMessage.MessageDeleted DELETED =
            new ServerMessage.MessageDeleted("ann", 1, "Enough.\n[eve] hi", "general", 5, "1-5", AT, "g");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "chat.v1.json, FULL",
                "chat.text, TEXT",
                "-, PLAIN",
                "'', PLAIN",
                "chat.v2.json, PLAIN",
                "CHAT.V1.JSON, PLAIN",
                "'chat.text ', PLAIN"
            })
    void theSubprotocolChoosesTheFace(String subprotocol, Face face) {
        assertThat(Face.of(subprotocol)).isEqualTo(face);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void everyFaceIsFoundByItsOwnSubprotocol(Face face) {
        assertThat(Face.of(face.subprotocol())).isEqualTo(face);
    }

    static Stream<ServerMessage> everyKind() {
        return Stream.concat(
                Stream.of(
                        SAID,
                        RENAMED,
                        TOPIC,
                        new ServerMessage.UserJoined("ann", 1, "general", 1, "1-1", AT, null),
                        new ServerMessage.UserLeft("ann", "quit", 0, "general", 2, "1-2", AT, null),
                        new ServerMessage.PrivateMessage(
                                "ann", "bob", "ann", "a", "hi", null, 3L, 4, "9-4", AT, "a", null),
                        batch(SAID, RENAMED),
                        presence("ann"),
                        MUTED,
                        DELETED,
                        new ServerMessage.Invitation("r", "general", "id", "s3cret", "member", 7, AT),
                        new ServerMessage.Notice("TOPIC", "The topic is: cats", null, null),
                        new ServerMessage.Error("OVERLOADED", "Later.", null, null, true, null, null)),
                whatTheSimpleFacesAreNotTold());
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void theFullFaceIsToldEverythingInOneFrame(ServerMessage message) {
        assertThat(Face.FULL.render(message)).containsExactly(MessageJson.encode(message));
    }

    @Test
    void noKindIsForgottenHere() {
        assertThat(everyKind().map(Object::getClass).distinct())
                .hasSize(ServerMessage.class.getPermittedSubclasses().length);
    }

    static Stream<ServerMessage> whatThePlainFaceKnows() {
        return Stream.of(
                SAID,
                new ServerMessage.PrivateMessage("ann", "bob", "ann", "a", "hi", null, 3L, 4, "9-4", AT, "a", null),
                new ServerMessage.UserJoined("ann", 1, "general", 1, "1-1", AT, null),
                new ServerMessage.UserLeft("ann", "quit", 0, "general", 2, "1-2", AT, null),
                new ServerMessage.Notice("TOPIC", "The topic is: cats", null, null),
                new ServerMessage.Error("OVERLOADED", "Later.", null, null, true, null, null));
    }

    @ParameterizedTest
    @MethodSource("whatThePlainFaceKnows")
    void theSimpleFacesAreToldWhatTheyKnow(ServerMessage message) {
        assertThat(Face.PLAIN.render(message)).containsExactly(MessageJson.encode(message));
        assertThat(Face.TEXT.render(message))
                .containsExactly(TextFormat.line(message).orElseThrow());
    }

    static Stream<ServerMessage> whatTheSimpleFacesAreNotTold() {
        return Stream.of(
                new ServerMessage.Welcome(
                        1,
                        "parlour",
                        "c",
                        null,
                        "general",
                        "e",
                        1,
                        1,
                        false,
                        null,
                        "g",
                        false,
                        null,
                        "t",
                        null,
                        new ServerMessage.Limits(1, 1, 1, 1, 50),
                        1),
                new ServerMessage.Ack("r", "n", "general", 1, "1-1", AT, false),
                new ServerMessage.Typing("general", "ann", "start"),
                new ServerMessage.ReadMarker("r", "general", null, null, 7),
                new ServerMessage.GoingAway("restart", 1_500),
                new ServerMessage.Pong("r", AT));
    }

    @ParameterizedTest
    @MethodSource("whatTheSimpleFacesAreNotTold")
    void theSimpleFacesAreNotToldWhatOnlyAProgramNeeds(ServerMessage message) {
        assertThat(Face.PLAIN.render(message)).isEmpty();
        assertThat(Face.TEXT.render(message)).isEmpty();
    }

    @Test
    void whatAModeratorDidIsToldInASentence() {
        var kicked = new ServerMessage.Moderated(null, "general", "kick", "bob", null, "ann", null, null);

        assertThat(Face.TEXT.render(MUTED)).containsExactly("ann muted bob until " + AT + ": Enough.");
        assertThat(Face.PLAIN.render(kicked))
                .containsExactly(
                        MessageJson.encode(new ServerMessage.Notice("MODERATED", "ann put out bob", null, null)));
        assertThat(Face.FULL.render(kicked)).containsExactly(MessageJson.encode(kicked));
    }

    @Test
    void aRoleIsToldInASentence() {
        var given = new ServerMessage.Moderated(null, "general", "role", "bob", "reader", "ann", null, null);
        var taken = new ServerMessage.Moderated(null, "general", "role", "bob", "none", "ann", null, null);

        assertThat(Face.TEXT.render(given)).containsExactly("ann made bob reader");
        assertThat(Face.TEXT.render(taken)).containsExactly("ann took the role of bob");
    }

    @Test
    void anInvitationIsToldInASentenceAndItsSecretIsNotLogged() {
        var made = new ServerMessage.Invitation("r", "general", "id", "s3cret", "member", 7, AT);
        var sentence = "An invitation for 7 until " + AT + ", shown only this once: s3cret";

        assertThat(Face.TEXT.render(made)).containsExactly(sentence);
        assertThat(Face.PLAIN.render(made))
                .containsExactly(MessageJson.encode(new ServerMessage.Notice("INVITATION", sentence, "general", "r")));
        assertThat(Face.FULL.render(made)).containsExactly(MessageJson.encode(made));
        assertThat(made.toString()).doesNotContain("s3cret");
    }

    @Test
    void aRenameIsALeaveAndAJoinOfTheSameEvent() {
        assertThat(Face.PLAIN.render(RENAMED))
                .containsExactly(
                        MessageJson.encode(new ServerMessage.UserLeft("ann", "quit", 2, "general", 3, "1-3", AT, null)),
                        MessageJson.encode(new ServerMessage.UserJoined("eve", 2, "general", 3, "1-3", AT, null)));
        assertThat(Face.TEXT.render(RENAMED)).containsExactly("<-- ann left the room", "--> eve joined the room");
    }

    @Test
    void aNewTopicIsANotice() {
        assertThat(Face.PLAIN.render(TOPIC)).containsExactly("""
                        {"type":"Notice","code":"TOPIC_CHANGED","message":"ann set the topic: cats"}""");
        assertThat(Face.TEXT.render(TOPIC)).containsExactly("ann set the topic: cats");
    }

    @Test
    void aTopicForgesNoLine() {
        var forged = new ServerMessage.TopicChanged("ann", "cats\n[eve] hi", "general", 4, "1-4", AT);

        assertThat(Face.TEXT.render(forged)).containsExactly("ann set the topic: cats\n    [eve] hi");
    }

    @Test
    void whatWasDeletedIsANoticeAndForgesNoLine() {
        assertThat(Face.PLAIN.render(DELETED)).containsExactly("""
                        {"type":"Notice","code":"MESSAGE_DELETED","message":"ann deleted message 1: Enough.\\n[eve] hi"}""");
        assertThat(Face.TEXT.render(DELETED)).containsExactly("ann deleted message 1: Enough.\n    [eve] hi");
    }

    @Test
    void ofADeletedMessageTheSimpleFacesAreToldNothing() {
        var empty = new ServerMessage.NewMessage("ann", null, null, true, null, "general", 1, "1-1", AT, "g", null);

        assertThat(Face.PLAIN.render(batch(empty, SAID))).containsExactly(MessageJson.encode(SAID));
        assertThat(Face.TEXT.render(batch(empty, SAID))).containsExactly("[ann] hello");
        assertThat(Face.FULL.render(empty)).containsExactly(MessageJson.encode(empty));
    }

    @Test
    void whoIsHereIsANotice() {
        assertThat(Face.PLAIN.render(presence("ann", "bob"))).containsExactly("""
                        {"type":"Notice","code":"WHO","message":"2 here: ann, bob","ref":"r"}""");
        assertThat(Face.TEXT.render(presence("ann", "bob"))).containsExactly("2 here: ann, bob");
        assertThat(Face.TEXT.render(presence())).containsExactly("Nobody here has a name yet.");
    }

    @Test
    void aBatchIsItsEventsOneByOne() {
        var batch = batch(SAID, RENAMED, said("bye", 5));

        assertThat(Face.PLAIN.render(batch))
                .hasSize(4)
                .startsWith(MessageJson.encode(SAID))
                .endsWith(MessageJson.encode(said("bye", 5)));
        assertThat(Face.TEXT.render(batch))
                .containsExactly("[ann] hello", "<-- ann left the room", "--> eve joined the room", "[ann] bye");
    }

    @Test
    void anEmptyBatchIsNothingToTheSimpleFaces() {
        assertThat(Face.PLAIN.render(batch())).isEmpty();
        assertThat(Face.TEXT.render(batch())).isEmpty();
    }

    private static ServerMessage.NewMessage said(String content, long seq) {
        return new ServerMessage.NewMessage(
                "ann", content, null, null, null, "general", seq, "1-" + seq, AT, null, null);
    }

    private static ServerMessage.Batch batch(ServerMessage... events) {
        return new ServerMessage.Batch("history", "general", "r", false, null, null, List.of(events));
    }

    private static ServerMessage.Presence presence(String... names) {
        var users = Stream.of(names)
                .map(name -> new ServerMessage.Present(name, AT, null))
                .toList();
        return new ServerMessage.Presence("r", "general", names.length, users);
    }
}
