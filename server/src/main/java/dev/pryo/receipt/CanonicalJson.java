package dev.pryo.receipt;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// JSON in the one form that RFC 8785 (JCS) gives it: no white space, keys in the order of their
/// UTF-16 units, numbers as ECMAScript writes a double, UTF-8.
final class CanonicalJson {
  private final StringBuilder text = new StringBuilder();

  private CanonicalJson() {}

  /// @throws IllegalArgumentException for what has no canonical form: a number beyond the doubles,
  ///   half of a surrogate pair
  static byte[] of(JsonNode node) {
    CanonicalJson json = new CanonicalJson();
    json.value(node);
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json.text));
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("A text in it is no Unicode.", e);
    }
  }

  private void value(JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> object(node);
      case ARRAY -> array(node);
      case STRING -> string(node.stringValue());
      case NUMBER -> text.append(number(node.doubleValue()));
      case BOOLEAN -> text.append(node.booleanValue());
      case NULL -> text.append("null");
      case BINARY, MISSING, POJO ->
          throw new IllegalArgumentException("Only what was read from text has such a form.");
    }
  }

  private void object(JsonNode node) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    node.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
    char before = '{';
    for (Map.Entry<String, JsonNode> field : sorted.entrySet()) {
      text.append(before);
      string(field.getKey());
      text.append(':');
      value(field.getValue());
      before = ',';
    }
    text.append(sorted.isEmpty() ? "{}" : "}");
  }

  private void array(JsonNode node) {
    text.append('[');
    for (Iterator<JsonNode> items = node.iterator(); items.hasNext(); ) {
      value(items.next());
      text.append(items.hasNext() ? "," : "");
    }
    text.append(']');
  }

  private void string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\b' -> text.append("\\b");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\f' -> text.append("\\f");
        case '\r' -> text.append("\\r");
        default -> {
          if (c < ' ') {
            text.append("\\u%04x".formatted((int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  /// Number::toString of ECMAScript, from the digits that Java finds: both take the shortest ones
  /// that mean this double, and of those the nearest.
  static String number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("A number in it is too large.");
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal size = shortest(Math.abs(value));
    String digits = size.unscaledValue().toString();
    int point = digits.length() - size.scale();
    return (value < 0 ? "-" : "") + placed(digits, point);
  }

  /// Java never looks for less than two digits, as in 4.9E-324, which is 5e-324 elsewhere.
  private static BigDecimal shortest(double size) {
    BigDecimal digits = new BigDecimal(Double.toString(size)).stripTrailingZeros();
    BigDecimal one = digits.round(new MathContext(1)).stripTrailingZeros();
    return one.doubleValue() == size ? one : digits;
  }

  private static String placed(String digits, int point) {
    if (digits.length() <= point && point <= 21) {
      return digits + "0".repeat(point - digits.length());
    }
    if (0 < point && point <= 21) {
      return digits.substring(0, point) + "." + digits.substring(point);
    }
    if (-6 < point && point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    int exponent = point - 1;
    return digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
  }
}
