import Rules
import Suggestions
import Testing

/// Places from text and form, and who handles what.
struct PlacingTests {
  struct Named: Sendable, CustomTestStringConvertible {
    var text: String
    var region: String?
    var asked: String?
    var station: String?
    var testDescription: String { text }

    init(_ text: String, _ region: String?, asked: String? = nil, station: String? = nil) {
      self.text = text
      self.region = region
      self.asked = asked
      self.station = station
    }
  }

  static let named = [
    Named("路灯不亮", nil),
    Named("东区的路灯", "9001"),
    Named("東區的路燈", "9001"),
    Named("东区桥头街道的路灯", "900102"),
    Named("桥头的路灯，东区", "900102"),
    Named("花溪路的路灯", "9001"),
    Named("桥头街道和湖滨街道", "9001"),
    Named("桥头街道和西门街道", "90"),
    Named("东区和西区", "90"),
    Named("镜湖市东区", "9001"),
    Named("湖滨度假区的路灯", "9001Z"),
    // The longest name at a spot wins: no question is asked about 湖滨 here.
    Named("湖滨街道的路灯", "900101"),
    Named("湖滨的路灯", nil, asked: "湖滨"),
    // An ambiguous name beside the area that one of its candidates lies in.
    Named("东区湖滨的路灯", "900101"),
    Named("白云镇的路灯", "900202"),
    // Longer words that only contain a name.
    Named("山东区域的快递", nil),
    Named("白云机场的路灯", nil),
    Named("白云机场的路灯，在东区", "9001"),
    // A station lies somewhere.
    Named("东区驿站的插座", "9001", station: "east"),
    Named("西门驿站的插座", "9002", station: "west"),
  ]

  @Test(arguments: named) func findsPlacesInTexts(_ example: Named) throws {
    let book = try SampleBook.book()
    let judgement = book.explain(body: example.text).judgement
    #expect(book.code(ofRegion: judgement.region) == example.region)
    #expect(judgement.asked.map { book.ambiguous[$0].name } == example.asked)
    #expect(judgement.station.map { book.stations[$0].code } == example.station)
  }

  struct Settled: Sendable, CustomTestStringConvertible {
    var text: String
    var field: String?
    var station: String?
    var region: String?
    var isAsked: Bool
    var testDescription: String { "\(text) in \(field ?? station ?? "-")" }

    init(_ text: String, field: String? = nil, station: String? = nil, _ region: String?, isAsked: Bool = false) {
      self.text = text
      self.field = field
      self.station = station
      self.region = region
      self.isAsked = isAsked
    }
  }

  static let settled = [
    Settled("路灯", nil),
    Settled("路灯", field: "9001", "9001"),
    Settled("桥头街道的路灯", "900102"),
    // The text is more exact than the form, inside it.
    Settled("桥头街道的路灯", field: "9001", "900102"),
    // The text mentions another district in passing: the form knows.
    Settled("西区也有这样的路灯", field: "9001", "9001"),
    Settled("路灯", station: "west", "9002"),
    Settled("桥头街道的路灯", field: "900102", station: "west", "900102"),
    // The ambiguous name, alone and settled by the area.
    Settled("湖滨的路灯", nil, isAsked: true),
    Settled("湖滨的路灯", field: "900101", "900101"),
    Settled("湖滨的路灯", field: "9001", "900101"),
    Settled("湖滨的路灯", field: "9002", "9002", isAsked: true),
    Settled("湖滨的路灯", field: "90", "90", isAsked: true),
    Settled("白云的路灯", field: "9001", "900102"),
    Settled("白云的路灯", field: "9002", "900202"),
    Settled("白云的路灯", nil, isAsked: true),
  ]

  @Test(arguments: settled) func settlesPlaces(_ example: Settled) throws {
    let book = try SampleBook.book()
    let context = RuleContext(
      station: example.station.flatMap { code in book.stations.firstIndex { $0.code == code } },
      region: example.field.flatMap { book.region(code: $0) })
    let judgement = book.explain(body: example.text, context: context).judgement
    #expect(book.code(ofRegion: judgement.region) == example.region)
    #expect((judgement.asked != nil) == example.isAsked)
  }

