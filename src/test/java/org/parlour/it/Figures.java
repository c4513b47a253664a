package org.parlour.it;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.parlour.metrics.ChatMXBean;

/** What another JVM on this machine tells of itself and of the Parlour in it, over JMX; it need not have been prepared for that. */
final class Figures implements AutoCloseable {

    static final ObjectName CHAT = name();

    private final JMXConnector connector;
    private final MBeanServerConnection beans;
    private final MemoryMXBean memory;
    private final ThreadMXBean threads;

    final ChatMXBean chat;

    Figures(long pid) throws IOException, JMException, AttachNotSupportedException {
        var machine = VirtualMachine.attach(Long.toString(pid));
        try {
            connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
        } finally {
            machine.detach();
        }
        beans = connector.getMBeanServerConnection();
        memory = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        threads = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        chat = JMX.newMXBeanProxy(beans, CHAT, ChatMXBean.class);
    }

    private static ObjectName name() {
        try {
            return new ObjectName("org.parlour:type=Chat,context=\"/\"");
        } catch (JMException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** All that is told, by name. */
    MBeanServerConnection beans() {
        return beans;
    }

    /** Bytes of heap that are reachable. Takes a full collection: the other JVM stands still meanwhile. */
    long reachableHeap() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    int threads() {
        return threads.getThreadCount();
    }

    /** How many Parlours show their figures. */
    int parlours() throws IOException, JMException {
        return beans.queryNames(new ObjectName("org.parlour:type=Chat,*"), null).size();
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
