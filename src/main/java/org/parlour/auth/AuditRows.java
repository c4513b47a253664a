package org.parlour.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** The audit log in the database. Blocks on it. */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
public class AuditRows {

    @PersistenceContext(unitName = "parlour")
    private EntityManager entities;

    public void insert(AuditEntry entry) {
        entities.persist(new AuditRecord(entry));
        entities.flush();
    }
}
