internal import Casework
internal import Crypto
internal import Suggestions

/// The rows of an account, and the payloads of its events, which `verify` writes again from the rows.
enum AccountRows {
  /// An account with what is checked when its user signs in.
  struct Stored {
    var account: Account
    var password: String?
  }

  static func all(_ session: any SQLSession) throws(StoreFault) -> [Stored] {
    var grants: [Int: [RoleGrant]] = [:]
    for (account, grant) in try self.grants("", [], session) { grants[account, default: []].append(grant) }
    return try session.all("\(columns) ORDER BY name") { stored($0, grants[Int($0.integer(0))] ?? []) }
  }

  static func named(_ name: String, _ session: any SQLSession) throws(StoreFault) -> Stored? {
    guard let name = AccountName(name)?.text else { return nil }
    return try one("name = $1", .text(name), session)
  }

  static func with(id: Int, _ session: any SQLSession) throws(StoreFault) -> Stored? {
    try one("id = $1", .integer(id), session)
  }

  private static let columns = "SELECT id, name, display, created_at, disabled, password FROM account"

  private static func one(
    _ condition: String, _ argument: SQLValue, _ session: any SQLSession
  ) throws(StoreFault) -> Stored? {
    var found = try session.first("\(columns) WHERE \(condition)", [argument]) { stored($0, []) }
    guard let id = found?.account.id else { return nil }
    found?.account.grants = try grants(" WHERE account = $1", [.integer(id)], session).map(\.grant)
    return found
  }

  private static func stored(_ row: any SQLRow, _ grants: [RoleGrant]) -> Stored {
    let password = row.text(5)
    return Stored(
      account: Account(
        id: Int(row.integer(0)), name: row.text(1), display: row.text(2), createdAt: row.integer(3),
        isDisabled: row.integer(4) != 0, hasPassword: !password.isEmpty, grants: grants),
      password: password.isEmpty ? nil : password)
  }

  // MARK: Roles

  /// In the order they were given.
  static func grants(
    _ condition: String, _ arguments: [SQLValue], _ session: any SQLSession
  ) throws(StoreFault) -> [(account: Int, grant: RoleGrant)] {
    var unreadable: Int?
    let found: [(account: Int, grant: RoleGrant)?] = try session.all(
      """
      SELECT grant_number, account, role, regions, tracks, unit, district, station FROM account_role\(condition)
      ORDER BY grant_number
      """, arguments
    ) { row in
      let tracks = row.text(4).split(separator: " ").map { UInt8($0).flatMap { Track(rawValue: $0) } }
      guard let role = UInt8(exactly: row.integer(2)).flatMap({ CaseRole(rawValue: $0) }), !tracks.contains(nil) else {
        unreadable = Int(row.integer(0))
        return nil
      }
      let unit = row.text(5)
      let district = row.text(6)
      let scope = RoleScope(
        role, regions: Set(row.text(3).split(separator: " ").map(String.init)), tracks: Set(tracks.compactMap(\.self)),
        handler: unit.isEmpty
          ? nil
          : CaseHandler(unit: unit, district: district.isEmpty ? nil : district, isStation: row.integer(7) != 0))
      return (Int(row.integer(1)), RoleGrant(number: Int(row.integer(0)), scope: scope))
    }
    if let unreadable { throw .corrupt("role grant \(unreadable) cannot be read") }
    return found.compactMap(\.self)
  }

  static func insert(_ scope: RoleScope, number: Int, of account: Int, _ session: any SQLSession) throws(StoreFault) {
    try session.execute(
      """
      INSERT INTO account_role (grant_number, account, role, regions, tracks, unit, district, station)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """,
      [
        .integer(number), .integer(account), .integer(Int(scope.role.rawValue)), .text(regions(scope)),
        .text(tracks(scope).map { String($0.rawValue) }.joined(separator: " ")), text(scope.handler?.unit),
        text(scope.handler?.district), .integer(scope.handler?.isStation ?? false ? 1 : 0),
      ])
  }

  private static func text(_ value: String?) -> SQLValue { value.map(SQLValue.text) ?? .null }
  private static func regions(_ scope: RoleScope) -> String { scope.regions.sorted().joined(separator: " ") }
  private static func tracks(_ scope: RoleScope) -> [Track] { scope.tracks.sorted { $0.rawValue < $1.rawValue } }

  // MARK: Payloads

  static func payload(_ content: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter()
    writer.object(nil, content)
    return writer.text
  }

  static func added(_ account: Account) -> String {
    payload {
      $0.field("name", account.name)
      $0.field("display", account.display)
    }
  }

  static func given(_ scope: RoleScope) -> String {
    payload {
      $0.field("change", "add")
      write(scope, to: &$0)
    }
  }

  static func taken(_ grant: RoleGrant) -> String {
    payload {
      $0.field("change", "remove")
      $0.field("grant", grant.number)
      write(grant.scope, to: &$0)
    }
  }

  /// Which record a password was given, and nothing that helps to find the password: the record's salt and hash are
  /// random to whoever does not have it.
  static func password(_ record: String?) -> String {
    payload { $0.field("record", record.map(digest)) }
  }

  static func digest(_ record: String) -> String { Hexadecimal.text(SHA256.hash(data: Array(record.utf8))) }

  private static func write(_ scope: RoleScope, to writer: inout JSONWriter) {
    writer.field("role", scope.role.code)
    writer.field("regions", regions(scope))
    writer.field("tracks", tracks(scope).map(\.code).joined(separator: " "))
    if let handler = scope.handler {
      writer.field("unit", handler.unit)
      writer.field("district", handler.district)
      writer.field("station", handler.isStation)
    }
  }
}
