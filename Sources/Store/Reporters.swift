internal import Crypto
internal import Foundation
internal import Suggestions

/// The register of reporters. Every change is an event about the reporter's number, in the transaction of the change;
/// it tells all of the entry but the name, of which it has a digest of the sealed bytes.
extension SuggestionStore {
  /// By badge.
  package func reporters() throws(StoreFault) -> [Reporter] {
    let key = try keys.reporterKey()
    return try snapshot { session throws(StoreFault) in
      var reporters: [Reporter] = []
      for row in try ReporterRow.all(session) { reporters.append(try row.reporter(key)) }
      return reporters
    }
  }

  /// Nil where nobody has the badge, however it is written.
  package func reporter(badge: String) throws(StoreFault) -> Reporter? {
    let key = try keys.reporterKey()
    return try read { session throws(StoreFault) in
      guard let badge = ReporterBadge(badge) else { return nil }
      return try ReporterRow.with(badge.text, session)?.reporter(key)
    }
  }

  /// Whether a badge as a submission carries it is that of a reporter: 移动信息员发现.
  ///
  /// - Parameter moment: when it was written; what came after the reporter was retired is no longer a reporter's. Nil
  ///   for whenever.
  package func isReporter(_ badge: String, at moment: Int64? = nil) throws(StoreFault) -> Bool {
    try read { session throws(StoreFault) in
      guard let badge = ReporterBadge(badge), let row = try ReporterRow.with(badge.text, session) else { return false }
      guard let moment, let end = row.retiredAt else { return true }
      return moment <= end
    }
  }

  /// - Parameters:
  ///   - area: code of a region, which the caller knows to be one.
  ///   - actor: who does it.
  ///   - moment: seconds since 1970.
  package func addReporter(
    _ badge: String, name: String, area: String, by actor: String, at moment: Int64
  ) throws(StoreFault) -> Result<Reporter, ReporterRefusal> {
    guard let badge = ReporterBadge(badge)?.text else { return .failure(.badge) }
    guard SuggestionStore.isName(name) else { return .failure(.name) }
    let key = try keys.reporterKey()
    let sealed = try ReporterRow.seal(name, badge: badge, key)
    return try write { session throws(StoreFault) in
      if try ReporterRow.with(badge, session) != nil { return .failure(.taken) }
      let row = ReporterRow(
        id: try History.next(session), badge: badge, name: sealed, area: area, addedAt: moment, retiredAt: nil)
      try session.execute(
        "INSERT INTO reporter (id, badge, name, area, active, added_at) VALUES ($1, $2, $3, $4, 1, $5)",
        [.integer(row.id), .text(badge), .bytes(sealed), .text(area), .integer(moment)])
      try row.tell("reporter-add", by: actor, at: moment, session)
      return .success(try row.reporter(key))
    }
  }

  /// 更正: another name or area for the same person.
  package func changeReporter(
    _ badge: String, name: String? = nil, area: String? = nil, by actor: String, at moment: Int64
  ) throws(StoreFault) -> Result<Reporter, ReporterRefusal> {
    if let name, !SuggestionStore.isName(name) { return .failure(.name) }
    return try change(badge, "reporter-change", actor, moment) { row, key throws(StoreFault) in
      if row.name == nil { return .forgotten }
      if let name { row.name = try ReporterRow.seal(name, badge: row.badge, key) }
      if let area { row.area = area }
      return nil
    }
  }

  /// 退出: what comes in under the badge from now on is no reporter's; what came before stays counted.
  ///
  /// - Parameter isForgotten: the name goes as well, which is for good.
  package func retireReporter(
    _ badge: String, isForgotten: Bool = false, by actor: String, at moment: Int64
  ) throws(StoreFault) -> Result<Reporter, ReporterRefusal> {
    try change(badge, "reporter-retire", actor, moment) { row, _ in
      // Who has left may still want to be forgotten.
      let isNews = row.retiredAt == nil || (isForgotten && row.name != nil)
      guard isNews else { return .already }
      row.retiredAt = row.retiredAt ?? moment
      if isForgotten { row.name = nil }
      return nil
    }
  }

  /// 恢复: as before, where the name is still known.
  package func reinstateReporter(
    _ badge: String, by actor: String, at moment: Int64
  ) throws(StoreFault) -> Result<Reporter, ReporterRefusal> {
    try change(badge, "reporter-reinstate", actor, moment) { row, _ in
      guard row.retiredAt != nil else { return .already }
      guard row.name != nil else { return .forgotten }
      row.retiredAt = nil
      return nil
    }
  }

