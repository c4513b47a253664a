package org.parlour.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses that begin with the same bits: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address alone. Names are never looked up.
 *
 * @param prefix how many bits count
 */
public record Network(InetAddress address, int prefix) {

    // Whatever does not match could be a host name, and InetAddress would ask the network for it.
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");

    /** @throws IllegalArgumentException if the text is neither an address nor {@code address/prefix} */
    static Network parse(String text) {
        var slash = text.indexOf('/');
        var address = addressIn(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException("Not an address: " + text));
        var bits = 8 * address.getAddress().length;
        var prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("Not a prefix: " + text);
        }
        return new Network(address, prefix);
    }

    /** The address that is written here in digits; none if it is anything else. An IPv4 address in IPv6 clothes is the IPv4 address. */
    public static Optional<InetAddress> addressIn(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }

    public boolean contains(InetAddress other) {
        var mine = address.getAddress();
        var its = other.getAddress();
        if (mine.length != its.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit += 8) {
            var ignored = Math.max(0, bit + 8 - prefix);
            if ((mine[bit / 8] & 0xFF) >> ignored != (its[bit / 8] & 0xFF) >> ignored) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether it holds a client's address as Parlour notes it ({@code 192.0.2.1}, {@code 2001:db8:0:0:0:0:0:0/64}). Of an IPv6 network
     * only the first 64 bits count then, for more is not known of the client.
     */
    public boolean holds(String noted) {
        var slash = noted.indexOf('/');
        var client = addressIn(slash < 0 ? noted : noted.substring(0, slash));
        var known = slash < 0 ? prefix : Math.min(prefix, Integer.parseInt(noted.substring(slash + 1)));
        return client.filter(new Network(address, known)::contains).isPresent();
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefix;
    }
}
