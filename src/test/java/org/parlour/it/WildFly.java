package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/** The server of {@code target/server}. It deploys what it finds in a folder, and reports by files beside it. */
final class WildFly implements ApplicationServer {

    private static final int HTTP = 8080;
    private static final int MANAGEMENT = 9990;

    @Override
    public List<Integer> ports() {
        return List.of(HTTP, MANAGEMENT);
    }

    @Override
    public int healthPort() {
        return MANAGEMENT;
    }

    @Override
    public String fault() {
        return "ERROR";
    }

    @Override
    public void runByArquillian(Path directory, int offset, List<String> settings) {
        configure("jbossHome", HOME.toString());
        configure("cleanServerBaseDir", directory.toString());
        configure("managementPort", Integer.toString(MANAGEMENT + offset));
        configure(
                "javaVmArguments",
                "-Xmx512m -Djboss.socket.binding.port-offset=" + offset + " " + String.join(" ", settings));
        System.setProperty(
                ARQUILLIAN_LOG, directory.resolve("log").resolve("server.log").toString());
    }

    private static void configure(String property, String value) {
        System.setProperty("arq.container.wildfly.configuration." + property, value);
    }

    @Override
    public void prepare(Path base, int offset) throws IOException {
        ApplicationServer.copy(HOME.resolve("standalone/configuration"), base.resolve("configuration"));
        Files.createDirectories(base.resolve("deployments"));
    }

    @Override
    public void deployAtStart(Path base, Path war) throws IOException {
        Files.copy(war, base.resolve("deployments/ROOT.war"));
    }

    @Override
    public List<String> command(Path base, int offset, List<String> settings) {
        return StandaloneCommandBuilder.of(HOME)
                .setBaseDirectory(base)
                .addJavaOption("-Xmx512m")
                .addServerArgument("-Djboss.socket.binding.port-offset=" + offset)
                .addServerArguments(settings)
                .build();
    }

    @Override
    public void undeploy(Path base, int offset) throws IOException {
        Files.delete(base.resolve("deployments/ROOT.war.deployed"));
    }

    @Override
    public void deploy(Path base, int offset, Path war) throws IOException, InterruptedException {
        awaitFile(base, "ROOT.war.undeployed");
        Files.createFile(base.resolve("deployments/ROOT.war.dodeploy"));
        awaitFile(base, "ROOT.war.deployed");
    }

    private static void awaitFile(Path base, String name) throws InterruptedException {
        var deadline = System.nanoTime() + ServerProcess.START.toNanos();
        while (!Files.exists(base.resolve("deployments").resolve(name))) {
            assertThat(System.nanoTime()).as("%s in time, see %s", name, base).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    @Override
    public void know(Path base, String password, Set<String> people, Set<String> administrators) throws IOException {
        secure(base, "security-domain=\"ApplicationDomain\"");
        name(base.resolve("configuration"), password, people, administrators);
    }

    @Override
    public void knowByBasic(Path base, String password, Set<String> people, Set<String> administrators)
            throws IOException {
        change(
                base,
                "<provider-http-server-mechanism-factory name=\"global\"/>",
                "<http-authentication-factory name=\"application-http\" security-domain=\"ApplicationDomain\""
                        + " http-server-mechanism-factory=\"global\"><mechanism-configuration>"
                        + "<mechanism mechanism-name=\"BASIC\"><mechanism-realm realm-name=\"ApplicationRealm\"/>"
                        + "</mechanism></mechanism-configuration></http-authentication-factory>"
                        + "<provider-http-server-mechanism-factory name=\"global\"/>");
        secure(base, "http-authentication-factory=\"application-http\" override-deployment-config=\"true\"");
        name(base.resolve("configuration"), password, people, administrators);
    }

    private static void secure(Path base, String how) throws IOException {
        var container = "<websockets dispatch-to-worker=\"false\"/>\n            </servlet-container>";
        change(
                base,
                container,
                container + "<application-security-domains><application-security-domain name=\"other\" " + how
                        + "/></application-security-domains>");
    }

    private static void change(Path base, String part, String changed) throws IOException {
        var file = base.resolve("configuration/standalone.xml");
        var before = Files.readString(file);
        assertThat(before).contains(part);
        Files.writeString(file, before.replace(part, changed));
    }

    private static void name(Path configuration, String password, Set<String> people, Set<String> administrators)
            throws IOException {
        var users = new StringBuilder();
        for (var name : people) {
            users.append(name.replace("\\", "\\\\"))
                    .append('=')
                    .append(hash(name, password))
                    .append('\n');
        }
        Files.writeString(configuration.resolve("application-users.properties"), users);
        var roles = new StringBuilder();
        administrators.forEach(name -> roles.append(name).append("=parlour-administrator,staff\n"));
        Files.writeString(configuration.resolve("application-roles.properties"), roles);
    }

    private static String hash(String name, String password) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5")
                            .digest((name + ":ApplicationRealm:" + password).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
