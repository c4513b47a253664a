package org.parlour.auth;

/** What somebody may want to do in a room, or with it. */
public enum Action {
    /** Be in it and hear what happens. */
    ENTER(Role.READER),
    /** Read what was said, live or from the log. */
    READ(Role.READER),
    /** Say something, or let the others see that one is typing. */
    SPEAK(Role.MEMBER),
    SET_TOPIC(Role.MEMBER),
    /** Put somebody out, who may come back. */
    KICK(Role.MODERATOR),
    /** Take somebody's word, or give it back. */
    MUTE(Role.MODERATOR),
    /** Put somebody out for good or for a while, or let them in again. */
    BAN(Role.MODERATOR),
    /** Take away what somebody else has said. */
    DELETE(Role.MODERATOR),
    /** Give out a way in, see which there are, and take them back. */
    INVITE(Role.MODERATOR),
    /** Give somebody a role, or take it. */
    GRANT(Role.OWNER),
    /** Change its kind or its password, close it and open it again. */
    CONFIGURE(Role.OWNER);

    final Role least;

    Action(Role least) {
        this.least = least;
    }

    /** Whether it can be done in a conversation of two, which is no room to be in or to rule. */
    boolean isPartOfTalk() {
        return this == READ || this == SPEAK;
    }

    /** Whether it adds to what is said, which is what the muted may not. */
    boolean isSpeech() {
        return this == SPEAK || this == SET_TOPIC;
    }

    /** Whether it can still be done with a room that is closed. */
    boolean isForTheArchive() {
        return this == READ || this == DELETE || this == GRANT || this == CONFIGURE;
    }
}
