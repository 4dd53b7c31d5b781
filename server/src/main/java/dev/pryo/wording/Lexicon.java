package dev.pryo.wording;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The words that say something about numbers, and what they say. A text in which one of them says
/// more than the facts is dropped; so the lists are rather too long than too short.
final class Lexicon {
  /// The value is larger.
  static final Pattern UP =
      words(
          "more|higher|highest|greater|larger|largest|bigger|biggest|increas(?:e|es|ed|ing)|rais(?:e|es|ed|ing)"
              + "|ris(?:e|es|en|ing)|rose|grow(?:s|n|ing)?|grew|growth|boost(?:s|ed|ing)?|climb(?:s|ed|ing)?|gain(?:s|ed)"
              + "|(?:is|are|was|were|goes|went|going) up|up by|upwards?|uplift(?:s|ed)?|lift(?:s|ed)|jump(?:s|ed)?|surg(?:e|es|ed)"
              + "|exceed(?:s|ed|ing)?|above|ahead|additional|extra|often|adds?|added");

  /// The value is smaller.
  static final Pattern DOWN =
      words(
          "fewer|less|lower(?:s|ed|ing)?|lowest|smaller|smallest|decreas(?:e|es|ed|ing)|drop(?:s|ped|ping)?|fall(?:s|en|ing)?|fell"
              + "|declin(?:e|es|ed|ing)|reduc(?:e|es|ed|ing|tion|tions)|shrink(?:s|ing)?|shrank|los(?:s|ses|es|t|ing)|lose"
              + "|(?:is|are|was|were|goes|went|going|scaled) down|down by|downwards?|below|behind|trail(?:s|ed|ing)?|lag(?:s|ged|ging)?"
              + "|dip(?:s|ped)?|sink(?:s)?|sank|cuts?|rarer|rarely|short of|negative");

  /// It is what is wanted.
  static final Pattern GOOD =
      words(
          "better|best|improv(?:e|es|ed|ing|ement|ements)|superior|help(?:s|ed|ful)?|benefi(?:ts?|cial|ted)|positive|stronger"
              + "|strongest|pays? off|success(?:ful|fully)?|succe(?:ed|eds|eded)|good|great|leads?|leading|led");

  /// It is the contrary of what is wanted.
  static final Pattern BAD =
      words(
          "worse|worst|worsen(?:s|ed)?|hurt(?:s|ing)?|harm(?:s|ed|ful|ing)?|damag(?:e|es|ed|ing)|inferior|weaker|weakest|poorer"
              + "|underperform(?:s|ed|ing)?|fail(?:s|ed|ing|ure)?|bad|deteriorat(?:e|es|ed|ing)");

  /// Somebody has won.
  static final Pattern WINS =
      words(
          "win(?:s|ner|ners|ning)?|won|victor(?:y|ious)?|beat(?:s|en|ing)?|outperform(?:s|ed|ing)?|champion|triumph(?:s|ed)?"
              + "|defeat(?:s|ed)?|dominat(?:e|es|ed)|prevail(?:s|ed)?|overtak(?:es|en)|surpass(?:es|ed)?|trumps?|crush(?:es|ed)?");

  /// It is settled.
  static final Pattern SETTLED =
      words(
          "significan(?:t|tly|ce)|pro(?:ve|ves|ved|ven|of|ving)|clear(?:ly|er|est)?|certain(?:ly|ty)?|definite(?:ly)?|definitive(?:ly)?"
              + "|conclusive(?:ly)?|confiden(?:t|tly|ce)|guarantee(?:s|d)?|undoubtedly|undeniabl[ey]|unquestionabl[ey]|decisive(?:ly)?"
              + "|statistical(?:ly)?|settled|settles|confirm(?:s|ed|ing)?|established|demonstrat(?:e|es|ed)|reliabl[ey]|real|genuine(?:ly)?"
              + "|true effect|surely?|obvious(?:ly)?|evident(?:ly)?|evidence|convincing(?:ly)?|solid|robust|meaningful(?:ly)?|strong(?:ly)?"
              + "|show(?:s|n|ed)? that|caus(?:e|es|ed|ing)|thanks to|because of");

  /// What no counts show, whatever it is said of.
  private static final String BEYOND =
      "\\b(?:no|without(?: any)?|zero|not any|not a(?:ny)?)(?: \\w+){0,2} (?:differences?|effects?|impacts?|doubts?|questions?)\\b"
          + "|\\b(?:identical|equal(?:ly)?|no matter|everybody|everyone|every visitor|all visitors|all people|majority|minority"
          + "|countless|(?:as|so) (?:does|did|do)|(?:does|did|do) (?:so|as well)|most (?:of|people|visitors|users|customers)"
          + "|chance|probab(?:ility|le|ly)|odds|likelihood|doubt(?:s|less|ful)?|100 ?%)\\b";

  static final Pattern NEVER_OF_ANYTHING = Pattern.compile("(?i)" + BEYOND);

  /// What no counts ever show of a segment: that nothing changes, what will be, and why.
  static final Pattern NEVER =
      Pattern.compile(
          "(?i)"
              + BEYOND
              + "|\\b(?:no|without(?: any)?|zero|not any|not a(?:ny)?)(?: \\w+){0,2} changes?\\b"
              + "|\\b(?:the same|unchanged|always|never|will|couple|handful|likewise|similarly|too(?=\\W*$)|not only|nothing but|not just"
              + "|revenue|profits?|money|dollars?|euros?|season(?:al)?|because they|since they"
              + "|prefer(?:s|red)?|lov(?:e|es|ed)|attracts?|appeals?|confus(?:e|es|ed|ing)|trust(?:s|ed)?)\\b");

