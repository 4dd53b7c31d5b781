package dev.pryo.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// What of the web server is not a setting.
@Configuration(proxyBeanMethods = false)
class WebServerConfiguration {
  /// Says that the port is taken before anything is made; the web server opens it when folder,
  /// database and all else are there.
  @Bean
  static BeanFactoryPostProcessor thePortIsFree(Environment environment) {
    return beans -> {
      Binder settings = Binder.get(environment);
      int port = settings.bind("server.port", Integer.class).get();
      InetAddress address = settings.bind("server.address", InetAddress.class).get();
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(address, port));
      } catch (IOException e) {
        refuse(environment, address, port, e);
      }
    };
  }

  /// Most often it is another Pryo, and of the same home; then its home is the better answer.
  private static void refuse(
      Environment environment, InetAddress address, int port, IOException why) {
    try {
      if (environment.getRequiredProperty("pryo.database-url").isBlank()) {
        Home.requireNotHeld(Path.of(environment.getRequiredProperty("pryo.home")));
      }
    } catch (IOException e) {
      why.addSuppressed(e);
    }
    PortInUseException.throwIfPortBindingException(why, () -> port);
    throw new StartFailure(
        "The port %d of %s cannot be opened (%s): choose another with --port, or an address of this machine as PRYO_ADDRESS."
            .formatted(port, address.getHostAddress(), why.getMessage()),
        why);
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTheServerItself() {
    return factory ->
        factory.addContextCustomizers(context -> {
          if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(ProblemValve.class.getName());
          }
        });
  }
}
