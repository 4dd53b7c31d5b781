package dev.pryo.platform;

import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of the web server is not a setting.
@Configuration(proxyBeanMethods = false)
class WebServerConfiguration {
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
