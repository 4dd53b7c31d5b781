package dev.pryo;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/// A test against a whole server that has a language model: [TestModel], asked through the vendor's
/// own library. All such tests share one server.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "pryo.rate-limits=off",
      "pryo.models.anthropic.api-key=sk-ant-test-key-of-nobody",
      "pryo.models.openai.api-key=",
      "pryo.models.openai.base-url=",
      "pryo.models.run-budget-usd=2",
      "pryo.models.monthly-budget-usd=1000",
      "spring.lifecycle.timeout-per-shutdown-phase=2s"
    })
@ContextConfiguration(initializers = {TestHome.class, TestModel.Shared.class})
public @interface ModelTest {}
