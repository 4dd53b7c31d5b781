package dev.pryo.platform;

import java.util.List;
import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.type.LogicalType;

/// How JSON is read and written everywhere: snake case, and strict about what it reads. Duplicate
/// keys, text in place of numbers and nesting beyond 64 are refused; unknown fields are not bound.
@Configuration(proxyBeanMethods = false)
class JsonConfiguration {
  private static final int DEEPEST = 64;
  private static final List<CoercionInputShape> NO_TEXT =
      List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean);

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
            .withCoercionConfig(
                LogicalType.Textual,
                text -> {
                  for (CoercionInputShape shape : NO_TEXT) {
                    text.setCoercion(shape, CoercionAction.Fail);
                  }
                })
            .enumNamingStrategy(EnumNamingStrategies.SNAKE_CASE);
  }
}
