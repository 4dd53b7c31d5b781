import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparing;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.caoccao.javet.swc4j.Swc4j;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstIdent;
import com.caoccao.javet.swc4j.ast.expr.lit.Swc4jAstObjectLit;
import com.caoccao.javet.swc4j.ast.interfaces.ISwc4jAst;
import com.caoccao.javet.swc4j.ast.interfaces.ISwc4jAstProgram;
import com.caoccao.javet.swc4j.ast.module.Swc4jAstExportDecl;
import com.caoccao.javet.swc4j.ast.pat.Swc4jAstAssignPatProp;
import com.caoccao.javet.swc4j.ast.enums.Swc4jAstVarDeclKind;
import com.caoccao.javet.swc4j.ast.stmt.Swc4jAstBlockStmt;
import com.caoccao.javet.swc4j.ast.stmt.Swc4jAstVarDecl;
import com.caoccao.javet.swc4j.enums.Swc4jEsVersion;
import com.caoccao.javet.swc4j.enums.Swc4jMediaType;
import com.caoccao.javet.swc4j.enums.Swc4jParseMode;
import com.caoccao.javet.swc4j.enums.Swc4jSourceMapOption;
import com.caoccao.javet.swc4j.options.Swc4jParseOptions;
import com.caoccao.javet.swc4j.options.Swc4jTransformOptions;
import java.security.MessageDigest;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// Makes the served browser client from its readable source: `pryo.js` without its exports, then
/// `script.js`, in one function, minified, under a line that names version and content.
///
/// It runs as a source file in the build of the server, with the swc4j that the agent uses anyway.
/// At build time, because loading the native library at start would cost every start what only one
/// build needs, and because a client that does not parse should fail the build, not a site. As a
/// source file beside what it minifies, so that nothing of it ends in the product.
///
/// swc4j takes away white space and comments but keeps names, so the names that the script declares
/// are shortened here first; properties and globals keep theirs.
///
/// Arguments: the folder of the sources, the version, the file to write.
void main(String[] args) throws Exception {
  Path sources = Path.of(args[0]);
  String module = withoutExports(Files.readString(sources.resolve("pryo.js")));
  String script =
      "(function () {\n\"use strict\";\n"
          + module
          + Files.readString(sources.resolve("script.js"))
          + "})();\n";
  String body = minified(withoutConst(shortNamed(script)));
  if (!body.contains(VERSION)) {
    throw new IllegalStateException("the client has no place for its fingerprint");
  }
  String print = fingerprint(body);
  String text =
      "/*! Pryo " + args[1] + " " + print + " Apache-2.0 */\n" + body.replace(VERSION, "v=" + print.substring(0, TOLD) + "&") + "\n";
  Path target = Path.of(args[2]);
  Files.createDirectories(target.getParent());
  Files.writeString(target, text);
  int size = gzipped(text);
  if (size > BUDGET) {
    throw new IllegalStateException(
        "the client is %,d bytes after gzip, more than the %,d that a page may spend on it"
            .formatted(size, BUDGET));
  }
}

/// How much of the fingerprint the client tells with its events; every byte is paid by a page.
static final int TOLD = 6;

/// What stands in the source for it.
static final String VERSION = "v=unknown&";

/// Bytes after gzip -9.
static final int BUDGET = 4_000;

int gzipped(String text) throws IOException {
  ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  Deflater best = new Deflater(Deflater.BEST_COMPRESSION, true);
  try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, best)) {
    out.write(text.getBytes(UTF_8));
  }
  return bytes.size() + GZIP_FRAME;
}

/// Header and checksum around what is deflated.
static final int GZIP_FRAME = 18;

static final int WHOLE_SCRIPT = -1;

/// What is put in place of the source from `start` to `end`.
record Edit(int start, int end, String text) {}

String withoutExports(String source) throws Exception {
  return edited(
      source,
      parsed(source, Swc4jParseMode.Module).find(Swc4jAstExportDecl.class).stream()
          .map(e -> new Edit(e.getSpan().getStart(), e.getDecl().getSpan().getStart(), ""))
          .toList());
}

/// What is never assigned again may as well be declared with the shorter word.
String withoutConst(String source) throws Exception {
  return edited(
      source,
      parsed(source, Swc4jParseMode.Script).find(Swc4jAstVarDecl.class).stream()
          .filter(declared -> declared.getKind() == Swc4jAstVarDeclKind.Const)
          .map(declared -> declared.getSpan().getStart())
          .map(start -> new Edit(start, start + "const".length(), "let"))
          .toList());
}

/// A name that the whole script sees, or one inside the statement of the script with that index.
record Name(int statement, String text) {}

