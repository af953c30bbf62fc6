import Casework
import Foundation

/// What the casework goes by: six files of the rules folder, and what the city adds to the calendar.
struct CaseworkSettings {
  var limits: CaseLimits
  var clocks: ClockBook
  /// As written, `calendar.local.yaml` laid over it.
  var calendarBook: CalendarBook
  /// The same, ready to count with.
  var calendar: WorkingCalendar
  var ladder: ReminderLadder
  var retention: RetentionPolicy
  /// Looks at answers before they go out.
  var gate: AnswerGate

  /// Reads everything before it gives up, so that one run names all faults of all files.
  init(folder: String) throws(CaseworkFault) {
    var reading = Reading(folder: folder)
    let limits = reading.file("casework.yaml") { bytes, file throws(SettingFault) in
      try CaseLimits(yaml: bytes, file: file)
    }
    let clocks = reading.file("clocks.yaml") { bytes, file throws(SettingFault) in
      try ClockBook(yaml: bytes, file: file)
    }
    let calendar = reading.file("calendar.yaml") { bytes, file throws(SettingFault) in
      try CalendarBook(yaml: bytes, file: file)
    }
    let local = reading.file("calendar.local.yaml", isRequired: false) { bytes, file throws(SettingFault) in
      try CalendarBook(yaml: bytes, file: file, isLocal: true)
    }
    let ladder = reading.file("reminders.yaml") { bytes, file throws(SettingFault) in
      try ReminderLadder(yaml: bytes, file: file)
    }
    let words = reading.file("answers.yaml") { bytes, file throws(SettingFault) in
      try AnswerGateWords(yaml: bytes, file: file)
    }
    let retention = reading.file("retention.yaml") { bytes, file throws(SettingFault) in
      try RetentionPolicy(yaml: bytes, file: file)
    }
    guard reading.faults.isEmpty, let limits, let clocks, let calendar, let ladder, let words, let retention else {
      throw CaseworkFault(faults: reading.faults)
    }
    self.limits = limits
    self.clocks = clocks
    self.ladder = ladder
    self.retention = retention
    gate = AnswerGate(words)
    calendarBook = local.map(calendar.overlaid) ?? calendar
    self.calendar = WorkingCalendar(calendarBook)
  }

  private struct Reading {
    let folder: String
    var faults: [SettingFault] = []

    mutating func file<Value>(
      _ name: String, isRequired: Bool = true, _ read: ([UInt8], String) throws(SettingFault) -> Value
    ) -> Value? {
      guard let bytes = FileManager.default.contents(atPath: folder + "/" + name) else {
        let missing = SettingFault(file: name, problems: [SettingProblem(line: 0, fact: .missingFile)])
        if isRequired { faults.append(missing) }
        return nil
      }
      do throws(SettingFault) {
        return try read(Array(bytes), name)
      } catch {
        faults.append(error)
        return nil
      }
    }
  }
}

/// Files of the casework that cannot be used, one entry each.
struct CaseworkFault: Error {
  var faults: [SettingFault]
}

extension CommonOptions {
  /// - Parameter folder: of the rules; the option's, unless another is named.
  func loadCasework(in folder: String? = nil) throws -> CaseworkSettings {
    let folder = folder ?? rulesFolder
    do throws(CaseworkFault) {
      return try CaseworkSettings(folder: folder)
    } catch {
      throw Outcome.notStarted(messages.casework(error, folder: folder))
    }
  }
}
