package import Suggestions

/// What one person sent in, uncut: the record as received and how to reach the writer.
package struct ReceivedBytes: Sendable {
  package var number: Int
  package var revision: Int
  package var bytes: [UInt8]
  package var contacts: [(field: Field, text: String)]
}

extension SuggestionStore {
  /// Opens the received bytes and contacts of a submission. The act is part of the history before they are returned.
  ///
  /// - Parameter revision: which version, from 0; nil for the current one.
  /// - Returns: nil when there is no such submission or version, it was erased, or its time was over.
  /// - Throws: ``StoreFault/corrupt(_:)`` when the segment does not open, also when its key was destroyed.
  package func received(
    submission number: Int, revision: Int? = nil, by act: StaffAct
  ) throws(StoreFault) -> ReceivedBytes? {
    let sealed = try SealedBytes(self)
    return try write { session throws(StoreFault) in
      if try ErasedRows.isErased(number, session) { return nil }
      guard let version = try SuggestionStore.version(number, revision, session) else { return nil }
      if try RetentionRows(session).isEmptied(version.seal) { return nil }
      let entry = try sealed.entry(version.seal, session)
      var reader = PackedReader(entry.contacts)
      var contacts: [(field: Field, text: String)] = []
      while !reader.isAtEnd {
        guard let field = reader.number(), let text = reader.text(),
          let field = UInt8(exactly: field).flatMap({ Field(rawValue: $0) })
        else { throw .corrupt("seal \(version.seal): the contacts cannot be read") }
        contacts.append((field, String(decoding: text, as: UTF8.self)))
      }
      try History.append(History.unsealing("submission", number, seal: version.seal, by: act), to: session)
      return ReceivedBytes(number: number, revision: version.revision, bytes: entry.received, contacts: contacts)
    }
  }

  /// The submission with this number or receipt; nil when there is none.
  package func submission(id: String) throws(StoreFault) -> (number: Int, receipt: String)? {
    let receipts = ReceiptCode(key: try keys.derived("receipt"))
    return try read { session throws(StoreFault) in
      // Digits alone are a number; only where no submission has it can they be a receipt without its dashes.
      for number in [UInt32(id), receipts.number(of: id)].compactMap(\.self) where number > 0 {
        let count = try session.integer("SELECT count(*) FROM submission WHERE number = $1", [.integer(Int(number))])
        if count == 1 { return (Int(number), receipts.code(of: number)) }
      }
      return nil
    }
  }

  private static func version(
    _ number: Int, _ revision: Int?, _ session: any SQLSession
  ) throws(StoreFault) -> (seal: Int, revision: Int)? {
    let current = try session.first(
      "SELECT seal, revision FROM submission WHERE number = $1", [.integer(number)]
    ) { (seal: Int($0.integer(0)), revision: Int($0.integer(1))) }
    guard let revision, revision != current?.revision else { return current }
    return try session.first(
      "SELECT seal, revision FROM revision WHERE submission = $1 AND revision = $2",
      [.integer(number), .integer(revision)]
    ) { (seal: Int($0.integer(0)), revision: Int($0.integer(1))) }
  }
}
