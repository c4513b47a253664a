package org.parlour.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The rooms that anybody may know of: open and protected ones that are not closed. Never a private one. Blocks on the database. */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
public class RoomDirectory {

    private static final Set<RoomKind> KNOWN = Set.of(RoomKind.OPEN, RoomKind.PROTECTED);

    @PersistenceContext(unitName = "parlour")
    private EntityManager entities;

    /** @param password whether it takes one */
    public record Listed(String name, RoomKind kind, boolean password) {}

    /** By name. @param beginning of the name, in any case; @param after only names behind this one */
    public List<Listed> page(String beginning, String after, int limit) {
        // EclipseLink compares a boolean with 0, which H2 refuses; so the database makes a number of it first.
        return entities.createQuery(
                        "select r from RoomRulesRecord r where r.kind in :known and SQL('case when ? then 1 else 0 end', r.archived) = 0"
                                + " and lower(r.name) like :beginning escape '!' and r.name > :after order by r.name",
                        RoomRulesRecord.class)
                .setParameter("known", KNOWN)
                .setParameter("beginning", beginning.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%")
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultStream()
                .map(row ->
                        new Listed(row.name(), row.rules().kind(), row.rules().passwordHash() != null))
                .toList();
    }
}
