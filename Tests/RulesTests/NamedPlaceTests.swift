import Rules
import Suggestions
import Testing

/// What a text names, where it stands, and how roads that meet settle each other.
struct NamedPlaceTests {
  /// A text with its places as `⟦…⟧ level codes`: one code where it is settled, several where people are asked.
  struct Example: Sendable, CustomTestStringConvertible {
    var text: String
    var places: [String]
    var region: String?
    var asked: String?
    var testDescription: String { text }

    init(_ text: String, _ places: [String], _ region: String? = nil, asked: String? = nil) {
      self.text = text
      self.places = places
      self.region = region
      self.asked = asked
    }
  }

  static let examples = [
    Example("路灯不亮", []),
    Example("东区的路灯", ["东区 county 9001"], "9001"),
    Example("東區的路燈", ["東區 county 9001"], "9001"),
    Example("镜湖市桥头的路灯", ["镜湖市 city 90", "桥头 street 900102"], "900102"),
    Example("湖滨度假区的路灯", ["湖滨度假区 zone 9001Z"], "9001Z"),
    Example("钟楼广场的灯", ["钟楼广场 landmark 9001"], "9001"),
    Example("东区驿站的插座", ["东区驿站 station 9001 east"], "9001"),
    Example("白云机场的路灯", []),
    Example("湖滨的路灯", ["湖滨 - 9001Z 900101"], asked: "湖滨"),
    Example("东区湖滨的路灯", ["东区 county 9001", "湖滨 street 900101"], "900101"),
    Example("白云的路灯", ["白云 street 900102 900202"], asked: "白云"),
    // Roads.
    Example("花溪路的路灯", ["花溪路 road 9001"], "9001"),
    Example("环城路的路灯", ["环城路 road 9001 9002"], asked: "环城路"),
    Example("西区环城路的路灯", ["西区 county 9002", "环城路 road 9002"], "9002"),
    Example("滨江路和沿山路的路灯", ["滨江路 road 900201 900202", "沿山路 road 900102 900201"], asked: "滨江路"),
    // Crossings.
    Example("花溪路口的井盖", ["花溪路口 crossing 9001", "花溪路 road 9001"], "9001"),
    Example("花溪路路口", ["花溪路路口 crossing 9001", "花溪路 road 9001"], "9001"),
    Example("花溪路交叉口", ["花溪路交叉口 crossing 9001", "花溪路 road 9001"], "9001"),
    Example("花溪路的十字路口", ["花溪路的十字路口 crossing 9001", "花溪路 road 9001"], "9001"),
    Example("花溪路十字路口", ["花溪路十字路口 crossing 9001", "花溪路 road 9001"], "9001"),
    Example("环城路口", ["环城路口 crossing 9001 9002", "环城路 road 9001 9002"], asked: "环城路"),
    Example(
      "环城路与花溪路交叉口", ["环城路与花溪路交叉口 crossing 9001", "环城路 road 9001", "花溪路 road 9001"], "9001"),
    Example(
      "花溪路、环城路路口", ["花溪路、环城路路口 crossing 9001", "花溪路 road 9001", "环城路 road 9001"], "9001"),
    Example(
      "花溪路环城路交汇处", ["花溪路环城路交汇处 crossing 9001", "花溪路 road 9001", "环城路 road 9001"], "9001"),
    // Two roads that each run through several: what they share.
    Example(
      "滨江路与沿山路交叉口",
      ["滨江路与沿山路交叉口 crossing 900201", "滨江路 road 900201", "沿山路 road 900201"], "900201"),
    Example(
      "环城路和沿山路路口",
      ["环城路和沿山路路口 crossing 900102 900201", "环城路 road 9001 9002", "沿山路 road 900102 900201"], asked: "环城路"),
    // Two roads that do not meet as far as anybody knows: no guess.
    Example(
      "花溪路与武陵大道交叉口",
      ["花溪路与武陵大道交叉口 crossing 9001 9002", "花溪路 road 9001", "武陵大道 road 9002"], "90"),
    // A road that is in no gazette.
    Example("花溪路与善德路交叉口", ["花溪路与善德路交叉口 crossing 9001", "花溪路 road 9001"], "9001"),
    Example("善德路和花溪路口", ["善德路和花溪路口 crossing 9001", "花溪路 road 9001"], "9001"),
    Example("在朝晖路与建业路交叉口等人", ["朝晖路与建业路交叉口 crossing"]),
    Example("前面的十字路口", []),
    Example("建业路口", []),
    Example("花溪路口碑不错", ["花溪路 road 9001"], "9001"),
  ]

  private static let prefix = "👩🏽‍🔧𠮷é："

  @Test(arguments: examples, ["", prefix]) func findsWhatATextNames(_ example: Example, _ prefix: String) throws {
    let book = try SampleBook.book()
    let text = prefix + example.text
    let explanation = book.explain(body: text)
    #expect(explanation.places.map { NamedPlaceTests.words($0, in: text, book) } == example.places)
    #expect(explanation.places.allSatisfy { $0.part == .body })
    #expect(book.code(ofRegion: explanation.judgement.region) == example.region)
    #expect(explanation.judgement.asked.map { book.ambiguous[$0].name } == example.asked)
  }

  private static func words(_ place: NamedPlace, in text: String, _ book: RuleBook) -> String {
    let scalars = Array(text.unicodeScalars)
    var excerpt = String.UnicodeScalarView()
    excerpt.append(contentsOf: scalars[place.scalars])
    let regions = place.isAmbiguous ? place.candidates : [place.region].compactMap(\.self)
    return ([String(excerpt), place.level?.rawValue ?? "-"] + regions.map { book.regions[$0].code }
      + [place.station.map { book.stations[$0].code }].compactMap(\.self)).joined(separator: " ")
  }

  @Test func titleAndBodyAreCountedApart() throws {
    let book = try SampleBook.book()
    let places = book.explain(title: "🛵花溪路口", body: "西区也有").places
    #expect(places.map(\.part) == [.title, .title, .body])
    #expect(places.map(\.scalars) == [1..<5, 1..<4, 0..<2])
    // A road that ends the title and words that open the body are no crossing.
    #expect(book.explain(title: "花溪路", body: "路口的灯").places.map(\.level) == [.road])
  }

  /// The form's area settles a road as it settles any name of several places.
  @Test func theFormSettlesARoad() throws {
    let book = try SampleBook.book()
    let west = try #require(book.region(code: "9002"))
    let explanation = book.explain(body: "环城路口", context: RuleContext(region: west))
    #expect(explanation.judgement.asked == nil)
    #expect(explanation.places.map(\.region) == [west, west])
    // Roads that meet elsewhere than the form says: the form knows.
    let outside = book.explain(body: "环城路与花溪路交叉口", context: RuleContext(region: west))
    #expect(outside.judgement.region == west)
  }

  @Test func namesOutOfForceAreNotNamed() throws {
    let name = #"{name: 钟楼广场, region: "9001""#
    let source = try SampleBook.files().first { $0.path == "regions.yaml" }
    let text = String(decoding: try #require(source).bytes, as: UTF8.self)
    #expect(text.contains(name))
    let book = try RuleBook(
      files: SampleBook.files(replacing: ["regions.yaml": text.replacing(name, with: name + ", until: 2024-12-31")]))
    let last = try #require(CivilTime.dayNumber("2024-12-31"))
    #expect(book.explain(body: "钟楼广场的灯", on: last).places.count == 1)
    #expect(book.explain(body: "钟楼广场的灯", on: last + 1).places.isEmpty)
  }
}