  @Test func readsAreaAndStationFields() throws {
    let book = try SampleBook.book()
    var scratch = RuleScratch(book)
    let byCode = book.regionNamed("900102", scratch: &scratch)
    #expect(book.code(ofRegion: byCode.region) == "900102")
    let byAddress = book.regionNamed("鏡湖市 東區 橋頭街道 12 号", scratch: &scratch)
    #expect(book.code(ofRegion: byAddress.region) == "900102")
    let unclear = book.regionNamed("湖滨", scratch: &scratch)
    #expect(unclear.region == nil)
    #expect(unclear.asked.map { book.ambiguous[$0].name } == "湖滨")
    let unknown = book.regionNamed("月球背面", scratch: &scratch)
    #expect(unknown.region == nil && unknown.asked == nil)
    #expect(book.stationNamed("东区驿站").map { book.stations[$0].code } == "east")
    #expect(book.stationNamed(" 東區驛站 ").map { book.stations[$0].code } == "east")
    #expect(book.stationNamed("EAST").map { book.stations[$0].code } == "east")
    #expect(book.stationNamed("北区驿站") == nil)
  }

  struct Routed: Sendable, CustomTestStringConvertible {
    var topic: String?
    var region: String?
    var kind: Kind
    var route: String?
    var lead: String
    var tier: Tier
    var testDescription: String { "\(topic ?? "-") \(region ?? "-") \(kind.code)" }

    init(_ topic: String?, _ region: String?, _ kind: Kind, _ route: String?, _ lead: String, _ tier: Tier) {
      self.topic = topic
      self.region = region
      self.kind = kind
      self.route = route
      self.lead = lead
      self.tier = tier
    }
  }

  static let routed = [
    Routed("01", nil, .fault, "construction", "housing", .city),
    Routed("0102", "9002", .fault, "construction", "housing", .city),
    // The longest topic prefix.
    Routed("0101", "9002", .fault, "streets", "housing", .district),
    Routed("010101", "9002", .fault, "streets", "housing", .district),
    Routed("010102", "9002", .fault, "lamps", "urban-management", .district),
    // Then the place: a zone laid over the street.
    Routed("010101", "900101", .fault, "zone-covers", "zone-committee", .district),
    Routed("01", "900101", .fault, "zone-construction", "zone-committee", .district),
    Routed("0102", "9001Z", .fault, "zone-construction", "zone-committee", .district),
    // A deeper topic outranks the place.
    Routed("010102", "900101", .fault, "lamps", "urban-management", .district),
    // Then the kind.
    Routed("0301", "9001", .fault, "stations", "station-keeper", .station),
    Routed("0301", "9001", .praise, "station-praise", "social-work", .city),
    Routed("02", "9001", .contribution, "contribution", "social-work", .city),
    Routed(nil, nil, .contribution, "contribution", "social-work", .city),
    // Nobody is named: the district where it is known, else the city.
    Routed("02", "9001", .fault, nil, "district-government", .district),
    Routed("02", nil, .fault, nil, "social-work", .city),
    Routed(nil, nil, .idea, nil, "social-work", .city),
  ]

  @Test(arguments: routed) func routes(_ example: Routed) throws {
    let book = try SampleBook.book()
    let decision = book.route(
      topic: example.topic.flatMap { book.topic(code: $0) }, region: example.region.flatMap { book.region(code: $0) },
      kind: example.kind)
    #expect(decision.route.map { book.routes[$0].id } == example.route)
    #expect(book.departments[decision.lead].code == example.lead)
    #expect(decision.tier == example.tier)
  }

  @Test func narrowsPlaces() throws {
    let book = try SampleBook.book()
    func narrower(_ first: String?, _ second: String?) -> String? {
      book.code(
        ofRegion: book.narrower(
          first.flatMap { book.region(code: $0) }, second.flatMap { book.region(code: $0) }))
    }
    let expected: [(String?, String?, String?)] = [
      (nil, nil, nil), ("9001", nil, "9001"), ("9001", "90", "9001"), ("9001", "900102", "900102"),
      ("900101", "900102", "9001"), ("900101", "900201", "90"), ("9001Z", "900101", "900101"), ("9001Z", "9002", "90"),
    ]
    for (first, second, result) in expected {
      #expect(narrower(first, second) == result)
      #expect(narrower(second, first) == result)
    }
  }
}
