package import Intake
package import Rules
internal import Stages
package import Store
internal import Suggestions

/// One file to take in.
package struct IntakeFile: Sendable {
  /// As the user named it, for messages, checkpoints and quarantine.
  package var name: String
  /// Path on disk; nil for standard input.
  package var path: String?
  package var profile: FormProfile
  /// Size in bytes where it is known, for the progress bar.
  package var size: Int?

  package init(name: String, path: String?, profile: FormProfile, size: Int?) {
    self.name = name
    self.path = path
    self.profile = profile
    self.size = size
  }
}

/// Everything a run needs to know beforehand; nothing in it changes while it runs.
package struct IntakePlan: Sendable {
  package var files: [IntakeFile]
  package var book: RuleBook
  package var source: String?
  /// Threads on the parallel stages. The result does not depend on it.
  package var threads: Int
  /// The moment of the run, and the day texts are judged on; seconds since 1970.
  package var startedAt: Int64
  package var asOf: Int64
  package var command: String
  /// Whom the history names for it.
  package var actor = "intake"
  /// Batches that are written in one transaction at most, while everybody else who writes waits. More of them write the
  /// pages at the ends of all tables once for all.
  package var batchesTogether = 4
  /// Decide everything, keep nothing.
  package var isDryRun = false

  package init(
    files: [IntakeFile], book: RuleBook, source: String?, threads: Int, startedAt: Int64, command: String
  ) {
    self.files = files
    self.book = book
    self.source = source
    self.threads = threads
    self.startedAt = startedAt
    asOf = startedAt
    self.command = command
  }
}

/// Counts of one file, or of all. `read = new + revised + unchanged + quarantined`.
package struct IntakeCounts: Sendable, Hashable {
  package var new = 0
  package var revised = 0
  package var unchanged = 0
  package var quarantined = 0
  /// Suggestions opened: new submissions that joined none. `new = suggestions + exact`.
  package var suggestions = 0
  /// New submissions that repeat another and were joined.
  package var exact = 0
  package var near = 0
  /// One text stands inside the other.
  package var contained = 0
  /// Those that repeat a matter which was done with, and opened a suggestion that takes it up again.
  package var again = 0

  package init() {}

  package var read: Int { new + revised + unchanged + quarantined }

  package static func += (left: inout IntakeCounts, right: IntakeCounts) {
    left.new += right.new
    left.revised += right.revised
    left.unchanged += right.unchanged
    left.quarantined += right.quarantined
    left.suggestions += right.suggestions
    left.exact += right.exact
    left.near += right.near
    left.contained += right.contained
    left.again += right.again
  }
}

/// Where a record could not be taken in and why: facts, none of its words.
package struct IntakeFault: Sendable, Hashable {
  /// Number of the record in the file, from 1; 0 for a fault that belongs to no record.
  package var record: Int
  /// From 1, in characters.
  package var line: Int
  package var column: Int
  /// Code of the ``SetAsideReason``.
  package var reason: String
  package var detail: String

  init(_ entry: SetAside) {
    record = entry.position.ordinal
    line = entry.faultLine
    column = entry.faultColumn
    reason = entry.reason.code
    detail = entry.reason.detail
  }
}

/// What became of one batch.
struct BatchOutcome {
  let counts: IntakeCounts
  let faults: [IntakeFault]

  init(_ columns: BatchColumns) {
    counts = IntakeCounts(columns)
    faults = columns.drafts.setAside.prefix(IntakeReport.File.mostFaults).map { IntakeFault($0) }
  }
}

package struct IntakeReport: Sendable {
  package struct File: Sendable {
    package var name: String
    package var source: String
    package var profile: String
    package var counts = IntakeCounts()
    /// Of the records set aside, the first ``mostFaults``.
    package var faults: [IntakeFault] = []

    package static let mostFaults = 100

    mutating func add(_ outcome: BatchOutcome) {
      counts += outcome.counts
      faults += outcome.faults.prefix(max(0, File.mostFaults - faults.count))
    }
  }

  package var files: [File] = []
  package var total = IntakeCounts()
  package var wasInterrupted = false
  /// Processor and wall time per part of the pipeline, in seconds.
  package var timings: [(part: String, seconds: Double)] = []
  package var indexBytes = 0
}

/// How far a run is, for a progress bar.
package struct IntakeProgress: Sendable {
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

package enum IntakeRunFault: Error, Sendable {
  case unreadable(file: String, reason: String)
  case store(StoreFault)
}
