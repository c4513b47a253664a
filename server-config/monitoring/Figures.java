import com.sun.tools.attach.VirtualMachine;
import java.util.Map;
import java.util.TreeMap;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Prints the figures of every Parlour on a server, and its fullest rooms, over JMX. Runs from source: {@code java
 * server-config/monitoring/Figures.java PID} for a server on this machine that runs as the same user (it takes a JDK), or in the place of
 * the process id the address of its JMX, {@code service:jmx:...}, with a user and a password if it wants them.
 */
public final class Figures {

    private static final int ROOMS = 10;

    private Figures() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            System.err.println("usage: java Figures.java PID | ADDRESS [USER PASSWORD]");
            System.exit(2);
        }
        var address = arguments[0].matches("\\d+") ? attached(arguments[0]) : arguments[0];
        Map<String, Object> environment = arguments.length < 3
                ? Map.of()
                : Map.of(JMXConnector.CREDENTIALS, new String[] {arguments[1], arguments[2]});
        try (var connector = JMXConnectorFactory.connect(new JMXServiceURL(address), environment)) {
            var beans = connector.getMBeanServerConnection();
            for (var name : beans.queryNames(new ObjectName("org.parlour:type=Chat,*"), null)) {
                print(beans, name);
            }
        }
        // WildFly's client library leaves threads behind.
        System.exit(0);
    }

    private static String attached(String pid) throws Exception {
        var machine = VirtualMachine.attach(pid);
        try {
            return machine.startLocalManagementAgent();
        } finally {
            machine.detach();
        }
    }

    private static void print(MBeanServerConnection beans, ObjectName name) throws Exception {
        System.out.println(name);
        var values = new TreeMap<String, Object>();
        for (var attribute : beans.getMBeanInfo(name).getAttributes()) {
            values.put(attribute.getName(), beans.getAttribute(name, attribute.getName()));
        }
        values.forEach((attribute, value) -> System.out.printf("  %-22s %s%n", attribute, value));
        var rooms = (CompositeData[]) beans.invoke(
                name, "fullestRooms", new Object[] {ROOMS}, new String[] {int.class.getName()});
        for (var room : rooms) {
            System.out.print("  room");
            for (var item : room.getCompositeType().keySet()) {
                System.out.print("  " + item + "=" + room.get(item));
            }
            System.out.println();
        }
    }
}
