package org.parlour.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.eclipse.microprofile.config.ConfigProvider;

/** Reads {@link ChatConfig} from MicroProfile Config: system properties, environment, the server's own sources. */
@ApplicationScoped
public class ConfigProducer {

    private static final Logger LOG = System.getLogger(ConfigProducer.class.getName());

    private final ChatConfig config = read();

    private static ChatConfig read() {
        var source = ConfigProvider.getConfig();
        var config = ChatConfig.from(SettingFiles.over(
                key -> source.getOptionalValue(key, String.class).orElse(null)));
        LOG.log(Level.INFO, () -> "Settings: " + config);
        return config;
    }

    @Produces
    public ChatConfig config() {
        return config;
    }
}
