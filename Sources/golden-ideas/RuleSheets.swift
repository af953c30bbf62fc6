import Console
import Rules
import Suggestions
import Text

/// The rules of a book in words, for pages.
struct RuleSheets {
  private let book: RuleBook
  private let messages: Messages
  private let names: BookNames

  init(_ book: RuleBook, _ language: Language) {
    self.book = book
    messages = Messages(language: language)
    names = BookNames(book: book, language: language)
  }

  private var comma: String { messages("、", ", ") }

  // MARK: All of them

  /// - Parameter search: looked for in ids, reasons, words and what is decided, folded as the texts are.
  func overview(_ search: String?) -> RuleOverview {
    let wanted = search.map(RuleSheets.folded)
    var groups: [RuleOverview.Group] = []
    var places: [String: Int] = [:]
    for rule in book.rules {
      let (code, name) = group(of: rule.verdict)
      if places[code] == nil {
        places[code] = groups.count
        groups.append(RuleOverview.Group(code: code, name: name, rules: []))
      }
      guard let place = places[code] else { continue }
      if let wanted, !fits(rule, wanted) { continue }
      let words = rule.words.vocabulary
      groups[place].rules.append(
        RuleOverview.Line(
          id: rule.id, decides: decided(rule.verdict), rationale: rule.rationale,
          words: words.prefix(6).map(book.word).joined(separator: comma) + (words.count > 6 ? "…" : ""),
          examples: rule.hits.count + rule.misses.count))
    }
    return RuleOverview(
      version: book.version, rules: book.rules.count, keywords: book.keywords.count, groups: groups,
      files: RuleSheets.files(of: book))
  }

  static func files(of book: RuleBook) -> [String] {
    book.files.map(\.path).filter { $0.hasPrefix("keywords/") }.map { String($0.dropFirst("keywords/".count)) }
  }

  private static func folded(_ text: String) -> String { Folding.string(Folding.scalars(text)) }

  private func fits(_ rule: Rule, _ wanted: String) -> Bool {
    if rule.words.vocabulary.contains(where: { book.word($0).contains(wanted) }) { return true }
    return [rule.id, rule.rationale, decided(rule.verdict)].contains { RuleSheets.folded($0).contains(wanted) }
  }

  private func group(of verdict: RuleVerdict) -> (code: String, name: String) {
    switch verdict {
    case .topic(let topic):
      let first = book.topics[book.path(ofTopic: topic)[0]]
      return (first.code, names.topic(first.code) ?? first.code)
    case .kind: return ("kind", messages("类别", "Kind"))
    case .act: return ("act", messages("四随", "Act"))
    case .track: return ("track", messages("通道", "Track"))
    case .urgency: return ("urgency", messages("紧急程度", "Urgency"))
    case .flag: return ("flag", messages("提示", "Flags"))
    }
  }

  private func decided(_ verdict: RuleVerdict) -> String {
    switch verdict {
    case .topic(let topic): names.topicPath(book.topics[topic].code) ?? book.topics[topic].code
    case .kind(let kind): messages.word(kind.code)
    case .act(let act): messages.word(act.code)
    case .track(let track): messages.word(track.code)
    case .urgency(let urgency): messages.word(urgency.code)
    case .flag(let flag): messages.word(flag.code)
    }
  }

  // MARK: One of them

  /// Nil where the book has none of that id.
  func sheet(_ id: String) -> RuleSheet? {
    guard let rule = book.rules.first(where: { $0.id == id }) else { return nil }
    let failing = book.failingExamples(of: [rule])
    return RuleSheet(
      id: rule.id, rationale: rule.rationale, facts: facts(of: rule),
      hits: rule.hits.enumerated().map { place, example in
        let fault = failing.first {
          $0.fault == .exampleMissed(rule: id, number: place + 1)
            || $0.fault == .exampleSpanMissed(rule: id, number: place + 1)
        }
        return self.example(example, fault)
      },
      misses: rule.misses.enumerated().map { place, example in
        self.example(example, failing.first { $0.fault == .exampleHit(rule: id, number: place + 1) })
      },
      yaml: book.lines(of: rule), file: rule.file, line: rule.line)
  }

  private func example(_ example: RuleExample, _ fault: RuleProblem?) -> RuleSheet.Example {
    var runs = example.title.isEmpty ? [] : [MarkedRun(example.title + " · ")]
    runs += MarkedRun.runs(of: example.text, example.marks.map { (range: $0, rule: nil) })
    return RuleSheet.Example(text: runs, fault: fault.map { messages.words($0.fault) })
  }

