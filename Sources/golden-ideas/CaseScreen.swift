import Casework
import Store
import Suggestions

/// Where the case of a suggestion stands, with its clocks, as `show` prints it.
struct CaseScreen {
  let id: Int
  let file: CaseFile
  let readings: [ClockReading]
  let words: CaseWords

  /// Nil where nobody has acted on it and no clock runs.
  init?(_ id: Int, _ file: CaseFile, _ readings: [ClockReading], words: CaseWords) {
    guard file.version > 0 || !readings.isEmpty else { return nil }
    self.id = id
    self.file = file
    self.readings = readings
    self.words = words
  }

  var lines: [String] {
    let messages = words.messages
    var lines = [messages("办理", "Case") + "  " + words.standing(id, file)]
    for reading in readings {
      guard let due = reading.due else { continue }
      var line = "  \(messages.word(reading.rule.kind))  \(messages.word(reading.status))  "
        + messages("到 ", "due ") + LocalTime.short(due)
      switch reading.status {
      case .running, .paused: line += messages("，还剩 \(messages.span(reading.left))", ", \(messages.span(reading.left)) left")
      case .overdue, .missed: line += messages("，超出 \(messages.span(reading.overdue))", ", \(messages.span(reading.overdue)) over")
      case .waiting, .met, .ended, .lapsed: break
      }
      if reading.isProvisional { line += messages("（放假安排未公布，待定）", " (provisional: the holidays are not announced)") }
      lines.append(line)
    }
    return lines
  }

  func write(to json: inout JSONWriter) {
    json.field("state", file.state.code)
    json.field("version", file.version)
    json.field("unit", file.handler?.text)
    json.array("with") { list in for handler in file.coHandlers { list.field(nil, handler.text) } }
    json.field("round", file.round)
    json.field("returns", file.hops)
    json.field("supervised", file.isSupervised)
    json.field("waiting_for_writer", file.isWaitingForWriter)
    json.field("outcome", file.outcome?.code)
    json.array("clocks") { list in
      for reading in readings {
        list.object {
          $0.field("clock", reading.rule.kind.code)
          $0.field("set", reading.set)
          $0.field("status", reading.status.code)
          $0.field("start", reading.start.map(LocalTime.rfc3339))
          $0.field("due", reading.due.map(LocalTime.rfc3339))
          $0.field("used_seconds", reading.used)
          $0.field("left_seconds", reading.left)
          $0.field("overdue_seconds", reading.overdue)
          $0.field("provisional", reading.isProvisional)
        }
      }
    }
  }
}
