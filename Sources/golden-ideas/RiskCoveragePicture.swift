package import Suggestions

/// A risk–coverage curve: how many of the decided texts are right, as a looser threshold decides more of them.
package struct RiskCoveragePicture: Sendable {
  package struct Point: Sendable {
    /// Share of texts decided, and of these the share right.
    package var share: Double
    package var accuracy: Double

    package init(share: Double, accuracy: Double) {
      self.share = share
      self.accuracy = accuracy
    }
  }

  package var frame: PictureFrame
  /// In the order of their shares.
  package var points: [Point]
  /// The threshold in use; nil where it decides nothing.
  package var present: Point?
  /// What the two axes are, and what the point in use is called.
  package var share: String
  package var accuracy: String
  package var presentName: String

  package init(
    frame: PictureFrame, points: [Point], present: Point?, share: String, accuracy: String, presentName: String
  ) {
    self.frame = frame
    self.points = points
    self.present = present
    self.share = share
    self.accuracy = accuracy
    self.presentName = presentName
  }

  package func write(to html: inout HTMLWriter) {
    typealias Axes = PictureAxes
    let axes = Axes(holding: points.map(\.accuracy) + [present?.accuracy].compactMap(\.self))
    frame.write(
      to: &html, width: Axes.width, height: Axes.height, leastWidth: Axes.leastWidth, style: "chart"
    ) { svg in
      axes.writeShares(named: accuracy, to: &svg)
      for hundredths in stride(from: 0, through: 100, by: 20) {
        let x = axes.x(Double(hundredths) / 100)
        Axes.write("\(hundredths) %", style: "quiet middle", at: (x, Axes.bottom + 17), to: &svg)
      }
      let line = points.map { decimal(axes.x($0.share), 1) + "," + decimal(axes.y($0.accuracy), 1) }
      svg.empty("polyline", ["class": "curve", "points": line.joined(separator: " ")])
      if let present {
        let (x, y) = (axes.x(present.share), axes.y(present.accuracy))
        svg.empty("line", Axes.line("drop", from: (x, y), to: (x, Axes.bottom)))
        svg.empty("circle", ["class": "dot", "cx": decimal(x, 1), "cy": decimal(y, 1), "r": "5"])
        // On the side where there is room.
        let isLeft = present.share > 0.5
        Axes.write(
          "\(presentName) \(percent(present.share)) / \(percent(present.accuracy))", style: isLeft ? "end" : "start",
          at: (isLeft ? x - 9 : x + 9, min(y + 18, Axes.bottom - 6)), to: &svg)
      }
      axes.writeSideways(named: share, to: &svg)
    }
  }
}
