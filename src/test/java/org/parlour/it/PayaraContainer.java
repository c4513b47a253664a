package org.parlour.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.as.arquillian.container.managed.ManagedDeployableContainer;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * What Arquillian asks of a {@link Payara}. Its own adapter wants a domain that runs already or starts one that it cannot kill, and has
 * never left its alpha versions.
 */
public final class PayaraContainer implements DeployableContainer<PayaraContainer.Nothing> {

    /** Puts it in the place of WildFly's, if that is not what the tests run on. */
    public static final class Extension implements LoadableExtension {

        @Override
        public void register(ExtensionBuilder builder) {
            if (ApplicationServer.current() instanceof Payara) {
                builder.override(DeployableContainer.class, ManagedDeployableContainer.class, PayaraContainer.class);
            }
        }
    }

    /** There is nothing to be configured in arquillian.xml. */
    public static final class Nothing implements ContainerConfiguration {

        @Override
        public void validate() {}
    }

    private static Path directory;
    private static List<String> settings;

    private ServerProcess server;

    /** Before the first one starts. */
    static void settings(Path directory, List<String> settings) {
        PayaraContainer.directory = directory;
        PayaraContainer.settings = settings;
    }

    @Override
    public Class<Nothing> getConfigurationClass() {
        return Nothing.class;
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Servlet 5.0");
    }

    @Override
    public void setup(Nothing nothing) {}

    @Override
    public void start() throws LifecycleException {
        try {
            server = new ServerProcess(Files.createDirectories(directory), settings).startEmpty();
        } catch (IOException failure) {
            throw new LifecycleException("Payara does not start", failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void stop() {
        server.close();
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        var name = nameOf(archive);
        var root = name.equals("ROOT") ? "/" : "/" + name;
        try {
            var war = Files.createDirectories(directory.resolve("war")).resolve(archive.getName());
            archive.as(ZipExporter.class).exportTo(war.toFile(), true);
            server.asadmin("deploy", "--force=true", "--contextroot", root, "--name", name, war.toString());
        } catch (IOException failure) {
            throw new DeploymentException("Payara does not take " + archive.getName(), failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        var http = new HTTPContext(server.address().getHost(), server.address().getPort());
        http.add(new Servlet("ArquillianServletRunnerEE9", root));
        return new ProtocolMetaData().addContext(http);
    }

    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        try {
            server.asadmin("undeploy", nameOf(archive));
        } catch (IOException failure) {
            throw new DeploymentException("Payara does not give up " + archive.getName(), failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static String nameOf(Archive<?> archive) {
        return archive.getName().replace(".war", "");
    }
}
