extension Redaction {
  /// A text that is in no batch, with its personal details cut out.
  package static func redacted(_ text: String) -> (text: [UInt8], cuts: [Cut]) {
    var text = text
    var folded = FoldedText(capacity: 256)
    return text.withUTF8 { utf8 in
      let range = folded.fold(utf8)
      let spans = PersonalData.spans(
        in: folded[range], sources: UnsafeBufferPointer(start: folded.sources + range.lowerBound, count: range.count))
      return Redaction(key: 0).redact(utf8, folded: range, of: folded, spans: spans)
    }
  }

  /// The text as people may read it, a placeholder for each personal detail.
  package static func readable(_ text: String) -> String {
    display(String(decoding: redacted(text).text, as: UTF8.self))
  }
}
