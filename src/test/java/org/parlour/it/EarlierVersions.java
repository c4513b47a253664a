package org.parlour.it;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.parlour.protocol.Username;
import org.parlour.testing.HostileStrings;

/** What servers of earlier versions have left in a database, version by version of its schema, as they would have written it. */
final class EarlierVersions {

    /** The last one that is written here; what comes later has to live with what is there. */
    static final int NEWEST = 9;

    static final String EPOCH = "9210bf13-25fe-42f5-b72b-3c117f1bc6d3";
    static final byte[] GUEST_KEY = "the key that guest tokens are of".getBytes(StandardCharsets.US_ASCII);
    static final String ANN = "guest-ann-000001";
    static final String BOB = "guest-bob-000002";
    static final String CAROL = "a.account-carol-01";
    static final String DAVE = "a.account-dave-002";
    static final String BOARD = "private:carol:board";
    static final String REFRESH_TOKEN = "a".repeat(22) + "." + "b".repeat(43);
    static final String INVITATION = "c".repeat(43);
    static final Instant FIRST = Instant.parse("2024-02-29T23:59:59.007Z");

    private static final int GENERAL = 1;
    private static final int KITCHEN = 2;
    private static final int PRIVATE_BOARD = 3;
    private static final int VAULT = 4;
    private static final int CONVERSATION = 5;

    /** An event of the room {@code general}. */
    record Event(long seq, String kind, String sender, String senderId, String content) {}

    private final List<Event> events = new ArrayList<>();
    private final Connection connection;

    EarlierVersions(Connection connection) {
        this.connection = connection;
    }

    /** The log of the room {@code general}, as it is in the end. */
    List<Event> events() {
        return events;
    }

    /** What was said by somebody else than carol above this seq, and is still there. */
    long unread(long marker) {
        return events.stream()
                .filter(event -> event.seq() > marker && !event.senderId().equals(CAROL))
                .filter(event -> event.kind().equals("MESSAGE") || event.kind().equals("ACTION"))
                .filter(event -> event.content() != null)
                .count();
    }

    void fill(int version) throws SQLException {
        switch (version) {
            case 1 -> rooms();
            case 2 -> resume();
            case 3 -> accounts();
            case 4 -> roles();
            case 5 -> invitations();
            case 6 -> deletions();
            case 7 -> sql("update room set slow_mode = 30, max_members = 8 where id = ?", VAULT);
            case 8 -> conversations();
            case NEWEST -> {
                sql("insert into read_marker values (?, ?, 3)", CAROL, GENERAL);
                sql("insert into read_marker values (?, ?, 1)", CAROL, CONVERSATION);
            }
            default -> throw new IllegalArgumentException("Version " + version);
        }
    }

    private void rooms() throws SQLException {
        // As EclipseLink does: the ids from 1 to 50 are given out.
        connection.createStatement().execute("select nextval('room_id')");
        room(GENERAL, "general", EPOCH);
        room(KITCHEN, "Küche 7: Tee", "5f0c1d3e-8a51-4f4e-9c37-0d6a3b1c2e4f");
        append("JOINED", "ann", ANN, null, null);
        append("JOINED", "bob", BOB, null, null);
        append("MESSAGE", "ann", ANN, "the first words", "n-1");
        for (var content : HostileStrings.all()) {
            append("MESSAGE", "bob", BOB, content, null);
        }
        append("ACTION", "ann", ANN, "waves", null);
        append("TOPIC", "ann", ANN, "Release on Friday 🎉", null);
        sql("update room set topic = ? where id = ?", "Release on Friday 🎉", GENERAL);
        append("RENAMED", "bob", BOB, "robert", null);
        append("LEFT", "ann", ANN, "quit", null);
    }

    private void resume() throws SQLException {
        sql(
                "insert into signing_key values ('guest', ?, ?)",
                Base64.getEncoder().encodeToString(GUEST_KEY),
                at(FIRST));
        append("MESSAGE", "robert", BOB, "in answer to the first", "n-2");
        sql("update message set reply_to = 3 where room_id = ? and seq = ?", GENERAL, events.size());
    }

    private void accounts() throws SQLException {
        account(CAROL, "carol", true);
        account(DAVE, "dave", false);
        sql(
                "insert into login_session (id, account_id, refresh_hash, created_at, last_used, expires_at)"
                        + " values (?, ?, ?, ?, ?, ?)",
                REFRESH_TOKEN.substring(0, 22),
                CAROL,
                hash(REFRESH_TOKEN.substring(23)),
                at(FIRST),
                at(FIRST),
                at(Instant.now().plusSeconds(86_400)));
        connection.createStatement().execute("select nextval('audit_id')");
        sql(
                "insert into audit (id, at, actor_id, actor_name, action, address) values (1, ?, ?, 'carol', 'REGISTERED', '192.0.2.7')",
                at(FIRST),
                CAROL);
        append("JOINED", "carol", CAROL, null, null);
        append("MESSAGE", "carol", CAROL, "said with an account", null);
    }

