import Store
import Suggestions

/// A submission as a test wants it stored.
struct SampleRecord {
  var source = "forms"
  var externalID: String
  var title = "井盖"
  var body = "人民路井盖破损，夜里看不见"
  var submittedAt: Int64? = 1_748_736_000
  var channel = Channel.webForm
  var kind = Kind.fault
  var act = Act.none
  var station: String?
  var writer: Int64?
  var topic = "010301"
  var region = "430702"
  var lead = "housing"
  var coHandlers = ["power-supply"]
  var track = Track.ordinary
  var priority = 40
  /// Number of the submission it revises; nil for a new one.
  var revises: Int?
  var duplicate = DuplicateKind.none
  var leader = 0
  /// Number of the suggestion it is joined to; 0 for its own.
  var suggestion = 0
  /// First case of the matter it takes up again; 0 for none.
  var again = 0
  var score = 0
  var differs = Difference.none
  var flags = 0
  var cuts = 0
  var attributes: [(Field, String)] = [(.address, "人民路 12 号旁"), (.status, "open")]
  var received = "{\"id\":1}"
  var contacts: [(Field, String)] = [(.writer, "张三"), (.phone, "13800000000")]
  /// Word of the body that rule `cover` found.
  var evidence: String? = "井盖"

  init(_ externalID: String) { self.externalID = externalID }

  func with(_ change: (inout SampleRecord) -> Void) -> SampleRecord {
    var record = self
    change(&record)
    return record
  }
}
