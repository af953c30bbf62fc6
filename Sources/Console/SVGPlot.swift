internal import Suggestions

/// A plot the server draws: SVG with words for those who do not see it. Colours come from the style sheet by class, and
/// what a colour tells is told by a pattern or a number too, for paper and for eyes that see no difference.
package struct SVGPlot: Sendable {
  /// What a value is shown as.
  package enum Style: String, Sendable {
    case first, second, late
  }

  /// Tells the plot's elements from those of others on the page.
  package var id: String
  package var title: String
  /// What it shows, in sentences.
  package var description: String
  /// What the styles mean, in the order they are named above the plot.
  package var legend: [(style: Style, name: String)] = []
  package var shape: Shape

  package enum Shape: Sendable {
    /// Upright, side by side for each label; a value that is not known is nil and not drawn. Every label that is not
    /// empty is written.
    case columns(labels: [String], series: [(style: Style, values: [Int?])])
    /// Lying, each part of its row after the other.
    case bars([Bar])
    /// From the middle of many values to where nine in ten lie.
    case spans([Span], axis: String)
  }

  /// A row of bars, with its words above it.
  package struct Bar: Sendable {
    package var label: String
    /// At the right end of the label's line.
    package var note: String
    package var parts: [(style: Style, value: Int)]
    /// What the whole width stands for.
    package var whole: Int

    package init(label: String, note: String, parts: [(style: Style, value: Int)], whole: Int) {
      self.label = label
      self.note = note
      self.parts = parts
      self.whole = whole
    }
  }

  package struct Span: Sendable {
    package var label: String
    package var note: String
    package var middle: Double
    package var high: Double

    package init(label: String, note: String, middle: Double, high: Double) {
      self.label = label
      self.note = note
      self.middle = middle
      self.high = high
    }
  }

  package init(
    id: String, title: String, description: String, legend: [(style: Style, name: String)] = [], shape: Shape
  ) {
    self.id = id
    self.title = title
    self.description = description
    self.legend = legend
    self.shape = shape
  }

  /// Units of the picture; at most half as much again on a screen, and still to be read on a telephone.
  static let width = 420.0
  static let margin = 4.0
  static let line = 15.0
  static let rowHeight = 34.0
  static let barHeight = 12.0

  /// Well-formed XML.
  package var markup: String {
    var html = HTMLWriter()
    write(to: &html)
    return html.markup
  }

  func write(to html: inout HTMLWriter) {
    let height = top + body
    html.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": "plot", "role": "img",
        "aria-labelledby": "\(id)-title \(id)-desc",
        "viewBox": "0 0 \(SVGPlot.text(SVGPlot.width)) \(SVGPlot.text(height))",
      ]
    ) { svg in
      svg.element("title", ["id": "\(id)-title"], title)
      svg.element("desc", ["id": "\(id)-desc"], description)
      writePattern(to: &svg)
      writeLegend(to: &svg)
      switch shape {
      case .columns(let labels, let series): writeColumns(labels, series, to: &svg)
      case .bars(let bars): for (row, bar) in bars.enumerated() { write(bar, row, to: &svg) }
      case .spans(let spans, let axis): write(spans, axis, to: &svg)
      }
    }
  }

  // MARK: layout

  /// Below the legend.
  var top: Double { legend.isEmpty ? SVGPlot.margin : SVGPlot.line + 8 }

  private var body: Double {
    switch shape {
    case .columns: SVGPlot.columnsHeight
    case .bars(let bars): Double(bars.count) * SVGPlot.rowHeight + SVGPlot.margin
    case .spans(let spans, _): Double(spans.count) * SVGPlot.rowHeight + 2 * SVGPlot.line + SVGPlot.margin
    }
  }

  // MARK: words and shapes

  /// One decimal is as fine as anybody sees.
  static func text(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }

  func label(
    _ text: String, _ style: String, x: Double, y: Double, to svg: inout HTMLWriter
  ) {
    svg.element("text", ["class": style, "x": SVGPlot.text(x), "y": SVGPlot.text(y)], text)
  }

  func box(
    _ style: Style, x: Double, y: Double, width: Double, height: Double, says words: String? = nil,
    to svg: inout HTMLWriter
  ) {
    svg.element(
      "rect",
      [
        "class": style.rawValue, "x": SVGPlot.text(x), "y": SVGPlot.text(y),
        "width": SVGPlot.text(max(0, width)), "height": SVGPlot.text(max(0, height)),
        "fill": style == .first ? nil : "url(#\(id)-\(style.rawValue))",
      ]
    ) { if let words { $0.element("title", words) } }
  }

  func rule(
    _ style: String, from start: (x: Double, y: Double), to end: (x: Double, y: Double), in svg: inout HTMLWriter
  ) {
    svg.empty(
      "line",
      [
        "class": style, "x1": SVGPlot.text(start.x), "y1": SVGPlot.text(start.y), "x2": SVGPlot.text(end.x),
        "y2": SVGPlot.text(end.y),
      ])
  }

  /// Strokes one way for what comes second, the other way for what is late.
  private func writePattern(to svg: inout HTMLWriter) {
    svg.element("defs") { defs in
      for (style, path) in [(Style.second, "M-1 7L7 -1M-1 1L1 -1M5 7L7 5"), (.late, "M-1 -1L7 7M5 -1L7 1M-1 5L1 7")] {
        defs.element(
          "pattern",
          ["id": "\(id)-\(style.rawValue)", "width": "6", "height": "6", "patternUnits": "userSpaceOnUse"]
        ) { $0.empty("path", ["class": "strokes-\(style.rawValue)", "d": path]) }
      }
    }
  }

  private func writeLegend(to svg: inout HTMLWriter) {
    var x = SVGPlot.margin
    for (style, name) in legend {
      box(style, x: x, y: 4, width: 12, height: 11, to: &svg)
      label(name, "words", x: x + 17, y: 14, to: &svg)
      x += 17 + SVGPlot.length(of: name) + 16
    }
  }

  /// About as long as the words will be: a Chinese character is as wide as it is high.
  static func length(of text: String) -> Double {
    text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 12 : 6.6) }
  }

  /// Cut to a length, with an ellipsis where something was cut.
  static func cut(_ text: String, to length: Double) -> String {
    guard SVGPlot.length(of: text) > length else { return text }
    var kept = ""
    for character in text {
      if SVGPlot.length(of: kept + String(character)) > length - 12 { break }
      kept.append(character)
    }
    return kept + "…"
  }
}
