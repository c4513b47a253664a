package org.parlour.storage;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.parlour.config.ChatConfig;
import org.parlour.config.ServerThreads;
import org.parlour.metrics.ChatMetrics;

/**
 * Brings the database to the schema this version needs, before the first connection is accepted. If the database is away at that
 * moment the server starts all the same and this goes on trying until it is back.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Schema {

    private static final Logger LOG = System.getLogger(Schema.class.getName());

    @Inject
    private ServerThreads threads;

    @Inject
    private ChatConfig config;

    @Inject
    private ChatMetrics metrics;

    @Inject
    private Event<DatabaseReady> observers;

    private int attempts;

    @PostConstruct
    void migrate() {
        DataSource database = lookup();
        try (var connection = database.getConnection()) {
            var product = connection.getMetaData().getDatabaseProductName();
            var flyway = Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(database)
                    .locations("classpath:db/migration")
                    .placeholders(Map.of("room_storage", storageOfRooms(product)))
                    .load();
            var migrations = flyway.migrate().migrationsExecuted;
            var version = flyway.info().current().getVersion();
            LOG.log(
                    Level.INFO,
                    () -> "The database is ready: " + product + ", schema version " + version + ", migrations run: "
                            + migrations);
        } catch (SQLException | FlywayException away) {
            LOG.log(
                    attempts++ == 0 ? Level.WARNING : Level.DEBUG,
                    () -> "The database cannot be prepared, trying again every "
                            + config.migrationRetry().toSeconds() + " s: " + RootCause.of(away));
            threads.scheduler().schedule(this::migrate, config.migrationRetry().toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        metrics.databaseIs(true);
        observers.fire(new DatabaseReady());
    }

    // Looked up by hand: "jdbc/chat" as the lookup of a @Resource means java:comp/env on one server and a global name
    // on the other.
    static DataSource lookup() {
        try {
            return InitialContext.doLookup("jdbc/chat");
        } catch (NamingException missing) {
            throw new IllegalStateException("The server has no datasource jdbc/chat; see server-config/", missing);
        }
    }

    // last_seq changes with every commit: with room on the page PostgreSQL need not touch the indexes for it.
    private static String storageOfRooms(String product) {
        return product.equals("PostgreSQL") ? "with (fillfactor = 50)" : "";
    }
}
