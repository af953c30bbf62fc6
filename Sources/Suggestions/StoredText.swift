/// A submission as the store keeps it: the redacted text and the readable fields its verdict was made from, and can be
/// made from again.
package struct StoredText: Sendable {
  package var number: UInt32
  /// UTF-8, with the tokens behind its placeholders.
  package var title: [UInt8]
  package var body: [UInt8]
  /// Seconds since 1970-01-01T00:00:00Z.
  package var submittedAt: Int64?
  package var channel: Channel
  /// Further fields of its form.
  package var fields: [(field: Field, text: [UInt8])]
  /// Kinds of personal detail that were cut out, one bit each.
  package var cuts: UInt16

  package init(
    number: UInt32 = 0, title: [UInt8], body: [UInt8], submittedAt: Int64? = nil, channel: Channel = .other,
    fields: [(field: Field, text: [UInt8])] = [], cuts: UInt16 = 0
  ) {
    self.number = number
    self.title = title
    self.body = body
    self.submittedAt = submittedAt
    self.channel = channel
    self.fields = fields
    self.cuts = cuts
  }

  /// Title and body as text, tokens included: what rules look at.
  package var strings: (title: String, body: String) {
    (String(decoding: title, as: UTF8.self), String(decoding: body, as: UTF8.self))
  }
}
