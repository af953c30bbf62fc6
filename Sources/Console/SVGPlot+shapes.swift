internal import Suggestions

extension SVGPlot {
  static let columnsHeight = 190.0
  private static let left = 34.0
  private static let right = width - 4
  private static let plotHeight = 160.0

  // MARK: columns

  func writeColumns(
    _ labels: [String], _ series: [(style: Style, values: [Int?])], to svg: inout HTMLWriter
  ) {
    let scale = SVGScale(holding: series.flatMap { $0.values.compactMap(\.self) }.max() ?? 0)
    let bottom = top + SVGPlot.plotHeight
    func y(_ value: Int) -> Double { bottom - Double(value) / Double(scale.top) * (SVGPlot.plotHeight - 8) }
    for tick in scale.ticks {
      rule(tick == 0 ? "axis" : "grid", from: (SVGPlot.left, y(tick)), to: (SVGPlot.right, y(tick)), in: &svg)
      label("\(tick)", "words end", x: SVGPlot.left - 5, y: y(tick) + 4, to: &svg)
    }
    let slot = (SVGPlot.right - SVGPlot.left) / Double(max(1, labels.count))
    let gap = min(8, slot * 0.2)
    let thickness = min(26, (slot - gap) / Double(max(1, series.count)))
    for (place, name) in labels.enumerated() {
      let middle = SVGPlot.left + (Double(place) + 0.5) * slot
      let start = middle - thickness * Double(series.count) / 2
      for (number, one) in series.enumerated() {
        guard place < one.values.count, let value = one.values[place], value > 0 else { continue }
        let legendName = legend.first { $0.style == one.style }?.name ?? ""
        box(
          one.style, x: start + Double(number) * thickness, y: y(value), width: thickness, height: bottom - y(value),
          says: "\(name) \(legendName) \(value)", to: &svg)
        // Where there is room the number stands on its column.
        if series.count == 1, labels.count <= 12 {
          label("\(value)", "words middle", x: middle, y: y(value) - 3, to: &svg)
        }
      }
      if isWritten(place, of: labels) { label(name, "words middle", x: middle, y: bottom + 15, to: &svg) }
    }
  }

  /// Of many labels every fifth, and the first.
  private func isWritten(_ place: Int, of labels: [String]) -> Bool {
    labels.count <= 12 || place == 0 || (place + 1) % 5 == 0
  }

  // MARK: bars

  func write(_ bar: Bar, _ row: Int, to svg: inout HTMLWriter) {
    let y = top + Double(row) * SVGPlot.rowHeight
    let width = SVGPlot.width - 2 * SVGPlot.margin
    writeLine(bar.label, bar.note, y: y, to: &svg)
    var x = SVGPlot.margin
    for part in bar.parts where part.value > 0 && bar.whole > 0 {
      let length = Double(part.value) / Double(bar.whole) * width
      box(
        part.style, x: x, y: y + SVGPlot.line + 3, width: length, height: SVGPlot.barHeight,
        says: "\(bar.label) \(part.value)", to: &svg)
      x += length
    }
    let bottom = y + SVGPlot.line + 3 + SVGPlot.barHeight
    rule("axis", from: (SVGPlot.margin, bottom), to: (SVGPlot.margin + width, bottom), in: &svg)
  }

  private func writeLine(_ name: String, _ note: String, y: Double, to svg: inout HTMLWriter) {
    let room = SVGPlot.width - 2 * SVGPlot.margin - SVGPlot.length(of: note) - 10
    label(SVGPlot.cut(name, to: room), "words", x: SVGPlot.margin, y: y + 12, to: &svg)
    label(note, "words end strong", x: SVGPlot.width - SVGPlot.margin, y: y + 12, to: &svg)
  }

  // MARK: spans

  func write(_ spans: [Span], _ axis: String, to svg: inout HTMLWriter) {
    let scale = SVGScale(holding: Int((spans.map(\.high).max() ?? 0).rounded(.up)))
    let bottom = top + Double(spans.count) * SVGPlot.rowHeight
    let (left, right) = (SVGPlot.margin + 4, SVGPlot.width - SVGPlot.margin - 14)
    func x(_ value: Double) -> Double { left + value / Double(scale.top) * (right - left) }
    for tick in scale.ticks {
      rule("grid", from: (x(Double(tick)), top), to: (x(Double(tick)), bottom), in: &svg)
      label("\(tick)", "words middle", x: x(Double(tick)), y: bottom + 14, to: &svg)
    }
    label(axis, "words end", x: SVGPlot.width - SVGPlot.margin, y: bottom + 14 + SVGPlot.line, to: &svg)
    for (row, span) in spans.enumerated() {
      let y = top + Double(row) * SVGPlot.rowHeight
      writeLine(span.label, span.note, y: y, to: &svg)
      let middle = y + SVGPlot.line + 8
      rule("span", from: (x(span.middle), middle), to: (x(span.high), middle), in: &svg)
      rule("span", from: (x(span.high), middle - 5), to: (x(span.high), middle + 5), in: &svg)
      svg.empty(
        "circle",
        ["class": "first", "cx": SVGPlot.text(x(span.middle)), "cy": SVGPlot.text(middle), "r": "5"])
    }
  }
}

/// Whole numbers along an axis: from 0 to the first round one that holds all values.
package struct SVGScale: Sendable, Hashable {
  package var top: Int
  package var step: Int

  package init(holding most: Int) {
    var step = 1
    // 1, 2, 5, 10, 20, 50 …
    var growth = [2, 5, 10]
    var unit = 1
    while step * 5 < max(1, most) {
      if growth.isEmpty {
        unit *= 10
        growth = [2, 5, 10]
      }
      step = unit * growth.removeFirst()
    }
    self.step = step
    top = max(step, (max(0, most) + step - 1) / step * step)
  }

  package var ticks: [Int] { Array(stride(from: 0, through: top, by: step)) }
}
