package import Suggestions

/// 催办阶梯: what `rules/reminders.yaml` says: when somebody is reminded of a clock, who, and in which words.
///
/// A step is taken once for one promise: one clock of one round, from one start, with so many extensions granted. So a
/// new order and an extension bring the steps again, as they bring a new time; a pause, a correction or a holiday
/// announced late do not, although they move the due moment, or the same unit would hear the same thing twice. What
/// goes back to an old promise (a recall, an undone extension) finds its steps taken. Nothing of this hangs on the
/// clock on the wall: it may be set back, and no step comes again.
package struct ReminderLadder: Sendable, Hashable {
  /// In the order of the file: of the rungs with one code, a case has the first that fits.
  package var rungs: [ReminderRung]

  package init(rungs: [ReminderRung]) { self.rungs = rungs }

  /// The steps to take now, one a clock at most: where several are due at once (nobody was looking, or a clock was put
  /// forward) the highest, with the lower ones to be marked as passed over. Clocks that wait, stand still or are over
  /// give none, and nothing comes below a step that was taken.
  /// - Parameter readings: the case's clocks, read at the same moment.
  /// - Parameter taken: the keys of this case that were taken or passed over.
  package func steps(
    due readings: [ClockReading], of suggestion: Int, file: CaseFile, taken: Set<ReminderKey>,
    on calendar: WorkingCalendar, asOf moment: Int64
  ) -> [ReminderStep] {
    let calendar = calendar.inside(file.regions)
    return readings.compactMap { reading in
      guard reading.status == .running || reading.status == .overdue else { return nil }
      let open = open(reading, suggestion, file, taken, calendar).filter { $0.moment <= moment }
      guard let highest = open.last else { return nil }
      return ReminderStep(highest, passing: open.dropLast().map(\.key), reading: reading, file: file)
    }
  }

  /// The letter of a step, for one that is sent after the step was taken; nil where the ladder no longer has it.
  package func letter(of step: String, clock: ClockKind, in file: CaseFile) -> ReminderLetter? {
    rungs.first { $0.code == step && $0.fits(clock, file) }?.letter
  }

  /// When the next step comes if nothing happens to the case meanwhile; nil where none will. What is due already is
  /// due in the next second.
  package func nextMoment(
    due readings: [ClockReading], of suggestion: Int, file: CaseFile, taken: Set<ReminderKey>,
    on calendar: WorkingCalendar, after moment: Int64
  ) -> Int64? {
    let calendar = calendar.inside(file.regions)
    return readings.compactMap { reading -> Int64? in
      guard [.running, .paused, .overdue].contains(reading.status), let due = reading.due else { return nil }
      return open(reading, suggestion, file, taken, calendar).compactMap { rung -> Int64? in
        let next = ReminderLadder.afterPauses(max(rung.moment, moment + 1), of: reading, due: due)
        // A window that has shut reminds of nothing.
        return reading.rule.kind.isWindow && next > due ? nil : next
      }.min()
    }.min()
  }

  /// A rung of one clock of one case, with the moment it is for.
  struct Placed {
    var rung: ReminderRung
    var key: ReminderKey
    var moment: Int64
  }

  /// What is still to come of a clock, lowest first.
  private func open(
    _ reading: ClockReading, _ suggestion: Int, _ file: CaseFile, _ taken: Set<ReminderKey>, _ calendar: WorkingCalendar
  ) -> ArraySlice<Placed> {
    var codes: Set<String> = []
    var placed: [Placed] = []
    for rung in rungs where rung.fits(reading.rule.kind, file) && codes.insert(rung.code).inserted {
      guard let key = ReminderKey(reading, step: rung.code, of: suggestion, in: file),
        let moment = rung.moment(of: reading, on: calendar)
      else { continue }
      let place = placed.firstIndex { $0.moment > moment } ?? placed.count
      placed.insert(Placed(rung: rung, key: key, moment: moment), at: place)
    }
    let highest = placed.lastIndex { taken.contains($0.key) }
    return placed[((highest ?? -1) + 1)...]
  }

  /// While a clock stands still nobody is reminded; once it is overdue it stands no longer.
  private static func afterPauses(_ moment: Int64, of reading: ClockReading, due: Int64) -> Int64 {
    var moment = moment
    for span in reading.spans where span.isPause && span.from <= moment && moment < span.until && moment <= due {
      moment = min(span.until, due + 1)
    }
    return moment
  }
}

/// One rung: when, for which clocks of which cases, to whom.
package struct ReminderRung: Sendable, Hashable {
  package enum When: Sendable, Hashable {
    /// When so many per cent of the counted time are used, extensions included.
    case share(Int)
    /// So long before it is due; never, where the whole time is no longer than that.
    case before(Allowance)
    /// So long after; with no time at all, in the second after the due moment, as that moment is still in time.
    case after(Allowance)
  }

  /// Beside the letter.
  package enum Act: UInt8, CaseIterable, Sendable {
    case letter = 0
    /// 催办: written into the case's history by the system.
    case urge = 1
    /// 提请督办: who supervises decides about it; the system puts nothing under supervision.
    case proposeSupervision = 2

    package var code: String {
      switch self {
      case .letter: "letter"
      case .urge: "urge"
      case .proposeSupervision: "propose-supervision"
      }
    }
  }

  /// Names the step in the history and in ``ReminderKey``; a case has each once a clock.
  package var code: String
  package var clocks: Set<ClockKind>
  /// Empty conditions hold for every case.
  package var kinds: Set<Kind> = []
  package var urgencies: Set<Urgency> = []
  package var tracks: Set<Track> = []
  package var when: When
  package var to: [ReminderRecipient]
  package var act: Act
  package var letter: ReminderLetter

  package init(
    _ code: String, clocks: Set<ClockKind>, when: When, to: [ReminderRecipient], act: Act = .letter,
    letter: ReminderLetter
  ) {
    self.code = code
    self.clocks = clocks
    self.when = when
    self.to = to
    self.act = act
    self.letter = letter
  }

  func fits(_ kind: ClockKind, _ file: CaseFile) -> Bool {
    clocks.contains(kind) && (kinds.isEmpty || kinds.contains(file.kind))
      && (urgencies.isEmpty || urgencies.contains(file.urgency)) && (tracks.isEmpty || tracks.contains(file.track))
  }

  /// Whether no case can come to the other, this one standing before it.
  func covers(_ other: ReminderRung) -> Bool {
    func holds<Value>(_ own: Set<Value>, _ others: Set<Value>) -> Bool {
      own.isEmpty || (!others.isEmpty && others.isSubset(of: own))
    }
    return code == other.code && other.clocks.isSubset(of: clocks) && holds(kinds, other.kinds)
      && holds(urgencies, other.urgencies) && holds(tracks, other.tracks)
  }

  /// When it is for; nil before the clock starts, and for what would lie before its beginning.
  func moment(of reading: ClockReading, on calendar: WorkingCalendar) -> Int64? {
    guard let begins = reading.begins, let due = reading.due else { return nil }
    switch when {
    case .share(let percent):
      let counted = reading.spans.filter { $0.isCounted && $0.from < due }
      let whole = counted.reduce(0) { $0 + $1.seconds }
      var left = (whole * Int64(percent) + 99) / 100
      for span in counted {
        if left <= span.seconds { return span.from + left }
        left -= span.seconds
      }
      return due
    case .before(let allowance):
      let moment = calendar.moment(allowance, before: due)
      return moment > begins ? moment : nil
    case .after(let allowance): return max(due + 1, calendar.moment(allowance, after: due))
    }
  }
}
