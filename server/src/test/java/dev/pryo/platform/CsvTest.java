package dev.pryo.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  private static final String FORMULA = "=+-@\t\r\n＝＋－＠";
  private static final String LETTERS = FORMULA + "',;\"aé 1😀|";
  private static final int CELLS = 5;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whateverIsInTheCellsIsReadBackAndIsNoFormula(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<String>> rows = new ArrayList<>();
    StringBuilder file = new StringBuilder();
    for (int row = 0; row < 2_000; row++) {
      List<String> cells = new ArrayList<>();
      for (int cell = 0; cell < CELLS; cell++) {
        cells.add(word(random));
      }
      rows.add(cells);
      file.append(Csv.line(cells.stream().map(Csv::text).toList()));
    }
    List<List<String>> read = read(file.toString());
    assertThat(read).hasSameSizeAs(rows);
    for (int row = 0; row < rows.size(); row++) {
      assertThat(read.get(row)).hasSize(CELLS);
      for (int cell = 0; cell < CELLS; cell++) {
        String was = rows.get(row).get(cell);
        boolean formula = !was.isEmpty() && FORMULA.indexOf(was.charAt(0)) >= 0;
        assertThat(read.get(row).get(cell)).isEqualTo(formula ? "'" + was : was);
      }
    }
  }

  @Test
  void numbersStayNumbers() {
    assertThat(Csv.line(List.of(Csv.number(-0.5), Csv.number(1e21), Csv.number(null))))
        .isEqualTo("-0.5,1.0E21,\r\n");
  }

  @Test
  void nothingIsAnEmptyCell() {
    assertThat(Csv.text(null)).isEmpty();
    assertThat(Csv.text("")).isEmpty();
  }

  private static String word(SplittableRandom random) {
    StringBuilder word = new StringBuilder();
    for (int length = random.nextInt(6); length > 0; length--) {
      int[] all = LETTERS.codePoints().toArray();
      word.appendCodePoint(all[random.nextInt(all.length)]);
    }
    return word.toString();
  }

  /// RFC 4180, letter by letter.
  private static List<List<String>> read(String file) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < file.length(); i++) {
      char c = file.charAt(i);
      boolean pair = i + 1 < file.length() && file.charAt(i + 1) == (quoted ? '"' : '\n');
      if (c == '"' && quoted && pair) {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (quoted || c != ',' && !(c == '\r' && pair)) {
        cell.append(c);
      } else {
        row.add(cell.toString());
        cell.setLength(0);
        if (c == '\r') {
          rows.add(row);
          row = new ArrayList<>();
          i++;
        }
      }
    }
    return rows;
  }
}
