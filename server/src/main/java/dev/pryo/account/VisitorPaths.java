package dev.pryo.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/// Lets the last part of a path that names a visitor be any text, percent-encoded: sites make these
/// ids. A slash in it stays encoded until the path has been taken apart, so that it parts nothing.
/// Every other path is guarded as before.
@Configuration(proxyBeanMethods = false)
class VisitorPaths {
  private static final Pattern NAMES_A_VISITOR =
      Pattern.compile("/api/(projects|experiments)/[0-9a-fA-F-]{36}/visitors/[^/;\\\\]+");

  @Bean
  TomcatConnectorCustomizer encodedSlashes() {
    return connector -> {
      connector.setEncodedSolidusHandling("passthrough");
      connector.setEncodedReverseSolidusHandling("passthrough");
    };
  }

  @Bean
  HttpFirewall firewall() {
    HttpFirewall strict = new StrictHttpFirewall();
    HttpFirewall anyText = anyText();
    return new HttpFirewall() {
      @Override
      public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        boolean visitor = NAMES_A_VISITOR.matcher(request.getRequestURI()).matches();
        return (visitor ? anyText : strict).getFirewalledRequest(request);
      }

      @Override
      public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
        return strict.getFirewalledResponse(response);
      }
    };
  }

  private static StrictHttpFirewall anyText() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setAllowUrlEncodedSlash(true);
    firewall.setAllowUrlEncodedDoubleSlash(true);
    firewall.setAllowBackSlash(true);
    firewall.setAllowSemicolon(true);
    firewall.setAllowUrlEncodedPercent(true);
    firewall.setAllowUrlEncodedPeriod(true);
    return firewall;
  }
}
