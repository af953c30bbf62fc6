internal import Text

/// Looks for what the product itself cuts out of texts, and for numbers taken apart by marks the redactor leaves alone.
struct IdentifierSearch {
  let allowed: GateAllowance

  struct Hit {
    var kind: PersonalDataKind
    /// Bytes of the text.
    var source: Range<Int>
  }

  func hits(in text: String) -> [Hit] {
    var text = text
    var folded = FoldedText(capacity: 256)
    return text.withUTF8 { utf8 in
      let range = folded.fold(utf8)
      let scalars = Array(folded[range])
      let sources = Array(UnsafeBufferPointer(start: folded.sources + range.lowerBound, count: range.count))
      let spans = IdentifierSearch.spans(in: scalars, sources) + IdentifierSearch.grouped(in: scalars, sources)
      return spans.compactMap { span in
        if allowed.covers(span.range, of: scalars, sources) || IdentifierSearch.isInDigest(span.range, of: scalars) {
          return nil
        }
        let from = Int(sources[span.range.lowerBound])
        let last = Int(sources[span.range.upperBound - 1])
        return Hit(kind: span.kind, source: from..<last + 1)
      }
    }
  }

  private static func spans(in scalars: [UInt32], _ sources: [UInt32]) -> [PersonalDataSpan] {
    scalars.withUnsafeBufferPointer { scalars in
      sources.withUnsafeBufferPointer { PersonalData.spans(in: scalars, sources: $0) }
    }
  }

  // MARK: Numbers taken apart

  /// How people group the digits of what has a fixed length.
  private static let groups: [(kind: PersonalDataKind, lengths: [Int])] = [
    (.mobile, [3, 4, 4]), (.residentID, [6, 8, 4]), (.residentID, [3, 3, 4, 4, 4]), (.residentID, [6, 4, 4, 4]),
    (.bankCard, [4, 4, 4, 4]), (.bankCard, [4, 4, 4, 4, 1]), (.bankCard, [4, 4, 4, 4, 2]),
    (.bankCard, [4, 4, 4, 4, 3]),
  ]

  /// 138.1234.5678, 138/1234/5678, 138(1234)5678: with one mark between groups, of the lengths people group by, so that
  /// sums and dates are left alone.
  private static func grouped(in scalars: [UInt32], _ sources: [UInt32]) -> [PersonalDataSpan] {
    var plain = scalars
    var marks: [Int] = []
    for index in scalars.indices.dropFirst().dropLast()
    where isMark(scalars[index]) && isDigit(scalars[index - 1]) && isDigit(scalars[index + 1]) {
      plain[index] = 0x2D
      marks.append(index)
    }
    guard marks.count >= 2 else { return [] }
    return spans(in: plain, sources).filter { span in
      guard marks.contains(where: span.range.contains) else { return false }
      let lengths = plain[span.range].split(separator: 0x2D).map(\.count)
      return groups.contains { $0.kind == span.kind && $0.lengths == lengths }
    }
  }

  /// . , · / _ ( ) * : + ;
  private static func isMark(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2E, 0x2C, 0xB7, 0x2F, 0x5F, 0x28, 0x29, 0x2A, 0x3A, 0x2B, 0x3B: true
    default: false
    }
  }

  private static func isDigit(_ scalar: UInt32) -> Bool { scalar &- 0x30 < 10 }

  // MARK: Digests

  /// Within a digest in hexadecimal one run of digits in some hundred looks like a telephone number.
  private static func isInDigest(_ range: Range<Int>, of text: [UInt32]) -> Bool {
    func isHexadecimal(_ scalar: UInt32) -> Bool { isDigit(scalar) || scalar &- 0x61 < 6 }
    let before = text[..<range.lowerBound].reversed().prefix(while: isHexadecimal).count
    let behind = text[range.upperBound...].prefix(while: isHexadecimal).count
    let run = text[range.lowerBound - before..<range.upperBound + behind]
    return run.count >= 40 && run.allSatisfy(isHexadecimal) && run.count { !isDigit($0) } >= 4
  }
}
