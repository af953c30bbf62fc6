import Suggestions

/// Where a chart's values stand: shares upward, anything sideways.
struct PictureAxes {
  static let width = 480
  static let height = 300
  static let leastWidth = 340

  /// The plot in the picture's units.
  static let left = 46.0
  static let right = 454.0
  static let top = 34.0
  static let bottom = 248.0

  /// The share at the bottom; 1 is at the top.
  let low: Double

  /// - Parameter shares: all that will be shown; the bottom is the ten per cent below the least of them.
  init(holding shares: [Double]) { low = min(0.9, max(0, ((shares.min() ?? 0) * 10).rounded(.up) - 1) / 10) }

  /// - Parameter part: 0 at the left end, 1 at the right.
  func x(_ part: Double) -> Double { Self.left + part * (Self.right - Self.left) }
  func y(_ share: Double) -> Double { Self.bottom - (share - low) / (1 - low) * (Self.bottom - Self.top) }

  /// Lines and numbers of the shares, and above them what they are shares of.
  func writeShares(named name: String, to svg: inout HTMLWriter) {
    let step = low >= 0.75 ? 5 : low >= 0.5 ? 10 : 20
    let lowest = Int((low * 100).rounded())
    for hundredths in stride(from: 100, through: lowest, by: -step) {
      let y = y(Double(hundredths) / 100)
      svg.empty("line", Self.line("grid", from: (Self.left, y), to: (Self.right, y)))
      Self.write("\(hundredths) %", style: "quiet end", at: (Self.left - 6, y + 4), to: &svg)
    }
    Self.write(name, style: "axis", at: (4, 14), to: &svg)
  }

  /// What the values are laid out by, below the numbers.
  func writeSideways(named name: String, to svg: inout HTMLWriter) {
    Self.write(name, style: "axis middle", at: ((Self.left + Self.right) / 2, Double(Self.height) - 6), to: &svg)
  }

  static func write(_ text: String, style: String, at point: (x: Double, y: Double), to svg: inout HTMLWriter) {
    svg.element("text", ["class": style, "x": decimal(point.x, 1), "y": decimal(point.y, 1)], text)
  }

  static func line(
    _ style: String, from start: (x: Double, y: Double), to end: (x: Double, y: Double)
  ) -> HTMLWriter.Attributes {
    [
      "class": style, "x1": decimal(start.x, 1), "y1": decimal(start.y, 1), "x2": decimal(end.x, 1),
      "y2": decimal(end.y, 1),
    ]
  }
}
