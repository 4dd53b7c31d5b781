package dev.pryo.stats;

import java.util.Arrays;

/// Small symmetric systems in double-double arithmetic, so that nearly dependent columns keep
/// digits.
final class Cholesky {

  /// A column whose residual is below this share of itself adds nothing.
  private static final double DEPENDENT = 1e-10;

  /// A pivot below this share of its diagonal is rounding, even in double-double arithmetic.
  private static final double SINGULAR = 1e-25;

  private Cholesky() {}

  /// The columns, in order, that are allowed and not determined by those kept before.
  static int[] independent(DoubleDouble[][] matrix, boolean[] allowed) {
    int[] kept = new int[matrix.length];
    DoubleDouble[][] rows = new DoubleDouble[matrix.length][];
    int count = 0;
    for (int j = 0; j < matrix.length; j++) {
      DoubleDouble[] row = new DoubleDouble[count + 1];
      DoubleDouble residual = row(matrix[j], j, kept, rows, count, row);
      if (allowed[j] && residual.value() > DEPENDENT * matrix[j][j].value()) {
        row[count] = residual.sqrt();
        rows[count] = row;
        kept[count] = j;
        count++;
      }
    }
    return Arrays.copyOf(kept, count);
  }

  /// The solution of matrix · x = right; an unknown that the others determine is 0.
  static DoubleDouble[] solve(DoubleDouble[][] matrix, DoubleDouble[] right) {
    int size = right.length;
    int[] kept = new int[size];
    DoubleDouble[][] rows = new DoubleDouble[size][];
    DoubleDouble[] forward = new DoubleDouble[size];
    int count = 0;
    for (int j = 0; j < size; j++) {
      DoubleDouble[] row = new DoubleDouble[count + 1];
      DoubleDouble residual = row(matrix[j], j, kept, rows, count, row);
      if (residual.value() > SINGULAR * matrix[j][j].value()) {
        row[count] = residual.sqrt();
        rows[count] = row;
        kept[count] = j;
        forward[count] = minusDot(right[j], row, forward, count).dividedBy(row[count]);
        count++;
      }
    }
    DoubleDouble[] solution = new DoubleDouble[size];
    Arrays.fill(solution, DoubleDouble.ZERO);
    for (int i = count - 1; i >= 0; i--) {
      DoubleDouble value = forward[i];
      for (int k = i + 1; k < count; k++) {
        value = value.minus(rows[k][i].times(solution[kept[k]]));
      }
      solution[kept[i]] = value.dividedBy(rows[i][i]);
    }
    return solution;
  }

  /// Fills the row of the factor for column `j` and returns what its diagonal leaves.
  private static DoubleDouble row(
      DoubleDouble[] column,
      int j,
      int[] kept,
      DoubleDouble[][] rows,
      int count,
      DoubleDouble[] row) {
    DoubleDouble residual = column[j];
    for (int i = 0; i < count; i++) {
      row[i] = minusDot(column[kept[i]], rows[i], row, i).dividedBy(rows[i][i]);
      residual = residual.minus(row[i].times(row[i]));
    }
    return residual;
  }

  private static DoubleDouble minusDot(
      DoubleDouble from, DoubleDouble[] u, DoubleDouble[] v, int count) {
    DoubleDouble rest = from;
    for (int i = 0; i < count; i++) {
      rest = rest.minus(u[i].times(v[i]));
    }
    return rest;
  }
}
