package org.parlour.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;

/** The rooms that anybody may know of: open and protected ones that are not closed. Never a private one. Blocks on the database. */
@ApplicationScoped
public class RoomDirectory {

    static final Set<RoomKind> KNOWN = Set.of(RoomKind.OPEN, RoomKind.PROTECTED);

    @Inject
    private RoomRows rows;

    @Inject
    private Accounts accounts;

    /** @param password whether it takes one */
    public record Listed(String name, RoomKind kind, boolean password) {}

    /**
     * By name.
     *
     * @param beginning of the name, in any case; @param after only names behind this one
     * @throws org.parlour.protocol.Refusal STORAGE_UNAVAILABLE
     */
    public List<Listed> page(String beginning, String after, int limit) {
        return accounts.stored(() -> rows.listed(beginning, after, limit));
    }
}