  /// Those of the words for what is settled that say nothing else, as `clear` does of a label.
  static final Pattern CERTAIN =
      words(
          "(?:in)?significan(?:t|tly|ce)|pro(?:ve|ves|ved|ven|of|ving)|certain(?:ly|ty)?|definite(?:ly)?|definitive(?:ly)?|conclusive(?:ly)?"
              + "|confiden(?:t|tly|ce)|guarantee(?:s|d)?|undoubtedly|undeniabl[ey]|unquestionabl[ey]|statistical(?:ly)?|settled|evidence|p-values?");

  /// Advice about an experiment, and not about what is on a page.
  static final Pattern ADVICE =
      words(
          "ships? (?:it|this|that|now|the)|roll(?:s|ed|ing)? (?:it |this |the (?:\\S+ )?)?out|roll-?outs?|deploy(?:s|ed|ing|ment)?|go(?:es)? live"
              + "|make it permanent|(?:keep|keeps|keeping|leave|let) (?:(?:it|this|the (?:test|experiment)) )?run(?:ning)?|run (?:it )?longer"
              + "|stop (?:it|now|this|the (?:test|experiment))|can stop|end (?:it|the (?:test|experiment))|roll(?:s|ed|ing)? (?:it )?back|reverts?");

  /// Says what may come, and not what was.
  static final Pattern EXPECTED =
      words(
          "will|would|should|may|might|could|can|if|whether|expect(?:s|ed)?|hope(?:s|d)?|so that");

  /// A comparison that says what was.
  static final Pattern PAST =
      words(
          "rose|risen|grew|grown|fell|fallen|sank|shrank|lost|led|won|had|did|was|were|bought|left|saw|came|went|chose|paid|spent"
              + "|\\p{L}{2,}[^e\\P{L}]ed");

  /// What was spoken of before.
  static final Pattern AGAIN = words("it|its|they|their|them|this|that|these|those|both|the other");

  /// What an experiment counts.
  static final Pattern OUTCOME =
      words(
          "people|persons?|visitors?|users?|customers?|shoppers?|conversions?|rates?|sales|orders?|purchases?|sign-?ups?|trials?|clicks?"
              + "|results?|outcomes?");

  /// What one does with a version that is better.
  static final Pattern SHIP =
      words(
          "ship(?:s|ped|ping)?|roll(?:s|ed|ing)? (?:it |this |\\S )?out|roll-?out|launch(?:es|ed|ing)?|deploy(?:s|ed|ing)?|adopt(?:s|ed|ing)?"
              + "|releas(?:e|es|ed|ing)|switch(?:es|ed|ing)? (?:over )?to|go with|choos(?:e|ing)|pick(?:s|ing)?|implement(?:s|ed|ing)?|recommend(?:s|ed)?"
              + "|for everyone|make it permanent|go(?:es)? live|should|must|ought|deserv(?:e|es|ed|ing)|suggest(?:s|ed|ing)?|advis(?:e|es|ed|able)"
              + "|go (?:for|ahead)|opt(?:s|ed)? for|favou?r(?:s|ed|ite)?|preferable|green light|worth (?:it|keeping|having)");

  /// What one does when the new version is not to be kept.
  static final Pattern KEEP_CONTROL =
      words(
          "keep(?:s|ing)? (?:the |using the )?\uE000|stay(?:s|ing)? with|stick(?:s|ing)? with|revert(?:s|ed|ing)?|roll(?:s|ed|ing)? back|abandon(?:s|ed)?"
              + "|discard(?:s|ed)?|drop (?:it|this|the)|turn (?:it )?off|reject(?:s|ed)?");

  static final Pattern STOP =
      words("stop(?:s|ped|ping)?|end(?:s|ed|ing)? (?:it|the|this)|finish(?:es|ed)?");

  static final Pattern GO_ON =
      words(
          "keep(?:s|ing)? (?:it |this |the experiment |the test )?running|continu(?:e|es|ed|ing)|let (?:it|this|the \\w+) run|wait(?:s|ing)?"
              + "|run (?:it )?longer|extend(?:s|ed)?|leave it running");

  /// Says that something is open.
  static final Pattern OPEN =
      Pattern.compile(
          "(?i)\\b(?:whether|unclear|undecided|open|not (?:yet )?(?:clear|settled|known|proven|possible|enough|significant|conclusive|certain|reached)"
              + "|cannot|can not|could|may|might|if|too (?:early|few|soon|little)|nothing is|no (?:clear |settled )?(?:winner|result|verdict|conclusion|evidence))\\b"
              + "|n['’]t\\b");

  /// Says that something is an idea, and no result.
  static final Pattern TENTATIVE =
      words("exploratory|may|might|hints?|perhaps|not (?:yet )?(?:proven|settled)|open question");

  /// Says that something was only counted.
  static final Pattern COUNTED =
      words(
          "so far|observed|measured|counted|in the counts|to date|at this point|at the moment|currently|until now|in this sample|among these");

  static final Pattern NOT =
      Pattern.compile(
          "(?i)\\b(?:not|no|nothing|nor|neither|cannot|without|never|none|yet to|too early|too soon|before|hardly|unclear|whether)\\b|n['’]t\\b");

  private static final List<Pattern> LOADED =
      List.of(UP, DOWN, GOOD, BAD, WINS, SETTLED, NEVER, SHIP, KEEP_CONTROL, STOP, GO_ON);

  private Lexicon() {}

  /// Whether the words are none that anything is concluded from.
  static boolean saysNothing(String words) {
    return Stream.concat(LOADED.stream(), Stream.of(Numbers.WORDS))
        .noneMatch(pattern -> pattern.matcher(words).find());
  }

  private static Pattern words(String alternatives) {
    return Pattern.compile("(?i)(?<![\\p{L}\\p{N}])(?:" + alternatives + ")(?![\\p{L}\\p{N}])");
  }
}
