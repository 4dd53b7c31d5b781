package dev.pryo.web;

import dev.pryo.web.templates.StaticTemplates;
import dev.pryo.web.templates.Templates;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// The pages' templates, as methods, and the parameters that pages take.
@Configuration(proxyBeanMethods = false)
class WebConfiguration {
  @Bean
  Templates templates() {
    return new StaticTemplates();
  }

  @Bean
  WebMvcConfigurer pageParameters(Frames frames) {
    return new WebMvcConfigurer() {
      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(frames);
      }
    };
  }
}
