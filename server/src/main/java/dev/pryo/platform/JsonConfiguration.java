package dev.pryo.platform;

import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;

/// How JSON is read and written everywhere: snake case, and strict about what it reads. Duplicate
/// keys, text in place of numbers and nesting beyond 64 are refused; unknown fields are not bound.
@Configuration(proxyBeanMethods = false)
class JsonConfiguration {
  private static final int DEEPEST = 64;

  @Bean
  JsonFactoryBuilderCustomizer strictReading() {
    return factory ->
        factory
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
  }

  @Bean
  JsonMapperBuilderCustomizer strictBinding() {
    return json ->
        json.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enumNamingStrategy(EnumNamingStrategies.SNAKE_CASE);
  }
}
