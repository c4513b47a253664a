package org.parlour.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.parlour.protocol.RoomName;

/** Asks the {@link RoomPolicy} of the deployment, if there is one. */
@ApplicationScoped
public class RoomPolicies {

    /** Null if there is none. */
    private RoomPolicy policy;

    /** For the container. */
    protected RoomPolicies() {}

    @Inject
    RoomPolicies(Instance<RoomPolicy> policies) {
        this.policy = policies.isUnsatisfied() ? null : policies.get();
    }

    /** Whether a room is decided about elsewhere. Returns at once. */
    public boolean decide(RoomName room) {
        return policy != null && policy.decides(room.value());
    }

    /** The same visitor, with what the policy says of it; unchanged if none decides about the room. May take its time. */
    public Visitor judged(RoomName room, Visitor who) {
        return decide(room) ? who.judged(verdict(policy, room.value(), who.identity())) : who;
    }

    private static Verdict verdict(RoomPolicy policy, String room, Identity who) {
        if (!policy.mayEnter(who, room)) {
            return new Verdict(null);
        }
        if (policy.mayModerate(who, room)) {
            return new Verdict(Role.MODERATOR);
        }
        return new Verdict(policy.maySpeak(who, room) ? Role.MEMBER : Role.READER);
    }
}
