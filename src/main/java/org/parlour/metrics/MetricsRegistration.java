package org.parlour.metrics;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * Shows {@link ChatMXBean} as {@code org.parlour:type=Chat,context="/..."} while the application is deployed. The context path
 * keeps two deployments in one server apart.
 */
@WebListener
public class MetricsRegistration implements ServletContextListener {

    private static final Logger LOG = System.getLogger(MetricsRegistration.class.getName());

    @Inject
    private ChatMetrics metrics;

    @Resource
    private ContextService contexts;

    private ObjectName name;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        try {
            var path = event.getServletContext().getContextPath();
            name = new ObjectName("org.parlour:type=Chat,context=" + ObjectName.quote(path.isEmpty() ? "/" : path));
            // Whoever asks over JMX comes on a thread that knows nothing of the application: on Payara, no bean is
            // found there.
            var inApplication = contexts.createContextualProxy(metrics, ChatMXBean.class);
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(new StandardMBean(inApplication, ChatMXBean.class, true), name);
        } catch (JMException unexpected) {
            LOG.log(Level.WARNING, "Parlour's figures are not visible over JMX", unexpected);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        } catch (JMException alreadyGone) {
            LOG.log(Level.DEBUG, "Parlour's figures were not registered", alreadyGone);
        }
    }
}
