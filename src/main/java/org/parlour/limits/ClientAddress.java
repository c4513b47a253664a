package org.parlour.limits;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.parlour.config.Network;

/** Tells clients apart by where they come from. */
public final class ClientAddress {

    /** Whatever cannot be read counts as one address. */
    public static final String UNKNOWN = "unknown";

    private static final int SUBNET_BYTES = 8;

    private ClientAddress() {}

    /**
     * The address of the client behind this peer: the peer itself or, if it is a trusted proxy, the last hop in {@code X-Forwarded-For}
     * that is none. What stands left of that hop, the client may have written itself. An IPv6 address stands for its /64, for that is
     * what one client gets.
     *
     * @param peer the other end of the TCP connection
     * @param forwarded the values of {@code X-Forwarded-For}, as they came
     */
    static String of(String peer, List<String> forwarded, List<Network> trusted) {
        var client = parsed(peer);
        var hops = forwarded.stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .toList();
        for (int i = hops.size() - 1; i >= 0 && client.isPresent() && isTrusted(client.get(), trusted); i--) {
            var hop = parsed(hops.get(i));
            if (hop.isEmpty()) {
                break;
            }
            client = hop;
        }
        return client.map(ClientAddress::key).orElse(UNKNOWN);
    }

    static boolean isTrusted(String peer, List<Network> trusted) {
        return parsed(peer).filter(address -> isTrusted(address, trusted)).isPresent();
    }

    private static boolean isTrusted(InetAddress address, List<Network> trusted) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }

    // 192.0.2.1, 192.0.2.1:4711, 2001:db8::1, [2001:db8::1], [2001:db8::1]:4711, fe80::1%eth0
    private static Optional<InetAddress> parsed(String written) {
        var text = written;
        if (text.startsWith("[")) {
            text = text.substring(1, Math.max(1, text.indexOf(']')));
        } else if (text.indexOf('.') > 0 && text.indexOf(':') == text.lastIndexOf(':') && text.indexOf(':') > 0) {
            text = text.substring(0, text.indexOf(':'));
        }
        var zone = text.indexOf('%');
        return Network.addressIn(zone < 0 ? text : text.substring(0, zone));
    }

    private static String key(InetAddress address) {
        if (address instanceof Inet4Address) {
            return address.getHostAddress();
        }
        try {
            var subnet = Arrays.copyOf(Arrays.copyOf(address.getAddress(), SUBNET_BYTES), 2 * SUBNET_BYTES);
            return InetAddress.getByAddress(subnet).getHostAddress() + "/64";
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
