package import Store

/// What administration needs from rooms the console does not see: words for what the store says, the settings in words,
/// and who works in the background.
package struct AdministrationServices: Sendable {
  package var bookVersion: @Sendable () -> String
  package var workers: WorkerBoard
  package var verification: VerificationDesk
  package var scope: @Sendable (RoleScope, ConsoleLanguage) -> String
  package var refusal: @Sendable (AccountRefusal, _ name: String, ConsoleLanguage) -> String
  package var password: @Sendable (PasswordFault, ConsoleLanguage) -> String
  package var finding: @Sendable (VerificationFault, ConsoleLanguage) -> String
  package var events: EventWords
  package var settings: SettingWords
  package var outbox: OutboxWording
  package var retention: RetentionWording

  package init(
    bookVersion: @escaping @Sendable () -> String, workers: WorkerBoard, verification: VerificationDesk,
    scope: @escaping @Sendable (RoleScope, ConsoleLanguage) -> String,
    refusal: @escaping @Sendable (AccountRefusal, _ name: String, ConsoleLanguage) -> String,
    password: @escaping @Sendable (PasswordFault, ConsoleLanguage) -> String,
    finding: @escaping @Sendable (VerificationFault, ConsoleLanguage) -> String, events: EventWords,
    settings: SettingWords, outbox: OutboxWording, retention: RetentionWording
  ) {
    self.bookVersion = bookVersion
    self.workers = workers
    self.verification = verification
    self.scope = scope
    self.refusal = refusal
    self.password = password
    self.finding = finding
    self.events = events
    self.settings = settings
    self.outbox = outbox
    self.retention = retention
  }
}

/// Words for the actions of the history.
package struct EventWords: Sendable {
  /// Stable codes there are, to choose from; `case.*` stands for all that begin so.
  package var codes: [String]
  /// The word for one; the code itself where there is none.
  package var word: @Sendable (String, ConsoleLanguage) -> String

  package init(codes: [String], word: @escaping @Sendable (String, ConsoleLanguage) -> String) {
    self.codes = codes
    self.word = word
  }
}

/// What is set in the rules folder, in words.
package struct SettingWords: Sendable {
  package var stations: @Sendable (ConsoleLanguage) -> [StationWords]
  /// Nil for a year no notice can be for.
  package var calendar: @Sendable (_ year: Int, ConsoleLanguage) -> CalendarWords?
  package var clocks: @Sendable (ConsoleLanguage) -> [ClockSetWords]
  /// The steps of the reminders, as they stand in the file.
  package var reminders: @Sendable (ConsoleLanguage) -> [ReminderStepWords]

  package init(
    stations: @escaping @Sendable (ConsoleLanguage) -> [StationWords],
    calendar: @escaping @Sendable (_ year: Int, ConsoleLanguage) -> CalendarWords?,
    clocks: @escaping @Sendable (ConsoleLanguage) -> [ClockSetWords],
    reminders: @escaping @Sendable (ConsoleLanguage) -> [ReminderStepWords]
  ) {
    self.stations = stations
    self.calendar = calendar
    self.clocks = clocks
    self.reminders = reminders
  }
}

package struct StationWords: Sendable, Hashable {
  package var code: String
  package var name: String
  package var region: String
  package var address: String
  package var facilities: [String]

  package init(code: String, name: String, region: String, address: String, facilities: [String]) {
    self.code = code
    self.name = name
    self.region = region
    self.address = address
    self.facilities = facilities
  }
}

/// A year of the calendar.
package struct CalendarWords: Sendable, Hashable {
  package struct Holiday: Sendable, Hashable {
    package var name: String
    package var days: Int
    package var off: String
    package var worked: String

    package init(name: String, days: Int, off: String, worked: String) {
      self.name = name
      self.days = days
      self.off = off
      self.worked = worked
    }
  }

  /// Whether the year has its notice.
  package var isAnnounced: Bool
  package var holidays: [Holiday]
  /// What the city adds, a sentence each.
  package var local: [String]
  package var hours: String
  /// Of each month.
  package var workingDays: [Int]
  /// Which years are known and which are provisional.
  package var provisional: String

  package init(
    isAnnounced: Bool, holidays: [Holiday], local: [String], hours: String, workingDays: [Int], provisional: String
  ) {
    self.isAnnounced = isAnnounced
    self.holidays = holidays
    self.local = local
    self.hours = hours
    self.workingDays = workingDays
    self.provisional = provisional
  }
}

package struct ClockSetWords: Sendable, Hashable {
  package struct Clock: Sendable, Hashable {
    package var name: String
    package var rule: String

    package init(name: String, rule: String) {
      self.name = name
      self.rule = rule
    }
  }

  package var id: String
  package var title: String
  package var model: String
  package var isInForce: Bool
  /// Which cases it is for.
  package var cases: String
  package var clocks: [Clock]

  package init(id: String, title: String, model: String, isInForce: Bool, cases: String, clocks: [Clock]) {
    self.id = id
    self.title = title
    self.model = model
    self.isInForce = isInForce
    self.cases = cases
    self.clocks = clocks
  }
}

/// Words for what is in the outbox, and what only its own room knows of addresses and secrets.
package struct OutboxWording: Sendable {
  package var kind: @Sendable (String, ConsoleLanguage) -> String
  package var fault: @Sendable (String, ConsoleLanguage) -> String
  /// What of a receiver's address may be shown.
  package var address: @Sendable (Receiver) -> String
  /// An address as it is kept, or why it cannot be one.
  package var checked: @Sendable (Receiver.Medium, String, ConsoleLanguage) -> Result<String, AddressRefusal>
  /// The secret a webhook's messages are signed with; nil for readers by e-mail.
  package var secret: @Sendable (SuggestionStore, Receiver, Int64) throws(StoreFault) -> String?
  /// Whether letters can leave: a mail server is set.
  package var hasMail: Bool

  package init(
    kind: @escaping @Sendable (String, ConsoleLanguage) -> String,
    fault: @escaping @Sendable (String, ConsoleLanguage) -> String, address: @escaping @Sendable (Receiver) -> String,
    checked: @escaping @Sendable (Receiver.Medium, String, ConsoleLanguage) -> Result<String, AddressRefusal>,
    secret: @escaping @Sendable (SuggestionStore, Receiver, Int64) throws(StoreFault) -> String?, hasMail: Bool
  ) {
    self.kind = kind
    self.fault = fault
    self.address = address
    self.checked = checked
    self.secret = secret
    self.hasMail = hasMail
  }
}

/// Why an address is none, in the reader's language.
package struct AddressRefusal: Error, Sendable, Hashable {
  package var words: String

  package init(_ words: String) { self.words = words }
}