  private func facts(of rule: Rule) -> [RuleSheet.Fact] {
    var facts: [RuleSheet.Fact] = []
    func say(_ zh: String, _ en: String, _ text: String) {
      if !text.isEmpty { facts.append(RuleSheet.Fact(messages(zh, en), text)) }
    }
    func list(_ keywords: [UInt32]) -> String { keywords.map(book.word).joined(separator: comma) }
    let words = rule.words
    say("判为", "Decides", decided(rule.verdict))
    say("分", "Points", "\(rule.weight)")
    let own = words.any.map { book.word($0.keyword) + ($0.points == rule.weight ? "" : " +\($0.points)") }
    say("有其一", "One of", own.joined(separator: comma))
    for alternatives in words.all { say("都要有", "And one of", list(alternatives)) }
    if let several = words.atLeast {
      let of = several.of.map { $0.map(book.word).joined(separator: "/") }.joined(separator: comma)
      say("至少 \(several.least) 个", "At least \(several.least) of", of)
    }
    for pair in words.near { say("靠近", "Close together", near(pair)) }
    say("不能有", "None of", list(words.none))
    say("不算里面的", "Not inside", list(words.except))
    if words.scope != .both {
      say("看哪里", "Looks at", words.scope == .title ? messages("标题", "the title") : messages("正文", "the text"))
    }
    if words.atStart { say("位置", "Where", messages("在开头", "at the start")) }
    facts += circumstances(rule)
    let others = rule.coHandlers.compactMap { names.department(book.departments[$0].code, tier: nil, region: nil) }
    say("协办", "With", others.joined(separator: comma))
    return facts
  }

  private func near(_ pair: NearCondition) -> String {
    let left = pair.left.prefix(6).map(book.word).joined(separator: "/") + (pair.left.count > 6 ? "…" : "")
    let right = pair.right.prefix(6).map(book.word).joined(separator: "/") + (pair.right.count > 6 ? "…" : "")
    let reach =
      switch pair.reach {
      case .characters(let count): messages("\(count) 字内", "within \(count) characters")
      case .sentence: messages("同一句", "in one sentence")
      }
    return left + (pair.inOrder ? " → " : " ↔ ") + right + messages("，", ", ") + reach
  }

  private func circumstances(_ rule: Rule) -> [RuleSheet.Fact] {
    var facts: [RuleSheet.Fact] = []
    func say(_ zh: String, _ en: String, _ text: String) {
      if !text.isEmpty { facts.append(RuleSheet.Fact(messages(zh, en), text)) }
    }
    func range(_ range: CyclicRange?) -> String {
      range.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)–\($0.last)" } ?? ""
    }
    let when = rule.when
    say("渠道", "Channel", when.channels.map { messages.word($0.code) }.joined(separator: comma))
    say("驿站", "Station", when.stations.map { book.stations[$0].name }.joined(separator: comma))
    say("区划", "Region", when.regions.compactMap { names.region(book.regions[$0].code) }.joined(separator: comma))
    say("类别", "Kind", when.kinds.map { messages.word($0.code) }.joined(separator: comma))
    say("月份", "Months", range(when.months))
    say("星期", "Weekdays", range(when.weekdays))
    say("钟点", "Hours", range(when.hours))
    say("字数", "Characters", when.length.map { "\($0.lowerBound)–\($0.upperBound)" } ?? "")
    say("从", "From", rule.validity.from.map(LocalTime.date) ?? "")
    say("到", "Until", rule.validity.until.map(LocalTime.date) ?? "")
    return facts
  }
}

extension MarkedRun {
  /// A text cut where marks begin and end; where marks overlap, the one that begins first and is longest shows.
  ///
  /// - Parameter marks: ranges in the text's Unicode scalars, each with the rule that found it.
  static func runs(of text: String, _ marks: [(range: Range<Int>, rule: String?)]) -> [MarkedRun] {
    let scalars = Array(text.unicodeScalars)
    func string(_ range: Range<Int>) -> String {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[range])
      return String(view)
    }
    var runs: [MarkedRun] = []
    var place = 0
    let ordered = marks.sorted {
      ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound)
    }
    for mark in ordered {
      let range = mark.range.clamped(to: 0..<scalars.count)
      guard range.lowerBound >= place, !range.isEmpty else { continue }
      if range.lowerBound > place { runs.append(MarkedRun(string(place..<range.lowerBound))) }
      runs.append(MarkedRun(string(range), isMarked: true, rule: mark.rule))
      place = range.upperBound
    }
    if place < scalars.count { runs.append(MarkedRun(string(place..<scalars.count))) }
    return runs
  }
}