  /// - Parameter body: changes the row; what it refuses changes nothing.
  private func change(
    _ badge: String, _ action: String, _ actor: String, _ moment: Int64,
    _ body: (inout ReporterRow, SymmetricKey) throws(StoreFault) -> ReporterRefusal?
  ) throws(StoreFault) -> Result<Reporter, ReporterRefusal> {
    let key = try keys.reporterKey()
    return try write { session throws(StoreFault) in
      guard let badge = ReporterBadge(badge), var row = try ReporterRow.with(badge.text, session) else {
        return .failure(.unknown)
      }
      let before = row
      if let refusal = try body(&row, key) { return .failure(refusal) }
      guard row != before else { return .success(try row.reporter(key)) }
      try session.execute(
        "UPDATE reporter SET name = $2, area = $3, active = $4, retired_at = $5 WHERE id = $1",
        [
          .integer(row.id), row.name.map(SQLValue.bytes) ?? .null, .text(row.area),
          .integer(row.retiredAt == nil ? 1 : 0), .optional(row.retiredAt),
        ])
      try row.tell(action, by: actor, at: moment, session)
      return .success(try row.reporter(key))
    }
  }

  private static func isName(_ text: String) -> Bool {
    text.contains { !$0.isWhitespace } && text.unicodeScalars.count <= 64
      && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
  }
}

/// An entry of the register as it lies in the store.
struct ReporterRow: Hashable {
  var id: Int
  var badge: String
  /// Sealed; nil once it was forgotten.
  var name: [UInt8]?
  var area: String
  var addedAt: Int64
  var retiredAt: Int64?

  static func all(_ session: any SQLSession) throws(StoreFault) -> [ReporterRow] {
    try session.all("\(columns) ORDER BY badge") { ReporterRow($0) }
  }

  static func with(_ badge: String, _ session: any SQLSession) throws(StoreFault) -> ReporterRow? {
    try session.first("\(columns) WHERE badge = $1", [.text(badge)]) { ReporterRow($0) }
  }

  private static let columns = "SELECT id, badge, name, area, added_at, retired_at FROM reporter"

  init(id: Int, badge: String, name: [UInt8]?, area: String, addedAt: Int64, retiredAt: Int64?) {
    self.id = id
    self.badge = badge
    self.name = name
    self.area = area
    self.addedAt = addedAt
    self.retiredAt = retiredAt
  }

  private init(_ row: any SQLRow) {
    let name = row.bytes(2)
    self.init(
      id: Int(row.integer(0)), badge: row.text(1), name: name.isEmpty ? nil : name, area: row.text(3),
      addedAt: row.integer(4), retiredAt: row.optionalInteger(5))
  }

  // MARK: Name

  /// AES-256-GCM, bound to the badge, so that no name moves to another.
  static func seal(_ name: String, badge: String, _ key: SymmetricKey) throws(StoreFault) -> [UInt8] {
    do {
      let box = try AES.GCM.seal(Array(name.utf8), using: key, authenticating: Array(badge.utf8))
      if let combined = box.combined { return Array(combined) }
    } catch {}
    throw .corrupt("a reporter's name cannot be sealed")
  }

  func reporter(_ key: SymmetricKey) throws(StoreFault) -> Reporter {
    var plain: String?
    if let name {
      do {
        let box = try AES.GCM.SealedBox(combined: name)
        plain = String(decoding: try AES.GCM.open(box, using: key, authenticating: Array(badge.utf8)), as: UTF8.self)
      } catch {
        throw .corrupt("the name of reporter \(id) does not open")
      }
    }
    return Reporter(id: id, badge: badge, name: plain, area: area, addedAt: addedAt, retiredAt: retiredAt)
  }

  // MARK: Event

  /// The whole entry, so that the last event of a reporter is what the row has to be.
  var payload: String {
    var writer = JSONWriter()
    writer.object {
      $0.field("badge", badge)
      $0.field("area", area)
      $0.field("name", name.map { Hexadecimal.text(SHA256.hash(data: $0)) })
      $0.field("added_at", addedAt)
      if let retiredAt { $0.field("retired_at", retiredAt) }
    }
    return writer.text
  }

  func tell(
    _ action: String, by actor: String, at moment: Int64, _ session: any SQLSession
  ) throws(StoreFault) {
    try History.append(
      History.Event(at: moment, actor: actor, action: action, subject: id, payload: payload), to: session)
  }
}

extension KeyRing {
  fileprivate func reporterKey() throws(StoreFault) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: try key(0), info: Data("golden-ideas reporter".utf8), outputByteCount: SHA256.byteCount)
  }
}
