/// A value bound to or read from SQL.
package enum SQLValue: Sendable, Hashable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case bytes([UInt8])

  package static func optional(_ value: Int64?) -> SQLValue { value.map(SQLValue.integer) ?? .null }
  package static func integer(_ value: Int) -> SQLValue { .integer(Int64(value)) }
}

/// One row of a result, columns by position.
package protocol SQLRow {
  func integer(_ column: Int) -> Int64
  func optionalInteger(_ column: Int) -> Int64?
  func real(_ column: Int) -> Double
  func text(_ column: Int) -> String
  func bytes(_ column: Int) -> [UInt8]
}

/// What repositories are written against: synchronous, `$1` placeholders, the SQL that SQLite and PostgreSQL share.
package protocol SQLSession {
  func execute(_ sql: String, _ arguments: [SQLValue]) throws(StoreFault)
  func each(_ sql: String, _ arguments: [SQLValue], _ body: (any SQLRow) -> Void) throws(StoreFault)
}

extension SQLSession {
  package func execute(_ sql: String) throws(StoreFault) { try execute(sql, []) }

  package func all<Value>(
    _ sql: String, _ arguments: [SQLValue] = [], _ read: (any SQLRow) -> Value
  ) throws(StoreFault) -> [Value] {
    var values: [Value] = []
    try each(sql, arguments) { values.append(read($0)) }
    return values
  }

  package func first<Value>(
    _ sql: String, _ arguments: [SQLValue] = [], _ read: (any SQLRow) -> Value
  ) throws(StoreFault) -> Value? {
    try all(sql, arguments, read).first
  }

  package func integer(_ sql: String, _ arguments: [SQLValue] = []) throws(StoreFault) -> Int64 {
    try first(sql, arguments) { $0.integer(0) } ?? 0
  }
}
