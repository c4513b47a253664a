package org.parlour.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;

/** All that differs between the servers on which the integration tests run; the tests themselves do not know which it is. */
interface ApplicationServer {

    /** The ready server that the build has made. */
    Path HOME = Path.of(System.getProperty("parlour.it.server", "target/server"));

    /** Arquillian's, of each test that deploys something by itself. Its processes have logs of their own. */
    String ARQUILLIAN_LOG = "parlour.it.arquillian-log";

    static ApplicationServer current() {
        return System.getProperty("parlour.it.kind", "wildfly").equals("payara") ? new Payara() : new WildFly();
    }

    /** The ports that it listens on with the offset 0. */
    List<Integer> ports();

    /** That of them which serves what MicroProfile Health has to say. */
    int healthPort();

    /** How its log calls what somebody has to look at. */
    String fault();

    /** Has Arquillian run it. */
    void runByArquillian(Path directory, int offset, List<String> settings);

    /** Makes this folder one that a process of its own can run in. */
    void prepare(Path base, int offset) throws IOException;

    /** Has it deploy this at its start, at the root. */
    void deployAtStart(Path base, Path war) throws IOException;

    /** @param settings {@code -Dparlour...} */
    List<String> command(Path base, int offset, List<String> settings) throws IOException, InterruptedException;

    /** Has a running one take the application out; returns before it has. */
    void undeploy(Path base, int offset) throws IOException;

    /** Puts the application in again, once it is out. */
    void deploy(Path base, int offset, Path war) throws IOException, InterruptedException;

    /**
     * Has one that does not run know people, with one password for all, and ask for it as the application says; the administrators have
     * the role {@code parlour-administrator}.
     */
    void know(Path base, String password, Set<String> people, Set<String> administrators) throws IOException;

    /** As {@link #know}, but it asks by BASIC. */
    void knowByBasic(Path base, String password, Set<String> people, Set<String> administrators) throws IOException;

    /** JARs, which nobody writes to, are the same files afterwards, where the file system can do that. */
    static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var copy = to.resolve(from.relativize(file).toString());
                if (!file.toString().endsWith(".jar") || !isLinked(copy, file)) {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static boolean isLinked(Path link, Path file) {
        try {
            Files.createLink(link, file);
            return true;
        } catch (IOException | UnsupportedOperationException impossible) {
            return false;
        }
    }
}
