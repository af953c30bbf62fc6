import TestSupport
import Testing

import Casework

/// The shipped ladder, and a scheduler as a test drives one: it keeps keys, and reads the clocks again at each look.
enum ReminderSample {
  static func ladder() throws -> ReminderLadder {
    try ReminderLadder(yaml: PackageRoot.bytes("rules/reminders.yaml"), file: "reminders.yaml")
  }

  struct Scheduler {
    let ladder: ReminderLadder
    let clocks: ClockBook
    let calendar: WorkingCalendar
    var taken: Set<ReminderKey> = []
    var log: [ReminderStep] = []

    init(_ ladder: ReminderLadder) throws {
      self.ladder = ladder
      clocks = try ClockSample.clocks()
      calendar = try ClockSample.calendar()
    }

    func readings(_ file: CaseFile, at moment: Int64) -> [ClockReading] {
      clocks.readings(of: file, on: calendar, asOf: moment)
    }

    func steps(_ file: CaseFile, at moment: Int64) -> [ReminderStep] {
      ladder.steps(due: readings(file, at: moment), of: 17, file: file, taken: taken, on: calendar, asOf: moment)
    }

    func next(_ file: CaseFile, after moment: Int64) -> Int64? {
      ladder.nextMoment(
        due: readings(file, at: moment), of: 17, file: file, taken: taken, on: calendar, after: moment)
    }

    /// Takes what is due, as `clock code` each.
    @discardableResult
    mutating func look(_ file: CaseFile, at moment: Int64) -> [String] {
      let steps = steps(file, at: moment)
      for step in steps {
        taken.insert(step.key)
        taken.formUnion(step.passedOver)
      }
      log += steps
      return steps.map { "\($0.key.clock.code) \($0.key.step)" }
    }

    /// Nothing of the process survives but the keys, as a store keeps them.
    mutating func restart() throws {
      taken = Set(try taken.map { try #require(ReminderKey(text: $0.text)) })
    }
  }
}
