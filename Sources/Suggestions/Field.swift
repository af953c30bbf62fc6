/// The standard fields a form profile can map to: everything a submission may say, whatever form it came from.
///
/// The raw values are stored in content digests and never reused: a new field takes the next free number.
package enum Field: UInt8, CaseIterable, Sendable {
  /// The record's own number in the system it comes from; with the source it identifies the submission.
  case externalID = 0
  case title = 1
  case body = 2
  /// When the writer handed it in, as written; `Draft.submittedAt` holds the instant.
  case submittedAt = 3
  case channel = 4
  case kind = 5
  case act = 6
  case topic = 7
  /// Name or code of the administrative area, as written.
  case region = 8
  case address = 9
  /// Code or name of the rest station, as written.
  case station = 10
  case latitude = 11
  case longitude = 12
  case writer = 13
  case phone = 14
  case email = 15
  /// Badge number of a vetted reporter (移动信息员).
  case reporter = 16
  /// State of the record in the system it comes from.
  case status = 17
  /// File names or addresses of photographs, one a line.
  case attachments = 18
  /// Opinion book, page and line the entry stands on.
  case book = 19
  case page = 20
  case line = 21
  case likes = 22

  /// The name a form profile uses.
  package var name: String {
    switch self {
    case .externalID: "id"
    case .title: "title"
    case .body: "body"
    case .submittedAt: "submitted_at"
    case .channel: "channel"
    case .kind: "kind"
    case .act: "act"
    case .topic: "topic"
    case .region: "region"
    case .address: "address"
    case .station: "station"
    case .latitude: "latitude"
    case .longitude: "longitude"
    case .writer: "writer"
    case .phone: "phone"
    case .email: "email"
    case .reporter: "reporter"
    case .status: "status"
    case .attachments: "attachments"
    case .book: "book"
    case .page: "page"
    case .line: "line"
    case .likes: "likes"
    }
  }

  package init?(name: String) {
    guard let match = Field.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }

  /// Contact details: sealed with the received bytes, never stored in a readable column.
  package static let contacts: FieldSet = [.writer, .phone, .email]
}

/// A set of fields in one word.
package struct FieldSet: Sendable, Hashable, ExpressibleByArrayLiteral {
  package var bits: UInt32

  package init(bits: UInt32 = 0) { self.bits = bits }

  package init(arrayLiteral elements: Field...) {
    bits = elements.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
  }

  @inlinable
  package func contains(_ field: Field) -> Bool { bits & (1 << UInt32(field.rawValue)) != 0 }

  package mutating func insert(_ field: Field) { bits |= 1 << UInt32(field.rawValue) }
}
