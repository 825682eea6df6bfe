package org.conferenceworker.system.deploy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.conferenceworker.standin.Settings;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.io.FileSystemResource;

/** What the worker does if nobody sets anything else, for what has to fit to it. */
final class Shipped {

  private Shipped() {}

  private static Properties settings() {
    var yaml = new YamlPropertiesFactoryBean();
    yaml.setResources(
        new FileSystemResource(Path.of("src", "main", "resources", "application.yaml")));
    return yaml.getObject();
  }

  static int port() {
    String port = settings().getProperty("server.port");
    return Integer.parseInt(port.replaceAll("\\D+", ""));
  }

  /** How long the worker takes at most to stop: the longest call, its report, or Spring's limit. */
  static Duration longestStop() {
    Duration spring =
        DurationStyle.detectAndParse(
            settings().getProperty("spring.lifecycle.timeout-per-shutdown-phase"));
    Duration call = Settings.vobiz().http().totalTimeout().plusSeconds(5);
    return spring.compareTo(call) > 0 ? spring : call;
  }
}
