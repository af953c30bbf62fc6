import Casework
import Suggestions

/// The clocks of a case, each with every span of its time.
struct ClockScreen {
  private let id: Int
  private let file: CaseFile
  private let clocks: ClockBook
  private let readings: [ClockReading]
  private let moment: Int64
  private let words: CaseWords
  private var messages: Messages { words.messages }

  init(_ id: Int, _ file: CaseFile, _ settings: CaseworkSettings, at moment: Int64, words: CaseWords) {
    self.id = id
    self.file = file
    self.moment = moment
    self.words = words
    clocks = settings.clocks
    readings = settings.clocks.readings(of: file, on: settings.calendar, asOf: moment)
  }

  // MARK: Text

  var text: String {
    var lines = [words.standing(id, file), messages("按 \(LocalTime.short(moment)) 看", "as of \(LocalTime.short(moment))")]
    if readings.isEmpty {
      lines.append(
        [.contribution, .praise].contains(file.kind)
          ? messages("贡献和表扬不计时。", "contributions and praise are not clocked.")
          : messages("没有适用的时限（rules/clocks.yaml）。", "no clock fits (rules/clocks.yaml)."))
    }
    for reading in readings { lines += [""] + self.lines(of: reading) }
    return lines.joined(separator: "\n")
  }

  private func lines(of reading: ClockReading) -> [String] {
    let provisional =
      reading.isProvisional ? messages("（待定：节假日通知未到）", " (provisional: a holiday notice is to come)") : ""
    let head = "\(messages.word(reading.rule.kind))  \(messages.word(reading.status))\(provisional)"
    var lines = [
      "\(head)  〔\(title(of: reading)) \(reading.set)〕",
      "  " + messages.rule(reading.rule),
    ]
    guard let start = reading.start, let due = reading.due else { return lines }
    var facts = [
      messages("起 ", "start ") + LocalTime.short(start), messages("届满 ", "due ") + LocalTime.end(due),
      messages("已用 ", "used ") + counted(reading.used, reading),
    ]
    if let stop = reading.stop { facts.append(messages("止 ", "stop ") + LocalTime.short(stop)) }
    if reading.overdue > 0 { facts.append(messages("超出 ", "over by ") + counted(reading.overdue, reading)) }
    if reading.stop == nil, reading.left > 0 { facts.append(messages("还剩 ", "left ") + counted(reading.left, reading)) }
    lines.append("  " + facts.joined(separator: messages("，", ", ")))
    for grant in file.grants where reading.rule.extra != nil && grant.at >= start {
      let (extra, when) = (messages.time(grant.extra), LocalTime.short(grant.at))
      lines.append("  " + messages("准予延期 \(extra)，\(when)", "extended by \(extra), \(when)"))
    }
    // What would have come does not any more once a clock has stopped.
    for span in reading.spans where !span.isProjected || reading.stop == nil {
      let mark = span.from >= due ? messages("，超出", ", over") : span.isProjected ? messages("，预计", ", to come") : ""
      let length = span.isCounted ? "  " + counted(span.seconds, reading) : ""
      let times = "\(LocalTime.short(span.from)) – \(LocalTime.end(span.until))"
      lines.append("    \(times)  \(messages.word(span.what))\(mark)\(length)")
    }
    return lines
  }

  private func title(of reading: ClockReading) -> String {
    let set = clocks.sets.first { $0.id == reading.set }
    return (messages.language == .zh ? set?.title : set?.titleEnglish) ?? ""
  }

  private func counted(_ seconds: Int64, _ reading: ClockReading) -> String {
    messages.duration(seconds, counting: reading.rule.within.unit.counting)
  }

  // MARK: JSON

  /// As documented for `clock explain --json`. Durations are counted seconds.
  func write(to root: inout JSONWriter) {
    root.field("id", id)
    root.field("state", file.state.code)
    root.field("round", file.round)
    root.field("as_of", LocalTime.rfc3339(moment))
    root.array("clocks") { list in for reading in readings { list.object { write(reading, to: &$0) } } }
  }

  private func write(_ reading: ClockReading, to object: inout JSONWriter) {
    let rule = reading.rule
    object.field("clock", rule.kind.code)
    object.field("set", reading.set)
    object.field("status", reading.status.code)
    object.field("within", rule.within.text)
    object.field("starts_at", rule.start.code)
    object.array("stops_at") { for stop in rule.stops { $0.field(nil, stop.code) } }
    object.field("start", reading.start.map(LocalTime.rfc3339))
    object.field("begins", reading.begins.map(LocalTime.rfc3339))
    object.field("due", reading.due.map(LocalTime.rfc3339))
    object.field("stop", reading.stop.map(LocalTime.rfc3339))
    object.field("used", reading.used)
    object.field("left", reading.left)
    object.field("overdue", reading.overdue)
    object.field("provisional", reading.isProvisional)
    object.array("spans") { list in
      for span in reading.spans {
        list.object {
          $0.field("from", LocalTime.rfc3339(span.from))
          $0.field("until", LocalTime.rfc3339(span.until))
          $0.field("what", span.what.code)
          $0.field("name", span.what.name)
          $0.field("counted", span.isCounted)
          $0.field("projected", span.isProjected)
          $0.field("seconds", span.seconds)
        }
      }
    }
  }
}

extension ClockSpan.What {
  /// The holiday's, or the local day's.
  fileprivate var name: String? {
    switch self {
    case .countedMadeUp(let name), .holiday(let name), .local(let name): name
    case .counted, .notBegun, .night, .weekend, .paused: nil
    }
  }
}
