import Rules
import Suggestions
import TestSupport
import Testing

/// The book in `rules/`, as it is shipped.
struct ShippedBookTests {
  static func book() throws -> RuleBook { try RuleBook(files: SampleBook.files(below: "rules")) }

  @Test func compilesWithoutProblems() throws {
    let problems = SampleBook.problems(try SampleBook.files(below: "rules")).filter { !$0.isWarning }
    for problem in problems { Issue.record("\(problem.file):\(problem.line) \(problem.fault)") }
  }

  @Test func allExamplesPass() throws {
    let book = try ShippedBookTests.book()
    for problem in book.failingExamples() { Issue.record("\(problem.file):\(problem.line) \(problem.fault)") }
    #expect(book.exampleCount >= book.rules.count)
  }

  @Test func everyRuleHasAnExample() throws {
    let bare = try ShippedBookTests.book().rules.filter(\.hits.isEmpty).map(\.id)
    #expect(bare.isEmpty)
  }

  @Test func theGazetteIsWhole() throws {
    let book = try ShippedBookTests.book()
    #expect(book.topics.filter { $0.level == 1 }.count >= 15)
    let city = try #require(book.region(code: "4307"))
    let areas = book.regions.filter { $0.level == .county && $0.parent == city }
    #expect(areas.count >= 10)
    for name in ["武陵区", "鼎城区", "安乡县", "汉寿县", "澧县", "临澧县", "桃源县", "石门县", "津市市"] {
      #expect(areas.contains { $0.name == name }, "\(name)")
    }
    #expect(book.regions.filter { $0.level == .street }.count >= 150)
    #expect(book.stations.count >= 6)
    #expect(book.departments.count >= 30)
    #expect(book.keywords.count >= 1_500)
    #expect(Set(book.rules.map(\.id)).count == book.rules.count)
  }

  /// Every division that is published for the city is in the book, under its official name.
  @Test(.enabled(if: PackageRoot.shared != nil, "the shared data sets are not here"))
  func theGazetteHasEveryPublishedDivision() throws {
    let folder = try #require(PackageRoot.shared) + "/data/gazetteer_cn/"
    let book = try ShippedBookTests.book()
    for (file, count) in [("cities.csv", 1), ("areas.csv", 10), ("streets.csv", 178)] {
      let rows = String(decoding: try PackageRoot.bytes(folder + file), as: UTF8.self).split(whereSeparator: \.isNewline)
        .map { $0.split(separator: ",").map { String($0.filter { $0 != "\"" }) } }.filter { $0[0].hasPrefix("4307") }
      #expect(rows.count == count, "\(file)")
      for row in rows {
        let (code, name) = (row[0], row[1])
        let region = try #require(book.region(code: code), "\(code) \(name)")
        let names = book.names.filter { $0.meaning == .region(region) }.map(\.name)
        #expect(names.contains(name), "\(code) \(name)")
      }
    }
  }

  /// Who owns the cover does not handle it: housing leads, the power company is asked to help.
  @Test func theElectricManholeCover() throws {
    let book = try ShippedBookTests.book()
    let text = "鼎城区花溪路与善德路交叉口非机动车道上，一处电力井盖严重破损，骑车经过很危险。"
    let judgement = book.explain(body: text).judgement
    let topic = try #require(judgement.topic)
    #expect(book.topics[topic].code == "010301")
    #expect(book.code(ofRegion: judgement.region) == "430703")
    let decision = book.route(topic: topic, region: judgement.region, kind: judgement.kind ?? .fault)
    #expect(book.departments[decision.lead].code == "housing")
    let helpers = Set((decision.coHandlers + judgement.coHandlers).map { book.departments[$0].code })
    #expect(helpers.contains("power-supply"))
    #expect(judgement.track == .ordinary)
  }

  /// Liuyehu is a resort zone and a street in it: people are asked, unless the form names the area.
  @Test func liuyehuIsAskedAndSettledByTheArea() throws {
    let book = try ShippedBookTests.book()
    let open = book.explain(body: "柳叶湖路灯不亮").judgement
    #expect(open.asked.map { book.ambiguous[$0].name } == "柳叶湖")
    #expect(open.region == nil)
    let candidates = try book.ambiguous[#require(open.asked)].candidates.map { book.regions[$0].code }
    #expect(Set(candidates) == ["4307Z1", "430702013"])

    let street = try #require(book.region(code: "430702013"))
    let settled = book.explain(body: "柳叶湖路灯不亮", context: RuleContext(region: street)).judgement
    #expect(settled.asked == nil)
    #expect(settled.region == street)

    let exact = book.explain(body: "柳叶湖街道路灯不亮").judgement
    #expect(exact.asked == nil)
    #expect(exact.region == street)
    let zone = book.explain(body: "柳叶湖旅游度假区路灯不亮").judgement
    #expect(zone.asked == nil)
    #expect(book.code(ofRegion: zone.region) == "4307Z1")

    let county = book.region(code: "430726")
    let elsewhere = book.explain(body: "柳叶湖路灯不亮", context: RuleContext(region: county)).judgement
    #expect(elsewhere.asked != nil)
  }

  /// Every topic and every kind has somebody to go to.
  @Test func everythingIsRoutedToSomebody() throws {
    let book = try ShippedBookTests.book()
    for topic in book.topics.indices {
      for region in [nil, book.region(code: "4307"), book.region(code: "430702"), book.region(code: "430702013")] {
        for kind in Kind.allCases {
          let decision = book.route(topic: topic, region: region, kind: kind)
          #expect(book.departments.indices.contains(decision.lead))
        }
      }
    }
  }
}
