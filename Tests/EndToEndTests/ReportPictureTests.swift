import Suggestions
import Testing
import golden_ideas

/// Pages and pictures of reports, read back by another parser.
struct ReportPictureTests {
  @Test func whatComesInStaysText() throws {
    var html = HTMLWriter()
    html.element("p", ["title": "\"'<&>\u{0}"]) { $0.text("<script>alert('1')</script>&amp;\u{1B}") }
    #expect(!html.markup.contains("<script"))
    let element = try #require(ParsedPage(html.markup).elements.first)
    #expect(element.text == "<script>alert('1')</script>&amp;\u{FFFD}")
    #expect(element.attributes["title"] == "\"'<&>\u{FFFD}")
  }

  @Test func attributesWithoutAValueAreLeftOut() {
    var html = HTMLWriter()
    html.empty("br", ["class": nil])
    html.element("b", "a")
    #expect(html.markup == "<br/><b>a</b>")
  }

  private static let frame = PictureFrame(id: "c", title: "混淆 <矩阵>", description: "两类 & 十条")

  @Test func aConfusionMatrixShowsItsCells() throws {
    let picture = ConfusionPicture(
      frame: Self.frame, counts: [[3, 1], [0, 6]], keys: ["01", "02"], names: ["城乡<建设>", "交通"], truth: "真",
      said: "说", shade: "比例")
    var html = HTMLWriter()
    picture.write(to: &html)
    let page = try ParsedPage(html.markup)
    let svg = try #require(page.all("svg").first)
    #expect(svg.attributes["role"] == "img")
    #expect(svg.attributes["aria-labelledby"] == "c-title c-desc")
    #expect(page.element(id: "c-title")?.text == "混淆 <矩阵>")
    #expect(page.element(id: "c-desc")?.text == "两类 & 十条")
    // Two cells right, two wrong, and the five of the legend, which are shaded as the right ones.
    #expect(page.all("rect", style: "cell right").count == 2 + 5)
    #expect(page.all("rect", style: "cell wrong").count == 2)
    #expect(page.all("rect").prefix(4).map { $0.attributes["fill-opacity"] } == ["0.87", "0.50", "0.00", "1.00"])
    let words = page.all("text").map(\.text)
    for word in ["01 城乡<建设>", "02 交通", "3", "1", "6", "4", "100 %"] { #expect(words.contains(word), "\(word)") }
    #expect(!words.contains("0"))
    let hints = page.all("title").map(\.text)
    #expect(hints.contains("城乡<建设> → 交通: 1, 25.0 %"))
  }

  @Test func aReliabilityDiagramStandsOnNought() throws {
    let bins = [
      ReliabilityPicture.Bin(range: "50–60", count: 7, stated: 0.5, right: 0),
      ReliabilityPicture.Bin(range: "95–100", count: 90, stated: 0.95, right: 1),
    ]
    var html = HTMLWriter()
    ReliabilityPicture(frame: Self.frame, bins: bins, right: "对", stated: "说", range: "把握").write(to: &html)
    let page = try ParsedPage(html.markup)
    let bars = page.all("rect", style: "bar")
    #expect(bars.map { $0.attributes["height"] } == ["0.0", "214.0"])
    #expect(page.all("line", style: "mark").map { $0.attributes["y1"] } == ["141.0", "44.7"])
    let words = page.all("text").map(\.text)
    for word in ["50–60", "7", "95–100", "90", "0 %", "100 %"] { #expect(words.contains(word), "\(word)") }
  }

  @Test func aCurveStaysInItsPlot() throws {
    let points = [(0.1, 1.0), (0.5, 0.97), (1, 0.91)].map { RiskCoveragePicture.Point(share: $0.0, accuracy: $0.1) }
    var html = HTMLWriter()
    RiskCoveragePicture(
      frame: Self.frame, points: points, present: points[1], share: "判", accuracy: "对", presentName: "现在"
    ).write(to: &html)
    let page = try ParsedPage(html.markup)
    let curve = try #require(page.all("polyline").first?.attributes["points"])
    let places = curve.split(separator: " ").map { $0.split(separator: ",").compactMap { Double($0) } }
    #expect(places.count == 3)
    #expect(places.allSatisfy { (46...454).contains($0[0]) && (34...248).contains($0[1]) })
    #expect(page.all("text").contains { $0.text == "现在 50.0 % / 97.0 %" })
  }
}
