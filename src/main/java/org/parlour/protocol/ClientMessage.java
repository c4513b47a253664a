package org.parlour.protocol;

import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;

/**
 * What a client may ask. Add a kind here and every {@link Handler} that must answer it stops compiling. Each may carry a
 * {@code ref} of at most 64 characters, which comes back in the reply. Kinds that are listed below can be written as JSON;
 * the others are commands only.
 */
@JsonbTypeInfo(
        key = "type",
        value = {
            @JsonbSubtype(alias = "Hello", type = ClientMessage.Hello.class),
            @JsonbSubtype(alias = "Auth", type = ClientMessage.Auth.class),
            @JsonbSubtype(alias = "Join", type = ClientMessage.Join.class),
            @JsonbSubtype(alias = "SetUsername", type = ClientMessage.SetUsername.class),
            @JsonbSubtype(alias = "Message", type = ClientMessage.Say.class),
            @JsonbSubtype(alias = "NewMessage", type = ClientMessage.NewMessage.class),
            @JsonbSubtype(alias = "Act", type = ClientMessage.Act.class),
            @JsonbSubtype(alias = "Topic", type = ClientMessage.Topic.class),
            @JsonbSubtype(alias = "Private", type = ClientMessage.Private.class),
            @JsonbSubtype(alias = "History", type = ClientMessage.History.class),
            @JsonbSubtype(alias = "Read", type = ClientMessage.Read.class),
            @JsonbSubtype(alias = "Typing", type = ClientMessage.Typing.class),
            @JsonbSubtype(alias = "Who", type = ClientMessage.Who.class),
            @JsonbSubtype(alias = "Moderate", type = ClientMessage.Moderate.class),
            @JsonbSubtype(alias = "Delete", type = ClientMessage.Delete.class),
            @JsonbSubtype(alias = "Invite", type = ClientMessage.Invite.class),
            @JsonbSubtype(alias = "Leave", type = ClientMessage.Leave.class),
            @JsonbSubtype(alias = "Ping", type = ClientMessage.Ping.class)
        })
public sealed interface ClientMessage {

    /** What {@code /help} answers. */
    String HELP =
            "/user NAME: be called NAME · /history [N] [before SEQ]: earlier messages · /who: who is here · /msg NAME TEXT: say it "
                    + "to NAME alone · /me TEXT: say what you do · /topic [TEXT]: show or set the topic · /kick NAME: put out · /ban NAME [MINUTES], /unban NAME: keep out · "
                    + "/mute NAME [MINUTES], /unmute NAME: take the word · /role NAME ROLE: make somebody owner, moderator, member, "
                    + "reader or none · /delete SEQ: take back what was said · /invite [USES] [HOURS]: let others in · "
                    + "/slow SECONDS: let everybody speak only so often · /archive: close the room · /leave: go · //TEXT: say /TEXT";

    String ref();

    /** The room that is meant; null = the one of the connection's path. */
    default String room() {
        return null;
    }

    void on(Handler handler);

    /** How many UTF-16 units of text it carries along, where that can be many. */
    default int length() {
        return 0;
    }

