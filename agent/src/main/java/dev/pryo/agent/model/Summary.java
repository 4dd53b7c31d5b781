package dev.pryo.agent.model;

import java.util.ArrayList;
import java.util.List;

/// The sentences for a pull request, from the plan and the model's own words.
final class Summary {
  private Summary() {}

  static List<String> of(Plan plan, String words) {
    var sentences = new ArrayList<String>();
    if (!words.isEmpty()) {
      sentences.add(words);
    }
    plan.segments().forEach(one -> sentences.add(one.key() + ": " + one.differs()));
    plan.goals().forEach(one -> sentences.add("Event “" + one.event() + "”: " + one.where()));
    sentences.add("Flicker: " + plan.steady());
    plan.unclear().forEach(one -> sentences.add("Unclear: " + one));
    return List.copyOf(sentences);
  }
}
