/// One record as a reader delivers it: mapped fields, the instant it was handed in, and where it stands.
package struct Draft: Sendable {
  @usableFromInline var spans: InlineArray<23, ByteSpan>
  /// Seconds since 1970-01-01T00:00:00Z; nil when the record says no date or one that cannot be told.
  package var submittedAt: Int64?
  /// The record exactly as received.
  package var received: ByteSpan
  package var position: RecordPosition

  package init(position: RecordPosition) {
    spans = InlineArray(repeating: .absent)
    received = .absent
    self.position = position
  }

  @inlinable
  package subscript(field: Field) -> ByteSpan {
    get { spans[Int(field.rawValue)] }
    set { spans[Int(field.rawValue)] = newValue }
  }
}

/// Where a record stands in its file.
package struct RecordPosition: Sendable, Hashable {
  /// Number of the record in the file, from 1; 0 for a fault that belongs to no record.
  package var ordinal: Int
  /// Line of its first byte, from 1.
  package var line: Int
  /// Offset of its first byte in the file, from 0.
  package var byteOffset: Int

  package init(ordinal: Int, line: Int, byteOffset: Int) {
    self.ordinal = ordinal
    self.line = line
    self.byteOffset = byteOffset
  }
}

/// Something that could not be taken in: where, why, and its bytes, so that it can be mended and tried again.
package struct SetAside: Sendable {
  package var position: RecordPosition
  /// Where in the record the fault was met: line and column (in characters) from 1, offset in the file.
  package var faultLine: Int
  package var faultColumn: Int
  package var reason: SetAsideReason
  /// The bytes set aside, at most ``keptBytes`` of them.
  package var bytes: [UInt8]
  /// How many bytes there were.
  package var totalBytes: Int

  /// A record larger than this is kept only up to here; the file itself still has the rest.
  package static let keptBytes = 1 << 20

  package init(
    position: RecordPosition, faultLine: Int, faultColumn: Int, reason: SetAsideReason, bytes: [UInt8], totalBytes: Int
  ) {
    self.position = position
    self.faultLine = faultLine
    self.faultColumn = faultColumn
    self.reason = reason
    self.bytes = bytes
    self.totalBytes = totalBytes
  }
}

/// Why a record was set aside. Cases carry facts (names from the form, limits, counts), never a citizen's words.
package enum SetAsideReason: Sendable, Hashable {
  /// The bytes are not well-formed; `expected` says what the grammar wants here.
  case syntax(expected: String)
  case invalidUTF8
  case nulCharacter
  case duplicateKey(String)
  case limitExceeded(name: String, limit: Int)
  case documentType
  case entityReference
  /// The file is written in an encoding that is not read; its name.
  case unsupportedEncoding(String)
  /// A field the profile requires is missing or empty.
  case missingField(String)
  /// A field holds what its type does not allow, e.g. a date no pattern of the profile reads.
  case unreadableField(String, expected: String)
  /// Opinion book: a mark, head line or reference that the transcription rules do not know.
  case transcription(String)

  /// Stable code, stored and printed in JSON.
  package var code: String {
    switch self {
    case .syntax: "syntax"
    case .invalidUTF8: "invalid-utf8"
    case .nulCharacter: "nul-character"
    case .duplicateKey: "duplicate-key"
    case .limitExceeded: "limit-exceeded"
    case .documentType: "document-type"
    case .entityReference: "entity-reference"
    case .unsupportedEncoding: "unsupported-encoding"
    case .missingField: "missing-field"
    case .unreadableField: "unreadable-field"
    case .transcription: "transcription"
    }
  }

  /// What the case carries, as plain words: the name of a field, key or limit.
  package var detail: String {
    switch self {
    case .syntax(let expected): expected
    case .invalidUTF8, .nulCharacter, .documentType, .entityReference: ""
    case .duplicateKey(let key): key
    case .unsupportedEncoding(let name): name
    case .limitExceeded(let name, let limit): "\(name) \(limit)"
    case .missingField(let field): field
    case .unreadableField(let field, let expected): "\(field): \(expected)"
    case .transcription(let rule): rule
    }
  }
}
