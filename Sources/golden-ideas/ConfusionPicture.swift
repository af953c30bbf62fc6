package import Suggestions

/// A confusion table as a picture: a row for each true class, a column for each said, the shade of a cell the share of
/// its row. What is right stands on the diagonal and in another colour than what is wrong.
package struct ConfusionPicture: Sendable {
  package var frame: PictureFrame
  /// Texts by true class, then by class said.
  package var counts: [[Int]]
  /// Short names, which head the columns, and long ones, which stand behind them before the rows.
  package var keys: [String]
  package var names: [String]
  /// What the rows, the columns, and the shades mean.
  package var truth: String
  package var said: String
  package var shade: String

  package init(
    frame: PictureFrame, counts: [[Int]], keys: [String], names: [String], truth: String, said: String, shade: String
  ) {
    self.frame = frame
    self.counts = counts
    self.keys = keys
    self.names = names
    self.truth = truth
    self.said = said
    self.shade = shade
  }

  private static let cell = (width: 42, height: 30)
  private static let top = 48
  /// A character's width in the picture's units; a Chinese one has two.
  private static let characterWidth = 6.8
  /// Steps of the legend, shares of a row.
  private static let steps = [0.01, 0.1, 0.25, 0.5, 1]

  package func write(to html: inout HTMLWriter) {
    let cell = Self.cell
    let labels = zip(keys, names).map { $0 + " " + $1 }
    let longest = (labels + [truth]).map(TextTable.width).max() ?? 0
    let left = Int(Double(longest) * Self.characterWidth) + 12
    let bottom = Self.top + counts.count * cell.height
    let legend = Self.steps.count * cell.width + Int(Double(TextTable.width(of: shade)) * Self.characterWidth) + 24
    let width = max(left + (counts.count + 1) * cell.width, legend)
    frame.write(to: &html, width: width, height: bottom + 50, leastWidth: width * 3 / 4) { svg in
      svg.element("text", ["class": "axis end", "x": "\(left - 8)", "y": "\(Self.top - 10)"], truth)
      svg.element("text", ["class": "axis", "x": "\(left)", "y": "16"], said)
      for (column, key) in keys.enumerated() {
        let middle = left + column * cell.width + cell.width / 2
        svg.element("text", ["class": "middle", "x": "\(middle)", "y": "\(Self.top - 10)"], key)
      }
      for (row, label) in labels.enumerated() {
        write(row, label: label, at: (left, Self.top + row * cell.height), to: &svg)
      }
      writeLegend(at: bottom + 14, to: &svg)
    }
  }

  private func write(_ row: Int, label: String, at corner: (x: Int, y: Int), to svg: inout HTMLWriter) {
    let cell = Self.cell
    let total = counts[row].reduce(0, +)
    let line = corner.y + cell.height / 2 + 4
    svg.element("text", ["class": "end", "x": "\(corner.x - 8)", "y": "\(line)"], label)
    for (column, count) in counts[row].enumerated() {
      let share = total == 0 ? 0 : Double(count) / Double(total)
      let x = corner.x + column * cell.width
      svg.element("g") { group in
        if count > 0 {
          group.element("title", "\(names[row]) → \(names[column]): \(count), \(percent(share))")
        }
        Self.writeShade(share, isRight: row == column, at: (x, corner.y), to: &group)
        guard count > 0 else { return }
        let style = Self.opacity(share) > Self.darkFrom ? "middle on-dark" : "middle count"
        group.element("text", ["class": style, "x": "\(x + cell.width / 2)", "y": "\(line)"], "\(count)")
      }
    }
    let end = corner.x + counts.count * cell.width + cell.width - 4
    svg.element("text", ["class": "quiet end", "x": "\(end)", "y": "\(line)"], "\(total)")
    svg.newline()
  }

  private static func writeShade(
    _ share: Double, isRight: Bool, at corner: (x: Int, y: Int), to svg: inout HTMLWriter
  ) {
    svg.empty(
      "rect",
      [
        "class": isRight ? "cell right" : "cell wrong", "x": "\(corner.x + 1)", "y": "\(corner.y + 1)",
        "width": "\(cell.width - 2)", "height": "\(cell.height - 2)", "fill-opacity": decimal(opacity(share), 2),
      ])
  }

  private func writeLegend(at y: Int, to svg: inout HTMLWriter) {
    svg.element("text", ["class": "quiet", "x": "4", "y": "\(y + 18)"], shade)
    let left = Int(Double(TextTable.width(of: shade)) * Self.characterWidth) + 16
    for (index, share) in Self.steps.enumerated() {
      let x = left + index * Self.cell.width
      Self.writeShade(share, isRight: true, at: (x, y), to: &svg)
      let style = Self.opacity(share) > Self.darkFrom ? "middle on-dark" : "middle count"
      let middle = "\(x + Self.cell.width / 2)"
      svg.element("text", ["class": style, "x": middle, "y": "\(y + 19)"], "\(Int(share * 100)) %")
    }
  }

  /// The root, so that the few that go wrong can be seen beside the many that go right.
  private static func opacity(_ share: Double) -> Double { share.squareRoot() }

  /// From this shade on, numbers stand in the light colour.
  private static let darkFrom = 0.77
}
