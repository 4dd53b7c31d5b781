package dev.pryo.account;

import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/// Puts [ShortReads] before all other filters. It is looked for at its first request: the web
/// server starts before the database is known, and must not ask for it.
@Configuration(proxyBeanMethods = false)
class ShortReadsConfiguration {
  @Bean
  DelegatingFilterProxyRegistrationBean shortReadsFirst() {
    DelegatingFilterProxyRegistrationBean first =
        new DelegatingFilterProxyRegistrationBean("shortReads");
    first.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return first;
  }
}
