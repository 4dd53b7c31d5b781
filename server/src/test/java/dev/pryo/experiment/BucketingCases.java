package dev.pryo.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The shared cases of `bucketing.json`, which server and client both run.
public final class BucketingCases {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private BucketingCases() {}

  /// One visitor and what is expected of it.
  public record Case(
      String id,
      String seed,
      String userId,
      BigDecimal exposurePercentage,
      List<BigDecimal> weights,
      long hash,
      long exposureHash,
      long exposureBound,
      List<Long> bounds,
      boolean inExperiment,
      int segment,
      OptionalInt assigned) {}

  /// Bytes that need not be text, and their hash.
  public record RawHash(byte[] bytes, long hash) {}

  public static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (JsonNode node : read().get("cases")) {
      JsonNode expected = node.get("expected");
      JsonNode assigned = expected.get("assigned");
      cases.add(
          new Case(
              node.get("id").asString(),
              node.get("seed").asString(),
              userId(node),
              node.get("exposure_percentage").decimalValue(),
              node.get("weights").valueStream().map(JsonNode::decimalValue).toList(),
              expected.get("hash").longValue(),
              expected.get("exposure_hash").longValue(),
              expected.get("exposure_bound").longValue(),
              expected.get("bounds").valueStream().map(JsonNode::longValue).toList(),
              expected.get("in_experiment").booleanValue(),
              expected.get("segment").intValue(),
              assigned.isNull() ? OptionalInt.empty() : OptionalInt.of(assigned.intValue())));
    }
    return cases;
  }

  public static List<RawHash> rawHashes() {
    return read()
        .get("raw_hashes")
        .valueStream()
        .map(node ->
            new RawHash(
                HexFormat.of().parseHex(node.get("hex").asString()), node.get("hash").longValue()))
        .toList();
  }

  /// An id is plain text, UTF-16 code units that JSON cannot carry as text, or a repeated text.
  private static String userId(JsonNode node) {
    if (node.has("user_id")) {
      return node.get("user_id").asString();
    }
    if (node.has("user_id_repeat")) {
      JsonNode repeat = node.get("user_id_repeat");
      return repeat.get(0).asString().repeat(repeat.get(1).intValue());
    }
    StringBuilder id = new StringBuilder();
    node.get("user_id_utf16").forEach(unit -> id.append((char) unit.intValue()));
    return id.toString();
  }

  private static JsonNode read() {
    try (InputStream in = BucketingCases.class.getResourceAsStream("/bucketing.json")) {
      return JSON.readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new IllegalStateException("bucketing.json cannot be read", e);
    }
  }
}
