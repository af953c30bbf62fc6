import Console
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Plots as another parser reads them.
struct SVGPlotTests {
  private static let hostile = "<script>alert(1)</script> & \"'\u{0}\u{FFFE}]]>"

  private func isSound(_ plot: SVGPlot) -> Bool { XMLParser(data: Data(plot.markup.utf8)).parse() }

  private func plot(_ shape: SVGPlot.Shape, _ words: String = "流量") -> SVGPlot {
    SVGPlot(id: "p", title: words, description: words, legend: [(.first, words), (.second, words)], shape: shape)
  }

  @Test func areSoundWhateverTheyAreNamed() {
    let words = Self.hostile
    for shape: SVGPlot.Shape in [
      .columns(labels: [words, ""], series: [(.first, [3, nil]), (.second, [0, 7])]),
      .bars([SVGPlot.Bar(label: words, note: words, parts: [(.first, 1), (.late, 2)], whole: 3)]),
      .spans([SVGPlot.Span(label: words, note: words, middle: 1.5, high: 9)], axis: words),
    ] {
      let plot = plot(shape, words)
      #expect(isSound(plot))
      #expect(!plot.markup.contains("<script"))
    }
  }

  @Test func areSoundOfNothing() {
    for shape: SVGPlot.Shape in [
      .columns(labels: [], series: []), .columns(labels: ["1"], series: [(.first, [0])]), .bars([]),
      .bars([SVGPlot.Bar(label: "a", note: "", parts: [(.first, 0)], whole: 0)]), .spans([], axis: ""),
      .spans([SVGPlot.Span(label: "a", note: "", middle: 0, high: 0)], axis: "h"),
    ] {
      let plot = plot(shape)
      #expect(isSound(plot) && !plot.markup.contains("nan") && !plot.markup.contains("inf"))
    }
  }

  /// A value that is not known has no column, not even a flat one.
  @Test func whatIsNotKnownIsNotDrawn() {
    let plot = SVGPlot(
      id: "p", title: "t", description: "d",
      shape: .columns(labels: ["1", "2", "3"], series: [(.first, [4, nil, 2])]))
    #expect(plot.markup.split(separator: "<rect", omittingEmptySubsequences: false).count - 1 == 2)
  }

  @Test func axesEndAtRoundNumbers() {
    #expect(SVGScale(holding: 0).ticks == [0, 1])
    #expect(SVGScale(holding: 3).ticks == [0, 1, 2, 3])
    #expect(SVGScale(holding: 7).ticks == [0, 2, 4, 6, 8])
    #expect(SVGScale(holding: 47).ticks == [0, 10, 20, 30, 40, 50])
    #expect(SVGScale(holding: 1_001).ticks == [0, 500, 1_000, 1_500])
    for most in 1...3_000 {
      let scale = SVGScale(holding: most)
      #expect(scale.top >= most && scale.ticks.count <= 7 && scale.ticks.last == scale.top)
    }
  }
}
