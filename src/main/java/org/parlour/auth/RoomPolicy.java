package org.parlour.auth;

/**
 * What the application around Parlour says of rooms. A bean of this type in the deployment is asked before Parlour's own rules, so that
 * room {@code order:4711} can be open to whoever may see order 4711. Without one, the rules alone decide.
 *
 * <p>Bans and mutes hold all the same, and administrators may do everything. The answers are kept as long as somebody is in the room: when
 * they change, fire a {@link RoomChanged}, and everybody in that room is asked for again.
 */
public interface RoomPolicy {

    /** Whether it is this policy that decides about the room. Any thread may ask, and must not be kept waiting. */
    boolean decides(String room);

    /** Whether somebody may be in the room and read it; who may not is told that there is none. May take its time, like the next two. */
    boolean mayEnter(Identity who, String room);

    /** Whether somebody who may enter may also speak. */
    boolean maySpeak(Identity who, String room);

    /** Whether somebody who may enter may also put people out, keep them out and take their word. */
    boolean mayModerate(Identity who, String room);
}
