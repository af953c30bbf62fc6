internal import Text

/// How many of the personal details people marked are cut out, and how much else is.
///
/// A marked span counts as found when the spans cut out cover at least half of it; one cut out counts as a false alarm
/// when it touches no marked span.
package struct PrivacyEvaluation: Sendable {
  package struct Tally: Sendable, Hashable {
    package var marked = 0
    package var found = 0
  }

  package private(set) var texts = 0
  package private(set) var total = Tally()
  package private(set) var falseAlarms = 0
  /// By the kind people wrote.
  package private(set) var kinds: [String: Tally] = [:]
  /// Ids of texts with a span missed, and with a false alarm.
  package private(set) var missed: [String] = []
  package private(set) var alarmed: [String] = []

  package init() {}

  package var found: Double { total.marked == 0 ? 1 : Double(total.found) / Double(total.marked) }
  package var falseAlarmsPerText: Double { texts == 0 ? 0 : Double(falseAlarms) / Double(texts) }

  /// - Parameter marked: ranges of the text's Unicode scalars.
  package mutating func add(id: String, text: String, marked: [(start: Int, end: Int, kind: String)]) {
    texts += 1
    let cut = PrivacyEvaluation.cuts(in: text)
    for span in marked {
      let covered = cut.reduce(0) { $0 + max(0, min($1.upperBound, span.end) - max($1.lowerBound, span.start)) }
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
    let alarms = cut.count { range in !marked.contains { $0.start < range.upperBound && range.lowerBound < $0.end } }
    falseAlarms += alarms
    if alarms > 0 { alarmed.append(id) }
  }

  /// What the redactor cuts out, as ranges of the text's scalars.
  package static func cuts(in text: String) -> [Range<Int>] {
    var text = text
    var folded = FoldedText(capacity: 256)
    let bytes = text.withUTF8 { utf8 -> [Range<Int>] in
      let range = folded.fold(utf8)
      let spans = PersonalData.spans(
        in: folded[range], sources: UnsafeBufferPointer(start: folded.sources + range.lowerBound, count: range.count))
      return Redaction(key: 0).redact(utf8, folded: range, of: folded, spans: spans).cuts.map(\.source)
    }
    let scalars = text.unicodeScalars
    func position(_ byte: Int) -> Int {
      scalars.distance(from: scalars.startIndex, to: text.utf8.index(text.utf8.startIndex, offsetBy: byte))
    }
    return bytes.map { position($0.lowerBound)..<position($0.upperBound) }
  }
}
