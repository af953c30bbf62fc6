import ArgumentParser
import Rules
import Store
import Suggestions

/// What of the queue is asked for. Codes the rule book does not know are refused, as a slip would show an empty queue.
struct ReviewOptions: ParsableArguments {
  @Option(help: "主题编码，含下级，可多次 / topic by code, with all inside it; may be repeated") var topic: [String] = []
  @Option(help: "区划编码，含下级，可多次 / region by code, with all inside it; may be repeated") var region: [String] = []
  @Option(help: "建议承办的部门编码，可多次 / proposed department by code; may be repeated") var lead: [String] = []
  @Option(help: "类别，可多次 / kind; may be repeated") var kind: [String] = []
  @Option(help: "紧急程度，可多次 / urgency; may be repeated") var urgency: [String] = []
  @Option(help: "从何时起提交的，日期或时间 / handed in from then on: a date or a time") var since: String?
  @Option(help: "到何时为止提交的，日期含当天 / handed in before then; of a date, the day included") var until: String?

  func filter(_ track: Track, _ common: CommonOptions) throws -> ReviewFilter {
    var filter = ReviewFilter(tracks: [track], at: LocalTime.now)
    if !topic.isEmpty || !region.isEmpty || !lead.isEmpty {
      let book = try common.loadBook()
      filter.topics = try set(topic, "--topic", common) { book.topicsInside($0) }
      filter.regions = try set(region, "--region", common) { book.regionsInside($0) }
      filter.leads = try set(lead, "--lead", common) { book.department(code: $0) == nil ? [] : [$0] }
    }
    filter.kinds = try set(kind, "--kind", common) { code in Kind.allCases.filter { $0.code == code } }
    filter.urgencies = try set(urgency, "--urgency", common) { code in Urgency.allCases.filter { $0.code == code } }
    filter.since = try since.map { try common.moment($0, "--since") }
    filter.until = try until.map { text in
      try common.moment(text, "--until") + (CivilTime.dayNumber(text) == nil ? 0 : 86_400)
    }
    return filter
  }

  /// Nil where nothing was asked for.
  private func set<Word>(
    _ codes: [String], _ option: String, _ common: CommonOptions, _ find: (String) -> some Collection<Word>
  ) throws -> Set<Word>? {
    guard !codes.isEmpty else { return nil }
    var words: Set<Word> = []
    for code in codes {
      let found = find(code)
      guard !found.isEmpty else {
        throw Outcome.notStarted(common.messages("\(option) 不认识 \(code)", "\(option) does not know \(code)"))
      }
      words.formUnion(found)
    }
    return words
  }
}

extension RuleBook {
  /// The codes of a topic and of all below it; empty where there is none of that code.
  func topicsInside(_ code: String) -> Set<String> {
    guard let wanted = topic(code: code) else { return [] }
    return Set(topics.indices.filter { path(ofTopic: $0).contains(wanted) }.map { topics[$0].code })
  }

  /// The codes of a region, of all that lies in it and of what a zone is laid over; empty where there is none of that
  /// code.
  func regionsInside(_ code: String) -> Set<String> {
    guard region(code: code) != nil else { return [] }
    let path = regionPath
    return Set(regions.map(\.code).filter { path($0).contains(code) })
  }
}
