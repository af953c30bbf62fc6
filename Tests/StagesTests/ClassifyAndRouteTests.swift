import Rules
import Stages
import Suggestions
import TestSupport
import Testing

/// What the rules and the form make of a record together.
struct ClassifyAndRouteTests {
  @Test func judgesTitleAndBody() throws {
    var line = try Line()
    let rows = line.run([
      Record("1", "电力井盖破损，有人踩空", title: "花溪路"), Record("2", "建议增设车棚"), Record("3", "天气真好"),
      Record("4", "路灯漏电", region: "西区"), Record("5", "又停电了"),
    ])
    let book = line.book
    func topic(_ index: Int) -> String? { rows[index].topic < 0 ? nil : book.topics[Int(rows[index].topic)].code }
    let topics = rows.indices.map(topic)
    #expect(topics == ["010101", "0201", nil, "010102", nil])
    #expect(rows.map(\.kind) == [.fault, .idea, .other, .other, .other])
    let regions = rows.map { $0.region < 0 ? nil : book.regions[Int($0.region)].code }
    #expect(regions == ["9001", nil, nil, "9002", nil])
    let leads = rows.map { book.departments[Int($0.lead)].code }
    #expect(leads == ["housing", "social-work", "social-work", "urban-management", "social-work"])
    // Base of the urgency class, and 3 more where no rule understood the text.
    #expect(rows.map(\.priority) == [40, 20, 43, 90, 73])
  }

  @Test func coHandlersComeFromRulesAndRoutes() throws {
    var line = try Line()
    let columns = line.batch(of: [Record("1", "电力井盖破损", region: "湖滨街道")]).columns
    let row = columns.rows[0]
    let book = line.book
    let codes = row.coHandlers.map { book.departments[$0].code }
    let lead = book.departments[Int(row.lead)].code
    #expect(lead == "zone-committee")
    #expect(codes == ["housing", "power-supply"])
  }

  /// What the form declares outranks the rules; help on the spot is a contribution whatever the text says.
  @Test func theFormOutranksTheRules() throws {
    var line = try Line()
    let columns = line.batch(of: [
      Record("1", "井盖坏了", more: [.kind: "praise"]), Record("2", "井盖坏了", more: [.act: "help"]),
      Record("3", "电动车倒了，帮忙扶起来"), Record("4", "井盖坏了", more: [.kind: "nonsense"]),
    ]).columns
    #expect(columns.rows.map(\.kind) == [.praise, .contribution, .contribution, .fault])
    #expect(columns.rows.map(\.act) == [.none, .help, .help, .none])
    #expect(columns.rows.map(\.urgency) == [.idea, .idea, .idea, .ordinary])
  }

  @Test func anAmbiguousPlaceIsAskedUnlessTheFormSettlesIt() throws {
    var line = try Line()
    let columns = line.batch(of: [
      Record("1", "湖滨的路灯不亮"), Record("2", "湖滨的路灯不亮了", region: "湖滨街道"), Record("3", "路灯不亮", region: "湖滨"),
    ]).columns
    let asked = columns.rows.map { $0.asked >= 0 }
    #expect(asked == [true, false, true])
    #expect(columns.rows.map(\.priority) == [43, 40, 43])
  }

  struct Ranked: Sendable, CustomTestStringConvertible {
    var name: String
    var row: Row
    var priority: Int
    var testDescription: String { name }

    init(_ name: String, _ priority: Int, _ change: (inout Row) -> Void) {
      self.name = name
      self.priority = priority
      row = Row()
      row.topic = 0
      row.certainty.isSure = true
      row.kind = .fault
      change(&row)
    }
  }

  static let ranked = [
    Ranked("idea", 20) { $0.urgency = .idea },
    Ranked("ordinary", 40) { $0.urgency = .ordinary },
    Ranked("outage", 70) { $0.urgency = .outage },
    Ranked("danger", 90) { $0.urgency = .danger },
    Ranked("contribution waits", 5) { $0.kind = .contribution },
    Ranked("praise waits", 5) { $0.kind = .praise },
    Ranked("sensitive", 45) { $0.track = .sensitive },
    Ranked("not understood", 43) { $0.topic = -1; $0.certainty.isSure = false },
    Ranked("not sure", 43) { $0.certainty.isSure = false },
    Ranked("place asked", 43) { $0.asked = 0 },
    Ranked("not understood and asked counts once", 43) {
      $0.asked = 0; $0.topic = -1; $0.certainty.isSure = false
    },
    Ranked("danger on the sensitive track, not understood", 98) {
      $0.urgency = .danger; $0.track = .sensitive; $0.topic = -1; $0.certainty.isSure = false
    },
  ]

  @Test(arguments: ranked) func ranks(_ example: Ranked) throws {
    #expect(Route.priority(of: example.row, try SampleBook.book()) == example.priority)
  }

  @Test func departmentsInOneWord() {
    var set = DepartmentSet()
    #expect(Array(set).isEmpty)
    for department in [3, 0, 3, 65_000, 7, 9] { set.insert(department) }
    #expect(Array(set) == [3, 0, 65_000, 7])
    #expect(Array(DepartmentSet(packed: set.packed)) == [3, 0, 65_000, 7])
  }
}
