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
            @JsonbSubtype(alias = "SetUsername", type = ClientMessage.SetUsername.class),
            @JsonbSubtype(alias = "Message", type = ClientMessage.Say.class),
            @JsonbSubtype(alias = "NewMessage", type = ClientMessage.NewMessage.class),
            @JsonbSubtype(alias = "History", type = ClientMessage.History.class),
            @JsonbSubtype(alias = "Who", type = ClientMessage.Who.class),
            @JsonbSubtype(alias = "Leave", type = ClientMessage.Leave.class),
            @JsonbSubtype(alias = "Ping", type = ClientMessage.Ping.class)
        })
public sealed interface ClientMessage {

    /** What {@code /help} answers. */
    String HELP =
            "/user NAME: be called NAME · /history [N] [before SEQ]: earlier messages · /who: who is here · /me TEXT: say what "
                    + "you do · /topic [TEXT]: show or set the topic · /leave: go · //TEXT: say /TEXT";

    String ref();

    void on(Handler handler);

    /** How many UTF-16 units of text it carries along, where that can be many. */
    default int length() {
        return 0;
    }

    record SetUsername(String ref, String username) implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.setUsername(this);
        }
    }

    /** @param content 1..4000 code points, not blank; @param nonce the client's own id for it, at most 64 characters, or null */
    record Say(String ref, String content, String nonce) implements ClientMessage {
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
    record NewMessage(String ref, String username, String content, String nonce) implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.say(new Say(ref, content, nonce));
        }

        @Override
        public int length() {
            return content == null ? 0 : content.length();
        }
    }

    /** {@code /me}: what the member does, told in the third person. */
    record Act(String ref, String content) implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.act(this);
        }

        @Override
        public int length() {
            return content == null ? 0 : content.length();
        }
    }

    /** @param limit how many messages, the newest of them, or null for all that may be had; @param before only below this seq, or null */
    record History(String ref, Integer limit, Long before) implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.history(this);
        }
    }

    record Who(String ref) implements ClientMessage {
        @Override
        public void on(Handler handler) {
            handler.who(this);
        }
    }

    /** @param topic the new topic, or null to be told the present one */
    record Topic(String ref, String topic) implements ClientMessage {
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

    record Leave(String ref) implements ClientMessage {
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
        void setUsername(SetUsername request);

        void say(Say request);

        void act(Act request);

        void history(History request);

        void who(Who request);

        void topic(Topic request);

        void help(Help request);

        void leave(Leave request);

        void ping(Ping request);
    }
}