/// Each statement of the script names what is its own from the same few letters; the names that the
/// whole script sees come after them, so no name hides another that it did not hide before.
String shortNamed(String source) throws Exception {
  ISwc4jAstProgram<?> program = parsed(source, Swc4jParseMode.Script);
  int globals = scopeOf("window", program);
  List<Swc4jAstIdent> uses = new ArrayList<>(program.find(Swc4jAstIdent.class));
  List<String> free = shortNames(uses, globals);
  uses.removeIf(use -> use.getCtxt() == globals);

  int script = scopeOf("init", program);
  List<? extends ISwc4jAst> statements =
      program.find(Swc4jAstBlockStmt.class).getFirst().getStmts();
  Map<Swc4jAstIdent, Name> names = new IdentityHashMap<>();
  for (Swc4jAstIdent use : uses) {
    int statement = use.getCtxt() == script ? WHOLE_SCRIPT : indexOf(use, statements);
    names.put(use, new Name(statement, use.getSym()));
  }
  Map<Name, String> shorter = shortened(names.values(), free);
  return edited(source, uses.stream().map(u -> renamed(u, shorter.get(names.get(u)))).toList());
}

/// swc gives every scope a number, and one to all globals together.
int scopeOf(String name, ISwc4jAstProgram<?> program) {
  return program.find(Swc4jAstIdent.class).stream()
      .filter(use -> use.getSym().equals(name))
      .findFirst()
      .orElseThrow()
      .getCtxt();
}

int indexOf(Swc4jAstIdent use, List<? extends ISwc4jAst> statements) {
  int index = 0;
  while (statements.get(index).getSpan().getEnd() <= use.getSpan().getStart()) {
    index++;
  }
  return index;
}

/// The more often a name is used, the shorter it gets.
Map<Name, String> shortened(Collection<Name> uses, List<String> free) {
  Map<Name, Long> counts = uses.stream().collect(groupingBy(identity(), counting()));
  Map<Integer, List<Name>> byStatement =
      counts.keySet().stream()
          .sorted(comparing((Name name) -> -counts.get(name)).thenComparing(Name::text))
          .collect(groupingBy(Name::statement));
  List<Name> everywhere = byStatement.remove(WHOLE_SCRIPT);
  int locals = byStatement.values().stream().mapToInt(List::size).max().orElse(0);
  Map<Name, String> shorter = new HashMap<>();
  byStatement.values().forEach(names -> give(names, free, shorter));
  give(everywhere, free.subList(locals, free.size()), shorter);
  return shorter;
}

void give(List<Name> names, List<String> free, Map<Name, String> shorter) {
  for (int i = 0; i < names.size(); i++) {
    shorter.put(names.get(i), free.get(i));
  }
}

/// In `{name}` the name is a property's as well, which stays.
Edit renamed(Swc4jAstIdent use, String name) {
  ISwc4jAst parent = use.getParent();
  ISwc4jAst above = parent.getParent();
  boolean shorthand = parent instanceof Swc4jAstObjectLit || above instanceof Swc4jAstAssignPatProp;
  return new Edit(
      use.getSpan().getStart(),
      use.getSpan().getEnd(),
      shorthand ? use.getSym() + ":" + name : name);
}

/// The letters that are most frequent anyway come first: they cost least after gzip.
static final String LETTERS = "eatnrioscldupmhfgvywbkxjqzSTEANORCDIJLMPUQBFGHKVWXYZ";

/// One and two letters, without keywords and the globals in use.
List<String> shortNames(List<Swc4jAstIdent> uses, int globals) {
  Set<String> taken = new HashSet<>(Set.of("do", "if", "in"));
  uses.stream().filter(use -> use.getCtxt() == globals).forEach(use -> taken.add(use.getSym()));
  List<String> letters = LETTERS.chars().mapToObj(Character::toString).toList();
  return Stream.concat(
          letters.stream(), letters.stream().flatMap(a -> letters.stream().map(b -> a + b)))
      .filter(name -> !taken.contains(name))
      .toList();
}

ISwc4jAstProgram<?> parsed(String source, Swc4jParseMode mode) throws Exception {
  if (!source.chars().allMatch(c -> c < 128)) {
    throw new IllegalStateException("the client's source is not plain ASCII; write \\u escapes");
  }
  return new Swc4j()
      .parse(
          source,
          new Swc4jParseOptions()
              .setParseMode(mode)
              .setMediaType(Swc4jMediaType.JavaScript)
              .setCaptureAst(true)
              .setScopeAnalysis(true))
      .getProgram();
}

String edited(String source, List<Edit> edits) {
  StringBuilder text = new StringBuilder(source);
  edits.stream()
      .sorted(Comparator.comparingInt(Edit::start).reversed())
      .forEach(edit -> text.replace(edit.start(), edit.end(), edit.text()));
  return text.toString();
}

String minified(String source) throws Exception {
  return new Swc4j()
      .transform(
          source,
          new Swc4jTransformOptions()
              .setParseMode(Swc4jParseMode.Script)
              .setMediaType(Swc4jMediaType.JavaScript)
              .setTarget(Swc4jEsVersion.ES2020)
              .setSourceMap(Swc4jSourceMapOption.None)
              .setAsciiOnly(true)
              .setKeepComments(false)
              .setMinify(true)
              .setOmitLastSemi(true))
      .getCode();
}

/// Twelve hex digits of the content's SHA-256.
String fingerprint(String body) throws Exception {
  byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(UTF_8));
  return HexFormat.of().formatHex(digest, 0, 6);
}
