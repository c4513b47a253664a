package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The domain of {@code target/payara6}. Its start script would leave the server to itself; so the script is only asked for the command
 * line, and the server is a child of the tests that they can kill.
 */
final class Payara implements ApplicationServer {

    static final int HTTP = 8080;
    private static final int ADMIN = 4848;

    /** Those, IIOP, JMS and JMX; and what the data grid would have. */
    private static final List<Integer> PORTS = List.of(HTTP, ADMIN, 8181, 3700, 3820, 3920, 7676, 8686, 4900);

    private static final Pattern PORT = Pattern.compile("((?:port|value)=\")(\\d+)\"");

    private static final int PATIENCE_SECONDS = 120;

    @Override
    public List<Integer> ports() {
        return PORTS;
    }

    @Override
    public int healthPort() {
        return HTTP;
    }

    @Override
    public String fault() {
        return "|SEVERE|";
    }

    @Override
    public void runByArquillian(Path directory, int offset, List<String> settings) {
        System.setProperty("arquillian.launch", "payara");
        PayaraContainer.settings(directory, settings);
        System.setProperty(ARQUILLIAN_LOG, directory.resolve("output.log").toString());
    }

    @Override
    public void prepare(Path base, int offset) throws IOException {
        var ready = HOME.resolve("glassfish/domains/domain1");
        var domain = base.resolve("domain1");
        Files.createDirectories(domain);
        for (var folder : List.of("config", "lib")) {
            ApplicationServer.copy(ready.resolve(folder), domain.resolve(folder));
        }
        // Without it a start takes three times as long. Its JARs are only read.
        ApplicationServer.copy(ready.resolve("osgi-cache"), domain.resolve("osgi-cache"));
        // Empty: there is to be no page at the root before Parlour's.
        Files.createDirectories(domain.resolve("docroot"));
        var file = domain.resolve("config/domain.xml");
        var configuration = Files.readString(file);
        Files.writeString(file, PORT.matcher(configuration).replaceAll(port -> moved(port, offset)));
    }

    private static String moved(MatchResult port, int offset) {
        var number = Integer.parseInt(port.group(2));
        return port.group(1) + (PORTS.contains(number) ? number + offset : number) + "\"";
    }

    @Override
    public void deployAtStart(Path base, Path war) throws IOException {
        Files.writeString(afterStart(base), "deploy --contextroot / --name parlour " + war + "\n");
    }

    private static Path afterStart(Path base) {
        return base.resolve("after-start.asadmin");
    }

    @Override
    public List<String> command(Path base, int offset, List<String> settings) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of("start-domain", "--dry-run", "--domaindir", base.toString()));
        var done = base.resolve("deployed.asadmin");
        if (Files.exists(afterStart(base))) {
            // Once: it deploys by itself from then on.
            Files.move(afterStart(base), done);
            arguments.addAll(List.of("--postbootcommandfile", done.toString()));
        }
        arguments.add("domain1");
        var asked = base.resolve("command.txt");
        var process = asadmin(arguments).redirectOutput(asked.toFile()).start();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        var command = new ArrayList<>(Files.readAllLines(asked).stream()
                .dropWhile(line -> !line.startsWith("Dump of"))
                .skip(1)
                .takeWhile(line -> !line.isBlank())
                .toList());
        assertThat(command).as("a command in %s", asked).contains("-read-stdin", "-verbose");
        // No passwords are told on stdin, and the log is to be on stdout.
        command.set(command.indexOf("-read-stdin") + 1, "false");
        command.set(command.indexOf("-verbose") + 1, "true");
        command.addAll(command.indexOf("com.sun.enterprise.glassfish.bootstrap.ASMain"), settings);
        return command;
    }

    /** The administration from the command line, on any machine. */
    private static ProcessBuilder asadmin(List<String> arguments) {
        var command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-jar",
                                HOME.resolve("glassfish/lib/client/appserver-cli.jar")
                                        .toString()),
                        arguments.stream())
                .toList();
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    static void asadmin(Path base, int offset, String... arguments) throws IOException, InterruptedException {
        var log = base.resolve("asadmin.log").toFile();
        var process = startAsadmin(log, offset, arguments);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("in time, see %s", log)
                .isTrue();
        assertThat(process.exitValue())
                .as("%s, see %s", List.of(arguments), log)
                .isZero();
    }

    private static Process startAsadmin(File log, int offset, String... arguments) throws IOException {
        var port = Stream.of("--port", Integer.toString(ADMIN + offset));
        return asadmin(Stream.concat(port, Stream.of(arguments)).toList())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    @Override
    public void undeploy(Path base, int offset) throws IOException {
        startAsadmin(base.resolve("asadmin.log").toFile(), offset, "undeploy", "parlour");
    }

    @Override
    public void deploy(Path base, int offset, Path war) throws IOException, InterruptedException {
        awaitUndeployed(base);
        asadmin(base, offset, "deploy", "--contextroot", "/", "--name", "parlour", war.toString());
    }

    private static void awaitUndeployed(Path base) throws IOException, InterruptedException {
        var log = base.resolve("asadmin.log");
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.readString(log).contains("undeploy executed successfully")) {
            assertThat(System.nanoTime()).as("undeployed in time, see %s", log).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(100);
        }
        Files.delete(log);
    }

    // Payara looks at BASIC by itself and asks its realm "file", unless an application says otherwise.
    @Override
    public void knowByBasic(Path base, String password, Set<String> people, Set<String> administrators)
            throws IOException {
        know(base, password, people, administrators);
    }

    @Override
    public void know(Path base, String password, Set<String> people, Set<String> administrators) throws IOException {
        var configuration = base.resolve("domain1/config");
        var users = new StringBuilder();
        for (var name : people) {
            var group = administrators.contains(name) ? "parlour-administrator,staff" : "staff";
            users.append(name)
                    .append(";{SSHA256}")
                    .append(hash(password))
                    .append(';')
                    .append(group)
                    .append('\n');
        }
        Files.writeString(configuration.resolve("keyfile"), users);
        var file = configuration.resolve("domain.xml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "<security-service",
                                "<security-service activate-default-principal-to-role-mapping=\"true\""));
    }

    private static String hash(String password) {
        var salt = "saltsalt".getBytes(StandardCharsets.US_ASCII);
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(password.getBytes(StandardCharsets.UTF_8));
            var hash = sha256.digest(salt);
            for (int i = 1; i < 100; i++) {
                hash = sha256.digest(hash);
            }
            var salted = Arrays.copyOf(hash, hash.length + salt.length);
            System.arraycopy(salt, 0, salted, hash.length, salt.length);
            return Base64.getEncoder().encodeToString(salted);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
