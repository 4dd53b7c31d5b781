package dev.pryo.wording;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// What the operator set about a model's words; explained in `application.yml`.
///
/// @param model whether a model may put analyses into words at all
@ConfigurationProperties("pryo.words")
record WordSettings(boolean model) {}
