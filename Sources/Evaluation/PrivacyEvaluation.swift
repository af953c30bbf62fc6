internal import Text

/// How many of the personal details people marked are cut out, and how much else is.
///
/// A marked span counts as found when the spans cut out cover at least half of it; one cut out counts as a false alarm
/// when it touches no marked span.
package struct PrivacyEvaluation: Sendable {
  package struct Tally: Sendable, Hashable {
    package var marked = 0
    package var found = 0

    /// Share found; 1 where there is nothing to find.
    package var share: Double { marked == 0 ? 1 : Double(found) / Double(marked) }
  }

  package struct CutTally: Sendable, Hashable {
    package var cut = 0
    package var falseAlarms = 0

    package init(cut: Int = 0, falseAlarms: Int = 0) {
      self.cut = cut
      self.falseAlarms = falseAlarms
    }

    /// Share of what is cut out that touches something marked; 1 where nothing is cut out.
    package var onTarget: Double { cut == 0 ? 1 : Double(cut - falseAlarms) / Double(cut) }
  }

  package private(set) var texts = 0
  package private(set) var total = Tally()
  /// By the kind people wrote.
  package private(set) var kinds: [String: Tally] = [:]
  package private(set) var totalCut = CutTally()
  /// By the kind the redactor named, as its code.
  package private(set) var cutKinds: [String: CutTally] = [:]
  /// Ids of texts with a span missed, and with a false alarm.
  package private(set) var missed: [String] = []
  package private(set) var alarmed: [String] = []

  package init() {}

  package var found: Double { total.share }
  package var falseAlarms: Int { totalCut.falseAlarms }
  package var falseAlarmsPerText: Double { texts == 0 ? 0 : Double(falseAlarms) / Double(texts) }

  /// Kinds with false alarms, the most frequent first.
  package var alarmKinds: [(kind: String, count: Int)] {
    cutKinds.filter { $0.value.falseAlarms > 0 }.map { (kind: $0.key, count: $0.value.falseAlarms) }
      .sorted { ($1.count, $0.kind) < ($0.count, $1.kind) }
  }

  /// - Parameter marked: ranges of the text's Unicode scalars.
  package mutating func add(id: String, text: String, marked: [(start: Int, end: Int, kind: String)]) {
    texts += 1
    let cuts = PrivacyEvaluation.cuts(in: text)
    for span in marked {
      let covered = cuts.reduce(0) { sum, cut in
        sum + max(0, min(cut.range.upperBound, span.end) - max(cut.range.lowerBound, span.start))
      }
      let isFound = covered * 2 >= span.end - span.start
      total.marked += 1
      kinds[span.kind, default: Tally()].marked += 1
      if isFound {
        total.found += 1
        kinds[span.kind, default: Tally()].found += 1
      } else if missed.last != id {
        missed.append(id)
      }
    }
    var hasAlarm = false
    for cut in cuts {
      let isAlarm = !marked.contains { $0.start < cut.range.upperBound && cut.range.lowerBound < $0.end }
      totalCut.cut += 1
      cutKinds[cut.kind, default: CutTally()].cut += 1
      guard isAlarm else { continue }
      hasAlarm = true
      totalCut.falseAlarms += 1
      cutKinds[cut.kind, default: CutTally()].falseAlarms += 1
    }
    if hasAlarm { alarmed.append(id) }
  }

  /// What the redactor cuts out, as ranges of the text's scalars, each with the code of its kind.
  package static func cuts(in text: String) -> [(range: Range<Int>, kind: String)] {
    let scalars = text.unicodeScalars
    func position(_ byte: Int) -> Int {
      scalars.distance(from: scalars.startIndex, to: text.utf8.index(text.utf8.startIndex, offsetBy: byte))
    }
    return Redaction.redacted(text).cuts.map { cut in
      (position(cut.source.lowerBound)..<position(cut.source.upperBound), cut.kind.code)
    }
  }

  /// The text as people may read it, a placeholder for each personal detail.
  package static func redacted(_ text: String) -> String { Redaction.readable(text) }
}
