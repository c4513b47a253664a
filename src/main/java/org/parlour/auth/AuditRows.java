package org.parlour.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The audit log in the database. Blocks on it. */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
public class AuditRows {

    @PersistenceContext(unitName = "parlour")
    private EntityManager entities;

    /**
     * What somebody wants to see.
     *
     * @param before only what has a lower id, or null
     * @param action or null for all; @param room likewise; @param actor likewise, the name or the id
     */
    public record Wanted(Long before, int limit, AuditEntry.Action action, String room, String actor) {}

    /** An entry as it is kept, texts escaped. */
    public record Line(
            long id,
            Instant at,
            String actorId,
            String actorName,
            String action,
            String target,
            String room,
            String detail,
            String address) {}

    private record Condition(String text, String parameter, Object value) {}

    /** The newest entries first. */
    public List<Line> page(Wanted wanted) {
        var action = wanted.action() == null ? null : wanted.action().name();
        var conditions = Stream.of(
                        new Condition("e.id < :before", "before", wanted.before()),
                        new Condition("e.action = :action", "action", action),
                        new Condition("e.room = :room", "room", wanted.room()),
                        new Condition("(e.actorName = :actor or e.actorId = :actor)", "actor", wanted.actor()))
                .filter(condition -> condition.value() != null)
                .toList();
        var where = conditions.stream().map(Condition::text).collect(Collectors.joining(" and ", "where ", ""));
        var query = entities.createQuery(
                "select e from AuditRecord e " + (conditions.isEmpty() ? "" : where) + " order by e.id desc",
                AuditRecord.class);
        conditions.forEach(condition -> query.setParameter(condition.parameter(), condition.value()));
        return query.setMaxResults(wanted.limit())
                .getResultStream()
                .map(AuditRecord::line)
                .toList();
    }

    public void insert(AuditEntry entry) {
        entities.persist(new AuditRecord(entry));
        entities.flush();
    }

    /** As part of the caller's transaction: both are kept, or neither. */
    @Transactional(TxType.MANDATORY)
    public void insertWithin(AuditEntry entry) {
        entities.persist(new AuditRecord(entry));
    }
}
