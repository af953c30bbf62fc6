package import Suggestions

/// A reliability diagram: for each range of stated confidence a bar as high as the share that was right, and a mark
/// where the stated confidence lies. Honest figures meet.
package struct ReliabilityPicture: Sendable {
  package struct Bin: Sendable {
    /// The range of confidence as people read it.
    package var range: String
    package var count: Int
    /// Mean confidence stated, and share right.
    package var stated: Double
    package var right: Double

    package init(range: String, count: Int, stated: Double, right: Double) {
      self.range = range
      self.count = count
      self.stated = stated
      self.right = right
    }
  }

  package var frame: PictureFrame
  package var bins: [Bin]
  /// What the bars and the marks are, what the shares are of, what the ranges are.
  package var right: String
  package var stated: String
  package var range: String

  package init(frame: PictureFrame, bins: [Bin], right: String, stated: String, range: String) {
    self.frame = frame
    self.bins = bins
    self.right = right
    self.stated = stated
    self.range = range
  }

  private static let barWidth = 30.0

  package func write(to html: inout HTMLWriter) {
    let axes = PictureAxes(holding: [0])
    typealias Axes = PictureAxes
    frame.write(
      to: &html, width: Axes.width, height: Axes.height, leastWidth: Axes.leastWidth, style: "chart"
    ) { svg in
      axes.writeShares(named: right, to: &svg)
      for (index, bin) in bins.enumerated() {
        let middle = axes.x((Double(index) + 0.5) / Double(bins.count))
        let half = min(Self.barWidth, (Axes.right - Axes.left) / Double(bins.count) * 0.6) / 2
        let height = Axes.bottom - axes.y(bin.right)
        svg.element("g") { group in
          group.element(
            "title", "\(bin.range): n = \(bin.count), \(stated) \(percent(bin.stated)), \(right) \(percent(bin.right))")
          group.empty(
            "rect",
            [
              "class": "bar", "x": decimal(middle - half, 1), "y": decimal(axes.y(bin.right), 1),
              "width": decimal(half * 2, 1), "height": decimal(height, 1),
            ])
          let y = axes.y(bin.stated)
          group.empty("line", Axes.line("mark", from: (middle - half - 5, y), to: (middle + half + 5, y)))
        }
        Axes.write(bin.range, style: "middle", at: (middle, Axes.bottom + 15), to: &svg)
        Axes.write("\(bin.count)", style: "quiet middle", at: (middle, Axes.bottom + 29), to: &svg)
        svg.newline()
      }
      axes.writeSideways(named: range, to: &svg)
    }
  }
}