    private void account(String id, String name, boolean administrator) throws SQLException {
        sql(
                "insert into account values (?, 'local', ?, ?, ?, ?, false, ?, ?)",
                id,
                name,
                name,
                password(Rest.PASSWORD),
                administrator,
                at(FIRST),
                at(FIRST));
        for (var look : new Username(name).looks()) {
            sql("insert into account_look values (?, ?)", hash(look), id);
        }
    }

    private void roles() throws SQLException {
        room(PRIVATE_BOARD, BOARD, "2c9d3b54-6f5f-4d6c-a3de-15f0a9b3c7d1");
        sql("update room set kind = 'PRIVATE' where id = ?", PRIVATE_BOARD);
        sql("insert into membership values (?, ?, 'OWNER', ?)", PRIVATE_BOARD, CAROL, at(FIRST));
        room(VAULT, "vault", "d1f7c3a2-0b4e-4e0b-8b5a-9a6c1e2d3f40");
        sql("update room set kind = 'PROTECTED', password_hash = ? where id = ?", password("open sesame"), VAULT);
        sql(
                "insert into restriction (room_id, kind, subject, name, created_at) values (?, 'BAN', ?, 'robert', ?)",
                GENERAL,
                BOB,
                at(FIRST));
    }

    private void invitations() throws SQLException {
        sql(
                "insert into invitation values ('inv-0001', ?, ?, 'MEMBER', ?, false, 5, ?, ?)",
                PRIVATE_BOARD,
                hash(INVITATION),
                CAROL,
                at(FIRST),
                at(Instant.now().plusSeconds(86_400)));
    }

    private void deletions() throws SQLException {
        append("MESSAGE", "robert", BOB, "regretted", null);
        var regretted = events.size();
        append("DELETED", "carol", CAROL, "Enough.", null);
        sql("update message set target_seq = ? where room_id = ? and seq = ?", regretted, GENERAL, events.size());
        sql(
                "update message set content = null, deleted_seq = ? where room_id = ? and seq = ?",
                events.size(),
                GENERAL,
                regretted);
        events.set(regretted - 1, new Event(regretted, "MESSAGE", "robert", BOB, null));
    }

    private void conversations() throws SQLException {
        room(CONVERSATION, "direct:" + CAROL + ":" + DAVE, "7e2a9c11-3d5b-4c8e-8f60-b1a2c3d4e5f6");
        sql("update room set kind = 'DIRECT', last_seq = 2 where id = ?", CONVERSATION);
        sql("insert into participant values (?, ?, 'carol')", CONVERSATION, CAROL);
        sql("insert into participant values (?, ?, 'dave')", CONVERSATION, DAVE);
        message(CONVERSATION, new Event(1, "MESSAGE", "dave", DAVE, "for your eyes only"), null);
        message(CONVERSATION, new Event(2, "MESSAGE", "dave", DAVE, "are you there?"), null);
    }

    private void room(int id, String name, String epoch) throws SQLException {
        sql(
                "insert into room (id, name, epoch, last_seq, topic, created_at, last_activity) values (?, ?, ?, 0, '', ?, ?)",
                id,
                name,
                epoch,
                at(FIRST),
                at(FIRST));
    }

    private void append(String kind, String sender, String senderId, String content, String nonce) throws SQLException {
        var event = new Event(events.size() + 1, kind, sender, senderId, content);
        events.add(event);
        message(GENERAL, event, nonce);
        sql("update room set last_seq = ? where id = ?", event.seq(), GENERAL);
    }

    private void message(int room, Event event, String nonce) throws SQLException {
        sql(
                "insert into message (room_id, seq, kind, sender, sender_id, content, nonce, at) values (?, ?, ?, ?, ?, ?, ?, ?)",
                room,
                event.seq(),
                event.kind(),
                event.sender(),
                event.senderId(),
                event.content(),
                nonce,
                at(FIRST.plusSeconds(event.seq())));
    }

    private void sql(String statement, Object... parameters) throws SQLException {
        try (var prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < parameters.length; i++) {
                prepared.setObject(i + 1, parameters[i]);
            }
            prepared.executeUpdate();
        }
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    private static String hash(String secret) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String password(String password) {
        var salt = "a salt of thirty-two bytes, no less".substring(0, 32).getBytes(StandardCharsets.US_ASCII);
        try {
            var derived = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, 100_000, 256))
                    .getEncoded();
            var base64 = Base64.getEncoder();
            return "PBKDF2WithHmacSHA256:100000:" + base64.encodeToString(salt) + ":" + base64.encodeToString(derived);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
