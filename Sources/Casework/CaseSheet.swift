package import Suggestions

/// 统计底账: every case reduced to what figures are made from, so that any month, group, list or plot is made from it in
/// milliseconds and all of them say the same. The figures are those of ``CaseStatistics`` at the same moment.
///
/// A case nobody acted on takes some fifty bytes: what was seen of it is one of a few dozen patterns.
package struct CaseSheet: Sendable {
  /// The moment it is of; seconds since 1970.
  package let asOf: Int64
  let clocks: ClockBook
  let calendar: WorkingCalendar
  private let stationTier: Int?

  private(set) var rows: [Row] = []
  /// What was seen of cases, each pattern once.
  private(set) var patterns: [[Entry]] = []
  private var patternNumbers: [[Entry]: UInt32] = [:]
  /// Codes by number; 0 is for none.
  private(set) var texts: [String] = [""]
  private var textNumbers: [String: UInt32] = [:]
  /// What regions lie in, with themselves, by number of their code.
  private(set) var paths: [UInt32: [String]] = [:]
  private(set) var orders: [(row: UInt32, order: CaseFirstOrder)] = []
  /// Who has or had which case, in the order of the rows.
  private(set) var holdings: [(row: UInt32, unit: UInt32)] = []
  /// When cases stopped being open, and were open again, in the order of the rows and then of time.
  private(set) var turns: [Turn] = []

  /// Histories that cannot be read, which nothing else here has.
  private(set) var unreadable: [(id: Int, received: Int, submitted: Int)] = []

  struct Row {
    var id: UInt32
    /// Days since 1970-01-01.
    var received: Int32
    /// When it was written, where that is known; else as above.
    var submitted: Int32
    var pattern: UInt32
    var submissions: UInt32
    var support: UInt32
    var region: UInt32
    var topic: UInt32
    var station: UInt32
    var channel: UInt32
    /// Who has it now.
    var unit: UInt32
    var track: Track
    var state: CaseState
    var isOpen: Bool

    func day(_ moment: CaseMoment) -> Int { Int(moment == .submitted ? submitted : received) }
  }

  /// One thing seen in a case.
  struct Entry: Hashable {
    enum What: UInt8 { case count, whole, part, sample }

    var what: What
    /// Of ``CaseIndicator/all``; of a sample that of its series.
    var slot: UInt8
    var unit: UInt32
    /// Seconds of a sample.
    var seconds: Int32 = 0
  }

  struct Turn {
    enum Kind: UInt8 { case opened, closed, ended }

    var row: UInt32
    var day: Int32
    /// `ended` for a rejection or a merge.
    var kind: Kind
  }

  package init(asOf moment: Int64, clocks: ClockBook, calendar: WorkingCalendar, stationTier: Int? = nil) {
    asOf = moment
    self.clocks = clocks
    self.calendar = calendar
    self.stationTier = stationTier
  }

  /// 在办: what somebody still has to do something about.
  package static func isOpen(_ state: CaseState) -> Bool {
    switch state {
    case .pending, .dispatched, .signed, .returned, .answered, .reopened: true
    case .rejected, .merged, .closed, .archived: false
    }
  }

  package var count: Int { rows.count }

  /// Makes room for so many cases at once, so that none is held twice while the sheet grows.
  package mutating func reserve(_ count: Int) { rows.reserveCapacity(count) }

  /// Takes a case in. They come by number.
  package mutating func add(_ record: CaseRecord) {
    do throws(CaseHistoryFault) {
      guard let sight = try CaseSight(record, clocks: clocks, calendar: calendar, asOf: asOf) else { return }
      let standing = try sight.history.standingEvents()
      let outline = sight.history.events.isEmpty ? nil : try sight.history.outline()
      take(sight, standing, outline)
    } catch {
      let received = CivilTime(record.receivedAt).dayNumber
      let submitted = record.submittedAt.map { CivilTime($0).dayNumber } ?? received
      unreadable.append((record.id, received, submitted))
    }
  }

  private mutating func take(_ sight: CaseSight, _ standing: [CaseEvent], _ outline: CaseOutline?) {
    let (record, file, row) = (sight.record, sight.walk.file, UInt32(truncatingIfNeeded: rows.count))
    let received = CivilTime(record.receivedAt).dayNumber
    let region = number(sight.region)
    if paths[region] == nil { paths[region] = file.regions }
    rows.append(
      Row(
        id: UInt32(truncatingIfNeeded: record.id), received: Int32(received),
        submitted: Int32(record.submittedAt.map { CivilTime($0).dayNumber } ?? received),
        pattern: pattern(sight.observations), submissions: UInt32(clamping: record.submissions),
        support: UInt32(clamping: record.support), region: region, topic: number(sight.topic),
        station: number(sight.station), channel: number(record.channel), unit: number(file.handler?.text),
        track: sight.track, state: file.state, isOpen: CaseSheet.isOpen(file.state)))
    if let order = sight.firstOrder(stationTier: stationTier) { orders.append((row, order)) }
    for unit in Set(outline?.handlers.map(\.text) ?? []).sorted() { holdings.append((row, number(unit))) }
    for event in standing where CaseSheet.isOpen(event.before) != CaseSheet.isOpen(event.after) {
      let kind: Turn.Kind =
        CaseSheet.isOpen(event.after) ? .opened : event.after == .closed || event.after == .archived ? .closed : .ended
      turns.append(Turn(row: row, day: Int32(CivilTime(event.at).dayNumber), kind: kind))
    }
  }

  private mutating func number(_ text: String?) -> UInt32 {
    guard let text, !text.isEmpty else { return 0 }
    if let number = textNumbers[text] { return number }
    let number = UInt32(texts.count)
    texts.append(text)
    textNumbers[text] = number
    return number
  }

  /// Of a code it may not have; nil for one no case has.
  func known(_ text: String) -> UInt32? { text.isEmpty ? 0 : textNumbers[text] }

  func text(_ number: UInt32) -> String? { number == 0 ? nil : texts[Int(number)] }

  private mutating func pattern(_ observations: [CaseObservation]) -> UInt32 {
    let entries = observations.map { observation -> Entry in
      let unit = number(observation.unit?.text)
      func slot(_ indicator: CaseIndicator) -> UInt8 { UInt8(CaseTally.slots[indicator] ?? 0) }
      return switch observation.what {
      // How many stands in the row.
      case .count(let indicator, _): Entry(what: .count, slot: slot(indicator), unit: unit)
      case .share(let indicator, let isPart): Entry(what: isPart ? .part : .whole, slot: slot(indicator), unit: unit)
      case .sample(let series, let seconds):
        Entry(
          what: .sample, slot: UInt8(series.slot), unit: unit, seconds: Int32(clamping: max(0, seconds)))
      }
    }
    if let known = patternNumbers[entries] { return known }
    let new = UInt32(patterns.count)
    patterns.append(entries)
    patternNumbers[entries] = new
    return new
  }
}
