/// 收件任务: something to take in that was sent from a page, and what became of it.
package struct IntakeJob: Sendable, Hashable {
  package enum State: String, Sendable, Hashable {
    case waiting, running, done
    /// Ended early by somebody; what was committed stays.
    case stopped
    /// Not begun, or failed; what was committed stays.
    case refused

    package var isOver: Bool { self != .waiting && self != .running }
  }

  package enum Kind: Sendable, Hashable {
    case files
    /// Set-aside records tried again.
    case retry
    /// A page of an opinion book, by its number.
    case bookPage(Int)
  }

  /// `read = new + revised + unchanged + quarantined`.
  package struct Tally: Sendable, Hashable {
    package var new = 0
    package var revised = 0
    package var unchanged = 0
    package var quarantined = 0
    package var suggestions = 0
    package var exact = 0
    package var near = 0
    package var contained = 0
    package var again = 0

    package init() {}
    package var read: Int { new + revised + unchanged + quarantined }
  }

  /// Where a record could not be taken in and why: facts, none of its words.
  package struct Fault: Sendable, Hashable {
    /// Number of the record in the file, from 1; 0 for a fault that belongs to no record.
    package var record: Int
    /// From 1, in characters.
    package var line: Int
    package var column: Int
    /// A code the phrasebook has a word for.
    package var reason: String
    package var detail: String

    package init(record: Int, line: Int, column: Int, reason: String, detail: String) {
      self.record = record
      self.line = line
      self.column = column
      self.reason = reason
      self.detail = detail
    }
  }

  package struct File: Sendable, Hashable {
    package var name: String
    package var source: String
    package var form: String
    package var tally: Tally
    /// The first of them.
    package var faults: [Fault]

    package init(name: String, source: String, form: String, tally: Tally, faults: [Fault]) {
      self.name = name
      self.source = source
      self.form = form
      self.tally = tally
      self.faults = faults
    }
  }

  package struct Progress: Sendable, Hashable {
    package var records: Int
    package var bytes: Int
    package var totalBytes: Int?
    package var file: String

    package init(records: Int, bytes: Int, totalBytes: Int?, file: String) {
      self.records = records
      self.bytes = bytes
      self.totalBytes = totalBytes
      self.file = file
    }
  }

  package var number: Int
  /// Name of the account.
  package var by: String
  package var kind: Kind
  package var state = State.waiting
  package var isDryRun: Bool
  /// Of the files, as they are shown.
  package var names: [String]
  /// Seconds since 1970.
  package var sentAt: Int64
  package var progress: Progress?
  /// Why it was refused, in sentences.
  package var refusal: String?
  /// Whether what was sent is still here, so that it can be tried again.
  package var isKept = false
  package var files: [File] = []
  package var total = Tally()
  package var seconds = 0.0
  /// Of a retry: records tried, and those that came in.
  package var tried = 0
  package var takenIn = 0

  package init(number: Int, by: String, kind: Kind, isDryRun: Bool, names: [String], sentAt: Int64) {
    self.number = number
    self.by = by
    self.kind = kind
    self.isDryRun = isDryRun
    self.names = names
    self.sentAt = sentAt
  }
}

/// What to take in, and for whom.
package struct IntakeOrder: Sendable {
  package enum Work: Sendable {
    /// - `source`: nil for the form's own; `form`: nil for the one that fits.
    case files([UploadedFile], source: String?, form: String?, isDryRun: Bool)
    /// - `mended`: instead of the one record named.
    case retry([Int], mended: Mended?)
    case bookPage(Int, UploadedFile)
  }

  package struct Mended: Sendable, Hashable {
    package var bytes: [UInt8]
    /// Whether it is a file by itself, and not the bare record.
    package var isFile: Bool

    package init(bytes: [UInt8], isFile: Bool) {
      self.bytes = bytes
      self.isFile = isFile
    }
  }

  package var work: Work
  /// Name of the account.
  package var by: String
  package var language: ConsoleLanguage
  /// Seconds since 1970.
  package var at: Int64

  package init(_ work: Work, by: String, language: ConsoleLanguage, at: Int64) {
    self.work = work
    self.by = by
    self.language = language
    self.at = at
  }
}
