internal import GRDB
internal import GRDBSQLite

/// SQL against SQLite on a connection GRDB opened. Statements are prepared once and kept by their text.
final class SQLiteSession: SQLSession {
  private let connection: OpaquePointer
  private var statements: [String: OpaquePointer] = [:]
  private var fixed: [(UnsafePointer<UInt8>, OpaquePointer)] = []

  init(_ connection: OpaquePointer) { self.connection = connection }

  func finalizeStatements() {
    for statement in statements.values { sqlite3_finalize(statement) }
    statements.removeAll()
    fixed.removeAll()
  }

  /// The prepared statement of a text, reset and unbound.
  func statement(_ sql: String) throws(StoreFault) -> OpaquePointer {
    if let known = statements[sql] {
      sqlite3_reset(known)
      sqlite3_clear_bindings(known)
      return known
    }
    var made: OpaquePointer?
    // To SQLite `$1` is a name, numbered by where it first appears; `?1` is the first argument wherever it stands.
    let text = sql.replacing("$", with: "?")
    let code = sqlite3_prepare_v3(connection, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil)
    guard code == SQLITE_OK, let made else { throw fault(sql) }
    statements[sql] = made
    return made
  }

  /// The same for texts written in the source: found by address, as hashing a long text once a row costs a microsecond.
  func prepared(_ sql: StaticString) throws(StoreFault) -> OpaquePointer {
    for (text, known) in fixed where text == sql.utf8Start {
      sqlite3_reset(known)
      return known
    }
    let made = try statement(sql.description)
    fixed.append((sql.utf8Start, made))
    return made
  }

  func fault(_ sql: String) -> StoreFault {
    .database(
      code: Int(sqlite3_extended_errcode(connection)), message: String(cString: sqlite3_errmsg(connection)),
      statement: sql)
  }

  /// Steps a statement that returns no rows.
  func run(_ statement: OpaquePointer) throws(StoreFault) {
    let code = sqlite3_step(statement)
    guard code == SQLITE_DONE || code == SQLITE_ROW else {
      throw fault(sqlite3_sql(statement).map { String(cString: $0) } ?? "")
    }
    sqlite3_reset(statement)
  }

  func execute(_ sql: String, _ arguments: [SQLValue]) throws(StoreFault) {
    let statement = try statement(sql)
    bind(arguments, to: statement)
    try run(statement)
  }

  func each(_ sql: String, _ arguments: [SQLValue], _ body: (any SQLRow) -> Void) throws(StoreFault) {
    let statement = try statement(sql)
    bind(arguments, to: statement)
    defer { sqlite3_reset(statement) }
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: body(SQLiteRow(statement: statement))
      case SQLITE_DONE: return
      default: throw fault(sql)
      }
    }
  }

  private func bind(_ arguments: [SQLValue], to statement: OpaquePointer) {
    // SQLite copies the value before the call returns.
    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    for (index, argument) in arguments.enumerated() {
      let position = Int32(index + 1)
      switch argument {
      case .null: sqlite3_bind_null(statement, position)
      case .integer(let value): sqlite3_bind_int64(statement, position, value)
      case .real(let value): sqlite3_bind_double(statement, position, value)
      case .text(let text):
        var text = text
        text.withUTF8 { utf8 in
          utf8.withMemoryRebound(to: CChar.self) {
            _ = sqlite3_bind_text(statement, position, $0.baseAddress, Int32($0.count), transient)
          }
        }
      case .bytes(let bytes):
        if bytes.isEmpty {
          sqlite3_bind_zeroblob(statement, position, 0)
        } else {
          bytes.withUnsafeBytes {
            _ = sqlite3_bind_blob(statement, position, $0.baseAddress, Int32($0.count), transient)
          }
        }
      }
    }
  }
}

struct SQLiteRow: SQLRow {
  let statement: OpaquePointer

  func integer(_ column: Int) -> Int64 { sqlite3_column_int64(statement, Int32(column)) }

  func optionalInteger(_ column: Int) -> Int64? {
    sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL ? nil : integer(column)
  }

  func real(_ column: Int) -> Double { sqlite3_column_double(statement, Int32(column)) }

  func text(_ column: Int) -> String {
    guard let pointer = sqlite3_column_text(statement, Int32(column)) else { return "" }
    let count = Int(sqlite3_column_bytes(statement, Int32(column)))
    return String(decoding: UnsafeBufferPointer(start: pointer, count: count), as: UTF8.self)
  }

  func bytes(_ column: Int) -> [UInt8] { Array(rawBytes(column)) }

  /// Valid until the next step.
  func rawBytes(_ column: Int) -> UnsafeRawBufferPointer {
    let pointer = sqlite3_column_blob(statement, Int32(column))
    return UnsafeRawBufferPointer(start: pointer, count: Int(sqlite3_column_bytes(statement, Int32(column))))
  }
}
