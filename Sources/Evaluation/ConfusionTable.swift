/// Who was taken for whom: rows are what people said, columns what the machine said.
package struct ConfusionTable: Sendable {
  package let labels: [Int]
  package private(set) var counts: [[Int]]
  private let position: [Int: Int]

  package init(labels: [Int]) {
    self.labels = labels
    counts = Array(repeating: Array(repeating: 0, count: labels.count), count: labels.count)
    position = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
  }

  package mutating func add(truth: Int, said: Int) {
    guard let row = position[truth], let column = position[said] else { return }
    counts[row][column] += 1
  }

  package var total: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }

  package var accuracy: Double {
    total == 0 ? 0 : Double(labels.indices.reduce(0) { $0 + counts[$1][$1] }) / Double(total)
  }

  /// Precision, recall and F1 of a label, 0 where there is nothing to divide by.
  package func measures(_ label: Int) -> (precision: Double, recall: Double, f1: Double, support: Int) {
    guard let index = position[label] else { return (0, 0, 0, 0) }
    let right = Double(counts[index][index])
    let support = counts[index].reduce(0, +)
    let said = counts.reduce(0) { $0 + $1[index] }
    let precision = said == 0 ? 0 : right / Double(said)
    let recall = support == 0 ? 0 : right / Double(support)
    return (precision, recall, precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall), support)
  }

  /// Mean of the labels' F1, each label counting the same.
  package var macroF1: Double {
    labels.isEmpty ? 0 : labels.reduce(0) { $0 + measures($1).f1 } / Double(labels.count)
  }

  /// The most frequent mistakes, ties in the order of the labels.
  package func confusions(_ limit: Int) -> [(truth: Int, said: Int, count: Int)] {
    var cells: [(row: Int, column: Int)] = []
    for row in labels.indices {
      for column in labels.indices where row != column && counts[row][column] > 0 { cells.append((row, column)) }
    }
    cells.sort {
      (counts[$1.row][$1.column], $0.row, $0.column) < (counts[$0.row][$0.column], $1.row, $1.column)
    }
    return cells.prefix(max(0, limit)).map { (labels[$0.row], labels[$0.column], counts[$0.row][$0.column]) }
  }
}
