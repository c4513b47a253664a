package org.parlour.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.parlour.protocol.Username;

/** Which names belong to accounts, as the caller's own transaction sees it. */
@ApplicationScoped
@Transactional
public class RegisteredNames {

    @PersistenceContext(unitName = "parlour")
    private EntityManager entities;

    /** Those of the names that are an account's, or look like one. One query for all of them. */
    public Set<Username> among(Collection<Username> names) {
        var looks = new HashMap<String, Username>();
        names.forEach(name -> NameLooks.of(name).forEach(look -> looks.put(look, name)));
        return entities.createQuery("select l.look from AccountLookRecord l where l.look in :looks", String.class)
                .setParameter("looks", looks.keySet())
                .getResultStream()
                .map(looks::get)
                .collect(Collectors.toSet());
    }
}
