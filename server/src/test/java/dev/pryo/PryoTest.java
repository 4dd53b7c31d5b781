package dev.pryo;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/// A test against the whole server on real PostgreSQL, over real HTTP. All such tests share one
/// server.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "pryo.rate-limits=off",
      "pryo.models.anthropic.api-key=",
      "pryo.models.anthropic.base-url=",
      "pryo.models.openai.api-key=",
      "pryo.models.openai.base-url=",
      "pryo.frontend-url=https://front.example",
      "spring.lifecycle.timeout-per-shutdown-phase=2s"
    })
@ContextConfiguration(initializers = TestHome.class)
public @interface PryoTest {}