    /**
     * The first words of a client: who it is and what it knows already.
     *
     * @param token an access token, or that of an earlier {@code Welcome}, or null for a new guest
     * @param username the name to go by, or null
     * @param since the newest seq that the client has seen, or null; @param epoch the log that it saw it in
     * @param historyLimit how many earlier messages a newcomer wants to see, or null for the usual number
     * @param password of the room, or null
     */
    record Hello(
            String ref, String token, String username, Long since, String epoch, Integer historyLimit, String password)
            implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.hello(this);
        }

        /** Without the token and the password, which must not get into a log. */
        @Override
        public String toString() {
            return "Hello " + username;
        }
    }

    /** A fresh token of the account whose connection this is, before the old one expires. */
    record Auth(String ref, String token) implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.auth(this);
        }

        /** Without the token, which must not get into a log. */
        @Override
        public String toString() {
            return "Auth";
        }
    }

    /** Enters a further room on the same connection; for the rest see {@link Hello}. */
    record Join(String ref, String room, Long since, String epoch, Integer historyLimit, String password)
            implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.join(this);
        }

        /** Without the password, which must not get into a log. */
        @Override
        public String toString() {
            return "Join " + room;
        }
    }

    record SetUsername(String ref, String room, String username) implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.setUsername(this);
        }
    }

    /**
     * @param content 1..4000 code points, not blank
     * @param nonce the client's own id for it, at most 64 characters, or null
     * @param replyTo the seq of the message that this one answers, or null
     */
    record Say(String ref, String room, String content, String nonce, Long replyTo) implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.say(this);
        }

        @Override
        public int length() {
            return content == null ? 0 : content.length();
        }
    }

    /** A message in the original server's words. The sender is whoever the server knows, whatever {@code username} claims. */
    record NewMessage(String ref, String room, String username, String content, String nonce, Long replyTo)
            implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.say(new Say(ref, room, content, nonce, replyTo));
        }

        @Override
        public int length() {
            return content == null ? 0 : content.length();
        }
    }

    /** {@code /me}: what the member does, told in the third person. */
    record Act(String ref, String room, String content, String nonce) implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.act(this);
        }

        @Override
        public int length() {
            return content == null ? 0 : content.length();
        }
    }

    /**
     * Says something to one person alone, wherever it is.
     *
     * @param to what it is called in the room, or where the sender last wrote with it, or the name of its account
     * @param userId who it is, whatever its name; or null, then {@code to} decides
     * @param content, nonce, replyTo as in {@link Say}, in the conversation of the two
     */
    record Private(String ref, String room, String to, String userId, String content, String nonce, Long replyTo)
            implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.sayPrivately(this);
        }

        @Override
        public int length() {
            return content == null ? 0 : content.length();
        }
    }

    /**
     * A page of earlier messages, oldest first: the newest below {@code before}, the first above {@code after}, those around a seq, or
     * the newest of all. At most one of the three is given.
     *
     * @param with whose conversation with the asker is meant instead of a room, or null; see {@link Private#to}
     * @param userId who that is, whatever its name, or null
     * @param limit how many messages, or null for the usual number
     */
    record History(
            String ref, String room, String with, String userId, Integer limit, Long before, Long after, Long around)
            implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.history(this);
        }
    }

    /** {@code /history}. @param limit how many messages, the newest of them, or null for all that may be had; @param before only below this seq, or null */
    record Recall(String ref, Integer limit, Long before) implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.recall(this);
        }
    }

    /**
     * How far the account has read a room, or the conversation with somebody.
     *
     * @param with, userId as in {@link History}
     * @param seq the newest that was read
     */
    record Read(String ref, String room, String with, String userId, Long seq) implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.read(this);
        }
    }

    /** @param state {@code start} or {@code stop} */
    record Typing(String ref, String room, String state) implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.typing(this);
        }
    }

    record Who(String ref, String room) implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.who(this);
        }
    }

    /** @param topic the new topic, or null to be told the present one */
    record Topic(String ref, String room, String topic) implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.topic(this);
        }
    }

    record Help(String ref) implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.help(this);
        }
    }

    /**
     * Does something to somebody in the room.
     *
     * @param action {@code kick}, {@code ban}, {@code unban}, {@code mute}, {@code unmute} or {@code role}
     * @param role what somebody is to be: {@code owner}, {@code moderator}, {@code member}, {@code reader} or {@code none}; for no other action
     * @param seconds how long a ban or a mute lasts, or null for ever
     * @param reason at most 250 code points, told to everybody, or null
     * @param address whether a ban is for the addresses that it comes from, too; null = no
     */
    record Moderate(
            String ref,
            String room,
            String action,
            String username,
            String role,
            Long seconds,
            String reason,
            Boolean address)
            implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.moderate(this);
        }
    }

    /** Wants a message to be deleted. @param seq of the message; @param reason at most 250 code points, told to everybody, or null */
    record Delete(String ref, String room, Long seq, String reason) implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.delete(this);
        }
    }

    /** Wants a way into the room to give out. @param uses how many may come by it, or null for one; @param seconds or null for a day */
    record Invite(String ref, String room, Integer uses, Long seconds) implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.invite(this);
        }
    }

    /** {@code /slow}: one message of a person in so many seconds; 0 for as many as they like. */
    record Slow(String ref, int seconds) implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.slow(this);
        }
    }

    /** {@code /archive}: closes the room. */
    record Archive(String ref) implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.archive(this);
        }
    }

    record Leave(String ref, String room) implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.leave(this);
        }
    }

    record Ping(String ref) implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.ping(this);
        }
    }

    /** Answers each kind of request. */
    interface Handler {
        void hello(Hello request);

        void auth(Auth request);

        void join(Join request);

        void setUsername(SetUsername request);

        void say(Say request);

        void act(Act request);

        void sayPrivately(Private request);

        void history(History request);

        void recall(Recall request);

        void read(Read request);

        void typing(Typing request);

        void who(Who request);

        void topic(Topic request);

        void help(Help request);

        void moderate(Moderate request);

        void delete(Delete request);

        void invite(Invite request);

        void slow(Slow request);

        void archive(Archive request);

        void leave(Leave request);

        void ping(Ping request);
    }
}
