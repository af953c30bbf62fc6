internal import Suggestions

/// A submission as it lies in the store, with the names of what it refers to.
struct StoredSubmission {
  var number: Int
  var source: Int
  var externalID: String
  var seal: Int
  var revision: Int
  var submittedAt: Int64?
  var channel: Int64
  /// 8 bytes of identity, 16 of content digest.
  var identity: [UInt8]
  var title: [UInt8]
  var body: [UInt8]
  var attributes: [UInt8]
  var suggestion: Int
  var duplicate: Int64
  var leader: Int?
  var score: Int
  var differs: Int64
  var track: Int64
  var kind: Int64
  var act: Int64
  var urgency: Int64
  var topic: Int
  var region: Int
  var station: Int
  var lead: Int
  var tier: Int
  var priority: Int
  var book: Int
  var verdict: [UInt8]
  var leaderSource: Int
  var leaderExternalID: String
  var openerSource: Int
  var openerExternalID: String
  var support: Int
  var submissions: Int
  var state: Int64
  /// What people decided of the suggestion, and what it shows.
  var decided: DecidedAspects
  /// Who opened the suggestion it is handled with; nil where it is not merged.
  var handledWith: (source: Int, externalID: String)?
  var shown: (topic: Int, kind: Int64, lead: Int)
  /// The track of the suggestion it is handled with: a person may have taken the matter out of the ordinary queue.
  var handledTrack: Int64
  /// Who opened the first case of the matter that its suggestion takes up again.
  var againOf: (source: Int, externalID: String)?
  /// What it was split out of.
  var splitFrom: (source: Int, externalID: String)?
  /// Who has its suggestion's case, and how it went so far; nil where nobody acted on it.
  var underway: (unit: Int, district: Int, round: Int, returns: Int, isSupervised: Bool)?

  /// To be continued with a WHERE over `s`.
  static let selection = """
    SELECT s.number, s.source, s.external_id, s.seal, s.revision, s.submitted_at, s.channel, s.identity, s.title,
      s.body, s.attributes, s.suggestion, s.duplicate + s.contained, s.leader, s.score, s.differs, s.track, s.kind, s.act, s.urgency, s.topic,
      s.region, s.station, s.lead, s.tier, s.priority, s.book, s.verdict, l.source, l.external_id, o.source,
      o.external_id, g.support, g.submissions, g.state, g.decided, g.topic,
      g.kind, g.lead, r.source, r.external_id, coalesce(rg.track, g.track), a.source, a.external_id,
      f.unit, f.district, f.round, f.hops, f.supervised, w.source, w.external_id
    FROM submission s
      LEFT JOIN submission l ON l.number = s.leader
      LEFT JOIN submission o ON o.number = s.suggestion
      LEFT JOIN suggestion g ON g.id = s.suggestion
      LEFT JOIN submission r ON r.number = g.root
      LEFT JOIN suggestion rg ON rg.id = g.root
      LEFT JOIN recurrence c ON c.suggestion = g.id
      LEFT JOIN suggestion f ON f.id = c.first AND f.track = g.track
      LEFT JOIN submission a ON a.number = f.id
      LEFT JOIN case_file f ON f.suggestion = g.id
      LEFT JOIN split_part p ON p.part = s.number
      LEFT JOIN submission w ON w.number = p.original
    """

  init(_ row: any SQLRow) {
    number = Int(row.integer(0))
    source = Int(row.integer(1))
    externalID = row.text(2)
    seal = Int(row.integer(3))
    revision = Int(row.integer(4))
    submittedAt = row.optionalInteger(5)
    channel = row.integer(6)
    identity = row.bytes(7)
    title = row.bytes(8)
    body = row.bytes(9)
    attributes = row.bytes(10)
    suggestion = Int(row.integer(11))
    duplicate = row.integer(12)
    leader = row.optionalInteger(13).map { Int($0) }
    score = Int(row.integer(14))
    differs = row.integer(15)
    track = row.integer(16)
    kind = row.integer(17)
    act = row.integer(18)
    urgency = row.integer(19)
    topic = Int(row.integer(20))
    region = Int(row.integer(21))
    station = Int(row.integer(22))
    lead = Int(row.integer(23))
    tier = Int(row.integer(24))
    priority = Int(row.integer(25))
    book = Int(row.integer(26))
    verdict = row.bytes(27)
    leaderSource = Int(row.integer(28))
    leaderExternalID = row.text(29)
    openerSource = Int(row.integer(30))
    openerExternalID = row.text(31)
    support = Int(row.integer(32))
    submissions = Int(row.integer(33))
    state = row.integer(34)
    decided = DecidedAspects(rawValue: Int(row.integer(35)))
    shown = (Int(row.integer(36)), row.integer(37), Int(row.integer(38)))
    handledWith = row.optionalInteger(39).map { (Int($0), row.text(40)) }
    handledTrack = row.optionalInteger(41) ?? track
    againOf = row.optionalInteger(42).map { (Int($0), row.text(43)) }
    splitFrom = row.optionalInteger(49).map { (Int($0), row.text(50)) }
    if row.optionalInteger(46) != nil {
      underway = (
        Int(row.integer(44)), Int(row.integer(45)), Int(row.integer(46)), Int(row.integer(47)), row.integer(48) != 0
      )
    }
  }

  /// Nil where the stored bytes are malformed.
  var readableAttributes: [(name: String, text: String)]? { StoredSubmission.attributes(attributes) }

  static func attributes(_ packed: [UInt8]) -> [(name: String, text: String)]? {
    var reader = PackedReader(packed)
    var found: [(name: String, text: String)] = []
    while !reader.isAtEnd {
      guard let number = reader.number(), let text = reader.text() else { return nil }
      let field = UInt8(exactly: number).flatMap { Field(rawValue: $0) }
      found.append((field?.name ?? "field-\(number)", DisplayText(text).text))
    }
    return found
  }

  /// Its text is gone for good.
  var isErased: Bool { identity.isEmpty }

  /// The content digest in hexadecimal digits.
  static func digest(_ identity: [UInt8]) -> String { Hexadecimal.text(identity.dropFirst(8)) }
}
