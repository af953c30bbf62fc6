/// Pairs of messages people put together: CSV with a heading, ids in the first two columns.
package enum PairFile {
  package struct Row: Sendable, Hashable {
    package var line: Int
    package var first: String
    package var second: String
  }

  /// - Throws: ``LabelledFault/missing(key:line:)`` for a line without two ids.
  package static func rows(_ bytes: [UInt8]) throws(LabelledFault) -> [Row] {
    var rows: [Row] = []
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      let cells = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map(cell)
      if cells.count == 1, cells[0].isEmpty { continue }
      guard cells.count >= 2, !cells[0].isEmpty, !cells[1].isEmpty else {
        throw .missing(key: cells.first?.isEmpty ?? true ? "id_a" : "id_b", line: index + 1)
      }
      if index == 0, cells[0] == "id_a", cells[1] == "id_b" { continue }
      rows.append(Row(line: index + 1, first: cells[0], second: cells[1]))
    }
    return rows
  }

  /// Without the blanks and quotation marks around it, or the mark Excel puts before a file.
  private static func cell(_ bytes: ArraySlice<UInt8>) -> String {
    var text = String(decoding: bytes, as: UTF8.self)
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    return text.trimming { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\"" }
  }
}

extension String {
  fileprivate func trimming(_ isTrimmed: (Character) -> Bool) -> String {
    var kept = Substring(self)
    while let first = kept.first, isTrimmed(first) { kept.removeFirst() }
    while let last = kept.last, isTrimmed(last) { kept.removeLast() }
    return String(kept)
  }
}
